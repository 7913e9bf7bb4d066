//! What a version asks of everybody on a day, summed: what drafts are set against.

use std::sync::Arc;

use chrono::NaiveDate;

use super::answer::{Answer, Asked, answer};
use super::change::{Who, seen};
use super::model::Totals;
use super::snapshot::{Person, Snapshot};
use super::tally::Tally;
use crate::engine::Compiled;
use crate::engine::model::{Facts, Quarters};

/// The sums of one version over a snapshot.
#[derive(Debug, Clone)]
pub struct Base {
    pub(super) compiled: Arc<Compiled>,
    pub(super) today: NaiveDate,
    pub(super) day_quarters: Quarters,
    pub(super) totals: Tally<Totals>,
}

impl Base {
    /// Asks `compiled` about everybody on `today`, which is not before the snapshot's day. `day_quarters` is what a
    /// training day holds.
    pub fn new(snapshot: &Snapshot, compiled: Arc<Compiled>, today: NaiveDate, day_quarters: Quarters) -> Base {
        let mut base = Base { compiled, today, day_quarters, totals: Tally::default() };
        for person in &snapshot.people {
            let (who, answer) = base.answer(snapshot, person);
            seen(&who, &answer, |key, view| base.totals.at(key).add(view));
        }
        base
    }

    pub fn today(&self) -> NaiveDate {
        self.today
    }

    pub fn compiled(&self) -> &Arc<Compiled> {
        &self.compiled
    }

    fn add(&mut self, snapshot: &Snapshot, id: i64) {
        if let Ok(at) = snapshot.find(id) {
            let (who, answer) = self.answer(snapshot, &snapshot.people[at]);
            seen(&who, &answer, |key, view| self.totals.at(key).add(view));
        }
    }

    fn remove(&mut self, snapshot: &Snapshot, id: i64) {
        if let Ok(at) = snapshot.find(id) {
            let (who, answer) = self.answer(snapshot, &snapshot.people[at]);
            seen(&who, &answer, |key, view| self.totals.at(key).remove(view));
        }
    }

    fn answer(&self, snapshot: &Snapshot, person: &Person) -> (Who, Answer) {
        let modules: Vec<u16> = self.compiled.modules().map(|module| module.0).collect();
        let asked =
            Asked { compiled: &self.compiled, modules: &modules, today: self.today, day_quarters: self.day_quarters };
        let who = snapshot.who(person, self.today);
        let roles = who.roles.iter().map(|&role| (role, snapshot.holdings.name(role)));
        let answer = answer(&asked, &person.facts, roles);
        (who, answer)
    }
}

/// A snapshot and its base, kept in step.
#[derive(Debug, Clone)]
pub struct Region {
    snapshot: Snapshot,
    base: Base,
}

impl Region {
    pub fn new(snapshot: Snapshot, compiled: Arc<Compiled>, today: NaiveDate, day_quarters: Quarters) -> Region {
        let base = Base::new(&snapshot, compiled, today, day_quarters);
        Region { snapshot, base }
    }

    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    pub fn base(&self) -> &Base {
        &self.base
    }

    /// Adds a person, or replaces all that is known of one.
    pub fn put(&mut self, id: i64, unit: Option<i64>, facts: &Facts) {
        self.base.remove(&self.snapshot, id);
        self.snapshot.put(id, unit, facts);
        self.base.add(&self.snapshot, id);
    }

    /// Takes a person out.
    pub fn end(&mut self, id: i64) {
        self.base.remove(&self.snapshot, id);
        self.snapshot.end(id);
    }
}
