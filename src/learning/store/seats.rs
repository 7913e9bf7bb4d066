//! Occasions, and who sits at them.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::store::schema::{bookings, occasions};
use crate::store::{Conn, Result, columns};

/// A day on which a module is given. Instants are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = occasions)]
pub struct Occasion {
    pub id: i64,
    pub edition_id: Option<i64>,
    /// The programme meeting it belongs to.
    pub meeting: Option<String>,
    pub module: String,
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
    pub place: String,
    pub uid: String,
    /// Rises with every change that calendars must hear of.
    pub sequence: i32,
    pub cancelled_at: Option<NaiveDateTime>,
}

columns!(pub(super) OCCASION: OccasionColumns = occasions { id, edition_id, meeting, module, starts_at, ends_at, place, uid, sequence, cancelled_at });

pub fn occasion(conn: &mut Conn, id: i64) -> Result<Option<Occasion>> {
    Ok(occasions::table.find(id).select(OCCASION).first(conn).optional()?)
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

/// When either of two modules is given from an instant on, uncancelled, at most twenty. They may be the same.
pub fn occasions_to_come(conn: &mut Conn, [a, b]: [&str; 2], from: NaiveDateTime) -> Result<Vec<Occasion>> {
    Ok(occasions::table
        .filter(occasions::module.eq(a).or(occasions::module.eq(b)))
        .filter(occasions::starts_at.ge(from))
        .filter(occasions::cancelled_at.is_null())
        .order((occasions::starts_at, occasions::id))
        .limit(20)
        .select(OCCASION)
        .load(conn)?)
}

/// How many occasions of each module are planned from an instant on.
pub fn planned(conn: &mut Conn, from: NaiveDateTime) -> Result<Vec<(String, i64)>> {
    Ok(occasions::table
        .filter(occasions::starts_at.ge(from))
        .filter(occasions::cancelled_at.is_null())
        .group_by(occasions::module)
        .select((occasions::module, diesel::dsl::count_star()))
        .load(conn)?)
}

#[derive(Insertable)]
#[diesel(table_name = occasions)]
pub struct NewOccasion<'a> {
    pub edition_id: Option<i64>,
    pub meeting: Option<&'a str>,
    pub module: &'a str,
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
    pub place: &'a str,
    pub uid: &'a str,
    pub sequence: i32,
}

pub fn insert_occasion(conn: &mut Conn, occasion: &NewOccasion) -> Result<i64> {
    Ok(diesel::insert_into(occasions::table).values(occasion).returning(occasions::id).get_result(conn)?)
}

/// What has become of a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    Booked,
    Attended,
    Absent,
    Cancelled,
}

impl Seat {
    pub fn code(self) -> &'static str {
        match self {
            Seat::Booked => "booked",
            Seat::Attended => "attended",
            Seat::Absent => "absent",
            Seat::Cancelled => "cancelled",
        }
    }

    /// Unknown codes cannot be written by this program; they read as cancelled, which promises nothing.
    pub fn of(code: &str) -> Seat {
        match code {
            "booked" => Seat::Booked,
            "attended" => Seat::Attended,
            "absent" => Seat::Absent,
            _ => Seat::Cancelled,
        }
    }
}

/// Who sits where: (occasion, person, seat), for the occasions given.
pub fn seats_of(conn: &mut Conn, occasion_ids: &[i64]) -> Result<Vec<(i64, i64, Seat)>> {
    let rows: Vec<(i64, i64, String)> = bookings::table
        .filter(bookings::occasion_id.eq_any(occasion_ids))
        .order((bookings::occasion_id, bookings::person_id))
        .select((bookings::occasion_id, bookings::person_id, bookings::state))
        .load(conn)?;
    Ok(rows.into_iter().map(|(occasion, person, state)| (occasion, person, Seat::of(&state))).collect())
}

/// Booked seats on occasions from one day until another, with since when: (person, instant, occasion).
pub fn seats_between(
    conn: &mut Conn,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<(i64, NaiveDateTime, Occasion)>> {
    let midnight = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN);
    Ok(bookings::table
        .inner_join(occasions::table)
        .filter(bookings::state.eq("booked"))
        .filter(occasions::cancelled_at.is_null())
        .filter(occasions::starts_at.ge(midnight(from)))
        .filter(occasions::starts_at.lt(midnight(until)))
        .order((occasions::starts_at, bookings::person_id))
        .select((bookings::person_id, bookings::changed_at, OCCASION))
        .load(conn)?)
}

/// Sets a seat, making the booking when there is none. Returns what it was before.
pub fn set_seat(
    conn: &mut Conn,
    occasion: i64,
    person: i64,
    seat: Seat,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<Option<Seat>> {
    let row = bookings::table.filter(bookings::occasion_id.eq(occasion)).filter(bookings::person_id.eq(person));
    let before: Option<String> = row.select(bookings::state).first(conn).optional()?;
    let change = (bookings::state.eq(seat.code()), bookings::changed_at.eq(now), bookings::changed_by.eq(by));
    match before {
        Some(_) => diesel::update(row).set(change).execute(conn)?,
        None => diesel::insert_into(bookings::table)
            .values((bookings::occasion_id.eq(occasion), bookings::person_id.eq(person), change))
            .execute(conn)?,
    };
    Ok(before.map(|code| Seat::of(&code)))
}
