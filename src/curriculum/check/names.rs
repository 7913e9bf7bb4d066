//! Names of things that are defined nowhere.

use std::collections::HashMap;

use crate::curriculum::names::nearest;
use crate::curriculum::places::{Places, Reference};
use crate::curriculum::problem::Problem;
use crate::curriculum::rules;
use crate::curriculum::shape::Kind;

/// More unknown names than this are not told.
const MOST_TOLD: usize = 300;
/// For more different ones than this it is not looked for what was meant, which costs time.
const MOST_GUESSED: usize = 40;

pub(super) fn check(places: &Places) -> Vec<Problem> {
    let unknown = |reference: &&Reference| {
        places.definition(reference.kind, &reference.name).is_none() && !places.perhaps_defined(&reference.name)
    };
    let unknown: Vec<&Reference> = places.references.iter().filter(unknown).take(MOST_TOLD).collect();
    let mut guesses: HashMap<(Kind, &str), Option<&str>> = HashMap::new();
    for reference in &unknown {
        let key = (reference.kind, reference.name.as_str());
        if guesses.len() < MOST_GUESSED && !guesses.contains_key(&key) {
            guesses.insert(key, nearest(key.1, places.ids(key.0)));
        }
    }
    let near = |reference: &Reference| guesses.get(&(reference.kind, reference.name.as_str())).copied().flatten();
    unknown.into_iter().map(|reference| problem(reference, near(reference), places)).collect()
}

fn problem(reference: &Reference, near: Option<&str>, places: &Places) -> Problem {
    let Reference { kind, name, place } = reference;
    let shown: String = name.chars().take(64).collect();
    let message = format!("there is no {} `{shown}`", kind.word());
    let elsewhere = Kind::ALL.into_iter().find(|other| places.definition(*other, name).is_some());
    if let Some(near) = near {
        let problem = Problem::new(&rules::UNKNOWN_NAME, place, message, format!("did you mean `{near}`?"));
        let problem = problem.with("name", shown).with("near", near);
        return match places.definition(*kind, near) {
            Some(defined) => problem.also(defined, format!("`{near}` is defined here")),
            None => problem,
        };
    }
    let help = match elsewhere {
        Some(other) => format!("`{shown}` is {}: write the id of {}", other.one(), kind.one()),
        None => format!("define it in `{}`, or write another id", kind.section()),
    };
    Problem::new(&rules::UNKNOWN_NAME, place, message, help).with("name", shown)
}
