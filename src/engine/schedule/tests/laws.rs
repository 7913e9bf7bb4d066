//! What must hold for every question.

use proptest::prelude::*;

use super::cases::{Case, Shape, case};
use super::oracle::{self, Key};
use crate::engine::model::ModuleIx;
use crate::engine::sample::Dice;
use crate::engine::schedule::calendar::{Calendar, NEVER, Occasion};
use crate::engine::schedule::group::group;
use crate::engine::schedule::reasons::{Cause, Missed, missed, without};
use crate::engine::schedule::solve::{NODES, Placing, solve};
use crate::engine::schedule::task::Task;

pub(super) fn ask(case: &Case, occasions: Vec<Occasion>, nodes: u64) -> (Vec<Option<i64>>, Placing) {
    let calendar = Calendar::new(occasions);
    let placing = solve(&Task::new(&calendar, case.pieces.clone(), case.terms.clone()), nodes);
    (placing.chosen.iter().map(|chosen| chosen.map(|at| calendar.occasions[at].id)).collect(), placing)
}

pub(super) fn key(placing: &Placing) -> Key {
    let score = placing.score;
    (score.late, score.left_out, score.finish, score.sum)
}

const SMALL: Shape = Shape { pieces: 6, occasions: 4, days: 24 };
const LARGE: Shape = Shape { pieces: 14, occasions: 9, days: 120 };

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_plan_is_better_than_the_one_that_is_told(seed: u64, pieces in 1..=6_usize, days in 6..40_u64) {
        let case = case(&Shape { pieces, days, ..SMALL }, seed);
        let (chosen, placing) = ask(&case, case.occasions.clone(), NODES);
        prop_assert!(placing.proved);
        prop_assert_eq!(oracle::judge(&case, &chosen), Some(key(&placing)), "a plan keeps every rule");
        prop_assert_eq!(key(&placing), oracle::best(&case));
    }

    #[test]
    fn a_plan_keeps_every_rule_also_when_there_was_no_time_to_look_for_the_best(seed: u64, nodes in 0..30_u64) {
        let case = case(&LARGE, seed);
        let (chosen, placing) = ask(&case, case.occasions.clone(), nodes);
        prop_assert_eq!(oracle::judge(&case, &chosen), Some(key(&placing)));
        let (_, best) = ask(&case, case.occasions.clone(), NODES);
        prop_assert!(key(&best) <= key(&placing));
        prop_assert!(!placing.proved || key(&best) == key(&placing));
    }

    #[test]
    fn more_occasions_never_make_a_plan_worse_nor_later_when_nothing_is_missed(seed: u64) {
        let case = case(&LARGE, seed);
        let mut dice = Dice(seed);
        let some: Vec<Occasion> = case.occasions.iter().filter(|_| dice.percent(70)).cloned().collect();
        let (_, fewer) = ask(&case, some, NODES);
        let (_, all) = ask(&case, case.occasions.clone(), NODES);
        prop_assume!(fewer.proved && all.proved);
        prop_assert!(key(&all) <= key(&fewer));
        if fewer.score.late == 0 && fewer.score.left_out == 0 {
            prop_assert!(all.score.finish <= fewer.score.finish);
        }
    }

    #[test]
    fn the_order_in_which_occasions_are_given_changes_nothing(seed: u64) {
        let case = case(&LARGE, seed);
        let mut shuffled = case.occasions.clone();
        Dice(seed).shuffle(&mut shuffled);
        prop_assert_eq!(ask(&case, shuffled, 200), ask(&case, case.occasions.clone(), 200));
    }
}

