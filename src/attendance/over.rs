//! What follows when a part of an occasion is over: who was marked while it went on has been there only then.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::rule::Standing;
use super::settle::{done, settle};
use super::store as rows;
use crate::clock;
use crate::occasions::store::{self as occasions, Occasion};
use crate::store::{Conn, Error, Store};
use crate::versions::published::Published;

/// The most occasions that are looked at in one go, so that after a long pause nothing else waits long.
const MOST: i64 = 100;

/// Lets everything follow at occasions of which a part has ended, once for each part, whichever instance is first; returns
/// at how many. Each has its own transaction, and one that fails keeps no other waiting.
pub fn reckon(store: &Store, published: &Published, now: NaiveDateTime) -> Result<usize, Error> {
    let due = store.read(|conn| occasions::to_reckon(conn, now, MOST))?;
    let mut failed = None;
    for occasion in &due {
        let reckoned = store.write(|conn| match occasions::hold(conn, *occasion)? {
            Some(occasion) if occasion.cancelled_at.is_none() => follows(conn, published, &occasion, now),
            _ => Ok(false),
        });
        failed = failed.or(reckoned.err());
    }
    failed.map_or(Ok(due.len()), Err)
}

/// When a part has ended since the last time: lets seats and achievements of everybody who was marked at the occasion, which
/// is held, follow. Whether one has.
pub(super) fn follows(
    conn: &mut Conn,
    published: &Published,
    occasion: &Occasion,
    now: NaiveDateTime,
) -> Result<bool, Error> {
    let parts = occasions::parts(conn, occasion.id)?;
    let ended: Vec<i64> = parts.iter().filter(|part| !part.reckoned && part.is_over(now)).map(|part| part.id).collect();
    if ended.is_empty() {
        return Ok(false);
    }
    // Whoever has marked last has recorded what follows.
    let marked: BTreeMap<i64, Option<i64>> =
        rows::marks_of(conn, occasion.id)?.into_iter().map(|mark| (mark.person, mark.by)).collect();
    for (person, by) in marked {
        settle(conn, published, &occasion.module, person, by, now)?;
    }
    occasions::set_reckoned(conn, &ended)?;
    Ok(true)
}

/// Of these occasions, those at which a person was marked as there enough, and that count when the day is over.
pub fn enough(
    conn: &mut Conn,
    published: &Published,
    person: i64,
    at: &[Occasion],
    now: NaiveDateTime,
) -> Result<Vec<i64>, Error> {
    let mut enough = Vec::new();
    for occasion in at.iter().filter(|occasion| clock::day_of(occasion.starts_at) <= clock::day_of(now)) {
        let done = done(conn, published, &occasion.module, person, now)?;
        let all = done.given.iter().zip(&done.standings);
        let here = |(given, standing): (&(occasions::Given, _), &Standing)| {
            given.0.occasion.id == occasion.id && *standing == Standing::Enough
        };
        if all.into_iter().any(here) {
            enough.push(occasion.id);
        }
    }
    Ok(enough)
}
