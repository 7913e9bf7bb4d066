//! Course days and cost.

use super::model::{CourseDays, Courses, Impact, Prices};
use crate::engine::model::Quarters;

/// Days that courses for `people` take beyond the planned seats, when the module has `quarters` and a day holds
/// `day_quarters`: whole groups, and whole days for all groups together.
pub(super) fn days(courses: &Courses, module: &str, people: u32, quarters: Quarters, day_quarters: Quarters) -> u32 {
    if courses.without.contains(module) {
        return 0;
    }
    let seats = courses.seats.get(module).copied().unwrap_or(0);
    let groups = people.saturating_sub(seats).div_ceil(courses.participants.max(1));
    let days = (u64::from(groups) * u64::from(quarters)).div_ceil(u64::from(day_quarters.max(1)));
    u32::try_from(days).unwrap_or(u32::MAX)
}

/// Sums the modules' course days and reckons what the difference costs.
pub(super) fn total(impact: &mut Impact, prices: &Prices) {
    let sum = |of: fn(&CourseDays) -> u32| impact.modules.values().map(|module| of(&module.course_days)).sum();
    impact.course_days = CourseDays { before: sum(|days| days.before), after: sum(|days| days.after) };
    impact.cost = impact.all.quarters_more() * prices.hour / 4 + impact.course_days.more() * prices.course_day;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn course_days_are_whole_groups_in_whole_days_beyond_the_planned_seats() {
        let courses = Courses {
            participants: 20,
            seats: [("planned".to_owned(), 40)].into(),
            without: ["self-study".to_owned()].into(),
            prices: Prices::default(),
        };
        let check = |module, people, quarters, expected| {
            assert_eq!(days(&courses, module, people, quarters, 28), expected, "{people} people, {quarters} quarters");
        };
        check("new", 0, 28, 0);
        check("new", 1, 28, 1);
        check("new", 21, 28, 2);
        check("new", 21, 14, 1);
        check("new", 41, 14, 2);
        check("new", 5, 56, 2);
        check("planned", 40, 28, 0);
        check("planned", 41, 28, 1);
        check("self-study", 500, 28, 0);
    }
}
