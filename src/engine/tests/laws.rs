//! What must hold for every curriculum and every person.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::mask::Mask;
use super::oracle::Oracle;
use crate::curriculum::model::Curriculum;
use crate::engine::model::{Achievement, Assignment, Budget, Facts, Holding, Path, Proof, Source};
use crate::engine::sample::{self, Dice, Shape};
use crate::engine::{Compiled, path, requirements};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, 1).expect("a day")
}

/// A curriculum, ready, and somebody who works with it.
struct Case {
    curriculum: Curriculum,
    compiled: Compiled,
    facts: Facts,
}

impl Case {
    fn new(shape: &Shape, seed: u64) -> Case {
        let curriculum = sample::curriculum(shape, seed);
        let compiled = Compiled::new(&curriculum).expect("samples are sound");
        let facts = sample::facts(&curriculum, today(), seed);
        Case { curriculum, compiled, facts }
    }

    fn oracle(&self) -> Oracle {
        Oracle::new(&self.curriculum, &self.facts, today())
    }

    fn path(&self) -> Path {
        self.path_of(&self.facts)
    }

    fn path_of(&self, facts: &Facts) -> Path {
        path(&self.compiled, facts, today(), &Budget::default())
    }
}

fn steps(path: &Path) -> Mask {
    path.steps.iter().map(|step| usize::from(step.module.0)).collect()
}

prop_compose! {
    /// Small enough to try everything.
    fn small()(modules in 1..=10_usize, alternatives in 0..100_u64, equivalents in 0..50_u64, seed: u64) -> Case {
        Case::new(&Shape { modules, reach: 8, alternatives, equivalents, dose: 2 }, seed)
    }
}

prop_compose! {
    fn medium()(modules in 10..=80_usize, alternatives in 0..60_u64, equivalents in 0..20_u64, seed: u64) -> Case {
        Case::new(&Shape { modules, reach: 12, alternatives, equivalents, dose: 4 }, seed)
    }
}

