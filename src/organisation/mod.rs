//! People, units and assignments: who works where, who is whose manager, who holds which title and role.
//!
//! The rules are pure ([`tree`], [`titles`], [`names`], `import::plan`); queries are in files named `store.rs`,
//! use cases in [`service`]. What a person may see is not decided here but in `accounts::policy`.

use chrono::NaiveDate;
use serde::Serialize;

use crate::accounts::policy::Subject;
use crate::curriculum::model::Language;

pub mod absences;
pub mod api;
pub mod assignments;
pub mod import;
mod kept;
pub mod names;
pub mod service;
pub mod store;
#[cfg(test)]
mod tests;
pub mod titles;
pub mod tree;

pub use assignments::{Assigned, Kind, NewAssignment, Origin};
pub use tree::{Reach, Tree};

pub type UnitId = i64;
pub type PersonId = i64;

/// A part of the organisation, of any depth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unit {
    pub id: UnitId,
    /// The id that the region's own systems use.
    pub external_id: String,
    pub name: String,
    pub parent: Option<UnitId>,
    /// The last day it existed.
    pub ended_on: Option<NaiveDate>,
}

/// Somebody who works, or has worked, in the region. Never deleted by an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    pub id: PersonId,
    /// The id that the region's own systems use; never a personal identity number.
    pub external_id: String,
    pub name: String,
    pub email: String,
    pub language: Language,
    pub unit: Option<UnitId>,
    /// The job title as the region writes it, whether or not the curriculum knows it.
    pub title_text: String,
    pub title_code: String,
    /// First day of employment.
    pub starts_on: NaiveDate,
    /// Last day of employment.
    pub ends_on: Option<NaiveDate>,
    /// May not sign in, whatever the days say.
    pub disabled: bool,
}

impl Person {
    /// Employed on `day`.
    pub fn works_on(&self, day: NaiveDate) -> bool {
        self.starts_on <= day && self.ends_on.is_none_or(|end| day <= end)
    }
}

/// `person` as policy needs to know her: managed from exactly the units that [`Tree::manages`] goes by.
pub fn subject(tree: &Tree, person: &Person) -> Subject {
    Subject { id: person.id, units: tree.units_above(person.id, person.unit) }
}
