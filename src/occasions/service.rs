//! Everything that changes a booking: load the list, decide by [`life`], write, and tell everybody whom it concerns, in
//! one transaction. Several who change the same occasion come one after the other.

use std::sync::{Mutex, PoisonError};

use chrono::{Duration, NaiveDateTime};

use super::life::{self, Act, Change, Terms};
use super::rules::Rules;
use super::seat::{Cause, Seat};
use super::store::{self as rows, Given, Occasion};
use super::tell;
use crate::store::audit::{self, Entry};
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;

/// Why a booking does not change.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such occasion; look through the occasions again")]
    NoSuchOccasion,
    #[error(transparent)]
    Life(#[from] life::Refusal),
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal);

/// Who asks, when, and why if that must be kept.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// None = the program itself.
    pub by: Option<i64>,
    pub reason: &'a str,
    pub now: NaiveDateTime,
}

/// Lets those who change the same occasion in this process come one after the other, which is fairer and cheaper than
/// meeting in the database and trying again. Whoever comes from another instance meets them there.
pub fn in_turn<T>(occasion: i64, work: impl FnOnce() -> T) -> T {
    static TURNS: [Mutex<()>; 64] = [const { Mutex::new(()) }; 64];
    let turn = &TURNS[occasion.unsigned_abs() as usize % TURNS.len()];
    let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
    work()
}

/// Does what `act` asks of an occasion, with everything that follows. Returns the changes in their order.
pub fn act(
    conn: &mut Conn,
    published: &Published,
    occasion: i64,
    act: Act,
    asking: Asking,
) -> Result<Vec<Change>, Refusal> {
    let occasion = rows::hold(conn, occasion)?.ok_or(Refusal::NoSuchOccasion)?;
    let list = rows::list(conn, occasion.id)?;
    let changes = life::decide(&terms(&occasion, rows::rules(conn)?), &list, act, asking.now)?;
    let given = Given { parts: rows::parts(conn, occasion.id)?, occasion };
    for change in &changes {
        let line = rows::write(conn, given.occasion.id, change, asking.by, asking.reason, asking.now)?;
        tell::told(conn, published, &given, change, line, asking.now)?;
        if change.to.is_open() {
            rows::want_no_more(conn, change.person, &given.occasion.module)?;
        }
    }
    for change in changes.iter().filter(|change| change.to == Seat::Booked) {
        let Occasion { id, module, .. } = &given.occasion;
        withdraw(conn, published, (change.person, module), Some(*id), Cause::Seated, asking)?;
    }
    Ok(changes)
}

/// Ends offers and places in line that a person has for a module at what is to come, but for one occasion, because there
/// is no more use for them: `cause` says why.
pub fn withdraw(
    conn: &mut Conn,
    published: &Published,
    (person, module): (i64, &str),
    but: Option<i64>,
    cause: Cause,
    asking: Asking,
) -> Result<(), Refusal> {
    for occasion in rows::waits_elsewhere(conn, person, module, but, asking.now)? {
        act(conn, published, occasion, Act::Withdraw { person, cause }, asking)?;
    }
    Ok(())
}

/// What an occasion allows.
fn terms(occasion: &Occasion, rules: Rules) -> Terms {
    Terms {
        seats: occasion.room(),
        closes_at: occasion.closes(),
        starts_at: occasion.starts_at,
        offer: Duration::hours(i64::from(rules.offer_hours)),
        late: Duration::hours(i64::from(rules.late_hours)),
        cancelled: occasion.cancelled_at.is_some(),
    }
}

/// Lets offers that have run out move on; returns at how many occasions something happened. Each occasion has its own
/// transaction, so that nobody waits long.
pub fn settle(store: &Store, published: &Published, now: NaiveDateTime) -> Result<usize, Refusal> {
    let due = store.read(|conn| rows::to_settle(conn, now))?;
    for occasion in &due {
        let asking = Asking { by: None, reason: "", now };
        match in_turn(*occasion, || store.write(|conn| act(conn, published, *occasion, Act::Settle, asking))) {
            // Called off in the same moment, which has settled it; the others are not kept waiting for that.
            Ok(_) | Err(Refusal::Life(life::Refusal::CalledOff)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(due.len())
}

/// Why the rules of seats stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum Unchanged {
    #[error("somebody else has changed the rules since; look at them again")]
    Overtaken,
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Unchanged);

/// Decides the rules of seats from now on. `seen` is the id of those that were changed; none when none had been decided.
pub fn decide_rules(
    store: &Store,
    rules: &Rules,
    seen: Option<i64>,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Unchanged> {
    store.write(|conn| {
        let newest = rows::rules_decided(conn, 1)?.pop();
        if newest.as_ref().map(|decided| decided.id) != seen {
            return Err(Unchanged::Overtaken);
        }
        if newest.map_or(Rules::default(), |decided| decided.rules) == *rules {
            return Ok(());
        }
        rows::decide_rules(conn, rules, by, now)?;
        let (action, object_kind) = ("seat_rules.decided", "seat_rules");
        audit::record(conn, &Entry { at: now, actor_id: by, action, object_kind, object_id: None, detail: "" })?;
        Ok(())
    })
}
