//! Queries on attempts to publish a draft.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::Attempt;
use crate::designer::service::Revision;
use crate::store::schema::{drafts, publications, versions};
use crate::store::{Conn, Result};

type Row = (i64, String, NaiveDateTime, i64, i64, Option<i64>, Option<String>);

/// The last attempt at a draft.
pub fn last(conn: &mut Conn, draft: i64) -> Result<Option<Attempt>> {
    let row: Option<Row> = publications::table
        .filter(publications::draft_id.eq(draft))
        .order(publications::id.desc())
        .select((
            publications::id,
            publications::form,
            publications::heard_at,
            publications::people_done,
            publications::people_all,
            publications::letters,
            publications::failed,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(id, form, heard_at, done, all, letters, failed)| Attempt {
        id,
        form,
        heard_at,
        people: (done, all),
        letters,
        failed,
    }))
}

pub fn insert(conn: &mut Conn, seen: Revision, form: &str, at: NaiveDateTime) -> Result<i64> {
    let row = (
        publications::draft_id.eq(seen.draft),
        publications::revision.eq(seen.revision),
        publications::form.eq(form),
        (publications::begun_at.eq(at), publications::heard_at.eq(at)),
        (publications::people_done.eq(0), publications::people_all.eq(0)),
    );
    Ok(diesel::insert_into(publications::table).values(row).returning(publications::id).get_result(conn)?)
}

/// Notes how many people of how many have been looked at.
pub fn came(conn: &mut Conn, id: i64, (done, all): (i64, i64), at: NaiveDateTime) -> Result<()> {
    let row = (publications::people_done.eq(done), publications::people_all.eq(all), publications::heard_at.eq(at));
    diesel::update(publications::table.find(id)).set(row).execute(conn)?;
    Ok(())
}

/// Notes that everybody has been looked at and so many letters are written.
pub fn writes(conn: &mut Conn, id: i64, letters: i64, at: NaiveDateTime) -> Result<()> {
    let row = (
        publications::people_done.eq(publications::people_all),
        publications::letters.eq(letters),
        publications::heard_at.eq(at),
    );
    diesel::update(publications::table.find(id)).set(row).execute(conn)?;
    Ok(())
}

pub fn fail(conn: &mut Conn, id: i64, why: &str) -> Result<()> {
    diesel::update(publications::table.find(id)).set(publications::failed.eq(why)).execute(conn)?;
    Ok(())
}

/// The number of the version that a draft ended as; the outer none when there is no such draft, the inner one when it
/// was thrown away or is worked on.
pub fn published_as(conn: &mut Conn, draft: i64) -> Result<Option<Option<String>>> {
    Ok(drafts::table
        .left_join(versions::table.on(versions::id.nullable().eq(drafts::published_id)))
        .filter(drafts::id.eq(draft))
        .select(versions::number.nullable())
        .first(conn)
        .optional()?)
}
