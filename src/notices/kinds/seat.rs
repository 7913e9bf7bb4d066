//! What people are told of seats, beside invitations.

use chrono::{Days, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::Occasion;

/// What has become of a seat that the person asked for and did not get at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    pub news: News,
    pub occasion: Occasion,
    pub link: String,
}

/// How it goes for whoever waits in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// No seat is free; so many are before in line.
    Waiting { before: usize },
    /// A seat is kept until then (UTC).
    Offered { until: NaiveDateTime },
    /// It was not taken in time.
    Lapsed,
    /// No seat became free before the occasion began.
    NeverFree,
    /// The occasion will not take place.
    CalledOff,
    /// Another time or place; the person is in line or has been offered a seat.
    Moved,
}

/// Too few have booked a day by the time to decide whether it is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Short {
    pub booked: usize,
    /// More than have booked.
    pub minimum: usize,
    /// The person may decide; otherwise leads the day.
    pub decides: bool,
    pub occasion: Occasion,
    pub link: String,
}

impl Seat {
    /// As for every notice.
    pub(super) fn useful_until(&self, decided: NaiveDateTime) -> NaiveDateTime {
        match self.news {
            News::Waiting { .. } | News::Moved => self.occasion.starts_at,
            News::Offered { until } => until,
            News::Lapsed | News::NeverFree | News::CalledOff => decided + Days::new(14),
        }
    }
}
