//! What must hold for every curriculum, every draft and all people.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::draft::draft;
use super::plain::{Name, Plain, Question, Somebody, Version, plain};
use crate::curriculum::model::Curriculum;
use crate::engine::impact::{Base, Courses, Figure, Impact, Page, Prices, Region, Slice, Snapshot, impact, people};
use crate::engine::model::Budget;
use crate::engine::sample::{self, Dice, Shape};
use crate::engine::transition::{self as told, Transition, Who};
use crate::engine::{Compiled, path};

const DAY_QUARTERS: u32 = 28;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, 1).expect("a day")
}

struct Case {
    before: Version,
    after: Version,
    people: Vec<Somebody>,
    courses: Courses,
}

fn version(written: Curriculum) -> Version {
    Version { compiled: Compiled::new(&written).expect("samples are sound"), written, has_history: false }
}

/// Published in turn with random transitions, the last on `day`; and the last but one with its own history.
fn with_history(versions: [Curriculum; 3], day: NaiveDate, seed: u64) -> (Version, Version) {
    let mut dice = Dice(seed);
    let transitions: Vec<Transition> = versions.iter().map(|curriculum| transition(curriculum, &mut dice)).collect();
    let days = [day - Days::new(420), day - Days::new(180), day];
    let told = |at: usize| told::Version {
        number: ["1", "2", "3"][at],
        published: days[at],
        curriculum: &versions[at],
        transition: &transitions[at],
    };
    let before = Compiled::with_history(&[told(0)], told(1)).expect("samples are sound");
    let after = Compiled::with_history(&[told(0), told(1)], told(2)).expect("samples are sound");
    let [_, second, third] = versions;
    let version = |written, compiled| Version { written, compiled, has_history: true };
    (version(second, before), version(third, after))
}

fn transition(curriculum: &Curriculum, dice: &mut Dice) -> Transition {
    let mut who = || [Who::Everyone, Who::NotStarted, Who::NewAssignments][dice.below(3) as usize];
    let (default, doses) = (who(), [("role-a".to_owned(), who()), ("everyone".to_owned(), who())].into());
    let any = |dice: &mut Dice| curriculum.modules[dice.below(curriculum.modules.len() as u64) as usize].0.clone();
    let credit = [(any(dice), any(dice)), (format!("m{:04}", dice.below(40)), any(dice))];
    let credit = credit.into_iter().filter(|(old, new)| old != new).collect();
    Transition { default, doses, grace_days: dice.below(60) as u32, credit }
}

impl Case {
    fn new(shape: &Shape, people: u64, changes: usize, seed: u64) -> Case {
        let mut dice = Dice(seed);
        let before = sample::curriculum(shape, seed);
        let after = draft(&before, changes, seed);
        let somebody = |id| Somebody {
            id: id as i64 * 3,
            unit: [None, Some(1), Some(7)][id as usize % 3],
            // What a draft removed, and what it added, is achieved and held too.
            facts: sample::facts(if id % 2 == 0 { &before } else { &after }, today(), seed ^ id),
        };
        let people = (0..people).map(somebody).collect();
        let seats = before.modules.iter().map(|(id, _)| (id.clone(), dice.below(4) as u32)).collect();
        let without = before.modules.iter().filter(|_| dice.percent(10)).map(|(id, _)| id.clone()).collect();
        let prices = Prices { hour: 45_000, course_day: 1_200_000 };
        let courses = Courses { participants: 1 + dice.below(3) as u32, seats, without, prices };
        Case { before: version(before), after: version(after), people, courses }
    }

    /// The same people under versions that follow each other.
    fn with_transitions(mut self, seed: u64) -> Case {
        let first = self.before.written;
        let second = sample::revised(&first, seed);
        let third = draft(&second, seed as usize % 5, seed);
        (self.before, self.after) = with_history([first, second, third], today(), seed);
        self
    }

