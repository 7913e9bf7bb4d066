//! Queries on assignments. Every write leaves a line in the audit trail.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Assigned, Kind, NewAssignment, Origin};
use crate::organisation::PersonId;
use crate::organisation::titles::TitleStep;
use crate::store::schema::assignments;
use crate::store::{Conn, Result, audit, columns, journal, on_both};

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

/// Everything that anybody holds on `day` or later, and all HR titles ever; by person and then oldest first.
pub fn open_and_titles(conn: &mut Conn, day: NaiveDate) -> Result<HashMap<PersonId, Vec<Assigned>>> {
    let open = assignments::to_day.is_null().or(assignments::to_day.ge(day).assume_not_null());
    let title = assignments::source.eq(HR).and(assignments::kind.eq(TITLE));
    let rows: Vec<Row> = assignments::table
        .filter(open.or(title))
        .order((assignments::person_id, assignments::from_day, assignments::id))
        .select(COLUMNS)
        .load(conn)?;
    let mut held: HashMap<PersonId, Vec<Assigned>> = HashMap::new();
    for row in rows {
        held.entry(row.1).or_default().push(assigned(row));
    }
    Ok(held)
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
    journal::changed(conn, &[new.person])?;
    let detail = format!("{} {} person {} from {}", kind_text(new.kind), new.code, new.person, new.from);
    audit::record(conn, &entry(at, by, "assignment.given", id, &detail))?;
    Ok(id)
}

/// Sets the last day of an assignment; none opens it again. Inside the caller's transaction.
pub fn set_end(conn: &mut Conn, id: i64, to: Option<NaiveDate>, by: Option<PersonId>, at: NaiveDateTime) -> Result<()> {
    let person: Option<i64> = diesel::update(assignments::table.find(id))
        .set(assignments::to_day.eq(to))
        .returning(assignments::person_id)
        .get_result(conn)
        .optional()?;
    journal::changed(conn, person.as_slice())?;
    let detail = to.map_or("open".into(), |day| format!("to {day}"));
    audit::record(conn, &entry(at, by, "assignment.ended", id, &detail))
}

fn entry<'a>(at: NaiveDateTime, by: Option<PersonId>, action: &'a str, id: i64, detail: &'a str) -> audit::Entry<'a> {
    audit::Entry { at, actor_id: by, action, object_kind: "assignment", object_id: Some(id), detail }
}

/// Carries out title steps for many people. The caller writes one line in the audit trail for all.
pub fn carry_out(
    conn: &mut Conn,
    steps: &[(PersonId, TitleStep)],
    by: Option<PersonId>,
    at: NaiveDateTime,
) -> Result<()> {
    let mut started = Vec::new();
    for (person, step) in steps {
        match step {
            TitleStep::Start { title, from, to } => started.push(NewTitle {
                person_id: *person,
                kind: TITLE,
                code: title,
                from_day: *from,
                to_day: *to,
                source: HR,
                created_at: at,
                created_by: by,
            }),
            TitleStep::SetEnd { assignment, to, .. } => {
                diesel::update(assignments::table.find(assignment)).set(assignments::to_day.eq(to)).execute(conn)?;
            }
        }
    }
    for some in started.chunks(BATCH) {
        on_both!(conn, c => diesel::insert_into(assignments::table).values(some).execute(c)?);
    }
    let people: Vec<PersonId> = steps.iter().map(|(person, _)| *person).collect();
    journal::changed(conn, &people)
}

/// Rows in one insert: well below the number of parameters that both databases take.
const BATCH: usize = 1000;

/// Without the edition, which titles never have. Nulls are written as such, which lets SQLite insert many at once.
#[derive(Insertable)]
#[diesel(table_name = assignments, treat_none_as_default_value = false)]
struct NewTitle<'a> {
    person_id: i64,
    kind: &'a str,
    code: &'a str,
    from_day: NaiveDate,
    to_day: Option<NaiveDate>,
    source: &'a str,
    created_at: NaiveDateTime,
    created_by: Option<i64>,
}

const TITLE: &str = "title";
const ROLE: &str = "role";
const HR: &str = "hr";
const PROGRAMME: &str = "programme";
const HAND: &str = "hand";

type Row = (i64, i64, String, String, NaiveDate, Option<NaiveDate>, String, Option<i64>);

columns!(COLUMNS: Columns = assignments { id, person_id, kind, code, from_day, to_day, source, edition_id });

fn assigned((id, person, kind, code, from, to, source, edition): Row) -> Assigned {
    let kind = if kind == TITLE { Kind::Title } else { Kind::Role };
    let origin = match (source.as_str(), edition) {
        (PROGRAMME, Some(edition)) => Origin::Programme(edition),
        (HR, _) => Origin::Hr,
        _ => Origin::Hand,
    };
    Assigned { id, person, kind, code, from, to, origin }
}

fn kind_text(kind: Kind) -> &'static str {
    match kind {
        Kind::Title => TITLE,
        Kind::Role => ROLE,
    }
}

fn origin_text(origin: Origin) -> (&'static str, Option<i64>) {
    match origin {
        Origin::Hr => (HR, None),
        Origin::Hand => (HAND, None),
        Origin::Programme(edition) => (PROGRAMME, Some(edition)),
    }
}
