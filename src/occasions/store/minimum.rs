//! Occasions that too few may have booked, and what was decided of them.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::{OCCASION, Occasion};
use crate::occasions::minimum::NOTICE;
use crate::occasions::seat::Seat;
use crate::store::schema::{bookings, occasions};
use crate::store::{Conn, Result, among, on_both};

/// Occasions to come that have a minimum and of which it is time to decide, with how many have booked, in time order.
/// Those that are given anyway are not among them.
pub fn may_be_short(conn: &mut Conn, now: NaiveDateTime) -> Result<Vec<(Occasion, usize)>> {
    let closed = occasions::closes_at.le(now).assume_not_null();
    let near = occasions::closes_at.is_null().and(occasions::starts_at.le(now + NOTICE));
    let found: Vec<Occasion> = occasions::table
        .filter(occasions::starts_at.gt(now))
        .filter(occasions::minimum.gt(0))
        .filter(occasions::cancelled_at.is_null())
        .filter(occasions::runs_anyway_at.is_null())
        .filter(closed.or(near))
        .order((occasions::starts_at, occasions::id))
        .select(OCCASION)
        .load(conn)?;
    let booked = booked(conn, &found.iter().map(|occasion| occasion.id).collect::<Vec<_>>())?;
    let count = |occasion: &Occasion| booked.get(&occasion.id).copied().unwrap_or_default();
    Ok(found.into_iter().map(|occasion| (count(&occasion), occasion)).map(|(count, it)| (it, count)).collect())
}

/// How many have booked each of these occasions; one that nobody has booked is not among them.
pub fn booked(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, usize>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let counts = bookings::table
        .filter(bookings::state.eq(Seat::Booked.code()))
        .group_by(bookings::occasion_id)
        .select((bookings::occasion_id, count_star()));
    let rows: Vec<(i64, i64)> = on_both!(conn, c => counts.filter(among(bookings::occasion_id, ids)).load(c)?);
    Ok(rows.into_iter().map(|(occasion, count)| (occasion, usize::try_from(count).unwrap_or_default())).collect())
}

/// Notes that those who decide have been told.
pub fn note_told_short(conn: &mut Conn, id: i64, now: NaiveDateTime) -> Result<()> {
    diesel::update(occasions::table.find(id)).set(occasions::told_short_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Notes that it is given all the same.
pub fn give_anyway(conn: &mut Conn, id: i64, now: NaiveDateTime) -> Result<()> {
    diesel::update(occasions::table.find(id)).set(occasions::runs_anyway_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Forgets both, because one can book again.
pub fn ask_again(conn: &mut Conn, id: i64) -> Result<()> {
    let never = None::<NaiveDateTime>;
    let row = (occasions::told_short_at.eq(never), occasions::runs_anyway_at.eq(never));
    diesel::update(occasions::table.find(id)).set(row).execute(conn)?;
    Ok(())
}

/// Who opened it; none when nobody noted it.
pub fn opened_by(conn: &mut Conn, id: i64) -> Result<Option<i64>> {
    Ok(occasions::table.find(id).select(occasions::opened_by).first(conn)?)
}
