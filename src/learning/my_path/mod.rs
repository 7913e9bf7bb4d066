//! My path as a page shows it: what is next and why, what is late, the puzzle, the days to come. Pure.
//!
//! Decides nothing about the path: that is the engine's. Here it gets its words, its order on the page and its shapes.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::explain::{Sentence, Telling, sentences};
use super::puzzle::{self, Drawn, Shape};
use super::store::assessed::Standing;
use crate::curriculum::model::Language;
use crate::engine::model::{Because, ModuleIx, Path, Quarters, State, Step};
use crate::occasions::store::{Day, Occasion};
use crate::versions::published::Published;
use crate::words::{self, Value};

mod left;
mod line;
mod next;
mod pieces;
#[cfg(test)]
mod tests;

pub use pieces::looks;

/// What the page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    pub published: &'a Published,
    pub path: &'a Path,
    pub today: NaiveDate,
    pub language: Language,
    /// Id and name of the person it is about; none when that is the reader.
    pub about: Option<(i64, &'a str)>,
    /// The occasions to come at which the person has a seat.
    pub seats: &'a [Occasion],
    /// The next days of what is not booked yet, in time order.
    pub days: &'a [Day],
    /// Milestones of the person's edition: their titles and days.
    pub milestones: &'a [(String, NaiveDate)],
    /// Whether the curriculum knows the person's job title.
    pub has_title: bool,
    /// How the person's tests, assignments and observations stand.
    pub assessed: &'a [Standing],
    /// Occasions that go on today, at which the person was marked as there enough.
    pub here: &'a [i64],
}

/// The page's data.
#[derive(Debug, Clone, Serialize)]
pub struct MyPath {
    /// The day, as a heading above the heading.
    pub day: String,
    pub title: String,
    /// When and where, beside the title.
    pub when: Option<String>,
    pub meta: Option<String>,
    /// Whose path, when it is not the reader's.
    pub about: Option<About>,
    /// The module to prepare for or to read about.
    pub next: Option<Link>,
    pub is_booked: bool,
    /// The occasion of what is next, where a seat can be asked for.
    pub book: Option<Link>,
    pub why: Vec<Sentence>,
    pub seats: Vec<SeatLine>,
    pub alert: Option<Alert>,
    pub sum: Option<Sum>,
    /// Said when the path may not be the shortest.
    pub unproved: Option<String>,
    pub has_title: bool,
    pub shapes: Vec<&'static Drawn>,
    pub areas: Vec<AreaKey>,
    pub legs: Vec<Leg>,
    pub keys: Vec<Key>,
    pub recommended: Vec<Advice>,
    pub line: Option<Line>,
}

#[derive(Debug, Clone, Serialize)]
pub struct About {
    pub id: i64,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    pub href: String,
    pub text: String,
}

/// A booked day.
#[derive(Debug, Clone, Serialize)]
pub struct SeatLine {
    /// Of the occasion.
    pub id: i64,
    pub module: Link,
    pub when: String,
    pub place: String,
}

