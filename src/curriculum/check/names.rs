//! Names of things that are defined nowhere.

use crate::curriculum::names::nearest;
use crate::curriculum::places::{Places, Reference};
use crate::curriculum::problem::Problem;
use crate::curriculum::rules;
use crate::curriculum::shape::Kind;

pub(super) fn check(places: &Places) -> Vec<Problem> {
    let unknown = |reference: &&Reference| {
        places.definition(reference.kind, &reference.name).is_none() && !places.perhaps_defined(&reference.name)
    };
    places.references.iter().filter(unknown).map(|reference| problem(reference, places)).collect()
}

fn problem(reference: &Reference, places: &Places) -> Problem {
    let Reference { kind, name, place } = reference;
    let shown: String = name.chars().take(64).collect();
    let message = format!("there is no {} `{shown}`", kind.word());
    let elsewhere = Kind::ALL.into_iter().find(|other| places.definition(*other, name).is_some());
    if let Some(near) = nearest(name, places.ids(*kind)) {
        let problem = Problem::new(&rules::UNKNOWN_NAME, place, message, format!("did you mean `{near}`?"));
        return match places.definition(*kind, near) {
            Some(defined) => problem.also(defined, format!("`{near}` is defined here")),
            None => problem,
        };
    }
    let help = match elsewhere {
        Some(other) => format!("`{shown}` is {}: write the id of {}", other.one(), kind.one()),
        None => format!("define it in `{}`, or write another id", kind.section()),
    };
    Problem::new(&rules::UNKNOWN_NAME, place, message, help)
}