fn compare(case: &Case) -> Result<(), TestCaseError> {
    let oracle = case.oracle();
    let (quarters, _, ids) = oracle.best();
    let path = case.path();
    let mut found: Vec<&str> = path.steps.iter().map(|step| case.compiled.id(step.module)).collect();
    found.sort_unstable();
    prop_assert_eq!(found, ids);
    prop_assert_eq!(path.quarters_left, quarters);
    prop_assert_eq!(path.proof, Proof::Optimal);
    Ok(())
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (id, module) in &self.curriculum.modules {
            let (hours, same) = (module.hours, &module.equivalent);
            writeln!(f, "{id} {hours} h builds on {:?} equivalent {same:?}", module.builds_on)?;
        }
        writeln!(f, "{:#?}\n{:#?}", self.curriculum.doses, self.facts)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// Cheapest in hours, then fewest, then the first by sorted ids.
    #[test]
    fn the_path_is_the_best_of_all_sets(case in small()) {
        compare(&case)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// The same where the search has to try alternatives.
    #[test]
    fn the_path_through_many_alternatives_is_the_best_of_all_sets(
        modules in 12..=14_usize, dose in 3..5_usize, equivalents in 0..40_u64, seed: u64
    ) {
        let case = Case::new(&Shape { modules, reach: 7, alternatives: 90, equivalents, dose }, seed);
        compare(&case)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_is_achieved_and_the_path_meet_every_requirement_and_prerequisite(case in medium()) {
        prop_assert!(case.oracle().works(steps(&case.path())));
    }

    #[test]
    fn without_any_one_step_something_is_not_met(case in medium()) {
        let (oracle, all) = (case.oracle(), steps(&case.path()));
        for step in oracle.members(all) {
            prop_assert!(!oracle.works(all.without(Mask::of(step))), "{} is not needed", oracle.ids[step]);
        }
    }

    #[test]
    fn an_ended_budget_still_gives_a_path_that_works_and_an_honest_bound(case in medium(), nodes in 0..3_u64) {
        let (oracle, best) = (case.oracle(), case.path());
        let hasty = path(&case.compiled, &case.facts, today(), &Budget { nodes });
        let all = steps(&hasty);
        prop_assert!(oracle.works(all));
        prop_assert!(oracle.members(all).all(|step| !oracle.works(all.without(Mask::of(step)))));
        prop_assert!(hasty.quarters_left >= best.quarters_left);
        match hasty.proof {
            Proof::Optimal => prop_assert_eq!(hasty.quarters_left, best.quarters_left),
            Proof::AtLeast(bound) => prop_assert!(bound <= best.quarters_left),
        }
    }

    /// A new achievement, valid or lapsed, only ever adds to what counts.
    #[test]
    fn one_more_achievement_never_makes_the_path_longer(case in medium(), which: prop::sample::Index, valid: bool) {
        let mut more = case.facts.clone();
        let (module, _) = &case.curriculum.modules[which.index(case.curriculum.modules.len())];
        let valid_until = (!valid).then(|| today().pred_opt().expect("a day"));
        more.achievements.push(Achievement { module: module.clone(), day: today(), valid_until });
        prop_assert!(case.path_of(&more).quarters_left <= case.path().quarters_left);
    }

    #[test]
    fn no_step_comes_before_what_it_builds_on(case in medium()) {
        let (oracle, path) = (case.oracle(), case.path());
        let mut done = Mask::default();
        for step in &path.steps {
            let module = usize::from(step.module.0);
            prop_assert!(oracle.builds_on_met(module, done), "{} comes too early", oracle.ids[module]);
            for lock in &step.locked_by {
                prop_assert!(done.has(usize::from(lock.0)), "{} is locked by what comes later", oracle.ids[module]);
            }
            prop_assert_eq!(step.locked_by.is_empty(), oracle.builds_on_met(module, Mask::default()));
            done = done.with(module);
        }
    }

    /// Once what locks a step is done, the step is open.
    #[test]
    fn what_locks_a_step_is_enough_to_open_it(case in medium()) {
        let oracle = case.oracle();
        for step in case.path().steps {
            let locks = step.locked_by.iter().map(|lock| usize::from(lock.0)).collect();
            prop_assert!(oracle.builds_on_met(usize::from(step.module.0), locks));
        }
    }

    #[test]
    fn one_more_title_removes_no_requirement(case in medium(), title in "[ab]") {
        let mut more = case.facts.clone();
        let holding = Holding::Title(title);
        more.assignments.push(Assignment { holding, from: today(), to: None, source: Source::Hand });
        let before = requirements(&case.compiled, &case.facts, today());
        let after = requirements(&case.compiled, &more, today());
        for requirement in before {
            let kept = after.iter().find(|other| other.module == requirement.module);
            let kept = kept.expect("still required");
            prop_assert!(kept.strength <= requirement.strength);
            prop_assert!(kept.due <= requirement.due || requirement.due.is_none());
            prop_assert!(requirement.because.iter().all(|because| kept.because.contains(because)));
        }
        prop_assert!(case.path_of(&more).quarters_left >= case.path().quarters_left);
    }

    #[test]
    fn the_order_of_the_facts_does_not_matter(case in medium(), seed: u64) {
        let mut mixed = case.facts.clone();
        let mut dice = Dice(seed);
        dice.shuffle(&mut mixed.assignments);
        dice.shuffle(&mut mixed.achievements);
        dice.shuffle(&mut mixed.bookings);
        prop_assert_eq!(case.path_of(&mixed), case.path());
    }

    #[test]
    fn every_piece_says_why(case in medium()) {
        let path = case.path();
        for piece in path.steps.iter().chain(&path.held).chain(&path.recommended) {
            prop_assert!(!piece.because.is_empty(), "{} has no reason", case.compiled.id(piece.module));
            let reasons: BTreeSet<_> =
                piece.because.iter().map(|because| (&because.holding, because.since, &because.dose)).collect();
            prop_assert_eq!(reasons.len(), piece.because.len());
        }
    }

    /// Each step is due no later than any step that it locks.
    #[test]
    fn due_days_pass_down_to_what_is_built_on(case in medium()) {
        let path = case.path();
        for step in path.steps.iter().filter(|step| step.due.is_some()) {
            for lock in &step.locked_by {
                let below = path.steps.iter().find(|other| other.module == *lock).expect("locked by a step");
                prop_assert!(below.due.is_some() && below.due <= step.due);
            }
        }
    }

    #[test]
    fn the_pieces_lie_in_one_list_each(case in medium()) {
        let path = case.path();
        let pieces = path.steps.iter().chain(&path.held).chain(&path.recommended);
        let mut seen = BTreeSet::new();
        for piece in pieces {
            prop_assert!(seen.insert(piece.module), "{} is shown twice", case.compiled.id(piece.module));
        }
        let hours = |pieces: &[crate::engine::model::Step]| pieces.iter().map(|piece| piece.quarters).sum::<u32>();
        prop_assert_eq!(hours(&path.steps), path.quarters_left);
        prop_assert_eq!(hours(&path.held) + path.quarters_left, path.quarters_total);
    }
}
