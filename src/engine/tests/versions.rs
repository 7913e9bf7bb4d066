//! What must hold for every publication, and the rules of transitions one by one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use crate::curriculum::model::{Curriculum, Dose, Needs, Role, Text};
use crate::engine::model::{Achievement, Assignment, Budget, Facts, Holding, ModuleIx, Requirement, Source, Strength};
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

/// The slow reading of the rules: which dose stands in each place, version by version.
mod slow {
    use super::*;

    /// What is asked of a person, without days.
    pub(super) fn asked(case: &Case, today: NaiveDate) -> BTreeSet<(String, Strength)> {
        let current = |a: &&Assignment| a.from <= today && a.to.is_none_or(|to| today <= to);
        let mut asked = BTreeSet::new();
        for assignment in case.facts.assignments.iter().filter(current) {
            let doses: Vec<_> =
                case.versions.iter().map(|(_, version, _)| places(version, &assignment.holding)).collect();
            let keys: BTreeSet<&String> = doses.iter().flat_map(BTreeMap::keys).collect();
            for key in keys {
                let version = stands(case, assignment, &doses, key);
                if let Some(dose) = doses[version].get(key) {
                    asked.extend(content(&case.versions[version].1.doses[dose]).0);
                }
            }
        }
        asked
    }

    fn stands(case: &Case, assignment: &Assignment, doses: &[BTreeMap<String, String>], key: &String) -> usize {
        let content = |at: usize| doses[at].get(key).map(|dose| content(&case.versions[at].1.doses[dose]));
        let mut stands = case.versions.iter().rposition(|(published, ..)| *published <= assignment.from).unwrap_or(0);
        for next in stands + 1..case.versions.len() {
            let (published, _, transition) = &case.versions[next];
            let follows = content(stands) == content(next - 1);
            let (old, new) = (doses[next - 1].get(key), doses[next].get(key));
            let gets = match transition.who(old.map(String::as_str), new.map(String::as_str)) {
                _ if new.is_some_and(|dose| transition.doses.get(dose) == Some(&Who::Everyone)) => true,
                _ if content(next - 1) == content(next) => follows,
                Who::Everyone => true,
                Who::NewAssignments => false,
                Who::NotStarted => {
                    let like = (0..=stands).rev().take_while(|&at| content(at) == content(stands));
                    let nothing = |at| everyones(case, &assignment.holding, at);
                    let early = |a: &&Achievement| a.day < *published && !nothing(stands).contains(&&a.module);
                    let early: Vec<_> = case.facts.achievements.iter().filter(early).collect();
                    !like.into_iter().any(|at| begun(case, &early, at, doses[at].get(key), &nothing(at)))
                }
            };
            if gets {
                stands = next;
            }
        }
        stands
    }

    /// Whether any of these is a beginning of the dose.
    fn begun(case: &Case, early: &[&Achievement], version: usize, dose: Option<&String>, nothing: &[&String]) -> bool {
        let curriculum = &case.versions[version].1;
        let Some(dose) = dose.map(|dose| &curriculum.doses[dose]) else { return false };
        let mut asked = chosen_or_required(dose);
        asked.retain(|id| !nothing.contains(id));
        early.iter().any(|achievement| {
            let counts = |(id, module): &(String, crate::curriculum::model::Module)| {
                asked.contains(&id) && (achievement.module == *id || module.equivalent.contains(&achievement.module))
            };
            curriculum.modules.iter().any(counts)
        })
    }

    fn chosen_or_required(dose: &Dose) -> Vec<&String> {
        dose.required.iter().chain(dose.one_of.iter().flat_map(|one_of| &one_of.from)).collect()
    }

