//! The rules of seats, each with who decided it and when. Rows are only added; the newest one holds.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::occasions::rules::Rules;
use crate::store::schema::{people, seat_rules};
use crate::store::{Conn, Result};

/// Rules that hold or have held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub id: i64,
    pub rules: Rules,
    pub at: NaiveDateTime,
    /// The name of whoever decided; none = the program's operator.
    pub by: Option<String>,
}

/// What holds now.
pub fn rules(conn: &mut Conn) -> Result<Rules> {
    let newest = seat_rules::table.order(seat_rules::id.desc());
    let row: Option<(i32, i32, Option<i32>)> = newest
        .select((seat_rules::offer_hours, seat_rules::late_hours, seat_rules::no_shows))
        .first(conn)
        .optional()?;
    Ok(row.map(of).unwrap_or_default())
}

fn of((offer, late, no_shows): (i32, i32, Option<i32>)) -> Rules {
    let number = |value: i32| u32::try_from(value).unwrap_or_default();
    Rules { offer_hours: number(offer), late_hours: number(late), no_shows: no_shows.map(number) }
}

type Row = (i64, (i32, i32, Option<i32>), NaiveDateTime, Option<String>);

/// All that has been decided, newest first, at most `limit`.
pub fn rules_decided(conn: &mut Conn, limit: i64) -> Result<Vec<Decided>> {
    let rows: Vec<Row> = seat_rules::table
        .left_join(people::table)
        .order(seat_rules::id.desc())
        .limit(limit)
        .select((
            seat_rules::id,
            (seat_rules::offer_hours, seat_rules::late_hours, seat_rules::no_shows),
            seat_rules::decided_at,
            people::name.nullable(),
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, rules, at, by)| Decided { id, rules: of(rules), at, by }).collect())
}

/// Makes these hold.
pub fn decide_rules(conn: &mut Conn, rules: &Rules, by: Option<i64>, now: NaiveDateTime) -> Result<()> {
    let number = |value: u32| i32::try_from(value).unwrap_or(i32::MAX);
    let row = (
        seat_rules::offer_hours.eq(number(rules.offer_hours)),
        seat_rules::late_hours.eq(number(rules.late_hours)),
        seat_rules::no_shows.eq(rules.no_shows.map(number)),
        seat_rules::decided_at.eq(now),
        seat_rules::decided_by.eq(by),
    );
    diesel::insert_into(seat_rules::table).values(row).execute(conn)?;
    Ok(())
}
