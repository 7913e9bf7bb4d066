//! What must hold for every publication.

mod examples;
mod slow;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use crate::curriculum::model::{Curriculum, Needs};
use crate::engine::model::{Budget, Facts, ModuleIx, Requirement, Strength};
use crate::engine::sample::{self, Dice, Shape};
use crate::engine::{Compiled, Transition, Version, Who, gap, path, requirements};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// The day the newest version of a random case is published.
const PUBLISHED: &str = "2027-03-01";

/// Two or three versions and somebody who works with them.
#[derive(Debug)]
struct Case {
    versions: Vec<(NaiveDate, Curriculum, Transition)>,
    facts: Facts,
}

impl Case {
    fn new(seed: u64, who: Option<Who>, grace_days: u32) -> Case {
        let mut dice = Dice(seed);
        let shape = Shape { modules: 24, reach: 8, alternatives: 30, equivalents: 25, dose: 3 };
        let first = sample::curriculum(&shape, seed);
        let facts = sample::facts(&first, day(PUBLISHED), seed);
        let days = [Some("2026-01-10"), dice.percent(60).then_some("2026-09-01"), Some(PUBLISHED)];
        let mut versions: Vec<(NaiveDate, Curriculum, Transition)> = Vec::new();
        for published in days.into_iter().flatten().map(day) {
            let curriculum = match versions.last() {
                Some((_, last, _)) => sample::revised(last, dice.below(u64::MAX)),
                None => first.clone(),
            };
            versions.push((published, curriculum, transition(&mut dice)));
        }
        let newest = &mut versions.last_mut().expect("two at least").2;
        newest.grace_days = grace_days;
        if let Some(who) = who {
            (newest.default, newest.doses) = (who, BTreeMap::new());
        }
        Case { versions, facts }
    }

    /// The newest version with its history.
    fn after(&self) -> Compiled {
        compiled(&self.versions)
    }

    /// The one before, with its history.
    fn before(&self) -> Compiled {
        compiled(&self.versions[..self.versions.len() - 1])
    }

    /// The newest as if there had never been another.
    fn fresh(&self) -> Compiled {
        compiled(&self.versions[self.versions.len() - 1..])
    }
}

fn transition(dice: &mut Dice) -> Transition {
    let mut who = || [Who::Everyone, Who::NotStarted, Who::NewAssignments][dice.below(3) as usize];
    let (default, doses) = (who(), [("role-a".to_owned(), who()), ("everyone".to_owned(), who())]);
    Transition { default, doses: doses.into(), grace_days: dice.below(60) as u32, credit: BTreeMap::new() }
}

const NUMBERS: [&str; 3] = ["2026.1", "2026.2", "2027.1"];

fn compiled(versions: &[(NaiveDate, Curriculum, Transition)]) -> Compiled {
    let versions: Vec<Version<'_>> = versions
        .iter()
        .zip(NUMBERS)
        .map(|((published, curriculum, transition), number)| Version {
            number,
            published: *published,
            curriculum,
            transition,
        })
        .collect();
    let (newest, earlier) = versions.split_last().expect("a version");
    Compiled::with_history(earlier, *newest).expect("samples are sound")
}

/// Module, strength and due day of everything asked, by ids.
fn asked(compiled: &Compiled, facts: &Facts, today: &str) -> BTreeSet<(String, Strength, Option<NaiveDate>)> {
    let requirements = requirements(compiled, facts, day(today));
    let reasons = |requirement: Requirement| {
        let id = compiled.id(requirement.module).to_owned();
        requirement.because.into_iter().map(move |because| (id.clone(), because.strength, because.due))
    };
    requirements.into_iter().flat_map(reasons).collect()
}

