//! The solver against trying everything, on problems made so that bounds leave much open.

use proptest::prelude::*;

use super::*;
use crate::engine::sample::Dice;

/// Nodes with few earlier needs, and a root that wants some of many overlapping pairs and triples.
fn problem(nodes: u64, groups: u64, seed: u64) -> Problem {
    let mut dice = Dice(seed);
    let mut names: Vec<u32> = (0..nodes as u32).collect();
    dice.shuffle(&mut names);
    let mut problem = Problem::new();
    let group = |below: u64, dice: &mut Dice| {
        let wide = 2 + dice.below(2);
        let members: Vec<u32> = (0..wide).map(|_| dice.below(below) as u32).collect();
        (1 + u32::from(dice.percent(15)), members)
    };
    for node in 0..nodes {
        let needs: Vec<_> = (0..u64::from(node > 2 && dice.percent(30))).map(|_| group(node, &mut dice)).collect();
        let part = dice.percent(10);
        let (cost, name) = if part { (0, PART) } else { ((1 + dice.below(4)) << 16 | 1, names[node as usize]) };
        problem.add(cost, name, &needs);
    }
    let root: Vec<_> = (0..groups).map(|_| group(nodes, &mut dice)).collect();
    problem.add(0, PART, &root);
    problem
}

/// The best of all sets of named nodes: cost, names.
fn best(problem: &Problem) -> (u64, Vec<u32>) {
    let works = |set: u32| {
        let mut held = vec![false; problem.len()];
        for node in 0..problem.len() {
            let met =
                |(least, members): (usize, &[u32])| members.iter().filter(|&&m| held[m as usize]).count() >= least;
            let meets = problem.groups(node).all(met);
            if !problem.is_part(node) && set >> node & 1 == 1 && !meets {
                return false;
            }
            held[node] = meets && (problem.is_part(node) || set >> node & 1 == 1);
        }
        held[problem.root()]
    };
    let key = |set: u32| {
        let named = (0..problem.root()).filter(|&node| set >> node & 1 == 1 && !problem.is_part(node));
        let cost = named.clone().map(|node| problem.cost(node)).sum::<u64>();
        let mut names: Vec<u32> = named.map(|node| problem.name(node)).collect();
        names.sort_unstable();
        (cost, names)
    };
    (0..1 << problem.root()).filter(|&set| works(set)).map(key).min().expect("all together always works")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn the_solution_is_the_best_of_all_sets(nodes in 3..=12_u64, groups in 1..=14_u64, seed: u64) {
        let problem = problem(nodes, groups, seed);
        let solution = cheapest(&problem, 10_000).expect("solvable");
        prop_assert_eq!(solution.lower, solution.cost);
        prop_assert_eq!((solution.cost, solution.names), best(&problem));
    }

    #[test]
    fn a_stopped_search_tells_a_bound_that_holds(nodes in 8..=12_u64, groups in 6..=14_u64, seed: u64) {
        let problem = problem(nodes, groups, seed);
        let (stopped, full) = (cheapest(&problem, 1).expect("solvable"), cheapest(&problem, 10_000).expect("solvable"));
        prop_assert!(stopped.lower <= full.cost && full.cost <= stopped.cost);
    }
}

#[test]
fn the_samples_do_need_a_search() {
    let nodes = |seed| cheapest(&problem(12, 14, seed), 10_000).map_or(0, |solution| solution.nodes);
    let searched = (0..200).filter(|&seed| nodes(seed) > 0).count();
    assert!(searched > 50, "only {searched} of 200");
}
