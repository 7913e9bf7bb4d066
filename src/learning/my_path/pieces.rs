//! The puzzle: legs, areas and pieces with their states in words.

use chrono::NaiveDate;

use super::{Advice, Area, AreaKey, Key, Leg, Piece, Seen};
use crate::curriculum::picture::class;
use crate::engine::model::{Quarters, State, Step};
use crate::learning::puzzle::{self, Shape};
use crate::words::{self, Value};

impl Seen<'_> {
    /// Each leg with its pieces' outlines.
    pub(super) fn legs(&self, next: Option<&Step>) -> Vec<(Leg, Vec<Shape>)> {
        let curriculum = &self.published.curriculum;
        let mut pieces: Vec<&Step> = self.path.held.iter().chain(&self.path.steps).collect();
        pieces.sort_by_key(|step| step.module);
        let mut legs: Vec<_> = curriculum.legs.iter().collect();
        legs.sort_by_key(|(id, leg)| (leg.order, id.as_str()));
        let legs = legs.into_iter().filter_map(|(id, leg)| {
            let mut areas: Vec<_> = curriculum.areas.iter().filter(|(_, area)| area.leg == *id).collect();
            areas.sort_by_key(|(id, area)| (area.order, id.as_str()));
            let within = areas.into_iter().map(|(id, area)| {
                let of = |step: &&&Step| self.published.module(step.module).area == *id;
                (area, pieces.iter().filter(of).copied().collect::<Vec<_>>())
            });
            let within: Vec<_> = within.filter(|(_, pieces)| !pieces.is_empty()).collect();
            (!within.is_empty()).then_some((leg, within))
        });
        legs.enumerate()
            .map(|(at, (leg, within))| self.leg(at + 1, leg.title.of(self.language), &within, next))
            .collect()
    }

    pub(super) fn leg(
        &self,
        number: usize,
        title: &str,
        within: &[(&crate::curriculum::model::Area, Vec<&Step>)],
        next: Option<&Step>,
    ) -> (Leg, Vec<Shape>) {
        let columns = if number == 1 { 4 } else { 2 };
        let count: usize = within.iter().map(|(_, pieces)| pieces.len()).sum();
        let (mut index, mut shapes, mut areas) = (0, Vec::new(), Vec::new());
        for (area, steps) in within {
            let mut pieces = Vec::with_capacity(steps.len());
            for (at, step) in steps.iter().enumerate() {
                let (wide, tall) = (puzzle::wide(index, count, columns), puzzle::tall(at, steps.len()));
                pieces.push(self.piece(step, next, wide.id(), tall.id()));
                shapes.extend([wide, tall]);
                index += 1;
            }
            let key = AreaKey {
                class: class(area.colour),
                letter: area.letter.clone(),
                title: area.title.of(self.language).to_owned(),
            };
            areas.push(Area { key, pieces });
        }
        let sum = self.leg_sum(within.iter().flat_map(|(_, steps)| steps.iter().copied()));
        (Leg { number, title: title.to_owned(), sum, areas }, shapes)
    }

    pub(super) fn leg_sum<'s>(&self, steps: impl Iterator<Item = &'s Step>) -> String {
        let (mut done, mut all, mut left) = (0usize, 0usize, 0);
        for step in steps {
            all += 1;
            match step.state {
                State::Done | State::Expiring => done += 1,
                _ => left += step.quarters,
            }
        }
        let args = [("done", done.into()), ("all", all.into()), ("hours", self.hours(left))];
        let key = if left == 0 { "learning-leg-done" } else { "learning-leg-left" };
        self.text(key, &args)
    }

    pub(super) fn piece(&self, step: &Step, next: Option<&Step>, wide: &'static str, tall: &'static str) -> Piece {
        let is_next = next.is_some_and(|next| next.module == step.module);
        let (class, icon) = looks(step.state, is_next);
        Piece {
            id: self.published.id_of(step.module).to_owned(),
            code: self.published.code(step.module).to_owned(),
            title: self.published.module(step.module).short.of(self.language).to_owned(),
            hours: self.short_hours(step.quarters),
            href: format!("#bit-{}", self.published.id_of(step.module)),
            class,
            icon,
            state: self.state(step, is_next),
            wide,
            tall,
        }
    }

    pub(super) fn short_hours(&self, quarters: Quarters) -> String {
        format!("{} h", words::hours(self.language, quarters))
    }

    /// The state in words, with its day or what locks it.
    pub fn state(&self, step: &Step, is_next: bool) -> String {
        let day = |day: Option<NaiveDate>| ("day", Value::from(day.map(|day| self.near(day)).unwrap_or_default()));
        let booked = step.booked.map(|seat| seat.day);
        if self.is_here(step) {
            return self.text("learning-state-here", &[]);
        }
        if let Some(key) = self.left_of(step) {
            return self.text(key, &[]);
        }
        match step.state {
            State::Overdue if is_next && booked.is_some() => {
                self.text("learning-state-next-on-overdue", &[day(booked)])
            }
            State::Overdue if booked.is_some() => self.text("learning-state-overdue-booked", &[day(booked)]),
            State::Overdue if is_next => self.text("learning-state-next-overdue", &[day(step.due)]),
            State::Overdue => self.text("learning-state-overdue", &[day(step.due)]),
            _ if is_next && booked.is_some() => self.text("learning-state-next-on", &[day(booked)]),
            _ if is_next => self.text("learning-state-next", &[]),
            State::Done => match step.through {
                Some(through) => self.text("learning-state-through", &[("code", self.published.code(through).into())]),
                None => self.text("learning-state-done", &[]),
            },
            State::Expiring => self.text("learning-state-expiring", &[day(step.due)]),
            State::Booked => self.text("learning-state-booked", &[day(booked)]),
            State::Expired => {
                self.text("learning-state-expired", &[day(step.achieved.and_then(|held| held.valid_until))])
            }
            State::Locked => {
                let codes: Vec<&str> = step.locked_by.iter().map(|&module| self.published.code(module)).collect();
                self.text("learning-state-locked", &[("codes", codes.join(", ").into())])
            }
            State::Available => match step.due {
                Some(_) => self.text("learning-state-open-until", &[day(step.due)]),
                None => self.text("learning-state-open", &[]),
            },
        }
    }

    /// The states that this puzzle shows, in the order of the design.
    pub(super) fn keys(&self, next: Option<&Step>) -> Vec<Key> {
        let all: Vec<&Step> = self.path.held.iter().chain(&self.path.steps).collect();
        let has = |state: State| all.iter().any(|step| step.state == state);
        let keys = [
            (has(State::Done), State::Done, false, "learning-state-done"),
            (next.is_some(), State::Available, true, "learning-state-next"),
            (has(State::Booked), State::Booked, false, "learning-key-booked"),
            (has(State::Available), State::Available, false, "learning-state-open"),
            (has(State::Locked), State::Locked, false, "learning-key-locked"),
            (has(State::Overdue), State::Overdue, false, "learning-key-overdue"),
            (has(State::Expiring) || has(State::Expired), State::Expiring, false, "learning-key-expiring"),
        ];
        let shown = keys.into_iter().filter(|(shown, ..)| *shown);
        shown.map(|(_, state, next, key)| Key { icon: looks(state, next).1, text: self.text(key, &[]) }).collect()
    }

    pub(super) fn advice(&self, step: &Step) -> Advice {
        let area = self.published.area(step.module);
        let locked = step.state == State::Locked || step.booked.is_some();
        Advice {
            class: area.map_or("", |area| class(area.colour)),
            code: self.published.code(step.module).to_owned(),
            module: self.link(step.module, "#why"),
            hours: self.short_hours(step.quarters),
            state: locked.then(|| self.state(step, false)),
        }
    }
}

/// Class and icon of a piece.
pub fn looks(state: State, is_next: bool) -> (&'static str, &'static str) {
    match state {
        _ if is_next => ("is-next", "next"),
        State::Overdue => ("is-overdue", "overdue"),
        State::Done => ("is-done", "done"),
        State::Expiring => ("is-done is-expiring", "exp"),
        State::Expired => ("is-expired", "exp"),
        State::Booked => ("is-booked", "booked"),
        State::Locked => ("is-locked", "locked"),
        State::Available => ("is-open", "open"),
    }
}