/// The one thing that is most late.
#[derive(Debug, Clone, Serialize)]
pub struct Alert {
    pub text: String,
    /// What follows from it, one sentence each.
    pub more: Vec<String>,
    pub href: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Sum {
    pub left: String,
    pub of: String,
    /// Hours done and hours in all, as numbers for `<progress>`.
    pub done: f64,
    pub total: f64,
}

/// An area's colour, letter and name.
#[derive(Debug, Clone, Serialize)]
pub struct AreaKey {
    pub class: &'static str,
    pub letter: String,
    pub title: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Leg {
    /// 1 first.
    pub number: usize,
    pub title: String,
    pub sum: String,
    pub areas: Vec<Area>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Area {
    pub key: AreaKey,
    pub pieces: Vec<Piece>,
}

/// One piece of the puzzle.
#[derive(Debug, Clone, Serialize)]
pub struct Piece {
    pub id: String,
    pub code: String,
    pub title: String,
    pub hours: String,
    pub href: String,
    pub class: &'static str,
    pub icon: &'static str,
    pub state: String,
    pub wide: &'static str,
    pub tall: &'static str,
}

/// A state's icon and word.
#[derive(Debug, Clone, Serialize)]
pub struct Key {
    pub icon: &'static str,
    pub text: String,
}

/// A recommended module.
#[derive(Debug, Clone, Serialize)]
pub struct Advice {
    pub class: &'static str,
    pub code: String,
    pub module: Link,
    pub hours: String,
    pub state: Option<String>,
}

/// The days up to the last.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub title: String,
    pub text: String,
    pub days: Vec<LineDay>,
    /// Too many days to stand side by side.
    pub long: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct LineDay {
    pub date: String,
    pub iso: String,
    pub text: String,
    pub class: &'static str,
}

/// What to do next: the first booked day, else the first step.
pub fn next(path: &Path) -> Option<&Step> {
    let booked = path.steps.iter().filter_map(|step| Some((step.booked?.day, step)));
    booked.min_by_key(|(day, _)| *day).map(|(_, step)| step).or(path.steps.first())
}

/// The step whose day passed first.
pub fn most_overdue(path: &Path) -> Option<&Step> {
    path.steps.iter().filter(|step| step.state == State::Overdue).min_by_key(|step| step.due)
}

/// The whole page.
pub fn view(seen: &Seen) -> MyPath {
    let next = next(seen.path);
    let (title, when, meta) = seen.heading(next);
    let legs = seen.legs(next);
    MyPath {
        day: seen.day_heading(),
        title,
        when,
        meta,
        about: seen.about.map(|(id, name)| About { id, name: name.to_owned() }),
        next: next.map(|step| seen.link(step.module, "")),
        is_booked: next.is_some_and(|step| step.booked.is_some()),
        book: seen.hand_in(next).or_else(|| seen.book(next)),
        why: next.and_then(|step| Some(seen.why(step, step.because.first()?))).unwrap_or_default(),
        seats: seen.seat_lines(),
        alert: most_overdue(seen.path).map(|step| seen.alert(step)),
        sum: seen.sum(),
        unproved: seen.unproved(),
        has_title: seen.has_title,
        shapes: drawn(&legs),
        areas: legs.iter().flat_map(|(leg, _)| leg.areas.iter().map(|area| area.key.clone())).collect(),
        keys: seen.keys(next),
        legs: legs.into_iter().map(|(leg, _)| leg).collect(),
        recommended: seen.path.recommended.iter().map(|step| seen.advice(step)).collect(),
        line: seen.line(),
    }
}

fn drawn(legs: &[(Leg, Vec<Shape>)]) -> Vec<&'static Drawn> {
    let shapes: BTreeSet<Shape> = legs.iter().flat_map(|(_, shapes)| shapes.iter().copied()).collect();
    puzzle::drawn(&shapes)
}

impl<'a> Seen<'a> {
    pub fn text(&self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        words::text(self.language, key, args)
    }

    pub fn title(&self, module: ModuleIx) -> &'a str {
        self.published.module(module).title.of(self.language)
    }

    pub fn date(&self, day: NaiveDate) -> String {
        words::date(self.language, day, self.today)
    }

    /// "i dag", "i morgon" or the date, as short as it is clear.
    pub(in crate::learning) fn near(&self, day: NaiveDate) -> String {
        match day.signed_duration_since(self.today).num_days() {
            0 => self.text("learning-today", &[]),
            1 => self.text("learning-tomorrow", &[]),
            // So near that the year goes without saying.
            2..300 | -90..0 => words::date_short(self.language, day),
            _ => self.date(day),
        }
    }

    /// "Måndag 1 mars 2027".
    fn day_heading(&self) -> String {
        let day = words::date_long(self.language, self.today, NaiveDate::MIN);
        let mut letters = day.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// The page of a module; `fragment` begins with `#` or is empty.
    pub fn href(&self, module: ModuleIx, fragment: &str) -> String {
        let id = self.published.id_of(module);
        match self.about {
            Some((person, _)) => format!("/curriculum/modules/{id}?person={person}{fragment}"),
            None => format!("/curriculum/modules/{id}{fragment}"),
        }
    }

    pub fn link(&self, module: ModuleIx, fragment: &str) -> Link {
        Link { href: self.href(module, fragment), text: self.title(module).to_owned() }
    }

    fn hours(&self, quarters: Quarters) -> Value<'static> {
        (f64::from(quarters) / 4.0).into()
    }

    pub fn why(&self, step: &Step, because: &Because) -> Vec<Sentence> {
        let to_do = !matches!(step.state, State::Done | State::Expiring);
        sentences(&self.telling(), step.module, because, to_do)
    }

    fn telling(&self) -> Telling<'a> {
        Telling {
            curriculum: &self.published.curriculum,
            published: Some(self.published),
            language: self.language,
            today: self.today,
            about: self.about.map(|(_, name)| name),
        }
    }
}
