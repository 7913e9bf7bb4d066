//! The last day of the best plan against an integer program, solved by a library that knows nothing of course days: for
//! questions that are too large to try every plan. Where pieces are left out the two are compared by how many deadlines
//! are missed.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use proptest::prelude::*;

use super::cases::{Case, Shape, case};
use super::laws::ask;
use crate::engine::sample::Dice;
use crate::engine::schedule::calendar::{Calendar, Day, NEVER, Occasion, Part, week};
use crate::engine::schedule::group::group;
use crate::engine::schedule::solve::NODES;
use crate::engine::schedule::task::{Before, Given, Task};

/// One variable for each occasion that could be used at all.
struct Program<'a, 'p> {
    case: &'a Case,
    problem: &'p mut Problem,
    used: Vec<(&'a Occasion, usize, Variable)>,
}

/// The fewest deadlines missed.
fn fewest_late(case: &Case) -> u32 {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let mut program = Program::new(case, &mut problem);
    program.late();
    let solution = problem.solve().expect("leaving all out works").into_solution().expect("no limit was set");
    solution.objective().round() as u32
}

impl<'a, 'p> Program<'a, 'p> {
    /// With the rules for one person.
    fn new(case: &'a Case, problem: &'p mut Problem) -> Program<'a, 'p> {
        let mut program = Program { case, problem, used: Vec::new() };
        for (at, piece) in case.pieces.iter().enumerate().filter(|(_, piece)| piece.given == Given::Occasions) {
            let own: Vec<&Occasion> =
                case.occasions.iter().filter(|one| one.module == piece.module && program.open(one)).collect();
            for occasion in own {
                let variable = program.problem.add_binary_var(0.0);
                program.used.push((occasion, at, variable));
            }
        }
        program.order();
        program.apart();
        program.calm();
        program
    }

    fn open(&self, occasion: &Occasion) -> bool {
        let terms = &self.case.terms;
        let away = |part: &Part| terms.away.iter().any(|(from, to)| (*from..=*to).contains(&part.day));
        let meets = |part: &Part| terms.kept.iter().any(|kept| kept.meets(*part));
        occasion.free != Some(0)
            && occasion.first() >= terms.from
            && !occasion.parts.iter().any(|part| away(part) || meets(part))
    }

    /// Each piece once, and each occasion only with what comes first.
    fn order(&mut self) {
        for at in 0..self.case.pieces.len() {
            let own: Vec<(Variable, f64)> =
                self.used.iter().filter(|(_, piece, _)| *piece == at).map(|(.., used)| (*used, 1.0)).collect();
            self.problem.add_constraint(&own, ComparisonOp::Le, 1.0);
        }
        for (occasion, piece, used) in self.used.clone() {
            let met = self.met(&self.case.pieces[piece].before.clone(), occasion.first());
            self.problem.add_constraint([(used, 1.0), (met, -1.0)], ComparisonOp::Le, 0.0);
        }
    }

    /// A variable that is one only when the expression is met before a day.
    fn met(&mut self, before: &Before, day: Day) -> Variable {
        let met = self.problem.add_binary_var(0.0);
        let mut sum = vec![(met, -1.0)];
        match before {
            Before::AtLeast(0, _) => return met,
            Before::Piece(piece) => match self.case.pieces[*piece].given {
                Given::Booked { last, .. } if last < day => return met,
                Given::Booked { .. } => {}
                Given::OwnPace => {
                    // Had on some day from which a day remains.
                    let below = self.case.pieces[*piece].before.clone();
                    if day > self.case.terms.from {
                        sum.push((self.met(&below, day - 1), 1.0));
                    }
                }
                Given::Occasions => {
                    let ended = self.used.iter().filter(|(one, at, _)| at == piece && one.last() < day);
                    sum.extend(ended.map(|(.., used)| (*used, 1.0)));
                }
            },
            Before::AtLeast(least, parts) => {
                sum[0].1 = -f64::from(*least);
                let parts: Vec<Variable> = parts.iter().map(|part| self.met(part, day)).collect();
                sum.extend(parts.into_iter().map(|part| (part, 1.0)));
            }
        }
        self.problem.add_constraint(&sum, ComparisonOp::Ge, 0.0);
        met
    }

    fn apart(&mut self) {
        for (at, (one, _, used)) in self.used.iter().enumerate() {
            for (other, _, too) in &self.used[at + 1..] {
                if one.parts.iter().any(|part| other.parts.iter().any(|against| part.meets(*against))) {
                    self.problem.add_constraint([(*used, 1.0), (*too, 1.0)], ComparisonOp::Le, 1.0);
                }
            }
        }
    }

