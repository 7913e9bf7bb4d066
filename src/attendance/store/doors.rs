//! Codes on walls. A code holds until another takes its place.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::store::schema::door_codes;
use crate::store::{Conn, Result};

/// What a code is for.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Code {
    pub occasion: i64,
    /// The part's id.
    pub part: i64,
    /// When another took its place.
    pub ended_at: Option<NaiveDateTime>,
    pub made_by: Option<i64>,
}

/// The code that holds for a part; none before one was made.
pub fn code_of(conn: &mut Conn, part: i64) -> Result<Option<String>> {
    let codes = door_codes::table.filter(door_codes::part_id.eq(part)).filter(door_codes::ended_at.is_null());
    Ok(codes.select(door_codes::secret).first(conn).optional()?)
}

/// What a code is for; none when it was never made.
pub fn code(conn: &mut Conn, secret: &str) -> Result<Option<Code>> {
    let columns = (door_codes::occasion_id, door_codes::part_id, door_codes::ended_at, door_codes::made_by);
    Ok(door_codes::table.find(secret).select(columns).first(conn).optional()?)
}

/// Makes `secret` the code of a part; the one before ends.
pub fn renew(conn: &mut Conn, (occasion, part): (i64, i64), secret: &str, by: i64, now: NaiveDateTime) -> Result<()> {
    let before = door_codes::table.filter(door_codes::part_id.eq(part)).filter(door_codes::ended_at.is_null());
    diesel::update(before).set(door_codes::ended_at.eq(now)).execute(conn)?;
    let row = (
        door_codes::secret.eq(secret),
        door_codes::occasion_id.eq(occasion),
        door_codes::part_id.eq(part),
        door_codes::made_at.eq(now),
        door_codes::made_by.eq(by),
    );
    diesel::insert_into(door_codes::table).values(row).execute(conn)?;
    Ok(())
}
