//! What one version leaves one person to do, as far as the figures look at it.

use super::time::{Day, NEVER};
use crate::curriculum::working_days;
use crate::engine::model::Quarters;

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

/// The first deadline, today or later, that cannot hold what is due by then. `by_due` is room to work in.
///
/// The rule of `varjedag check` for doses: so many days from today hold at most so many working days.
pub(super) fn pinch(answer: &Answer, day_quarters: Quarters, by_due: &mut Vec<u32>) -> Option<Day> {
    let room = |due: Day| u64::from(working_days(u32::from(due - answer.today))) * u64::from(day_quarters);
    let ahead = |due: Day| due >= answer.today && due != NEVER;
    let first = answer.steps.iter().map(|step| step.due).filter(|&due| ahead(due)).min()?;
    if u64::from(answer.quarters) <= room(first) {
        return None;
    }
    by_due.clear();
    by_due.extend(answer.steps.iter().enumerate().map(|(at, step)| u32::from(step.due) << 16 | at as u32));
    by_due.sort_unstable();
    let mut load: u64 = 0;
    for (at, packed) in by_due.iter().enumerate() {
        let due = (packed >> 16) as Day;
        load += u64::from(answer.steps[(packed & 0xffff) as usize].quarters);
        let last_of_day = by_due.get(at + 1).is_none_or(|next| (next >> 16) as Day > due);
        if last_of_day && ahead(due) && load > room(due) {
            return Some(due);
        }
    }
    None
}
