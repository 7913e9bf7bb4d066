//! The form in which an occasion is planned: what is typed, and the plan that it is.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::courses::plan::{self, MOST_PARTS, PartPlan, Plan, Series};
use crate::web::{Errors, day};

/// An occasion as it is typed. Fields of parts are repeated, once for each row; a row without a day is no part.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlanForm {
    module: String,
    day: Vec<String>,
    starts: Vec<String>,
    ends: Vec<String>,
    place: Vec<String>,
    link: Vec<String>,
    seats: String,
    minimum: String,
    closes: String,
    every: String,
    times: String,
    /// Asks for a row for one more part, and nothing else.
    more: String,
}

impl Default for PlanForm {
    /// A whole day, closed for booking three days before.
    fn default() -> Self {
        let text = String::from;
        PlanForm {
            module: text(""),
            day: Vec::new(),
            starts: vec![text("08:30")],
            ends: vec![text("16:30")],
            place: Vec::new(),
            link: Vec::new(),
            seats: text("20"),
            minimum: text(""),
            closes: text("3"),
            every: text("2"),
            times: text("1"),
            more: text(""),
        }
    }
}

/// A part as it stands in the form.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Row {
    /// 1 for the first.
    number: usize,
    /// Of its fields.
    ids: Ids,
    day: String,
    starts: String,
    ends: String,
    place: String,
    link: String,
    wrong: Wrong,
}

/// The ids of a row's fields: without a number in the first.
#[derive(Debug, Clone, Default, Serialize)]
struct Ids {
    day: String,
    starts: String,
    ends: String,
    place: String,
    link: String,
}

/// Keys of what is wrong in a row.
#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Wrong {
    day: Option<&'static str>,
    starts: Option<&'static str>,
    ends: Option<&'static str>,
    place: Option<&'static str>,
    link: Option<&'static str>,
}

/// The id of a row's field, under which what is wrong with it is noted: `day` in the first, `day-2` in the second.
pub(super) fn id(field: &str, row: usize) -> String {
    if row == 0 { field.to_owned() } else { format!("{field}-{}", row + 1) }
}

impl PlanForm {
    /// An empty form but for what is known.
    pub(super) fn wanted(module: String, day: String) -> PlanForm {
        PlanForm { module, day: vec![day], ..PlanForm::default() }
    }

    pub(super) fn of(plan: &Plan) -> PlanForm {
        let number = |n: u32| if n == 0 { String::new() } else { n.to_string() };
        let each = |text: fn(&PartPlan) -> String| plan.parts.iter().map(text).collect::<Vec<_>>();
        PlanForm {
            module: plan.module.clone(),
            day: each(|part| part.day.to_string()),
            starts: each(|part| part.starts.format("%H:%M").to_string()),
            ends: each(|part| part.ends.format("%H:%M").to_string()),
            place: each(|part| part.place.clone()),
            link: each(|part| part.link.clone()),
            seats: plan.seats.map(|seats| seats.to_string()).unwrap_or_default(),
            minimum: number(plan.minimum),
            closes: number(plan.closes_days),
            ..PlanForm::default()
        }
    }

    /// Whether it only asks for one more row, which it then has: like the last one, but for its day.
    pub(super) fn asks_for_more(&mut self) -> bool {
        if self.more.is_empty() {
            return false;
        }
        self.more.clear();
        let last = self.row(self.count() - 1);
        if self.count() < MOST_PARTS {
            let count = self.count();
            let add = |to: &mut Vec<String>, value: String| {
                to.resize(count, String::new());
                to.push(value);
            };
            add(&mut self.day, String::new());
            add(&mut self.starts, last.starts);
            add(&mut self.ends, last.ends);
            add(&mut self.place, last.place);
            add(&mut self.link, last.link);
        }
        true
    }

    /// At least one.
    fn count(&self) -> usize {
        self.day.len().clamp(1, MOST_PARTS)
    }

