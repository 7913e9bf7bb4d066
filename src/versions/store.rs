//! Queries on published versions. A version is written once and never changed.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::curriculum::load::Sources;
use crate::store::schema::versions;
use crate::store::{Conn, Error, Result};

/// A version to be.
#[derive(Debug, Clone)]
pub struct NewVersion<'a> {
    /// Such as 2026.1.
    pub number: &'a str,
    pub sources: &'a Sources,
    pub note: &'a str,
    pub at: NaiveDateTime,
    pub by: Option<i64>,
}

/// Id, number and sources of the newest version; none before anything was published.
pub fn current(conn: &mut Conn) -> Result<Option<(i64, String, Sources)>> {
    let row: Option<(i64, String, String)> = versions::table
        .order(versions::id.desc())
        .select((versions::id, versions::number, versions::sources))
        .first(conn)
        .optional()?;
    row.map(|(id, number, sources)| match serde_json::from_str(&sources) {
        Ok(sources) => Ok((id, number, sources)),
        Err(error) => Err(Error::Other(diesel::result::Error::DeserializationError(error.into()))),
    })
    .transpose()
}

/// The id of the newest version: cheap, for whoever keeps a compiled one.
pub fn newest_id(conn: &mut Conn) -> Result<Option<i64>> {
    Ok(versions::table.select(diesel::dsl::max(versions::id)).get_result(conn)?)
}

/// When the first version was published: before that nobody could know what would be asked.
pub fn first_published(conn: &mut Conn) -> Result<Option<NaiveDateTime>> {
    Ok(versions::table.select(diesel::dsl::min(versions::published_at)).get_result(conn)?)
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
    let sources = serde_json::to_string(new.sources)
        .map_err(|error| Error::Other(diesel::result::Error::SerializationError(error.into())))?;
    Ok(diesel::insert_into(versions::table)
        .values((
            versions::number.eq(new.number),
            versions::sources.eq(sources),
            versions::note.eq(new.note),
            versions::published_at.eq(new.at),
            versions::published_by.eq(new.by),
        ))
        .returning(versions::id)
        .get_result(conn)?)
}
