//! When a group can be done: an edition, a unit with all below it, or everybody with a dose, on the seats there are.
//!
//! A question is a row that says how far the answer has come, so that a page can tell while it is worked out beside the
//! requests. The answer holds ids and sentences in both languages, no names: whoever reads it sees the names that policy
//! allows on that day.

pub mod api;
pub mod service;
pub mod store;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whom a question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// Everybody who works in it or below.
    Unit(i64),
    Edition(i64),
    /// A dose's id: everybody of whom it asks something.
    Dose(String),
}

impl Whom {
    /// `unit:3`, `edition:1` or `dose:ledare`.
    pub fn of(text: &str) -> Option<Whom> {
        match text.split_once(':')? {
            ("unit", id) => Some(Whom::Unit(id.parse().ok()?)),
            ("edition", id) => Some(Whom::Edition(id.parse().ok()?)),
            ("dose", id) => Some(Whom::Dose(id.to_owned())),
            _ => None,
        }
    }

    pub fn code(&self) -> String {
        match self {
            Whom::Unit(id) => format!("unit:{id}"),
            Whom::Edition(id) => format!("edition:{id}"),
            Whom::Dose(id) => format!("dose:{id}"),
        }
    }
}

/// A question and how far its answer has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub id: i64,
    pub by: i64,
    pub whom: String,
    pub days_a_week: Option<u8>,
    pub asked_at: NaiveDateTime,
    /// When it last told how far it had come.
    pub heard_at: NaiveDateTime,
    /// Steps done, of how many.
    pub steps: (i64, i64),
    pub answer: Option<String>,
    /// Why there is no answer, in one word.
    pub failed: Option<String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GroupPlan {
    pub people: usize,
    /// Who can have everything in time, with a seat each.
    pub makes: usize,
    /// However the seats are given out, no more make it on the paths that were tried.
    pub at_most: usize,
    /// How many of those who make it take another path than the shortest.
    #[serde(default)]
    pub around: usize,
    /// Those who do not make it.
    pub missing: Vec<Missing>,
    /// Further days that would help, the most helpful first.
    pub extras: Vec<ExtraDay>,
    /// Seats that the group uses, in time order.
    pub keep: Vec<Keep>,
}

/// Somebody who does not make it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Missing {
    /// The person's id.
    pub person: i64,
    /// Would make it if nobody else of the group needed the seats.
    pub alone: bool,
    pub what: Vec<MissingPiece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MissingPiece {
    /// A module id.
    pub module: String,
    pub due: Option<NaiveDate>,
    pub why_sv: String,
    pub why_en: String,
    /// The first day on which it could be done if nothing else mattered.
    pub first: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExtraDay {
    /// A module id.
    pub module: String,
    /// A day in the best week.
    pub day: NaiveDate,
    /// How many more would make it.
    pub helps: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Keep {
    /// The occasion's id.
    pub occasion: i64,
    /// A module id.
    pub module: String,
    pub starts_at: NaiveDateTime,
    /// Seats to keep for the group.
    pub seats: u32,
    /// Seats free today; none = as many as come.
    pub free: Option<u32>,
}
