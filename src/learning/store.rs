//! Queries about what people have, are to attend and are asked for: the engine's [`Facts`], and the rows behind.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::engine::model::{Achievement, Assignment, Booking, Facts, Holding, Source};
use crate::store::schema::{achievements, assignments, bookings, editions, milestones, occasions, people};
use crate::store::{Conn, Result, among, columns, journal, on_both};

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

/// The same, with the occasions that the person has a seat at, in time order.
pub fn facts_and_seats(conn: &mut Conn, person: i64, today: NaiveDate) -> Result<Option<(Facts, Vec<Occasion>)>> {
    let mut facts = HashMap::with_capacity(1);
    let seats = read_facts(conn, &[person], today, &mut facts)?;
    facts.values_mut().for_each(end_with_employment);
    Ok(facts.remove(&person).map(|facts| (facts, seats.into_iter().map(|(_, occasion)| occasion).collect())))
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

/// Adds the facts of these people; their seats, in time order.
fn read_facts(
    conn: &mut Conn,
    ids: &[i64],
    today: NaiveDate,
    facts: &mut HashMap<i64, Facts>,
) -> Result<Vec<(i64, Occasion)>> {
    employments(conn, ids, facts)?;
    held_modules(conn, ids, facts)?;
    let seats = seats(conn, ids, today)?;
    for (person, occasion) in &seats {
        let (module, day) = (occasion.module.clone(), crate::clock::day_of(occasion.starts_at));
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
    type Row = (i64, Option<i64>, i64, String, NaiveDate, Option<NaiveDate>);
    let query = achievements::table.order(achievements::id).select((
        achievements::id,
        achievements::revokes_id,
        achievements::person_id,
        achievements::module,
        achievements::day,
        achievements::valid_until,
    ));
    let rows: Vec<Row> = rows_about!(conn, query, achievements::person_id, ids);
    let revoked: HashSet<i64> = rows.iter().filter_map(|row| row.1).collect();
    for (id, revokes, person, module, day, valid_until) in rows {
        if revokes.is_none() && !revoked.contains(&id) {
            facts.entry(person).or_default().achievements.push(Achievement { module, day, valid_until });
        }
    }
    Ok(())
}

fn seats(conn: &mut Conn, ids: &[i64], today: NaiveDate) -> Result<Vec<(i64, Occasion)>> {
    let query = bookings::table
        .inner_join(occasions::table)
        .filter(bookings::state.eq("booked"))
        .filter(occasions::cancelled_at.is_null())
        .filter(occasions::starts_at.ge(today.and_time(chrono::NaiveTime::MIN)))
        .order((occasions::starts_at, occasions::id))
        .select((bookings::person_id, OCCASION));
    Ok(rows_about!(conn, query, bookings::person_id, ids))
}

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

columns!(OCCASION: OccasionColumns = occasions { id, edition_id, meeting, module, starts_at, ends_at, place, uid, sequence, cancelled_at });

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

/// Milestones of editions: their ids in the programme and their days, in time order.
pub fn milestones(conn: &mut Conn, editions: &[i64]) -> Result<Vec<(String, NaiveDate)>> {
    let query =
        milestones::table.order((milestones::day, milestones::code)).select((milestones::code, milestones::day));
    Ok(rows_about!(conn, query, milestones::edition_id, editions))
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

#[derive(Insertable)]
#[diesel(table_name = achievements)]
pub struct NewAchievement<'a> {
    pub person_id: i64,
    pub module: &'a str,
    pub day: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    /// attendance, assessment, prior_learning, import or external.
    pub evidence: &'a str,
    pub occasion_id: Option<i64>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: Option<i64>,
    pub revokes_id: Option<i64>,
}

pub fn insert_achievement(conn: &mut Conn, achievement: &NewAchievement) -> Result<i64> {
    journal::changed(conn, &[achievement.person_id])?;
    Ok(diesel::insert_into(achievements::table).values(achievement).returning(achievements::id).get_result(conn)?)
}

/// The unrevoked achievement that came of attending this occasion.
pub fn achievement_at(conn: &mut Conn, person: i64, occasion: i64) -> Result<Option<i64>> {
    let rows: Vec<(i64, Option<i64>)> = achievements::table
        .filter(achievements::person_id.eq(person))
        .filter(achievements::occasion_id.eq(occasion))
        .order(achievements::id)
        .select((achievements::id, achievements::revokes_id))
        .load(conn)?;
    let revoked: Vec<i64> = rows.iter().filter_map(|(_, revokes)| *revokes).collect();
    Ok(rows.into_iter().find(|(id, revokes)| revokes.is_none() && !revoked.contains(id)).map(|(id, _)| id))
}

/// A line of a person's record, also revoked ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow {
    pub id: i64,
    pub module: String,
    pub day: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    pub evidence: String,
    pub occasion_id: Option<i64>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: Option<i64>,
    /// The row that took it back.
    pub revoked_by: Option<i64>,
}

/// Everything recorded for a person, newest day first.
pub fn record(conn: &mut Conn, person: i64) -> Result<Vec<RecordRow>> {
    type Row =
        ((i64, String, NaiveDate, Option<NaiveDate>, String, Option<i64>, NaiveDateTime, Option<i64>), Option<i64>);
    let rows: Vec<Row> = achievements::table
        .filter(achievements::person_id.eq(person))
        .order((achievements::day.desc(), achievements::id.desc()))
        .select((
            (
                achievements::id,
                achievements::module,
                achievements::day,
                achievements::valid_until,
                achievements::evidence,
                achievements::occasion_id,
                achievements::recorded_at,
                achievements::recorded_by,
            ),
            achievements::revokes_id,
        ))
        .load(conn)?;
    let revoked: HashMap<i64, i64> =
        rows.iter().filter_map(|(row, revokes)| revokes.map(|revoked| (revoked, row.0))).collect();
    Ok(rows
        .into_iter()
        .filter(|(_, revokes)| revokes.is_none())
        .map(|((id, module, day, valid_until, evidence, occasion_id, recorded_at, recorded_by), _)| RecordRow {
            id,
            module,
            day,
            valid_until,
            evidence,
            occasion_id,
            recorded_at,
            recorded_by,
            revoked_by: revoked.get(&id).copied(),
        })
        .collect())
}
