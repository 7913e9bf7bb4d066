//! What follows along: modules that nobody can avoid on the way to what is asked, and ways to choose between.
//!
//! The same closure as the engine's (a test holds them together), but over a curriculum that may have errors: unknown
//! names and the way back in a circle count as nothing. Equivalents are not looked at.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::{Asked, Cell, Way};
use crate::curriculum::model::{Curriculum, Needs};

/// What each row rests on.
pub(super) struct Follow<'a> {
    needs: Vec<&'a Needs>,
    at: &'a BTreeMap<&'a str, usize>,
    /// Everything certain below each row, without itself.
    below: Vec<FixedBitSet>,
}

impl<'a> Follow<'a> {
    pub(super) fn new(curriculum: &'a Curriculum, at: &'a BTreeMap<&'a str, usize>) -> Follow<'a> {
        static NONE: Needs = Needs::All(Vec::new());
        let mut needs = vec![&NONE; at.len()];
        for (id, module) in &curriculum.modules {
            if let Some(&row) = at.get(id.as_str()) {
                needs[row] = &module.builds_on;
            }
        }
        let mut follow = Follow { below: vec![FixedBitSet::with_capacity(at.len()); at.len()], needs, at };
        let mut state = vec![State::New; at.len()];
        (0..at.len()).for_each(|row| follow.visit(row, &mut state));
        follow
    }

    /// Marks in one column what follows from its `required` rows.
    pub(super) fn mark(&self, required: &[usize], cells: &mut [Cell]) {
        let mut closed = FixedBitSet::with_capacity(cells.len());
        for &row in required {
            closed.insert(row);
            for below in self.below[row].ones() {
                closed.insert(below);
                if cells[below].asked() != Asked::Required {
                    cells[below].follows.push(row);
                }
            }
        }
        for row in closed.ones() {
            self.ways(self.needs[row], row, &closed, cells);
        }
    }

    /// Marks the alternatives of choices that what is there already does not meet.
    fn ways(&self, needs: &Needs, to: usize, closed: &FixedBitSet, cells: &mut [Cell]) {
        match needs {
            Needs::Module(_) => {}
            Needs::All(parts) => parts.iter().for_each(|part| self.ways(part, to, closed, cells)),
            Needs::Any(_) | Needs::AtLeast(..) if self.met(needs, closed) => {}
            Needs::Any(parts) | Needs::AtLeast(_, parts) => {
                let mut of = Vec::new();
                parts.iter().for_each(|part| self.leaves(part, &mut of));
                let open = |row: &&usize| !closed.contains(**row) && cells[**row].asked() >= Asked::Recommended;
                let open: Vec<usize> = of.iter().filter(open).copied().collect();
                for row in open {
                    cells[row].way.get_or_insert_with(|| Way { to, of: of.clone() });
                }
            }
        }
    }

    fn met(&self, needs: &Needs, closed: &FixedBitSet) -> bool {
        match needs {
            Needs::Module(id) => self.at.get(id.as_str()).is_some_and(|&row| closed.contains(row)),
            Needs::All(parts) => parts.iter().all(|part| self.met(part, closed)),
            Needs::Any(parts) => parts.iter().any(|part| self.met(part, closed)),
            Needs::AtLeast(least, parts) => {
                parts.iter().filter(|part| self.met(part, closed)).count() >= *least as usize
            }
        }
    }

    fn leaves(&self, needs: &Needs, rows: &mut Vec<usize>) {
        match needs {
            Needs::Module(id) => match self.at.get(id.as_str()) {
                Some(row) if !rows.contains(row) => rows.push(*row),
                _ => {}
            },
            Needs::All(parts) | Needs::Any(parts) | Needs::AtLeast(_, parts) => {
                parts.iter().for_each(|part| self.leaves(part, rows));
            }
        }
    }

    fn visit(&mut self, row: usize, state: &mut [State]) {
        if state[row] != State::New {
            return;
        }
        state[row] = State::Open;
        let mut named = Vec::new();
        self.leaves(self.needs[row], &mut named);
        named.into_iter().for_each(|below| self.visit(below, state));
        let mut set = self.certain(self.needs[row]);
        set.set(row, false);
        self.below[row] = set;
        state[row] = State::Closed;
    }

    fn certain(&self, needs: &Needs) -> FixedBitSet {
        let all = |parts: &[Needs]| parts.iter().map(|part| self.certain(part)).collect::<Vec<_>>();
        match needs {
            Needs::Module(id) => {
                let mut set = FixedBitSet::with_capacity(self.at.len());
                if let Some(&row) = self.at.get(id.as_str()) {
                    set.union_with(&self.below[row]);
                    set.insert(row);
                }
                set
            }
            Needs::All(parts) => self.shared(parts.len(), &all(parts)),
            Needs::Any(parts) => self.shared(1, &all(parts)),
            Needs::AtLeast(least, parts) => self.shared(*least as usize, &all(parts)),
        }
    }

    /// What is in so many of the sets that leaving all of them out would leave fewer than `least`.
    fn shared(&self, least: usize, sets: &[FixedBitSet]) -> FixedBitSet {
        let mut shared = FixedBitSet::with_capacity(self.at.len());
        for row in 0..self.at.len() {
            let without = sets.iter().filter(|set| !set.contains(row)).count();
            shared.set(row, without < least.min(sets.len()));
        }
        shared
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Closed,
}
