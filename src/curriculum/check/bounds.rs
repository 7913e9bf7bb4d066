//! Numbers that lie outside what makes sense.

use super::Look;
use crate::curriculum::problem::Problem;
use crate::curriculum::rules;

const MOST_DAYS: u32 = 3650;
const MOST_VALID_MONTHS: u32 = 600;
const MOST_PROGRAMME_MONTHS: u32 = 24;
const MOST_ORDER: u32 = 10_000;

pub(super) fn check(look: &Look<'_>) -> Vec<Problem> {
    let mut bounds = Bounds { look, problems: Vec::new() };
    let curriculum = look.curriculum;
    for (at, month) in curriculum.about.holiday_months.iter().enumerate() {
        bounds.whole(&format!("about.holiday_months.{at}"), "a holiday month", *month, 1, 12);
    }
    let months = &curriculum.about.holiday_months;
    if (1..=12).all(|month| months.contains(&month)) {
        let message = "every month is a holiday month";
        let help = "leave the months in which something can be planned";
        bounds.problems.push(look.problem(&rules::OUT_OF_BOUNDS, "about.holiday_months", message, help));
    }
    let orders = (curriculum.legs.iter().map(|(id, leg)| ("legs", id, leg.order)))
        .chain(curriculum.areas.iter().map(|(id, area)| ("areas", id, area.order)))
        .chain(curriculum.roles.iter().map(|(id, role)| ("roles", id, role.order)))
        .chain(curriculum.groups.iter().map(|(id, group)| ("groups", id, group.order)));
    for (section, id, order) in orders {
        bounds.whole(&format!("{section}.{id}.order"), "`order`", order, 1, MOST_ORDER);
    }
    for (id, module) in &curriculum.modules {
        if let Some(percent) = module.attendance_percent {
            let path = format!("modules.{id}.attendance_percent");
            bounds.whole(&path, "`attendance_percent`", percent, 1, 100);
        }
        if let Some(percent) = module.pass_percent {
            bounds.whole(&format!("modules.{id}.pass_percent"), "`pass_percent`", percent, 1, 100);
        }
        if let Some(months) = module.valid_months {
            bounds.whole(&format!("modules.{id}.valid_months"), "`valid_months`", months, 1, MOST_VALID_MONTHS);
        }
    }
    bounds.doses();
    bounds.programmes();
    bounds.problems
}

struct Bounds<'a> {
    look: &'a Look<'a>,
    problems: Vec<Problem>,
}

impl Bounds<'_> {
    fn doses(&mut self) {
        for (id, dose) in &self.look.curriculum.doses {
            self.whole(&format!("doses.{id}.within_days"), "`within_days`", dose.within_days, 1, MOST_DAYS);
            for (module, days) in &dose.deadlines {
                self.whole(&format!("doses.{id}.deadlines.{module}"), "a deadline in days", *days, 1, MOST_DAYS);
            }
            for (at, one_of) in dose.one_of.iter().enumerate() {
                if let Some(days) = one_of.within_days {
                    self.whole(&format!("doses.{id}.one_of.{at}.within_days"), "`within_days`", days, 1, MOST_DAYS);
                }
            }
        }
    }

    fn programmes(&mut self) {
        for (id, programme) in &self.look.curriculum.programmes {
            let path = format!("programmes.{id}");
            self.whole(&format!("{path}.months"), "`months`", programme.months, 1, MOST_PROGRAMME_MONTHS);
            let percent = programme.completion.attendance_percent;
            self.whole(&format!("{path}.completion.attendance_percent"), "`attendance_percent`", percent, 0, 100);
            for (at, meeting) in programme.meetings.iter().enumerate() {
                self.whole(&format!("{path}.meetings.{at}.week"), "the week of a month", meeting.week, 1, 4);
            }
            for (at, milestone) in programme.milestones.iter().enumerate() {
                if !(0.5..=5.0).contains(&milestone.progress) {
                    let message = format!("expected progress is 0.5 to 5, not {}", milestone.progress);
                    let help = "write a number on IHI's scale of project progress, 0.5 to 5";
                    let path = format!("{path}.milestones.{at}.progress");
                    let problem = self.look.problem(&rules::OUT_OF_BOUNDS, &path, message, help);
                    self.problems.push(problem.with("least", 0.5).with("most", 5).with("found", milestone.progress));
                }
            }
        }
    }

    fn whole(&mut self, path: &str, what: &str, value: u32, least: u32, most: u32) {
        if !(least..=most).contains(&value) {
            let message = format!("{what} is {least} to {most}, not {value}");
            let help = format!("write a whole number from {least} to {most}");
            let problem = self.look.problem(&rules::OUT_OF_BOUNDS, path, message, help);
            self.problems.push(problem.with("least", least).with("most", most).with("found", value));
        }
    }
}
