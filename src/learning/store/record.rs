//! What has been achieved, as it was recorded. Rows are only added: taking one back is a row too.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

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
}

pub fn insert_achievement(conn: &mut Conn, achievement: &NewAchievement) -> Result<i64> {
    journal::changed(conn, &[achievement.person_id])?;
    Ok(diesel::insert_into(achievements::table).values(achievement).returning(achievements::id).get_result(conn)?)
}

/// The unrevoked achievement that came of attending this occasion.
pub fn achievement_at(conn: &mut Conn, person: i64, occasion: i64) -> Result<Option<i64>> {
    let rows: Vec<(i64, Option<i64>)> = achievements::table
        .filter(achievements::person_id.eq(person))
        .filter(achievements::occasion_id.eq(occasion))
        .order(achievements::id)
        .select((achievements::id, achievements::revokes_id))
        .load(conn)?;
    let revoked: Vec<i64> = rows.iter().filter_map(|(_, revokes)| *revokes).collect();
    Ok(rows.into_iter().find(|(id, revokes)| revokes.is_none() && !revoked.contains(id)).map(|(id, _)| id))
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
}

/// Everything recorded for a person, newest day first.
pub fn record(conn: &mut Conn, person: i64) -> Result<Vec<RecordRow>> {
    type Row =
        ((i64, String, NaiveDate, Option<NaiveDate>, String, Option<i64>, NaiveDateTime, Option<i64>), Option<i64>);
    let rows: Vec<Row> = achievements::table
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
            ),
            achievements::revokes_id,
        ))
        .load(conn)?;
    let revoked: HashMap<i64, i64> =
        rows.iter().filter_map(|(row, revokes)| revokes.map(|revoked| (revoked, row.0))).collect();
    Ok(rows
        .into_iter()
        .filter(|(_, revokes)| revokes.is_none())
        .map(|((id, module, day, valid_until, evidence, occasion_id, recorded_at, recorded_by), _)| RecordRow {
            id,
            module,
            day,
            valid_until,
            evidence,
            occasion_id,
            recorded_at,
            recorded_by,
            revoked_by: revoked.get(&id).copied(),
        })
        .collect())
}
