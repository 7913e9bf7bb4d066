//! Opening course days, changing them and calling them off: for whoever runs them.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path as Segment, Query};
use serde::{Deserialize, Serialize};

use super::form::{self, PlanForm, Row};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::courses::plan::{self, Plan, Refusal};
use crate::curriculum::model::Language;
use crate::occasions::service as occasions;
use crate::occasions::store as rows;
use crate::store::{Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Problem, done, invalid, page};

#[derive(Serialize)]
struct PlanPage {
    /// The occasion that is changed; none for a new one.
    id: Option<i64>,
    form: PlanForm,
    rows: Vec<Row>,
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
    let rows = form.rows(&errors);
    PlanPage { id, form, rows, modules, errors }
}

/// What a page that leads here knows already.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    module: String,
    day: String,
}

/// `GET /occasions/new`; with a module and a day when it comes from a page that knows them.
pub async fn new(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    query: Query<Wanted>,
) -> Result<HttpResponse, Problem> {
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let Wanted { module, day } = query.into_inner();
    let body = plan_page(&published, None, PlanForm::wanted(module, day), Errors::default(), chrome.language);
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
    let mut form = form.0;
    if form.asks_for_more() {
        let body = plan_page(&published, None, form, Errors::default(), chrome.language);
        return Ok(page(&chrome.named("courses-new"), "courses/plan", &body));
    }
    let errors = match form.check() {
        Err(errors) => errors,
        Ok((plan, series, rows)) => {
            let shared = published.clone();
            let by = Some(may.who.id);
            let opened = blocking(move || plan::open(&store, &shared, &plan, series, by, clock::now())).await;
            match opened.as_deref() {
                Ok([only]) => return Ok(done(&format!("/occasions/{only}"), "courses-opened")),
                Ok(_) => return Ok(done("/occasions", "courses-opened-many")),
                Err(_) => {}
            }
            match opened {
                Err(refusal) => slips(refusal, &rows)?,
                Ok(_) => Errors::default(),
            }
        }
    };
    let body = plan_page(&published, None, form, errors, chrome.language);
    Ok(invalid(&chrome.named("courses-new"), "courses/plan", &body))
}

/// What can be corrected in the form; all else is a problem. `rows` are the form's rows of the plan's parts.
fn slips(refusal: Refusal, rows: &[usize]) -> Result<Errors, Problem> {
    let mut errors = Errors::default();
    let id = |field: &str, part: usize| form::id(field, rows.get(part).copied().unwrap_or_default());
    match refusal {
        Refusal::NoSuchModule(_) => errors.add("module", "courses-module-missing"),
        Refusal::PartCount => errors.add("day", "courses-day-missing"),
        Refusal::EndsBeforeItBegins(part) => errors.add(id("ends", part), "courses-ends-before"),
        Refusal::Past(part) => errors.add(id("day", part), "courses-day-past"),
        Refusal::NoPlace(part) => errors.add(id("place", part), "courses-place-missing"),
        Refusal::Overlap => errors.add("day", "courses-parts-overlap"),
        Refusal::PartBegun => errors.add("day", "courses-part-begun"),
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
    let found = blocking(move || store.read(|conn| rows::one_given(conn, id))).await?.ok_or(Problem::NotFound)?;
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
    let (id, mut form) = (*occasion, form.0);
    if form.asks_for_more() {
        let body = plan_page(&published, Some(id), form, Errors::default(), chrome.language);
        return Ok(page(&chrome.named("courses-edit"), "courses/plan", &body));
    }
    let errors = match form.check() {
        Err(errors) => errors,
        Ok((plan, _, rows)) => {
            let (shared, by) = (published.clone(), Some(may.who.id));
            match blocking(move || plan::change(&store, &shared, id, &plan, by, clock::now())).await {
                Ok(()) => return Ok(done(&format!("/occasions/{id}"), "courses-changed")),
                Err(refusal) => slips(refusal, &rows)?,
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
