//! Branch and bound: what the bound leaves open is decided by trying.
//!
//! Depth first; every subproblem is reduced and pulled apart first, so that open questions that do not touch each
//! other add up instead of multiplying.

use super::bound::{Bound, bound};
use super::problem::Problem;
use super::reduce::{Fixed, Reduced, reduce};

/// What is left of the budget.
pub(super) struct Search {
    pub nodes_left: u64,
    depth: u32,
}

/// Deeper than any real question; keeps hostile ones from using up the stack.
const DEEPEST: u32 = 200;

/// What a search found below its limit.
pub(super) struct Found {
    /// No answer costs less. With an answer of this cost it is proved to be the cheapest.
    pub lower: u64,
    pub best: Option<Answer>,
}

#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub cost: u64,
    pub names: Vec<u32>,
}

impl Search {
    pub(super) fn new(nodes: u64) -> Search {
        Search { nodes_left: nodes, depth: 0 }
    }

    /// The cheapest answer to one part. There always is one, proved or not.
    pub(super) fn part(&mut self, problem: &Problem) -> Found {
        self.one(problem, bound(problem), u64::MAX)
    }

    /// The cheapest answer to what is left of a problem, among those that cost less than `limit`.
    ///
    /// The parts do not touch, so each is searched below what the bounds of the others leave of the limit.
    pub(super) fn all(&mut self, reduced: &Reduced, limit: u64) -> Found {
        let bounds: Vec<Bound> = reduced.rest.iter().map(bound).collect();
        let mut lower = reduced.cost + bounds.iter().map(|bound| bound.lower).sum::<u64>();
        let mut best = Answer { cost: reduced.cost, names: reduced.names.clone() };
        let mut complete = true;
        for (part, bound) in reduced.rest.iter().zip(bounds) {
            if lower >= limit {
                return Found { lower, best: None };
            }
            let others = lower - bound.lower;
            let found = self.one(part, bound, limit - others);
            lower = others + found.lower;
            match found.best {
                Some(answer) => {
                    best.cost += answer.cost;
                    best.names.extend(answer.names);
                }
                None => complete = false,
            }
        }
        Found { lower, best: (complete && best.cost < limit).then_some(best) }
    }

    /// The cheapest answer to one part, among those that cost less than `limit`.
    fn one(&mut self, problem: &Problem, bound: Bound, limit: u64) -> Found {
        let best = (bound.cost < limit)
            .then(|| Answer { cost: bound.cost, names: bound.answer.iter().map(|&node| problem.name(node)).collect() });
        let limit = limit.min(bound.cost);
        if bound.lower >= limit || self.nodes_left == 0 || self.depth == DEEPEST {
            return Found { lower: bound.lower, best };
        }
        self.nodes_left -= 1;
        self.depth += 1;
        let mut fixed = vec![Fixed::Free; problem.len()];
        let found = match exclude(&bound, limit, &mut fixed) {
            true => self.decided(problem, fixed, limit),
            false => self.branch(problem, open_question(&bound), limit),
        };
        self.depth -= 1;
        let lower = found.lower.min(limit).max(bound.lower);
        Found { lower, best: found.best.or(best) }
    }

    fn branch(&mut self, problem: &Problem, node: usize, limit: u64) -> Found {
        let mut found = Found { lower: u64::MAX, best: None };
        let mut limit = limit;
        for way in [Fixed::In, Fixed::Out] {
            let mut fixed = vec![Fixed::Free; problem.len()];
            fixed[node] = way;
            let side = self.decided(problem, fixed, limit);
            found.lower = found.lower.min(side.lower);
            if let Some(answer) = side.best {
                limit = answer.cost;
                found.best = Some(answer);
            }
        }
        found
    }

    /// The cheapest answer below `limit` that keeps to `fixed`.
    pub(super) fn decided(&mut self, problem: &Problem, fixed: Vec<Fixed>, limit: u64) -> Found {
        match reduce(problem, fixed) {
            Some(reduced) => self.all(&reduced, limit),
            None => Found { lower: u64::MAX, best: None },
        }
    }
}

/// Leaves out every node that no answer below `limit` can afford; tells whether there was any.
pub(super) fn exclude(bound: &Bound, limit: u64, fixed: &mut [Fixed]) -> bool {
    let mut any = false;
    for (fixed, left) in fixed.iter_mut().zip(&bound.left) {
        if bound.lower + left >= limit {
            *fixed = Fixed::Out;
            any = true;
        }
    }
    any
}

/// The node of the bound's answer that is charged most by cuts which the answer pays more than once: what the gap
/// between the bound and the answer comes from.
fn open_question(bound: &Bound) -> usize {
    let mut blame = std::collections::BTreeMap::<usize, u64>::new();
    for (raise, cut) in &bound.cuts {
        let paid = || cut.iter().map(|&node| node as usize).filter(|node| bound.answer.contains(node));
        if paid().count() > 1 {
            paid().for_each(|node| *blame.entry(node).or_default() += raise);
        }
    }
    let most = blame.into_iter().max_by_key(|&(node, blame)| (blame, std::cmp::Reverse(node)));
    most.map_or(bound.answer[0], |(node, _)| node)
}
