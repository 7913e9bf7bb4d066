//! One person's page, and what is changed there; the list of people in a file of its own.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{NaiveDate, NaiveDateTime};
use serde::Deserialize;

use super::one::{self, Dossier};
use super::view::{PersonPage, Telling, Typed};
use crate::accounts::policy::{self, Actor, Administrator, Leads, SignedIn, Subject};
use crate::accounts::service::{self as accounts, Refusal};
use crate::clock;
use crate::organisation::assignments;
use crate::organisation::service::{self as organisation, GiveRole, Refused};
use crate::store::{Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Problem, day, done, invalid, page};

pub mod absences;
pub mod list;

/// `GET /people/{id}`.
pub async fn person(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    id: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let body = person_page(may.who, &chrome, store, shelf, *id, Typed::default(), Errors::default()).await?;
    Ok(page(&chrome.titled(&body.name), "people/person", &body))
}

async fn person_page(
    actor: Actor,
    chrome: &Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    id: i64,
    typed: Typed,
    errors: Errors,
) -> Result<PersonPage, Problem> {
    let now = clock::now();
    let today = clock::day_of(now);
    let found = blocking(move || {
        let published = shelf.current(&store)?;
        let dossier = store.read(|conn| one::dossier(conn, published.as_deref(), &actor, id, today))?;
        if dossier.is_some() {
            accounts::note_reading(&store, &actor, id, now)?;
        }
        Ok::<(Option<Arc<Published>>, Option<Dossier>), Error>((published, dossier))
    });
    let (published, dossier) = found.await?;
    let telling = Telling { language: chrome.language, published: published.as_deref(), today };
    Ok(telling.page(&dossier.ok_or(Problem::NotFound)?, typed, errors))
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleForm {
    #[serde(default)]
    role: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

impl RoleForm {
    fn check(&self, person: i64) -> Result<GiveRole, Errors> {
        let mut errors = Errors::default();
        errors.require("role", &self.role, "people-choose-role");
        let from = checked_day(&mut errors, "from", &self.from);
        let to = if self.to.trim().is_empty() { None } else { checked_day(&mut errors, "to", &self.to) };
        let from = from.unwrap_or_default();
        errors.or(GiveRole { person, role: self.role.clone(), from, to })
    }
}

/// The day that a field holds, or what is wrong with it.
fn checked_day(errors: &mut Errors, field: &'static str, text: &str) -> Option<NaiveDate> {
    let day = day(text);
    if day.is_none() {
        errors.add(field, "people-not-a-day");
    }
    day
}

/// `POST /people/{id}/roles`.
pub async fn give_role(
    may: May<Leads>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    id: Path<i64>,
    form: Form<RoleForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, form) = (may.who, *id, form.0);
    changeable(&store, &actor, id, policy::assigns).await?;
    let errors = match form.check(id) {
        Err(errors) => errors,
        Ok(role) => match give(store.clone(), shelf.clone(), role, actor.id).await {
            Ok(()) => return Ok(done(&format!("/people/{id}"), "people-role-given")),
            Err(refused) => role_errors(refused)?,
        },
    };
    let typed = Typed { role: form.role, from: form.from, to: form.to, ..Typed::default() };
    let body = person_page(actor, &chrome, store, shelf, id, typed, errors).await?;
    Ok(invalid(&chrome.titled(&body.name), "people/person", &body))
}

async fn give(store: Data<Store>, shelf: Data<Shelf>, role: GiveRole, by: i64) -> Result<(), Refused> {
    blocking(move || {
        let published = shelf.current(&store)?.ok_or_else(|| Refused::NoSuchRole(role.role.clone()))?;
        organisation::give_role(&store, &published.curriculum, &role, Some(by), clock::now()).map(|_| ())
    })
    .await
}

/// What can be corrected in the form; all else is a problem.
fn role_errors(refused: Refused) -> Result<Errors, Problem> {
    let mut errors = Errors::default();
    match refused {
        Refused::NoSuchRole(_) => errors.add("role", "people-choose-role"),
        Refused::EndsBeforeItStarts => errors.add("to", "people-ends-before"),
        Refused::AlreadyHeld => errors.add("from", "people-already-held"),
        Refused::NoSuchPerson | Refused::NoSuchAssignment => return Err(Problem::NotFound),
        Refused::NotByHand => return Err(Problem::Conflict("people-not-by-hand")),
        Refused::Store(error) => return Err(error.into()),
    }
    Ok(errors)
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndForm {
    #[serde(default)]
    last_day: String,
}

/// `POST /people/{id}/roles/{given}/end`.
pub async fn end_role(
    may: May<Leads>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    path: Path<(i64, i64)>,
    form: Form<EndForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, (id, assignment), form) = (may.who, path.into_inner(), form.0);
    changeable(&store, &actor, id, policy::assigns).await?;
    let mut errors = Errors::default();
    if let Some(last_day) = checked_day(&mut errors, "last_day", &form.last_day) {
        end(store, id, assignment, last_day, actor.id, clock::now()).await?;
        return Ok(done(&format!("/people/{id}"), "people-role-ended"));
    }
    let typed = Typed { ending: Some(assignment), last_day: form.last_day, ..Typed::default() };
    let body = person_page(actor, &chrome, store, shelf, id, typed, errors).await?;
    Ok(invalid(&chrome.titled(&body.name), "people/person", &body))
}

async fn end(
    store: Data<Store>,
    person: i64,
    assignment: i64,
    last_day: NaiveDate,
    by: i64,
    now: NaiveDateTime,
) -> Result<(), Problem> {
    let ended = blocking(move || {
        let held = store.read(|conn| assignments::store::find(conn, assignment))?;
        if held.is_none_or(|held| held.person != person) {
            return Err(Refused::NoSuchAssignment);
        }
        organisation::end_by_hand(&store, assignment, last_day, Some(by), now)
    });
    match ended.await {
        Ok(()) => Ok(()),
        Err(refused) => Err(match role_errors(refused) {
            Ok(errors) => Problem::Invalid(errors),
            Err(problem) => problem,
        }),
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HatForm {
    hat: String,
    worn: bool,
}

/// `POST /people/{id}/hats`.
pub async fn change_hat(
    may: May<Administrator>,
    store: Data<Store>,
    id: Path<i64>,
    form: Form<HatForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, form) = (may.who, *id, form.0);
    let subject = changeable(&store, &actor, id, policy::gives_hats).await?;
    let now = clock::now();
    match blocking(move || accounts::change_hat(&store, &actor, &subject, &form.hat, form.worn, now)).await {
        Ok(()) => Ok(done(&format!("/people/{id}"), "people-hat-changed")),
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(Refusal::LastAdministrator) => Err(Problem::Conflict("people-last-administrator")),
        Err(Refusal::NotAllowed) => Err(Problem::Forbidden),
        Err(_) => Err(Problem::BadRequest),
    }
}

/// The person, when the actor may see and change them: hidden ones do not exist, visible ones are forbidden.
async fn changeable(
    store: &Data<Store>,
    actor: &Actor,
    id: i64,
    may: fn(&Actor, &Subject) -> bool,
) -> Result<Subject, Problem> {
    let (store, asking) = (store.clone(), actor.clone());
    let found = blocking(move || store.read(|conn| one::visible(conn, &asking, id))).await?;
    let (_, subject) = found.ok_or(Problem::NotFound)?;
    if may(actor, &subject) { Ok(subject) } else { Err(Problem::Forbidden) }
}
