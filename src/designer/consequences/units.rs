//! Figures of units with everything below them. Pure.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::group::Named;
use crate::engine::impact::Figures;
use crate::organisation::Tree;

/// A unit with all below it, or those directly in a unit that has others below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    pub group: Named,
    pub figures: Figures,
    /// 0 at the top.
    pub depth: usize,
    /// The unit that it lies below.
    pub above: Option<i64>,
}

/// Every unit in which, or below which, something is left or changes: parents before what is below them, and of those
/// side by side the one first in which most people are affected. Everybody is in one unit at the most, so sums count
/// nobody twice. Those without a unit stand last.
pub fn branches(tree: &Tree, units: &BTreeMap<Option<i64>, Figures>) -> Vec<Branch> {
    let mut walk = Walk { tree, units, left: units.keys().copied().collect() };
    let mut found = walk.side_by_side(tree.roots(), 0);
    // Units that no root leads to, should there be such, and no unit.
    for unit in std::mem::take(&mut walk.left).into_iter().rev() {
        found.push(Branch { group: Named::Unit(unit), figures: units[&unit], depth: 0, above: None });
    }
    found
}

struct Walk<'a> {
    tree: &'a Tree,
    units: &'a BTreeMap<Option<i64>, Figures>,
    /// Not passed yet.
    left: BTreeSet<Option<i64>>,
}

impl Walk<'_> {
    fn side_by_side(&mut self, units: &[i64], depth: usize) -> Vec<Branch> {
        let mut found: Vec<Vec<Branch>> = units.iter().map(|unit| self.branch(*unit, depth)).collect();
        found.retain(|branch| !branch.is_empty());
        found.sort_by_key(|branch| Reverse(branch[0].figures.affected));
        found.into_iter().flatten().collect()
    }

    /// The unit, then what is below it; nothing when nothing is counted there.
    fn branch(&mut self, unit: i64, depth: usize) -> Vec<Branch> {
        let own = self.left.take(&Some(unit)).and_then(|unit| self.units.get(&unit)).copied();
        let mut below = self.side_by_side(self.tree.children(unit), depth + 1);
        let mut whole = own.unwrap_or_default();
        below.iter().filter(|branch| branch.depth == depth + 1).for_each(|branch| whole.merge(&branch.figures));
        if own.is_none() && below.is_empty() {
            return below;
        }
        if let (Some(figures), false) = (own, below.is_empty()) {
            below.insert(0, Branch { group: Named::Unit(Some(unit)), figures, depth: depth + 1, above: Some(unit) });
        }
        let above = self.tree.unit(unit).and_then(|unit| unit.parent);
        below.insert(0, Branch { group: Named::Branch(unit), figures: whole, depth, above });
        below
    }
}

/// The `most` of them in which most people are affected, still in their order and with all that they lie below.
pub fn largest(branches: Vec<Branch>, most: usize) -> Vec<Branch> {
    let mut order: Vec<usize> = (0..branches.len()).filter(|&at| branches[at].figures.affected > 0).collect();
    order.sort_by_key(|&at| (Reverse(branches[at].figures.affected), branches[at].depth, at));
    order.truncate(most);
    let kept: BTreeSet<usize> = order.into_iter().collect();
    branches.into_iter().enumerate().filter(|(at, _)| kept.contains(at)).map(|(_, branch)| branch).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::Unit;

    /// 1 has 2 and 3, 3 has 4; 5 is by itself; 6 and 7 are each other's parents.
    fn tree() -> Tree {
        let parents = [(1, None), (2, Some(1)), (3, Some(1)), (4, Some(3)), (5, None), (6, Some(7)), (7, Some(6))];
        let unit = |(id, parent): (i64, Option<i64>)| Unit {
            id,
            external_id: id.to_string(),
            name: format!("Enhet {id}"),
            parent,
            ended_on: None,
        };
        Tree::new(parents.map(unit).into(), &[])
    }

    fn told(branches: &[Branch]) -> Vec<String> {
        let name = |group: &Named| match group {
            Named::Branch(unit) => format!("{unit}+"),
            Named::Unit(Some(unit)) => unit.to_string(),
            _ => "-".into(),
        };
        branches.iter().map(|b| format!("{}{} {}", ".".repeat(b.depth), name(&b.group), b.figures.affected)).collect()
    }

    fn figures(affected: u32) -> Figures {
        Figures { affected, ..Figures::default() }
    }

    #[test]
    fn a_unit_counts_everything_below_it_and_nobody_is_left_out() {
        let check = |counted: &[(Option<i64>, u32)], expected: &[&str]| {
            let units = counted.iter().map(|(unit, affected)| (*unit, figures(*affected))).collect();
            let found = branches(&tree(), &units);
            assert_eq!(told(&found), expected);
            let top: u32 = found.iter().filter(|b| b.depth == 0).map(|b| b.figures.affected).sum();
            assert_eq!(top, counted.iter().map(|(_, affected)| affected).sum::<u32>());
        };
        check(&[], &[]);
        check(&[(Some(4), 3)], &["1+ 3", ".3+ 3", "..4+ 3"]);
        let all = [(None, 1), (Some(1), 2), (Some(2), 5), (Some(4), 3), (Some(5), 20), (Some(6), 4), (Some(99), 1)];
        let expected = ["5+ 20", "1+ 10", ".1 2", ".2+ 5", ".3+ 3", "..4+ 3", "99 1", "6 4", "- 1"];
        check(&all, &expected);
    }

    #[test]
    fn the_largest_are_shown_with_what_they_lie_below() {
        let units = BTreeMap::from([(Some(2), figures(1)), (Some(4), figures(3)), (Some(5), figures(0))]);
        let check = |most, expected: &[&str]| {
            assert_eq!(told(&largest(branches(&tree(), &units), most)), expected);
        };
        check(3, &["1+ 4", ".3+ 3", "..4+ 3"]);
        check(9, &["1+ 4", ".3+ 3", "..4+ 3", ".2+ 1"]);
        check(1, &["1+ 4"]);
    }
}
