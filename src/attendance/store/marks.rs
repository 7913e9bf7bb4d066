//! Marks of who was there. Rows are only added.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::attendance::mark::{Mark, NewMark, Source, State};
use crate::occasions::store::{OCCASION, Occasion};
use crate::store::schema::{occasions, part_marks};
use crate::store::{Conn, Result, columns};

/// Writes a mark down; its id.
pub fn insert(conn: &mut Conn, occasion: i64, mark: &NewMark, now: NaiveDateTime) -> Result<i64> {
    let row = (
        part_marks::mark_key.eq(&mark.key),
        part_marks::occasion_id.eq(occasion),
        part_marks::part_id.eq(mark.part),
        part_marks::person_id.eq(mark.person),
        part_marks::state.eq(mark.state.code()),
        part_marks::source.eq(mark.source.code()),
        part_marks::reason.eq(&mark.reason),
        part_marks::marked_at.eq(mark.marked_at),
        part_marks::recorded_at.eq(now),
        part_marks::by_id.eq(mark.by),
    );
    Ok(diesel::insert_into(part_marks::table).values(row).returning(part_marks::id).get_result(conn)?)
}

/// Those of these keys that are there already.
pub fn known_keys(conn: &mut Conn, keys: &[&str]) -> Result<HashSet<String>> {
    let mut known = HashSet::new();
    for some in keys.chunks(200) {
        let rows = part_marks::table.filter(part_marks::mark_key.eq_any(some));
        known.extend(rows.select(part_marks::mark_key).load::<String>(conn)?);
    }
    Ok(known)
}

#[derive(Queryable)]
struct Row {
    id: i64,
    mark_key: String,
    part_id: i64,
    person_id: i64,
    state: String,
    source: String,
    reason: String,
    marked_at: NaiveDateTime,
    recorded_at: NaiveDateTime,
    by_id: Option<i64>,
}

columns!(ROW: RowColumns = part_marks { id, mark_key, part_id, person_id, state, source, reason, marked_at, recorded_at, by_id });

impl From<Row> for Mark {
    fn from(row: Row) -> Mark {
        Mark {
            id: row.id,
            key: row.mark_key,
            person: row.person_id,
            part: row.part_id,
            // Another word cannot be written by this program; taken back promises nothing.
            state: State::of(&row.state).unwrap_or(State::Unmarked),
            source: Source::of(&row.source),
            reason: row.reason,
            marked_at: row.marked_at,
            recorded_at: row.recorded_at,
            by: row.by_id,
        }
    }
}

/// Every mark at an occasion, in the order in which they arrived.
pub fn marks_of(conn: &mut Conn, occasion: i64) -> Result<Vec<Mark>> {
    let rows: Vec<Row> =
        part_marks::table.filter(part_marks::occasion_id.eq(occasion)).order(part_marks::id).select(ROW).load(conn)?;
    Ok(rows.into_iter().map(Mark::from).collect())
}

/// One person's marks with the occasion's id, in the order in which they arrived.
pub fn marks_of_person(conn: &mut Conn, person: i64) -> Result<Vec<(i64, Mark)>> {
    let rows: Vec<(i64, Row)> = part_marks::table
        .filter(part_marks::person_id.eq(person))
        .order(part_marks::id)
        .select((part_marks::occasion_id, ROW))
        .load(conn)?;
    Ok(rows.into_iter().map(|(occasion, row)| (occasion, row.into())).collect())
}

/// The occasions of a module at which somebody was marked, not called off, in time order.
pub fn occasions_marked(conn: &mut Conn, person: i64, module: &str) -> Result<Vec<Occasion>> {
    let marked = part_marks::table.filter(part_marks::person_id.eq(person)).select(part_marks::occasion_id);
    Ok(occasions::table
        .filter(occasions::module.eq(module))
        .filter(occasions::cancelled_at.is_null())
        .filter(occasions::id.eq_any(marked))
        .order((occasions::starts_at, occasions::id))
        .select(OCCASION)
        .load(conn)?)
}
