//! Pages of publishing a draft: what it means, the button, how far it has come. The developers' alone.

mod progress;
mod view;

use std::collections::BTreeMap;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::rt::{spawn, time::timeout};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

pub use progress::progress;

use super::service::{self, Job};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::model::Language;
use crate::designer::consequences::pages::{Case, Kit};
use crate::designer::drafts::pages::here;
use crate::designer::drafts::store as drafts;
use crate::designer::service::Revision;
use crate::store::{Error, blocking};
use crate::web::{Chrome, Errors, Form, May, Problem, done, page, page_as, redirect};
use view::PublishPage;

/// Longest note, in characters.
const LONGEST: usize = 1_000;
/// How long the answer waits for an attempt that may be done at once.
const PATIENCE: Duration = Duration::from_millis(800);

/// Revision and note, and the terms by the names that they have in addresses.
type PublishForm = BTreeMap<String, String>;

#[derive(Debug, Deserialize)]
pub struct ApproveForm {
    revision: i64,
}

/// `GET /designer/drafts/{draft}/publish`, filled in as the address says.
pub async fn ask(
    may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    kit: Data<Kit>,
    draft: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::new(&may, &chrome, draft.into_inner(), req.query_string().to_owned());
    let body = blocking(move || {
        let Some(case) = asked.case(&kit)? else { return Ok::<_, Error>(None) };
        let note = case.terms.asked("note").to_owned();
        asked.page(&kit, &case, note, Errors::default()).map(Some)
    });
    let body = body.await?.ok_or(Problem::NotFound)?;
    Ok(page(&chrome.named("consequences-publish"), "designer/publish", &body))
}

/// `POST /designer/drafts/{draft}/publish`; with `recount` only the figures are made anew.
pub async fn publish(
    may: May<Developer>,
    chrome: Chrome,
    kit: Data<Kit>,
    draft: Path<i64>,
    form: Form<PublishForm>,
) -> Result<HttpResponse, Problem> {
    let (mut form, draft) = (form.0, draft.into_inner());
    let revision = form.remove("revision").and_then(|revision| revision.parse().ok()).ok_or(Problem::BadRequest)?;
    let recount = form.remove("recount").is_some();
    let note = form.get("note").map_or("", String::as_str).trim().replace("\r\n", "\n");
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&form).finish();
    let (asked, begins) = (Asked::new(&may, &chrome, draft, query), kit.clone());
    let begun = blocking(move || match recount {
        true => asked.recounted(&begins, note),
        false => asked.begin(&begins, revision, note),
    });
    let chrome = chrome.named("consequences-publish");
    match begun.await? {
        Begun::NotFound => Err(Problem::NotFound),
        Begun::Recounted(body) => Ok(page(&chrome, "designer/publish", &*body)),
        Begun::Refused(body) => Ok(page_as(StatusCode::UNPROCESSABLE_ENTITY, &chrome, "designer/publish", &*body)),
        Begun::Attempt(job) => {
            // Goes on whether or not anybody waits for it.
            let work = spawn(blocking(move || service::run(&kit.store, &kit.shelf, &job, clock::now)));
            let _ = timeout(PATIENCE, work).await;
            Ok(redirect(&format!("{}/publishing", here(draft))))
        }
        Begun::Already => Ok(redirect(&format!("{}/publishing", here(draft)))),
    }
}

/// `POST /designer/drafts/{draft}/approve`: the second pair of eyes has seen this revision.
pub async fn approve(
    may: May<Developer>,
    kit: Data<Kit>,
    draft: Path<i64>,
    form: Form<ApproveForm>,
) -> Result<HttpResponse, Problem> {
    let (draft, by, revision, now) = (draft.into_inner(), may.who.id, form.0.revision, clock::now());
    let known = blocking(move || {
        kit.store.write(|conn| {
            let Some(found) = drafts::find(conn, draft)? else { return Ok::<_, Error>(None) };
            if found.revision != revision {
                return Ok(Some(false));
            }
            drafts::approve(conn, draft, revision, by, now)?;
            Ok(Some(true))
        })
    });
    match known.await? {
        None => Err(Problem::NotFound),
        Some(false) => Err(Problem::Conflict("consequences-changed-meanwhile")),
        Some(true) => Ok(done(&format!("/designer/drafts/{draft}/publish"), "consequences-approved")),
    }
}

/// Who asks about which draft, under which terms.
struct Asked {
    language: Language,
    draft: i64,
    by: i64,
    query: String,
}

enum Begun {
    NotFound,
    Recounted(Box<PublishPage>),
    Refused(Box<PublishPage>),
    Attempt(Job),
    /// An attempt is going on.
    Already,
}

impl Asked {
    fn new(may: &May<Developer>, chrome: &Chrome, draft: i64, query: String) -> Asked {
        Asked { language: chrome.language, draft, by: may.who.id, query }
    }

    fn case(&self, kit: &Kit) -> Result<Option<Case>, Error> {
        Case::read(kit, self.draft, self.by, &self.query)
    }

    fn page(&self, kit: &Kit, case: &Case, note: String, errors: Errors) -> Result<PublishPage, Error> {
        view::page(self.language, kit, case, self.by, (note, errors))
    }

    fn recounted(&self, kit: &Kit, note: String) -> Result<Begun, Error> {
        let Some(case) = self.case(kit)? else { return Ok(Begun::NotFound) };
        Ok(Begun::Recounted(Box::new(self.page(kit, &case, note, Errors::default())?)))
    }

    fn begin(&self, kit: &Kit, revision: i64, note: String) -> Result<Begun, Error> {
        let Some(case) = self.case(kit)? else { return Ok(Begun::NotFound) };
        let errors = self.refusals(kit, &case, revision, &note)?;
        if !errors.is_empty() {
            return Ok(Begun::Refused(Box::new(self.page(kit, &case, note, errors)?)));
        }
        let seen = Revision { draft: self.draft, revision };
        let Some(attempt) = service::begin(&kit.store, seen, &self.query, clock::now())? else {
            return Ok(Begun::Already);
        };
        Ok(Begun::Attempt(Job {
            attempt,
            note,
            transition: case.terms.transition,
            planning: case.terms.planning,
            expected: case.loaded.draft.base_number,
            open: case.loaded.open,
            by: self.by,
        }))
    }

    fn refusals(&self, kit: &Kit, case: &Case, revision: i64, note: &str) -> Result<Errors, Error> {
        let mut errors = Errors::default();
        errors.require("note", note, "consequences-note-missing");
        if note.chars().count() > LONGEST {
            errors.add("note", "consequences-note-long");
        }
        if case.loaded.open.revision != revision {
            errors.add("note", "consequences-changed-meanwhile");
        }
        if case.loaded.newer.is_some() {
            errors.add("note", "consequences-overtaken");
        }
        if crate::curriculum::has_errors(&case.loaded.open.sheet.problems) {
            errors.add("note", "consequences-has-errors");
        }
        if view::second(kit, case, self.by)?.is_some_and(|second| !second.enough) {
            errors.add("note", "consequences-not-approved");
        }
        Ok(errors)
    }
}
