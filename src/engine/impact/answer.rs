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

/// The first deadline, today or later, that cannot hold what is due by then. `steps` are by due day.
///
/// The rule of `varjedag check` for doses: so many days from today hold at most so many working days.
pub(super) fn pinch(steps: &[Todo], today: Day, day_quarters: Quarters) -> Option<Day> {
    let mut load: u64 = 0;
    for (at, step) in steps.iter().enumerate() {
        load += u64::from(step.quarters);
        let last_of_day = steps.get(at + 1).is_none_or(|next| next.due > step.due);
        if last_of_day && step.due >= today && step.due != NEVER {
            let room = u64::from(working_days(u32::from(step.due - today))) * u64::from(day_quarters);
            if load > room {
                return Some(step.due);
            }
        }
    }
    None
}
