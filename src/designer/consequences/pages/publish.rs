//! Publishing a draft: what is different, what it does to everybody, who gets what, and then the button.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use super::{Case, Kit};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::diff::{self, Change, What};
use crate::curriculum::has_errors;
use crate::curriculum::model::Language;
use crate::designer::consequences::terms::who_code;
use crate::designer::consequences::view::{self, Line};
use crate::designer::drafts::pages::Bar;
use crate::designer::drafts::store as drafts;
use crate::designer::service::{self, Publication, Unpublishable};
use crate::store::{Error, blocking};
use crate::versions::store as versions;
use crate::web::{Chrome, Errors, Form, May, Problem, done, page, page_as};
use crate::words::{Value, text};

/// Longest note, in characters.
const LONGEST: usize = 1_000;

#[derive(Serialize)]
struct PublishPage {
    bar: Bar,
    /// The published version's number.
    version: String,
    revision: i64,
    /// Errors in the draft, which must go first.
    unsound: bool,
    /// "2 moduler, 1 dos": what is different; empty when nothing is.
    different: Vec<String>,
    figures: Vec<Line>,
    who: &'static str,
    grace: u32,
    /// Doses that are changed.
    doses: Vec<DoseChoice>,
    /// Modules that are no longer there.
    gone: Vec<Gone>,
    note: String,
    /// Somebody else must have approved this very revision.
    second: Option<Second>,
    errors: Errors,
}

#[derive(Serialize)]
struct DoseChoice {
    id: String,
    title: String,
    /// The choice, or empty for the usual one.
    who: &'static str,
}

#[derive(Serialize)]
struct Gone {
    id: String,
    title: String,
    options: Vec<Counts>,
}

#[derive(Serialize)]
struct Counts {
    id: String,
    title: String,
    chosen: bool,
}

/// The second pair of eyes.
#[derive(Serialize)]
struct Second {
    /// Those who have approved this revision.
    approved: Vec<String>,
    /// The reader may publish: somebody else has approved.
    enough: bool,
    /// The reader has approved.
    mine: bool,
}

/// Revision and note, and the terms by the names that they have in addresses.
type PublishForm = BTreeMap<String, String>;

#[derive(Debug, Deserialize)]
pub struct ApproveForm {
    revision: i64,
}

/// `GET /designer/drafts/{draft}/publish`.
pub async fn ask(
    may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    kit: Data<Kit>,
    draft: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let asked = Asking::new(&may, &req, &chrome, draft.into_inner());
    let body = blocking(move || asked.page(&kit, String::new(), Errors::default())).await?.ok_or(Problem::NotFound)?;
    Ok(page(&chrome.named("consequences-publish"), "designer/publish", &body))
}

/// `POST /designer/drafts/{draft}/publish`; with `recount` only the figures are made anew.
pub async fn publish(
    may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    kit: Data<Kit>,
    draft: Path<i64>,
    form: Form<PublishForm>,
) -> Result<HttpResponse, Problem> {
    let (form, kit_again) = (form.0, kit.clone());
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&form).finish();
    let asked = Asking { query, ..Asking::new(&may, &req, &chrome, draft.into_inner()) };
    let field = |name: &str| form.get(name).map_or("", String::as_str);
    let note = field("note").trim().replace("\r\n", "\n");
    let revision = field("revision").parse().map_err(|_| Problem::BadRequest)?;
    let recount = form.contains_key("recount");
    let outcome = {
        let (asked, note) = (asked.clone(), note.clone());
        blocking(move || match recount {
            true => Ok::<_, Error>(Outcome::Recounted),
            false => asked.publish(&kit, revision, &note),
        })
        .await?
    };
    match outcome {
        Outcome::NotFound => Err(Problem::NotFound),
        Outcome::Recounted => {
            let body = blocking(move || asked.page(&kit_again, note, Errors::default())).await?;
            let body = body.ok_or(Problem::NotFound)?;
            Ok(page(&chrome.named("consequences-publish"), "designer/publish", &body))
        }
        Outcome::Done => Ok(done("/designer", "consequences-published")),
        Outcome::Refused(errors) => {
            let body = blocking(move || asked.page(&kit_again, note, errors)).await?.ok_or(Problem::NotFound)?;
            let status = actix_web::http::StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page_as(status, &chrome.named("consequences-publish"), "designer/publish", &body))
        }
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
#[derive(Clone)]
struct Asking {
    language: Language,
    draft: i64,
    by: i64,
    query: String,
}

enum Outcome {
    NotFound,
    Recounted,
    Done,
    Refused(Errors),
}

impl Asking {
    fn new(may: &May<Developer>, req: &HttpRequest, chrome: &Chrome, draft: i64) -> Asking {
        Asking { language: chrome.language, draft, by: may.who.id, query: req.query_string().to_owned() }
    }

