//! A plan as the page tells it. Pure.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Missed, Place, Placed, Plan};
use crate::courses::view::{PartLine, Shown, Telling};
use crate::engine::model::ModuleIx;
use crate::engine::schedule::calendar::date;
use crate::engine::schedule::reasons::Cause;
use crate::engine::schedule::task::Bar;
use crate::words::{self, Value};

/// The answer.
#[derive(Debug, Serialize)]
pub(in crate::courses) struct Told {
    /// In one sentence.
    pub answer: String,
    pub more: Vec<String>,
    /// All that is missed is late already, whatever is planned.
    pub only_late: bool,
    pub missed: Vec<MissedLine>,
    pub days: Vec<DayLine>,
    /// Occasions that a plan would book.
    pub to_book: Vec<i64>,
    /// How many seats the button books, in words.
    pub books: String,
}

#[derive(Debug, Serialize)]
pub(in crate::courses) struct MissedLine {
    pub area: &'static str,
    pub code: String,
    pub module: String,
    pub title: String,
    /// What is not met, in words.
    pub due: String,
    pub why: Vec<String>,
    pub first: String,
}

/// A piece with its day.
#[derive(Debug, Serialize)]
pub(in crate::courses) struct DayLine {
    pub area: &'static str,
    pub code: String,
    pub module: String,
    pub title: String,
    /// None when it has no day of its own.
    pub occasion: Option<i64>,
    pub parts: Vec<PartLine>,
    pub when: Option<String>,
    pub state: Shown,
    pub due: Option<String>,
    pub late: bool,
}

/// The plan of somebody; `name` when it is not the reader's own.
pub(in crate::courses) fn told(telling: &Telling, plan: &Plan, name: Option<&str>) -> Told {
    let to_book = plan.to_book();
    Told {
        answer: answer(telling, plan, name),
        more: more(telling, plan),
        only_late: plan.missed.iter().all(is_past),
        missed: plan.missed.iter().map(|missed| missed_line(telling, plan, missed)).collect(),
        days: plan.pieces.iter().map(|piece| day_line(telling, piece)).collect(),
        books: telling.text("courses-done-book", &[("count", to_book.len().into())]),
        to_book,
    }
}

fn answer(telling: &Telling, plan: &Plan, name: Option<&str>) -> String {
    // What is late already is no fault of the plan's: it is told beside the answer.
    let late = plan.missed.iter().filter(|missed| missed.due.is_some() && !is_past(missed)).count();
    let done = plan.done();
    let key = match (done, late, name) {
        _ if plan.pieces.is_empty() && name.is_some() => "courses-done-nothing-theirs",
        _ if plan.pieces.is_empty() => "courses-done-nothing",
        (Some(_), 0, Some(_)) => "courses-done-by-theirs",
        (Some(_), 0, None) => "courses-done-by",
        (Some(_), ..) => "courses-done-late",
        (None, 0, _) => "courses-done-not-all",
        (None, ..) => "courses-done-not-in-time",
    };
    let count = if late > 0 { late } else { plan.missed.len() };
    let day = done.map(|day| telling.long(day)).unwrap_or_default();
    let name: Value<'_> = name.unwrap_or_default().into();
    telling.text(key, &[("name", name), ("day", day.into()), ("count", count.into())])
}

fn is_past(missed: &Missed) -> bool {
    missed.causes == [Cause::Past]
}

fn more(telling: &Telling, plan: &Plan) -> Vec<String> {
    let mut more = Vec::new();
    let past = plan.missed.iter().filter(|missed| is_past(missed)).count();
    if past > 0 {
        more.push(telling.text("courses-done-past", &[("count", past.into())]));
    }
    if plan.dearer == Some(0) {
        more.push(telling.text("courses-done-other-way", &[]));
    } else if let Some(dearer) = plan.dearer {
        let hours = words::hours(telling.language, dearer);
        more.push(telling.text("courses-done-dearer", &[("hours", hours.into())]));
    }
    if !plan.proved {
        more.push(telling.text("courses-done-unproved", &[]));
    }
    more
}

