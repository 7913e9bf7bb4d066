//! The definitions one by one, on people few enough to see.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use crate::curriculum::model::{Curriculum, Dose, Needs};
use crate::engine::Compiled;
use crate::engine::impact::{
    Base, Courses, Figure, Group, Impact, Page, Prices, Slice, Snapshot, Week, impact, people,
};
use crate::engine::model::{Achievement, Assignment, Facts, Holding, Source};
use crate::engine::sample::{self, Shape};

fn today() -> NaiveDate {
    "2027-03-01".parse().expect("a Monday")
}

/// Modules `one`, `two` and `three` of 7 hours, which build on each other; role `a` requires `required`.
fn curriculum(required: &[&str], within_days: u32) -> Curriculum {
    let shape = Shape { modules: 3, reach: 1, alternatives: 0, equivalents: 0, dose: 0 };
    let mut curriculum = sample::curriculum(&shape, 1);
    let ids = ["one", "two", "three"];
    for (at, (id, module)) in curriculum.modules.iter_mut().enumerate() {
        *id = ids[at].to_owned();
        module.hours = 7.0;
        module.builds_on = Needs::All(ids[..at].last().map(|id| Needs::Module((*id).to_owned())).into_iter().collect());
    }
    curriculum.doses.values_mut().for_each(|dose| *dose = Dose { within_days: 100, ..Dose::default() });
    let dose = curriculum.doses.get_mut("role-a").expect("a dose");
    dose.required = required.iter().map(|id| (*id).to_owned()).collect();
    dose.within_days = within_days;
    curriculum
}

fn has(module: &str) -> Achievement {
    Achievement { module: module.to_owned(), day: today(), valid_until: None }
}

/// Holds role `a` since today; has these.
fn facts(achieved: &[&str]) -> Facts {
    let holding = Holding::Role("a".to_owned());
    Facts {
        assignments: vec![Assignment { holding, from: today(), to: None, source: Source::Hand }],
        achievements: achieved.iter().map(|id| has(id)).collect(),
        bookings: Vec::new(),
    }
}

struct Told {
    impact: Impact,
    snapshot: Snapshot,
    base: Base,
    after: Compiled,
}

fn told(before: &Curriculum, after: &Curriculum, everybody: &[Facts], later: u64, courses: &Courses) -> Told {
    let mut snapshot = Snapshot::new(today());
    for (id, facts) in everybody.iter().enumerate() {
        snapshot.put(id as i64, Some(1), facts);
    }
    let compiled = |curriculum| Compiled::new(curriculum).expect("a sound curriculum");
    let base = Base::new(&snapshot, Arc::new(compiled(before)), today() + Days::new(later), 28);
    let after = compiled(after);
    let impact = impact(&snapshot, &base, &after, courses);
    Told { impact, snapshot, base, after }
}

/// After `later` days, `figure` counts `expected` of the people who have `achieved`.
fn check(before: &Curriculum, after: &Curriculum, achieved: &[&[&str]], later: u64, figure: Figure, expected: &[i64]) {
    let everybody: Vec<Facts> = achieved.iter().map(|achieved| facts(achieved)).collect();
    let told = told(before, after, &everybody, later, &Courses::default());
    assert_eq!(told.impact.all.of(figure) as usize, expected.len(), "{figure:?} {:?}", told.impact.all);
    let slice = Slice { figure, group: Group::All };
    let page = Page { from: 0, limit: 100 };
    assert_eq!(people(&told.snapshot, &told.base, &told.after, &slice, page).people, expected, "{figure:?}");
}

#[test]
fn one_more_required_module_gives_more_to_those_who_lack_it() {
    let (before, after) = (curriculum(&["one"], 100), curriculum(&["one", "two"], 100));
    let people: &[&[&str]] = &[&[], &["one"], &["one", "two"]];
    check(&before, &after, people, 0, Figure::More, &[0, 1]);
    check(&before, &after, people, 0, Figure::Affected, &[0, 1]);
    check(&after, &before, people, 0, Figure::Less, &[0, 1]);
    check(&after, &before, people, 0, Figure::Done, &[1]);
}

#[test]
fn competence_is_lost_with_a_requirement_not_met_and_won_when_it_goes() {
    let (before, after) = (curriculum(&["one"], 100), curriculum(&["one", "two"], 100));
    let people: &[&[&str]] = &[&[], &["one"], &["one", "two"]];
    check(&before, &after, people, 0, Figure::Lost, &[1]);
    check(&after, &before, people, 0, Figure::Won, &[1]);
}

#[test]
fn a_role_that_goes_takes_its_competence_with_it() {
    let before = curriculum(&["one"], 100);
    let mut after = before.clone();
    after.roles.remove("a");
    check(&before, &after, &[&["one"], &[]], 0, Figure::Lost, &[0]);
    check(&before, &after, &[&["one"], &[]], 0, Figure::Affected, &[0, 1]);
}

#[test]
fn a_shorter_deadline_makes_overdue_once_it_has_passed() {
    let (before, after) = (curriculum(&["one"], 100), curriculum(&["one"], 30));
    check(&before, &after, &[&[], &["one"]], 30, Figure::Overdue, &[]);
    check(&before, &after, &[&[], &["one"]], 31, Figure::Overdue, &[0]);
    check(&before, &after, &[&[], &["one"]], 101, Figure::Overdue, &[]);
    check(&before, &after, &[&[], &["one"]], 101, Figure::OverdueAfter, &[0]);
}

#[test]
fn a_deadline_is_tight_when_its_days_cannot_hold_the_hours() {
    let before = curriculum(&["three"], 100);
    check(&before, &curriculum(&["three"], 3), &[&[], &["one"]], 0, Figure::Tight, &[]);
    check(&before, &curriculum(&["three"], 2), &[&[], &["one"]], 0, Figure::Tight, &[0]);
    check(&before, &curriculum(&["three"], 3), &[&[], &["one"]], 1, Figure::Tight, &[0]);
    check(&before, &curriculum(&["three"], 3), &[&["two"], &["one"]], 3, Figure::Tight, &[0, 1]);
}

#[test]
fn hours_lie_in_the_week_they_are_due() {
    let (before, after) = (curriculum(&["one"], 6), curriculum(&["two"], 7));
    let told = told(&before, &after, &[facts(&[]), facts(&["one"])], 0, &Courses::default());
    let week = |week| told.impact.weeks[&Week { year: 2027, week }];
    assert_eq!((week(9).before.quarters, week(9).after.quarters), (28, 0));
    assert_eq!((week(10).before.quarters, week(10).after.quarters), (0, 84));
    assert_eq!((week(9).done, week(10).more, week(10).after.people), (1, 2, 2));
}

#[test]
fn course_days_and_cost_are_what_the_draft_needs_more() {
    let (before, after) = (curriculum(&["one"], 100), curriculum(&["two"], 100));
    let courses = Courses {
        participants: 2,
        seats: [("two".to_owned(), 1)].into(),
        prices: Prices { hour: 40_000, course_day: 1_000_000 },
        ..Courses::default()
    };
    let everybody: Vec<Facts> = (0..4).map(|_| facts(&[])).collect();
    let impact = told(&before, &after, &everybody, 0, &courses).impact;
    assert_eq!((impact.course_days.before, impact.course_days.after), (2, 4));
    assert_eq!((impact.modules["two"].seats, impact.modules["two"].course_days.after), (1, 2));
    assert_eq!(impact.cost, 4 * 7 * 40_000 + 2 * 1_000_000);
}
