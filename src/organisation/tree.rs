//! Who is above whom. Pure.
//!
//! One rule decides who manages a person, and every list of "my people" follows from it: walk up from the
//! person's unit (and from every unit the person manages), leaving out all that lies below or at a unit that the
//! person manages on the way. The first unit with a manager gives the nearest managers; all of them give everybody
//! above. So co-managers of a unit do not manage each other, and nobody is managed from below.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::{Person, PersonId, Unit, UnitId};

/// How far down "my people" goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Everyone below me.
    #[default]
    Everyone,
    /// Only my direct reports.
    Direct,
}

/// All units and their managers.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    units: HashMap<UnitId, Unit>,
    /// Children in the order given to [`Tree::new`]; `None` holds the roots.
    children: HashMap<Option<UnitId>, Vec<UnitId>>,
    managers: HashMap<UnitId, Vec<PersonId>>,
    managed: HashMap<PersonId, Vec<UnitId>>,
}

impl Tree {
    /// `units` in the order they are to be shown in. A parent that is not among them makes a root.
    pub fn new(units: Vec<Unit>, managers: &[(UnitId, PersonId)]) -> Tree {
        let mut tree = Tree::default();
        let known: HashSet<UnitId> = units.iter().map(|unit| unit.id).collect();
        for mut unit in units {
            unit.parent = unit.parent.filter(|parent| known.contains(parent));
            tree.children.entry(unit.parent).or_default().push(unit.id);
            tree.units.insert(unit.id, unit);
        }
        for (unit, person) in managers {
            tree.managers.entry(*unit).or_default().push(*person);
            tree.managed.entry(*person).or_default().push(*unit);
        }
        tree
    }

    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(&id)
    }

    pub fn roots(&self) -> &[UnitId] {
        self.children.get(&None).map_or(&[], Vec::as_slice)
    }

    pub fn children(&self, unit: UnitId) -> &[UnitId] {
        self.children.get(&Some(unit)).map_or(&[], Vec::as_slice)
    }

    /// The people who manage `unit` itself.
    pub fn managers(&self, unit: UnitId) -> &[PersonId] {
        self.managers.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// The units that `person` manages herself.
    pub fn managed(&self, person: PersonId) -> &[UnitId] {
        self.managed.get(&person).map_or(&[], Vec::as_slice)
    }

    /// From `unit` to its root, nearest first, without `unit`.
    pub fn ancestors(&self, unit: UnitId) -> Vec<UnitId> {
        let mut above = Vec::new();
        let mut next = self.units.get(&unit).and_then(|u| u.parent);
        while let Some(id) = next.filter(|id| *id != unit && !above.contains(id)) {
            above.push(id);
            next = self.units.get(&id).and_then(|u| u.parent);
        }
        above
    }

    /// `units` and everything below them, each once, parents before children.
    pub fn below(&self, units: &[UnitId]) -> Vec<UnitId> {
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        let mut waiting: Vec<UnitId> = units.iter().rev().copied().collect();
        while let Some(unit) = waiting.pop() {
            if seen.insert(unit) {
                found.push(unit);
                waiting.extend(self.children(unit).iter().rev());
            }
        }
        found
    }

    /// The nearest managers of a person who belongs to `unit`; empty at the top. Sorted.
    pub fn managers_of(&self, person: PersonId, unit: Option<UnitId>) -> Vec<PersonId> {
        let mut found: Vec<PersonId> = self
            .lines_above(person, unit)
            .iter()
            .filter_map(|line| line.iter().find(|unit| !self.managers(**unit).is_empty()))
            .flat_map(|unit| self.managers(*unit).iter().copied())
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether `manager` is above a person who belongs to `unit`. Nobody manages herself.
    pub fn manages(&self, manager: PersonId, person: PersonId, unit: Option<UnitId>, reach: Reach) -> bool {
        match reach {
            Reach::Direct => self.managers_of(person, unit).contains(&manager),
            Reach::Everyone => {
                self.lines_above(person, unit).iter().flatten().any(|unit| self.managers(*unit).contains(&manager))
            }
        }
    }

    /// The units whose people, and whose managers, may be `manager`'s; [`Tree::manages`] decides each.
    pub fn units_under(&self, manager: PersonId) -> Vec<UnitId> {
        self.below(self.managed(manager))
    }

    /// Those of `people` that are `manager`'s, in the same order.
    pub fn team(&self, manager: PersonId, people: Vec<Person>, reach: Reach) -> Vec<Person> {
        people.into_iter().filter(|p| self.manages(manager, p.id, p.unit, reach)).collect()
    }

    /// Every unit from which a person who belongs to `unit` is managed; see the rule above. Sorted.
    pub fn units_above(&self, person: PersonId, unit: Option<UnitId>) -> Vec<UnitId> {
        let mut above = self.lines_above(person, unit).concat();
        above.sort_unstable();
        above.dedup();
        above
    }

    /// The lines of command above a person: from her unit, and from each unit she manages.
    fn lines_above(&self, person: PersonId, unit: Option<UnitId>) -> Vec<Vec<UnitId>> {
        let starts: HashSet<UnitId> = unit.into_iter().chain(self.managed(person).iter().copied()).collect();
        starts
            .into_iter()
            .map(|start| {
                let mut line = vec![start];
                line.extend(self.ancestors(start));
                let own = line.iter().rposition(|unit| self.managers(*unit).contains(&person));
                line.split_off(own.map_or(0, |last| last + 1))
            })
            .collect()
    }
}

/// A cycle in `parents` (child → parent) as the ids on it, beginning with the smallest; none when it is a forest.
pub fn find_cycle<K: Copy + Eq + Hash + Ord>(parents: &HashMap<K, K>) -> Option<Vec<K>> {
    let mut safe: HashSet<K> = HashSet::new();
    let mut starts: Vec<K> = parents.keys().copied().collect();
    starts.sort_unstable();
    for start in starts {
        let mut walked = vec![start];
        let mut at = start;
        while let Some(&parent) = parents.get(&at).filter(|_| !safe.contains(&at)) {
            if let Some(from) = walked.iter().position(|seen| *seen == parent) {
                let mut cycle = walked.split_off(from);
                let least = cycle.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(i, _)| i);
                cycle.rotate_left(least);
                return Some(cycle);
            }
            walked.push(parent);
            at = parent;
        }
        safe.extend(walked);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Region 1 (manager 10) → division 2 (20 and 21) → wards 3 (30) and 4 (no manager) → team 5 under 4 (50).
    fn tree() -> Tree {
        let unit =
            |id, parent| Unit { id, external_id: format!("u{id}"), name: format!("U{id}"), parent, ended_on: None };
        let units = vec![unit(1, None), unit(2, Some(1)), unit(3, Some(2)), unit(4, Some(2)), unit(5, Some(4))];
        Tree::new(units, &[(1, 10), (2, 20), (2, 21), (3, 30), (5, 50)])
    }

    #[track_caller]
    fn check_managers(person: PersonId, unit: UnitId, expected: &[PersonId]) {
        assert_eq!(tree().managers_of(person, Some(unit)), expected);
    }

    #[test]
    fn a_person_is_managed_by_the_managers_of_her_unit() {
        check_managers(99, 3, &[30]);
        check_managers(99, 2, &[20, 21]);
    }

    #[test]
    fn a_unit_without_manager_is_managed_from_the_nearest_above() {
        check_managers(99, 4, &[20, 21]);
    }

    #[test]
    fn a_manager_is_managed_from_above_wherever_she_belongs() {
        check_managers(30, 3, &[20, 21]);
        check_managers(20, 2, &[10]);
        check_managers(10, 1, &[]);
        check_managers(50, 1, &[10, 20, 21]);
    }

    #[test]
    fn nobody_is_managed_from_below_a_unit_she_manages() {
        check_managers(20, 3, &[10]);
        assert!(!tree().manages(30, 20, Some(3), Reach::Everyone));
        assert!(tree().manages(20, 30, Some(3), Reach::Everyone));
    }

    #[test]
    fn co_managers_do_not_manage_each_other_nor_themselves() {
        for (manager, person) in [(20, 21), (21, 20), (20, 20)] {
            assert!(!tree().manages(manager, person, Some(2), Reach::Everyone));
            assert!(!tree().manages(manager, person, Some(2), Reach::Direct));
        }
    }

    #[test]
    fn everyone_below_includes_the_deepest_and_direct_only_the_nearest() {
        assert!(tree().manages(10, 99, Some(5), Reach::Everyone));
        assert!(!tree().manages(10, 99, Some(5), Reach::Direct));
        assert!(tree().manages(20, 50, Some(5), Reach::Direct));
        assert!(!tree().manages(30, 99, Some(5), Reach::Everyone));
    }

    #[test]
    fn the_units_above_are_those_whose_managers_manage_her() {
        let check = |person, unit, expected: &[UnitId]| assert_eq!(tree().units_above(person, Some(unit)), expected);
        check(99, 5, &[1, 2, 4, 5]);
        check(30, 3, &[1, 2]);
        check(20, 2, &[1]);
        check(50, 1, &[1, 2, 4]);
    }

    #[test]
    fn a_person_without_unit_is_nobodys() {
        assert!(tree().managers_of(99, None).is_empty());
    }

    #[test]
    fn below_lists_each_unit_once_parents_first() {
        assert_eq!(tree().below(&[2, 3]), [2, 3, 4, 5]);
        assert_eq!(tree().ancestors(5), [4, 2, 1]);
    }

    #[test]
    fn a_cycle_in_the_data_never_loops() {
        let unit = |id, parent| Unit { id, external_id: String::new(), name: String::new(), parent, ended_on: None };
        let tree = Tree::new(vec![unit(1, Some(2)), unit(2, Some(1))], &[(1, 10)]);
        assert_eq!(tree.ancestors(1), [2]);
        assert_eq!(tree.below(&[1]), [1, 2]);
        assert_eq!(tree.managers_of(99, Some(2)), [10]);
    }

    #[test]
    fn a_cycle_is_found_and_told_from_its_smallest() {
        let parents = |pairs: &[(u8, u8)]| pairs.iter().copied().collect::<HashMap<_, _>>();
        assert_eq!(find_cycle(&parents(&[(1, 2), (2, 3), (4, 3)])), None);
        assert_eq!(find_cycle(&parents(&[(1, 3), (3, 2), (2, 3), (5, 1)])), Some(vec![2, 3]));
        assert_eq!(find_cycle(&parents(&[(7, 7)])), Some(vec![7]));
    }
}
