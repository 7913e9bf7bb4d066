//! Queries about what people have, are to attend and are asked for: the engine's [`Facts`], and the rows behind.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

pub mod assessed;
mod record;

use super::counting::{Had, settled};
use crate::curriculum::model::Counts;
use crate::engine::model::{Assignment, Booking, Facts, Holding, Source};
use crate::occasions::seat::Seat;
use crate::occasions::store::{OCCASION, Occasion};
use crate::store::schema::{achievements, assignments, bookings, editions, milestones, occasions, people};
use crate::store::{Conn, Result, among, on_both};
pub use record::{NewAchievement, RecordRow, insert_achievement, record, standing_of};

/// People asked for in one query: below the number of parameters that both databases take.
const CHUNK: usize = 500;

/// The rows of `$query` in which `$column` is one of `$ids`. One id is compared as such, because PostgreSQL then keeps
/// one plan, while it may plan a list anew each time.
macro_rules! rows_about {
    ($conn:expr, $query:expr, $column:expr, $ids:expr) => {
        match $ids {
            [one] => $query.filter($column.eq(*one)).load($conn)?,
            some => on_both!($conn, c => $query.filter(among($column, some)).load(c)?),
        }
    };
}

/// Everything the engine needs about one person; `None` when there is no such person.
pub fn facts(conn: &mut Conn, person: i64, today: NaiveDate) -> Result<Option<Facts>> {
    Ok(facts_of(conn, &[person], today)?.remove(&person))
}

/// A seat that somebody has, was offered or waits for, at an occasion that is not over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub seat: Seat,
    pub occasion: Occasion,
    /// Until when an offered seat is kept.
    pub until: Option<NaiveDateTime>,
}

/// The same, with the person's seats in time order.
pub fn facts_and_seats(conn: &mut Conn, person: i64, today: NaiveDate) -> Result<Option<(Facts, Vec<Held>)>> {
    let mut facts = HashMap::with_capacity(1);
    let seats = read_facts(conn, &[person], today, &mut facts)?;
    facts.values_mut().for_each(end_with_employment);
    let held = |(_, state, until, occasion): SeatRow| Held { seat: Seat::of(&state), occasion, until };
    let seats = seats.into_iter().map(held).collect();
    Ok(facts.remove(&person).map(|facts| (facts, seats)))
}

/// The same for many people: three queries for each 500.
pub fn facts_of(conn: &mut Conn, ids: &[i64], today: NaiveDate) -> Result<HashMap<i64, Facts>> {
    let mut facts = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        read_facts(conn, chunk, today, &mut facts)?;
    }
    facts.values_mut().for_each(end_with_employment);
    Ok(facts)
}

type SeatRow = (i64, String, Option<NaiveDateTime>, Occasion);

/// Adds the facts of these people, of whose seats only those that are booked count; the seats, in time order.
fn read_facts(conn: &mut Conn, ids: &[i64], today: NaiveDate, facts: &mut HashMap<i64, Facts>) -> Result<Vec<SeatRow>> {
    employments(conn, ids, facts)?;
    held_modules(conn, ids, facts)?;
    let seats = seats(conn, ids, today)?;
    for (person, _, _, occasion) in seats.iter().filter(|row| row.1 == Seat::Booked.code()) {
        // What has begun and is not over goes on today.
        let (module, day) = (occasion.module.clone(), crate::clock::day_of(occasion.starts_at).max(today));
        facts.entry(*person).or_default().bookings.push(Booking { module, day, occasion: occasion.id });
    }
    Ok(seats)
}

/// Whoever has left holds nothing any more, also what no day was written for.
fn end_with_employment(facts: &mut Facts) {
    let employment = facts.assignments.iter().find(|a| a.holding == Holding::Everyone);
    if let Some(last) = employment.and_then(|a| a.to) {
        facts.assignments.iter_mut().for_each(|a| a.to = Some(a.to.map_or(last, |to| to.min(last))));
    }
}

type AssignmentRow = (String, String, NaiveDate, Option<NaiveDate>, String, Option<i64>);

