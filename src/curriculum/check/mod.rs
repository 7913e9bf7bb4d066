//! Judges a curriculum: what is well written but does not make sense. All problems at once, in no special order.

use std::collections::BTreeMap;

use super::model::{Curriculum, Module};
use super::places::Places;
use super::problem::Problem;
use super::rules::{self, Rule};

mod bounds;
mod certain;
mod cycles;
mod doses;
mod modules;
mod names;
mod needs;
mod programmes;
mod titles;

pub use doses::working_days;

/// Larger curricula are refused, which bounds the work of every check.
const MOST_MODULES: usize = 2000;
/// Uses of names, in prerequisites, doses and everywhere else.
const MOST_REFERENCES: usize = 20_000;

/// Every problem of meaning. What could not be read (`places.incomplete`) silences the checks that ask for what is
/// missing, never the others.
pub fn check(curriculum: &Curriculum, places: &Places) -> Vec<Problem> {
    let mut problems = names::check(places);
    if let Some(problem) = too_large(curriculum, places) {
        problems.push(problem);
        return problems;
    }
    let modules = curriculum.modules.iter().map(|(id, module)| (id.as_str(), module)).collect();
    let look = Look { curriculum, places, modules };
    problems.extend(bounds::check(&look));
    problems.extend(titles::check(&look));
    problems.extend(modules::check(&look));
    let (cyclic, found) = cycles::check(&look);
    problems.extend(found);
    problems.extend(needs::check(&look));
    // What is certain can only be known when nothing builds on itself.
    let certain = if cyclic { None } else { certain::Certain::of(&look) };
    problems.extend(doses::check(&look, certain.as_ref()));
    problems.extend(programmes::check(&look, certain.as_ref()));
    if let Some(certain) = &certain {
        problems.extend(needs::levels(&look));
        problems.extend(needs::redundant(&look, certain));
    }
    problems
}

fn too_large(curriculum: &Curriculum, places: &Places) -> Option<Problem> {
    let (place, message, found, most) = if let Some((id, _)) = curriculum.modules.get(MOST_MODULES) {
        let message = format!("there are {} modules, more than {MOST_MODULES}", curriculum.modules.len());
        (places.of(&format!("modules.{id}")), message, curriculum.modules.len(), MOST_MODULES)
    } else {
        let last = places.references.get(MOST_REFERENCES)?;
        let message = format!("names are used {} times, more than {MOST_REFERENCES}", places.references.len());
        (last.place.clone(), message, places.references.len(), MOST_REFERENCES)
    };
    let problem = Problem::new(&rules::TOO_LARGE, &place, message, "is this the right directory?");
    Some(problem.with("found", found).with("most", most))
}

/// What every check looks at.
struct Look<'a> {
    curriculum: &'a Curriculum,
    places: &'a Places,
    modules: BTreeMap<&'a str, &'a Module>,
}

impl Look<'_> {
    /// A problem at the value with this path, see [`Places`].
    fn problem(&self, rule: &Rule, path: &str, message: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem::new(rule, &self.places.of(path), message, help)
    }
}
