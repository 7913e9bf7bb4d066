//! The own history, diplomas as files, and the page at which anybody can see that one is genuine.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Data, Path, Query};
use serde::Deserialize;

use super::history::{self, History};
use super::service::{self, Refusal, Subject, Verdict};
use super::store::{self as rows, Diploma};
use super::view::{self, Telling};
use crate::accounts::policy::{Anyone, SignedIn};
use crate::clock;
use crate::notices::render::Writer;
use crate::store::{Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Form, May, Nothing, Problem, Site, done, page, redirect};

type Read = (Option<Arc<Published>>, History, Vec<Diploma>);

async fn read(store: Data<Store>, shelf: Data<Shelf>, person: i64) -> Result<Read, Problem> {
    let found = blocking(move || {
        let published = shelf.current(&store)?;
        store.read(|conn| {
            let history = history::history(conn, published.as_deref(), person, clock::today())?;
            let diplomas = rows::of_person(conn, person)?;
            Ok::<_, Error>(history.map(|history| (published.clone(), history, diplomas)))
        })
    });
    found.await?.ok_or(Problem::NotFound)
}

/// `GET /me/history`.
pub async fn show(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
) -> Result<HttpResponse, Problem> {
    let (_, history, diplomas) = read(store, shelf, may.who.id).await?;
    let telling = Telling { language: chrome.language, today: clock::today() };
    Ok(page(&chrome.named("diplomas-history"), "diplomas/history", &telling.page(&history, &diplomas)))
}

/// `GET /me/history.json`: the record of learning for programs.
pub async fn json(
    may: May<SignedIn>,
    site: Data<Site>,
    store: Data<Store>,
    shelf: Data<Shelf>,
) -> Result<HttpResponse, Problem> {
    let (_, history, _) = read(store, shelf, may.who.id).await?;
    let body = serde_json::to_string_pretty(&view::data(&history, &site.region, clock::today()));
    Ok(attached("application/json", "json", body.map_err(Problem::internal)?))
}

/// `GET /me/history.csv`: the same for spreadsheets.
pub async fn csv(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
) -> Result<HttpResponse, Problem> {
    let (_, history, _) = read(store, shelf, may.who.id).await?;
    let telling = Telling { language: chrome.language, today: clock::today() };
    Ok(attached("text/csv; charset=utf-8", "csv", telling.sheet(&history)))
}

fn attached(kind: &str, ending: &str, body: impl Into<Vec<u8>>) -> HttpResponse {
    let body: Vec<u8> = body.into();
    let name = format!("attachment; filename=\"varjedag-{}.{ending}\"", clock::today());
    HttpResponse::Ok().insert_header((CONTENT_TYPE, kind)).insert_header((CONTENT_DISPOSITION, name)).body(body)
}

/// What a diploma is asked of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeForm {
    /// module, edition or record.
    kind: super::content::Kind,
    /// An achievement or an edition, by the kind.
    of: Option<i64>,
}

/// `POST /me/diplomas`: makes one, and leads to it.
pub async fn make(
    may: May<SignedIn>,
    site: Data<Site>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    form: Form<MakeForm>,
) -> Result<HttpResponse, Problem> {
    use super::content::Kind;
    let subject = match (form.0.kind, form.0.of) {
        (Kind::Module, Some(id)) => Subject::Module(id),
        (Kind::Edition, Some(id)) => Subject::Edition(id),
        (Kind::Record, _) => Subject::Record,
        _ => return Err(Problem::BadRequest),
    };
    let (person, issuer) = (may.who.id, site.region.clone());
    let made = blocking(move || {
        let published = shelf.current(&store)?;
        service::make(&store, published.as_deref(), person, subject, &issuer, clock::now())
    });
    match made.await {
        Ok(code) => Ok(redirect(&format!("/me/diplomas/{code}.pdf"))),
        Err(Refusal::Nothing) => Err(Problem::NotFound),
        Err(Refusal::Store(error)) => Err(error.into()),
    }
}

/// `GET /me/diplomas/{code}.pdf`: an own one, in the reader's language.
pub async fn file(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    writer: Data<Writer>,
    code: Path<String>,
) -> Result<HttpResponse, Problem> {
    let (person, language) = (may.who.id, chrome.language);
    let file = blocking(move || {
        let found = store.read(|conn| rows::find(conn, &code))?;
        let own = found.filter(|diploma| diploma.person == person && diploma.ended_at.is_none());
        Ok::<_, Error>(own.map(|diploma| {
            let address = writer.absolute(&format!("/verify/{}", diploma.code));
            super::written(&diploma, language, &address)
        }))
    });
    let file = file.await?.ok_or(Problem::NotFound)?.map_err(Problem::internal)?;
    let name = format!("inline; filename=\"varjedag-{}.pdf\"", clock::today());
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/pdf"))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(file))
}

/// `POST /me/diplomas/{code}/end`.
pub async fn end(
    may: May<SignedIn>,
    store: Data<Store>,
    code: Path<String>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let person = may.who.id;
    match blocking(move || service::end(&store, person, &code, clock::now())).await? {
        true => Ok(done("/me/history", "diplomas-ended")),
        false => Err(Problem::NotFound),
    }
}

/// A code that was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    code: String,
}

/// `GET /verify`: where a code can be typed; `?code=` leads to what it says.
pub async fn ask(_may: May<Anyone>, chrome: Chrome, typed: Query<Typed>) -> HttpResponse {
    let code: String = typed.code.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    match code.is_empty() {
        true => page(&chrome.named("diplomas-verify"), "diplomas/verify", &view::Verified::asked()),
        false => redirect(&format!("/verify/{code}")),
    }
}

/// `GET /verify/{code}`: for anybody who was shown a diploma.
pub async fn verify(
    _may: May<Anyone>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    code: Path<String>,
) -> Result<HttpResponse, Problem> {
    let verdict = blocking(move || {
        let published = shelf.current(&store)?;
        store.read(|conn| service::verify(conn, published.as_deref(), &code))
    });
    let verdict: Verdict = verdict.await?;
    let body = view::Verified::of(chrome.language, &verdict);
    Ok(page(&chrome.named("diplomas-verify"), "diplomas/verify", &body))
}
