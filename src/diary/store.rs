//! Queries about the addresses at which calendars fetch people's days.

pub mod notes;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::curriculum::model::Language;
use crate::store::schema::{calendar_links as links, people};
use crate::store::{Conn, Result};

/// When a link was made and when it was used last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Link {
    pub made_at: NaiveDateTime,
    pub used_at: Option<NaiveDateTime>,
}

pub fn link_of(conn: &mut Conn, person: i64) -> Result<Option<Link>> {
    Ok(links::table.find(person).select((links::made_at, links::used_at)).first(conn).optional()?)
}

/// Makes this the person's only link.
pub fn set_link(conn: &mut Conn, person: i64, secret_hash: &str, now: NaiveDateTime) -> Result<()> {
    end_link(conn, person)?;
    let row = (links::person_id.eq(person), links::secret_hash.eq(secret_hash), links::made_at.eq(now));
    diesel::insert_into(links::table).values(row).execute(conn)?;
    Ok(())
}

/// Ends the person's link; false when there was none.
pub fn end_link(conn: &mut Conn, person: i64) -> Result<bool> {
    Ok(diesel::delete(links::table.find(person)).execute(conn)? > 0)
}

/// Whose link it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    pub person: i64,
    pub language: Language,
    pub used_at: Option<NaiveDateTime>,
}

/// Whose days this link shows; none also when the person may not sign in any more.
pub fn owner(conn: &mut Conn, secret_hash: &str, now: NaiveDateTime) -> Result<Option<Owner>> {
    let row: Option<(i64, String, Option<NaiveDateTime>)> = links::table
        .inner_join(people::table)
        .filter(links::secret_hash.eq(secret_hash))
        .filter(people::disabled_at.is_null())
        .filter(people::ends_on.is_null().or(people::ends_on.ge(crate::clock::day_of(now))))
        .select((people::id, people::language, links::used_at))
        .first(conn)
        .optional()?;
    Ok(row.map(|(person, code, used_at)| Owner { person, language: Language::of_code(&code), used_at }))
}

/// Notes that a link was used.
pub fn note_use(conn: &mut Conn, person: i64, now: NaiveDateTime) -> Result<()> {
    diesel::update(links::table.find(person)).set(links::used_at.eq(now)).execute(conn)?;
    Ok(())
}
