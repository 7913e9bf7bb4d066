//! Evidence: adding, reading, changing and removing a piece, its files, and asking somebody to attest it.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path as Segment, Query};
use serde::{Deserialize, Serialize};

use super::{Begin, telling, whom};
use crate::accounts::policy::{Actor, SignedIn};
use crate::accounts::service::note_reading;
use crate::clock;
use crate::curriculum::model::Language;
use crate::organisation::store as people;
use crate::recognition::attest::Act;
use crate::recognition::evidence::{self, Refusal, Sent};
use crate::recognition::service::By;
use crate::recognition::view::evidence::{PiecePage, Typed};
use crate::recognition::words::{not_attested, not_kept};
use crate::recognition::{attesting, files};
use crate::store::{Error, Store, blocking};
use crate::versions::api::published;
use crate::versions::published::{Named, Shelf};
use crate::web::{Choice, Chrome, Errors, Form, May, Nothing, Problem, SentFile, Upload, done, headers, invalid, page};

#[derive(Serialize)]
struct NewPage {
    /// None until one is chosen.
    module: Option<Named>,
    modules: Vec<Choice>,
    person: Option<i64>,
    name: Option<String>,
    typed: Typed,
    errors: Errors,
    refused: Option<String>,
}

/// `GET /recognition/evidence/new`.
pub async fn new(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    begin: Query<Begin>,
) -> Result<HttpResponse, Problem> {
    let body = new_page(&store, &shelf, may.who, chrome.language, begin.0).await?;
    Ok(page(&chrome.named("recognition-evidence-new"), "recognition/evidence-new", &body))
}

async fn new_page(
    store: &Data<Store>,
    shelf: &Data<Shelf>,
    actor: Actor,
    language: Language,
    begin: Begin,
) -> Result<NewPage, Problem> {
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
    Ok(NewPage {
        module: known.then(|| telling.module(&begin.module)),
        modules: telling.modules(),
        person,
        name,
        typed: Typed::default(),
        errors: Errors::default(),
        refused: None,
    })
}

/// What is written about a piece. Its files come beside.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PieceForm {
    module: String,
    person: Option<i64>,
    text: String,
    link: String,
    /// Ids of files to take away.
    away: Vec<i64>,
}

fn sent(files: &[SentFile]) -> Vec<Sent<'_>> {
    files.iter().map(|file| Sent { name: &file.name, bytes: &file.bytes, over: file.over }).collect()
}

/// `POST /recognition/evidence`.
pub async fn add(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    upload: Upload<PieceForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, form, files) = (may.who, upload.fields, upload.files);
    let published = published(&store, &shelf).await?;
    let added = blocking({
        let (store, actor, form) = (store.clone(), actor.clone(), form.clone());
        move || {
            let by = By { actor: &actor, now: clock::now() };
            let whose = (form.person.unwrap_or(actor.id), form.module.as_str());
            let wording = evidence::worded(&form.text, &form.link)?;
            evidence::add(&store, &published, whose, &wording, &sent(&files), by)
        }
    });
    let (errors, refused) = match added.await {
        Ok(id) => return Ok(done(&format!("/recognition/evidence/{id}"), "recognition-said-added")),
        Err(refusal) => not_kept(refusal, chrome.language)?,
    };
    let typed = Typed { text: form.text, link: form.link, comment: String::new() };
    let begin = Begin { module: form.module, person: form.person };
    let body = new_page(&store, &shelf, actor, chrome.language, begin).await?;
    let body = NewPage { typed, errors, refused, ..body };
    Ok(invalid(&chrome.named("recognition-evidence-new"), "recognition/evidence-new", &body))
}

/// `GET /recognition/evidence/{piece}`.
pub async fn show(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    piece: Segment<i64>,
) -> Result<HttpResponse, Problem> {
    let body = piece_page(&store, &shelf, may.who, chrome.language, *piece).await?;
    Ok(page(&titled(chrome, &body), "recognition/evidence", &body))
}

fn titled(chrome: Chrome, body: &PiecePage) -> Chrome {
    let args = [("module", body.module.title.as_str().into())];
    let title = crate::words::text(chrome.language, "recognition-evidence-of", &args);
    chrome.titled(title)
}

