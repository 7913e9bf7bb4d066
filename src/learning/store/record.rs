//! What has been achieved, as it was recorded. Rows are only added: taking one back is a row too.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::curriculum::model::Counts;
use crate::learning::counting::{Had, counting};
use crate::store::schema::achievements;
use crate::store::{Conn, Result, journal};

#[derive(Insertable)]
#[diesel(table_name = achievements)]
pub struct NewAchievement<'a> {
    pub person_id: i64,
    pub module: &'a str,
    pub day: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    /// attendance, assessment, prior_learning, import or external.
    pub evidence: &'a str,
    pub occasion_id: Option<i64>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: Option<i64>,
    pub revokes_id: Option<i64>,
    /// The module's rule, by its code.
    pub counts: &'a str,
}

pub fn insert_achievement(conn: &mut Conn, achievement: &NewAchievement) -> Result<i64> {
    journal::changed(conn, &[achievement.person_id])?;
    Ok(diesel::insert_into(achievements::table).values(achievement).returning(achievements::id).get_result(conn)?)
}

/// A line of a person's record, also revoked ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow {
    pub id: i64,
    pub module: String,
    pub day: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    pub evidence: String,
    pub occasion_id: Option<i64>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: Option<i64>,
    /// The row that took it back.
    pub revoked_by: Option<i64>,
    /// The module's rule when it was recorded.
    pub rule: Counts,
    /// Whether it is the one of its module that counts.
    pub counts: bool,
    /// The module was taken more than once.
    pub again: bool,
}

/// Everything recorded for a person, newest day first.
pub fn record(conn: &mut Conn, person: i64) -> Result<Vec<RecordRow>> {
    type Columns = (i64, String, NaiveDate, Option<NaiveDate>, String, Option<i64>, NaiveDateTime, Option<i64>, String);
    let rows: Vec<(Columns, Option<i64>)> = achievements::table
        .filter(achievements::person_id.eq(person))
        .order((achievements::day.desc(), achievements::id.desc()))
        .select((
            (
                achievements::id,
                achievements::module,
                achievements::day,
                achievements::valid_until,
                achievements::evidence,
                achievements::occasion_id,
                achievements::recorded_at,
                achievements::recorded_by,
                achievements::counts,
            ),
            achievements::revokes_id,
        ))
        .load(conn)?;
    let revoked: HashMap<i64, i64> =
        rows.iter().filter_map(|(row, revokes)| revokes.map(|revoked| (revoked, row.0))).collect();
    let row =
        |(id, module, day, valid_until, evidence, occasion_id, recorded_at, recorded_by, rule): Columns| RecordRow {
            id,
            module,
            day,
            valid_until,
            evidence,
            occasion_id,
            recorded_at,
            recorded_by,
            revoked_by: revoked.get(&id).copied(),
            rule: Counts::of_code(&rule),
            counts: false,
            again: false,
        };
    Ok(judged(rows.into_iter().filter(|(_, revokes)| revokes.is_none()).map(|(columns, _)| row(columns)).collect()))
}

/// The same rows with what counts.
fn judged(mut rows: Vec<RecordRow>) -> Vec<RecordRow> {
    let mut held: HashMap<String, Vec<Had>> = HashMap::new();
    for row in rows.iter().filter(|row| row.revoked_by.is_none()) {
        let had = Had { id: row.id, day: row.day, valid_until: row.valid_until, rule: row.rule };
        held.entry(row.module.clone()).or_default().push(had);
    }
    for row in rows.iter_mut().filter(|row| row.revoked_by.is_none()) {
        let same = held.get(&row.module).map(Vec::as_slice).unwrap_or_default();
        row.counts = counting(same).is_some_and(|counts| counts.id == row.id);
        row.again = same.len() > 1;
    }
    rows
}

/// What stands of a person's record for one module, the oldest row first.
pub fn standing_of(conn: &mut Conn, person: i64, module: &str) -> Result<Vec<RecordRow>> {
    let mut rows = record(conn, person)?;
    rows.retain(|row| row.module == module && row.revoked_by.is_none());
    rows.sort_by_key(|row| row.id);
    Ok(rows)
}
