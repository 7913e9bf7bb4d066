//! The materials of an occasion, for whoever leads it: added and taken away.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path as Segment};
use serde::{Deserialize, Serialize};

use super::around::{Shown, shown};
use super::row::is_https;
use crate::accounts::policy::{self, Actor, SignedIn};
use crate::clock;
use crate::courses::materials::{self, Refusal};
use crate::occasions::store::{self as rows, NewMaterial};
use crate::store::{Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Choice, Chrome, Errors, Form, May, Nothing, Problem, done, invalid, page};
use crate::words;

#[derive(Serialize)]
struct Materials {
    id: i64,
    title: String,
    before: Vec<Shown>,
    after: Vec<Shown>,
    phases: Vec<Choice>,
    form: MaterialForm,
    errors: Errors,
}

/// A material as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MaterialForm {
    /// `before` or `after`.
    phase: String,
    title: String,
    link: String,
    body: String,
}

/// The longest text, in characters.
const LONGEST: usize = 4_000;

impl MaterialForm {
    fn check(&self) -> Result<NewMaterial, Errors> {
        let mut errors = Errors::default();
        errors.require("title", &self.title, "courses-material-title-missing");
        let (link, body) = (self.link.trim(), self.body.trim());
        if link.is_empty() && body.is_empty() {
            errors.add("link", "courses-material-empty");
        }
        if !link.is_empty() && !is_https(link) {
            errors.add("link", "courses-link-wrong");
        }
        if body.chars().count() > LONGEST || link.len() > 2_000 || self.title.chars().count() > 200 {
            errors.add("body", "courses-material-long");
        }
        if !["before", "after"].contains(&self.phase.as_str()) {
            errors.add("phase", "courses-material-phase-missing");
        }
        let title = self.title.trim().to_owned();
        errors.or(NewMaterial { after: self.phase == "after", title, link: link.into(), body: body.into() })
    }
}

/// Whether the actor leads the occasion; what is not the actor's does not exist.
async fn led(store: &Data<Store>, actor: &Actor, occasion: i64) -> Result<(), Problem> {
    let (store, actor) = (store.clone(), actor.clone());
    let leads = blocking(move || {
        store.read(|conn| {
            let there = rows::occasion(conn, occasion)?.is_some();
            Ok::<_, Error>(there && policy::leads_occasion(&actor, &rows::trainer_ids(conn, occasion)?))
        })
    });
    if leads.await? { Ok(()) } else { Err(Problem::NotFound) }
}

async fn body(
    store: &Data<Store>,
    published: &Published,
    chrome: &Chrome,
    occasion: i64,
    form: MaterialForm,
    errors: Errors,
) -> Result<Materials, Problem> {
    let store = store.clone();
    let read =
        move || store.read(|conn| Ok::<_, Error>((rows::occasion(conn, occasion)?, rows::materials(conn, occasion)?)));
    let (found, materials) = blocking(read).await?;
    let module = found.ok_or(Problem::NotFound)?.module;
    let (after, before): (Vec<_>, Vec<_>) = materials.into_iter().partition(|material| material.after);
    let phase = |value: &str, key: &str| Choice { value: value.into(), label: words::text(chrome.language, key, &[]) };
    Ok(Materials {
        id: occasion,
        title: published.title_of_id(&module, chrome.language).to_owned(),
        before: before.into_iter().map(shown).collect(),
        after: after.into_iter().map(shown).collect(),
        phases: vec![phase("before", "courses-before"), phase("after", "courses-after")],
        form,
        errors,
    })
}

/// `GET /occasions/{occasion}/materials`.
pub async fn show(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Segment<i64>,
) -> Result<HttpResponse, Problem> {
    led(&store, &may.who, *occasion).await?;
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let form = MaterialForm { phase: "before".into(), ..MaterialForm::default() };
    let body = body(&store, &published, &chrome, *occasion, form, Errors::default()).await?;
    Ok(page(&chrome.named("courses-materials"), "courses/materials", &body))
}

/// `POST /occasions/{occasion}/materials`.
pub async fn add(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Segment<i64>,
    form: Form<MaterialForm>,
) -> Result<HttpResponse, Problem> {
    let (occasion, by) = (*occasion, Some(may.who.id));
    led(&store, &may.who, occasion).await?;
    let errors = match form.0.check() {
        Err(errors) => errors,
        Ok(new) => {
            let store = store.clone();
            match blocking(move || materials::add(&store, occasion, &new, by, clock::now())).await {
                Ok(()) => return Ok(done(&format!("/occasions/{occasion}/materials"), "courses-material-added")),
                Err(Refusal::TooMany) => {
                    let mut errors = Errors::default();
                    errors.add("title", "courses-material-too-many");
                    errors
                }
                Err(Refusal::NotThere) => return Err(Problem::NotFound),
                Err(Refusal::Store(error)) => return Err(error.into()),
            }
        }
    };
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let body = body(&store, &published, &chrome, occasion, form.0, errors).await?;
    Ok(invalid(&chrome.named("courses-materials"), "courses/materials", &body))
}

/// `POST /occasions/{occasion}/materials/{material}/remove`.
pub async fn remove(
    may: May<SignedIn>,
    store: Data<Store>,
    path: Segment<(i64, i64)>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let ((occasion, material), by) = (*path, Some(may.who.id));
    led(&store, &may.who, occasion).await?;
    match blocking(move || materials::remove(&store, occasion, material, by, clock::now())).await {
        Ok(()) => Ok(done(&format!("/occasions/{occasion}/materials"), "courses-material-removed")),
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(Refusal::NotThere | Refusal::TooMany) => Err(Problem::NotFound),
    }
}
