//! Queries about own notes. Every one asks for the owner, so that nobody else's note can be met by its number.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::store::schema::notes;
use crate::store::{Conn, Result, columns};

/// A note. Nobody but its owner ever sees it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Note {
    pub id: i64,
    /// A module id; empty when it is about none.
    pub module: String,
    pub occasion: Option<i64>,
    pub day: NaiveDate,
    pub body: String,
    /// Counts the changes, so that two windows do not overwrite each other.
    pub revision: i64,
    pub changed_at: NaiveDateTime,
}

columns!(NOTE: Columns = notes { id, module, occasion_id, day, body, revision, changed_at });

/// A person's notes, the newest day first; about one module if one is named.
pub fn notes_of(conn: &mut Conn, person: i64, module: Option<&str>) -> Result<Vec<Note>> {
    let own = notes::table.filter(notes::person_id.eq(person)).order((notes::day.desc(), notes::id.desc()));
    Ok(match module {
        Some(module) => own.filter(notes::module.eq(module)).select(NOTE).load(conn)?,
        None => own.select(NOTE).load(conn)?,
    })
}

pub fn note_of(conn: &mut Conn, person: i64, id: i64) -> Result<Option<Note>> {
    let own = notes::table.filter(notes::id.eq(id)).filter(notes::person_id.eq(person));
    Ok(own.select(NOTE).first(conn).optional()?)
}

pub fn insert_note(
    conn: &mut Conn,
    person: i64,
    module: &str,
    occasion: Option<i64>,
    body: &str,
    now: NaiveDateTime,
) -> Result<i64> {
    let row = (
        notes::person_id.eq(person),
        notes::module.eq(module),
        notes::occasion_id.eq(occasion),
        notes::day.eq(crate::clock::day_of(now)),
        notes::body.eq(body),
        notes::revision.eq(1_i64),
        notes::changed_at.eq(now),
    );
    Ok(diesel::insert_into(notes::table).values(row).returning(notes::id).get_result(conn)?)
}

/// Changes a note that is still as it was seen; false when it is not, or not the person's.
pub fn change_note(conn: &mut Conn, person: i64, id: i64, seen: i64, body: &str, now: NaiveDateTime) -> Result<bool> {
    let own =
        notes::table.filter(notes::id.eq(id)).filter(notes::person_id.eq(person)).filter(notes::revision.eq(seen));
    let values = (notes::body.eq(body), notes::revision.eq(seen + 1), notes::changed_at.eq(now));
    Ok(diesel::update(own).set(values).execute(conn)? == 1)
}

/// Removes a note for good; false when the person has none with that number.
pub fn remove_note(conn: &mut Conn, person: i64, id: i64) -> Result<bool> {
    let own = notes::table.filter(notes::id.eq(id)).filter(notes::person_id.eq(person));
    Ok(diesel::delete(own).execute(conn)? == 1)
}

/// How many notes a person has.
pub fn count_notes(conn: &mut Conn, person: i64) -> Result<i64> {
    Ok(notes::table.filter(notes::person_id.eq(person)).count().get_result(conn)?)
}
