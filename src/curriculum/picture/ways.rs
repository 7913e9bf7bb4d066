//! The whole way of a module: everything that it builds on, step after step, and everything that builds on it.
//!
//! Every branch of a choice belongs to the way. A picture may leave modules out; the way leads through them, so that
//! it is the same in every picture.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::Graph;
use super::select::leaves;
use crate::curriculum::model::Curriculum;

/// How the modules of a picture follow each other in the whole curriculum. As the graph's nodes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ways {
    /// The next modules in the picture that each builds on, where those left out are passed through.
    pub next: Vec<Vec<usize>>,
    /// How many modules of the curriculum lie before and after each, in the picture or not.
    pub counts: Vec<(usize, usize)>,
}

/// One module's way within a picture. Indices of nodes, without the module itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    pub at: usize,
    pub before: BTreeSet<usize>,
    pub after: BTreeSet<usize>,
}

impl Way {
    pub fn has(&self, node: usize) -> bool {
        node == self.at || self.before.contains(&node) || self.after.contains(&node)
    }

    /// Whether the line from one module to another that builds on it is part of the way.
    pub fn has_line(&self, from: usize, to: usize) -> bool {
        let in_part = |part: &BTreeSet<usize>, node| node == self.at || part.contains(&node);
        [&self.before, &self.after].iter().any(|part| in_part(part, from) && in_part(part, to))
    }
}

impl Graph {
    pub fn way(&self, at: usize) -> Way {
        let before = reached(at, |node| self.ways.next[node].clone());
        let follows = |node| (0..self.nodes.len()).filter(|&other| self.ways.next[other].contains(&node)).collect();
        Way { at, before, after: reached(at, follows) }
    }
}

impl Ways {
    /// `shown`: the ids of the picture's modules, in their order.
    pub fn of(curriculum: &Curriculum, shown: &[&str]) -> Ways {
        let all = Direct::of(curriculum);
        let at = |id: &&str| all.index.get(*id).copied();
        let places: BTreeMap<usize, usize> =
            shown.iter().enumerate().filter_map(|(place, id)| Some((at(id)?, place))).collect();
        let next = |id: &&str| at(id).map_or_else(Vec::new, |module| all.next(module, &places));
        let counts = |id: &&str| {
            at(id).map_or((0, 0), |module| {
                let count = |steps: &[Vec<usize>]| reached(module, |node| steps[node].clone()).len();
                (count(&all.before), count(&all.after))
            })
        };
        Ways { next: shown.iter().map(next).collect(), counts: shown.iter().map(counts).collect() }
    }
}

/// The modules of a curriculum with those written in their prerequisites. Indices in its order.
struct Direct<'a> {
    index: BTreeMap<&'a str, usize>,
    before: Vec<Vec<usize>>,
    after: Vec<Vec<usize>>,
}

impl<'a> Direct<'a> {
    fn of(curriculum: &'a Curriculum) -> Direct<'a> {
        let modules = &curriculum.modules;
        let mut index = BTreeMap::new();
        modules.iter().enumerate().for_each(|(at, (id, _))| _ = index.entry(id.as_str()).or_insert(at));
        let (mut before, mut after) = (vec![Vec::new(); modules.len()], vec![Vec::new(); modules.len()]);
        for (to, (_, module)) in modules.iter().enumerate() {
            let mut written = Vec::new();
            leaves(&module.builds_on, &mut written);
            let known: BTreeSet<usize> = written.iter().filter_map(|id| index.get(id).copied()).collect();
            known.iter().for_each(|&from| after[from].push(to));
            before[to] = known.into_iter().collect();
        }
        Direct { index, before, after }
    }

    fn next(&self, module: usize, places: &BTreeMap<usize, usize>) -> Vec<usize> {
        let through = |node: usize| {
            let goes_on = node == module || !places.contains_key(&node);
            if goes_on { self.before[node].clone() } else { Vec::new() }
        };
        let mut next: Vec<usize> =
            reached(module, through).iter().filter_map(|node| places.get(node).copied()).collect();
        next.sort_unstable();
        next
    }
}

/// What lies beyond `start`, however many steps, and without it even when there is a circle.
fn reached(start: usize, steps: impl Fn(usize) -> Vec<usize>) -> BTreeSet<usize> {
    let (mut seen, mut open) = (BTreeSet::new(), steps(start));
    while let Some(node) = open.pop() {
        if node != start && seen.insert(node) {
            open.extend(steps(node));
        }
    }
    seen
}
