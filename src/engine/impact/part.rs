//! What leaves a choice, put to the exact solver in parts that share nothing, each answer remembered.
//!
//! An answer depends only on what is open, on the modules that might still be taken for it (its region), and on which
//! of what those build on is had or taken. Regions are small, so that thousands of people share an answer.

use std::collections::HashMap;

use fixedbitset::FixedBitSet;

use super::fast::Fast;
use crate::engine::Compiled;
use crate::engine::goal::plan_rest;
use crate::engine::model::{Budget, ModuleIx, Proof};

/// What somebody has and takes, by module.
#[derive(Clone, Copy)]
pub(super) struct Sets<'a> {
    pub ever: &'a FixedBitSet,
    pub valid: &'a FixedBitSet,
    pub taken: &'a FixedBitSet,
}

/// Something that is not met by what is had and what is certain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Open {
    /// What this module, which is taken, builds on.
    Before(u16),
    /// Still so many of these, or of what counts as them.
    Some { least: u32, from: Box<[u16]> },
}

/// What belongs together because it may lean on the same modules.
pub(super) struct Part {
    /// What might be taken.
    pub region: FixedBitSet,
    /// The same and where it ends: what is had or taken already.
    pub seen: FixedBitSet,
    open: Vec<Open>,
}

impl Part {
    /// Walks down from `open` as far as something is missing.
    pub(super) fn new(compiled: &Compiled, open: Open, sets: Sets<'_>) -> Part {
        let none = FixedBitSet::with_capacity(compiled.modules().len());
        let mut walk = Walk { sets, region: none.clone(), seen: none, waiting: Vec::new() };
        match &open {
            Open::Before(module) => walk.waiting.push(ModuleIx(*module)),
            Open::Some { from, .. } => {
                for &member in from {
                    let member = ModuleIx(member);
                    // What has lapsed can be taken again, and what it builds on with it.
                    compiled.equivalents(member).iter().chain([&member]).for_each(|&way| walk.meet(way));
                }
            }
        }
        while let Some(asker) = walk.waiting.pop() {
            compiled.need(asker).for_each(&mut |named| {
                walk.seen.insert(usize::from(named.0));
                if !sets.ever.contains(usize::from(named.0)) {
                    compiled.stand_ins(asker, named).chain([named]).for_each(|way| walk.meet(way));
                }
            });
        }
        Part { region: walk.region, seen: walk.seen, open: vec![open] }
    }

    pub(super) fn join(&mut self, other: Part) {
        self.region.union_with(&other.region);
        self.seen.union_with(&other.seen);
        self.open.extend(other.open);
    }

    /// What is open, what might be taken for it, and what is had or taken where that ends.
    fn key(&self, key: &mut Vec<usize>, sets: Sets<'_>) {
        key.clear();
        for open in &self.open {
            match open {
                Open::Before(module) => key.push(usize::from(*module)),
                Open::Some { least, from } => {
                    key.extend([usize::MAX, *least as usize, from.len()]);
                    key.extend(from.iter().map(|&module| usize::from(module)));
                }
            }
        }
        key.push(usize::MAX);
        let had = sets.ever.as_slice().iter().zip(sets.taken.as_slice());
        for (word, (seen, (ever, taken))) in self.seen.as_slice().iter().zip(had).enumerate() {
            if *seen != 0 {
                key.extend([word, *seen, ever & seen, taken & seen]);
            }
        }
    }
}

struct Walk<'a> {
    sets: Sets<'a>,
    region: FixedBitSet,
    seen: FixedBitSet,
    waiting: Vec<ModuleIx>,
}

impl Walk<'_> {
    fn meet(&mut self, way: ModuleIx) {
        let index = usize::from(way.0);
        self.seen.insert(index);
        if !self.sets.taken.contains(index) && !self.region.put(index) {
            self.waiting.push(way);
        }
    }
}

/// The best modules to take, and whether that is proved.
#[derive(Debug, Clone)]
pub(super) struct Best {
    pub modules: Box<[u16]>,
    pub proved: bool,
}

/// The answers so far.
#[derive(Debug, Default)]
pub(super) struct Solved {
    answers: HashMap<Box<[usize]>, Best, Fast>,
    key: Vec<usize>,
}

impl Solved {
    pub(super) fn best(&mut self, compiled: &Compiled, part: &mut Part, sets: Sets<'_>) -> Best {
        part.open.sort_unstable();
        part.open.dedup();
        part.key(&mut self.key, sets);
        if let Some(best) = self.answers.get(&self.key[..]) {
            return best.clone();
        }
        let best = solve(compiled, part, sets);
        self.answers.insert(self.key.clone().into_boxed_slice(), best.clone());
        best
    }
}

fn solve(compiled: &Compiled, part: &Part, sets: Sets<'_>) -> Best {
    let (mut wanted, mut askers) = (Vec::new(), Vec::new());
    for open in &part.open {
        match open {
            Open::Before(module) => askers.push(ModuleIx(*module)),
            Open::Some { least, from } => wanted.push((*least, from.iter().map(|&module| ModuleIx(module)).collect())),
        }
    }
    let (modules, proof) = plan_rest(compiled, sets.ever, sets.taken, wanted, &askers, &Budget::default());
    Best { modules: modules.into_iter().map(|module| module.0).collect(), proved: proof == Proof::Optimal }
}
