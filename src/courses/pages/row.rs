//! One part as it stands in the form of an occasion.

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use crate::courses::plan::PartPlan;
use crate::web::{Errors, day};

/// A part as it stands in the form.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Row {
    /// 1 for the first.
    pub(super) number: usize,
    /// Of its fields.
    pub(super) ids: Ids,
    pub(super) day: String,
    pub(super) starts: String,
    pub(super) ends: String,
    pub(super) place: String,
    pub(super) link: String,
    pub(super) wrong: Wrong,
}

/// The ids of a row's fields: without a number in the first.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Ids {
    pub(super) day: String,
    pub(super) starts: String,
    pub(super) ends: String,
    pub(super) place: String,
    pub(super) link: String,
}

/// Keys of what is wrong in a row.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(super) struct Wrong {
    pub(super) day: Option<&'static str>,
    pub(super) starts: Option<&'static str>,
    pub(super) ends: Option<&'static str>,
    pub(super) place: Option<&'static str>,
    pub(super) link: Option<&'static str>,
}

/// The id of a row's field, under which what is wrong with it is noted: `day` in the first, `day-2` in the second.
pub(super) fn id(field: &str, row: usize) -> String {
    if row == 0 { field.to_owned() } else { format!("{field}-{}", row + 1) }
}

impl Row {
    pub(super) fn check(&self, errors: &mut Errors) -> PartPlan {
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

pub(super) fn is_https(link: &str) -> bool {
    url::Url::parse(link).is_ok_and(|url| url.scheme() == "https")
}

fn clock_time(errors: &mut Errors, field: String, text: &str) -> Option<NaiveTime> {
    let time = ["%H:%M", "%H.%M"].into_iter().find_map(|form| NaiveTime::parse_from_str(text.trim(), form).ok());
    if time.is_none() {
        errors.add(field, "courses-time-missing");
    }
    time
}
