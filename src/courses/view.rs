//! Course days as pages show them. Pure: words, numbers and what can be done.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use serde::Serialize;

use crate::curriculum::model::Language;
use crate::engine::model::Path;
use crate::occasions::life::{self, Entry};
use crate::occasions::minimum::Minimum;
use crate::occasions::seat::Seat;
use crate::occasions::store::{Given, Occasion, Part, Trainer};
use crate::versions::published::{Named, Published};
use crate::words::{self, Value};

/// How a page is written: for whom, when, and in which curriculum's words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Telling<'a> {
    pub published: &'a Published,
    pub language: Language,
    pub now: NaiveDateTime,
    pub today: NaiveDate,
}

/// A line of the list.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub id: i64,
    pub code: String,
    pub title: String,
    pub area: &'static str,
    /// One for each part.
    pub when: Vec<String>,
    /// Each place once.
    pub places: Vec<String>,
    pub seats: String,
    pub full: bool,
    pub state: Option<Shown>,
    /// On the reader's path.
    pub needed: bool,
    /// The language it is given in, when it is not the page's.
    pub language: Option<String>,
    /// How many of how many have booked, when whoever plans the days must decide whether it is given.
    pub short: Option<String>,
}

/// A module of which people want a day.
#[derive(Debug, Serialize)]
pub(super) struct Wanted {
    pub id: String,
    pub code: String,
    pub title: String,
    pub area: &'static str,
    pub people: String,
}

/// A day that too few have booked.
#[derive(Debug, Serialize)]
pub(super) struct ShortDay {
    pub id: i64,
    pub code: String,
    pub title: String,
    pub area: &'static str,
    /// Of the first part.
    pub when: String,
    /// "3 av minst 6".
    pub count: String,
}

/// A state in words, with its icon and tone.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Shown {
    pub icon: &'static str,
    pub tone: &'static str,
    pub text: String,
}

/// What the head of an occasion's page says.
#[derive(Debug, Serialize)]
pub(super) struct Head {
    pub id: i64,
    pub module: String,
    pub code: String,
    pub title: String,
    pub area: &'static str,
    /// One for each part, in time order.
    pub parts: Vec<PartLine>,
    pub called_off: bool,
    /// Terms and their texts.
    pub facts: Vec<(&'static str, String)>,
}

/// When and where a part is.
#[derive(Debug, Serialize)]
pub(super) struct PartLine {
    pub when: String,
    pub place: String,
    pub link: String,
}

impl Telling<'_> {
    pub(super) fn text(&self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        words::text(self.language, key, args)
    }

    /// "tisdag 2 mars kl. 09.00–12.00".
    pub(super) fn when(&self, part: &Part) -> String {
        words::when(self.language, part.starts_at, part.ends_at, self.today)
    }

    pub fn parts(&self, parts: &[Part]) -> Vec<PartLine> {
        let line = |part: &Part| PartLine { when: self.when(part), place: self.place(part), link: part.link.clone() };
        parts.iter().map(line).collect()
    }

    pub(super) fn module(&self, id: &str) -> Named {
        self.published.named(id, self.language)
    }

    /// One line for each occasion; `own` are the reader's seats, `counts` how many there are of each kind;
    /// `runs` when the reader plans the days.
    pub fn lines(
        &self,
        occasions: &[Given],
        counts: &HashMap<(i64, Seat), i64>,
        own: &HashMap<i64, Seat>,
        trains: &[i64],
        path: &Path,
        runs: bool,
    ) -> Vec<Line> {
        let line = |given: &Given| {
            let Given { occasion, parts } = given;
            let module = self.module(&occasion.module);
            let count = |seat: Seat| counts.get(&(occasion.id, seat)).copied().unwrap_or_default();
            let taken: i64 = Seat::TAKEN.iter().map(|seat| count(*seat)).sum();
            let free = occasion.seats.map(|seats| (i64::from(seats) - taken).max(0));
            let full = free == Some(0) || count(Seat::Waitlisted) > 0;
            Line {
                id: occasion.id,
                code: module.code,
                title: module.title,
                area: module.area,
                when: parts.iter().map(|part| self.when(part)).collect(),
                places: self.places(parts),
                seats: self.seats(free, count(Seat::Waitlisted)),
                full,
                state: match occasion.cancelled_at {
                    Some(_) => Some(self.shown("failed", "state--bad", "courses-called-off")),
                    None if trains.contains(&occasion.id) => {
                        Some(self.shown("booked", "state--good", "courses-you-train"))
                    }
                    None => own.get(&occasion.id).and_then(|seat| self.seat(*seat)),
                },
                language: (occasion.language != self.language.code()).then(|| self.language_of(occasion)),
                needed: path.steps.iter().any(|step| self.published.id_of(step.module) == occasion.module),
                short: self.short(occasion, count(Seat::Booked)).filter(|_| runs),
            }
        };
        occasions.iter().map(line).collect()
    }

    /// "3 av minst 6", when it must be decided whether a day that so many have booked is given.
    fn short(&self, occasion: &Occasion, booked: i64) -> Option<String> {
        let count = usize::try_from(booked).unwrap_or_default();
        let short = occasion.minimum_at(count, self.now) == Minimum::Short;
        let counts = [("booked", booked.into()), ("minimum", occasion.minimum.into())];
        short.then(|| self.text("courses-short-count", &counts))
    }

