//! What leaves a choice: asked of the exact solver in parts that share nothing, each answer remembered.
//!
//! An answer depends only on what is open and on what of its region (all that can be built on from there) is had or
//! taken. Regions are small, so that thousands of people share an answer.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use fixedbitset::FixedBitSet;

use crate::engine::Compiled;
use crate::engine::compile::Need;
use crate::engine::goal::plan_rest;
use crate::engine::model::{Budget, ModuleIx, Proof};

/// The answers so far for one version, and the question at hand.
pub(super) struct Memo<'a> {
    compiled: &'a Compiled,
    answers: HashMap<Box<[usize]>, (Box<[u16]>, bool), Fast>,
    /// By module, once asked for: itself and all that it might build on.
    below: Vec<Option<FixedBitSet>>,
    open: Vec<Open>,
    /// What the demands in `open` ask for.
    members: Vec<u16>,
    parts: Vec<Part>,
    key: Vec<usize>,
}

/// Something that is not met by what is had and what is certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Open {
    /// What this module, which is taken, builds on.
    Asker(u16),
    /// Still so many of these members, or of what counts as them.
    Demand { least: u32, from: u32, to: u32 },
}

/// What belongs together because it may lean on the same modules.
struct Part {
    region: FixedBitSet,
    open: Vec<Open>,
}

impl<'a> Memo<'a> {
    pub(super) fn new(compiled: &'a Compiled) -> Memo<'a> {
        Memo {
            compiled,
            answers: HashMap::default(),
            below: vec![None; compiled.modules().len()],
            open: Vec::new(),
            members: Vec::new(),
            parts: Vec::new(),
            key: Vec::new(),
        }
    }

    /// Forgets the question, not the answers.
    pub(super) fn clear(&mut self) {
        self.open.clear();
        self.members.clear();
    }

    /// Asks for `least` more of these modules, or of what counts as them.
    pub(super) fn demand(&mut self, least: u32, modules: &[u16]) {
        let from = self.members.len() as u32;
        self.members.extend_from_slice(modules);
        self.open.push(Open::Demand { least, from, to: self.members.len() as u32 });
    }

    /// Asks for what `asker`, which is taken, builds on.
    pub(super) fn ask(&mut self, asker: u16) {
        self.open.push(Open::Asker(asker));
    }

    /// Whether `asker` can be taken with what was ever held and what is taken.
    pub(super) fn met(&self, ever: &FixedBitSet, taken: &FixedBitSet, asker: ModuleIx) -> bool {
        met(self.compiled, ever, taken, asker, self.compiled.need(asker))
    }

    /// Adds the best modules to take to `chosen`; tells whether that is proved.
    pub(super) fn solve(&mut self, ever: &FixedBitSet, taken: &FixedBitSet, chosen: &mut Vec<u16>) -> bool {
        if self.open.is_empty() {
            return true;
        }
        self.pull_apart();
        let mut all_proved = true;
        for part in &mut self.parts {
            part.open.sort_unstable();
            key(&mut self.key, part, &self.members, ever, taken);
            if !self.answers.contains_key(&self.key[..]) {
                let answer = answer(self.compiled, part, &self.members, ever, taken);
                self.answers.insert(self.key.clone().into_boxed_slice(), answer);
            }
            let (modules, proved) = &self.answers[&self.key[..]];
            chosen.extend_from_slice(modules);
            all_proved &= proved;
        }
        all_proved
    }

    /// Those whose regions touch belong together.
    fn pull_apart(&mut self) {
        self.parts.clear();
        for at in 0..self.open.len() {
            let mut own = Part { region: self.region(self.open[at]), open: vec![self.open[at]] };
            let mut other = 0;
            while other < self.parts.len() {
                if self.parts[other].region.is_disjoint(&own.region) {
                    other += 1;
                } else {
                    let part = self.parts.swap_remove(other);
                    own.region.union_with(&part.region);
                    own.open.extend(part.open);
                }
            }
            self.parts.push(own);
        }
    }

    fn region(&mut self, open: Open) -> FixedBitSet {
        match open {
            Open::Asker(module) => self.below(ModuleIx(module)).clone(),
            Open::Demand { from, to, .. } => {
                let mut region = FixedBitSet::with_capacity(self.below.len());
                for member in from..to {
                    let compiled = self.compiled;
                    let module = ModuleIx(self.members[member as usize]);
                    for &way in compiled.equivalents(module).iter().chain([&module]) {
                        region.union_with(self.below(way));
                    }
                }
                region
            }
        }
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
fn key(key: &mut Vec<usize>, part: &Part, members: &[u16], ever: &FixedBitSet, taken: &FixedBitSet) {
    key.clear();
    for open in &part.open {
        match *open {
            Open::Asker(module) => key.push(usize::from(module)),
            Open::Demand { least, from, to } => {
                key.push(usize::MAX);
                key.push(least as usize);
                key.push((to - from) as usize);
                key.extend(members[from as usize..to as usize].iter().map(|&module| usize::from(module)));
            }
        }
    }
    key.push(usize::MAX);
    let words = part.region.as_slice().iter().zip(ever.as_slice()).zip(taken.as_slice());
    for ((region, ever), taken) in words.filter(|((region, _), _)| **region != 0) {
        key.extend([ever & region, taken & region]);
    }
}

fn answer(
    compiled: &Compiled,
    part: &Part,
    members: &[u16],
    ever: &FixedBitSet,
    taken: &FixedBitSet,
) -> (Box<[u16]>, bool) {
    let (mut wanted, mut askers) = (Vec::new(), Vec::new());
    for open in &part.open {
        match *open {
            Open::Asker(module) => askers.push(ModuleIx(module)),
            Open::Demand { least, from, to } => {
                wanted.push((
                    least,
                    members[from as usize..to as usize].iter().map(|&module| ModuleIx(module)).collect(),
                ));
            }
        }
    }
    let (modules, proof) = plan_rest(compiled, ever, taken, wanted, &askers, &Budget::default());
    (modules.into_iter().map(|module| module.0).collect(), proof == Proof::Optimal)
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

/// For keys of our own making, of which nobody can choose bad ones: a few times quicker than the standard's.
pub(super) type Fast = BuildHasherDefault<Mixer>;

#[derive(Default)]
pub(super) struct Mixer(u64);

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}
