//! What a version asks of everybody on a day, summed: what drafts are set against.

use std::sync::Arc;

use chrono::NaiveDate;

use super::answer::Answer;
use super::ask::Asker;
use super::change::{Who, seen};
use super::kept::Kept;
use super::lens::Lens;
use super::memos::Memos;
use super::model::Totals;
use super::snapshot::{Person, Snapshot};
use super::spread::spread;
use super::tally::Tally;
use super::time::{Day, day};
use crate::engine::Compiled;
use crate::engine::model::{Facts, Quarters};

/// The sums of one version over a snapshot.
#[derive(Debug, Clone)]
pub struct Base {
    pub(super) compiled: Arc<Compiled>,
    pub(super) lens: Lens,
    /// Each module's own number: what is the same before and after is numbered as before.
    pub(super) own: Vec<u16>,
    pub(super) today: NaiveDate,
    pub(super) day_quarters: Quarters,
    pub(super) sums: Sums,
    /// Everybody's answer, in the order of the snapshot.
    pub(super) kept: Kept,
    pub(super) memos: Memos,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    pub totals: Tally<Totals>,
    pub unproved: u32,
}

impl Base {
    /// Asks `compiled` about everybody on `today`, which is not before the snapshot's day. `day_quarters` is what a
    /// training day holds.
    pub fn new(snapshot: &Snapshot, compiled: Arc<Compiled>, today: NaiveDate, day_quarters: Quarters) -> Base {
        let own = compiled.modules().map(|module| module.0).collect();
        let lens = Lens::new(snapshot, &compiled);
        let (sums, kept, memos) = (Sums::default(), Kept::default(), Memos::default());
        let mut base = Base { compiled, lens, own, today, day_quarters, sums, kept, memos };
        for (sums, kept) in spread(&snapshot.people, |part, people| base.ask_all(snapshot, part, people)) {
            base.sums.unproved += sums.unproved;
            for key in sums.totals.keys() {
                let sum = base.sums.totals.at(key);
                *sum = sum.exchanged(Totals::default(), sums.totals.get(key));
            }
            base.kept.append(&kept);
        }
        base.kept.trim();
        base
    }

    fn ask_all(&self, snapshot: &Snapshot, part: usize, people: &[Person]) -> (Sums, Kept) {
        let (mut sums, mut kept) = (Sums::default(), Kept::default());
        let mut asker = self.asker(snapshot, part);
        let (mut who, mut answer) = (Who::default(), Answer::default());
        for person in people {
            snapshot.who(person, self.day(), &mut who);
            asker.ask(person, &who, &mut answer);
            add(&mut sums, &who, &answer);
            kept.push(&who, &answer);
        }
        self.memos.take_back(part, asker.memo);
        (sums, kept)
    }

    /// Memory held for people; what they share comes on top and does not grow with them.
    pub fn bytes(&self) -> usize {
        self.kept.bytes()
    }

    pub fn today(&self) -> NaiveDate {
        self.today
    }

    pub fn compiled(&self) -> &Arc<Compiled> {
        &self.compiled
    }

    pub(super) fn day(&self) -> Day {
        day(self.today)
    }

    /// Asks the base's own version; its memory is that of `part`.
    pub(super) fn asker<'a>(&'a self, snapshot: &'a Snapshot, part: usize) -> Asker<'a> {
        let version = (&*self.compiled, &self.lens, &self.own[..]);
        Asker::new(snapshot, version, (self.day(), self.day_quarters), self.memos.lend(part))
    }

    /// The groups and the answer of the person in place `at`.
    pub(super) fn read(&self, snapshot: &Snapshot, at: usize, who: &mut Who, answer: &mut Answer) {
        snapshot.who(&snapshot.people[at], self.day(), who);
        self.kept.read(at, who, self.day(), &self.lens.quarters, answer);
    }

    /// Counts somebody who is new in the snapshot, or whose facts are; `known` is what stands in that place so far.
    fn count(&mut self, snapshot: &Snapshot, id: i64, known: bool) {
        let Ok(at) = snapshot.find(id) else { return };
        if self.lens.holdings < snapshot.holdings.len() || self.lens.counts.len() < snapshot.modules.len() {
            self.lens = Lens::new(snapshot, &self.compiled);
        }
        let (mut who, mut answer) = (Who::default(), Answer::default());
        snapshot.who(&snapshot.people[at], self.day(), &mut who);
        let mut asker = self.asker(snapshot, 0);
        asker.ask(&snapshot.people[at], &who, &mut answer);
        self.memos.take_back(0, asker.memo);
        add(&mut self.sums, &who, &answer);
        match known {
            true => self.kept.replace(at, &who, &answer),
            false => self.kept.insert(at, &who, &answer),
        }
    }

    /// Takes what somebody in the snapshot counts out of the sums; tells the place.
    fn discount(&mut self, snapshot: &Snapshot, id: i64) -> Option<usize> {
        let at = snapshot.find(id).ok()?;
        let (mut who, mut answer) = (Who::default(), Answer::default());
        self.read(snapshot, at, &mut who, &mut answer);
        remove(&mut self.sums, &who, &answer);
        Some(at)
    }
}

/// A snapshot and its base, kept in step.
#[derive(Debug, Clone)]
pub struct Region {
    snapshot: Snapshot,
    base: Base,
}

impl Region {
    pub fn new(mut snapshot: Snapshot, compiled: Arc<Compiled>, today: NaiveDate, day_quarters: Quarters) -> Region {
        snapshot.trim();
        let base = Base::new(&snapshot, compiled, today, day_quarters);
        Region { snapshot, base }
    }

    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    pub fn base(&self) -> &Base {
        &self.base
    }

    /// Another version is published, or another day has come.
    pub fn rebase(&mut self, compiled: Arc<Compiled>, today: NaiveDate, day_quarters: Quarters) {
        self.base = Base::new(&self.snapshot, compiled, today, day_quarters);
    }

    /// Adds a person, or replaces all that is known of one.
    pub fn put(&mut self, id: i64, unit: Option<i64>, facts: &Facts) {
        let known = self.base.discount(&self.snapshot, id).is_some();
        self.snapshot.put(id, unit, facts);
        self.base.count(&self.snapshot, id, known);
    }

    /// Takes a person out.
    pub fn end(&mut self, id: i64) {
        if let Some(at) = self.base.discount(&self.snapshot, id) {
            self.base.kept.remove(at);
        }
        self.snapshot.end(id);
    }
}

fn add(sums: &mut Sums, who: &Who, answer: &Answer) {
    seen(who, answer, |key, view| sums.totals.at(key).add(view));
    sums.unproved += u32::from(answer.unproved);
}

fn remove(sums: &mut Sums, who: &Who, answer: &Answer) {
    seen(who, answer, |key, view| sums.totals.at(key).remove(view));
    sums.unproved -= u32::from(answer.unproved);
}
