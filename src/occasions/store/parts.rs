//! The parts of occasions. Whoever writes them keeps the occasion's first start, last end and place true.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Details, NewOccasion, OCCASION, Occasion};
use crate::occasions::parts::{PartChange, Sitting, renumbered, span};
use crate::store::schema::{bookings, occasion_parts, occasions};
use crate::store::{Conn, Result, among, columns, on_both};

/// A part of an occasion. Instants are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Part {
    pub id: i64,
    pub occasion: i64,
    /// 1 is the first in time.
    pub no: i32,
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
    /// May be empty when there is a link.
    pub place: String,
    pub link: String,
    /// What calendars know the part by; stays the same through all changes.
    pub uid: String,
    /// Rises with every change that calendars must hear of.
    pub sequence: i32,
    /// It has ended, and what follows from who was there has been done.
    pub reckoned: bool,
}

columns!(PART: PartColumns = occasion_parts { id, occasion_id, no, starts_at, ends_at, place, link, uid, sequence, reckoned });

/// An occasion with its parts, in time order; every occasion has at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub occasion: Occasion,
    pub parts: Vec<Part>,
}

/// The parts of an occasion, in time order.
pub fn parts(conn: &mut Conn, occasion: i64) -> Result<Vec<Part>> {
    let query = occasion_parts::table.filter(occasion_parts::occasion_id.eq(occasion));
    Ok(query.order(occasion_parts::no).select(PART).load(conn)?)
}