fn missed_line(telling: &Telling, plan: &Plan, missed: &Missed) -> MissedLine {
    let module = telling.module(telling.published.id_of(missed.module));
    let causes = missed.causes.iter().map(|cause| why(telling, plan, cause));
    let due = missed.due.map(|due| telling.text("courses-done-was-due", &[("day", telling.day(due).into())]));
    MissedLine {
        area: module.area,
        due: due.unwrap_or_else(|| telling.text("courses-done-no-day", &[])),
        why: causes.collect(),
        first: match missed.first {
            Some(first) => telling.text("courses-done-first", &[("day", telling.long(first).into())]),
            None => telling.text("courses-done-never", &[]),
        },
        code: module.code,
        module: module.id,
        title: module.title,
    }
}

/// One cause in a sentence.
pub(in crate::courses) fn why(telling: &Telling, plan: &Plan, cause: &Cause) -> String {
    why_of(telling, &plan.modules, cause)
}

/// The same; `pieces` are the modules that the cause counts.
pub(in crate::courses) fn why_of(telling: &Telling, pieces: &[ModuleIx], cause: &Cause) -> String {
    let codes = |modules: &[ModuleIx]| {
        let codes: Vec<&str> = modules.iter().map(|module| telling.published.code(*module)).collect();
        words::list(telling.language, &codes)
    };
    let (key, modules) = match cause {
        Cause::Past => ("courses-why-past", String::new()),
        Cause::NoOccasion => ("courses-why-none", String::new()),
        Cause::NotByThen => ("courses-why-later", String::new()),
        Cause::Booked => ("courses-why-booked", String::new()),
        Cause::Barred(Bar::Full, of) => ("courses-why-full", codes(of)),
        Cause::Barred(Bar::Closed, of) => ("courses-why-closed", codes(of)),
        Cause::Barred(Bar::Kept, of) => ("courses-why-kept", codes(of)),
        Cause::Barred(Bar::Language, of) => ("courses-why-language", codes(of)),
        Cause::DaysAWeek => ("courses-why-week", String::new()),
        Cause::Away => ("courses-why-away", String::new()),
        Cause::Busy => ("courses-why-busy", String::new()),
        Cause::From => ("courses-why-from", String::new()),
        Cause::Chain(links) => ("courses-why-chain", chain(telling, pieces, links)),
        Cause::Others => ("courses-why-others", String::new()),
    };
    telling.text(key, &[("modules", modules.into())])
}

fn chain(telling: &Telling, pieces: &[ModuleIx], links: &[(usize, Option<i32>)]) -> String {
    let link = |(piece, day): &(usize, Option<i32>)| {
        let module = pieces.get(*piece).map_or("", |module| telling.published.code(*module)).to_owned();
        match day.and_then(date) {
            Some(day) => {
                telling.text("courses-why-link", &[("module", module.into()), ("day", telling.day(day).into())])
            }
            None => telling.text("courses-why-link-never", &[("module", module.into())]),
        }
    };
    words::list(telling.language, &links.iter().map(link).collect::<Vec<_>>())
}

fn day_line(telling: &Telling, piece: &Placed) -> DayLine {
    let module = telling.module(telling.published.id_of(piece.module));
    let given = match &piece.place {
        Place::Booked(given) => given.as_ref(),
        Place::Free(given) => Some(given),
        Place::Alone | Place::Nowhere => None,
    };
    let state = match &piece.place {
        Place::Booked(_) => telling.shown("booked", "state--good", "courses-seat-booked"),
        Place::Free(_) => telling.shown("next", "", "courses-done-free"),
        Place::Alone => telling.shown("next", "", "courses-done-alone"),
        Place::Nowhere => telling.shown("miss", "state--bad", "courses-done-nowhere"),
    };
    DayLine {
        area: module.area,
        occasion: given.map(|given| given.occasion.id),
        parts: given.map(|given| telling.parts(&given.parts)).unwrap_or_default(),
        when: match piece.place {
            Place::Alone => {
                piece.last.map(|day| telling.text("courses-done-by-then", &[("day", telling.day(day).into())]))
            }
            _ => None,
        },
        state,
        due: piece.due.map(|due| telling.day(due)),
        late: piece.due.is_some_and(|due| piece.last.is_none_or(|last| due < last)),
        code: module.code,
        module: module.id,
        title: module.title,
    }
}

impl Telling<'_> {
    fn long(&self, day: NaiveDate) -> String {
        words::date_long(self.language, day, self.today)
    }

    fn day(&self, day: NaiveDate) -> String {
        words::date(self.language, day, self.today)
    }
}
