//! The region's own days without courses, for whoever plans.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path as Segment};
use serde::{Deserialize, Serialize};

use crate::accounts::policy::Developer;
use crate::clock;
use crate::courses::plan;
use crate::occasions::store::{self as rows, DayOff};
use crate::store::{Store, blocking};
use crate::web::{Chrome, Errors, Form, May, Nothing, Problem, day, done, invalid, page};
use crate::words;

#[derive(Serialize)]
struct DaysOff {
    days: Vec<Line>,
    form: DayOffForm,
    errors: Errors,
}

#[derive(Serialize)]
struct Line {
    id: i64,
    name: String,
    when: String,
    past: bool,
}

/// Days off as they are typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DayOffForm {
    name: String,
    from: String,
    /// Empty = the same day.
    to: String,
}

/// The longest stretch of days off that is no slip of the hand.
const LONGEST: i64 = 120;

impl DayOffForm {
    fn check(&self) -> Result<DayOff, Errors> {
        let mut errors = Errors::default();
        errors.require("name", &self.name, "courses-off-name-missing");
        let from = day(&self.from);
        if from.is_none() {
            errors.add("from", "courses-day-missing");
        }
        let to = if self.to.trim().is_empty() { from } else { day(&self.to) };
        match (from, to) {
            (_, None) => errors.add("to", "courses-day-missing"),
            (Some(from), Some(to)) if to < from || (to - from).num_days() > LONGEST => {
                errors.add("to", "courses-off-wrong");
            }
            _ => {}
        }
        let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
        let name = words::clean_name(&self.name).chars().take(100).collect();
        errors.or(DayOff { id: 0, from, to, name })
    }
}

async fn body(store: &Data<Store>, chrome: &Chrome, form: DayOffForm, errors: Errors) -> Result<DaysOff, Problem> {
    let (store, language, today) = (store.clone(), chrome.language, clock::today());
    let days = blocking(move || store.read(rows::days_off)).await?;
    let line = |off: DayOff| {
        let (from, to) = (words::date_long(language, off.from, today), words::date_long(language, off.to, today));
        let when = if off.from == off.to { from } else { format!("{from} – {to}") };
        Line { id: off.id, name: off.name, when, past: off.to < today }
    };
    Ok(DaysOff { days: days.into_iter().map(line).collect(), form, errors })
}

/// `GET /occasions/days-off`.
pub async fn show(_may: May<Developer>, chrome: Chrome, store: Data<Store>) -> Result<HttpResponse, Problem> {
    let body = body(&store, &chrome, DayOffForm::default(), Errors::default()).await?;
    Ok(page(&chrome.named("courses-off"), "courses/days_off", &body))
}

/// `POST /occasions/days-off`.
pub async fn add(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    form: Form<DayOffForm>,
) -> Result<HttpResponse, Problem> {
    match form.0.check() {
        Ok(off) => {
            let by = Some(may.who.id);
            blocking(move || plan::add_day_off(&store, &off, by, clock::now())).await?;
            Ok(done("/occasions/days-off", "courses-off-added"))
        }
        Err(errors) => {
            let body = body(&store, &chrome, form.0, errors).await?;
            Ok(invalid(&chrome.named("courses-off"), "courses/days_off", &body))
        }
    }
}

/// `POST /occasions/days-off/{day}/remove`.
pub async fn remove(
    may: May<Developer>,
    store: Data<Store>,
    day: Segment<i64>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let (id, by) = (*day, Some(may.who.id));
    match blocking(move || plan::remove_day_off(&store, id, by, clock::now())).await? {
        true => Ok(done("/occasions/days-off", "courses-off-removed")),
        false => Err(Problem::NotFound),
    }
}
