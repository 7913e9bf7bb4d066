//! What a module means for one person: its state, why it is on the path, what locks it and what it opens.

use chrono::NaiveDate;

use super::{Fact, Standing};
use crate::engine::model::{Achievement, ModuleIx, State, Step};
use crate::learning::my_path::{Seen, looks, next};

impl Seen<'_> {
    pub(super) fn standing(&self, module: ModuleIx, held: &[Achievement]) -> Standing {
        let path = self.path;
        let pieces = || path.steps.iter().chain(&path.held).chain(&path.recommended);
        let step = pieces().find(|step| step.module == module);
        let is_next = next(path).is_some_and(|next| next.module == module);
        let state = match step {
            Some(step) => self.state(step, is_next),
            None if held.is_empty() => self.text("learning-not-on-path", &[]),
            None => self.text("learning-held-aside", &[]),
        };
        let icon = step.map_or("info", |step| looks(step.state, is_next).1);
        let opens = path.steps.iter().filter(|step| step.locked_by.contains(&module));
        let title = match self.about {
            Some((_, name)) => self.text("learning-standing-of", &[("name", name.into())]),
            None if step.is_some() => self.text("learning-why-mine", &[]),
            None => self.text("learning-standing", &[]),
        };
        Standing {
            title,
            icon,
            state,
            facts: self.standing_facts(step, held),
            locked_by: step.iter().flat_map(|step| &step.locked_by).map(|&module| self.coded(module)).collect(),
            opens: opens.map(|step| self.coded(step.module)).collect(),
            because: step
                .map(|step| step.because.iter().map(|because| self.why(step, because)).collect())
                .unwrap_or_default(),
        }
    }

    pub(super) fn standing_facts(&self, step: Option<&Step>, held: &[Achievement]) -> Vec<Fact> {
        let mut facts = Vec::new();
        let has = step.is_some_and(|step| matches!(step.state, State::Done | State::Expiring));
        if let Some(due) = step.and_then(|step| step.due).filter(|_| !has) {
            facts.push(self.fact("learning-due", self.date(due)));
        }
        if let Some(seat) = step.and_then(|step| step.booked) {
            let occasion = self.seats.iter().find(|occasion| occasion.id == seat.occasion);
            let when = occasion.map_or_else(|| self.date(seat.day), |occasion| self.when_and_where(occasion));
            facts.push(self.fact("learning-key-booked", when));
        }
        if let Some(through) = step.and_then(|step| step.through) {
            facts.push(self.fact("learning-through", self.title(through).to_owned()));
        }
        for achieved in held {
            facts.push(self.fact("learning-achieved", self.achieved(achieved.day, achieved.valid_until)));
        }
        facts
    }

    pub(super) fn achieved(&self, day: NaiveDate, valid_until: Option<NaiveDate>) -> String {
        let day = self.date(day);
        match valid_until {
            None => day,
            Some(last) if last < self.today => {
                self.text("learning-achieved-lapsed", &[("day", day.into()), ("last", self.date(last).into())])
            }
            Some(last) => {
                self.text("learning-achieved-until", &[("day", day.into()), ("last", self.date(last).into())])
            }
        }
    }
}
