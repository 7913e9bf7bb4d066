//! Queries on questions about groups.

use chrono::{Days, NaiveDateTime};
use diesel::prelude::*;

use super::Asked;
use crate::store::schema::group_plans as table;
use crate::store::{Conn, Result};

/// Answers are kept for so many days: later they say little.
const KEPT_DAYS: u64 = 30;

type Row = (i64, i64, String, Option<i32>, NaiveDateTime, NaiveDateTime, i64, i64, Option<String>, Option<String>);

fn asked((id, by, whom, days, asked_at, heard_at, done, all, answer, failed): Row) -> Asked {
    let days_a_week = days.and_then(|days| u8::try_from(days).ok());
    Asked { id, by, whom, days_a_week, asked_at, heard_at, steps: (done, all), answer, failed }
}

pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Asked>> {
    let row: Option<Row> = table::table.find(id).first(conn).optional()?;
    Ok(row.map(asked))
}

/// The last questions that somebody asked, the newest first.
pub fn last_of(conn: &mut Conn, by: i64, limit: i64) -> Result<Vec<Asked>> {
    let query = table::table.filter(table::asked_by.eq(by)).order(table::id.desc()).limit(limit);
    let rows: Vec<Row> = query.load(conn)?;
    Ok(rows.into_iter().map(asked).collect())
}

/// Notes a question; this person's old ones are forgotten.
pub fn insert(conn: &mut Conn, by: i64, whom: &str, days_a_week: Option<u8>, at: NaiveDateTime) -> Result<i64> {
    let old = table::table.filter(table::asked_by.eq(by)).filter(table::asked_at.lt(at - Days::new(KEPT_DAYS)));
    diesel::delete(old).execute(conn)?;
    let row = (
        table::asked_by.eq(by),
        table::whom.eq(whom),
        table::days_a_week.eq(days_a_week.map(i32::from)),
        (table::asked_at.eq(at), table::heard_at.eq(at)),
        (table::steps_done.eq(0), table::steps_all.eq(0)),
    );
    Ok(diesel::insert_into(table::table).values(row).returning(table::id).get_result(conn)?)
}

/// Notes how far the answer has come.
pub fn came(conn: &mut Conn, id: i64, (done, all): (i64, i64), at: NaiveDateTime) -> Result<()> {
    let row = (table::steps_done.eq(done), table::steps_all.eq(all), table::heard_at.eq(at));
    diesel::update(table::table.find(id)).set(row).execute(conn)?;
    Ok(())
}

pub fn answered(conn: &mut Conn, id: i64, answer: &str, at: NaiveDateTime) -> Result<()> {
    let row = (table::answer.eq(answer), table::heard_at.eq(at));
    diesel::update(table::table.find(id)).set(row).execute(conn)?;
    Ok(())
}

pub fn fail(conn: &mut Conn, id: i64, why: &str) -> Result<()> {
    diesel::update(table::table.find(id)).set(table::failed.eq(why)).execute(conn)?;
    Ok(())
}
