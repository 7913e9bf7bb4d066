//! The list of drafts; beginning, renaming and throwing away.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};

use super::{here, problem, saved};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::designer::consequences::pages::Kit;
use crate::designer::drafts::{service, store as rows};
use crate::store::{Error, Store, blocking};
use crate::versions::store as versions;
use crate::web::{Chrome, Errors, Form, May, Problem, done, invalid, page};
use crate::words;

/// Longest name, in characters.
const LONGEST: usize = 80;

#[derive(Serialize)]
struct ListPage {
    /// The newest version; none before anything was published.
    version: Option<String>,
    drafts: Vec<Row>,
    name: String,
    errors: Errors,
}

#[derive(Serialize)]
struct Row {
    href: String,
    id: i64,
    name: String,
    base: String,
    saved: String,
    changes: String,
    stale: bool,
}

#[derive(Deserialize)]
pub struct NameForm {
    name: String,
    /// A draft to copy.
    #[serde(default)]
    copy: Option<i64>,
}

/// `GET /designer`. Whoever comes here is about to ask what a draft does to everybody.
pub async fn list(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    kit: Data<Kit>,
) -> Result<HttpResponse, Problem> {
    kit.prepare();
    let body = list_page(&chrome, store, String::new(), Errors::default()).await?;
    Ok(page(&chrome.named("drafts-title"), "designer/drafts", &body))
}

/// `POST /designer/drafts`.
pub async fn begin(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    form: Form<NameForm>,
) -> Result<HttpResponse, Problem> {
    let NameForm { name, copy } = form.0;
    let name = match named(&name) {
        Ok(name) => name,
        Err(errors) => {
            let body = list_page(&chrome, store, name, errors).await?;
            return Ok(invalid(&chrome.named("drafts-title"), "designer/drafts", &body));
        }
    };
    let (by, now) = (may.who.id, clock::now());
    let begun = blocking(move || service::begin(&store, &name, copy, by, now)).await;
    let id = begun.map_err(|refused| match refused {
        service::Refused::Missing => Problem::Conflict("drafts-nothing-published"),
        other => problem(other),
    })?;
    Ok(done(&here(id), "drafts-begun"))
}

/// `POST /designer/drafts/{draft}/name`.
pub async fn rename(
    _may: May<Developer>,
    store: Data<Store>,
    draft: Path<i64>,
    form: Form<NameForm>,
) -> Result<HttpResponse, Problem> {
    let draft = draft.into_inner();
    // The field cannot be left empty or too long in a browser; whoever does it otherwise gets the plain answer.
    let name = named(&form.0.name).map_err(Problem::Invalid)?;
    blocking(move || service::rename(&store, draft, &name)).await.map_err(problem)?;
    Ok(done(&format!("{}/log", here(draft)), "drafts-renamed"))
}

/// `POST /designer/drafts/{draft}/throw-away`.
pub async fn throw_away(
    may: May<Developer>,
    store: Data<Store>,
    draft: Path<i64>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let (draft, by, now) = (draft.into_inner(), may.who.id, clock::now());
    blocking(move || service::throw_away(&store, draft, by, now)).await.map_err(problem)?;
    Ok(done("/designer", "drafts-thrown-away"))
}

/// A form without fields.
#[derive(Deserialize)]
pub struct Nothing;

fn named(name: &str) -> Result<String, Errors> {
    let mut errors = Errors::default();
    let name = words::clean_name(name);
    errors.require("name", &name, "drafts-name-missing");
    if name.chars().count() > LONGEST {
        errors.add("name", "drafts-name-long");
    }
    errors.or(name)
}

async fn list_page(chrome: &Chrome, store: Data<Store>, name: String, errors: Errors) -> Result<ListPage, Problem> {
    let language = chrome.language;
    let today = clock::today();
    blocking(move || {
        store.read(|conn| {
            let newest = versions::newest_id(conn)?;
            let drafts = rows::open(conn)?.into_iter().map(|draft| Row {
                href: here(draft.id),
                id: draft.id,
                saved: saved(language, &draft, today),
                changes: words::text(language, "drafts-changes", &[("count", draft.revision.into())]),
                stale: newest != Some(draft.base),
                name: draft.name,
                base: draft.base_number,
            });
            Ok::<_, Error>(ListPage {
                drafts: drafts.collect(),
                version: versions::numbers(conn)?.pop(),
                name: name.clone(),
                errors: errors.clone(),
            })
        })
    })
    .await
    .map_err(Problem::from)
}
