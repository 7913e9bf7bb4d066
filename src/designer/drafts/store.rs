//! Queries on drafts and their log, and what a draft needs to know of other rooms' rows, which are only read here.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::history::Step;
use super::{Draft, Kind};
use crate::curriculum::edit::Edit;
use crate::curriculum::load::Sources;
use crate::designer::matrix::{Holders, Key};
use crate::store::schema::{
    assignments, bookings, draft_approvals, draft_changes, drafts, occasions, people, versions,
};
use crate::store::{Conn, Database, Error, Result};

/// A draft to be.
pub struct NewDraft<'a> {
    pub name: &'a str,
    pub base: i64,
    pub sources: &'a Sources,
    pub at: NaiveDateTime,
    pub by: i64,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub revision: i64,
    pub kind: Kind,
    pub edits: Vec<Edit>,
    pub at: NaiveDateTime,
    pub by: Option<i64>,
    /// The person's name.
    pub name: Option<String>,
}

/// A line to be.
pub struct NewLine<'a> {
    pub draft: i64,
    pub revision: i64,
    pub kind: Kind,
    pub edits: &'a [Edit],
    pub at: NaiveDateTime,
    pub by: i64,
}

/// Drafts that are worked on, the last changed first.
pub fn open(conn: &mut Conn) -> Result<Vec<Draft>> {
    drafts_of(conn, None)
}

/// A draft that is worked on.
pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Draft>> {
    Ok(drafts_of(conn, Some(id))?.pop())
}

/// A draft's files as they are.
pub fn sources(conn: &mut Conn, id: i64) -> Result<Sources> {
    let text: String = drafts::table.find(id).select(drafts::sources).first(conn)?;
    serde_json::from_str(&text).map_err(unreadable)
}

/// A published version's number and files.
pub fn version(conn: &mut Conn, id: i64) -> Result<Option<(String, Sources)>> {
    let row: Option<(String, String)> =
        versions::table.find(id).select((versions::number, versions::sources)).first(conn).optional()?;
    row.map(|(number, text)| Ok((number, serde_json::from_str(&text).map_err(unreadable)?))).transpose()
}

pub fn insert(conn: &mut Conn, new: &NewDraft) -> Result<i64> {
    let row = (
        drafts::name.eq(new.name),
        drafts::base_id.eq(new.base),
        drafts::sources.eq(written(new.sources)?),
        drafts::revision.eq(0),
        (drafts::created_at.eq(new.at), drafts::created_by.eq(new.by)),
        (drafts::changed_at.eq(new.at), drafts::changed_by.eq(new.by)),
    );
    Ok(diesel::insert_into(drafts::table).values(row).returning(drafts::id).get_result(conn)?)
}

/// Saves the files as they are after the change that `line` logs.
pub fn save(conn: &mut Conn, line: &NewLine, sources: &Sources) -> Result<()> {
    let row = (
        drafts::sources.eq(written(sources)?),
        drafts::revision.eq(line.revision),
        drafts::changed_at.eq(line.at),
        drafts::changed_by.eq(line.by),
    );
    diesel::update(drafts::table.find(line.draft)).set(row).execute(conn)?;
    let edits = serde_json::to_string(line.edits).map_err(unwritable)?;
    let row = (
        draft_changes::draft_id.eq(line.draft),
        draft_changes::revision.eq(line.revision),
        draft_changes::kind.eq(line.kind.code()),
        draft_changes::of_revision.eq(line.kind.revision()),
        draft_changes::edits.eq(edits),
        draft_changes::at.eq(line.at),
        draft_changes::by_id.eq(line.by),
    );
    diesel::insert_into(draft_changes::table).values(row).execute(conn)?;
    Ok(())
}

/// Makes another version the draft's base.
pub fn set_base(conn: &mut Conn, id: i64, base: i64) -> Result<()> {
    diesel::update(drafts::table.find(id)).set(drafts::base_id.eq(base)).execute(conn)?;
    Ok(())
}

pub fn rename(conn: &mut Conn, id: i64, name: &str) -> Result<()> {
    diesel::update(drafts::table.find(id)).set(drafts::name.eq(name)).execute(conn)?;
    Ok(())
}

/// Ends the work on a draft: published as this version, or thrown away. Its rows stay.
pub fn end(conn: &mut Conn, id: i64, published: Option<i64>, at: NaiveDateTime) -> Result<()> {
    let row = (drafts::ended_at.eq(at), drafts::published_id.eq(published));
    diesel::update(drafts::table.find(id)).set(row).execute(conn)?;
    Ok(())
}

/// The whole log without its edits, oldest first.
pub fn steps(conn: &mut Conn, draft: i64) -> Result<Vec<Step>> {
    type Row = (i64, String, Option<i64>, Option<i64>);
    let rows: Vec<Row> = draft_changes::table
        .filter(draft_changes::draft_id.eq(draft))
        .order(draft_changes::revision)
        .select((draft_changes::revision, draft_changes::kind, draft_changes::of_revision, draft_changes::by_id))
        .load(conn)?;
    Ok(rows.into_iter().map(|(revision, kind, of, by)| Step { revision, kind: Kind::of(&kind, of), by }).collect())
}