    /// "Bara 3 är bokade, och det behövs minst 6.", when it must be decided whether the day is given.
    pub fn short_of(&self, occasion: &Occasion, list: &[Entry]) -> Option<String> {
        let counts = [("booked", booked(list).into()), ("minimum", occasion.minimum.into())];
        let short = minimum(occasion, list, self.now) == Minimum::Short;
        short.then(|| self.text("courses-short-of", &counts))
    }

    /// Days of which it must be decided whether they are given, with how many have booked each.
    pub fn short_days(&self, days: Vec<(Given, usize)>) -> Vec<ShortDay> {
        let line = |(given, booked): (Given, usize)| {
            let count = self.short(&given.occasion, i64::try_from(booked).unwrap_or_default())?;
            let module = self.module(&given.occasion.module);
            Some(ShortDay {
                id: given.occasion.id,
                code: module.code,
                title: module.title,
                area: module.area,
                when: given.parts.first().map(|part| self.when(part)).unwrap_or_default(),
                count,
            })
        };
        days.into_iter().filter_map(line).collect()
    }

    /// Modules of which people want a day, with how many do.
    pub fn wanted(&self, wanted: Vec<(String, i64)>) -> Vec<Wanted> {
        let line = |(id, count): (String, i64)| {
            let module = self.module(&id);
            let people = self.text("courses-wanted-people", &[("count", count.into())]);
            Wanted { area: module.area, id, code: module.code, title: module.title, people }
        };
        wanted.into_iter().map(line).collect()
    }

    fn place(&self, part: &Part) -> String {
        match part.place.is_empty() {
            true => self.text("courses-online", &[]),
            false => part.place.clone(),
        }
    }

    fn places(&self, parts: &[Part]) -> Vec<String> {
        let mut places: Vec<String> = Vec::with_capacity(1);
        for place in parts.iter().map(|part| self.place(part)) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    fn seats(&self, free: Option<i64>, waiting: i64) -> String {
        match free {
            _ if waiting > 0 => self.text("courses-full-waiting", &[("count", waiting.into())]),
            None => self.text("courses-no-limit", &[]),
            Some(0) => self.text("courses-full", &[]),
            Some(free) => self.text("courses-free", &[("count", free.into())]),
        }
    }

    pub(super) fn shown(&self, icon: &'static str, tone: &'static str, key: &str) -> Shown {
        Shown { icon, tone, text: self.text(key, &[]) }
    }

    /// None = has none.
    pub(super) fn seat(&self, seat: Seat) -> Option<Shown> {
        match seat {
            Seat::Booked => Some(self.shown("booked", "state--good", "courses-seat-booked")),
            Seat::Waitlisted => Some(self.shown("waiting", "", "courses-seat-waitlisted")),
            Seat::Offered => Some(self.shown("asked", "state--warn", "courses-seat-offered")),
            Seat::Attended => Some(self.shown("done", "state--good", "courses-seat-attended")),
            Seat::Absent => Some(self.shown("miss", "state--bad", "courses-seat-absent")),
            Seat::Cancelled => None,
        }
    }

    /// "På engelska".
    pub(super) fn language_of(&self, occasion: &Occasion) -> String {
        match Language::of_code(&occasion.language) {
            Language::Sv => self.text("courses-in-swedish", &[]),
            Language::En => self.text("courses-in-english", &[]),
        }
    }

    /// `kept` says for whom it is, when it is not for everybody.
    pub fn head(&self, given: &Given, list: &[Entry], kept: Option<String>, trainers: &[Trainer]) -> Head {
        let occasion = &given.occasion;
        let module = self.module(&occasion.module);
        let waiting = list.iter().filter(|entry| entry.seat == Seat::Waitlisted).count();
        let free = life::free(occasion.room(), list);
        let mut facts = vec![("courses-seats", self.seats(free.map(i64::from), waiting as i64))];
        if let Some(closes) = occasion.closes_at {
            // It closes at midnight, which people call the end of the day before.
            let last = words::to_local(closes - TimeDelta::seconds(1)).date();
            facts.push(("courses-closes", words::date_long(self.language, last, self.today)));
        }
        if occasion.minimum > 0 {
            let key = match minimum(occasion, list, self.now) {
                Minimum::RunsAnyway => "courses-runs-anyway",
                Minimum::Reached | Minimum::Open | Minimum::Short => "courses-people",
            };
            facts.push(("courses-minimum", self.text(key, &[("count", occasion.minimum.into())])));
        }
        facts.push(("courses-language", self.language_of(occasion)));
        if !trainers.is_empty() {
            let names: Vec<&str> = trainers.iter().map(|trainer| trainer.name.as_str()).collect();
            facts.push(("courses-trainers", words::list(self.language, &names)));
        }
        facts.extend(kept.map(|kept| ("courses-audience", kept)));
        Head {
            id: occasion.id,
            area: module.area,
            code: module.code,
            title: module.title,
            module: module.id,
            parts: self.parts(&given.parts),
            called_off: occasion.cancelled_at.is_some(),
            facts,
        }
    }
}

/// How an occasion with this list stands to its minimum.
pub(super) fn minimum(occasion: &Occasion, list: &[Entry], now: NaiveDateTime) -> Minimum {
    occasion.minimum_at(booked(list), now)
}

/// How many have booked.
pub(super) fn booked(list: &[Entry]) -> usize {
    list.iter().filter(|entry| entry.seat == Seat::Booked).count()
}
