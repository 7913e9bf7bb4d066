//! Queries on published versions. A version is written once and never changed.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::curriculum::load::Sources;
use crate::engine::Transition;
use crate::store::schema::versions;
use crate::store::{Conn, Error, Result, columns};

/// A version to be.
#[derive(Debug, Clone)]
pub struct NewVersion<'a> {
    /// Such as 2026.1.
    pub number: &'a str,
    pub sources: &'a Sources,
    pub note: &'a str,
    pub transition: &'a Transition,
    /// What it does to everybody, as JSON that only `designer` understands; none for the first.
    pub effect: Option<&'a str>,
    pub at: NaiveDateTime,
    pub by: Option<i64>,
}

/// A version with its sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub told: Told,
    pub sources: Sources,
}

/// What is told of a version beside what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub id: i64,
    /// Such as 2026.1.
    pub number: String,
    /// UTC.
    pub at: NaiveDateTime,
    /// The person's id; none for the command line, and for people who are gone.
    pub by: Option<i64>,
    pub note: String,
    pub transition: Transition,
    /// What it did to everybody, as [`NewVersion::effect`]; none also where that was not kept.
    pub effect: Option<String>,
}

type ToldRow = (i64, String, NaiveDateTime, Option<i64>, String, String, Option<String>);

columns!(TOLD: Columns = versions { id, number, published_at, published_by, note, transition, effect });

/// All versions, oldest first.
pub fn all(conn: &mut Conn) -> Result<Vec<Told>> {
    let rows: Vec<ToldRow> = versions::table.order(versions::id).select(TOLD).load(conn)?;
    rows.into_iter().map(told).collect()
}

/// All versions with their sources, oldest first: some hundred kilobytes each.
pub fn all_stored(conn: &mut Conn) -> Result<Vec<Stored>> {
    let rows: Vec<(ToldRow, String)> =
        versions::table.order(versions::id).select((TOLD, versions::sources)).load(conn)?;
    rows.into_iter().map(stored).collect()
}

/// The version with this number.
pub fn numbered(conn: &mut Conn, number: &str) -> Result<Option<Stored>> {
    let row: Option<(ToldRow, String)> =
        versions::table.filter(versions::number.eq(number)).select((TOLD, versions::sources)).first(conn).optional()?;
    row.map(stored).transpose()
}

fn told((id, number, at, by, note, transition, effect): ToldRow) -> Result<Told> {
    let transition = serde_json::from_str(&transition).map_err(unreadable)?;
    Ok(Told { id, number, at, by, note, transition, effect })
}

fn stored((row, sources): (ToldRow, String)) -> Result<Stored> {
    Ok(Stored { told: told(row)?, sources: serde_json::from_str(&sources).map_err(unreadable)? })
}

fn unreadable(error: serde_json::Error) -> Error {
    Error::Other(diesel::result::Error::DeserializationError(error.into()))
}

/// Id, number and sources of the newest version; none before anything was published.
pub fn current(conn: &mut Conn) -> Result<Option<(i64, String, Sources)>> {
    let row: Option<(i64, String, String)> = versions::table
        .order(versions::id.desc())
        .select((versions::id, versions::number, versions::sources))
        .first(conn)
        .optional()?;
    row.map(|(id, number, sources)| Ok((id, number, serde_json::from_str(&sources).map_err(unreadable)?))).transpose()
}

/// The sources of the version with this number.
pub fn sources_of(conn: &mut Conn, number: &str) -> Result<Option<Sources>> {
    let row = versions::table.filter(versions::number.eq(number)).select(versions::sources);
    let row: Option<String> = row.first(conn).optional()?;
    row.map(|sources| serde_json::from_str(&sources).map_err(unreadable)).transpose()
}

/// The id of the newest version: cheap, for whoever keeps a compiled one.
pub fn newest_id(conn: &mut Conn) -> Result<Option<i64>> {
    Ok(versions::table.select(diesel::dsl::max(versions::id)).get_result(conn)?)
}

/// When a version was published.
pub fn published_at(conn: &mut Conn, id: i64) -> Result<Option<NaiveDateTime>> {
    Ok(versions::table.find(id).select(versions::published_at).first(conn).optional()?)
}

/// The numbers of all versions, oldest first.
pub fn numbers(conn: &mut Conn) -> Result<Vec<String>> {
    Ok(versions::table.order(versions::id).select(versions::number).load(conn)?)
}

/// Appends a version, which becomes the current one, and returns its id.
pub fn insert_version(conn: &mut Conn, new: &NewVersion) -> Result<i64> {
    let sources = serde_json::to_string(new.sources).map_err(unwritable)?;
    let transition = serde_json::to_string(new.transition).map_err(unwritable)?;
    Ok(diesel::insert_into(versions::table)
        .values((
            versions::number.eq(new.number),
            versions::sources.eq(sources),
            versions::note.eq(new.note),
            versions::published_at.eq(new.at),
            versions::published_by.eq(new.by),
            versions::transition.eq(transition),
            versions::effect.eq(new.effect),
        ))
        .returning(versions::id)
        .get_result(conn)?)
}

/// What cannot be kept as JSON.
pub fn unwritable(error: serde_json::Error) -> Error {
    Error::Other(diesel::result::Error::SerializationError(error.into()))
}