/// Employments, and the titles and roles held in them. One query: whoever holds nothing is a row all the same. The
/// joins stand side by side, because SQLite would first join a nested pair for everybody.
fn employments(conn: &mut Conn, ids: &[i64], facts: &mut HashMap<i64, Facts>) -> Result<()> {
    type Row = ((i64, NaiveDate, Option<NaiveDate>), Option<AssignmentRow>, Option<String>);
    let query = people::table
        .left_join(assignments::table)
        .left_join(editions::table.on(editions::id.nullable().eq(assignments::edition_id)))
        .order(assignments::id)
        .select((
            (people::id, people::starts_on, people::ends_on),
            (
                assignments::kind,
                assignments::code,
                assignments::from_day,
                assignments::to_day,
                assignments::source,
                assignments::edition_id,
            )
                .nullable(),
            editions::name.nullable(),
        ));
    let rows: Vec<Row> = rows_about!(conn, query, people::id, ids);
    for ((person, from, to), assignment, edition) in rows {
        let held = &mut facts.entry(person).or_default().assignments;
        if held.is_empty() {
            held.push(Assignment { holding: Holding::Everyone, from, to, source: Source::Hr });
        }
        held.extend(assignment.map(|row| held_by(row, edition)));
    }
    Ok(())
}

fn held_by((kind, code, from, to, source, edition_id): AssignmentRow, edition: Option<String>) -> Assignment {
    let holding = if kind == "title" { Holding::Title(code) } else { Holding::Role(code) };
    let source = match (source.as_str(), edition_id, edition) {
        (_, Some(id), Some(edition)) => Source::Programme { edition, id },
        ("hr", ..) => Source::Hr,
        _ => Source::Hand,
    };
    Assignment { holding, from, to, source }
}

/// What was not taken back. Told apart here and not in the query: SQLite would look up "takes nothing back" in that
/// column's unique index and so read nearly everybody's rows.
fn held_modules(conn: &mut Conn, ids: &[i64], facts: &mut HashMap<i64, Facts>) -> Result<()> {
    type Row = (i64, Option<i64>, i64, String, NaiveDate, Option<NaiveDate>, String);
    let query = achievements::table.order(achievements::id).select((
        achievements::id,
        achievements::revokes_id,
        achievements::person_id,
        achievements::module,
        achievements::day,
        achievements::valid_until,
        achievements::counts,
    ));
    let rows: Vec<Row> = rows_about!(conn, query, achievements::person_id, ids);
    let revoked: HashSet<i64> = rows.iter().filter_map(|row| row.1).collect();
    let mut held: HashMap<i64, Vec<(String, Had)>> = HashMap::new();
    for (id, revokes, person, module, day, valid_until, rule) in rows {
        if revokes.is_none() && !revoked.contains(&id) {
            let had = Had { id, day, valid_until, rule: Counts::of_code(&rule) };
            held.entry(person).or_default().push((module, had));
        }
    }
    for (person, held) in held {
        facts.entry(person).or_default().achievements = settled(held);
    }
    Ok(())
}

fn seats(conn: &mut Conn, ids: &[i64], today: NaiveDate) -> Result<Vec<SeatRow>> {
    let state = |seat: Seat| bookings::state.eq(seat.code());
    let query = bookings::table
        .inner_join(occasions::table)
        .filter(state(Seat::Booked).or(state(Seat::Offered)).or(state(Seat::Waitlisted)))
        .filter(occasions::cancelled_at.is_null())
        .filter(occasions::ends_at.ge(today.and_time(chrono::NaiveTime::MIN)))
        .order((occasions::starts_at, occasions::id))
        .select((bookings::person_id, bookings::state, bookings::offered_until, OCCASION));
    Ok(rows_about!(conn, query, bookings::person_id, ids))
}

/// Milestones of editions: their ids in the programme and their days, in time order.
pub fn milestones(conn: &mut Conn, editions: &[i64]) -> Result<Vec<(String, NaiveDate)>> {
    let query =
        milestones::table.order((milestones::day, milestones::code)).select((milestones::code, milestones::day));
    Ok(rows_about!(conn, query, milestones::edition_id, editions))
}
