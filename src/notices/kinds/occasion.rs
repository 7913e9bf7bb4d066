//! An occasion as notices tell it.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// A module given on a day in a place, or one part of it when it is given in several. Times are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occasion {
    /// Stays the same through all changes; without host.
    pub uid: String,
    /// Grows with every change, so that calendars know which is newest.
    pub sequence: i32,
    pub title: String,
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
    pub place: String,
    /// Which part this is; none when it is the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    /// All parts in time order, when there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Sitting>,
}

/// Part `no` of `of`; 1 is the first in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub no: u32,
    pub of: u32,
}

/// When and where a part is. Times are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sitting {
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
    pub place: String,
}
