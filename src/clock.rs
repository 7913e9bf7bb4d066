//! The only place that asks what time it is. Everything else is told.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound, Utc};
use chrono_tz::Europe::Stockholm;

/// The instant in UTC, to the microsecond that both databases keep.
pub fn now() -> NaiveDateTime {
    Utc::now().naive_utc().trunc_subsecs(6)
}

/// The day it is in Sweden at `now`.
pub fn day_of(now: NaiveDateTime) -> NaiveDate {
    DateTime::<Utc>::from_naive_utc_and_offset(now, Utc).with_timezone(&Stockholm).date_naive()
}

/// The day it is in Sweden.
pub fn today() -> NaiveDate {
    day_of(now())
}

/// A moment for measuring how long something took; not a time of day.
pub fn tick() -> std::time::Instant {
    std::time::Instant::now()
}