    /// What everybody is asked for, which is no beginning of any other dose.
    fn everyones<'a>(case: &'a Case, holding: &Holding, version: usize) -> Vec<&'a String> {
        let curriculum = &case.versions[version].1;
        let everyones = curriculum.about.everyone.as_ref().filter(|_| *holding != Holding::Everyone);
        let dose = everyones.map(|dose| &curriculum.doses[dose]);
        dose.map(chosen_or_required).unwrap_or_default()
    }

    type Days = BTreeMap<(String, usize), u32>;

    /// What a dose asks for, and the days of it.
    fn content(dose: &Dose) -> (BTreeSet<(String, Strength)>, Days, Vec<u32>) {
        let mut asked = BTreeSet::new();
        let mut days = Days::new();
        let written = |id: &String, otherwise: u32| dose.deadlines.get(id).copied().unwrap_or(otherwise);
        for id in &dose.required {
            asked.insert((id.clone(), Strength::Required));
            days.insert((id.clone(), 0), written(id, dose.within_days));
        }
        asked.extend(dose.recommended.iter().map(|id| (id.clone(), Strength::Recommended)));
        for (at, one_of) in dose.one_of.iter().enumerate() {
            for id in &one_of.from {
                asked.insert((id.clone(), Strength::OneOf));
                days.insert((id.clone(), at + 1), written(id, one_of.within_days.unwrap_or(dose.within_days)));
            }
        }
        (asked, days, dose.one_of.iter().map(|one_of| one_of.choose).collect())
    }

    fn places(curriculum: &Curriculum, holding: &Holding) -> BTreeMap<String, String> {
        let mut places = BTreeMap::new();
        let mut put = |key: &str, dose: Option<&String>| places.extend(dose.map(|dose| (key.to_owned(), dose.clone())));
        match holding {
            Holding::Everyone => put("", curriculum.about.everyone.as_ref()),
            Holding::Title(id) => {
                let title = &curriculum.titles[id];
                put("", title.dose.as_ref());
                put("group", curriculum.groups[&title.group].dose.as_ref());
            }
            Holding::Role(id) => {
                put("", Some(&curriculum.roles[id].dose));
                let mut open = curriculum.roles[id].includes.clone();
                while let Some(role) = open.pop() {
                    put(&role, Some(&curriculum.roles[&role].dose));
                    open.extend(curriculum.roles[&role].includes.clone());
                }
            }
        }
        places
    }
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

/// One role `r` with the dose `d`, written anew in each version.
struct Story {
    versions: Vec<(NaiveDate, Curriculum, Transition)>,
}

const MODULES: [&str; 4] = ["a", "b", "c", "x"];

impl Story {
    fn begins(dose: &str) -> Story {
        Story { versions: Vec::new() }.then("2026-01-01", dose, Transition::default())
    }

    fn then(mut self, published: &str, dose: &str, transition: Transition) -> Story {
        let shape = Shape { modules: 1, reach: 1, alternatives: 0, equivalents: 0, dose: 0 };
        let blank = sample::curriculum(&shape, 0).modules.remove(0).1;
        let there = |id: &&&str| **id != "x" || dose.contains("\"x\"");
        let modules = MODULES.iter().filter(there).map(|id| ((*id).to_owned(), blank.clone())).collect();
        let dose: Dose = ron::from_str(&format!("(title: (sv: \"\", en: \"\"), {dose})")).expect("a dose");
        let role =
            Role { title: Text::default(), competence: Text::default(), includes: vec![], dose: "d".into(), order: 1 };
        let (doses, roles) = ([("d".to_owned(), dose)].into(), [("r".to_owned(), role)].into());
        let curriculum = Curriculum { modules, doses, roles, ..Curriculum::default() };
        self.versions.push((day(published), curriculum, transition));
        self
    }

    /// Everybody is asked for these modules, in all versions.
    fn of_everyone(mut self, modules: &[&str]) -> Story {
        for (_, curriculum, _) in &mut self.versions {
            let required = modules.iter().map(|id| (*id).to_owned()).collect();
            curriculum.doses.insert("all".into(), Dose { required, within_days: 30, ..Dose::default() });
            curriculum.about.everyone = Some("all".into());
        }
        self
    }

    /// Somebody with the role from `from`, and with these modules since these days.
    fn check(&self, from: &str, has: &[(&str, &str)], expected: &str) {
        let holding = Holding::Role("r".to_owned());
        let assignment = Assignment { holding, from: day(from), to: None, source: Source::Hand };
        let has = has.iter().map(|(module, on)| Achievement {
            module: (*module).to_owned(),
            day: day(on),
            valid_until: None,
        });
        let facts = Facts { assignments: vec![assignment], achievements: has.collect(), bookings: vec![] };
        let compiled = compiled(&self.versions);
        let line = |requirement: Requirement| {
            let because = &requirement.because[0];
            let due = because.due.map(|due| format!(" {due}")).unwrap_or_default();
            format!("{}{due} ({})", compiled.id(requirement.module), compiled.number(because.version))
        };
        let told: Vec<String> = requirements(&compiled, &facts, day("2028-01-01")).into_iter().map(line).collect();
        assert_eq!(told.join(", "), expected);
    }
}

fn who(default: Who, grace_days: u32) -> Transition {
    Transition { default, grace_days, ..Transition::default() }
}

const SEPTEMBER: &str = "2026-09-01";

#[test]
fn an_added_module_counts_from_the_publication_and_the_grace_is_the_least() {
    let story = |grace| {
        Story::begins("within_days: 100, required: [\"a\"]").then(
            SEPTEMBER,
            "within_days: 100, required: [\"a\", \"b\"]",
            who(Who::Everyone, grace),
        )
    };
    story(30).check("2026-02-01", &[], "a 2026-05-12 (2026.2), b 2026-12-10 (2026.2)");
    story(200).check("2026-02-01", &[], "a 2026-05-12 (2026.2), b 2027-03-20 (2026.2)");
    // Whoever begins on the day of publication or later knows it from the beginning.
    story(200).check(SEPTEMBER, &[], "a 2026-12-10 (2026.2), b 2026-12-10 (2026.2)");
}

