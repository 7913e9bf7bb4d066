//! What leaves a choice: asked of the exact solver in parts that share nothing, each answer remembered.
//!
//! An answer depends only on what is open and on what of its region (all that can be built on from there) is had or
//! taken. Regions are small, so that thousands of people share an answer.

use std::collections::HashMap;

use fixedbitset::FixedBitSet;

use crate::engine::Compiled;
use crate::engine::compile::Need;
use crate::engine::goal::plan_rest;
use crate::engine::model::{Budget, ModuleIx, Proof};

/// Something that is not met by what is had and what is certain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Open {
    /// Still so many of these, or of what counts as them.
    Demand(u32, Vec<ModuleIx>),
    /// What this module, which is taken, builds on.
    Asker(ModuleIx),
}

/// The answers so far for one version.
pub(super) struct Memo<'a> {
    compiled: &'a Compiled,
    answers: HashMap<Vec<u32>, (Vec<ModuleIx>, bool)>,
    /// By module, once asked for: itself and all that it might build on.
    below: Vec<Option<FixedBitSet>>,
}

impl<'a> Memo<'a> {
    pub(super) fn new(compiled: &'a Compiled) -> Memo<'a> {
        Memo { compiled, answers: HashMap::new(), below: vec![None; compiled.modules().len()] }
    }

    /// Whether `asker` can be taken with what was ever held and what is taken.
    pub(super) fn met(&self, ever: &FixedBitSet, taken: &FixedBitSet, asker: ModuleIx) -> bool {
        met(self.compiled, ever, taken, asker, self.compiled.need(asker))
    }

    /// Calls `each` with the best modules to take for each part of `open`, and whether that is proved.
    pub(super) fn solve(
        &mut self,
        ever: &FixedBitSet,
        taken: &FixedBitSet,
        open: Vec<Open>,
        mut each: impl FnMut(&[ModuleIx], bool),
    ) {
        for (region, mut part) in self.parts(open) {
            part.sort_unstable();
            part.dedup();
            let key = key(&region, &part, ever, taken);
            let compiled = self.compiled;
            let (modules, proved) = self.answers.entry(key).or_insert_with(|| answer(compiled, ever, taken, part));
            each(modules, *proved);
        }
    }

    /// Those whose regions touch belong together.
    fn parts(&mut self, open: Vec<Open>) -> Vec<(FixedBitSet, Vec<Open>)> {
        let mut parts: Vec<(FixedBitSet, Vec<Open>)> = Vec::new();
        for open in open {
            let mut region = self.region(&open);
            let mut members = vec![open];
            let mut apart = Vec::with_capacity(parts.len() + 1);
            for (other, others) in parts {
                if other.is_disjoint(&region) {
                    apart.push((other, others));
                } else {
                    region.union_with(&other);
                    members.extend(others);
                }
            }
            apart.push((region, members));
            parts = apart;
        }
        parts
    }

    fn region(&mut self, open: &Open) -> FixedBitSet {
        let mut region = FixedBitSet::with_capacity(self.compiled.modules().len());
        match open {
            Open::Asker(module) => region.union_with(self.below(*module)),
            Open::Demand(_, from) => {
                for &module in from {
                    let compiled = self.compiled;
                    for &way in compiled.equivalents(module).iter().chain([&module]) {
                        region.union_with(self.below(way));
                    }
                }
            }
        }
        region
    }

    fn below(&mut self, module: ModuleIx) -> &FixedBitSet {
        let compiled = self.compiled;
        self.below[usize::from(module.0)].get_or_insert_with(|| below(compiled, module))
    }
}

/// `module` and everything that taking it may be a matter of.
fn below(compiled: &Compiled, module: ModuleIx) -> FixedBitSet {
    let mut region = FixedBitSet::with_capacity(compiled.modules().len());
    let mut open = vec![module];
    while let Some(module) = open.pop() {
        if !region.put(usize::from(module.0)) {
            compiled.need(module).for_each(&mut |named| {
                open.push(named);
                open.extend(compiled.equivalents(named));
            });
        }
    }
    region
}

/// What is open, and what of the region is had or taken.
fn key(region: &FixedBitSet, part: &[Open], ever: &FixedBitSet, taken: &FixedBitSet) -> Vec<u32> {
    let mut key = Vec::new();
    for open in part {
        match open {
            Open::Asker(module) => key.push(u32::from(module.0)),
            Open::Demand(least, from) => {
                key.push(1 << 31 | (*least).min(0xffff) << 16 | from.len().min(0xffff) as u32);
                key.extend(from.iter().map(|module| u32::from(module.0)));
            }
        }
    }
    key.push(u32::MAX);
    for module in region.ones() {
        let (ever, taken) = (ever.contains(module), taken.contains(module));
        if ever || taken {
            key.push(module as u32 | u32::from(ever) << 16 | u32::from(taken) << 17);
        }
    }
    key
}

fn answer(compiled: &Compiled, ever: &FixedBitSet, taken: &FixedBitSet, part: Vec<Open>) -> (Vec<ModuleIx>, bool) {
    let (mut wanted, mut askers) = (Vec::new(), Vec::new());
    for open in part {
        match open {
            Open::Demand(least, from) => wanted.push((least, from)),
            Open::Asker(module) => askers.push(module),
        }
    }
    let (modules, proof) = plan_rest(compiled, ever, taken, wanted, &askers, &Budget::default());
    (modules, proof == Proof::Optimal)
}

fn met(compiled: &Compiled, ever: &FixedBitSet, taken: &FixedBitSet, asker: ModuleIx, need: &Need) -> bool {
    match need {
        Need::Module(module) => {
            let taken = |module: ModuleIx| taken.contains(usize::from(module.0));
            ever.contains(usize::from(module.0)) || taken(*module) || compiled.stand_ins(asker, *module).any(taken)
        }
        Need::All(parts) => parts.iter().all(|part| met(compiled, ever, taken, asker, part)),
        Need::AtLeast(least, parts) => {
            let count = parts.iter().filter(|part| met(compiled, ever, taken, asker, part)).count();
            count >= *least as usize
        }
    }
}