    /// The same people, when the version is followed today by one that requires a few modules more.
    fn with_modules_added_or_rehoured(mut self, seed: u64) -> Case {
        let mut dice = Dice(seed);
        let before = self.before.written;
        let mut after = before.clone();
        let (added, rehoured) = [(1, 0), (2, 0), (0, 1), (0, 2), (1, 1)][dice.below(5) as usize];
        for _ in 0..rehoured {
            let module = dice.below(after.modules.len() as u64) as usize;
            after.modules[module].1.hours = 0.25 * (1 + dice.below(40)) as f64;
        }
        for _ in 0..added {
            let module = dice.below(after.modules.len() as u64) as usize;
            let dose = dice.below(after.doses.len() as u64) as usize;
            let module = after.modules[module].0.clone();
            let required = &mut after.doses.values_mut().nth(dose).expect("samples have doses").required;
            if !required.contains(&module) {
                required.push(module);
            }
        }
        let transition = Transition::default();
        let told = |days, curriculum| told::Version {
            number: "",
            published: today() - Days::new(days),
            curriculum,
            transition: &transition,
        };
        let first = Compiled::with_history(&[], told(200, &before)).expect("samples are sound");
        let then = Compiled::with_history(&[told(200, &before)], told(0, &after)).expect("samples are sound");
        let version = |written, compiled| Version { written, compiled, has_history: true };
        (self.before, self.after) = (version(before, first), version(after, then));
        self
    }

    fn snapshot(&self) -> Snapshot {
        let mut snapshot = Snapshot::new(today());
        for person in &self.people {
            snapshot.put(person.id, person.unit, &person.facts);
        }
        snapshot
    }

    fn before(&self) -> Arc<Compiled> {
        Arc::new(self.before.compiled.clone())
    }

    fn figures(&self, today: NaiveDate) -> Impact {
        let snapshot = self.snapshot();
        let base = Base::new(&snapshot, self.before(), today, DAY_QUARTERS);
        let ask = || impact(&snapshot, &base, &self.after.compiled, &self.courses);
        let first = ask();
        assert_eq!(ask(), first, "what is remembered changes the answer");
        first
    }

    fn question(&self, today: NaiveDate) -> Question<'_> {
        let Case { before, after, people, courses } = self;
        Question { before, after, people, today, day_quarters: DAY_QUARTERS, courses }
    }

    fn plain(&self, today: NaiveDate) -> (Plain, Impact) {
        let question = self.question(today);
        let plain = plain(&question);
        let impact = plain.impact(&question);
        (plain, impact)
    }
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (name, version) in [("before", &self.before), ("after", &self.after)] {
            writeln!(f, "{name}")?;
            for (id, module) in &version.written.modules {
                let (hours, same) = (module.hours, &module.equivalent);
                writeln!(f, "  {id} {hours} h builds on {:?} equivalent {same:?}", module.builds_on)?;
            }
            writeln!(f, "{:#?} everyone {:?}", version.written.doses, version.written.about.everyone)?;
        }
        self.people.iter().try_for_each(|person| writeln!(f, "{} {:#?}", person.id, person.facts))
    }
}

