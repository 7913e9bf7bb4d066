//! Requests for everybody: what one has asked for, what waits for one's decision, asking and deciding.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path as Segment, Query};
use serde::{Deserialize, Serialize};

use super::attesting;
use super::life::Act;
use super::service::{self, By};
use super::store::{self as rows, evidence as pieces, evidence::Piece};
use super::view::evidence::PieceLine;
use super::view::{Line, RequestPage, Telling, Typed};
use super::words::refused;
use crate::accounts::policy::{self, Actor, SignedIn};
use crate::clock;
use crate::curriculum::model::Language;
use crate::organisation::{self, store as people};
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::api::published;
use crate::versions::published::{Named, Published, Shelf};
use crate::web::{Choice, Chrome, Errors, Form, May, Problem, day, done, invalid, page};
use crate::words;

pub mod delegates;
pub mod evidence;

/// How many of somebody's requests are shown.
const MOST: i64 = 100;

#[derive(Default, Serialize)]
struct List {
    /// There is a curriculum whose modules can be asked for.
    ready: bool,
    waiting: Vec<Line>,
    own: Vec<Line>,
    others: Vec<Line>,
    /// Others' evidence that the reader is asked to attest.
    attesting: Vec<PieceLine>,
    pieces: Vec<PieceLine>,
    /// The reader names delegates.
    names_delegates: bool,
}

/// `GET /recognition`.
pub async fn list(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
) -> Result<HttpResponse, Problem> {
    let (actor, language) = (may.who, chrome.language);
    let body = blocking(move || match shelf.current(&store)? {
        Some(published) => store.read(|conn| read_list(conn, &published, &actor, language)),
        None => Ok::<_, Error>(List::default()),
    });
    Ok(page(&chrome.named("recognition-heading"), "recognition/list", &body.await?))
}

fn read_list(conn: &mut Conn, published: &Published, actor: &Actor, language: Language) -> Result<List, Error> {
    let by = By { actor, now: clock::now() };
    let telling = telling(published, language);
    let waiting = service::waiting_for(conn, published, by)?;
    let asked = rows::concerning(conn, actor.id, MOST)?;
    let attesting = attesting::waiting_for(conn, published, actor.id, by.now)?;
    let own_pieces = pieces::pieces_of(conn, actor.id, None, MOST)?;
    let about = waiting.iter().chain(&asked).map(|request| request.person);
    let ids: Vec<i64> = about.chain(attesting.iter().map(|piece| piece.person)).collect();
    let names = names(conn, &ids)?;
    let tree = people::tree(conn)?;
    // Whom one asked for and no longer manages is nobody to see any more.
    let mut managed = HashMap::new();
    for person in people::people_by_id(conn, &ids)? {
        let subject = organisation::subject(&tree, &person);
        managed.insert(person.id, policy::claims(actor, &subject));
    }
    let line = |request: &rows::Request| telling.line(request, actor.id, &names);
    let (own, others): (Vec<_>, Vec<_>) = asked.iter().partition(|request| request.person == actor.id);
    let others = others.into_iter().filter(|request| managed.get(&request.person) == Some(&true));
    Ok(List {
        ready: true,
        waiting: waiting.iter().map(line).collect(),
        own: own.into_iter().map(line).collect(),
        others: others.map(line).collect(),
        attesting: lines_of(conn, &telling, attesting, |piece| names.get(&piece.person).cloned())?,
        pieces: lines_of(conn, &telling, own_pieces, |_| None)?,
        names_delegates: actor.hats.developer,
    })
}

/// Pieces as a list shows them.
fn lines_of(
    conn: &mut Conn,
    telling: &Telling,
    shown: Vec<Piece>,
    name: impl Fn(&Piece) -> Option<String>,
) -> Result<Vec<PieceLine>, Error> {
    let ids: Vec<i64> = shown.iter().map(|piece| piece.id).collect();
    let (files, attests) = (pieces::files_of(conn, &ids)?, pieces::attests_of(conn, &ids)?);
    Ok(shown.iter().map(|piece| telling.piece_line(piece, name(piece), &files, &attests)).collect())
}

pub(super) fn telling(published: &Published, language: Language) -> Telling<'_> {
    Telling { published, language, today: clock::today() }
}

pub(super) fn names(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, String>, Error> {
    Ok(people::people_by_id(conn, ids)?.into_iter().map(|person| (person.id, person.name)).collect())
}

/// A new request: for which module, and for whom if not for oneself.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Begin {
    module: String,
    person: Option<i64>,
}

