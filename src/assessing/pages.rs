//! What is left for the reader, what waits to be read, and one case: handing in, approving, returning, results.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};

use super::service::{self, Refusal};
use super::view::{CasePage, Line, Telling, Typed};
use crate::accounts::policy::{Actor, SignedIn};
use crate::accounts::service::note_reading;
use crate::clock;
use crate::curriculum::model::Language;
use crate::learning::assessed::{self as life, Act};
use crate::organisation::store as people;
use crate::recognition::evidence::{self, Sent};
use crate::recognition::service::By;
use crate::recognition::store::evidence as pieces;
use crate::recognition::words::not_kept;
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::api::published;
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Problem, Upload, done, invalid, page};

pub mod occasion;

#[derive(Serialize)]
struct ListPage {
    mine: Vec<Line>,
    to_read: Vec<Line>,
}

/// `GET /assessments`.
pub async fn list(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
) -> Result<HttpResponse, Problem> {
    let (published, actor, language) = (published(&store, &shelf).await?, may.who, chrome.language);
    let body = blocking(move || {
        store.read(|conn| {
            let telling = Telling { published: &published, language, now: clock::now() };
            let (mine, others): (Vec<_>, Vec<_>) =
                service::around(conn, &actor)?.into_iter().partition(|one| one.person == actor.id);
            let ids: Vec<i64> = others.iter().map(|one| one.person).collect();
            let names = names(conn, &ids)?;
            let left = mine.iter().filter(|one| one.state != life::State::Passed || one.attended);
            let named = |id: &i64| names.get(id).map(String::as_str).unwrap_or_default();
            Ok::<_, Error>(ListPage {
                mine: left.filter_map(|one| telling.line(one, "")).collect(),
                to_read: others.iter().filter_map(|one| telling.line(one, named(&one.person))).collect(),
            })
        })
    });
    Ok(page(&chrome.named("assessing-heading"), "assessing/list", &body.await?))
}

/// Names of people by id.
fn names(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, String>, Error> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    Ok(people::people_by_id(conn, &ids)?.into_iter().map(|person| (person.id, person.name)).collect())
}

/// `GET /assessments/{person}/{module}`.
pub async fn show(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    at: Path<(i64, String)>,
) -> Result<HttpResponse, Problem> {
    let (person, module) = at.into_inner();
    let body = read(&store, &shelf, may.who, chrome.language, person, module).await?;
    Ok(page(&titled(chrome, &body), "assessing/case", &body))
}

fn titled(chrome: Chrome, body: &CasePage) -> Chrome {
    chrome.titled(format!("{} {}", body.module.code, body.module.title))
}

async fn read(
    store: &Data<Store>,
    shelf: &Data<Shelf>,
    actor: Actor,
    language: Language,
    person: i64,
    module: String,
) -> Result<CasePage, Problem> {
    let (store, published) = (store.clone(), published(store, shelf).await?);
    let found = blocking(move || {
        let found = store.read(|conn| case_page(conn, &published, &actor, language, (person, &module)))?;
        if found.is_some() && person != actor.id {
            note_reading(&store, &actor, person, clock::now())?;
        }
        Ok::<_, Error>(found)
    });
    found.await?.ok_or(Problem::NotFound)
}

fn case_page(
    conn: &mut Conn,
    published: &Arc<Published>,
    actor: &Actor,
    language: Language,
    whose: (i64, &str),
) -> Result<Option<CasePage>, Error> {
    let now = clock::now();
    let Some(seen) = service::seen(conn, published, whose, By { actor, now })? else { return Ok(None) };
    let by: Vec<i64> = seen.case.log.iter().filter_map(|entry| entry.by).collect();
    let names = names(conn, &by)?;
    let mut handed_in = HashMap::new();
    for id in seen.case.log.iter().filter_map(|entry| entry.evidence) {
        if let Some(piece) = pieces::piece(conn, id)? {
            handed_in.insert(id, (piece, pieces::files_of(conn, &[id])?));
        }
    }
    let telling = Telling { published, language, now };
    Ok(Some(telling.page(&seen, whose.1, &names, &handed_in)))
}

/// What whoever assesses says, or which step somebody takes back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CaseForm {
    /// approve, return, result or take_back.
    act: String,
    comment: String,
    points: String,
    of: String,
    entry: Option<i64>,
}

impl CaseForm {
    fn act(&self) -> Result<Act, Option<&'static str>> {
        match (self.act.as_str(), self.entry) {
            ("approve", _) => Ok(Act::Approve),
            ("return", _) => Ok(Act::Return),
            ("result", _) => result(&self.points, &self.of).ok_or(Some("assessing-no-points")),
            ("take_back", Some(entry)) => Ok(Act::TakeBack { entry }),
            _ => Err(None),
        }
    }
}

/// Points out of so many, as typed; a percent sign is understood. None when they are no such numbers.
pub(super) fn result(points: &str, of: &str) -> Option<Act> {
    let number = |text: &str| text.trim().trim_end_matches('%').trim().parse::<i32>().ok();
    let of = if of.trim().is_empty() { 100 } else { number(of)? };
    Some(Act::Result { points: number(points)?, of }).filter(|act| match act {
        Act::Result { points, of } => (1..=life::MOST_POINTS).contains(of) && (0..=*of).contains(points),
        _ => false,
    })
}

