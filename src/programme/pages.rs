//! The developer's pages of the programme: editions and a new one; the board in a file of its own.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use serde::{Deserialize, Serialize};

use super::service::{self, Plan, Refusal};
use super::store as rows;
use super::view::{self, DayView};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::model::Language;
use crate::store::{Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Choice, Chrome, Errors, Form, May, Problem, day, done, invalid, page};
use crate::words;

pub mod board;

/// The newest curriculum; without one there is no programme to run.
pub async fn published(store: &Data<Store>, shelf: &Data<Shelf>) -> Result<Arc<Published>, Problem> {
    let (store, shelf) = (store.clone(), shelf.clone());
    blocking(move || shelf.current(&store)).await?.ok_or(Problem::NotFound)
}

#[derive(Serialize)]
struct Editions {
    editions: Vec<EditionLine>,
    /// Nothing is published yet.
    empty: bool,
}

#[derive(Serialize)]
struct EditionLine {
    id: i64,
    name: String,
    dates: String,
    now: bool,
    ended: bool,
}

/// `GET /editions`.
pub async fn list(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
) -> Result<HttpResponse, Problem> {
    let today = clock::today();
    let language = chrome.language;
    let found = blocking({
        let store = store.clone();
        move || store.read(rows::editions)
    })
    .await?;
    let editions = found
        .into_iter()
        .map(|edition| EditionLine {
            id: edition.id,
            dates: view::span(language, edition.starts_on, edition.ends_on, today),
            now: edition.starts_on <= today && today <= edition.ends_on,
            ended: edition.ends_on < today,
            name: edition.name,
        })
        .collect();
    let empty = matches!(published(&store, &shelf).await, Err(Problem::NotFound));
    Ok(page(&chrome.named("programme-editions"), "programme/editions", &Editions { editions, empty }))
}

/// A new edition as it is typed; also the query of its preview.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EditionForm {
    programme: String,
    name: String,
    starts_on: String,
    place: String,
}

#[derive(Serialize)]
struct NewPage {
    form: EditionForm,
    programmes: Vec<Choice>,
    preview: Vec<DayView>,
    ends_on: String,
    errors: Errors,
}

fn new_page(published: &Published, form: EditionForm, errors: Errors, language: Language) -> NewPage {
    let today = clock::today();
    let programmes = published
        .curriculum
        .programmes
        .iter()
        .map(|(id, p)| Choice { value: id.clone(), label: p.title.of(language).into() })
        .collect();
    let dates = day(&form.starts_on).and_then(|starts_on| {
        let plan = Plan { programme: &form.programme, name: "", starts_on, place: "" };
        Some((service::template(published, plan.programme).ok()?, service::lay(published, &plan).ok()?))
    });
    let preview = dates.as_ref().map(|(programme, dates)| view::preview(published, programme, dates, language, today));
    let ends_on = dates.map(|(_, dates)| words::date_long(language, dates.ends_on, today));
    NewPage { programmes, preview: preview.unwrap_or_default(), ends_on: ends_on.unwrap_or_default(), form, errors }
}

/// `GET /editions/new`; with a programme and a start day it shows every date first.
pub async fn new(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    query: Query<EditionForm>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let body = new_page(&published, query.into_inner(), Errors::default(), chrome.language);
    Ok(page(&chrome.named("programme-new"), "programme/new", &body))
}

/// `POST /editions`.
pub async fn create(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    form: Form<EditionForm>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let form = form.0;
    let mut errors = Errors::default();
    errors.require("name", &form.name, "programme-name-missing");
    errors.require("place", &form.place, "programme-place-missing");
    let Some(starts_on) = day(&form.starts_on) else {
        errors.add("starts_on", "programme-day-missing");
        let body = new_page(&published, form, errors, chrome.language);
        return Ok(invalid(&chrome.named("programme-new"), "programme/new", &body));
    };
    if errors.is_empty() {
        let (asked, shared) = (form.clone(), published.clone());
        let made = blocking(move || {
            let plan = Plan { programme: &asked.programme, name: &asked.name, starts_on, place: &asked.place };
            service::create(&store, &shared, &plan, Some(may.who.id), clock::now())
        });
        match made.await {
            Ok(id) => return Ok(done(&format!("/editions/{id}"), "programme-created")),
            Err(Refusal::NameTaken(_)) => errors.add("name", "programme-name-taken"),
            Err(Refusal::NoSuchProgramme(_)) => errors.add("programme", "programme-no-programme"),
            Err(other) => return Err(other.into()),
        }
    }
    let body = new_page(&published, form, errors, chrome.language);
    Ok(invalid(&chrome.named("programme-new"), "programme/new", &body))
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Store(error) => error.into(),
            Refusal::Seat(error) => error.into(),
            Refusal::NoSuchEdition | Refusal::NoSuchPerson | Refusal::NotEnrolled => Problem::NotFound,
            Refusal::AlreadyEnrolled | Refusal::Ended(_) | Refusal::NameTaken(_) | Refusal::Hindered(_) => {
                Problem::Conflict("web-conflict")
            }
            Refusal::NoSuchProgramme(_) | Refusal::NoSuchRole(_) | Refusal::NoName => Problem::BadRequest,
        }
    }
}
