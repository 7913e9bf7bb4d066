//! The address at which a person's calendar fetches the days: made, ended, and what is found there.

use std::sync::Arc;

use chrono::{Days, Duration, NaiveDateTime, NaiveTime};

use super::feed::{self, Day, Hand, Stone};
use super::store as rows;
use crate::accounts::secret;
use crate::clock;
use crate::learning::found::{Found, editions_of};
use crate::notices::feed::Event;
use crate::occasions::store::{self as occasions, Given};
use crate::programme::store as programme;
use crate::store::audit::{self, Entry};
use crate::store::{Conn, Error, Store};
use crate::versions::published::Published;

/// Days that are over stay in the calendar so long.
const KEPT_DAYS: u64 = 180;
/// So long a calendar is told that a day is called off, before it is left out.
const GONE_DAYS: u64 = 60;
/// A use is noted at most this often.
const NOTED_HOURS: i64 = 1;

/// Makes a new link, which ends the one there was. Returns its secret, which nobody can be shown again.
pub fn make_link(store: &Store, person: i64, now: NaiveDateTime) -> Result<String, Error> {
    let secret = secret::new();
    store.write(|conn| {
        rows::set_link(conn, person, &secret::hash(&secret), now)?;
        note(conn, "calendar_link.made", person, now)
    })?;
    Ok(secret)
}

/// Ends the person's link, if there is one.
pub fn end_link(store: &Store, person: i64, now: NaiveDateTime) -> Result<(), Error> {
    store.write(|conn| match rows::end_link(conn, person)? {
        true => note(conn, "calendar_link.ended", person, now),
        false => Ok(()),
    })
}

fn note(conn: &mut Conn, action: &str, person: i64, at: NaiveDateTime) -> Result<(), Error> {
    let entry =
        Entry { at, actor_id: Some(person), action, object_kind: "person", object_id: Some(person), detail: "" };
    audit::record(conn, &entry)
}

/// The events behind a link, with absolute addresses made by `absolute`; none when it is nobody's.
pub fn events(
    store: &Store,
    published: Option<&Arc<Published>>,
    secret: &str,
    absolute: impl Fn(&str) -> String,
    now: NaiveDateTime,
) -> Result<Option<Vec<Event>>, Error> {
    let hash = secret::hash(secret);
    let Some(owner) = store.read(|conn| rows::owner(conn, &hash, now))? else { return Ok(None) };
    if owner.used_at.is_none_or(|used| used + Duration::hours(NOTED_HOURS) <= now) {
        store.write(|conn| rows::note_use(conn, owner.person, now))?;
    }
    let Some(published) = published else { return Ok(Some(Vec::new())) };
    store.read(|conn| {
        let Some(found) = Found::of(conn, published, owner.person, now)? else { return Ok(None) };
        let days = days(conn, owner.person, now)?;
        let stones = stones(conn, &found)?;
        let telling = feed::Telling { found: &found, language: owner.language, person: owner.person };
        Ok(Some(telling.events(&days, &stones, &absolute)))
    })
}

/// The days that the person has a seat at or leads.
fn days(conn: &mut Conn, person: i64, now: NaiveDateTime) -> Result<Vec<Day>, Error> {
    let (kept, gone) = (now - Days::new(KEPT_DAYS), now - Days::new(GONE_DAYS));
    let lines = occasions::lines_about(conn, person, None)?;
    let seats = occasions::seats_for_calendar(conn, person, kept, gone)?;
    let (hands, found): (Vec<_>, Vec<_>) =
        seats.into_iter().map(|(seat, changed, occasion)| ((Hand::Seat(seat), changed), occasion)).unzip();
    let seats = hands.into_iter().zip(occasions::given(conn, found)?);
    // When somebody became a trainer is not kept: it counts as this morning.
    let morning = clock::day_of(now).and_time(NaiveTime::MIN);
    let led = occasions::trained_by(conn, person, kept)?;
    let led = occasions::given(conn, led)?.into_iter().map(|given| ((Hand::Trains, morning), given));
    let day = |((hand, changed), given): ((Hand, NaiveDateTime), Given)| {
        let lines = lines.get(&given.occasion.id).copied();
        Day { given, hand, changed, lines }
    };
    Ok(seats.chain(led).map(day).collect())
}

/// The milestones of the editions that the person takes part in.
fn stones(conn: &mut Conn, found: &Found) -> Result<Vec<Stone>, Error> {
    let mut stones = Vec::new();
    for id in editions_of(&found.facts, found.today) {
        let Some(edition) = programme::edition(conn, id)? else { continue };
        let days = programme::milestones_of(conn, id)?;
        stones.extend(days.into_iter().map(|(code, day)| Stone { edition: id, name: edition.name.clone(), code, day }));
    }
    Ok(stones)
}
