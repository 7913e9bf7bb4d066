//! Answers to what leaves a choice, remembered by what they can depend on.
//!
//! A question (what a module builds on, or so many of some modules) has a reach: every module that can play a part in
//! its answer for anybody. Who has and takes the same within it gets the same answer, found by a few words; only the
//! first of them is walked through and solved ([`super::part`]). Questions of one person whose regions touch are
//! solved together, and that is remembered by the answers that they would have alone.

use std::collections::HashMap;

use fixedbitset::FixedBitSet;

use super::fast::Fast;
use super::part::{Best, Open, Part, Sets, Solved};
use crate::engine::Compiled;
use crate::engine::compile::Need;
use crate::engine::model::ModuleIx;

/// What is remembered of one graph of modules: prerequisites, equivalents, hours and order.
#[derive(Debug, Default)]
pub(super) struct Memo {
    questions: Vec<Question>,
    /// By how many of which modules.
    choices: HashMap<(u32, Box<[u16]>), u32, Fast>,
    /// By module: the question of what it builds on, and of the module or what counts as it.
    before: Vec<u32>,
    single: Vec<u32>,
    known: HashMap<Box<[usize]>, u32, Fast>,
    alone: Vec<Alone>,
    together: HashMap<Box<[u32]>, Best, Fast>,
    solved: Solved,
    key: Vec<usize>,
    /// By module, which of one person's questions might take it.
    owner: Vec<u16>,
    /// Of one person's questions, which belong together.
    label: Vec<u16>,
}

#[derive(Debug)]
struct Question {
    asks: Asks,
    /// Words of the bit sets, with the bits that matter.
    members: Vec<(usize, usize)>,
    reach: Vec<(usize, usize)>,
}

#[derive(Debug)]
enum Asks {
    Before(u16),
    Some { choose: u32, from: Box<[u16]> },
}

/// A question's answer when no other question touches it.
#[derive(Debug)]
struct Alone {
    question: u32,
    /// What might be taken for it.
    region: Box<[u16]>,
    best: Best,
}

const NONE: u32 = u32::MAX;
const NOBODY: u16 = u16::MAX;
/// Some hundred megabytes; who comes there starts anew.
const MOST: usize = 500_000;

impl Memo {
    /// How much is remembered.
    pub(super) fn len(&self) -> usize {
        self.known.len() + self.together.len()
    }

    /// The question of so many of these, or of what counts as them.
    pub(super) fn choice(&mut self, compiled: &Compiled, choose: u32, from: impl Iterator<Item = u16>) -> u32 {
        let from: Box<[u16]> = from.collect();
        if let Some(&known) = self.choices.get(&(choose, from.clone())) {
            return known;
        }
        let question = self.question(compiled, Asks::Some { choose, from: from.clone() });
        self.choices.insert((choose, from), question);
        question
    }

    /// The question of this module, or of what counts as it.
    pub(super) fn single(&mut self, compiled: &Compiled, module: u16) -> u32 {
        self.single.resize(compiled.modules().len(), NONE);
        if self.single[usize::from(module)] == NONE {
            self.single[usize::from(module)] = self.choice(compiled, 1, [module].into_iter());
        }
        self.single[usize::from(module)]
    }

    /// The question of what `module`, which is taken, builds on.
    pub(super) fn before(&mut self, compiled: &Compiled, module: u16) -> u32 {
        self.before.resize(compiled.modules().len(), NONE);
        if self.before[usize::from(module)] == NONE {
            self.before[usize::from(module)] = self.question(compiled, Asks::Before(module));
        }
        self.before[usize::from(module)]
    }

    fn question(&mut self, compiled: &Compiled, asks: Asks) -> u32 {
        let none = FixedBitSet::with_capacity(compiled.modules().len());
        let mut members = none.clone();
        let open = match &asks {
            Asks::Before(module) => Open::Before(*module),
            Asks::Some { choose, from } => {
                members.extend(from.iter().map(|&module| usize::from(module)));
                Open::Some { least: *choose, from: from.clone() }
            }
        };
        let part = Part::new(compiled, open, Sets { ever: &none, valid: &none, taken: &none });
        self.questions.push(Question { asks, members: words(&members), reach: words(&part.seen) });
        self.questions.len() as u32 - 1
    }

