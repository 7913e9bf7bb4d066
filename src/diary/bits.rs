//! The path piece by piece: why somebody has it, what opens with it, when it is given. Pure.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::clock;
use crate::curriculum::picture::class;
use crate::engine::model::{Facts, ModuleIx, State, Step};
use crate::learning::explain::Sentence;
use crate::learning::hindrance::{Hindrance, hindrances};
use crate::learning::module::{Coded, names};
use crate::learning::my_path::{Seen, looks, next};
use crate::learning::store::Held;
use crate::occasions::seat::Seat;
use crate::occasions::store::{Day, Given as Occasion};
use crate::words;

/// What the pieces are told from.
pub struct Telling<'a> {
    pub seen: Seen<'a>,
    pub facts: &'a Facts,
    /// Where the person has a seat, with the parts.
    pub booked: &'a [Occasion],
    /// Seats that the person was offered or waits for.
    pub waiting: &'a [Held],
    /// Modules of which the person has said to want a day.
    pub wanted: &'a HashSet<String>,
    /// The person has missed so many days that somebody else must book.
    pub no_shows: Option<usize>,
    pub now: NaiveDateTime,
}

/// One piece.
#[derive(Debug, Clone, Serialize)]
pub struct Bit {
    /// The module's.
    pub id: String,
    pub code: String,
    /// The area's class.
    pub area: &'static str,
    pub title: String,
    pub href: String,
    pub icon: &'static str,
    pub state: String,
    /// The most urgent reason, from the person to the piece.
    pub why: Vec<Sentence>,
    /// How many reasons there are beside it, in words.
    pub more: Option<String>,
    pub opens: Vec<Opened>,
    pub given: Given,
}

/// A piece that needs this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opened {
    #[serde(flatten)]
    pub coded: Coded,
    /// What it needs besides, in words.
    pub also: Option<String>,
}

/// When the piece is given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Given {
    /// The seat or the line that the person has, or that the piece is done, in words.
    pub said: Option<String>,
    /// The occasion that `said` is about.
    pub occasion: Option<i64>,
    /// The page of what is left after the day: where it is handed in.
    pub left: Option<String>,
    pub days: Vec<Offer>,
    /// There is no day to come: the person can say to want one.
    pub none: bool,
    pub wanted: bool,
}

/// A day on which it is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offer {
    pub occasion: i64,
    pub when: String,
    pub seats: String,
    /// Why no seat can be asked for.
    pub hindered: Option<String>,
    /// Whoever asks gets a place in line.
    pub full: bool,
}

