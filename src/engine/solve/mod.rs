//! The cheapest way to choose a root together with all that it needs, exactly.
//!
//! `reduce` draws consequences and pulls apart, `bound` proves what no answer can undercut, `branch` tries what is
//! left open, `ties` picks the first of equals. Nothing here knows of people or courses.

mod bound;
mod branch;
mod problem;
mod reduce;
mod ties;

use branch::Search;
pub(super) use problem::{PART, Problem};
use reduce::{Fixed, reduce};

/// An answer to a [`Problem`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Solution {
    /// The names of what is chosen, ascending.
    pub names: Vec<u32>,
    pub cost: u64,
    /// No answer costs less; equal to `cost` when the answer is proved to be the cheapest.
    pub lower: u64,
    /// Search nodes used.
    pub nodes: u64,
}

/// Solves `problem` within a budget of search nodes; none when nothing meets the root's needs.
///
/// With the budget kept, the answer is the cheapest, and of the cheapest the one whose names come first.
pub(super) fn cheapest(problem: &Problem, budget: u64) -> Option<Solution> {
    let mut search = Search::new(budget);
    let reduced = reduce(problem, vec![Fixed::Free; problem.len()])?;
    let mut solution = Solution { names: reduced.names, cost: reduced.cost, lower: reduced.cost, nodes: 0 };
    for part in reduced.rest {
        let found = search.part(&part);
        let Some(best) = found.best else { continue };
        solution.cost += best.cost;
        solution.lower += found.lower;
        let names = if found.lower == best.cost { ties::first(part, best, &mut search) } else { best.names };
        solution.names.extend(names);
    }
    if solution.cost > solution.lower {
        spare_names(problem, &mut solution);
    }
    solution.names.sort_unstable();
    solution.nodes = budget - search.nodes_left;
    Some(solution)
}

/// What a search that was stopped had only tried is dropped again when nothing needs it.
fn spare_names(problem: &Problem, solution: &mut Solution) {
    let named = |node: usize| problem.is_part(node) || solution.names.contains(&problem.name(node));
    let chosen = (0..problem.len()).map(named).collect();
    let kept = bound::spare(problem, chosen);
    solution.cost = kept.iter().map(|&node| problem.cost(node)).sum();
    solution.names = kept.into_iter().map(|node| problem.name(node)).collect();
}

#[cfg(test)]
mod tests;