    fn row(&self, index: usize) -> Row {
        let of = |values: &[String]| values.get(index).map(|value| value.trim().to_owned()).unwrap_or_default();
        Row {
            number: index + 1,
            ids: Ids {
                day: id("day", index),
                starts: id("starts", index),
                ends: id("ends", index),
                place: id("place", index),
                link: id("link", index),
            },
            day: of(&self.day),
            starts: of(&self.starts),
            ends: of(&self.ends),
            place: of(&self.place),
            link: of(&self.link),
            wrong: Wrong::default(),
        }
    }

    pub(super) fn rows(&self, errors: &Errors) -> Vec<Row> {
        let row = |index: usize| {
            let wrong = |field: &str| errors.of(&id(field, index));
            let wrong = Wrong {
                day: wrong("day"),
                starts: wrong("starts"),
                ends: wrong("ends"),
                place: wrong("place"),
                link: wrong("link"),
            };
            Row { wrong, ..self.row(index) }
        };
        (0..self.count()).map(row).collect()
    }

    /// The plan, how it is repeated, and the rows of the plan's parts.
    pub(super) fn check(&self) -> Result<(Plan, Series, Vec<usize>), Errors> {
        let mut errors = Errors::default();
        errors.require("module", &self.module, "courses-module-missing");
        let mut rows: Vec<Row> = (0..self.count()).map(|index| self.row(index)).collect();
        if rows.iter().any(|row| !row.day.is_empty()) {
            rows.retain(|row| !row.day.is_empty());
        }
        let parts = rows.iter().map(|row| row.check(&mut errors)).collect();
        let seats = number(&mut errors, "seats", &self.seats, 10_000);
        let minimum = number(&mut errors, "minimum", &self.minimum, 10_000).unwrap_or_default();
        let closes_days = number(&mut errors, "closes", &self.closes, 365).unwrap_or_default();
        let every = number(&mut errors, "every", &self.every, 52).unwrap_or(1).max(1);
        let times = number(&mut errors, "times", &self.times, plan::MOST_DAYS).unwrap_or(1).max(1);
        let plan = Plan { module: self.module.clone(), parts, seats, minimum, closes_days };
        errors.or((plan, Series { every, times }, rows.iter().map(|row| row.number - 1).collect()))
    }
}

impl Row {
    fn check(&self, errors: &mut Errors) -> PartPlan {
        let id = |field: &str| id(field, self.number - 1);
        let planned = day(&self.day);
        if planned.is_none() {
            errors.add(id("day"), "courses-day-missing");
        }
        let starts = clock_time(errors, id("starts"), &self.starts);
        let ends = clock_time(errors, id("ends"), &self.ends);
        if self.place.is_empty() && self.link.is_empty() {
            errors.add(id("place"), "courses-place-missing");
        }
        if !self.link.is_empty() && !is_https(&self.link) {
            errors.add(id("link"), "courses-link-wrong");
        }
        PartPlan {
            day: planned.unwrap_or(NaiveDate::MIN),
            starts: starts.unwrap_or(NaiveTime::MIN),
            ends: ends.unwrap_or(NaiveTime::MIN),
            place: self.place.clone(),
            link: self.link.clone(),
        }
    }
}

fn is_https(link: &str) -> bool {
    url::Url::parse(link).is_ok_and(|url| url.scheme() == "https")
}

fn clock_time(errors: &mut Errors, field: String, text: &str) -> Option<NaiveTime> {
    let time = ["%H:%M", "%H.%M"].into_iter().find_map(|form| NaiveTime::parse_from_str(text.trim(), form).ok());
    if time.is_none() {
        errors.add(field, "courses-time-missing");
    }
    time
}

/// A whole number, none when nothing is written.
fn number(errors: &mut Errors, field: &'static str, text: &str, most: u32) -> Option<u32> {
    let text = text.trim();
    let number = text.parse().ok().filter(|n| *n <= most);
    if number.is_none() && !text.is_empty() {
        errors.add(field, "courses-not-a-number");
    }
    number
}
