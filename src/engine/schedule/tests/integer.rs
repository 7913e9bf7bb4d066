//! The last day of the best plan against an integer program, solved by a library that knows nothing of course days: for
//! questions that are too large to try every plan. Where pieces are left out the two are compared by how many deadlines
//! are missed.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use proptest::prelude::*;

use super::cases::{Case, Shape, case};
use super::laws::ask;
use crate::engine::schedule::calendar::{Day, Occasion, Part, week};
use crate::engine::schedule::solve::NODES;
use crate::engine::schedule::task::{Before, Given};

/// One variable for each occasion that could be used at all.
struct Program<'a> {
    case: &'a Case,
    problem: Problem,
    used: Vec<(&'a Occasion, usize, Variable)>,
}

/// The fewest deadlines missed.
fn fewest_late(case: &Case) -> u32 {
    let mut program = Program { case, problem: Problem::new(OptimizationDirection::Minimize), used: Vec::new() };
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
    program.late();
    let solution = program.problem.solve().expect("leaving all out works").into_solution().expect("no limit was set");
    solution.objective().round() as u32
}

impl Program<'_> {
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