#[test]
fn a_relaxed_day_moves_and_a_tightened_one_never_lands_in_the_past() {
    let story = |days| {
        Story::begins("within_days: 300, required: [\"a\"]").then(
            SEPTEMBER,
            &format!("within_days: {days}, required: [\"a\"]"),
            who(Who::Everyone, 30),
        )
    };
    story(400).check("2026-03-01", &[], "a 2027-04-05 (2026.2)");
    story(10).check("2026-03-01", &[], "a 2026-10-01 (2026.2)");
    story(90).check("2026-03-01", &[], "a 2026-11-30 (2026.2)");
    // Its old day comes first.
    story(200).check("2026-03-01", &[], "a 2026-12-26 (2026.2)");
    // What is overdue stays so.
    story(100).check("2025-06-01", &[], "a 2026-10-28 (2026.2)");
    let overdue = Story::begins("within_days: 90, required: [\"a\"]").then(
        SEPTEMBER,
        "within_days: 80, required: [\"a\"]",
        who(Who::Everyone, 30),
    );
    overdue.check("2026-03-01", &[], "a 2026-05-30 (2026.2)");
}

#[test]
fn what_everybody_is_asked_for_is_no_beginning_of_another_dose() {
    let story = |everyones: &[&str]| {
        let story = Story::begins("within_days: 100, required: [\"a\", \"b\"]");
        let to = "within_days: 100, required: [\"c\"]";
        story.then(SEPTEMBER, to, who(Who::NotStarted, 0)).of_everyone(everyones)
    };
    let (old, new) = ("a 2026-05-12 (2026.1), b 2026-05-12 (2026.1)", "c 2026-12-10 (2026.2)");
    story(&[]).check("2026-02-01", &[("a", "2026-03-01")], old);
    story(&["a"]).check("2026-02-01", &[("a", "2026-03-01")], new);
    story(&["a"]).check("2026-02-01", &[("a", "2026-03-01"), ("b", "2026-03-02")], old);
    story(&["a", "b"]).check("2026-02-01", &[("a", "2026-03-01"), ("b", "2026-03-02")], new);
}

#[test]
fn those_who_have_begun_keep_the_old_dose_and_say_under_which_version() {
    let story = |rule| {
        Story::begins("within_days: 100, required: [\"a\", \"b\"]").then(
            SEPTEMBER,
            "within_days: 100, required: [\"c\"]",
            who(rule, 0),
        )
    };
    let old = "a 2026-05-12 (2026.1), b 2026-05-12 (2026.1)";
    let new = "c 2026-12-10 (2026.2)";
    story(Who::NotStarted).check("2026-02-01", &[("b", "2026-08-31")], old);
    story(Who::NotStarted).check("2026-02-01", &[("b", "2026-09-01")], new);
    story(Who::NotStarted).check("2026-02-01", &[("c", "2026-03-01")], new);
    story(Who::NewAssignments).check("2026-02-01", &[], old);
    story(Who::NewAssignments).check(SEPTEMBER, &[("a", "2026-03-01")], new);
}

#[test]
fn a_later_version_for_everyone_takes_along_those_who_kept_an_older_dose() {
    let story = Story::begins("within_days: 100, required: [\"a\"]")
        .then(SEPTEMBER, "within_days: 100, required: [\"b\"]", who(Who::NewAssignments, 0))
        .then("2027-02-01", "within_days: 100, required: [\"a\", \"c\"]", who(Who::Everyone, 0));
    story.check("2026-02-01", &[], "a 2026-05-12 (2027.1), c 2027-05-12 (2027.1)");
}

#[test]
fn those_who_kept_an_older_dose_keep_it_until_a_version_changes_the_dose_or_names_it_for_everyone() {
    let (old, new) = ("within_days: 100, required: [\"a\"]", "within_days: 100, required: [\"b\"]");
    let named = Transition { doses: [("d".to_owned(), Who::Everyone)].into(), ..who(Who::Everyone, 0) };
    let story = |third| {
        let second = Story::begins(old).then(SEPTEMBER, new, who(Who::NewAssignments, 0));
        second.then("2027-02-01", new, third)
    };
    story(who(Who::Everyone, 0)).check("2026-02-01", &[], "a 2026-05-12 (2026.1)");
    story(named).check("2026-02-01", &[], "b 2027-05-12 (2027.1)");
}

