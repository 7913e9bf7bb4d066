//! What one version leaves one person to do, as far as the figures look at it.

use super::time::{Day, NEVER, day};
use crate::curriculum::working_days;
use crate::engine::Compiled;
use crate::engine::demand::Demands;
use crate::engine::model::{Budget, Facts, Holding, ModuleIx, Proof, Quarters, Strength};
use crate::engine::path;
use crate::engine::standing::Standing;
use chrono::NaiveDate;

/// One person's answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub today: Day,
    /// By module, ascending.
    pub steps: Vec<Todo>,
    pub quarters: Quarters,
    pub overdue: bool,
    /// The first deadline that cannot hold the hours due by then.
    pub pinch: Option<Day>,
    /// Of the roles held, those in which the person is competent, in their order.
    pub competent: Vec<u32>,
    pub unproved: bool,
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Todo {
    /// A number that means the same module before and after.
    pub module: u16,
    pub due: Day,
    pub quarters: Quarters,
}

/// What a question about one version needs beside the person.
pub(super) struct Asked<'a> {
    pub compiled: &'a Compiled,
    /// By the version's own index.
    pub modules: &'a [u16],
    pub today: NaiveDate,
    pub day_quarters: Quarters,
}

/// `roles` are those that the person holds today, each with its number.
pub(super) fn answer<'a>(asked: &Asked, facts: &Facts, roles: impl Iterator<Item = (u32, &'a Holding)>) -> Answer {
    let path = path(asked.compiled, facts, asked.today, &Budget::default());
    let todo = |step: &crate::engine::model::Step| Todo {
        module: asked.modules[usize::from(step.module.0)],
        due: step.due.map_or(NEVER, day),
        quarters: step.quarters,
    };
    let mut steps: Vec<Todo> = path.steps.iter().map(todo).collect();
    steps.sort_unstable();
    let today = day(asked.today);
    Answer {
        today,
        quarters: path.quarters_left,
        overdue: steps.iter().any(|step| step.due < today),
        pinch: pinch(&steps, today, asked.day_quarters),
        steps,
        competent: roles.filter(|(_, role)| competent(asked, facts, role)).map(|(number, _)| number).collect(),
        unproved: path.proof != Proof::Optimal,
    }
}

/// The first deadline, today or later, that cannot hold what is due by then.
///
/// The rule of `varjedag check` for doses: so many days from today hold at most so many working days.
pub(super) fn pinch(steps: &[Todo], today: Day, day_quarters: Quarters) -> Option<Day> {
    let mut due: Vec<(Day, Quarters)> = steps.iter().map(|step| (step.due, step.quarters)).collect();
    due.sort_unstable();
    let mut load: u64 = 0;
    for (at, &(day, quarters)) in due.iter().enumerate() {
        load += u64::from(quarters);
        let last_of_day = due.get(at + 1).is_none_or(|next| next.0 > day);
        if last_of_day && day >= today && day != NEVER {
            let room = u64::from(working_days(u32::from(day - today))) * u64::from(day_quarters);
            if load > room {
                return Some(day);
            }
        }
    }
    None
}

/// Whether all that `role` requires of the person is held and valid.
fn competent(asked: &Asked, facts: &Facts, role: &Holding) -> bool {
    if !asked.compiled.knows(role) {
        return false;
    }
    let own = facts.assignments.iter().filter(|assignment| assignment.holding == *role).cloned().collect();
    let own = Facts { assignments: own, ..Facts::default() };
    let demands = Demands::new(asked.compiled, &own, asked.today);
    let standing = Standing::new(asked.compiled, facts, asked.today);
    let valid = |module: ModuleIx| standing.valid(module);
    let enough = |least: u32, from: &[(ModuleIx, Option<NaiveDate>)]| {
        from.iter().filter(|member| valid(member.0)).count() >= least as usize
    };
    demands.singles.iter().all(|single| single.strength != Strength::Required || valid(single.module))
        && demands.choices.iter().all(|choice| enough(choice.choose, &choice.from))
}
