//! Queries about editions, their milestones and who takes part.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::store::schema::{assignments, editions, enrolments, milestones, people, units};
use crate::store::{Conn, Result, journal};

/// One year's run of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Edition {
    pub id: i64,
    /// The programme's id in the curriculum.
    pub programme: String,
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    /// The curriculum version it was created under.
    pub version_id: i64,
}

type EditionColumns =
    (editions::id, editions::programme, editions::name, editions::starts_on, editions::ends_on, editions::version_id);

const EDITION: EditionColumns =
    (editions::id, editions::programme, editions::name, editions::starts_on, editions::ends_on, editions::version_id);

/// All editions, the newest first.
pub fn editions(conn: &mut Conn) -> Result<Vec<Edition>> {
    Ok(editions::table.order((editions::starts_on.desc(), editions::id.desc())).select(EDITION).load(conn)?)
}

pub fn edition(conn: &mut Conn, id: i64) -> Result<Option<Edition>> {
    Ok(editions::table.find(id).select(EDITION).first(conn).optional()?)
}

/// Editions this person takes or took part in, the newest first.
pub fn editions_of(conn: &mut Conn, person: i64) -> Result<Vec<Edition>> {
    Ok(editions::table
        .inner_join(enrolments::table)
        .filter(enrolments::person_id.eq(person))
        .order((editions::starts_on.desc(), editions::id.desc()))
        .select(EDITION)
        .load(conn)?)
}

#[derive(Insertable)]
#[diesel(table_name = editions)]
pub struct NewEdition<'a> {
    pub programme: &'a str,
    pub name: &'a str,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub version_id: i64,
    pub created_at: NaiveDateTime,
    pub created_by: Option<i64>,
}

/// `store::Error::Duplicate` when the name is taken.
pub fn insert_edition(conn: &mut Conn, edition: &NewEdition) -> Result<i64> {
    Ok(diesel::insert_into(editions::table).values(edition).returning(editions::id).get_result(conn)?)
}

pub fn insert_milestone(conn: &mut Conn, edition: i64, code: &str, day: NaiveDate) -> Result<()> {
    diesel::insert_into(milestones::table)
        .values((milestones::edition_id.eq(edition), milestones::code.eq(code), milestones::day.eq(day)))
        .execute(conn)?;
    Ok(())
}

/// (milestone id, day), in time order.
pub fn milestones_of(conn: &mut Conn, edition: i64) -> Result<Vec<(String, NaiveDate)>> {
    Ok(milestones::table
        .filter(milestones::edition_id.eq(edition))
        .order((milestones::day, milestones::code))
        .select((milestones::code, milestones::day))
        .load(conn)?)
}

/// Somebody who takes part in an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    pub enrolment: i64,
    pub person: i64,
    pub name: String,
    pub unit: Option<String>,
    /// A role id.
    pub role: String,
    pub ended_on: Option<NaiveDate>,
    pub presented_on: Option<NaiveDate>,
}

/// An edition's participants by name, those who left included.
pub fn participants(conn: &mut Conn, edition: i64) -> Result<Vec<Participant>> {
    type Row = (i64, i64, String, Option<String>, String, Option<NaiveDate>, Option<NaiveDate>);
    let rows: Vec<Row> = enrolments::table
        .inner_join(people::table.left_join(units::table))
        .filter(enrolments::edition_id.eq(edition))
        .order((people::sort_key, people::id))
        .select((
            enrolments::id,
            people::id,
            people::name,
            units::name.nullable(),
            enrolments::role,
            enrolments::ended_on,
            enrolments::presented_on,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(enrolment, person, name, unit, role, ended_on, presented_on)| Participant {
            enrolment,
            person,
            name,
            unit,
            role,
            ended_on,
            presented_on,
        })
        .collect())
}

/// True while the person takes part.
pub fn is_enrolled(conn: &mut Conn, edition: i64, person: i64) -> Result<bool> {
    let rows: i64 = enrolments::table
        .filter(enrolments::edition_id.eq(edition))
        .filter(enrolments::person_id.eq(person))
        .filter(enrolments::ended_on.is_null())
        .count()
        .get_result(conn)?;
    Ok(rows == 1)
}

/// Inserts the role as an assignment and the enrolment that causes it; a person who left may come back.
pub fn insert_enrolment(conn: &mut Conn, new: &NewEnrolment) -> Result<i64> {
    let assignment: i64 = diesel::insert_into(assignments::table)
        .values((
            assignments::person_id.eq(new.person),
            assignments::kind.eq("role"),
            assignments::code.eq(new.role),
            assignments::from_day.eq(new.from),
            assignments::source.eq("programme"),
            assignments::edition_id.eq(new.edition),
            assignments::created_at.eq(new.now),
            assignments::created_by.eq(new.by),
        ))
        .returning(assignments::id)
        .get_result(conn)?;
    journal::changed(conn, &[new.person])?;
    diesel::delete(
        enrolments::table
            .filter(enrolments::edition_id.eq(new.edition))
            .filter(enrolments::person_id.eq(new.person))
            .filter(enrolments::ended_on.is_not_null()),
    )
    .execute(conn)?;
    Ok(diesel::insert_into(enrolments::table)
        .values((
            enrolments::edition_id.eq(new.edition),
            enrolments::person_id.eq(new.person),
            enrolments::role.eq(new.role),
            enrolments::assignment_id.eq(assignment),
            enrolments::enrolled_at.eq(new.now),
        ))
        .returning(enrolments::id)
        .get_result(conn)?)
}

/// What [`insert_enrolment`] needs.
#[derive(Debug, Clone, Copy)]
pub struct NewEnrolment<'a> {
    pub edition: i64,
    pub person: i64,
    pub role: &'a str,
    /// From when the role's dose counts.
    pub from: NaiveDate,
    pub by: Option<i64>,
    pub now: NaiveDateTime,
}

/// Ends somebody's part in an edition and the role that came with it. False when there was nothing to end.
pub fn end_enrolment(conn: &mut Conn, edition: i64, person: i64, on: NaiveDate) -> Result<bool> {
    let ended: Vec<i64> = diesel::update(
        enrolments::table
            .filter(enrolments::edition_id.eq(edition))
            .filter(enrolments::person_id.eq(person))
            .filter(enrolments::ended_on.is_null()),
    )
    .set(enrolments::ended_on.eq(on))
    .returning(enrolments::assignment_id)
    .get_results(conn)?;
    diesel::update(assignments::table.filter(assignments::id.eq_any(&ended)))
        .set(assignments::to_day.eq(on))
        .execute(conn)?;
    journal::changed(conn, &[person])?;
    Ok(!ended.is_empty())
}

/// Notes, or takes back, that the improvement work has been presented.
pub fn set_presented(conn: &mut Conn, edition: i64, person: i64, on: Option<NaiveDate>) -> Result<bool> {
    let rows = diesel::update(
        enrolments::table.filter(enrolments::edition_id.eq(edition)).filter(enrolments::person_id.eq(person)),
    )
    .set(enrolments::presented_on.eq(on))
    .execute(conn)?;
    Ok(rows == 1)
}
