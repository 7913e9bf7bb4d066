//! Prerequisite expressions: what cannot be fulfilled, what is of a higher level, what is already implied.

use std::collections::HashSet;

use super::Look;
use super::certain::Certain;
use crate::curriculum::model::{Module, Needs};
use crate::curriculum::problem::Problem;
use crate::curriculum::rules;

/// The modules an expression names, each with its path.
pub(super) fn leaves(needs: &Needs, path: String) -> Vec<(&str, String)> {
    match needs {
        Needs::Module(id) => vec![(id, path)],
        Needs::All(parts) | Needs::Any(parts) | Needs::AtLeast(_, parts) => {
            parts.iter().enumerate().flat_map(|(at, part)| leaves(part, format!("{path}.{at}"))).collect()
        }
    }
}

/// How many of how many parts must be fulfilled; a module counts as one of one.
pub(super) fn count(needs: &Needs) -> (usize, &[Needs]) {
    match needs {
        Needs::Module(_) => (1, std::slice::from_ref(needs)),
        Needs::All(parts) => (parts.len(), parts),
        Needs::Any(parts) => (1, parts),
        Needs::AtLeast(least, parts) => (*least as usize, parts),
    }
}

pub(super) fn check(look: &Look<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (&id, module) in &look.modules {
        possible(look, &module.builds_on, &format!("modules.{id}.builds_on"), &mut problems);
    }
    problems
}

/// Modules that cannot be taken without one of a higher level.
pub(super) fn levels(look: &Look<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (&id, module) in &look.modules {
        let path = format!("modules.{id}.builds_on");
        for (named, path) in unavoidable(look, &module.builds_on, path, module).unwrap_or_default() {
            problems.push(higher(look, id, module, named, &path));
        }
    }
    problems
}

fn possible(look: &Look<'_>, needs: &Needs, path: &str, problems: &mut Vec<Problem>) {
    if let Needs::Module(_) = needs {
        return;
    }
    let (least, parts) = count(needs);
    let mut distinct: HashSet<&Needs> = HashSet::new();
    for (at, part) in parts.iter().enumerate() {
        possible(look, part, &format!("{path}.{at}"), problems);
        if !distinct.insert(part) {
            let problem = look.problem(
                &rules::REPEATED,
                &format!("{path}.{at}"),
                "the same prerequisite stands twice in the list",
                "remove one of the two",
            );
            problems.push(problem);
        }
    }
    if matches!(needs, Needs::AtLeast(0, _)) {
        let message = "`AtLeast(0, …)` asks for nothing";
        problems.push(look.problem(&rules::EMPTY_CHOICE, path, message, "leave it out, or ask for at least 1"));
    } else if !matches!(needs, Needs::All(_)) && least > distinct.len() {
        let message = match needs {
            Needs::Any(_) => "`Any` of nothing can never be fulfilled".to_owned(),
            _ => format!("{least} must be fulfilled, but the list holds {}", distinct.len()),
        };
        let problem = look.problem(&rules::IMPOSSIBLE, path, message, "ask for fewer, or add alternatives");
        problems.push(problem.with("found", least).with("most", distinct.len()));
    }
}

/// The modules of a higher level that cannot be avoided; none when they can.
fn unavoidable<'a>(look: &Look<'_>, needs: &'a Needs, path: String, module: &Module) -> Option<Vec<(&'a str, String)>> {
    if let Needs::Module(id) = needs {
        return is_higher(look, id, module).then(|| vec![(id.as_str(), path)]);
    }
    let (least, parts) = count(needs);
    let high: Vec<_> = (parts.iter().enumerate())
        .filter_map(|(at, part)| unavoidable(look, part, format!("{path}.{at}"), module))
        .collect();
    (parts.len() - high.len() < least && !high.is_empty()).then(|| high.concat())
}

/// Whether the module called `id`, and everything that counts as it, lies above `module`.
fn is_higher(look: &Look<'_>, id: &str, module: &Module) -> bool {
    let above = |id: &str| {
        let level = look.modules.get(id).and_then(|other| other.level.number());
        level.zip(module.level.number()).is_some_and(|(other, own)| other > own)
    };
    let equivalent = look.modules.get(id).map_or(&[][..], |other| &other.equivalent);
    above(id) && equivalent.iter().all(|other| above(other))
}

fn higher(look: &Look<'_>, id: &str, module: &Module, named: &str, path: &str) -> Problem {
    let level = |id: &str| look.modules.get(id).and_then(|module| module.level.number()).unwrap_or_default();
    let own = module.level.number().unwrap_or_default();
    let message = format!("`{id}` is of level {own} but builds on `{named}` of level {}", level(named));
    let help = "change one of the levels, or what the module builds on";
    let problem = look.problem(&rules::HIGHER_LEVEL, path, message, help).with("module", named);
    let problem = problem.with("level", level(named)).with("own", own);
    problem.also(&look.places.of(&format!("modules.{named}.level")), "the higher level")
}

/// Every part is compared with every other, so longer lists are not looked through.
const MOST_COMPARED: usize = 64;

/// Parts of an `All` that another part already implies.
pub(super) fn redundant(look: &Look<'_>, certain: &Certain<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (&id, module) in &look.modules {
        implied(look, certain, id, &module.builds_on, &format!("modules.{id}.builds_on"), &mut problems);
    }
    problems
}

fn implied(look: &Look<'_>, certain: &Certain<'_>, id: &str, needs: &Needs, path: &str, problems: &mut Vec<Problem>) {
    let (_, parts) = count(needs);
    if matches!(needs, Needs::All(_)) && parts.len() <= MOST_COMPARED {
        for (at, part) in parts.iter().enumerate() {
            // Equal parts are told as repeated.
            let by = (0..parts.len()).find(|&other| {
                parts[other] != *part && certain.implies(id, &parts[other], part) && {
                    let mutual = certain.implies(id, part, &parts[other]);
                    !mutual || other < at
                }
            });
            if let Some(by) = by {
                let (what, because) = (called(part), called(&parts[by]));
                let message = format!("{what} is already implied by {because}");
                let mut problem = look.problem(&rules::REDUNDANT, &format!("{path}.{at}"), message, "leave it out");
                if let (Needs::Module(part), Needs::Module(by)) = (part, &parts[by]) {
                    problem = problem.with("module", part).with("by", by);
                }
                problems.push(problem.also(&look.places.of(&format!("{path}.{by}")), "this already implies it"));
            }
        }
    }
    if !matches!(needs, Needs::Module(_)) {
        for (at, part) in parts.iter().enumerate() {
            implied(look, certain, id, part, &format!("{path}.{at}"), problems);
        }
    }
}

fn called(needs: &Needs) -> String {
    match needs {
        Needs::Module(id) => format!("`{id}`"),
        _ => "this expression".to_owned(),
    }
}
