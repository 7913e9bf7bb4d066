//! Who did what to what, when: appended by every room in the transaction of the change itself.
//!
//! It lies on this floor because rooms above and below each other all write it.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::audit;
use super::{Conn, Result};

/// A row of the audit log: ids, codes, days and counts, never names, addresses or texts.
#[derive(Debug, Insertable)]
#[diesel(table_name = audit)]
pub struct Entry<'a> {
    pub at: NaiveDateTime,
    /// The person who did it; none = the program itself or its operator on the command line.
    pub actor_id: Option<i64>,
    /// Dotted, such as `hat.given`.
    pub action: &'a str,
    pub object_kind: &'a str,
    /// None when it is about many.
    pub object_id: Option<i64>,
    pub detail: &'a str,
}

/// Appends `entry`.
pub fn record(conn: &mut Conn, entry: &Entry) -> Result<()> {
    diesel::insert_into(audit::table).values(entry).execute(conn)?;
    Ok(())
}

/// Action and detail of every row, oldest first.
#[cfg(test)]
pub fn all(conn: &mut Conn) -> Result<Vec<(String, String)>> {
    Ok(audit::table.order(audit::id).select((audit::action, audit::detail)).load(conn)?)
}

/// Whether `actor` has done `action` to the object since an instant.
pub fn done_since(
    conn: &mut Conn,
    actor: i64,
    action: &str,
    (object_kind, object_id): (&str, i64),
    since: NaiveDateTime,
) -> Result<bool> {
    let done = audit::table
        .filter(audit::object_kind.eq(object_kind))
        .filter(audit::object_id.eq(object_id))
        .filter(audit::action.eq(action))
        .filter(audit::actor_id.eq(actor))
        .filter(audit::at.ge(since));
    Ok(diesel::select(diesel::dsl::exists(done)).get_result(conn)?)
}