#[test]
fn the_cases_are_not_all_alike() {
    let answers: Vec<Placing> = (0..200)
        .map(|seed| {
            let case = case(&LARGE, seed);
            ask(&case, case.occasions.clone(), NODES).1
        })
        .collect();
    let count = |what: &dyn Fn(&Placing) -> bool| answers.iter().filter(|answer| what(answer)).count();
    assert!(count(&|answer| answer.nodes > 5) > 20, "collisions are met");
    assert!(count(&|answer| answer.score.late == 0) > 5);
    assert!(count(&|answer| answer.ends.contains(&NEVER)) > 20);
    assert!(count(&|answer| answer.proved) > 190, "{}", count(&|answer| answer.proved));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn thinking_away_the_causes_told_makes_the_deadline_possible_and_none_is_told_in_vain(seed: u64, days in 10..60_u64) {
        let case = case(&Shape { pieces: 7, occasions: 5, days }, seed);
        let calendar = Calendar::new(case.occasions.clone());
        let task = Task::new(&calendar, case.pieces.clone(), case.terms.clone());
        let placing = solve(&task, NODES);
        let missed = missed(&task, &placing);
        let late = (0..case.pieces.len()).filter(|&piece| case.pieces[piece].wanted && (placing.is_late(&task, piece) || placing.is_left_out(piece)));
        prop_assert_eq!(missed.iter().map(|missed| missed.piece).collect::<Vec<_>>(), late.collect::<Vec<_>>());
        for Missed { piece, due, causes, first } in missed {
            let only = only(&task, piece);
            let due = due.unwrap_or(NEVER - 1);
            let end = |causes: &[Cause]| solve(&without(&only, piece, causes), NODES).ends[piece];
            prop_assert_eq!(first.unwrap_or(NEVER), end(&[]), "the first day is that of the best plan for it alone");
            prop_assert!(!causes.is_empty());
            match &causes[..] {
                [Cause::Past] => prop_assert!(due < task.terms.today),
                [Cause::Others] => prop_assert!(end(&[]) <= due),
                _ => {
                    prop_assert!(end(&causes) <= due, "{:?}", causes);
                    for left in 0..causes.len() {
                        let fewer: Vec<Cause> = causes.iter().enumerate().filter(|(at, _)| *at != left).map(|(_, cause)| cause.clone()).collect();
                        prop_assert!(end(&fewer) > due, "{:?} is told in vain", causes[left]);
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    /// Each has a second path without one of the modules. Nobody sits where there is no seat, everybody who makes it
    /// keeps the rules of the path that is told, and no more make it than the bound says.
    #[test]
    fn other_paths_are_taken_by_the_rules_and_within_the_bound(seed: u64, people in 1..10_u64) {
        let shape = Shape { pieces: 5, occasions: 3, days: 60 };
        let shared = case(&shape, seed).occasions;
        let calendar = Calendar::new(shared.clone());
        let cases: Vec<Case> = (0..people).map(|who| Case { occasions: shared.clone(), ..case(&shape, seed ^ ((who + 1) << 20)) }).collect();
        let path = |case: &Case| Task::new(&calendar, case.pieces.clone(), case.terms.clone());
        let other = |at: usize, avoid: &[ModuleIx]| {
            let mut task = path(&cases[at]);
            let last = task.pieces.last()?.module;
            avoid.contains(&last).then(|| task.pieces.pop())?;
            Some(task)
        };
        let without = group(&calendar, cases.iter().map(path).collect(), &|_, _| None, &mut |_, _| ());
        let mut steps = Vec::new();
        let outcome = group(&calendar, cases.iter().map(path).collect(), &other, &mut |done, all| steps.push((done, all)));
        prop_assert!(outcome.makes <= outcome.at_most && outcome.around <= outcome.makes);
        prop_assert!(without.around == 0 && without.makes <= outcome.at_most);
        prop_assert_eq!(steps.last(), Some(&(2 * people as usize, 2 * people as usize)));
        let mut used = vec![0; calendar.occasions.len()];
        for (task, fate) in outcome.tasks.iter().zip(&outcome.fates).filter(|(_, fate)| fate.makes) {
            let chosen: Vec<Option<i64>> = fate.placing.chosen.iter().map(|chosen| chosen.map(|at| calendar.occasions[at].id)).collect();
            let case = Case { occasions: shared.clone(), pieces: task.pieces.clone(), terms: task.terms.clone() };
            let judged = oracle::judge(&case, &chosen);
            prop_assert!(judged.is_some_and(|(late, left_out, ..)| (late, left_out) == (0, 0)), "{judged:?}");
            fate.placing.chosen.iter().flatten().for_each(|&at| used[at] += 1);
        }
        prop_assert_eq!(&used, &outcome.used);
        prop_assert!(calendar.occasions.iter().zip(used).all(|(occasion, used)| occasion.free.is_none_or(|free| used <= free)));
    }
}

/// One piece as if nothing but it were asked for.
fn only<'a>(task: &Task<'a>, piece: usize) -> Task<'a> {
    let mut only = task.clone();
    for (at, other) in only.pieces.iter_mut().enumerate().filter(|(at, _)| *at != piece) {
        (other.wanted, other.due) = (false, other.due.filter(|_| at == piece));
    }
    only
}