    fn publish(&self, kit: &Kit, revision: i64, note: &str) -> Result<Outcome, Error> {
        let Some(case) = Case::read(kit, self.draft, self.by, &self.query)? else { return Ok(Outcome::NotFound) };
        let errors = self.refusals(kit, &case, revision, note)?;
        if !errors.is_empty() {
            return Ok(Outcome::Refused(errors));
        }
        let publication = Publication {
            sources: &case.loaded.open.sheet.sources,
            note,
            transition: case.terms.transition.clone(),
            expected: Some(&case.loaded.draft.base_number),
            by: Some(self.by),
        };
        let now = clock::now();
        let key = match service::publish(&kit.store, &publication, now, &|_, _| {}) {
            Ok(_) => return self.end(kit, now).map(|()| Outcome::Done),
            Err(Unpublishable::Unsound) => "consequences-has-errors",
            Err(Unpublishable::Transition(_)) => "consequences-terms-wrong",
            Err(Unpublishable::Overtaken(_)) => "consequences-overtaken",
            Err(Unpublishable::Store(error)) => return Err(error),
        };
        let mut errors = Errors::default();
        errors.add("note", key);
        Ok(Outcome::Refused(errors))
    }

    /// The draft has become a version. Were the program killed before this, the draft would stay as one without
    /// differences.
    fn end(&self, kit: &Kit, now: chrono::NaiveDateTime) -> Result<(), Error> {
        kit.shelf.forget();
        kit.store.write(|conn| {
            let published = versions::newest_id(conn)?;
            drafts::end(conn, self.draft, published, now)
        })
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
        if self.second(kit, case)?.is_some_and(|second| !second.enough) {
            errors.add("note", "consequences-not-approved");
        }
        Ok(errors)
    }

    fn second(&self, kit: &Kit, case: &Case) -> Result<Option<Second>, Error> {
        if !kit.second_reader {
            return Ok(None);
        }
        let approved = kit.store.read(|conn| drafts::approvals(conn, self.draft, case.loaded.open.revision))?;
        Ok(Some(Second {
            enough: approved.iter().any(|(person, _)| *person != self.by),
            mine: approved.iter().any(|(person, _)| *person == self.by),
            approved: approved.into_iter().map(|(_, name)| name).collect(),
        }))
    }

    fn page(&self, kit: &Kit, note: String, errors: Errors) -> Result<Option<PublishPage>, Error> {
        let Some(case) = Case::read(kit, self.draft, self.by, &self.query)? else { return Ok(None) };
        let changes = diff::between(&case.published.curriculum, case.draft());
        let figures = case.figures(kit)?;
        let lines = figures.map(|(impact, courses, _)| view::headline(self.language, &impact, &courses, &case.spot()));
        Ok(Some(PublishPage {
            bar: case.loaded.bar(self.language, "publish"),
            version: case.published.number.clone(),
            revision: case.loaded.open.revision,
            unsound: has_errors(&case.loaded.open.sheet.problems),
            different: different(self.language, &changes),
            figures: lines.unwrap_or_default(),
            who: case.terms.who(),
            grace: case.terms.transition.grace_days,
            doses: self.doses(&case, &changes),
            gone: self.gone(&case, &changes),
            second: self.second(kit, &case)?,
            note,
            errors,
        }))
    }

    fn doses(&self, case: &Case, changes: &[Change]) -> Vec<DoseChoice> {
        let changed = changes.iter().filter(|change| change.section == "doses" && change.what == What::Changed);
        let choice = |change: &Change| DoseChoice {
            who: case.terms.transition.doses.get(&change.id).map_or("", |who| who_code(*who)),
            title: case
                .draft()
                .doses
                .get(&change.id)
                .map_or(change.id.clone(), |dose| dose.title.of(self.language).to_owned()),
            id: change.id.clone(),
        };
        changed.map(choice).collect()
    }

    fn gone(&self, case: &Case, changes: &[Change]) -> Vec<Gone> {
        let removed = changes.iter().filter(|change| change.section == "modules" && change.what == What::Removed);
        let options = |old: &str| {
            let chosen = case.terms.transition.credit.get(old);
            let counts = case.draft().modules.iter().map(|(id, module)| Counts {
                chosen: chosen == Some(id),
                title: module.title.of(self.language).to_owned(),
                id: id.clone(),
            });
            counts.collect()
        };
        removed
            .map(|change| Gone {
                options: options(&change.id),
                title: case.published.title_of_id(&change.id, self.language).to_owned(),
                id: change.id.clone(),
            })
            .collect()
    }
}

/// What is different, in numbers: "2 moduler ändrade".
fn different(language: Language, changes: &[Change]) -> Vec<String> {
    let kinds: BTreeSet<(&str, &str)> = changes.iter().map(|change| (change.section, what(change.what))).collect();
    kinds
        .into_iter()
        .map(|(section, kind)| {
            let count = changes.iter().filter(|c| c.section == section && what(c.what) == kind).count();
            let args = [("count", Value::from(count as f64)), ("section", section.into()), ("what", kind.into())];
            text(language, "consequences-different", &args)
        })
        .collect()
}

fn what(what: What) -> &'static str {
    match what {
        What::Added => "added",
        What::Removed => "removed",
        What::Changed => "changed",
    }
}