async fn piece_page(
    store: &Data<Store>,
    shelf: &Data<Shelf>,
    actor: Actor,
    language: Language,
    id: i64,
) -> Result<PiecePage, Problem> {
    let published = published(store, shelf).await?;
    let store = store.clone();
    let found = blocking(move || {
        let by = By { actor: &actor, now: clock::now() };
        let found = store.read(|conn| {
            let Some(seen) = evidence::seen(conn, &published, id, by)? else { return Ok(None) };
            let person = seen.piece.person;
            let entitled = match person == actor.id {
                true => attesting::entitled(conn, &published, &seen.piece, by.now)?,
                false => Vec::new(),
            };
            let name = people::person(conn, person)?.map(|person| person.name).unwrap_or_default();
            let body = telling(&published, language).piece(&seen, actor.id, name, &entitled);
            Ok::<_, Error>(Some((body, person)))
        })?;
        if let Some((_, person)) = &found {
            note_reading(&store, &actor, *person, by.now)?;
        }
        Ok::<_, Error>(found)
    });
    Ok(found.await?.ok_or(Problem::NotFound)?.0)
}

/// `POST /recognition/evidence/{piece}`.
pub async fn change(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    piece: Segment<i64>,
    upload: Upload<PieceForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, form, files) = (may.who, *piece, upload.fields, upload.files);
    let published = published(&store, &shelf).await?;
    let changed = blocking({
        let (store, actor, form) = (store.clone(), actor.clone(), form.clone());
        move || {
            let by = By { actor: &actor, now: clock::now() };
            let wording = evidence::worded(&form.text, &form.link)?;
            evidence::change(&store, &published, id, &wording, &form.away, &sent(&files), by)
        }
    });
    let (errors, refused) = match changed.await {
        Ok(()) => return Ok(done(&format!("/recognition/evidence/{id}"), "recognition-said-changed")),
        Err(refusal) => not_kept(refusal, chrome.language)?,
    };
    let body = piece_page(&store, &shelf, actor, chrome.language, id).await?;
    let typed = Typed { text: form.text, link: form.link, comment: String::new() };
    let body = PiecePage { typed, errors, refused, ..body };
    Ok(invalid(&titled(chrome, &body), "recognition/evidence", &body))
}

/// `POST /recognition/evidence/{piece}/remove`.
pub async fn remove(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    piece: Segment<i64>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let (actor, published) = (may.who, published(&store, &shelf).await?);
    let removed = blocking(move || {
        let by = By { actor: &actor, now: clock::now() };
        evidence::remove(&store, &published, *piece, by)
    });
    match removed.await {
        Ok(()) => Ok(done("/recognition", "recognition-said-removed")),
        Err(Refusal::Held) => Err(Problem::Conflict("recognition-held")),
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(_) => Err(Problem::NotFound),
    }
}

/// Asking somebody to attest a piece, or answering.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AttestForm {
    /// ask, withdraw, attest or return.
    act: String,
    whom: Option<i64>,
    comment: String,
}

/// `POST /recognition/evidence/{piece}/attest`.
pub async fn attest(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    piece: Segment<i64>,
    form: Form<AttestForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, form) = (may.who, *piece, form.0);
    let comment = form.comment.clone();
    let (act, said) = match form.act.as_str() {
        "ask" => (Act::Ask { whom: form.whom.unwrap_or_default() }, "recognition-said-attest-asked"),
        "withdraw" => (Act::Withdraw, "recognition-said-attest-withdrawn"),
        "attest" => (Act::Attest { comment }, "recognition-said-attested"),
        "return" => (Act::Return { comment }, "recognition-said-attest-returned"),
        _ => return Err(Problem::BadRequest),
    };
    let published = published(&store, &shelf).await?;
    let acted = blocking({
        let (store, actor) = (store.clone(), actor.clone());
        move || attesting::act(&store, &published, id, &act, By { actor: &actor, now: clock::now() })
    });
    let (errors, refused) = match acted.await {
        // Whoever returned it has seen what there was to see.
        Ok(()) if form.act == "return" => return Ok(done("/recognition", said)),
        Ok(()) => return Ok(done(&format!("/recognition/evidence/{id}"), said)),
        Err(refusal) => not_attested(refusal, chrome.language)?,
    };
    let body = piece_page(&store, &shelf, actor, chrome.language, id).await?;
    let typed = Typed { comment: form.comment, ..body.typed };
    let body = PiecePage { typed, errors, refused, ..body };
    Ok(invalid(&titled(chrome, &body), "recognition/evidence", &body))
}

/// `GET /recognition/files/{file}`: to be saved, never to be shown or run.
pub async fn file(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    file: Segment<i64>,
) -> Result<HttpResponse, Problem> {
    let (actor, published) = (may.who, published(&store, &shelf).await?);
    let found = blocking(move || {
        let by = By { actor: &actor, now: clock::now() };
        evidence::file(&store, &published, *file, by)
    });
    let (file, bytes) = found.await?.ok_or(Problem::NotFound)?;
    let kind = file.kind().map_or("application/octet-stream", |kind| kind.media_type());
    let answer = HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CONTENT_DISPOSITION, files::attachment(&file.name)))
        .body(bytes);
    Ok(headers::locked(answer))
}