#[test]
fn a_version_that_leaves_a_dose_alone_takes_its_number_to_those_who_stand_there() {
    let story = Story::begins("within_days: 100, required: [\"a\"]")
        .then(SEPTEMBER, "within_days: 100, required: [\"a\"]", who(Who::NewAssignments, 0))
        .then("2027-02-01", "within_days: 100, required: [\"b\"]", who(Who::NewAssignments, 0));
    story.check("2026-02-01", &[], "a 2026-05-12 (2026.2)");
    story.check("2027-02-01", &[], "b 2027-05-12 (2027.1)");
}

#[test]
fn a_wider_choice_keeps_its_days_and_a_harder_one_is_a_new_demand() {
    let one_of = |choose: u32, from: &str| format!("within_days: 100, one_of: [(choose: {choose}, from: [{from}])]");
    let story = |choose, from| {
        Story::begins(&one_of(1, "\"a\", \"b\"")).then(SEPTEMBER, &one_of(choose, from), who(Who::Everyone, 0))
    };
    let check = |choose, from, expected| story(choose, from).check("2026-02-01", &[], expected);
    check(1, "\"a\", \"b\", \"c\"", "a 2026-05-12 (2026.2), b 2026-05-12 (2026.2), c 2026-05-12 (2026.2)");
    check(2, "\"a\", \"b\"", "a 2026-12-10 (2026.2), b 2026-12-10 (2026.2)");
    check(1, "\"a\"", "a 2026-12-10 (2026.2)");
}

#[test]
fn an_old_module_counts_as_the_new_one_also_when_it_is_no_longer_there() {
    let credit = Transition { credit: [("x".to_owned(), "b".to_owned())].into(), ..who(Who::NewAssignments, 0) };
    let story = Story::begins("within_days: 100, required: [\"a\", \"x\"]").then(
        SEPTEMBER,
        "within_days: 100, required: [\"c\"]",
        credit,
    );
    // The old dose asks for the new module in the place of the old.
    story.check("2026-02-01", &[], "a 2026-05-12 (2026.1), b 2026-05-12 (2026.1)");
    let compiled = compiled(&story.versions);
    let achieved = |on: &str| Achievement { module: "x".to_owned(), day: day(on), valid_until: None };
    for on in ["2026-03-01", "2026-12-01"] {
        let facts = Facts { achievements: vec![achieved(on)], ..Facts::default() };
        let held: Vec<usize> = gap::valid(&compiled, &facts, day("2028-01-01")).ones().collect();
        assert_eq!(held, [1]);
    }
}

#[test]
fn a_removed_module_is_asked_of_nobody() {
    let story = Story::begins("within_days: 100, required: [\"a\", \"x\"]").then(
        SEPTEMBER,
        "within_days: 100, required: [\"a\"]",
        who(Who::NewAssignments, 0),
    );
    story.check("2026-02-01", &[("x", "2026-03-01")], "a 2026-05-12 (2026.2)");
}

#[test]
fn a_role_that_no_longer_exists_asks_for_nothing_and_a_new_one_counts_from_its_publication() {
    let mut story = Story::begins("within_days: 10, required: [\"a\"]").then(
        SEPTEMBER,
        "within_days: 10, required: [\"a\"]",
        who(Who::NewAssignments, 20),
    );
    let role = story.versions[0].1.roles.remove("r");
    story.check("2026-02-01", &[], "a 2026-09-21 (2026.2)");
    story.versions[1].1.roles.clear();
    story.versions[0].1.roles.extend(role.map(|role| ("r".to_owned(), role)));
    story.check("2026-02-01", &[], "");
}

#[test]
fn a_transition_is_written_as_people_choose_it_and_says_what_does_not_fit() {
    let transition = Transition {
        doses: [("d".to_owned(), Who::NotStarted), ("gone".to_owned(), Who::Everyone)].into(),
        credit: [("x".to_owned(), "b".to_owned()), ("a".to_owned(), "y".to_owned()), ("c".to_owned(), "c".to_owned())]
            .into(),
        ..who(Who::NewAssignments, 5_000)
    };
    let written = serde_json::to_string(&transition).expect("it is written");
    insta::assert_snapshot!(written, @r#"{"default":"new-assignments","doses":{"d":"not-started","gone":"everyone"},"grace_days":5000,"credit":{"a":"y","c":"c","x":"b"}}"#);
    assert_eq!(serde_json::from_str::<Transition>(&written).expect("it is read"), transition);
    let story = Story::begins("within_days: 100");
    let told: Vec<String> = transition.check(None, &story.versions[0].1).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    the transition names the dose "gone", which neither the old nor the new curriculum has; correct the name
    "a" cannot count as "y", which the new curriculum does not have; name one of its modules
    "c" cannot count as itself; leave that line out
    a grace of 5000 days is more than 1096 days; give a shorter one
    "#);
}
