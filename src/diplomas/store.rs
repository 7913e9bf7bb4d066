//! Queries about diplomas. What one says is written once; only its end is written later.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::content::{Content, Kind};
use crate::store::schema::diplomas;
use crate::store::{Conn, Error, Result, columns};

/// A diploma as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Diploma {
    pub code: String,
    pub person: i64,
    /// The achievement or the edition; none for a record.
    pub subject: Option<i64>,
    pub content: Content,
    pub made_at: NaiveDateTime,
    pub ended_at: Option<NaiveDateTime>,
}

type Row = (String, i64, Option<i64>, String, NaiveDateTime, Option<NaiveDateTime>);

columns!(DIPLOMA: Columns = diplomas { code, person_id, subject_id, content, made_at, ended_at });

fn diploma((code, person, subject, content, made_at, ended_at): Row) -> Result<Diploma> {
    let content = serde_json::from_str(&content)
        .map_err(|error| Error::from(diesel::result::Error::DeserializationError(Box::new(error))))?;
    Ok(Diploma { code, person, subject, content, made_at, ended_at })
}

/// The diploma with this code.
pub fn find(conn: &mut Conn, code: &str) -> Result<Option<Diploma>> {
    let row: Option<Row> = diplomas::table.filter(diplomas::code.eq(code)).select(DIPLOMA).first(conn).optional()?;
    row.map(diploma).transpose()
}

/// A person's diplomas, the newest first.
pub fn of_person(conn: &mut Conn, person: i64) -> Result<Vec<Diploma>> {
    let rows: Vec<Row> =
        diplomas::table.filter(diplomas::person_id.eq(person)).order(diplomas::id.desc()).select(DIPLOMA).load(conn)?;
    rows.into_iter().map(diploma).collect()
}

/// Keeps a new diploma.
pub fn insert(
    conn: &mut Conn,
    code: &str,
    person: i64,
    subject: Option<i64>,
    content: &Content,
    now: NaiveDateTime,
) -> Result<()> {
    let text = serde_json::to_string(content)
        .map_err(|error| Error::from(diesel::result::Error::SerializationError(Box::new(error))))?;
    let kind: Kind = content.kind;
    let row = (
        diplomas::code.eq(code),
        diplomas::person_id.eq(person),
        diplomas::kind.eq(kind.code()),
        diplomas::subject_id.eq(subject),
        diplomas::content.eq(text),
        diplomas::made_at.eq(now),
    );
    diesel::insert_into(diplomas::table).values(row).execute(conn)?;
    Ok(())
}

/// Ends a person's diploma; false when the person has none with that code that stands.
pub fn end(conn: &mut Conn, person: i64, code: &str, now: NaiveDateTime) -> Result<bool> {
    let row = diplomas::table
        .filter(diplomas::code.eq(code))
        .filter(diplomas::person_id.eq(person))
        .filter(diplomas::ended_at.is_null());
    Ok(diesel::update(row).set(diplomas::ended_at.eq(now)).execute(conn)? > 0)
}
