//! Occasions, and who sits at them.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

mod around;
mod bookings;
mod days;
mod materials;
mod minimum;
mod parts;
mod rules;

pub use around::{
    DayOff, Staffed, Trainer, add_day_off, at_the_same_time, days_off, remove_day_off, set_trainers, trained_by,
    trainer_ids, trainers, trainers_of,
};
pub use bookings::{
    LogLine, Whose, absent_at, counts, given_back_late, had_seat, hold, lines_about, list, log, seats_at_module,
    seats_for_calendar, seats_in_module, seats_of, seats_of_person, to_settle, waits_elsewhere, write,
};
pub use days::{Day, coming_of_modules, days, set_wanted, want_no_more, wanted_by, wanted_days};
pub use materials::{Material, NewMaterial, Reading, add_material, materials, readings, remove_material};
pub use minimum::{ask_again, booked, give_anyway, may_be_short, note_told_short, opened_by};
pub use parts::{
    Given, Part, cancel_occasion, change_occasion, given, insert_occasion, one_given, parts, parts_of, places,
    seats_between, set_reckoned, to_reckon,
};
pub use rules::{Decided, decide_rules, rules, rules_decided};

use crate::store::schema::occasions;
use crate::store::{Conn, Result, among, columns, on_both};

/// One giving of a module, on a day or in several parts ([`Part`]). Instants are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = occasions)]
pub struct Occasion {
    pub id: i64,
    pub edition_id: Option<i64>,
    /// The programme meeting it belongs to.
    pub meeting: Option<String>,
    pub module: String,
    /// When the first part begins.
    pub starts_at: NaiveDateTime,
    /// When the last part ends.
    pub ends_at: NaiveDateTime,
    /// The first part's.
    pub place: String,
    pub uid: String,
    /// Rises with every change that calendars must hear of.
    pub sequence: i32,
    pub cancelled_at: Option<NaiveDateTime>,
    /// None = as many as come.
    pub seats: Option<i32>,
    /// Fewer booked than this, and it may not be worth giving.
    pub minimum: i32,
    /// From then on nobody can ask for a seat; when it begins, if none.
    pub closes_at: Option<NaiveDateTime>,
    /// Where the first part is held when it is (also) held over the network; may be empty.
    pub link: String,
    /// `sv` or `en`.
    pub language: String,
    /// Kept for those who work in this unit or below it.
    pub kept_unit: Option<i64>,
    /// Kept for those who hold this role.
    pub kept_role: Option<String>,
    /// When those who decide were told that fewer have booked than the minimum.
    pub told_short_at: Option<NaiveDateTime>,
    /// When somebody decided that it is given all the same.
    pub runs_anyway_at: Option<NaiveDateTime>,
}

impl Occasion {
    /// From then on nobody can ask for a seat.
    pub fn closes(&self) -> NaiveDateTime {
        self.closes_at.unwrap_or(self.starts_at)
    }

    /// None = as many as come.
    pub fn room(&self) -> Option<u32> {
        self.seats.map(|seats| u32::try_from(seats).unwrap_or_default())
    }
}

columns!(pub OCCASION: OccasionColumns = occasions { id, edition_id, meeting, module, starts_at, ends_at, place, uid, sequence, cancelled_at, seats, minimum, closes_at, link, language, kept_unit, kept_role, told_short_at, runs_anyway_at });

pub fn occasion(conn: &mut Conn, id: i64) -> Result<Option<Occasion>> {
    Ok(occasions::table.find(id).select(OCCASION).first(conn).optional()?)
}

