//! Days that too few have booked: who is told, once, and that such a day is given all the same. Calling it off is the
//! other answer.

use chrono::NaiveDateTime;

use super::minimum::Minimum;
use super::service::in_turn;
use super::store::{self as rows, Given, Occasion};
use super::{life, service, tell};
use crate::accounts::store as accounts;
use crate::clock;
use crate::organisation::Person;
use crate::store::audit::{self, Entry};
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;

/// Tells those who decide of every day that too few have booked by the time to decide; returns of how many. Each day has
/// its own transaction, in which nobody else tells of it: several instances may do this at the same time.
pub fn tell_short(store: &Store, published: &Published, now: NaiveDateTime) -> Result<usize, Error> {
    let due = store.read(|conn| rows::may_be_short(conn, now))?;
    let due = due.into_iter().filter(|(occasion, booked)| untold(occasion, *booked, now));
    let mut told = 0;
    for (occasion, _) in due {
        let work = |conn: &mut Conn| tell_one(conn, published, occasion.id, now);
        told += usize::from(in_turn(occasion.id, || store.write(work))?);
    }
    Ok(told)
}

fn untold(occasion: &Occasion, booked: usize, now: NaiveDateTime) -> bool {
    occasion.told_short_at.is_none() && occasion.minimum_at(booked, now) == Minimum::Short
}

fn tell_one(conn: &mut Conn, published: &Published, id: i64, now: NaiveDateTime) -> Result<bool, Error> {
    let Some(occasion) = rows::hold(conn, id)? else { return Ok(false) };
    let booked = booked(conn, id)?;
    if !untold(&occasion, booked, now) {
        return Ok(false);
    }
    rows::note_told_short(conn, id, now)?;
    let told = who_decides(conn, &occasion, now)?;
    let given = Given { parts: rows::parts(conn, id)?, occasion };
    for (person, decides) in told {
        tell::short(conn, published, &given, &person, (booked, decides), now)?;
    }
    Ok(true)
}

fn booked(conn: &mut Conn, id: i64) -> Result<usize, Error> {
    Ok(rows::booked(conn, &[id])?.remove(&id).unwrap_or_default())
}

/// Whoever planned the day, or every developer when that person no longer is one; and whoever trains at it. With whether
/// each of them may decide.
fn who_decides(conn: &mut Conn, occasion: &Occasion, now: NaiveDateTime) -> Result<Vec<(Person, bool)>, Error> {
    let today = clock::day_of(now);
    let developers = accounts::who_wears(conn, "developer")?;
    let planner = rows::opened_by(conn, occasion.id)?.filter(|planner| developers.contains(planner));
    let planner = match planner {
        Some(planner) => tell::reachable(conn, planner, today)?,
        None => None,
    };
    let mut wanted = planner.map_or_else(|| developers.clone(), |planner| vec![planner.id]);
    wanted.extend(rows::trainer_ids(conn, occasion.id)?);
    let mut told: Vec<(Person, bool)> = Vec::with_capacity(wanted.len());
    for id in wanted {
        if told.iter().all(|(known, _)| known.id != id)
            && let Some(person) = tell::reachable(conn, id, today)?
        {
            told.push((person, developers.contains(&id)));
        }
    }
    Ok(told)
}

/// Why it is not decided.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("enough have booked, or they still can; there is nothing to decide yet")]
    NotShort,
    #[error(transparent)]
    Occasion(#[from] service::Refusal),
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal, Occasion);

/// Decides that a day which too few have booked is given all the same. To decide it again changes nothing.
pub fn give_anyway(store: &Store, id: i64, by: Option<i64>, now: NaiveDateTime) -> Result<(), Refusal> {
    store.write(|conn| {
        let occasion = rows::hold(conn, id)?.ok_or(service::Refusal::NoSuchOccasion)?;
        if occasion.cancelled_at.is_some() {
            return Err(service::Refusal::Life(life::Refusal::CalledOff).into());
        }
        match occasion.minimum_at(booked(conn, id)?, now) {
            Minimum::RunsAnyway => return Ok(()),
            Minimum::Reached | Minimum::Open => return Err(Refusal::NotShort),
            Minimum::Short => {}
        }
        rows::give_anyway(conn, id, now)?;
        let (action, object_kind) = ("occasion.given_anyway", "occasion");
        let entry = Entry { at: now, actor_id: by, action, object_kind, object_id: Some(id), detail: "" };
        Ok(audit::record(conn, &entry)?)
    })
}