#[derive(Serialize)]
struct AskPage {
    /// None until one is chosen.
    module: Option<Named>,
    modules: Vec<Choice>,
    person: Option<i64>,
    name: Option<String>,
    today: String,
    typed: Typed,
    errors: Errors,
    refused: Option<String>,
}

/// `GET /recognition/ask`.
pub async fn ask(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    begin: Query<Begin>,
) -> Result<HttpResponse, Problem> {
    let body = ask_page(&store, &shelf, may.who, chrome.language, begin.0).await?;
    Ok(page(&chrome.named("recognition-ask-title"), "recognition/ask", &body))
}

async fn ask_page(
    store: &Data<Store>,
    shelf: &Data<Shelf>,
    actor: Actor,
    language: Language,
    begin: Begin,
) -> Result<AskPage, Problem> {
    let published = published(store, shelf).await?;
    let person = begin.person.filter(|person| *person != actor.id);
    let store = store.clone();
    let name = match person {
        None => None,
        Some(person) => {
            let found = blocking(move || store.read(|conn| whom(conn, &actor, person))).await?;
            Some(found.ok_or(Problem::NotFound)?)
        }
    };
    let telling = telling(&published, language);
    let known = published.module_by_id(&begin.module).is_some();
    Ok(AskPage {
        module: known.then(|| telling.module(&begin.module)),
        modules: telling.modules(),
        person,
        name,
        today: telling.today.to_string(),
        typed: Typed::default(),
        errors: Errors::default(),
        refused: None,
    })
}

/// The name of somebody for whom the actor may ask.
fn whom(conn: &mut Conn, actor: &Actor, person: i64) -> Result<Option<String>, Error> {
    let Some(person) = people::person(conn, person)? else { return Ok(None) };
    let subject = organisation::subject(&*people::tree(conn)?, &person);
    Ok(policy::claims(actor, &subject).then_some(person.name))
}

/// What is written in a request, and what is done to it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RequestForm {
    /// save, ask, withdraw, return, decline or accept.
    act: String,
    module: String,
    person: Option<i64>,
    day: String,
    course: String,
    motivation: String,
    comment: String,
    /// From which day it is to count.
    from: String,
}

impl RequestForm {
    fn typed(&self) -> Typed {
        Typed {
            day: self.day.clone(),
            course: self.course.clone(),
            motivation: self.motivation.clone(),
            comment: self.comment.clone(),
            from: self.from.clone(),
        }
    }

    fn act(&self) -> Result<Result<Act, Errors>, Problem> {
        let comment = self.comment.clone();
        let act = match self.act.as_str() {
            "save" | "ask" => {
                let Some(day) = day(&self.day) else { return Ok(Err(not_a_day("day"))) };
                let wording = self.typed().wording(day);
                if self.act == "save" { Act::Save(wording) } else { Act::Ask(wording) }
            }
            "withdraw" => Act::Withdraw,
            "return" => Act::Return { comment },
            "decline" => Act::Decline { reason: comment },
            "accept" => match day(&self.from) {
                Some(day) => Act::Accept { day, comment },
                None => return Ok(Err(not_a_day("from"))),
            },
            _ => return Err(Problem::BadRequest),
        };
        Ok(Ok(act))
    }
}

fn not_a_day(field: &'static str) -> Errors {
    let mut errors = Errors::default();
    errors.add(field, "recognition-not-a-day");
    errors
}

/// `POST /recognition/requests`: a new one, as a draft or asked at once.
pub async fn create(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    form: Form<RequestForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, form) = (may.who, form.0);
    let act = form.act()?;
    let (errors, why) = match act {
        Err(errors) => (errors, None),
        Ok(act) => {
            let published = published(&store, &shelf).await?;
            let (store, actor) = (store.clone(), actor.clone());
            let (person, module) = (form.person.unwrap_or(actor.id), form.module.clone());
            let asked = matches!(act, Act::Ask(_));
            let begun = blocking(move || {
                let by = By { actor: &actor, now: clock::now() };
                service::begin(&store, &published, (person, &module), &act, by)
            });
            match begun.await {
                Ok(id) => return Ok(done(&format!("/recognition/requests/{id}"), said(asked))),
                Err(refusal) => refused(refusal)?,
            }
        }
    };
    let typed = form.typed();
    let begin = Begin { module: form.module, person: form.person };
    let body = ask_page(&store, &shelf, actor, chrome.language, begin).await?;
    let refused = why.map(|key| words::text(chrome.language, key, &[]));
    let body = AskPage { typed, errors, refused, ..body };
    Ok(invalid(&chrome.named("recognition-ask-title"), "recognition/ask", &body))
}

