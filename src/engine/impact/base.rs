//! What a version asks of everybody on a day, summed: what drafts are set against.

use std::sync::Arc;

use chrono::NaiveDate;

use super::answer::Answer;
use super::ask::Asker;
use super::change::{Who, seen};
use super::lens::Lens;
use super::model::Totals;
use super::snapshot::Snapshot;
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
        let mut base = Base { compiled, lens, own, today, day_quarters, sums: Sums::default() };
        let parts = spread(&snapshot.people, |people| {
            let mut sums = Sums::default();
            let mut asker = base.asker(snapshot);
            let (mut who, mut answer) = (Who::default(), Answer::default());
            for person in people {
                snapshot.who(person, base.day(), &mut who);
                asker.ask(person, &who, &mut answer);
                seen(&who, &answer, |key, view| sums.totals.at(key).add(view));
                sums.unproved += u32::from(answer.unproved);
            }
            sums
        });
        for part in parts {
            base.sums.unproved += part.unproved;
            for key in part.totals.keys() {
                let sum = base.sums.totals.at(key);
                *sum = sum.exchanged(Totals::default(), part.totals.get(key));
            }
        }
        base
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

    pub(super) fn asker<'a>(&'a self, snapshot: &'a Snapshot) -> Asker<'a> {
        Asker::new(snapshot, (&self.compiled, &self.lens, &self.own), self.day(), self.day_quarters)
    }

    /// Adds or removes what one person counts.
    fn count(&mut self, snapshot: &Snapshot, id: i64, change: impl Fn(&mut Sums, &Who, &Answer)) {
        let Ok(at) = snapshot.find(id) else { return };
        if self.lens.asks.len() < snapshot.holdings.len() || self.lens.counts.len() < snapshot.modules.len() {
            self.lens = Lens::new(snapshot, &self.compiled);
        }
        let (mut who, mut answer) = (Who::default(), Answer::default());
        snapshot.who(&snapshot.people[at], self.day(), &mut who);
        self.asker(snapshot).ask(&snapshot.people[at], &who, &mut answer);
        change(&mut self.sums, &who, &answer);
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
        self.base.count(&self.snapshot, id, remove);
        self.snapshot.put(id, unit, facts);
        self.base.count(&self.snapshot, id, add);
    }

    /// Takes a person out.
    pub fn end(&mut self, id: i64) {
        self.base.count(&self.snapshot, id, remove);
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
