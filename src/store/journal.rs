//! Whose facts have changed, in order: appended by every room in the transaction of the change itself, so that whoever
//! keeps everybody in memory can follow.
//!
//! Facts are what the engine is told of a person: employment, unit, titles and roles held, achievements. Not bookings:
//! they change nobody's path. It lies on this floor because rooms above and below each other all write it.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use diesel::prelude::*;

use super::schema::journal;
use super::{Conn, Result};

/// Notes that facts of `people` have changed. Inside the transaction that changes them.
pub fn changed(conn: &mut Conn, people: &[i64]) -> Result<()> {
    for some in people.chunks(BATCH) {
        let rows: Vec<_> = some.iter().map(|person| journal::person_id.eq(person)).collect();
        super::on_both!(conn, c => diesel::insert_into(journal::table).values(&rows).execute(c)?);
    }
    Ok(())
}

/// Rows in one insert: well below the number of parameters that both databases take.
const BATCH: usize = 1_000;

/// Removes what no follower should still have to read. One that is further behind begins anew.
pub fn prune(conn: &mut Conn) -> Result<usize> {
    let newest = newest(conn)?;
    Ok(diesel::delete(journal::table.filter(journal::id.le(newest - KEPT))).execute(conn)?)
}

/// Rows kept: some imports of a large region.
const KEPT: i64 = 500_000;

fn newest(conn: &mut Conn) -> Result<i64> {
    let newest: Option<i64> = journal::table.select(diesel::dsl::max(journal::id)).get_result(conn)?;
    Ok(newest.unwrap_or(0))
}

/// How far somebody has read.
///
/// Transactions that write at the same time may commit in another order than that of their rows' ids. So ids that were
/// left out are asked for again until their transaction must be over.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Everything up to here was asked for.
    seen: i64,
    gaps: Vec<Gap>,
}

/// Ids, both included, that were not there at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Gap {
    from: i64,
    to: i64,
    since: Instant,
}

/// A transaction that began longer ago is over: far more than the patience of a connection.
const OVER: Duration = Duration::from_secs(600);
/// How far before the newest row a beginner looks for transactions under way.
const LOOK_BACK: i64 = 10_000;

impl Reader {
    /// Begins at the end of the journal. To be called in the transaction that reads the facts themselves, first.
    pub fn begin(conn: &mut Conn, now: Instant) -> Result<Reader> {
        let mut reader = Reader { seen: (newest(conn)? - LOOK_BACK).max(0), gaps: Vec::new() };
        reader.advance(conn, now)?;
        Ok(reader)
    }

    /// The people whose facts have changed since the last reading; none when so much has been removed that only
    /// beginning anew helps.
    pub fn read(&mut self, conn: &mut Conn, now: Instant) -> Result<Option<BTreeSet<i64>>> {
        let oldest: Option<i64> = journal::table.select(diesel::dsl::min(journal::id)).get_result(conn)?;
        if oldest.is_some_and(|oldest| oldest > self.seen + 1 && oldest > 1) {
            return Ok(None);
        }
        self.advance(conn, now).map(Some)
    }

    fn advance(&mut self, conn: &mut Conn, now: Instant) -> Result<BTreeSet<i64>> {
        let mut people = BTreeSet::new();
        self.gaps.retain(|gap| now.duration_since(gap.since) < OVER);
        for gap in std::mem::take(&mut self.gaps) {
            let rows = rows(conn, gap.from, Some(gap.to))?;
            people.extend(rows.iter().map(|row| row.1));
            self.gaps.extend(left_out(gap.from, gap.to, &rows, gap.since));
        }
        let rows = rows(conn, self.seen + 1, None)?;
        if let Some((newest, _)) = rows.last() {
            people.extend(rows.iter().map(|row| row.1));
            self.gaps.extend(left_out(self.seen + 1, *newest, &rows, now));
            self.seen = *newest;
        }
        Ok(people)
    }
}

fn rows(conn: &mut Conn, from: i64, to: Option<i64>) -> Result<Vec<(i64, i64)>> {
    let rows = journal::table
        .filter(journal::id.ge(from))
        .filter(journal::id.le(to.unwrap_or(i64::MAX)))
        .order(journal::id)
        .select((journal::id, journal::person_id));
    Ok(rows.load(conn)?)
}

/// The ids from `from` to `to` that `rows`, ascending, leave out.
fn left_out(from: i64, to: i64, rows: &[(i64, i64)], since: Instant) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut next = from;
    for &(id, _) in rows.iter().chain([&(to + 1, 0)]) {
        if next < id {
            gaps.push(Gap { from: next, to: id - 1, since });
        }
        next = id + 1;
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_told_in_ranges() {
        let check = |from, to, ids: &[i64], expected: &[(i64, i64)]| {
            let rows: Vec<(i64, i64)> = ids.iter().map(|id| (*id, 7)).collect();
            let gaps = left_out(from, to, &rows, crate::clock::tick());
            assert_eq!(gaps.iter().map(|gap| (gap.from, gap.to)).collect::<Vec<_>>(), expected);
        };
        check(1, 3, &[1, 2, 3], &[]);
        check(1, 9, &[2, 3, 7, 9], &[(1, 1), (4, 6), (8, 8)]);
        check(4, 6, &[], &[(4, 6)]);
        check(4, 6, &[4], &[(5, 6)]);
    }
}
