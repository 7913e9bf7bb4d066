//! What leaves a choice: asked of the exact solver in parts that share nothing, each answer remembered.
//!
//! An answer depends only on what is open, on the modules that might still be taken for it (its region), and on which
//! of what those build on is had or taken. Regions are small, so that thousands of people share an answer.

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
    /// What might be taken.
    region: FixedBitSet,
    /// The same and where it ends: what is had or taken already.
    seen: FixedBitSet,
    open: Vec<Open>,
}

impl<'a> Memo<'a> {
    pub(super) fn new(compiled: &'a Compiled) -> Memo<'a> {
        Memo {
            compiled,
            answers: HashMap::default(),
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
        self.pull_apart(ever, taken);
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
    fn pull_apart(&mut self, ever: &FixedBitSet, taken: &FixedBitSet) {
        self.parts.clear();
        for &open in &self.open {
            let mut own = part(self.compiled, open, &self.members, ever, taken);
            let mut other = 0;
            while other < self.parts.len() {
                if self.parts[other].region.is_disjoint(&own.region) {
                    other += 1;
                } else {
                    let part = self.parts.swap_remove(other);
                    own.region.union_with(&part.region);
                    own.seen.union_with(&part.seen);
                    own.open.extend(part.open);
                }
            }
            self.parts.push(own);
        }
    }
}

/// Walks down from `open` as far as something is missing.
fn part(compiled: &Compiled, open: Open, members: &[u16], ever: &FixedBitSet, taken: &FixedBitSet) -> Part {
    let none = FixedBitSet::with_capacity(compiled.modules().len());
    let mut part = Part { region: none.clone(), seen: none, open: vec![open] };
    let mut waiting = Vec::new();
    match open {
        Open::Asker(module) => waiting.push(ModuleIx(module)),
        Open::Demand { from, to, .. } => {
            for &member in &members[from as usize..to as usize] {
                let member = ModuleIx(member);
                for &way in compiled.equivalents(member).iter().chain([&member]) {
                    part.seen.insert(usize::from(way.0));
                    // What has lapsed can be taken again, and what it builds on with it.
                    if !taken.contains(usize::from(way.0)) && !part.region.put(usize::from(way.0)) {
                        waiting.push(way);
                    }
                }
            }
        }
    }
    while let Some(asker) = waiting.pop() {
        compiled.need(asker).for_each(&mut |named| {
            part.seen.insert(usize::from(named.0));
            if ever.contains(usize::from(named.0)) {
                return;
            }
            for way in compiled.stand_ins(asker, named).chain([named]) {
                part.seen.insert(usize::from(way.0));
                if !taken.contains(usize::from(way.0)) && !part.region.put(usize::from(way.0)) {
                    waiting.push(way);
                }
            }
        });
    }
    part
}

/// What is open, what might be taken for it, and what is had or taken where that ends.
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
    let words = part.seen.as_slice().iter().zip(ever.as_slice()).zip(taken.as_slice()).enumerate();
    for (word, ((seen, ever), taken)) in words.filter(|(_, ((seen, _), _))| **seen != 0) {
        key.extend([word, *seen, ever & seen, taken & seen]);
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
