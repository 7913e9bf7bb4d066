//! The days from today to the last: booked days, days by which something is due, milestones.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Line, LineDay, Seen};
use crate::engine::model::Step;
use crate::words;

impl Seen<'_> {
    pub(super) fn line(&self) -> Option<Line> {
        let dues = self.path.steps.iter().filter_map(|step| step.due);
        let milestones = self.milestones.iter().map(|(_, day)| *day);
        let last = dues.chain(milestones).max().filter(|last| *last >= self.today)?;
        let mut days = vec![self.today_on_the_line()];
        days.extend(self.days_to_come(last));
        let booked = self.path.steps.iter().filter(|step| step.booked.is_some()).count();
        let free = self.path.steps.len() - booked;
        let text = match (booked, free) {
            (_, 0) => self.text("learning-line-all-booked", &[]),
            (0, _) => self.text("learning-line-none-booked", &[("free", free.into())]),
            _ => self.text("learning-line-text", &[("booked", booked.into()), ("free", free.into())]),
        };
        let long = days.len() > 7;
        Some(Line { title: self.text("learning-until", &[("day", self.date(last).into())]), text, days, long })
    }

    pub(super) fn today_on_the_line(&self) -> LineDay {
        let all = self.path.held.len() + self.path.steps.len();
        let args = [("done", self.path.held.len().into()), ("all", all.into())];
        LineDay {
            date: self.text("learning-today-on-line", &[]),
            iso: words::date_iso(self.today),
            text: self.text("learning-pieces-done", &args),
            class: "is-today",
        }
    }

    /// Booked days, days by which something unbooked is due, milestones; the last day last.
    pub(super) fn days_to_come(&self, last: NaiveDate) -> Vec<LineDay> {
        let mut days: Vec<(NaiveDate, u8, String)> = Vec::new();
        let short = |step: &Step| self.published.module(step.module).short.of(self.language).to_owned();
        let mut due = BTreeMap::<NaiveDate, Vec<&Step>>::new();
        for step in &self.path.steps {
            match (step.booked, step.due) {
                (Some(seat), _) => days.push((seat.day, 0, short(step))),
                (None, Some(day)) if day >= self.today => due.entry(day).or_default().push(step),
                _ => {}
            }
        }
        for (day, steps) in due {
            let args = [("piece", short(steps[0]).into()), ("more", (steps.len() - 1).into())];
            days.push((day, 1, self.text("learning-due-unbooked", &args)));
        }
        days.extend(
            self.milestones.iter().filter(|(_, day)| *day >= self.today).map(|(title, day)| (*day, 2, title.clone())),
        );
        days.sort();
        if days.last().is_none_or(|(day, kind, _)| *day != last || *kind == 0) {
            days.push((last, 3, self.text("learning-last-day", &[])));
        }
        let count = days.len();
        let shown = |(at, (day, kind, text)): (usize, (NaiveDate, u8, String))| LineDay {
            date: words::date_short(self.language, day),
            iso: words::date_iso(day),
            text,
            class: if at + 1 == count { "is-end" } else { ["", "is-free", "is-stone", ""][usize::from(kind)] },
        };
        days.into_iter().enumerate().map(shown).collect()
    }
}
