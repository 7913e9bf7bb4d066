//! The engine's answer against an integer program, solved by a library that knows nothing of curricula: for curricula
//! that are too large to try every set of modules.

use chrono::NaiveDate;
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use proptest::prelude::*;

use super::mask::Mask;
use super::oracle::{Oracle, Tree};
use crate::engine::model::{Budget, Proof};
use crate::engine::sample::{self, Shape};
use crate::engine::{Compiled, path};

/// The fewest quarters with which everything that is asked for can be met.
fn fewest_quarters(oracle: &Oracle) -> u32 {
    let mut program = Problem::new(OptimizationDirection::Minimize);
    let taken: Vec<Variable> = oracle.quarters.iter().map(|cost| program.add_binary_var(f64::from(*cost))).collect();
    for (least, sets) in &oracle.demands {
        let open: Vec<&Mask> = sets.iter().filter(|set| !set.meets(oracle.valid)).collect();
        let held = sets.len() - open.len();
        let met: Vec<Variable> = open.iter().map(|set| one_of(&mut program, &taken, **set)).collect();
        at_least(&mut program, &met, least.saturating_sub(held), None);
    }
    for (module, needs) in oracle.needs.iter().enumerate() {
        implies(&mut program, &taken, oracle.ever, taken[module], needs);
    }
    let solution = program.solve().expect("everything can be met").into_solution().expect("no limit was set");
    solution.objective().round() as u32
}

/// A variable that is one only when some module of the set is taken.
fn one_of(program: &mut Problem, taken: &[Variable], set: Mask) -> Variable {
    let met = program.add_binary_var(0.0);
    let members = (0..taken.len()).filter(|at| set.has(*at)).map(|at| (taken[at], 1.0));
    let all: Vec<(Variable, f64)> = members.chain([(met, -1.0)]).collect();
    program.add_constraint(&all, ComparisonOp::Ge, 0.0);
    met
}

/// So many of these are one, when `when` is, or always.
fn at_least(program: &mut Problem, of: &[Variable], least: usize, when: Option<Variable>) {
    if least > 0 {
        let all = of.iter().map(|met| (*met, 1.0)).chain(when.map(|when| (when, -(least as f64))));
        let least = if when.is_some() { 0.0 } else { least as f64 };
        program.add_constraint(all.collect::<Vec<_>>(), ComparisonOp::Ge, least);
    }
}

/// When `when` is one, what the tree asks for is met.
fn implies(program: &mut Problem, taken: &[Variable], ever: Mask, when: Variable, tree: &Tree) {
    match tree {
        Tree::Module { held, .. } if held.meets(ever) => {}
        Tree::Module { taken: set, .. } => {
            let met = one_of(program, taken, *set);
            at_least(program, &[met], 1, Some(when));
        }
        Tree::AtLeast(least, parts) => {
            let met: Vec<Variable> = parts
                .iter()
                .map(|part| {
                    let met = program.add_binary_var(0.0);
                    implies(program, taken, ever, met, part);
                    met
                })
                .collect();
            at_least(program, &met, *least, Some(when));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(25))]

    #[test]
    fn the_path_costs_what_the_cheapest_solution_of_the_integer_program_costs(
        modules in 50..=300_usize, alternatives in 10..50_u64, equivalents in 0..15_u64, seed: u64
    ) {
        let today = NaiveDate::from_ymd_opt(2027, 3, 1).expect("a day");
        let curriculum = sample::curriculum(&Shape { modules, reach: 12, alternatives, equivalents, dose: 5 }, seed);
        let facts = sample::facts(&curriculum, today, seed);
        let compiled = Compiled::new(&curriculum).expect("samples are sound");
        let path = path(&compiled, &facts, today, &Budget::default());
        prop_assert_eq!(path.proof, Proof::Optimal);
        prop_assert_eq!(path.quarters_left, fewest_quarters(&Oracle::new(&curriculum, &facts, today)));
    }
}
