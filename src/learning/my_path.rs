//! My path as a page shows it: what is next and why, what is late, the puzzle, the days to come. Pure.
//!
//! Decides nothing about the path: that is the engine's. Here it gets its words, its order on the page and its shapes.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::explain::{Sentence, Telling, sentences};
use super::puzzle::{self, Drawn, Shape};
use super::store::Occasion;
use crate::curriculum::model::Language;
use crate::curriculum::picture::class;
use crate::designer::published::Published;
use crate::engine::model::{Because, ModuleIx, Path, Proof, Quarters, State, Step};
use crate::words::{self, Value};

/// What the page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    pub published: &'a Published,
    pub path: &'a Path,
    pub today: NaiveDate,
    pub language: Language,
    /// Id and name of the person it is about; none when that is the reader.
    pub about: Option<(i64, &'a str)>,
    /// The occasions of the path's seats.
    pub seats: &'a [Occasion],
    /// Occasions to come of what is next and of what is most overdue, in time order.
    pub coming: &'a [Occasion],
    /// Milestones of the person's edition: their titles and days.
    pub milestones: &'a [(String, NaiveDate)],
    /// Whether the curriculum knows the person's job title.
    pub has_title: bool,
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
    pub(super) fn text(&self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        words::text(self.language, key, args)
    }

    pub(super) fn title(&self, module: ModuleIx) -> &'a str {
        self.published.module(module).title.of(self.language)
    }

    pub(super) fn date(&self, day: NaiveDate) -> String {
        words::date(self.language, day, self.today)
    }

    /// "i dag", "i morgon" or the date, as short as it is clear.
    fn near(&self, day: NaiveDate) -> String {
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

    pub(super) fn link(&self, module: ModuleIx, fragment: &str) -> Link {
        Link { href: self.href(module, fragment), text: self.title(module).to_owned() }
    }

    fn hours(&self, quarters: Quarters) -> Value<'static> {
        (f64::from(quarters) / 4.0).into()
    }

    pub(super) fn why(&self, step: &Step, because: &Because) -> Vec<Sentence> {
        let to_do = !matches!(step.state, State::Done | State::Expiring);
        sentences(&self.telling(), step.module, because, to_do)
    }

    fn telling(&self) -> Telling<'a> {
        Telling {
            curriculum: &self.published.curriculum,
            version: Some(&self.published.number),
            language: self.language,
            today: self.today,
            about: self.about.map(|(_, name)| name),
        }
    }

    // ---- what is next ----

    fn heading(&self, next: Option<&Step>) -> (String, Option<String>, Option<String>) {
        let Some(step) = next else { return self.nothing_left() };
        let module = ("module", self.title(step.module).into());
        let title = match self.about {
            Some((_, name)) => self.text("learning-next-of", &[("name", name.into()), module]),
            None => self.text("learning-next", &[module]),
        };
        let seat = step.booked.and_then(|seat| self.seats.iter().find(|occasion| occasion.id == seat.occasion));
        let when = seat.map(|occasion| self.when_and_where(occasion));
        let format = words::text(self.language, super::words::format(self.published.module(step.module).format), &[]);
        let mut meta =
            self.text("learning-hours-as", &[("hours", self.hours(step.quarters)), ("format", format.into())]);
        if when.is_none()
            && let Some(occasion) = self.coming.iter().find(|o| o.module == self.published.id_of(step.module))
        {
            meta.push(' ');
            meta += &self.text("learning-coming", &[("when", self.when_and_where(occasion).into())]);
        }
        (title, when, Some(meta))
    }

    fn nothing_left(&self) -> (String, Option<String>, Option<String>) {
        let (pieces, hours) = (self.path.held.len(), self.hours(self.path.quarters_total));
        if pieces == 0 {
            return (self.text("learning-nothing", &[]), None, Some(self.text("learning-nothing-why", &[])));
        }
        let done = self.text("learning-all-done-sum", &[("pieces", pieces.into()), ("hours", hours)]);
        let ending = self.path.held.iter().filter_map(|step| Some((step.achieved?.valid_until?, step)));
        let ending = ending.filter(|(_, step)| step.state == State::Expiring).min_by_key(|(day, _)| *day);
        let renew = ending.map(|(day, step)| {
            let args = [("module", self.title(step.module).into()), ("day", self.date(day).into())];
            format!(" {}", self.text("learning-renew", &args))
        });
        (self.text("learning-all-done", &[]), None, Some(done + &renew.unwrap_or_default()))
    }

    pub(super) fn when_and_where(&self, occasion: &Occasion) -> String {
        let when = words::at(self.language, occasion.starts_at, self.today);
        if occasion.place.is_empty() { when } else { format!("{when}, {}", occasion.place) }
    }

    fn seat_lines(&self) -> Vec<SeatLine> {
        let of = |occasion: &Occasion| {
            let (module, _) = self.published.module_by_id(&occasion.module)?;
            let when = words::when(self.language, occasion.starts_at, occasion.ends_at, self.today);
            Some(SeatLine { module: self.link(module, ""), when, place: occasion.place.clone() })
        };
        let mut seats: Vec<&Occasion> = self.seats.iter().collect();
        seats.sort_by_key(|occasion| (occasion.starts_at, occasion.id));
        seats.into_iter().filter_map(of).take(4).collect()
    }

    // ---- what is late, and how much is left ----

    fn alert(&self, step: &Step) -> Alert {
        let due = step.due.unwrap_or(self.today);
        let args = [("module", self.title(step.module).into()), ("day", self.date(due).into())];
        let waiting = self.path.steps.iter().filter(|other| other.locked_by.contains(&step.module)).count();
        let others = self.path.steps.iter().filter(|other| other.state == State::Overdue).count() - 1;
        let mut more = Vec::new();
        if waiting > 0 {
            more.push(self.text("learning-waiting", &[("count", waiting.into())]));
        }
        if let Some(seat) = step.booked {
            more.push(self.text("learning-alert-booked", &[("day", self.near(seat.day).into())]));
        } else if let Some(occasion) = self.coming.iter().find(|o| o.module == self.published.id_of(step.module)) {
            more.push(self.text("learning-coming", &[("when", self.when_and_where(occasion).into())]));
        }
        if others > 0 {
            more.push(self.text("learning-also-overdue", &[("count", others.into())]));
        }
        Alert { text: self.text("learning-alert", &args), more, href: self.href(step.module, "#why") }
    }

    fn sum(&self) -> Option<Sum> {
        let (left, total) = (self.path.quarters_left, self.path.quarters_total);
        (total > 0).then(|| Sum {
            left: self.text("learning-hours-left", &[("hours", self.hours(left))]),
            of: self.text("learning-of-hours", &[("hours", self.hours(total))]),
            done: f64::from(total - left) / 4.0,
            total: f64::from(total) / 4.0,
        })
    }

    fn unproved(&self) -> Option<String> {
        match self.path.proof {
            Proof::Optimal => None,
            Proof::AtLeast(least) => Some(self.text("learning-unproved", &[("hours", self.hours(least))])),
        }
    }

    // ---- the puzzle ----

    /// Each leg with its pieces' outlines.
    fn legs(&self, next: Option<&Step>) -> Vec<(Leg, Vec<Shape>)> {
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

    fn leg(
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

    fn leg_sum<'s>(&self, steps: impl Iterator<Item = &'s Step>) -> String {
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

    fn piece(&self, step: &Step, next: Option<&Step>, wide: &'static str, tall: &'static str) -> Piece {
        let is_next = next.is_some_and(|next| next.module == step.module);
        let (class, icon) = looks(step.state, is_next);
        Piece {
            id: self.published.id_of(step.module).to_owned(),
            code: self.published.code(step.module).to_owned(),
            title: self.published.module(step.module).short.of(self.language).to_owned(),
            hours: self.short_hours(step.quarters),
            href: self.href(step.module, "#why"),
            class,
            icon,
            state: self.state(step, is_next),
            wide,
            tall,
        }
    }

    fn short_hours(&self, quarters: Quarters) -> String {
        format!("{} h", words::hours(self.language, quarters))
    }

    /// The state in words, with its day or what locks it.
    pub fn state(&self, step: &Step, is_next: bool) -> String {
        let day = |day: Option<NaiveDate>| ("day", Value::from(day.map(|day| self.near(day)).unwrap_or_default()));
        let booked = step.booked.map(|seat| seat.day);
        match step.state {
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
    fn keys(&self, next: Option<&Step>) -> Vec<Key> {
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

    fn advice(&self, step: &Step) -> Advice {
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

    // ---- the line to the last day ----

    fn line(&self) -> Option<Line> {
        let dues = self.path.steps.iter().filter_map(|step| step.due);
        let milestones = self.milestones.iter().map(|(_, day)| *day);
        let last = dues.chain(milestones).max().filter(|last| *last >= self.today)?;
        let mut days = vec![self.today_on_the_line()];
        days.extend(self.days_to_come(last));
        let booked = self.path.steps.iter().filter(|step| step.booked.is_some()).count();
        let free = self.path.steps.len() - booked;
        let text = match (booked, free) {
            (_, 0) => self.text("learning-line-all-booked", &[]),
            _ => self.text("learning-line-text", &[("booked", booked.into()), ("free", free.into())]),
        };
        let long = days.len() > 7;
        Some(Line { title: self.text("learning-until", &[("day", self.date(last).into())]), text, days, long })
    }

    fn today_on_the_line(&self) -> LineDay {
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
    fn days_to_come(&self, last: NaiveDate) -> Vec<LineDay> {
        let mut days: Vec<(NaiveDate, u8, String)> = Vec::new();
        let short = |step: &Step| self.published.module(step.module).short.of(self.language).to_owned();
        let mut due = std::collections::BTreeMap::<NaiveDate, Vec<&Step>>::new();
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

/// Class and icon of a piece.
pub fn looks(state: State, is_next: bool) -> (&'static str, &'static str) {
    match state {
        State::Overdue => ("is-overdue", "overdue"),
        _ if is_next => ("is-next", "next"),
        State::Done => ("is-done", "done"),
        State::Expiring => ("is-done is-expiring", "exp"),
        State::Expired => ("is-expired", "exp"),
        State::Booked => ("is-booked", "booked"),
        State::Locked => ("is-locked", "locked"),
        State::Available => ("is-open", "open"),
    }
}
