//! Noting days away and taking them back.

use chrono::NaiveDateTime;

use super::{Away, MOST, Wrong, joined, store as rows};
use crate::clock;
use crate::organisation::PersonId;
use crate::store::{Error, Store, failure};

/// Why nothing is noted.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Wrong(#[from] Wrong),
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal);

/// Notes that somebody is away; days that touch others are joined with them.
///
/// # Errors
/// When the days cannot be meant, or there are too many.
pub fn note(
    store: &Store,
    person: PersonId,
    away: Away,
    by: Option<PersonId>,
    now: NaiveDateTime,
) -> Result<(), Refusal> {
    let today = clock::day_of(now);
    let away = away.checked(today)?;
    store.write(|conn| {
        let kept = rows::of(conn, person, today)?;
        if kept.len() >= MOST {
            return Err(Refusal::Wrong(Wrong::TooMany));
        }
        let (ids, whole) = joined(&kept, away);
        for id in ids {
            rows::delete(conn, person, id, by, now)?;
        }
        rows::insert(conn, person, whole, by, now)?;
        Ok(())
    })
}

/// Takes days away back; false when there are none with this id.
///
/// # Errors
/// When the database cannot be reached.
pub fn take_back(
    store: &Store,
    person: PersonId,
    absence: i64,
    by: Option<PersonId>,
    now: NaiveDateTime,
) -> Result<bool, Error> {
    store.write(|conn| rows::delete(conn, person, absence, by, now))
}
