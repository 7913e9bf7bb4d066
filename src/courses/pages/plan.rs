//! Opening course days, changing them and calling them off: for whoever runs them.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path as Segment, Query};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::accounts::policy::Developer;
use crate::clock;
use crate::courses::plan::{self, Plan, Refusal, Series};
use crate::curriculum::model::Language;
use crate::occasions::service as occasions;
use crate::occasions::store as rows;
use crate::store::{Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Problem, day, done, invalid, page};

/// A day as it is typed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlanForm {
    module: String,
    day: String,
    starts: String,
    ends: String,
    place: String,
    link: String,
    seats: String,
    minimum: String,
    closes: String,
    every: String,
    times: String,
}

impl Default for PlanForm {
    /// A whole day, closed for booking three days before.
    fn default() -> Self {
        let text = String::from;
        PlanForm {
            module: text(""),
            day: text(""),
            starts: text("08:30"),
            ends: text("16:30"),
            place: text(""),
            link: text(""),
            seats: text("20"),
            minimum: text(""),
            closes: text("3"),
            every: text("2"),
            times: text("1"),
        }
    }
}

impl PlanForm {
    fn of(plan: &Plan) -> PlanForm {
        let number = |n: u32| if n == 0 { String::new() } else { n.to_string() };
        PlanForm {
            module: plan.module.clone(),
            day: plan.day.to_string(),
            starts: plan.starts.format("%H:%M").to_string(),
            ends: plan.ends.format("%H:%M").to_string(),
            place: plan.place.clone(),
            link: plan.link.clone(),
            seats: plan.seats.map(|seats| seats.to_string()).unwrap_or_default(),
            minimum: number(plan.minimum),
            closes: number(plan.closes_days),
            ..PlanForm::default()
        }
    }

    fn check(&self) -> Result<(Plan, Series), Errors> {
        let mut errors = Errors::default();
        errors.require("module", &self.module, "courses-module-missing");
        let planned = day(&self.day);
        if planned.is_none() {
            errors.add("day", "courses-day-missing");
        }
        let starts = clock_time(&mut errors, "starts", &self.starts);
        let ends = clock_time(&mut errors, "ends", &self.ends);
        if self.place.trim().is_empty() && self.link.trim().is_empty() {
            errors.add("place", "courses-place-missing");
        }
        if !self.link.trim().is_empty() && url::Url::parse(self.link.trim()).map_or(true, |url| url.scheme() != "https")
        {
            errors.add("link", "courses-link-wrong");
        }
        let seats = number(&mut errors, "seats", &self.seats, 10_000);
        let minimum = number(&mut errors, "minimum", &self.minimum, 10_000).unwrap_or_default();
        let closes_days = number(&mut errors, "closes", &self.closes, 365).unwrap_or_default();
        let every = number(&mut errors, "every", &self.every, 52).unwrap_or(1).max(1);
        let times = number(&mut errors, "times", &self.times, plan::MOST_DAYS).unwrap_or(1).max(1);
        let plan = Plan {
            module: self.module.clone(),
            day: planned.unwrap_or(NaiveDate::MIN),
            starts: starts.unwrap_or(NaiveTime::MIN),
            ends: ends.unwrap_or(NaiveTime::MIN),
            place: self.place.clone(),
            link: self.link.clone(),
            seats,
            minimum,
            closes_days,
        };
        errors.or((plan, Series { every, times }))
    }
}

