//! What publishing a version means for the people there are: who gets a changed dose, from when it counts, and what
//! counts as what. The rules that hold for every transition stand here; `lineage` applies them.
//!
//! 1. Where a dose stands: a holding asks for doses in places: a role in its own place and in one for each role it
//!    includes, a title in its own and in its group's, being employed in one. A version changes a place when another
//!    dose stands there, when the dose asks for something else, or when the place is filled or emptied (a role is
//!    included or no longer is, a dose is removed). Texts, and a module renamed with credit, change nothing.
//! 2. Who gets the change: [`Who`], by the dose that then stands in the place, else the one that stood there. A role
//!    or title that is new, or no longer there, is so for everyone: what no longer exists asks for nothing. A place
//!    that a version leaves alone is left alone, also for those who kept an older dose there, unless the version
//!    names that dose for everyone.
//! 3. An assignment that begins on or after the day of publication stands under that version, whatever was declared.
//! 4. From when: a demand that the version adds is due so many days after publication as the dose says, and never
//!    before the grace has passed. A relaxed one moves as many days as it was relaxed. A tightened one keeps its old
//!    day if that comes first: what is overdue stays overdue, and nothing becomes overdue by being published.
//!    A choice that asks for more, or offers less, than every former demand did is a new demand.
//! 5. Credit: an achievement of an old module counts as the new one, whenever it was made, and also when the old one
//!    is no longer there. What counted as something before a version took that away still does: completed things
//!    stay completed.
//!
//! Prerequisites, hours and validity belong to modules and are the newest version's for everyone at once.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::curriculum::model::Curriculum;

/// What is declared with a version when it is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transition {
    /// For changed doses that `doses` does not name.
    pub default: Who,
    /// By dose id.
    #[serde(default)]
    pub doses: BTreeMap<String, Who>,
    /// Nothing that the version adds is due before so many days after publication.
    pub grace_days: u32,
    /// Old module id → the id of the module that it counts as.
    #[serde(default)]
    pub credit: BTreeMap<String, String>,
}

/// Who gets a changed dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// All who hold it.
    #[default]
    Everyone,
    /// Those who, before the day of publication, had none of the modules that the old dose requires or lets one
    /// choose among, nor anything that counted as one of them. The others keep the old dose. A module that the dose
    /// of everyone asks for too is no beginning of another dose: everybody has it sooner or later. Neither is a
    /// booking, which may be cancelled: who has begun must not change afterwards.
    NotStarted,
    /// Those whose assignment begins on the day of publication or later.
    NewAssignments,
}

/// A version as the engine is told of it.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// Such as 2026.1.
    pub number: &'a str,
    pub published: NaiveDate,
    pub curriculum: &'a Curriculum,
    pub transition: &'a Transition,
}

/// A version's place among those compiled together; meaningless outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct VersionIx(pub u16);

/// What does not fit between a transition and the curricula it leads from and to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransitionError {
    #[error(
        "the transition names the dose \"{0}\", which neither the old nor the new curriculum has; correct the name"
    )]
    Dose(String),
    #[error("\"{old}\" cannot count as \"{new}\", which the new curriculum does not have; name one of its modules")]
    NoSuchModule { old: String, new: String },
    #[error("\"{0}\" cannot count as itself; leave that line out")]
    Itself(String),
    #[error("a grace of {0} days is more than {max} days; give a shorter one", max = MOST_GRACE_DAYS)]
    Grace(u32),
}

/// Three years: longer would be a deadline of its own.
const MOST_GRACE_DAYS: u32 = 1_096;

impl Default for Transition {
    /// Everyone, with a month to see it coming.
    fn default() -> Self {
        Transition { default: Who::Everyone, doses: BTreeMap::new(), grace_days: 30, credit: BTreeMap::new() }
    }
}

impl Transition {
    /// Who gets a place's change from the dose `old` to the dose `new`.
    pub fn who(&self, old: Option<&str>, new: Option<&str>) -> Who {
        let declared = |dose: Option<&str>| dose.and_then(|dose| self.doses.get(dose)).copied();
        declared(new).or_else(|| declared(old)).unwrap_or(self.default)
    }

    /// Everything that does not fit. `old` is none for a first version.
    pub fn check(&self, old: Option<&Curriculum>, new: &Curriculum) -> Vec<TransitionError> {
        let known = |dose: &String| new.doses.contains_key(dose) || old.is_some_and(|old| old.doses.contains_key(dose));
        let doses = self.doses.keys().filter(|dose| !known(dose)).map(|dose| TransitionError::Dose(dose.clone()));
        let credit =
            self.credit.iter().filter_map(|(old, id)| match new.modules.iter().any(|(known, _)| known == id) {
                true if old == id => Some(TransitionError::Itself(old.clone())),
                true => None,
                false => Some(TransitionError::NoSuchModule { old: old.clone(), new: id.clone() }),
            });
        let grace = (self.grace_days > MOST_GRACE_DAYS).then_some(TransitionError::Grace(self.grace_days));
        doses.chain(credit).chain(grace).collect()
    }
}