    fn calm(&mut self) {
        let Some(most) = self.case.terms.days_a_week else { return };
        let mut kept: Vec<Day> = self.case.terms.kept.iter().map(|part| part.day).collect();
        kept.sort_unstable();
        kept.dedup();
        let mut days: Vec<Day> = self.used.iter().flat_map(|(one, ..)| one.parts.iter().map(|part| part.day)).collect();
        days.sort_unstable();
        days.dedup();
        days.retain(|day| !kept.contains(day));
        let mut weeks: Vec<(i32, Vec<(Variable, f64)>)> = Vec::new();
        for day in days {
            let taken = self.problem.add_binary_var(0.0);
            for (one, _, used) in &self.used {
                if one.parts.iter().any(|part| part.day == day) {
                    self.problem.add_constraint([(*used, 1.0), (taken, -1.0)], ComparisonOp::Le, 0.0);
                }
            }
            match weeks.last_mut().filter(|(known, _)| *known == week(day)) {
                Some((_, taken_days)) => taken_days.push((taken, 1.0)),
                None => weeks.push((week(day), vec![(taken, 1.0)])),
            }
        }
        for (number, taken) in weeks {
            let own = kept.iter().filter(|day| week(**day) == number).count();
            let room = usize::from(most).saturating_sub(own);
            self.problem.add_constraint(&taken, ComparisonOp::Le, room as f64);
        }
    }

    /// What is to be least.
    fn late(&mut self) {
        for at in 0..self.case.pieces.len() {
            let piece = &self.case.pieces[at];
            let Some(due) = piece.due.filter(|_| piece.wanted) else { continue };
            let on_time = self.met(&Before::Piece(at), due + 1);
            let late = self.problem.add_binary_var(1.0);
            self.problem.add_constraint([(late, 1.0), (on_time, 1.0)], ComparisonOp::Ge, 1.0);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(25))]

    #[test]
    fn as_few_deadlines_are_missed_as_the_integer_program_misses(
        seed: u64, pieces in 8..=18_usize, occasions in 3..8_u64, days in 30..150_u64
    ) {
        let case = case(&Shape { pieces, occasions, days }, seed);
        let (_, placing) = ask(&case, case.occasions.clone(), NODES);
        prop_assume!(placing.proved);
        prop_assert_eq!(placing.score.late, fewest_late(&case));
    }
}

/// The most of a group who make it, and who they are does not matter.
fn most(group: &[Case]) -> usize {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let mut seats: BTreeMap<i64, (Option<u32>, Vec<(Variable, f64)>)> = BTreeMap::new();
    for case in group {
        let makes = problem.add_binary_var(1.0);
        let mut program = Program::new(case, &mut problem);
        for (at, piece) in case.pieces.iter().enumerate().filter(|(_, piece)| piece.wanted) {
            let in_time = program.met(&Before::Piece(at), piece.due.map_or(NEVER, |due| due + 1));
            program.problem.add_constraint([(makes, 1.0), (in_time, -1.0)], ComparisonOp::Le, 0.0);
        }
        for (occasion, _, used) in program.used {
            seats.entry(occasion.id).or_insert((occasion.free, Vec::new())).1.push((used, 1.0));
        }
    }
    for (free, used) in seats.into_values() {
        if let Some(free) = free {
            problem.add_constraint(&used, ComparisonOp::Le, f64::from(free));
        }
    }
    let solution = problem.solve().expect("nobody making it works").into_solution().expect("no limit was set");
    solution.objective().round() as usize
}

/// People with paths and wishes of their own on the same occasions.
fn people(seed: u64, how_many: u64) -> Vec<Case> {
    let shape = Shape { pieces: 5, occasions: 4, days: 60 };
    let occasions = case(&shape, seed).occasions;
    let last = occasions.iter().map(Occasion::last).max().unwrap_or_default();
    let person = |who: u64| {
        let own_seed = seed ^ (who + 1) << 32;
        let (mut own, mut dice) = (case(&shape, own_seed), Dice(own_seed));
        own.occasions = occasions.clone();
        for piece in &mut own.pieces {
            let given = occasions.iter().any(|occasion| occasion.module == piece.module && occasion.free != Some(0));
            piece.given = Given::Occasions;
            piece.wanted = given && dice.percent(45);
            piece.due = piece.due.map(|due| due.max(last - 25));
            if dice.percent(70) {
                piece.before = Before::nothing();
            }
        }
        own
    };
    (0..how_many).map(person).collect()
}

#[test]
fn a_group_is_never_better_than_the_bound_and_close_to_what_an_integer_program_finds() {
    let (mut found, mut best, mut bound, mut short) = (0, 0, 0, 0);
    for seed in 0..60 {
        let people = people(seed, 8);
        let calendar = Calendar::new(people[0].occasions.clone());
        let tasks: Vec<Task> =
            people.iter().map(|case| Task::new(&calendar, case.pieces.clone(), case.terms.clone())).collect();
        let outcome = group(&calendar, tasks, &|_, _| None, &mut |_, _| ());
        let most = most(&people);
        assert!(
            outcome.makes <= most && most <= outcome.at_most,
            "seed {seed}: {} {most} {}",
            outcome.makes,
            outcome.at_most
        );
        for (occasion, used) in calendar.occasions.iter().zip(&outcome.used) {
            assert!(occasion.free.is_none_or(|free| *used <= free), "no seat is given twice");
        }
        (found, best, bound) = (found + outcome.makes, best + most, bound + outcome.at_most);
        short += usize::from(outcome.makes < most);
    }
    println!("groups of 8: {found} make it, {best} could, at most {bound}; {short} of 60 groups are short of the best");
    assert!(best > 60, "enough of them make it: {best}");
    // The gap that is stated: 24 of 25 whom the best way of giving out the seats lets make it.
    assert!(found * 25 >= best * 24, "{found} of {best}");
    assert!(bound * 100 <= best * 103, "{bound} for {best}");
}