fn clock_time(errors: &mut Errors, field: &'static str, text: &str) -> Option<NaiveTime> {
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

#[derive(Serialize)]
struct PlanPage {
    /// The occasion that is changed; none for a new one.
    id: Option<i64>,
    form: PlanForm,
    modules: Vec<Choice>,
    errors: Errors,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    label: String,
}

fn plan_page(published: &Published, id: Option<i64>, form: PlanForm, errors: Errors, language: Language) -> PlanPage {
    let module = |(id, module): &(String, crate::curriculum::model::Module)| {
        let code = published.module_by_id(id).map_or("", |(module, _)| published.code(module));
        Choice { value: id.clone(), label: format!("{code} {}", module.title.of(language)) }
    };
    let modules = published.curriculum.modules.iter().map(module).collect();
    PlanPage { id, form, modules, errors }
}

/// `GET /occasions/new`; with a module and a day when it comes from a page that knows them.
pub async fn new(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    query: Query<PlanForm>,
) -> Result<HttpResponse, Problem> {
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let body = plan_page(&published, None, query.into_inner(), Errors::default(), chrome.language);
    Ok(page(&chrome.named("courses-new"), "courses/plan", &body))
}

/// `POST /occasions`.
pub async fn open(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    form: Form<PlanForm>,
) -> Result<HttpResponse, Problem> {
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let form = form.0;
    let errors = match form.check() {
        Err(errors) => errors,
        Ok((plan, series)) => {
            let shared = published.clone();
            let by = Some(may.who.id);
            let opened = blocking(move || plan::open(&store, &shared, &plan, series, by, clock::now())).await;
            match opened.as_deref() {
                Ok([only]) => return Ok(done(&format!("/occasions/{only}"), "courses-opened")),
                Ok(_) => return Ok(done("/occasions", "courses-opened-many")),
                Err(_) => {}
            }
            match opened {
                Err(refusal) => slips(refusal)?,
                Ok(_) => Errors::default(),
            }
        }
    };
    let body = plan_page(&published, None, form, errors, chrome.language);
    Ok(invalid(&chrome.named("courses-new"), "courses/plan", &body))
}

/// What can be corrected in the form; all else is a problem.
fn slips(refusal: Refusal) -> Result<Errors, Problem> {
    let mut errors = Errors::default();
    match refusal {
        Refusal::NoSuchModule(_) => errors.add("module", "courses-module-missing"),
        Refusal::EndsBeforeItBegins => errors.add("ends", "courses-ends-before"),
        Refusal::Past => errors.add("day", "courses-day-past"),
        Refusal::NoPlace => errors.add("place", "courses-place-missing"),
        Refusal::TooMany => errors.add("times", "courses-not-a-number"),
        Refusal::Occasion(refusal) => return Err(refusal.into()),
        Refusal::Store(error) => return Err(error.into()),
    }
    Ok(errors)
}

/// `GET /occasions/{occasion}/edit`.
pub async fn edit(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Segment<i64>,
) -> Result<HttpResponse, Problem> {
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let id = *occasion;
    let found = blocking(move || store.read(|conn| rows::occasion(conn, id))).await?.ok_or(Problem::NotFound)?;
    let form = PlanForm::of(&Plan::of(&found));
    let body = plan_page(&published, Some(id), form, Errors::default(), chrome.language);
    Ok(page(&chrome.named("courses-edit"), "courses/plan", &body))
}

/// `POST /occasions/{occasion}/edit`.
pub async fn change(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Segment<i64>,
    form: Form<PlanForm>,
) -> Result<HttpResponse, Problem> {
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let (id, form) = (*occasion, form.0);
    let errors = match form.check() {
        Err(errors) => errors,
        Ok((plan, _)) => {
            let (shared, by) = (published.clone(), Some(may.who.id));
            match blocking(move || plan::change(&store, &shared, id, &plan, by, clock::now())).await {
                Ok(()) => return Ok(done(&format!("/occasions/{id}"), "courses-changed")),
                Err(refusal) => slips(refusal)?,
            }
        }
    };
    let body = plan_page(&published, Some(id), form, errors, chrome.language);
    Ok(invalid(&chrome.named("courses-edit"), "courses/plan", &body))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallOffForm {
    #[serde(default)]
    reason: String,
}

/// `POST /occasions/{occasion}/call-off`.
pub async fn call_off(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Segment<i64>,
    form: Form<CallOffForm>,
) -> Result<HttpResponse, Problem> {
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let (id, by) = (*occasion, Some(may.who.id));
    let ended = blocking(move || plan::call_off(&store, &published, id, form.0.reason.trim(), by, clock::now()));
    match ended.await {
        Ok(()) => Ok(done(&format!("/occasions/{id}"), "courses-is-called-off")),
        Err(Refusal::Occasion(occasions::Refusal::Life(_))) => Err(Problem::Conflict("web-conflict")),
        Err(Refusal::Occasion(refusal)) => Err(refusal.into()),
        Err(Refusal::Store(error)) => Err(Error::into(error)),
        Err(_) => Err(Problem::BadRequest),
    }
}