    /// Adds the best modules to take for the questions `open` to `chosen`; tells whether that is proved.
    pub(super) fn solve(
        &mut self,
        compiled: &Compiled,
        sets: Sets<'_>,
        open: &mut Vec<u32>,
        chosen: &mut Vec<u16>,
    ) -> bool {
        if self.len() > MOST {
            self.known.clear();
            self.alone.clear();
            self.together.clear();
            self.solved = Solved::default();
        }
        open.iter_mut().for_each(|question| *question = self.alone(compiled, sets, *question));
        open.sort_unstable();
        open.dedup();
        let mut proved = true;
        let mut take = |best: &Best| {
            chosen.extend_from_slice(&best.modules);
            proved &= best.proved;
        };
        if open.len() < 2 || !self.label(compiled, open) {
            open.iter().for_each(|&alone| take(&self.alone[alone as usize].best));
            return proved;
        }
        for of in 0..open.len() {
            let own = self.label.iter().zip(&open[..]).filter(|(label, _)| usize::from(**label) == of);
            let group: Vec<u32> = own.map(|(_, &alone)| alone).collect();
            match &group[..] {
                [] => {}
                [one] => take(&self.alone[*one as usize].best),
                _ => take(self.together(compiled, sets, &group)),
            }
        }
        proved
    }

    /// The number of the question's own answer.
    fn alone(&mut self, compiled: &Compiled, sets: Sets<'_>, question: u32) -> u32 {
        let of = &self.questions[question as usize];
        let (ever, valid, taken) = (sets.ever.as_slice(), sets.valid.as_slice(), sets.taken.as_slice());
        self.key.clear();
        self.key.push(question as usize);
        self.key.extend(of.members.iter().map(|&(word, bits)| valid[word] & bits));
        self.key.extend(of.reach.iter().flat_map(|&(word, bits)| [ever[word] & bits, taken[word] & bits]));
        if let Some(&known) = self.known.get(&self.key[..]) {
            return known;
        }
        let mut part = Part::new(compiled, of.open(sets.valid), sets);
        let region = part.region.ones().map(|module| module as u16).collect();
        let best = self.solved.best(compiled, &mut part, sets);
        let number = self.alone.len() as u32;
        self.alone.push(Alone { question, region, best });
        self.known.insert(self.key.clone().into_boxed_slice(), number);
        number
    }

    /// Labels those whose regions touch alike; tells whether there are any.
    fn label(&mut self, compiled: &Compiled, open: &[u32]) -> bool {
        self.owner.resize(compiled.modules().len(), NOBODY);
        self.label.clear();
        self.label.extend(0..open.len() as u16);
        let mut touching = false;
        for (at, &alone) in open.iter().enumerate() {
            for &module in &self.alone[alone as usize].region {
                let owner = std::mem::replace(&mut self.owner[usize::from(module)], at as u16);
                if owner != NOBODY && self.label[usize::from(owner)] != self.label[at] {
                    touching = true;
                    let (other, own) = (self.label[usize::from(owner)], self.label[at]);
                    self.label.iter_mut().filter(|label| **label == own).for_each(|label| *label = other);
                }
            }
        }
        for &alone in open {
            self.alone[alone as usize].region.iter().for_each(|&m| self.owner[usize::from(m)] = NOBODY);
        }
        touching
    }

    fn together(&mut self, compiled: &Compiled, sets: Sets<'_>, group: &[u32]) -> &Best {
        if !self.together.contains_key(group) {
            let part = |&alone: &u32| {
                let question = &self.questions[self.alone[alone as usize].question as usize];
                Part::new(compiled, question.open(sets.valid), sets)
            };
            let mut parts = group.iter().map(part);
            if let Some(mut all) = parts.next() {
                parts.for_each(|part| all.join(part));
                let best = self.solved.best(compiled, &mut all, sets);
                self.together.insert(group.into(), best);
            }
        }
        &self.together[group]
    }
}

impl Question {
    fn open(&self, valid: &FixedBitSet) -> Open {
        match &self.asks {
            Asks::Before(module) => Open::Before(*module),
            Asks::Some { choose, from } => {
                let missing: Box<[u16]> = from.iter().copied().filter(|m| !valid.contains(usize::from(*m))).collect();
                let had = (from.len() - missing.len()) as u32;
                Open::Some { least: choose.saturating_sub(had), from: missing }
            }
        }
    }
}

fn words(set: &FixedBitSet) -> Vec<(usize, usize)> {
    set.as_slice().iter().copied().enumerate().filter(|(_, bits)| *bits != 0).collect()
}

/// Whether what `asker` builds on is there with what was ever held and what is taken.
pub(super) fn met(compiled: &Compiled, sets: Sets<'_>, asker: ModuleIx) -> bool {
    fn need_met(compiled: &Compiled, sets: Sets<'_>, asker: ModuleIx, need: &Need) -> bool {
        let met = |part: &&Need| need_met(compiled, sets, asker, part);
        match need {
            Need::Module(module) => {
                let taken = |module: ModuleIx| sets.taken.contains(usize::from(module.0));
                let ever = sets.ever.contains(usize::from(module.0));
                ever || taken(*module) || compiled.stand_ins(asker, *module).any(taken)
            }
            Need::All(parts) => parts.iter().all(|part| met(&part)),
            Need::AtLeast(least, parts) => parts.iter().filter(met).count() >= *least as usize,
        }
    }
    need_met(compiled, sets, asker, compiled.need(asker))
}
