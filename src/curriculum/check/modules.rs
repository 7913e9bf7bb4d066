//! Modules one by one: hours, outcomes, short titles, equivalents, pass marks.

use super::Look;
use crate::curriculum::model::{About, Assessment, Module};
use crate::curriculum::problem::Problem;
use crate::curriculum::rules;

const MOST_HOURS: f64 = 1000.0;
const LONGEST_SHORT: usize = 32;

pub(super) fn check(look: &Look<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let about = &look.curriculum.about;
    let day = about.day_hours;
    let possible = day > 0.0 && day <= 24.0;
    // The default stands for a section that could not be read.
    if !possible && *about != About::default() {
        let message = format!("a training day cannot have {day} hours");
        let problem = look.problem(&rules::HOURS, "about.day_hours", message, "write hours from 0.25 to 24");
        problems.push(problem.with("found", day));
    }
    for (id, module) in &look.curriculum.modules {
        problems.extend(hours(look, id, module));
        problems.extend(short(look, id, module));
        if module.outcomes.is_empty() {
            let message = format!("the module `{id}` has no learning outcome");
            let help = "say what the participant can do afterwards";
            problems.push(look.problem(&rules::OUTCOMES, &format!("modules.{id}.outcomes"), message, help));
        }
        if let Some(at) = module.equivalent.iter().position(|other| other == id) {
            let message = format!("the module `{id}` is its own equivalent");
            let path = format!("modules.{id}.equivalent.{at}");
            problems.push(look.problem(&rules::OWN_EQUIVALENT, &path, message, "leave it out"));
        }
        if module.pass_percent.is_some() && module.assessment != Assessment::Test {
            let message = format!("the module `{id}` has a pass mark and no test");
            let help = "leave `pass_percent` out, or write `assessment: Test`";
            problems.push(look.problem(&rules::STRAY_PASS_MARK, &format!("modules.{id}.pass_percent"), message, help));
        }
    }
    problems
}

fn hours(look: &Look<'_>, id: &str, module: &Module) -> Option<Problem> {
    let hours = module.hours;
    let message = if !hours.is_finite() || hours <= 0.0 {
        format!("the hours of `{id}` are not positive: {hours}")
    } else if (hours * 4.0).fract() != 0.0 {
        format!("the hours of `{id}` are not a whole number of quarters: {hours}")
    } else if hours > MOST_HOURS {
        format!("the hours of `{id}` are more than {MOST_HOURS}: {hours}")
    } else {
        return None;
    };
    let help = "write course hours in quarters, as in 0.25, 1.5 or 7";
    Some(look.problem(&rules::HOURS, &format!("modules.{id}.hours"), message, help).with("found", hours))
}

fn short(look: &Look<'_>, id: &str, module: &Module) -> Vec<Problem> {
    let length = |text: &str| text.chars().filter(|&c| c != '\u{AD}').count();
    let languages = [("sv", &module.short.sv), ("en", &module.short.en)];
    let long = languages.into_iter().filter(|(_, text)| length(text) > LONGEST_SHORT);
    long.map(|(language, text)| {
        let message = format!("the short title of `{id}` has {} characters in `{language}`", length(text));
        let help = format!("write at most {LONGEST_SHORT} characters, soft hyphens not counted");
        let problem = look.problem(&rules::SHORT, &format!("modules.{id}.short"), message, help);
        problem.with("found", length(text)).with("language", language)
    })
    .collect()
}
