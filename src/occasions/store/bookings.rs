//! One occasion's list as [`super::super::life`] wants it, and what is written when it has decided.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::OCCASION;
use super::Occasion;
use crate::clock;
use crate::occasions::life::{Change, Entry, Rank};
use crate::occasions::seat::{Cause, Seat};
use crate::store::schema::{booking_log, bookings, occasions, people};
use crate::store::{Conn, Result, among, on_both};

/// The occasion, kept from everybody else who would change its bookings until this transaction is over.
pub fn hold(conn: &mut Conn, id: i64) -> Result<Option<Occasion>> {
    diesel::update(occasions::table.find(id))
        .set(occasions::booking_revision.eq(occasions::booking_revision + 1))
        .execute(conn)?;
    super::occasion(conn, id)
}

type EntryRow = (
    (i64, String, Option<NaiveDateTime>, Option<NaiveDate>, Option<NaiveDateTime>, NaiveDateTime),
    Option<NaiveDateTime>,
    Option<NaiveDate>,
);

/// Everybody who has ever had a booking at the occasion.
pub fn list(conn: &mut Conn, occasion: i64) -> Result<Vec<Entry>> {
    let rows: Vec<EntryRow> = bookings::table
        .inner_join(people::table.on(people::id.eq(bookings::person_id)))
        .filter(bookings::occasion_id.eq(occasion))
        .order(bookings::id)
        .select((
            (
                bookings::person_id,
                bookings::state,
                bookings::offered_until,
                bookings::due,
                bookings::asked_at,
                bookings::changed_at,
            ),
            bookings::booked_for,
            people::ends_on,
        ))
        .load(conn)?;
    let entry = |((person, state, until, due, asked_at, since), booked_for, last_day): EntryRow| Entry {
        person,
        seat: Seat::of(&state),
        until,
        rank: Rank::new(due, asked_at.unwrap_or(since), person),
        since,
        booked_for,
        last_day,
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// Makes a booking what the change says and logs it. Returns the line's id, which tells this event from all others.
pub fn write(
    conn: &mut Conn,
    occasion: i64,
    change: &Change,
    by: Option<i64>,
    reason: &str,
    now: NaiveDateTime,
) -> Result<i64> {
    let values = (
        bookings::state.eq(change.to.code()),
        bookings::offered_until.eq(change.until),
        bookings::due.eq(change.rank.due),
        bookings::asked_at.eq(Some(change.rank.asked_at)),
        bookings::changed_at.eq(now),
        bookings::changed_by.eq(by),
    );
    let row = bookings::table.filter(bookings::occasion_id.eq(occasion)).filter(bookings::person_id.eq(change.person));
    if diesel::update(row).set(values).execute(conn)? == 0 {
        let whose = (bookings::occasion_id.eq(occasion), bookings::person_id.eq(change.person));
        diesel::insert_into(bookings::table).values((whose, values)).execute(conn)?;
    }
    let begins: NaiveDateTime = occasions::table.find(occasion).select(occasions::starts_at).first(conn)?;
    if change.to == Seat::Booked && change.cause != Cause::Marked {
        diesel::update(row).set(bookings::booked_for.eq(begins)).execute(conn)?;
    }
    let line = (
        booking_log::starts_at.eq(begins),
        booking_log::occasion_id.eq(occasion),
        booking_log::person_id.eq(change.person),
        booking_log::state.eq(change.to.code()),
        booking_log::cause.eq(change.cause.code()),
        booking_log::reason.eq(reason),
        booking_log::at.eq(now),
        booking_log::by_id.eq(by),
    );
    Ok(diesel::insert_into(booking_log::table).values(line).returning(booking_log::id).get_result(conn)?)
}

/// Something that has happened to a booking.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct LogLine {
    pub person: i64,
    pub name: String,
    /// A [`Seat`]'s code.
    pub state: String,
    /// A [`crate::occasions::seat::Cause`]'s code.
    pub cause: String,
    pub reason: String,
    pub at: NaiveDateTime,
    pub by: Option<i64>,
}

/// How much has happened to a person's bookings, by occasion; of all occasions, or of one.
pub fn lines_about(conn: &mut Conn, person: i64, occasion: Option<i64>) -> Result<HashMap<i64, i64>> {
    let mut lines = booking_log::table
        .filter(booking_log::person_id.eq(person))
        .group_by(booking_log::occasion_id)
        .select((booking_log::occasion_id, count_star()))
        .into_boxed();
    if let Some(occasion) = occasion {
        lines = lines.filter(booking_log::occasion_id.eq(occasion));
    }
    Ok(lines.load(conn)?.into_iter().collect())
}

/// Whether a person who has a seat had it before anybody marked what has become of it: what a mark that is taken back
/// goes back to. Seats older than the log were there before.
pub fn had_seat(conn: &mut Conn, occasion: i64, person: i64) -> Result<bool> {
    let lines: Vec<(String, String)> = booking_log::table
        .filter(booking_log::occasion_id.eq(occasion))
        .filter(booking_log::person_id.eq(person))
        .order(booking_log::id.desc())
        .select((booking_log::state, booking_log::cause))
        .load(conn)?;
    let before = lines.iter().find(|(_, cause)| cause != Cause::Marked.code());
    Ok(before.map_or(lines.is_empty(), |(state, _)| state == Seat::Booked.code()))
}

/// Ids of the occasions at which a person had a seat and did not come.
pub fn absent_at(conn: &mut Conn, person: i64) -> Result<Vec<i64>> {
    let absent = bookings::table.filter(bookings::person_id.eq(person));
    Ok(absent.filter(bookings::state.eq(Seat::Absent.code())).select(bookings::occasion_id).load(conn)?)
}

/// All that has happened at an occasion, newest first, at most `limit` lines.
pub fn log(conn: &mut Conn, occasion: i64, limit: i64) -> Result<Vec<LogLine>> {
    Ok(booking_log::table
        .inner_join(people::table.on(people::id.eq(booking_log::person_id)))
        .filter(booking_log::occasion_id.eq(occasion))
        .order(booking_log::id.desc())
        .limit(limit)
        .select((
            booking_log::person_id,
            people::name,
            booking_log::state,
            booking_log::cause,
            booking_log::reason,
            booking_log::at,
            booking_log::by_id,
        ))
        .load(conn)?)
}

/// A person's bookings at occasions that end after an instant and are not called off, in time order.
pub fn seats_of_person(conn: &mut Conn, person: i64, after: NaiveDateTime) -> Result<Vec<(Seat, Occasion)>> {
    let rows: Vec<(String, Occasion)> = bookings::table
        .inner_join(occasions::table)
        .filter(bookings::person_id.eq(person))
        .filter(bookings::state.ne(Seat::Cancelled.code()))
        .filter(occasions::cancelled_at.is_null())
        .filter(occasions::ends_at.gt(after))
        .order((occasions::starts_at, occasions::id))
        .select((bookings::state, OCCASION))
        .load(conn)?;
    Ok(rows.into_iter().map(|(state, occasion)| (Seat::of(&state), occasion)).collect())
}

/// What a person's calendar shows, in time order, with when each seat was changed: those that are taken or kept at
/// occasions which end after `since`, and those that were booked and have been given back or called off after `gone_since`.
pub fn seats_for_calendar(
    conn: &mut Conn,
    person: i64,
    since: NaiveDateTime,
    gone_since: NaiveDateTime,
) -> Result<Vec<(Seat, NaiveDateTime, Occasion)>> {
    let was_booked = booking_log::table
        .filter(booking_log::occasion_id.eq(bookings::occasion_id))
        .filter(booking_log::person_id.eq(bookings::person_id))
        .filter(booking_log::state.eq(Seat::Booked.code()));
    let gone = bookings::state
        .eq(Seat::Cancelled.code())
        .and(bookings::changed_at.gt(gone_since))
        .and(diesel::dsl::exists(was_booked));
    let there = bookings::state.ne(Seat::Cancelled.code()).and(bookings::state.ne(Seat::Waitlisted.code()));
    let rows: Vec<(String, NaiveDateTime, Occasion)> = bookings::table
        .inner_join(occasions::table)
        .filter(bookings::person_id.eq(person))
        .filter(occasions::ends_at.gt(since))
        .filter(there.or(gone))
        .order((occasions::starts_at, occasions::id))
        .select((bookings::state, bookings::changed_at, OCCASION))
        .load(conn)?;
    Ok(rows.into_iter().map(|(state, changed, occasion)| (Seat::of(&state), changed, occasion)).collect())
}

/// Who sits where: (occasion, person, seat), for the occasions given.
pub fn seats_of(conn: &mut Conn, occasion_ids: &[i64]) -> Result<Vec<(i64, i64, Seat)>> {
    let seats = bookings::table.order((bookings::occasion_id, bookings::person_id)).select((
        bookings::occasion_id,
        bookings::person_id,
        bookings::state,
    ));
    let rows: Vec<(i64, i64, String)> =
        on_both!(conn, c => seats.filter(among(bookings::occasion_id, occasion_ids)).load(c)?);
    Ok(rows.into_iter().map(|(occasion, person, state)| (occasion, person, Seat::of(&state))).collect())
}

/// The occasions of a module at which somebody has a seat or has been, in time order.
pub fn seats_in_module(conn: &mut Conn, person: i64, module: &str) -> Result<Vec<i64>> {
    Ok(bookings::table
        .inner_join(occasions::table)
        .filter(bookings::person_id.eq(person))
        .filter(bookings::state.eq_any([Seat::Booked.code(), Seat::Attended.code()]))
        .filter(occasions::module.eq(module))
        .filter(occasions::cancelled_at.is_null())
        .order((occasions::starts_at, occasions::id))
        .select(bookings::occasion_id)
        .load(conn)?)
}

/// Who has a seat, an offer or a place in line at an occasion of a module that begins after an instant: (person, seat,
/// when it begins), in time order.
pub fn seats_at_module(conn: &mut Conn, module: &str, after: NaiveDateTime) -> Result<Vec<(i64, Seat, NaiveDateTime)>> {
    let open = [Seat::Booked, Seat::Offered, Seat::Waitlisted].map(Seat::code);
    let rows: Vec<(i64, String, NaiveDateTime)> = bookings::table
        .inner_join(occasions::table)
        .filter(occasions::module.eq(module))
        .filter(occasions::starts_at.gt(after))
        .filter(occasions::cancelled_at.is_null())
        .filter(bookings::state.eq_any(open))
        .order((occasions::starts_at, occasions::id, bookings::person_id))
        .select((bookings::person_id, bookings::state, occasions::starts_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(person, seat, at)| (person, Seat::of(&seat), at)).collect())
}

/// How many bookings there are of each kind: (occasion, seat, number), at occasions that begin after an instant.
pub fn counts(conn: &mut Conn, after: NaiveDateTime) -> Result<Vec<(i64, Seat, i64)>> {
    let rows: Vec<(i64, String, i64)> = bookings::table
        .inner_join(occasions::table)
        .filter(occasions::starts_at.gt(after))
        .group_by((bookings::occasion_id, bookings::state))
        .select((bookings::occasion_id, bookings::state, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(occasion, state, count)| (occasion, Seat::of(&state), count)).collect())
}

/// Occasions at which time alone has brought something about: an offer has run out, they have begun while somebody was
/// waiting, or somebody with a seat or in line at what is to come has left the region.
pub fn to_settle(conn: &mut Conn, now: NaiveDateTime) -> Result<Vec<i64>> {
    let offered = bookings::state.eq(Seat::Offered.code()).and(bookings::offered_until.le(now));
    let mut found: Vec<i64> = bookings::table
        .inner_join(occasions::table)
        .filter(bookings::state.eq_any([Seat::Offered.code(), Seat::Waitlisted.code()]))
        .filter(occasions::cancelled_at.is_null())
        .filter(offered.assume_not_null().or(occasions::starts_at.le(now)))
        .select(bookings::occasion_id)
        .load(conn)?;
    let gone: Vec<i64> = bookings::table
        .inner_join(occasions::table)
        .inner_join(people::table)
        .filter(people::ends_on.lt(clock::day_of(now)))
        .filter(bookings::state.eq_any([Seat::Booked, Seat::Offered, Seat::Waitlisted].map(Seat::code)))
        .filter(occasions::starts_at.gt(now))
        .filter(occasions::cancelled_at.is_null())
        .select(bookings::occasion_id)
        .load(conn)?;
    found.extend(gone);
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Where else a person waits for a module or was offered a seat, at occasions to come: their ids, in one order that is
/// everybody's.
pub fn waits_elsewhere(
    conn: &mut Conn,
    person: i64,
    module: &str,
    but: Option<i64>,
    now: NaiveDateTime,
) -> Result<Vec<i64>> {
    let mut found: Vec<i64> = bookings::table
        .inner_join(occasions::table)
        .filter(bookings::person_id.eq(person))
        .filter(bookings::state.eq_any([Seat::Offered, Seat::Waitlisted].map(Seat::code)))
        .filter(occasions::module.eq(module))
        .filter(occasions::starts_at.gt(now))
        .filter(occasions::cancelled_at.is_null())
        .select(bookings::occasion_id)
        .order(bookings::occasion_id)
        .load(conn)?;
    found.retain(|occasion| Some(*occasion) != but);
    Ok(found)
}

/// Whose seats, or at which occasion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Person(i64),
    Occasion(i64),
}

/// Seats that were given back late, each as its occasion and person, in the order in which it happened.
pub fn given_back_late(conn: &mut Conn, whose: Whose) -> Result<Vec<(i64, i64)>> {
    let late = booking_log::table
        .filter(booking_log::cause.eq(Cause::LeftLate.code()))
        .order(booking_log::id)
        .select((booking_log::occasion_id, booking_log::person_id))
        .into_boxed();
    let late = match whose {
        Whose::Person(id) => late.filter(booking_log::person_id.eq(id)),
        Whose::Occasion(id) => late.filter(booking_log::occasion_id.eq(id)),
    };
    Ok(late.load(conn)?)
}