/// Those of these occasions that there are, in time order.
pub fn occasions_by_id(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Occasion>> {
    let query = occasions::table.order((occasions::starts_at, occasions::id)).select(OCCASION);
    Ok(on_both!(conn, c => query.filter(among(occasions::id, ids)).load(c)?))
}

/// An edition's occasions, in time order.
pub fn occasions_of_edition(conn: &mut Conn, edition: i64) -> Result<Vec<Occasion>> {
    Ok(occasions::table
        .filter(occasions::edition_id.eq(edition))
        .order((occasions::starts_at, occasions::id))
        .select(OCCASION)
        .load(conn)?)
}

/// When a module is given from an instant on, uncancelled, at most `limit`.
pub fn occasions_of_module(conn: &mut Conn, module: &str, from: NaiveDateTime, limit: i64) -> Result<Vec<Occasion>> {
    Ok(occasions::table
        .filter(occasions::module.eq(module))
        .filter(occasions::starts_at.ge(from))
        .filter(occasions::cancelled_at.is_null())
        .order((occasions::starts_at, occasions::id))
        .limit(limit)
        .select(OCCASION)
        .load(conn)?)
}

/// A module's seats on a day to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedSeats {
    pub module: String,
    pub starts_at: NaiveDateTime,
    pub seats: u32,
}

/// The seats of every occasion from an instant on; one without a number has the `usual` one.
pub fn planned_seats(conn: &mut Conn, from: NaiveDateTime, usual: u32) -> Result<Vec<PlannedSeats>> {
    let days: Vec<(String, NaiveDateTime, Option<i32>)> = occasions::table
        .filter(occasions::starts_at.ge(from))
        .filter(occasions::cancelled_at.is_null())
        .order((occasions::starts_at, occasions::id))
        .select((occasions::module, occasions::starts_at, occasions::seats))
        .load(conn)?;
    let planned = |(module, starts_at, seats): (String, NaiveDateTime, Option<i32>)| PlannedSeats {
        module,
        starts_at,
        seats: seats.map_or(usual, |seats| u32::try_from(seats).unwrap_or_default()),
    };
    Ok(days.into_iter().map(planned).collect())
}

/// How many seats of each module are planned from an instant on.
pub fn planned(conn: &mut Conn, from: NaiveDateTime, usual: u32) -> Result<BTreeMap<String, u32>> {
    let mut planned = BTreeMap::new();
    for day in planned_seats(conn, from, usual)? {
        *planned.entry(day.module).or_default() += day.seats;
    }
    Ok(planned)
}

/// What of an occasion, beside its parts, can be changed afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Insertable, AsChangeset)]
#[diesel(table_name = occasions, treat_none_as_null = true)]
pub struct Details {
    pub seats: Option<i32>,
    pub minimum: i32,
    pub closes_at: Option<NaiveDateTime>,
    pub language: String,
    pub edition_id: Option<i64>,
    pub kept_unit: Option<i64>,
    pub kept_role: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = occasions)]
pub struct NewOccasion<'a> {
    pub meeting: Option<&'a str>,
    pub module: &'a str,
    pub uid: &'a str,
    pub sequence: i32,
    /// Who is told when too few have booked; none = every developer.
    pub opened_by: Option<i64>,
    #[diesel(embed)]
    pub details: Details,
}

/// Occasions that have begun and had not ended at an earlier instant, not called off, in time order.
pub fn going_on(conn: &mut Conn, since: NaiveDateTime, now: NaiveDateTime) -> Result<Vec<Occasion>> {
    Ok(occasions::table
        .filter(occasions::starts_at.le(now))
        .filter(occasions::ends_at.gt(since))
        .filter(occasions::cancelled_at.is_null())
        .order((occasions::starts_at, occasions::id))
        .select(OCCASION)
        .load(conn)?)
}

/// Occasions that begin from one instant until another, also those called off, in time order.
pub fn occasions_between(conn: &mut Conn, from: NaiveDateTime, until: NaiveDateTime) -> Result<Vec<Occasion>> {
    Ok(occasions::table
        .filter(occasions::starts_at.ge(from))
        .filter(occasions::starts_at.lt(until))
        .order((occasions::starts_at, occasions::id))
        .select(OCCASION)
        .load(conn)?)
}

/// Occasions that begin after an instant, also those called off, in time order, at most `limit`.
pub fn coming(conn: &mut Conn, after: NaiveDateTime, limit: i64) -> Result<Vec<Occasion>> {
    Ok(occasions::table
        .filter(occasions::starts_at.gt(after))
        .order((occasions::starts_at, occasions::id))
        .limit(limit)
        .select(OCCASION)
        .load(conn)?)
}
