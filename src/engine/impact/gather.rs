//! What one person is asked for and does not have.

use std::cell::Cell;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::answer::Answer;
use super::ask::{Asker, Wish, questions};
use super::asks::{Asks, Single, asks_one};
use super::change::Who;
use super::snapshot::Person;
use super::time::{Day, NEVER, date};

/// Marks an index into `Asker::varied`, not into `Lens::asks`.
const OWN: usize = 1 << 31;

impl Asker<'_> {
    /// What is asked and not had, and in which roles nothing is missing.
    pub(super) fn gather(&mut self, person: &Person, who: &Who, answer: &mut Answer) {
        answer.competent.clear();
        answer.competent.extend(who.roles.iter().filter(|&&role| self.asks_known(role)));
        for (holding, from) in self.snapshot.record(person).current(self.today) {
            if holding as usize >= self.lens.holdings {
                continue;
            }
            let held = match self.lens.asks[holding as usize].varied {
                true => (self.own_asks(person, holding, from) | OWN, 0, holding),
                false => (self.lens.standing(holding, from), from, holding),
            };
            self.held.push(held);
        }
        for at in 0..self.held.len() {
            let (asks, from, holding) = self.held[at];
            if !self.gather_one(asks, from) {
                answer.competent.retain(|role| *role != holding);
            }
        }
    }

    /// Tells whether nothing is missing.
    fn gather_one(&mut self, at: usize, from: Day) -> bool {
        let asks = if at & OWN == 0 { &self.lens.asks[at] } else { &self.varied[at & !OWN].0 };
        let valid = |single: &&Single| self.valid.contains(usize::from(single.module));
        let before = (self.singles.len(), self.choices.len());
        for single in asks.singles.iter().filter(|single| !valid(single)) {
            let index = usize::from(single.module);
            let last = if self.ever.contains(index) { self.lasted[index] } else { 0 };
            self.singles.push((single.module, single.due(from).max(last)));
        }
        for (choice, wanted) in asks.choices.iter().enumerate() {
            let had = wanted.from.iter().filter(valid).count() as u32;
            if had < wanted.choose {
                self.choices.push(Wish { asks: at, choice, from, least: wanted.choose - had });
            }
        }
        before == (self.singles.len(), self.choices.len())
    }

    /// Where it stands what this assignment is asked for.
    fn own_asks(&mut self, person: &Person, holding: u32, from: Day) -> usize {
        if let Some(&known) = self.shared.get(&(holding, from)) {
            return known;
        }
        let record = self.snapshot.record(person);
        let personal = Cell::new(false);
        let begun = |ids: &BTreeSet<String>, before: NaiveDate| {
            personal.set(true);
            let mut early = record.achieved(NEVER).filter(|had| date(had.day) < before);
            early.any(|had| ids.contains(self.snapshot.modules.name(u32::from(had.module))))
        };
        let asks = asks_one(self.compiled, self.snapshot.holdings.name(holding), from, &begun);
        let questions = questions(&mut self.memo, self.compiled, &asks);
        if !personal.get() {
            self.shared.insert((holding, from), self.varied.len());
        }
        self.varied.push((asks, questions));
        self.varied.len() - 1
    }

    pub(super) fn asks(&self, at: usize) -> &Asks {
        if at & OWN == 0 { &self.lens.asks[at] } else { &self.varied[at & !OWN].0 }
    }

    pub(super) fn question(&self, wish: &Wish) -> u32 {
        let questions =
            if wish.asks & OWN == 0 { &self.questions[wish.asks] } else { &self.varied[wish.asks & !OWN].1 };
        questions[wish.choice]
    }

    fn asks_known(&self, holding: u32) -> bool {
        (holding as usize) < self.lens.holdings && self.lens.asks[holding as usize].known
    }
}