fn said(asked: bool) -> &'static str {
    if asked { "recognition-said-asked" } else { "recognition-said-saved" }
}

/// `GET /recognition/requests/{request}`.
pub async fn show(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    request: Segment<i64>,
) -> Result<HttpResponse, Problem> {
    let body = request_page(&store, &shelf, may.who, chrome.language, *request).await?;
    Ok(page(&titled(chrome, &body), "recognition/request", &body))
}

fn titled(chrome: Chrome, body: &RequestPage) -> Chrome {
    let title =
        words::text(chrome.language, "recognition-request-of", &[("module", body.module.title.as_str().into())]);
    chrome.titled(title)
}

async fn request_page(
    store: &Data<Store>,
    shelf: &Data<Shelf>,
    actor: Actor,
    language: Language,
    id: i64,
) -> Result<RequestPage, Problem> {
    let published = published(store, shelf).await?;
    let store = store.clone();
    let found = blocking(move || {
        let by = By { actor: &actor, now: clock::now() };
        let found = store.read(|conn| {
            let Some(seen) = service::seen(conn, &published, id, by)? else { return Ok(None) };
            let names = names(conn, &[seen.request.person, seen.request.asked_by])?;
            let log = rows::log(conn, id)?;
            let telling = telling(&published, language);
            let shown = pieces::pieces_of(conn, seen.request.person, Some(&seen.request.module), MOST)?;
            let shown = readable(conn, &published, shown, by)?;
            let pieces = lines_of(conn, &telling, shown, |_| None)?;
            let body = RequestPage { pieces, ..telling.page(&seen, actor.id, &names, &log) };
            Ok::<_, Error>(Some((body, seen.request.person)))
        })?;
        if let Some((_, person)) = &found {
            crate::accounts::service::note_reading(&store, &actor, *person, by.now)?;
        }
        Ok::<_, Error>(found)
    });
    Ok(found.await?.ok_or(Problem::NotFound)?.0)
}

/// Those of the pieces that the actor may read.
fn readable(conn: &mut Conn, published: &Published, shown: Vec<Piece>, by: By) -> Result<Vec<Piece>, Error> {
    let mut kept = Vec::new();
    for piece in shown {
        if crate::recognition::evidence::seen(conn, published, piece.id, by)?.is_some() {
            kept.push(piece);
        }
    }
    Ok(kept)
}

/// `POST /recognition/requests/{request}`.
pub async fn act(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    request: Segment<i64>,
    form: Form<RequestForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, form) = (may.who, *request, form.0);
    let act = form.act()?;
    let (errors, why) = match act {
        Err(errors) => (errors, None),
        Ok(act) => {
            let published = published(&store, &shelf).await?;
            let (store, actor, done_by) = (store.clone(), actor.clone(), carried_out(&act));
            let acted = blocking(move || {
                let by = By { actor: &actor, now: clock::now() };
                service::act(&store, &published, id, &act, by)
            });
            match acted.await {
                Ok(_) => return Ok(done(&format!("/recognition/requests/{id}"), done_by)),
                Err(refusal) => refused(refusal)?,
            }
        }
    };
    let body = request_page(&store, &shelf, actor, chrome.language, id).await?;
    let refused = why.map(|key| words::text(chrome.language, key, &[]));
    // Only what the reader wrote is shown again; the rest stays as it is kept.
    let sent = form.typed();
    let typed = if body.decides { Typed { comment: sent.comment, from: sent.from, ..body.typed } } else { sent };
    let body = RequestPage { typed, errors, refused, ..body };
    Ok(invalid(&titled(chrome, &body), "recognition/request", &body))
}

/// The key of what is said when it has been carried out.
fn carried_out(act: &Act) -> &'static str {
    match act {
        Act::Save(_) => said(false),
        Act::Ask(_) => said(true),
        Act::Withdraw => "recognition-said-withdrawn",
        Act::Return { .. } => "recognition-said-returned",
        Act::Decline { .. } => "recognition-said-declined",
        Act::Accept { .. } => "recognition-said-accepted",
    }
}
