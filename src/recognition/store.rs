//! Requests to have modules recognised, and everything that has happened to them.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

pub mod delegates;
pub mod evidence;

use super::life::{State, Wording};
use crate::store::schema::{people, recognition_log, recognitions};
use crate::store::{Conn, Result, columns};

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Request {
    pub id: i64,
    /// Whom it is about.
    pub person: i64,
    pub asked_by: i64,
    /// A module id.
    pub module: String,
    pub day: NaiveDate,
    pub course: String,
    pub motivation: String,
    code: String,
    pub changed_at: NaiveDateTime,
    /// What came of it.
    pub achievement: Option<i64>,
}

columns!(REQUEST: RequestColumns = recognitions { id, person_id, asked_by, module, day, course, motivation, state, changed_at, achievement_id });

impl Request {
    pub fn state(&self) -> State {
        State::of(&self.code)
    }
}

pub fn request(conn: &mut Conn, id: i64) -> Result<Option<Request>> {
    Ok(recognitions::table.find(id).select(REQUEST).first(conn).optional()?)
}

/// The request, kept from everybody else who would change it until this transaction is over.
pub fn hold(conn: &mut Conn, id: i64) -> Result<Option<Request>> {
    diesel::update(recognitions::table.find(id))
        .set(recognitions::revision.eq(recognitions::revision + 1))
        .execute(conn)?;
    request(conn, id)
}

/// What somebody has asked for, for themselves or for others, and what others have asked for them; newest change first.
pub fn concerning(conn: &mut Conn, person: i64, limit: i64) -> Result<Vec<Request>> {
    Ok(recognitions::table
        .filter(recognitions::person_id.eq(person).or(recognitions::asked_by.eq(person)))
        .order((recognitions::changed_at.desc(), recognitions::id.desc()))
        .limit(limit)
        .select(REQUEST)
        .load(conn)?)
}

/// What is in one state, the oldest change first.
pub fn in_state(conn: &mut Conn, state: State, limit: i64) -> Result<Vec<Request>> {
    Ok(recognitions::table
        .filter(recognitions::state.eq(state.code()))
        .order((recognitions::changed_at, recognitions::id))
        .limit(limit)
        .select(REQUEST)
        .load(conn)?)
}

/// The open request of a person for a module; there is at most one.
pub fn open_request(conn: &mut Conn, person: i64, module: &str) -> Result<Option<Request>> {
    let open = [State::Draft, State::Asked, State::Returned].map(State::code);
    Ok(recognitions::table
        .filter(recognitions::person_id.eq(person))
        .filter(recognitions::module.eq(module))
        .filter(recognitions::state.eq_any(open))
        .select(REQUEST)
        .first(conn)
        .optional()?)
}

/// All requests of a person for a module, oldest first.
pub fn about(conn: &mut Conn, person: i64, module: &str) -> Result<Vec<Request>> {
    Ok(recognitions::table
        .filter(recognitions::person_id.eq(person))
        .filter(recognitions::module.eq(module))
        .order(recognitions::id)
        .select(REQUEST)
        .load(conn)?)
}

/// The other courses by which somebody has achievements, by the achievement's id.
pub fn courses_of(conn: &mut Conn, person: i64) -> Result<HashMap<i64, String>> {
    let rows: Vec<(Option<i64>, String)> = recognitions::table
        .filter(recognitions::person_id.eq(person))
        .filter(recognitions::achievement_id.is_not_null())
        .filter(recognitions::course.ne(""))
        .select((recognitions::achievement_id, recognitions::course))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(achievement, course)| Some((achievement?, course))).collect())
}

/// A request that is new.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    pub person: i64,
    pub asked_by: i64,
    pub module: &'a str,
    pub wording: &'a Wording,
}

/// `store::Error::Duplicate` when the person has an open request for the module.
pub fn insert(conn: &mut Conn, new: New, state: State, now: NaiveDateTime) -> Result<i64> {
    let values = (
        recognitions::person_id.eq(new.person),
        recognitions::asked_by.eq(new.asked_by),
        recognitions::module.eq(new.module),
        recognitions::day.eq(new.wording.day),
        recognitions::course.eq(&new.wording.course),
        recognitions::motivation.eq(&new.wording.motivation),
        recognitions::state.eq(state.code()),
        recognitions::created_at.eq(now),
        recognitions::changed_at.eq(now),
    );
    Ok(diesel::insert_into(recognitions::table).values(values).returning(recognitions::id).get_result(conn)?)
}

/// Writes what a request says now.
pub fn reword(conn: &mut Conn, id: i64, wording: &Wording) -> Result<()> {
    let values = (
        recognitions::day.eq(wording.day),
        recognitions::course.eq(&wording.course),
        recognitions::motivation.eq(&wording.motivation),
    );
    diesel::update(recognitions::table.find(id)).set(values).execute(conn)?;
    Ok(())
}

/// Writes what has become of a request.
pub fn set(conn: &mut Conn, id: i64, state: State, now: NaiveDateTime) -> Result<()> {
    let values = (recognitions::state.eq(state.code()), recognitions::changed_at.eq(now));
    diesel::update(recognitions::table.find(id)).set(values).execute(conn)?;
    Ok(())
}

/// Notes what came of it.
pub fn set_achievement(conn: &mut Conn, id: i64, achievement: i64) -> Result<()> {
    diesel::update(recognitions::table.find(id)).set(recognitions::achievement_id.eq(achievement)).execute(conn)?;
    Ok(())
}

/// Appends to the log; the line's id.
pub fn note(conn: &mut Conn, request: i64, state: State, comment: &str, by: i64, now: NaiveDateTime) -> Result<i64> {
    let line = (
        recognition_log::recognition_id.eq(request),
        recognition_log::state.eq(state.code()),
        recognition_log::comment.eq(comment),
        recognition_log::at.eq(now),
        recognition_log::by_id.eq(by),
    );
    Ok(diesel::insert_into(recognition_log::table).values(line).returning(recognition_log::id).get_result(conn)?)
}

/// Something that has happened to a request.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct LogLine {
    /// A [`State`]'s code.
    pub state: String,
    pub comment: String,
    pub at: NaiveDateTime,
    pub by: i64,
    /// Whose doing it was.
    pub name: String,
}

/// All that has happened to a request, oldest first.
pub fn log(conn: &mut Conn, request: i64) -> Result<Vec<LogLine>> {
    Ok(recognition_log::table
        .inner_join(people::table)
        .filter(recognition_log::recognition_id.eq(request))
        .order(recognition_log::id)
        .select((
            recognition_log::state,
            recognition_log::comment,
            recognition_log::at,
            recognition_log::by_id,
            people::name,
        ))
        .load(conn)?)
}