/// Occasions, not called off, of which a part has ended without anything having followed yet, at most `limit`.
pub fn to_reckon(conn: &mut Conn, now: NaiveDateTime, limit: i64) -> Result<Vec<i64>> {
    let ended: Vec<(i64, NaiveDateTime)> = occasion_parts::table
        .inner_join(occasions::table)
        .filter(occasion_parts::reckoned.eq(false))
        .filter(occasion_parts::ends_at.le(now))
        .filter(occasions::cancelled_at.is_null())
        .order((occasion_parts::ends_at, occasion_parts::id))
        .limit(limit)
        .select((occasion_parts::occasion_id, occasion_parts::ends_at))
        .load(conn)?;
    let mut ids: Vec<i64> = ended.into_iter().map(|(occasion, _)| occasion).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// What follows from these parts' having ended has been done.
pub fn set_reckoned(conn: &mut Conn, parts: &[i64]) -> Result<()> {
    let ended = occasion_parts::table.filter(occasion_parts::id.eq_any(parts));
    diesel::update(ended).set(occasion_parts::reckoned.eq(true)).execute(conn)?;
    Ok(())
}

/// The parts of many occasions by the occasion's id, each in time order.
pub fn parts_of(conn: &mut Conn, occasions: &[i64]) -> Result<HashMap<i64, Vec<Part>>> {
    let query = occasion_parts::table.order((occasion_parts::occasion_id, occasion_parts::no)).select(PART);
    let all: Vec<Part> = match occasions {
        [] => Vec::new(),
        [one] => query.filter(occasion_parts::occasion_id.eq(*one)).load(conn)?,
        some => on_both!(conn, c => query.filter(among(occasion_parts::occasion_id, some)).load(c)?),
    };
    let mut parts: HashMap<i64, Vec<Part>> = HashMap::with_capacity(occasions.len());
    all.into_iter().for_each(|part| parts.entry(part.occasion).or_default().push(part));
    Ok(parts)
}

/// These occasions with their parts, in the order in which they come.
pub fn given(conn: &mut Conn, occasions: Vec<Occasion>) -> Result<Vec<Given>> {
    let ids: Vec<i64> = occasions.iter().map(|occasion| occasion.id).collect();
    let mut parts = parts_of(conn, &ids)?;
    let with_parts = |occasion: Occasion| Given { parts: parts.remove(&occasion.id).unwrap_or_default(), occasion };
    Ok(occasions.into_iter().map(with_parts).collect())
}

/// The places of all parts, each as often as it is written, at most 2,000 of the newest.
pub fn places(conn: &mut Conn) -> Result<Vec<String>> {
    let newest = occasion_parts::table.order(occasion_parts::id.desc()).limit(2_000);
    Ok(newest.select(occasion_parts::place).load(conn)?)
}

/// One occasion with its parts.
pub fn one_given(conn: &mut Conn, id: i64) -> Result<Option<Given>> {
    let Some(occasion) = super::occasion(conn, id)? else { return Ok(None) };
    Ok(Some(Given { parts: parts(conn, id)?, occasion }))
}

/// Booked seats at parts that begin from one instant until another, with since when: (person, instant, part, occasion),
/// in time order.
pub fn seats_between(
    conn: &mut Conn,
    from: NaiveDateTime,
    until: NaiveDateTime,
) -> Result<Vec<(i64, NaiveDateTime, Part, Occasion)>> {
    Ok(bookings::table
        .inner_join(occasions::table)
        .inner_join(occasion_parts::table.on(occasion_parts::occasion_id.eq(occasions::id)))
        .filter(bookings::state.eq("booked"))
        .filter(occasions::cancelled_at.is_null())
        .filter(occasion_parts::starts_at.ge(from))
        .filter(occasion_parts::starts_at.lt(until))
        .order((occasion_parts::starts_at, bookings::person_id, occasion_parts::id))
        .select((bookings::person_id, bookings::changed_at, PART, OCCASION))
        .load(conn)?)
}

/// Where an occasion as a whole is: its first part's place.
type Whole = (
    diesel::dsl::Eq<occasions::starts_at, NaiveDateTime>,
    diesel::dsl::Eq<occasions::ends_at, NaiveDateTime>,
    diesel::dsl::Eq<occasions::place, String>,
    diesel::dsl::Eq<occasions::link, String>,
);

/// Sittings in time order. None of them is no occasion: the callers' rules see to that.
fn whole(sittings: &[Sitting]) -> Whole {
    let (starts_at, ends_at) = span(sittings).unwrap_or_default();
    let (place, link) = sittings.first().map(|first| (first.place.clone(), first.link.clone())).unwrap_or_default();
    (
        occasions::starts_at.eq(starts_at),
        occasions::ends_at.eq(ends_at),
        occasions::place.eq(place),
        occasions::link.eq(link),
    )
}

fn insert_part(conn: &mut Conn, occasion: i64, no: usize, sitting: &Sitting, uid: &str, sequence: i32) -> Result<()> {
    let row = (
        occasion_parts::occasion_id.eq(occasion),
        occasion_parts::no.eq(number(no)),
        occasion_parts::starts_at.eq(sitting.starts_at),
        occasion_parts::ends_at.eq(sitting.ends_at),
        occasion_parts::place.eq(&sitting.place),
        occasion_parts::link.eq(&sitting.link),
        occasion_parts::uid.eq(uid),
        occasion_parts::sequence.eq(sequence),
    );
    diesel::insert_into(occasion_parts::table).values(row).execute(conn)?;
    Ok(())
}

fn number(no: usize) -> i32 {
    i32::try_from(no).unwrap_or(i32::MAX)
}

/// A new occasion with its parts, of which there is at least one; its id. The first part has the occasion's uid.
pub fn insert_occasion(conn: &mut Conn, occasion: &NewOccasion, sittings: &[Sitting]) -> Result<i64> {
    let mut sittings = sittings.to_vec();
    sittings.sort();
    let row = (occasion, whole(&sittings));
    let id = diesel::insert_into(occasions::table).values(row).returning(occasions::id).get_result(conn)?;
    for (index, sitting) in sittings.iter().enumerate() {
        let uid = if index == 0 { occasion.uid.to_owned() } else { format!("{}.{}", occasion.uid, index + 1) };
        insert_part(conn, id, index + 1, sitting, &uid, occasion.sequence)?;
    }
    Ok(id)
}

/// Changes an occasion and its parts. Returns it as it is then, and whether any part has changed. Then, and when
/// `trainers` are others, its sequence has risen; that of each part that is new, moved or renumbered is the same.
pub fn change_occasion(
    conn: &mut Conn,
    before: &Occasion,
    details: Details,
    changes: &[PartChange],
    trainers: bool,
) -> Result<(Given, bool)> {
    let calendars = changes.iter().any(|change| !matches!(change, PartChange::Kept(_)));
    let sequence = before.sequence + i32::from(calendars || trainers);
    let mut wanted = Vec::with_capacity(changes.len());
    let renumbered = renumbered(changes);
    for change in changes {
        match change {
            PartChange::Gone(part) => {
                diesel::delete(occasion_parts::table.find(part.id)).execute(conn)?;
                continue;
            }
            PartChange::Kept(part) => {
                let told = if renumbered.contains(&part.id) { sequence } else { part.sequence };
                let row = (occasion_parts::no.eq(number(wanted.len() + 1)), occasion_parts::sequence.eq(told));
                diesel::update(occasion_parts::table.find(part.id)).set(row).execute(conn)?;
                wanted.push(part.sitting());
            }
            PartChange::Moved(part, to) => {
                move_part(conn, part.id, wanted.len() + 1, to, sequence)?;
                wanted.push(to.clone());
            }
            PartChange::New(to) => {
                // The new sequence is in the uid, so that it can never be that of a part that was taken away.
                let uid = format!("{}.{sequence}.{}", before.uid, wanted.len() + 1);
                insert_part(conn, before.id, wanted.len() + 1, to, &uid, sequence)?;
                wanted.push(to.clone());
            }
        }
    }
    let row = (&details, occasions::sequence.eq(sequence), whole(&wanted));
    diesel::update(occasions::table.find(before.id)).set(row).execute(conn)?;
    let occasion = super::occasion(conn, before.id)?.unwrap_or_else(|| before.clone());
    Ok((Given { parts: parts(conn, before.id)?, occasion }, calendars))
}

fn move_part(conn: &mut Conn, part: i64, no: usize, to: &Sitting, sequence: i32) -> Result<()> {
    let row = (
        occasion_parts::no.eq(number(no)),
        occasion_parts::starts_at.eq(to.starts_at),
        occasion_parts::ends_at.eq(to.ends_at),
        occasion_parts::place.eq(&to.place),
        occasion_parts::link.eq(&to.link),
        occasion_parts::sequence.eq(sequence),
    );
    diesel::update(occasion_parts::table.find(part)).set(row).execute(conn)?;
    Ok(())
}

/// Marks an occasion as called off, which calendars must hear of.
pub fn cancel_occasion(conn: &mut Conn, id: i64, now: NaiveDateTime) -> Result<()> {
    let row = (occasions::cancelled_at.eq(now), occasions::sequence.eq(occasions::sequence + 1));
    diesel::update(occasions::table.find(id)).set(row).execute(conn)?;
    let parts = occasion_parts::table.filter(occasion_parts::occasion_id.eq(id));
    diesel::update(parts).set(occasion_parts::sequence.eq(occasion_parts::sequence + 1)).execute(conn)?;
    Ok(())
}
