//! Whether enough have booked for an occasion to be worth giving. Pure.
//!
//! 1. Who has booked counts; who waits, or has been offered a seat, does not.
//! 2. It is time to decide when booking has closed. Where one can book until it begins: two days before.
//! 3. What begins, is called off or is given anyway is decided.

use chrono::{NaiveDateTime, TimeDelta};

use super::store::Occasion;

/// Where one can book until it begins, this long before it is time to decide.
pub const NOTICE: TimeDelta = TimeDelta::days(2);

/// How an occasion stands to its minimum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Minimum {
    /// Enough have booked, no minimum is asked for, or it has begun or is called off.
    Reached,
    /// Fewer have booked, and there is time yet.
    Open,
    /// Fewer have booked, and somebody must decide.
    Short,
    /// Fewer have booked, and it is decided that it is given all the same.
    RunsAnyway,
}

impl Minimum {
    /// The name in the interface for programs.
    pub fn code(self) -> &'static str {
        match self {
            Minimum::Reached => "reached",
            Minimum::Open => "open",
            Minimum::Short => "short",
            Minimum::RunsAnyway => "runs_anyway",
        }
    }
}

impl Occasion {
    /// From then on it is time to decide whether too few have booked.
    pub fn decided_from(&self) -> NaiveDateTime {
        self.closes_at.unwrap_or(self.starts_at - NOTICE)
    }

    /// How it stands to its minimum when so many have booked.
    pub fn minimum_at(&self, booked: usize, now: NaiveDateTime) -> Minimum {
        let enough = usize::try_from(self.minimum).unwrap_or_default() <= booked;
        match () {
            () if enough || self.starts_at <= now || self.cancelled_at.is_some() => Minimum::Reached,
            () if self.runs_anyway_at.is_some() => Minimum::RunsAnyway,
            () if now < self.decided_from() => Minimum::Open,
            () => Minimum::Short,
        }
    }
}

#[cfg(test)]
#[path = "minimum_tests.rs"]
mod tests;