prop_compose! {
    fn cases()(
        modules in 2..=40_usize, alternatives in 0..60_u64, equivalents in 0..30_u64, dose in 1..4_usize,
        people in 0..12_u64, changes in 0..6_usize, seed: u64
    ) -> Case {
        Case::new(&Shape { modules, reach: 8, alternatives, equivalents, dose }, people, changes, seed)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_figures_are_those_of_asking_everybody_for_both_paths(case in cases(), later in 0..300_u64) {
        let today = today() + Days::new(later);
        prop_assert_eq!(case.figures(today), case.plain(today).1);
    }

    #[test]
    fn the_figures_are_those_of_both_paths_also_where_versions_follow_each_other(
        case in cases(), seed: u64, later in 0..300_u64
    ) {
        let case = case.with_transitions(seed);
        let today = today() + Days::new(later);
        prop_assert_eq!(case.figures(today), case.plain(today).1);
    }

    /// The most frequent changes, which are reckoned in a way of their own.
    #[test]
    fn the_figures_are_those_of_both_paths_where_modules_are_added_or_take_other_hours(case in cases(), seed: u64, later in 0..300_u64) {
        let case = case.with_modules_added_or_rehoured(seed);
        let today = today() + Days::new(later);
        prop_assert_eq!(case.figures(today), case.plain(today).1);
    }

    #[test]
    fn every_number_opens_the_people_behind_it(case in cases(), seed: u64) {
        let mut dice = Dice(seed);
        let snapshot = case.snapshot();
        let base = Base::new(&snapshot, case.before(), today(), DAY_QUARTERS);
        let (plain, _) = case.plain(today());
        let all = Page { from: 0, limit: usize::MAX };
        let names: BTreeSet<&Name> = plain.counted.keys().map(|(name, _)| name).collect();
        let names: Vec<&Name> = names.into_iter().collect();
        // All slices of all groups would take minutes; every run draws others.
        for _ in 0..20.min(names.len() * Figure::ALL.len()) {
            let name = names[dice.below(names.len() as u64) as usize];
            let figure = Figure::ALL[dice.below(Figure::ALL.len() as u64) as usize];
            let slice = Slice { figure, group: name.group() };
            let expected = plain.counted.get(&(Name::clone(name), figure)).cloned().unwrap_or_default();
            let expected: Vec<i64> = expected.into_iter().collect();
            let found = people(&snapshot, &base, &case.after.compiled, &slice, all);
            prop_assert_eq!(found.total, expected.len(), "{:?}", slice);
            prop_assert_eq!(found.people, expected, "{:?}", slice);
        }
    }

    /// People come, change and go, in any order; what is kept in step is what is made anew.
    #[test]
    fn a_region_that_follows_its_people_is_one_made_anew(case in cases(), seed: u64) {
        let mut dice = Dice(seed);
        let mut region = Region::new(Snapshot::new(today()), case.before(), today(), DAY_QUARTERS);
        for _ in 0..30 {
            let id = dice.below(15) as i64 * 3;
            let facts = sample::facts(&case.after.written, today(), dice.below(1000));
            match dice.percent(70) {
                true => region.put(id, Some(dice.below(5) as i64), &facts),
                false => region.end(id),
            }
        }
        for id in 0..15 {
            region.end(id * 3);
        }
        let mut order: Vec<&Somebody> = case.people.iter().collect();
        dice.shuffle(&mut order);
        order.iter().for_each(|person| region.put(person.id, person.unit, &person.facts));
        let found = impact(region.snapshot(), region.base(), &case.after.compiled, &case.courses);
        prop_assert_eq!(found, case.plain(today()).1);
    }

    #[test]
    fn what_is_needed_is_what_stands_on_everybodys_paths(case in cases(), seed: u64, later in 0..300_u64) {
        let case = case.with_transitions(seed);
        let today = today() + Days::new(later);
        let region = Region::new(case.snapshot(), case.before(), today, DAY_QUARTERS);
        let mut expected = BTreeSet::new();
        for person in &case.people {
            let path = path(&case.before.compiled, &person.facts, today, &Budget::default());
            expected.extend(path.steps.iter().map(|step| (step.module, person.id, step.due)));
        }
        let needs = region.needs();
        let mut found = BTreeSet::new();
        for need in &needs {
            let people = region.in_need(need.module);
            for (day, count) in &need.people {
                prop_assert_eq!(people.iter().filter(|(_, due)| due == day).count(), *count as usize);
            }
            found.extend(people.into_iter().map(|(person, due)| (need.module, person, due)));
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn pages_are_parts_of_the_whole_list(case in cases(), from in 0..10_usize, limit in 0..5_usize) {
        let snapshot = case.snapshot();
        let base = Base::new(&snapshot, case.before(), today(), DAY_QUARTERS);
        let slice = Slice { figure: Figure::LeftAfter, group: Name::All.group() };
        let list = |page| people(&snapshot, &base, &case.after.compiled, &slice, page);
        let all = list(Page { from: 0, limit: usize::MAX });
        let page = list(Page { from, limit });
        prop_assert_eq!(page.total, all.total);
        let expected: Vec<i64> = all.people.into_iter().skip(from).take(limit).collect();
        prop_assert_eq!(page.people, expected);
    }

    #[test]
    fn a_draft_that_changes_nothing_has_no_impact(case in cases()) {
        let snapshot = case.snapshot();
        let base = Base::new(&snapshot, case.before(), today(), DAY_QUARTERS);
        let found = impact(&snapshot, &base, &case.before.compiled, &case.courses);
        prop_assert_eq!(found.all.before, found.all.after);
        prop_assert_eq!((found.all.affected, found.cost, found.course_days.more()), (0, 0, 0));
    }
}
