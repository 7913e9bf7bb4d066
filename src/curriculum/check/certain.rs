//! What is certainly fulfilled once a prerequisite is: the sound core of several checks.

use std::collections::HashMap;

use fixedbitset::FixedBitSet;
use petgraph::algo::toposort;
use petgraph::graphmap::DiGraphMap;

use super::Look;
use super::cycles::prerequisites;
use super::needs::count;
use crate::curriculum::model::Needs;

/// For each module, the names that are certainly fulfilled when its prerequisites are.
///
/// A name is fulfilled by the module itself or by one of its equivalents. What holds only in one of several
/// alternatives is not certain.
pub(super) struct Certain<'a> {
    names: Vec<&'a str>,
    index: HashMap<&'a str, usize>,
    /// For each module, those that count as it, itself first.
    holders: Vec<Vec<usize>>,
    /// For each module, the names that having it fulfils.
    fulfils: Vec<FixedBitSet>,
    /// For each module, the names that its `builds_on` makes certain.
    before: Vec<FixedBitSet>,
}

impl<'a> Certain<'a> {
    /// None when modules build on themselves.
    pub fn of(look: &Look<'a>) -> Option<Certain<'a>> {
        let names: Vec<&str> = look.modules.keys().copied().collect();
        let index: HashMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
        let mut graph: DiGraphMap<usize, ()> = DiGraphMap::new();
        for at in 0..names.len() {
            graph.add_node(at);
        }
        for (from, to, ..) in prerequisites(look) {
            graph.add_edge(index[from], index[to], ());
        }
        let order = toposort(&graph, None).ok()?;
        let empty = FixedBitSet::with_capacity(names.len());
        let mut certain = Certain {
            holders: (0..names.len()).map(|at| vec![at]).collect(),
            fulfils: vec![empty.clone(); names.len()],
            before: vec![empty; names.len()],
            names,
            index,
        };
        certain.equivalents(look);
        for at in order.into_iter().rev() {
            let needs = &look.modules[certain.names[at]].builds_on;
            certain.before[at] = certain.when(at, needs);
        }
        Some(certain)
    }

    fn equivalents(&mut self, look: &Look<'a>) {
        for (at, name) in self.names.iter().enumerate() {
            self.fulfils[at].insert(at);
            for equivalent in &look.modules[name].equivalent {
                if let Some(&other) = self.index.get(equivalent.as_str()).filter(|&&other| other != at) {
                    self.holders[at].push(other);
                    self.fulfils[other].insert(at);
                }
            }
        }
    }

    /// What is certain when the module called `id` can be begun.
    pub fn before(&self, id: &str) -> impl Iterator<Item = &'a str> {
        let set = self.index.get(id).map(|&at| &self.before[at]);
        set.into_iter().flat_map(|set| set.ones()).map(|at| self.names[at])
    }

    /// Adds to `set` what is certain when the name `id` is fulfilled, `id` included.
    pub fn add(&self, set: &mut FixedBitSet, id: &str) {
        set.grow(self.names.len());
        set.union_with(&self.when(usize::MAX, &Needs::Module(id.to_owned())));
    }

    /// The names in a set made by [`Certain::add`].
    pub fn names(&self, set: &FixedBitSet) -> impl Iterator<Item = &'a str> {
        set.ones().map(|at| self.names[at])
    }

    /// Whether `this` being fulfilled makes certain that `that` is, as prerequisites of `id`.
    pub fn implies(&self, id: &str, this: &Needs, that: &Needs) -> bool {
        let own = self.index.get(id).copied().unwrap_or(usize::MAX);
        self.fulfilled(that, &self.when(own, this))
    }

    fn fulfilled(&self, needs: &Needs, certain: &FixedBitSet) -> bool {
        if let Needs::Module(id) = needs {
            return self.index.get(id.as_str()).is_some_and(|&at| certain.contains(at));
        }
        let (least, parts) = count(needs);
        parts.iter().filter(|part| self.fulfilled(part, certain)).count() >= least
    }

    /// What `needs` makes certain for the module at `own`, which cannot fulfil its own prerequisites.
    fn when(&self, own: usize, needs: &Needs) -> FixedBitSet {
        let mut certain = FixedBitSet::with_capacity(self.names.len());
        if let Needs::Module(id) = needs {
            let Some(&at) = self.index.get(id.as_str()) else { return certain };
            let mut holders = self.holders[at].iter().filter(|&&holder| holder != own).map(|&holder| {
                let mut set = self.before[holder].clone();
                set.union_with(&self.fulfils[holder]);
                set
            });
            certain = holders.next().unwrap_or(certain);
            holders.for_each(|set| certain.intersect_with(&set));
            return certain;
        }
        let (least, parts) = count(needs);
        let sets: Vec<FixedBitSet> = parts.iter().map(|part| self.when(own, part)).collect();
        // At least `least` parts are fulfilled, so a name missing from fewer than that many cannot be avoided.
        for at in 0..self.names.len() {
            let with = sets.iter().filter(|set| set.contains(at)).count();
            certain.set(at, least > 0 && with + least > sets.len() && with > 0);
        }
        certain
    }
}
