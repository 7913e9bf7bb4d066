//! Queries on assignments. Every write leaves a line in the audit trail.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Assigned, Kind, NewAssignment, Origin};
use crate::organisation::PersonId;
use crate::store::schema::assignments;
use crate::store::{Conn, Result, audit};

/// Everything that `person` holds, has held or will hold, oldest first.
pub fn of(conn: &mut Conn, person: PersonId) -> Result<Vec<Assigned>> {
    of_many(conn, &[person])
}

/// The same for many people, by person and then oldest first. Any number of people.
pub fn of_many(conn: &mut Conn, people: &[PersonId]) -> Result<Vec<Assigned>> {
    let mut found = Vec::new();
    for some in people.chunks(crate::organisation::store::MOST_IDS) {
        let rows: Vec<Row> = assignments::table
            .filter(assignments::person_id.eq_any(some))
            .order((assignments::person_id, assignments::from_day, assignments::id))
            .select(COLUMNS)
            .load(conn)?;
        found.extend(rows.into_iter().map(assigned));
    }
    Ok(found)
}

/// All HR titles of everybody, by person and then oldest first; for imports.
pub fn hr_titles(conn: &mut Conn) -> Result<Vec<Assigned>> {
    let rows: Vec<Row> = assignments::table
        .filter(assignments::source.eq(HR))
        .filter(assignments::kind.eq(TITLE))
        .order((assignments::person_id, assignments::from_day, assignments::id))
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(assigned).collect())
}

pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Assigned>> {
    let row: Option<Row> = assignments::table.find(id).select(COLUMNS).first(conn).optional()?;
    Ok(row.map(assigned))
}

/// Adds an assignment and returns its id. Inside the caller's transaction.
pub fn add(conn: &mut Conn, new: &NewAssignment, by: Option<PersonId>, at: NaiveDateTime) -> Result<i64> {
    let id: i64 = diesel::insert_into(assignments::table)
        .values((
            assignments::person_id.eq(new.person),
            assignments::kind.eq(kind_text(new.kind)),
            assignments::code.eq(&new.code),
            assignments::from_day.eq(new.from),
            assignments::to_day.eq(new.to),
            assignments::source.eq(origin_text(new.origin).0),
            assignments::edition_id.eq(origin_text(new.origin).1),
            assignments::created_at.eq(at),
            assignments::created_by.eq(by),
        ))
        .returning(assignments::id)
        .get_result(conn)?;
    let detail = format!("{} {} person {} from {}", kind_text(new.kind), new.code, new.person, new.from);
    audit::record(conn, &entry(at, by, "assignment.given", id, &detail))?;
    Ok(id)
}

/// Sets the last day of an assignment; none opens it again. Inside the caller's transaction.
pub fn set_end(conn: &mut Conn, id: i64, to: Option<NaiveDate>, by: Option<PersonId>, at: NaiveDateTime) -> Result<()> {
    diesel::update(assignments::table.find(id)).set(assignments::to_day.eq(to)).execute(conn)?;
    let detail = to.map_or("open".into(), |day| format!("to {day}"));
    audit::record(conn, &entry(at, by, "assignment.ended", id, &detail))
}

fn entry<'a>(at: NaiveDateTime, by: Option<PersonId>, action: &'a str, id: i64, detail: &'a str) -> audit::Entry<'a> {
    audit::Entry { at, actor_id: by, action, object_kind: "assignment", object_id: Some(id), detail }
}

const TITLE: &str = "title";
const ROLE: &str = "role";
const HR: &str = "hr";
const PROGRAMME: &str = "programme";
const HAND: &str = "hand";

type Row = (i64, i64, String, String, NaiveDate, Option<NaiveDate>, String, Option<i64>);

type Columns = (
    assignments::id,
    assignments::person_id,
    assignments::kind,
    assignments::code,
    assignments::from_day,
    assignments::to_day,
    assignments::source,
    assignments::edition_id,
);

const COLUMNS: Columns = (
    assignments::id,
    assignments::person_id,
    assignments::kind,
    assignments::code,
    assignments::from_day,
    assignments::to_day,
    assignments::source,
    assignments::edition_id,
);

fn assigned((id, person, kind, code, from, to, source, edition): Row) -> Assigned {
    let kind = if kind == TITLE { Kind::Title } else { Kind::Role };
    let origin = match (source.as_str(), edition) {
        (PROGRAMME, Some(edition)) => Origin::Programme(edition),
        (HR, _) => Origin::Hr,
        _ => Origin::Hand,
    };
    Assigned { id, person, kind, code, from, to, origin }
}

pub(in crate::organisation) fn kind_text(kind: Kind) -> &'static str {
    match kind {
        Kind::Title => TITLE,
        Kind::Role => ROLE,
    }
}

pub(in crate::organisation) fn origin_text(origin: Origin) -> (&'static str, Option<i64>) {
    match origin {
        Origin::Hr => (HR, None),
        Origin::Hand => (HAND, None),
        Origin::Programme(edition) => (PROGRAMME, Some(edition)),
    }
}
