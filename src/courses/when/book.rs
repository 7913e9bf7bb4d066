//! Booking a whole plan in one transaction: every seat by the same rules as if it were asked for by itself, or none. But
//! what is taken alone has no seat that could stand for it: where there are days for it, it counts as planned.

use crate::clock;
use crate::courses::service::{Refusal, Standing, seat_or_offer};
use crate::occasions::service::{self as occasions, Asking};
use crate::occasions::store as rows;
use crate::occasions::tell::reachable;
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;

/// Why nothing was booked.
#[derive(Debug, thiserror::Error)]
pub enum NotBooked {
    #[error("there is nothing to book; ask for the plan again")]
    Nothing,
    /// The module whose seat could not be had, by id, and why.
    #[error("{0} could not be booked: {1}")]
    At(String, Refusal),
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(NotBooked, Refused);

/// Books a seat for `person` at each of these occasions, the earliest first, so that each opens the next.
pub fn book(
    store: &Store,
    published: &Published,
    person: i64,
    occasions: &[i64],
    asking: Asking,
) -> Result<(), NotBooked> {
    let mut ids = occasions.to_vec();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Err(NotBooked::Nothing);
    }
    store.write(|conn| {
        reachable(conn, person, clock::day_of(asking.now))?.ok_or(Refusal::NoSuchPerson)?;
        // All are held before the first is changed, in an order that is everybody's, so that no two wait for each other.
        let mut held = Vec::with_capacity(ids.len());
        for id in &ids {
            held.push(rows::hold(conn, *id)?.ok_or(Refusal::Occasion(occasions::Refusal::NoSuchOccasion))?);
        }
        held.sort_by_key(|occasion| (occasion.starts_at, occasion.id));
        for occasion in held {
            seat(conn, published, person, occasion.id, asking)
                .map_err(|refusal| because(occasion.module.clone(), refusal))?;
        }
        Ok(())
    })
}

/// The database's own failures stay what they are, so that a transaction that met another one is tried again.
fn because(module: String, refusal: Refusal) -> NotBooked {
    match refusal {
        Refusal::Store(error) | Refusal::Occasion(occasions::Refusal::Store(error)) => NotBooked::Store(error),
        other => NotBooked::At(module, other),
    }
}

fn seat(conn: &mut Conn, published: &Published, person: i64, occasion: i64, asking: Asking) -> Result<(), Refusal> {
    let given = rows::one_given(conn, occasion)?.ok_or(occasions::Refusal::NoSuchOccasion)?;
    let due = Standing::in_plan(conn, published, person, &given, &asking)?.free(published)?;
    let act = seat_or_offer(conn, occasion, person, due)?;
    occasions::act(conn, published, occasion, act, asking)?;
    Ok(())
}