/// The log after a revision, oldest first.
pub fn log(conn: &mut Conn, draft: i64, after: i64) -> Result<Vec<Line>> {
    type Row = (i64, String, Option<i64>, String, NaiveDateTime, Option<i64>, Option<String>);
    let rows: Vec<Row> = draft_changes::table
        .left_join(people::table)
        .filter(draft_changes::draft_id.eq(draft))
        .filter(draft_changes::revision.gt(after))
        .order(draft_changes::revision)
        .select((
            draft_changes::revision,
            draft_changes::kind,
            draft_changes::of_revision,
            draft_changes::edits,
            draft_changes::at,
            draft_changes::by_id,
            people::name.nullable(),
        ))
        .load(conn)?;
    let line = |(revision, kind, of, edits, at, by, name): Row| {
        let edits = serde_json::from_str(&edits).map_err(unreadable)?;
        Ok(Line { revision, kind: Kind::of(&kind, of), edits, at, by, name })
    };
    rows.into_iter().map(line).collect()
}

/// How many people hold which roles and titles on `day`, each combination once.
pub fn holders(conn: &mut Conn, day: NaiveDate) -> Result<Holders> {
    let open = assignments::to_day.is_null().or(assignments::to_day.ge(day).assume_not_null());
    let held: Vec<(i64, String, String)> = assignments::table
        .filter(assignments::from_day.le(day).and(open))
        .order((assignments::person_id, assignments::kind, assignments::code))
        .select((assignments::person_id, assignments::kind, assignments::code))
        .load(conn)?;
    let mut by_person = std::collections::BTreeMap::<i64, Vec<Key>>::new();
    for (person, kind, code) in held {
        let key = if kind == "role" { Key::Role(code) } else { Key::Title(code) };
        by_person.entry(person).or_default().push(key);
    }
    let employed = people::ends_on.is_null().or(people::ends_on.ge(day).assume_not_null());
    let here: Vec<i64> = people::table.filter(people::starts_on.le(day).and(employed)).select(people::id).load(conn)?;
    let mut counts = std::collections::BTreeMap::<Vec<Key>, u32>::new();
    for person in here {
        let mut keys = by_person.remove(&person).unwrap_or_default();
        keys.dedup();
        *counts.entry(keys).or_default() += 1;
    }
    Ok(Holders(counts.into_iter().collect()))
}

/// How many people have a seat, or wait for one, on occasions of a module to come.
pub fn booked(conn: &mut Conn, module: &str, now: NaiveDateTime) -> Result<i64> {
    Ok(bookings::table
        .inner_join(occasions::table)
        .filter(occasions::module.eq(module))
        .filter(occasions::starts_at.ge(now))
        .filter(occasions::cancelled_at.is_null())
        .filter(bookings::state.ne("cancelled"))
        .select(diesel::dsl::count(bookings::person_id).aggregate_distinct())
        .first(conn)?)
}

fn drafts_of(conn: &mut Conn, id: Option<i64>) -> Result<Vec<Draft>> {
    type Row = (i64, String, i64, String, i64, NaiveDateTime, NaiveDateTime, Option<String>);
    let mut query = drafts::table
        .inner_join(versions::table.on(versions::id.eq(drafts::base_id)))
        .left_join(people::table.on(people::id.nullable().eq(drafts::changed_by)))
        .filter(drafts::ended_at.is_null())
        .order((drafts::changed_at.desc(), drafts::id.desc()))
        .select((
            drafts::id,
            drafts::name,
            drafts::base_id,
            versions::number,
            drafts::revision,
            drafts::created_at,
            drafts::changed_at,
            people::name.nullable(),
        ))
        .into_boxed::<Database>();
    if let Some(id) = id {
        query = query.filter(drafts::id.eq(id));
    }
    let rows: Vec<Row> = query.load(conn)?;
    let draft = |(id, name, base, base_number, revision, created_at, changed_at, changed_by)| Draft {
        id,
        name,
        base,
        base_number,
        revision,
        created_at,
        changed_at,
        changed_by,
    };
    Ok(rows.into_iter().map(draft).collect())
}

fn written(sources: &Sources) -> Result<String> {
    serde_json::to_string(sources).map_err(unwritable)
}

fn unwritable(error: serde_json::Error) -> Error {
    Error::Other(diesel::result::Error::SerializationError(error.into()))
}

fn unreadable(error: serde_json::Error) -> Error {
    Error::Other(diesel::result::Error::DeserializationError(error.into()))
}

/// Notes that `by` has looked through a revision. Once more changes nothing.
pub fn approve(conn: &mut Conn, draft: i64, revision: i64, by: i64, at: NaiveDateTime) -> Result<()> {
    let mine = draft_approvals::table.find((draft, revision, by));
    let there: i64 = mine.count().get_result(conn)?;
    if there == 0 {
        diesel::insert_into(draft_approvals::table)
            .values((
                draft_approvals::draft_id.eq(draft),
                draft_approvals::revision.eq(revision),
                draft_approvals::person_id.eq(by),
                draft_approvals::at.eq(at),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Ids and names of those who have looked through a revision, in the order they did.
pub fn approvals(conn: &mut Conn, draft: i64, revision: i64) -> Result<Vec<(i64, String)>> {
    Ok(draft_approvals::table
        .inner_join(people::table)
        .filter(draft_approvals::draft_id.eq(draft))
        .filter(draft_approvals::revision.eq(revision))
        .order((draft_approvals::at, people::id))
        .select((people::id, people::name))
        .load(conn)?)
}
