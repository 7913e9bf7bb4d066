//! The use cases of notices: queue what a day asks for, send one again.

use chrono::{NaiveDate, NaiveDateTime};

use super::planner::{self, Behind, Booked};
use super::store::{self as rows, NewNotice};
use crate::store::{Conn, Result, Store};

/// Queues the day's reminders and overdue notices; returns how many are new. Safe to run again, also by several
/// instances at the same time.
pub fn queue_day(
    store: &Store,
    booked: &[Booked],
    behind: &[Behind],
    today: NaiveDate,
    now: NaiveDateTime,
) -> Result<usize> {
    let told = store.read(rows::told_overdue)?;
    let mut notices = planner::reminders(booked, today);
    notices.extend(planner::overdue(behind, &told, today));
    let mut queued = 0;
    // In pieces, so that no other writer waits long.
    for piece in notices.chunks(200) {
        queued += store.write(|conn| enqueue_all(conn, piece, now))?;
    }
    Ok(queued)
}

/// Queues several; returns how many were new.
pub fn enqueue_all(conn: &mut Conn, notices: &[NewNotice], now: NaiveDateTime) -> Result<usize> {
    let mut queued = 0;
    for notice in notices {
        queued += usize::from(rows::enqueue(conn, notice, now)?);
    }
    Ok(queued)
}

/// For a restored database: what waits may have been sent since the copy was taken, so nothing of it goes out unless
/// somebody says so. Returns how many are held.
pub fn hold_after_restore(store: &Store, now: NaiveDateTime) -> Result<usize> {
    store.write(|conn| rows::hold_all(conn, now))
}

/// Lets a finished mail wait once more; false when there is nothing to send again.
pub fn send_again(store: &Store, id: i64, now: NaiveDateTime) -> Result<bool> {
    store.write(|conn| rows::send_again(conn, id, now))
}
