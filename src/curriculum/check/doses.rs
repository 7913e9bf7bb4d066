//! Doses: whether they can be satisfied, in time, and whether something asks for every dose and module.

use std::collections::HashSet;

use fixedbitset::FixedBitSet;

use super::Look;
use super::certain::Certain;
use super::needs::leaves;
use crate::curriculum::model::{Dose, OneOf};
use crate::curriculum::problem::Problem;
use crate::curriculum::rules;

pub(super) fn check(look: &Look<'_>, certain: Option<&Certain<'_>>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (id, dose) in &look.curriculum.doses {
        let path = format!("doses.{id}");
        problems.extend(choices(look, &path, dose));
        problems.extend(twice(look, &path, dose));
        problems.extend(stray_deadlines(look, &path, dose));
        if dose.required.is_empty() && dose.recommended.is_empty() && dose.one_of.is_empty() {
            let message = format!("the dose `{id}` asks for nothing");
            problems.push(look.problem(&rules::EMPTY_DOSE, &path, message, "add modules, or remove the dose"));
        }
        if let Some(certain) = certain {
            problems.extend(too_soon(look, certain, &path, dose));
        }
    }
    // What could not be read may be what asks for it.
    if !look.places.incomplete {
        problems.extend(unused(look));
        problems.extend(unreached(look));
    }
    problems
}

fn choices(look: &Look<'_>, path: &str, dose: &Dose) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, one_of) in dose.one_of.iter().enumerate() {
        let distinct = one_of.from.iter().collect::<HashSet<_>>().len();
        let path = format!("{path}.one_of.{at}");
        if one_of.choose as usize > distinct {
            let message = format!("{} are to be chosen, but the set holds {distinct}", one_of.choose);
            let path = format!("{path}.{}", if one_of.from.is_empty() { "from" } else { "choose" });
            let help = "ask for fewer, or add modules to choose";
            let problem = look.problem(&rules::UNSATISFIABLE, &path, message, help);
            problems.push(problem.with("found", one_of.choose).with("most", distinct));
        } else if one_of.choose == 0 {
            let message = "nothing is to be chosen from this set";
            let help = "ask for at least 1, or put the modules under `recommended`";
            problems.push(look.problem(&rules::EMPTY_DOSE, &format!("{path}.choose"), message, help));
        }
    }
    problems
}

fn twice(look: &Look<'_>, path: &str, dose: &Dose) -> Vec<Problem> {
    let required: HashSet<&String> = dose.required.iter().collect();
    let both = dose.recommended.iter().enumerate().filter(|(_, module)| required.contains(module));
    both.map(|(at, module)| {
        let message = format!("`{module}` is both required and recommended");
        let path = format!("{path}.recommended.{at}");
        look.problem(&rules::REPEATED, &path, message, "keep it under `required` only").with("name", module)
    })
    .collect()
}

fn stray_deadlines(look: &Look<'_>, path: &str, dose: &Dose) -> Vec<Problem> {
    let asked: HashSet<&str> = asked(dose).collect();
    let stray = dose.deadlines.keys().filter(|module| !asked.contains(module.as_str()));
    stray
        .map(|module| {
            let message = format!("the dose does not ask for `{module}`, so its deadline has no effect");
            let path = format!("{path}.deadlines.{module}");
            let help = "add the module to the dose, or remove the deadline";
            look.problem(&rules::STRAY_DEADLINE, &path, message, help).with("module", module)
        })
        .collect()
}

/// Every module that a dose names.
fn asked(dose: &Dose) -> impl Iterator<Item = &str> {
    let sets = dose.one_of.iter().flat_map(|one_of| &one_of.from);
    dose.required.iter().chain(&dose.recommended).chain(sets).map(String::as_str)
}

/// Working days that `days` days from any day on can hold at most: five of every seven, and of what is left over at
/// most five.
pub fn working_days(days: u32) -> u32 {
    days / 7 * 5 + (days % 7).min(5)
}

/// The earliest deadline that cannot hold the hours that are certainly due by then.
fn too_soon(look: &Look<'_>, certain: &Certain<'_>, path: &str, dose: &Dose) -> Option<Problem> {
    let day_hours = look.curriculum.about.day_hours;
    let mut due: Vec<(u32, &String)> =
        dose.required.iter().map(|module| (*dose.deadlines.get(module).unwrap_or(&dose.within_days), module)).collect();
    due.sort();
    let mut due = due.into_iter().peekable();
    let mut needed = FixedBitSet::new();
    for (days, place) in deadlines(path, dose).into_iter().filter(|(days, _)| *days > 0 && day_hours > 0.0) {
        while let Some((_, module)) = due.next_if(|(day, _)| *day <= days) {
            certain.add(&mut needed, module);
        }
        let hours = certain_hours(look, &certain.names(&needed).collect(), dose, days);
        let room = f64::from(working_days(days)) * day_hours;
        if hours > room {
            let working = working_days(days);
            let (within, held) = (counted(days, "day"), counted(working, "working day"));
            let message = format!("what is due within {within} needs {hours} hours, but {held} can hold {room}");
            let help = "give more days, or ask for less by then";
            let problem = look.problem(&rules::DEADLINE, &place, message, help).with("days", days);
            return Some(problem.with("hours", hours).with("working", working).with("room", room));
        }
    }
    None
}

