//! When modules are given, with the seats that are left; and who wants a day of a module that has none.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Given, OCCASION, Occasion, given};
use crate::occasions::seat::Seat;
use crate::store::schema::{bookings, occasions, wanted_days as wanted};
use crate::store::{Conn, Result, among, named, on_both};

/// A day to come, as somebody who looks for one needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    pub given: Given,
    /// Seats that are left; none = as many as come.
    pub free: Option<u32>,
    /// How many wait in line.
    pub waiting: u32,
}

impl Day {
    pub fn occasion(&self) -> &Occasion {
        &self.given.occasion
    }

    /// Whoever asks now gets a place in line rather than a seat.
    pub fn is_full(&self) -> bool {
        self.free == Some(0) || self.waiting > 0
    }
}

/// The occasions of these modules for which seats can still be asked, in time order.
pub fn coming_of_modules(conn: &mut Conn, modules: &[&str], now: NaiveDateTime) -> Result<Vec<Occasion>> {
    if modules.is_empty() {
        return Ok(Vec::new());
    }
    let query = occasions::table
        .filter(occasions::starts_at.gt(now))
        .filter(occasions::cancelled_at.is_null())
        .filter(occasions::closes_at.is_null().or(occasions::closes_at.gt(now)))
        .order((occasions::starts_at, occasions::id))
        .select(OCCASION);
    Ok(on_both!(conn, c => query.filter(named(occasions::module, modules)).load(c)?))
}

/// These occasions with their parts and the seats that are left: two queries, however many.
pub fn days(conn: &mut Conn, found: Vec<Occasion>) -> Result<Vec<Day>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = found.iter().map(|occasion| occasion.id).collect();
    let counts = counts_at(conn, &ids)?;
    Ok(given(conn, found)?.into_iter().map(|given| day(given, &counts)).collect())
}

fn day(given: Given, counts: &HashMap<(i64, Seat), u32>) -> Day {
    let count = |seat: Seat| counts.get(&(given.occasion.id, seat)).copied().unwrap_or_default();
    let taken: u32 = Seat::TAKEN.iter().map(|seat| count(*seat)).sum();
    let seats = given.occasion.seats.map(|seats| u32::try_from(seats).unwrap_or_default());
    Day { free: seats.map(|seats| seats.saturating_sub(taken)), waiting: count(Seat::Waitlisted), given }
}

/// How many bookings there are of each kind at these occasions.
fn counts_at(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<(i64, Seat), u32>> {
    let query = bookings::table.group_by((bookings::occasion_id, bookings::state)).select((
        bookings::occasion_id,
        bookings::state,
        diesel::dsl::count_star(),
    ));
    let rows: Vec<(i64, String, i64)> = on_both!(conn, c => query.filter(among(bookings::occasion_id, ids)).load(c)?);
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(rows.into_iter().map(|(occasion, state, number)| ((occasion, Seat::of(&state)), count(number))).collect())
}

/// The modules of which a person wants a day.
pub fn wanted_by(conn: &mut Conn, person: i64) -> Result<Vec<String>> {
    Ok(wanted::table.filter(wanted::person_id.eq(person)).order(wanted::module).select(wanted::module).load(conn)?)
}

/// How many want a day of each module, most first.
pub fn wanted_days(conn: &mut Conn) -> Result<Vec<(String, i64)>> {
    let mut rows: Vec<(String, i64)> = wanted::table
        .group_by(wanted::module)
        .order(wanted::module)
        .select((wanted::module, diesel::dsl::count_star()))
        .load(conn)?;
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(rows)
}

/// Notes that somebody wants a day of a module. Saying it twice changes nothing.
pub fn set_wanted(conn: &mut Conn, person: i64, module: &str, now: NaiveDateTime) -> Result<()> {
    let row = (wanted::person_id.eq(person), wanted::module.eq(module), wanted::asked_at.eq(now));
    on_both!(conn, c => diesel::insert_into(wanted::table).values(row).on_conflict_do_nothing().execute(c)?);
    Ok(())
}

/// Takes that back, also because a day has been found.
pub fn want_no_more(conn: &mut Conn, person: i64, module: &str) -> Result<()> {
    let row = wanted::table.filter(wanted::person_id.eq(person)).filter(wanted::module.eq(module));
    diesel::delete(row).execute(conn)?;
    Ok(())
}