/// `POST /assessments/{person}/{module}`.
pub async fn act(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    at: Path<(i64, String)>,
    form: Form<CaseForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, (person, module), form) = (may.who, at.into_inner(), form.0);
    let published = published(&store, &shelf).await?;
    let (mut errors, mut refused) = (Errors::default(), None);
    match form.act() {
        Err(None) => return Err(Problem::BadRequest),
        Err(Some(key)) => errors.add("points", key),
        Ok(act) => {
            let acted = blocking({
                let (store, actor, module, comment) =
                    (store.clone(), actor.clone(), module.clone(), form.comment.clone());
                move || {
                    let by = By { actor: &actor, now: clock::now() };
                    store.write(|conn| service::act(conn, &published, (person, &module), act, &comment, by))
                }
            });
            match acted.await {
                Ok(_) => return Ok(done(&format!("/assessments/{person}/{module}"), said(act))),
                Err(refusal) => (errors, refused) = told(refusal, chrome.language)?,
            }
        }
    }
    let body = read(&store, &shelf, actor, chrome.language, person, module).await?;
    let typed = Typed { comment: form.comment, points: form.points, of: form.of, ..Typed::default() };
    let body = CasePage { typed, errors, refused, ..body };
    Ok(invalid(&titled(chrome, &body), "assessing/case", &body))
}

/// What is handed in. Its files come beside.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HandInForm {
    text: String,
    link: String,
}

/// `POST /assessments/{person}/{module}/hand-in`: by the person.
pub async fn hand_in(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    at: Path<(i64, String)>,
    upload: Upload<HandInForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, (person, module), form, files) = (may.who, at.into_inner(), upload.fields, upload.files);
    if actor.id != person {
        return Err(Problem::NotFound);
    }
    let published = published(&store, &shelf).await?;
    let handed_in = blocking({
        let (store, actor, module, form) = (store.clone(), actor.clone(), module.clone(), form.clone());
        move || {
            let by = By { actor: &actor, now: clock::now() };
            let wording = evidence::worded(&form.text, &form.link)?;
            let sent: Vec<Sent> =
                files.iter().map(|file| Sent { name: &file.name, bytes: &file.bytes, over: file.over }).collect();
            store.write(|conn| service::hand_in(conn, &published, &module, &wording, &sent, by))
        }
    });
    let (errors, refused) = match handed_in.await {
        Ok(_) => return Ok(done(&format!("/assessments/{person}/{module}"), "assessing-said-handed-in")),
        Err(refusal) => told(refusal, chrome.language)?,
    };
    let body = read(&store, &shelf, actor, chrome.language, person, module).await?;
    let typed = Typed { text: form.text, link: form.link, ..body.typed };
    let body = CasePage { typed, errors, refused, ..body };
    Ok(invalid(&titled(chrome, &body), "assessing/case", &body))
}

/// The key of what is said when it is done.
fn said(act: Act) -> &'static str {
    match act {
        Act::HandIn => "assessing-said-handed-in",
        Act::Approve => "assessing-said-approved",
        Act::Return => "assessing-said-returned",
        Act::Result { .. } => "assessing-said-result",
        Act::TakeBack { .. } => "assessing-said-taken-back",
    }
}

/// What can be corrected in the form, or a sentence that says why nothing came of it.
fn told(refusal: Refusal, language: Language) -> Result<(Errors, Option<String>), Problem> {
    let mut errors = Errors::default();
    let key = match refusal {
        Refusal::Evidence(refusal) => return not_kept(refusal, language),
        Refusal::NotFound => return Err(Problem::NotFound),
        Refusal::Store(error) => return Err(error.into()),
        Refusal::TooLong(_) => "recognition-too-long",
        Refusal::Life(life) => {
            match life {
                life::Refusal::NoComment | life::Refusal::NoReason => errors.add("comment", refused(life)),
                life::Refusal::Nothing => errors.add("text", refused(life)),
                life::Refusal::NoPoints => errors.add("points", refused(life)),
                other => return Ok((errors, Some(crate::words::text(language, refused(other), &[])))),
            }
            return Ok((errors, None));
        }
    };
    Ok((errors, Some(crate::words::text(language, key, &[]))))
}

/// The key of why a step cannot be taken.
pub(super) fn refused(refusal: life::Refusal) -> &'static str {
    match refusal {
        life::Refusal::NotAsked => "assessing-not-asked",
        life::Refusal::NotYours => "assessing-not-yours",
        life::Refusal::NotReady => "assessing-not-ready",
        life::Refusal::NothingThere => "assessing-nothing-there",
        life::Refusal::Passed => "assessing-passed",
        life::Refusal::NoComment => "assessing-no-comment",
        life::Refusal::Nothing => "recognition-nothing",
        life::Refusal::NoPoints => "assessing-no-points",
        life::Refusal::NoSuchStep => "assessing-no-such-step",
        life::Refusal::NoReason => "assessing-no-reason",
    }
}