/// Every deadline that a dose writes, earliest first, and where.
fn deadlines(path: &str, dose: &Dose) -> Vec<(u32, String)> {
    let mut deadlines = vec![(dose.within_days, format!("{path}.within_days"))];
    let required: HashSet<&String> = dose.required.iter().collect();
    let single = dose.deadlines.iter().filter(|(module, _)| required.contains(module));
    deadlines.extend(single.map(|(module, days)| (*days, format!("{path}.deadlines.{module}"))));
    let sets = dose.one_of.iter().enumerate();
    deadlines.extend(sets.filter_map(|(at, set)| Some((set.within_days?, format!("{path}.one_of.{at}.within_days")))));
    deadlines.sort();
    deadlines.dedup_by_key(|(days, _)| *days);
    deadlines
}

fn counted(number: u32, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Hours that everybody with this dose needs within `days`, whatever they choose: a lower bound.
///
/// `needed` is what is certainly due by then. Modules that have equivalents count nothing, because one cheap module may
/// count as several. Of the sets to choose from, only the one that adds most counts, because one module may lie in
/// several.
fn certain_hours(look: &Look<'_>, needed: &HashSet<&str>, dose: &Dose, days: u32) -> f64 {
    let hours = |id: &str| look.modules.get(id).filter(|module| module.equivalent.is_empty()).map_or(0.0, |m| m.hours);
    let chosen = |one_of: &OneOf| {
        let free = |id: &String| if needed.contains(id.as_str()) { 0.0 } else { hours(id) };
        let mut hours: Vec<f64> = one_of.from.iter().map(free).collect();
        hours.sort_by(f64::total_cmp);
        hours.iter().take(one_of.choose as usize).sum::<f64>()
    };
    let sets = dose.one_of.iter().filter(|one_of| one_of.within_days.unwrap_or(dose.within_days) <= days);
    needed.iter().map(|id| hours(id)).sum::<f64>() + sets.map(chosen).fold(0.0, f64::max)
}

fn unused(look: &Look<'_>) -> Vec<Problem> {
    let curriculum = look.curriculum;
    let used: HashSet<&String> = (curriculum.about.everyone.iter())
        .chain(curriculum.roles.values().map(|role| &role.dose))
        .chain(curriculum.groups.values().filter_map(|group| group.dose.as_ref()))
        .chain(curriculum.titles.values().filter_map(|title| title.dose.as_ref()))
        .collect();
    let unused = curriculum.doses.keys().filter(|id| !used.contains(id));
    unused
        .map(|id| {
            let message = format!("nothing has the dose `{id}`");
            let help = "give it to a role, a group or a title, or remove it";
            look.problem(&rules::UNUSED_DOSE, &format!("doses.{id}"), message, help)
        })
        .collect()
}

fn unreached(look: &Look<'_>) -> Vec<Problem> {
    let curriculum = look.curriculum;
    let given = curriculum.programmes.values().flat_map(|programme| &programme.meetings).flat_map(|m| &m.modules);
    let mut waiting: Vec<&str> = curriculum.doses.values().flat_map(asked).chain(given.map(String::as_str)).collect();
    let mut reached: HashSet<&str> = HashSet::new();
    while let Some(id) = waiting.pop() {
        let Some(module) = look.modules.get(id).filter(|_| reached.insert(id)) else { continue };
        waiting.extend(leaves(&module.builds_on, String::new()).into_iter().map(|(id, _)| id));
        waiting.extend(module.equivalent.iter().map(String::as_str));
    }
    let alone = curriculum.modules.iter().filter(|(id, module)| !module.elective && !reached.contains(id.as_str()));
    alone
        .map(|(id, _)| {
            let message = format!("nothing asks for the module `{id}`");
            let help = "add it to a dose, or mark it `elective: true`";
            look.problem(&rules::UNREACHED, &format!("modules.{id}"), message, help)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::working_days;

    #[test]
    fn no_window_of_days_holds_more_working_days_than_counted() {
        for days in 0..60u32 {
            let most = (0..7).map(|first| (first..first + days).filter(|day| day % 7 < 5).count() as u32).max();
            assert_eq!(Some(working_days(days)), most, "{days} days");
        }
    }
}