impl Telling<'_> {
    /// Every piece, what is left first in the order of the path.
    pub fn bits(&self) -> Vec<Bit> {
        let path = self.seen.path;
        path.steps.iter().chain(&path.held).map(|step| self.bit(step)).collect()
    }

    fn bit(&self, step: &Step) -> Bit {
        let (seen, published) = (&self.seen, self.seen.published);
        let is_next = next(seen.path).is_some_and(|next| next.module == step.module);
        let others = step.because.len().saturating_sub(1);
        Bit {
            id: published.id_of(step.module).to_owned(),
            code: published.code(step.module).to_owned(),
            area: published.area(step.module).map_or("", |area| class(area.colour)),
            title: seen.title(step.module).to_owned(),
            href: seen.href(step.module, ""),
            icon: looks(step.state, is_next).1,
            state: seen.state(step, is_next),
            why: step.because.first().map(|because| seen.why(step, because)).unwrap_or_default(),
            more: (others > 0).then(|| seen.text("diary-more-reasons", &[("count", others.into())])),
            opens: self.opens(step.module),
            given: self.given(step),
        }
    }

    /// The pieces of the path that build on a module, and what they need besides.
    fn opens(&self, module: ModuleIx) -> Vec<Opened> {
        let (path, id) = (self.seen.path, self.seen.published.id_of(module));
        let builds = |step: &&Step| {
            step.locked_by.contains(&module) || names(&self.seen.published.module(step.module).builds_on, id)
        };
        let also = |step: &Step| {
            let others = step.locked_by.iter().filter(|other| **other != module);
            let codes: Vec<&str> = others.map(|other| self.seen.published.code(*other)).collect();
            let codes = words::list(self.seen.language, &codes);
            (!codes.is_empty()).then(|| self.seen.text("diary-opens-with", &[("codes", codes.into())]))
        };
        let above = path.steps.iter().filter(builds);
        above.map(|step| Opened { coded: self.seen.coded(step.module), also: also(step) }).collect()
    }

    fn given(&self, step: &Step) -> Given {
        let seen = &self.seen;
        if step.state == State::Done {
            let day = step.achieved.map(|held| seen.date(held.day)).unwrap_or_default();
            let said = seen.text("diary-given-done", &[("day", day.into())]);
            return Given { said: Some(said), ..Given::default() };
        }
        if let Some(seat) = step.booked.filter(|_| seen.is_here(step)) {
            let said = Some(seen.text("learning-here", &[]));
            return Given { said, occasion: Some(seat.occasion), ..Given::default() };
        }
        if let Some(key) = seen.left_of(step).filter(|_| step.booked.is_none()) {
            let left = seen.assessment(seen.published.id_of(step.module));
            return Given { said: Some(seen.text(key, &[])), left, ..Given::default() };
        }
        if let Some(seat) = step.booked {
            let occasion = seen.seats.iter().find(|occasion| occasion.id == seat.occasion);
            let when = occasion.map_or_else(|| seen.date(seat.day), |occasion| seen.when_and_where(occasion));
            let said = seen.text("diary-given-booked", &[("when", when.into())]);
            return Given { said: Some(said), occasion: Some(seat.occasion), ..Given::default() };
        }
        let id = seen.published.id_of(step.module);
        let days: Vec<&Day> = seen.days.iter().filter(|day| day.occasion().module == id).collect();
        Given {
            none: days.is_empty(),
            wanted: self.wanted.contains(id),
            days: days.into_iter().map(|day| self.offer(day)).collect(),
            ..Given::default()
        }
    }

    fn offer(&self, day: &Day) -> Offer {
        let seen = &self.seen;
        let missed = self.no_shows.map(Hindrance::NoShows);
        let hindered = missed
            .or_else(|| hindrances(seen.published, self.facts, self.booked, &day.given, self.now).into_iter().next());
        Offer {
            occasion: day.occasion().id,
            when: self.when(&day.given),
            seats: match day.free {
                _ if day.waiting > 0 => seen.text("diary-in-line", &[("count", day.waiting.into())]),
                None => seen.text("diary-seats-for-all", &[]),
                Some(free) => seen.text("diary-seats", &[("count", free.into())]),
            },
            hindered: self.there(day).or(hindered.map(|hindrance| self.hindered(&hindrance))),
            full: day.is_full(),
        }
    }

    /// That the person waits for this very day, or was offered a seat.
    fn there(&self, day: &Day) -> Option<String> {
        let held = self.waiting.iter().find(|held| held.occasion.id == day.occasion().id)?;
        let key = if held.seat == Seat::Offered { "diary-day-offered" } else { "diary-day-in-line" };
        Some(self.seen.text(key, &[]))
    }

    /// The first part that is not over, and how many there are when they are several.
    fn when(&self, given: &Occasion) -> String {
        let seen = &self.seen;
        let to_come = given.parts.iter().find(|part| seen.today <= clock::day_of(part.ends_at));
        let Some(part) = to_come.or(given.parts.first()) else { return seen.when_and_where(&given.occasion) };
        let mut when = words::when(seen.language, part.starts_at, part.ends_at, seen.today);
        if !part.place.is_empty() {
            when = format!("{when}, {}", part.place);
        }
        match given.parts.len() {
            1 => when,
            count => seen.text("diary-in-parts", &[("when", when.into()), ("count", count.into())]),
        }
    }

    fn hindered(&self, hindrance: &Hindrance) -> String {
        let seen = &self.seen;
        match hindrance {
            Hindrance::Lacks(modules) => {
                let known = modules.iter().filter_map(|id| Some(seen.published.module_by_id(id)?.0));
                let codes: Vec<&str> = known.map(|module| seen.published.code(module)).collect();
                let codes = words::list(seen.language, &codes);
                seen.text("diary-first", &[("codes", codes.into())])
            }
            Hindrance::Collides(other) => {
                let module = seen.published.title_of_id(&other.occasion.module, seen.language);
                seen.text("diary-collides", &[("module", module.into())])
            }
            Hindrance::Has(_) => seen.text("diary-has-seat", &[]),
            Hindrance::NoShows(_) => seen.text("diary-no-shows", &[]),
            // Such days are not shown at all.
            Hindrance::Kept(_) => String::new(),
        }
    }
}
