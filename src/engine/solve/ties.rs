//! Among the cheapest answers, the one whose sorted names come first.
//!
//! Two answers of equal cost have equally many names, so the first is the one that holds the smallest name in which
//! they differ. Names are settled one by one from the smallest: is there a cheapest answer with it?

use super::bound::bound;
use super::branch::{Answer, Search, exclude};
use super::problem::Problem;
use super::reduce::{Fixed, reduce};

/// The first of the answers to `problem` that cost the same as `best`, which is known to be the cheapest.
///
/// When the budget ends, names not yet settled are as in the answer at hand.
pub(super) fn first(problem: Problem, best: Answer, search: &mut Search) -> Vec<u32> {
    let mut names = Vec::new();
    let mut open = vec![(problem, best)];
    while let Some((problem, best)) = open.pop() {
        let bound = bound(&problem);
        let mut fixed = vec![Fixed::Free; problem.len()];
        exclude(&bound, best.cost + 1, &mut fixed);
        let affordable = (0..problem.len()).filter(|&node| fixed[node] == Fixed::Free && !problem.is_part(node));
        let Some(node) = affordable.min_by_key(|&node| problem.name(node)) else {
            names.extend(best.names);
            continue;
        };
        let mut best = best;
        fixed[node] = Fixed::In;
        if !best.names.contains(&problem.name(node)) {
            match search.decided(&problem, fixed.clone(), best.cost + 1).best {
                Some(other) => best = other,
                None => fixed[node] = Fixed::Out,
            }
        }
        let Some(reduced) = reduce(&problem, fixed) else {
            names.extend(best.names);
            continue;
        };
        names.extend(&reduced.names);
        open.extend(reduced.rest.into_iter().map(|part| {
            let own = (0..part.len()).filter(|&node| !part.is_part(node) && best.names.contains(&part.name(node)));
            let cost = own.clone().map(|node| part.cost(node)).sum();
            let names = own.map(|node| part.name(node)).collect();
            (part, Answer { cost, names })
        }));
    }
    names
}