fn without_days(asked: BTreeSet<(String, Strength, Option<NaiveDate>)>) -> BTreeSet<(String, Strength)> {
    asked.into_iter().map(|(id, strength, _)| (id, strength)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn what_is_asked_is_what_a_slow_reading_of_the_rules_says(seed: u64, later in 0..400_u64) {
        let case = Case::new(seed, None, 30);
        let today = (day(PUBLISHED) + Days::new(later)).to_string();
        let found = without_days(asked(&case.after(), &case.facts, &today));
        prop_assert_eq!(found, slow::asked(&case, day(&today)));
    }

    /// What is overdue on the day of publication was overdue already, by a demand as hard or harder.
    #[test]
    fn nothing_becomes_overdue_by_being_published(seed: u64, grace in 0..60_u32) {
        let case = Case::new(seed, None, grace);
        let today = day(PUBLISHED);
        let overdue = |compiled: &Compiled| {
            let asked = requirements(compiled, &case.facts, today).into_iter().flat_map(|requirement| requirement.because);
            let past = asked.filter(|because| because.due.is_some_and(|due| due < today));
            past.map(|because| (because.holding, because.since)).collect::<BTreeSet<_>>()
        };
        let (before, after) = (case.before(), case.after());
        prop_assert!(overdue(&after).is_subset(&overdue(&before)));
        let late = |compiled: &Compiled, strengths: &[Strength]| -> BTreeSet<String> {
            let all = asked(compiled, &case.facts, PUBLISHED).into_iter();
            let late = all.filter(|(_, strength, due)| strengths.contains(strength) && due.is_some_and(|due| due < today));
            late.map(|(id, ..)| id).collect()
        };
        let was_late = late(&before, &[Strength::Required, Strength::OneOf]);
        for id in late(&after, &[Strength::Required]) {
            prop_assert!(was_late.contains(&id), "{id} became overdue");
        }
    }

    /// A module that nobody asked the person for before is not due before the grace has passed.
    #[test]
    fn what_is_new_to_a_person_is_not_due_before_the_grace_has_passed(seed: u64, grace in 0..60_u32) {
        let case = Case::new(seed, None, grace);
        let known: BTreeSet<String> = asked(&case.before(), &case.facts, PUBLISHED).into_iter()
            .filter(|(_, strength, _)| *strength != Strength::Recommended).map(|(id, ..)| id).collect();
        let first = day(PUBLISHED) + Days::new(u64::from(grace));
        for (id, strength, due) in asked(&case.after(), &case.facts, PUBLISHED) {
            let new = strength == Strength::Required && !known.contains(&id);
            let held_before = case.facts.assignments.iter().all(|assignment| assignment.from < day(PUBLISHED));
            prop_assert!(!new || !held_before || due >= Some(first), "{id} is due {due:?}");
        }
    }

    #[test]
    fn an_assignment_from_after_the_newest_publication_stands_under_the_newest_version(seed: u64, later in 0..300_u64) {
        let mut case = Case::new(seed, None, 30);
        let from = day(PUBLISHED) + Days::new(later);
        case.facts.assignments.iter_mut().for_each(|assignment| (assignment.from, assignment.to) = (from, None));
        let after = case.after();
        prop_assert_eq!(asked(&after, &case.facts, &from.to_string()), asked(&case.fresh(), &case.facts, &from.to_string()));
        for requirement in requirements(&after, &case.facts, from) {
            prop_assert!(requirement.because.iter().all(|because| because.version == after.newest()));
        }
    }

    #[test]
    fn for_everyone_the_demands_are_those_of_the_new_version_alone(seed: u64) {
        let mut case = Case::new(seed, Some(Who::Everyone), 0);
        case.versions.drain(1..case.versions.len() - 1);
        let set = |compiled: &Compiled| without_days(asked(compiled, &case.facts, PUBLISHED));
        let (after, fresh) = (case.after(), case.fresh());
        for requirement in requirements(&after, &case.facts, day(PUBLISHED)) {
            prop_assert!(requirement.because.iter().all(|because| because.version == after.newest()));
        }
        prop_assert_eq!(set(&after), set(&fresh));
    }

    #[test]
    fn for_new_assignments_only_nothing_changes_for_those_there_are(seed: u64) {
        let mut case = Case::new(seed, Some(Who::NewAssignments), 0);
        case.facts.assignments.retain(|assignment| assignment.from < day(PUBLISHED));
        let of = |compiled: &Compiled| asked(compiled, &case.facts, PUBLISHED);
        prop_assert_eq!(of(&case.after()), of(&case.before()));
    }

    #[test]
    fn the_same_curriculum_again_changes_only_the_number(seed: u64) {
        let mut case = Case::new(seed, None, 30);
        let last = case.versions.len() - 1;
        case.versions[last].1 = case.versions[last - 1].1.clone();
        case.versions[last].2.doses.clear();
        case.facts.assignments.retain(|assignment| assignment.from < day(PUBLISHED));
        let of = |compiled: &Compiled| asked(compiled, &case.facts, PUBLISHED);
        prop_assert_eq!(of(&case.after()), of(&case.before()));
    }

    #[test]
    fn completed_things_stay_completed(seed: u64) {
        let case = Case::new(seed, None, 30);
        let valid = |compiled: &Compiled| -> BTreeSet<String> {
            let valid = gap::valid(compiled, &case.facts, day(PUBLISHED));
            valid.ones().map(|module| compiled.id(ModuleIx(module as u16)).to_owned()).collect()
        };
        prop_assert!(valid(&case.before()).is_subset(&valid(&case.after())));
    }

    /// A new name for a module, with credit, leaves every answer as it was.
    #[test]
    fn a_module_renamed_with_credit_changes_nothing_but_its_name(seed: u64, which: prop::sample::Index) {
        let mut case = Case::new(seed, None, 30);
        let last = case.versions.len() - 1;
        let old = case.versions[last - 1].1.clone();
        let id = old.modules[which.index(old.modules.len())].0.clone();
        case.versions[last].1 = renamed(old, &id);
        case.versions[last].2.doses.clear();
        case.versions[last].2.credit = [(id.clone(), format!("{id}-new"))].into();
        case.facts.assignments.retain(|assignment| assignment.from < day(PUBLISHED));
        let told = |compiled: &Compiled| {
            let answer = path(compiled, &case.facts, day(PUBLISHED), &Budget::default());
            let pieces = answer.steps.into_iter().chain(answer.held).chain(answer.recommended);
            let piece = |step: crate::engine::model::Step| {
                let name = compiled.id(step.module).trim_end_matches("-new").to_owned();
                (name, step.state, step.due, step.booked, step.achieved)
            };
            pieces.map(piece).collect::<Vec<_>>()
        };
        prop_assert_eq!(told(&case.after()), told(&case.before()));
    }
}

fn renamed(mut curriculum: Curriculum, id: &str) -> Curriculum {
    fn in_needs(needs: &mut Needs, id: &str) {
        match needs {
            Needs::Module(module) => in_name(module, id),
            Needs::All(parts) | Needs::Any(parts) | Needs::AtLeast(_, parts) => {
                parts.iter_mut().for_each(|part| in_needs(part, id))
            }
        }
    }
    fn in_name(name: &mut String, id: &str) {
        if name == id {
            name.push_str("-new");
        }
    }
    for (name, module) in &mut curriculum.modules {
        in_name(name, id);
        in_needs(&mut module.builds_on, id);
        module.equivalent.iter_mut().for_each(|name| in_name(name, id));
    }
    for dose in curriculum.doses.values_mut() {
        dose.required.iter_mut().chain(&mut dose.recommended).for_each(|name| in_name(name, id));
        dose.one_of.iter_mut().flat_map(|one_of| &mut one_of.from).for_each(|name| in_name(name, id));
        if let Some(days) = dose.deadlines.remove(id) {
            dose.deadlines.insert(format!("{id}-new"), days);
        }
    }
    curriculum
}
