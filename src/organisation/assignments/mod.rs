//! Holding a title or a role from a day to a day. Rules and types; queries in [`store`].

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::PersonId;

pub mod store;

/// What is held: a job title or a hat worn in improvement work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Title,
    Role,
}

/// Where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The HR import.
    Hr,
    /// Taking part in the edition with this id.
    Programme(i64),
    /// Given by hand.
    Hand,
}

/// An assignment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assigned {
    pub id: i64,
    pub person: PersonId,
    pub kind: Kind,
    /// A title or role id of the curriculum.
    pub code: String,
    pub from: NaiveDate,
    /// The last day; before `from` when it was taken back before it began.
    pub to: Option<NaiveDate>,
    pub origin: Origin,
}

/// An assignment to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAssignment {
    pub person: PersonId,
    pub kind: Kind,
    pub code: String,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    pub origin: Origin,
}
