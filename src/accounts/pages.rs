//! Signing in by a link, signing out, choosing a language, and one's own account.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{Duration, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::policy::{Anyone, SignedIn};
use super::service::{self, LINK_MINUTES, Refusal};
use super::{secret, store as rows};
use crate::clock;
use crate::curriculum::model::Language;
use crate::notices::kinds::{Notice, SignIn};
use crate::notices::{NewNotice, enqueue};
use crate::store::{Store, blocking};
use crate::web::session::{no_session_cookie, session_cookie, session_secret};
use crate::web::{Chrome, Errors, Form, May, Nothing, OpenForm, Problem, Site, invalid, page, redirect, safe_next};

/// The least time an answer to "send me a link" takes, so that its time does not tell whether the address is known.
const ANSWER_AFTER: std::time::Duration = std::time::Duration::from_millis(150);

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskForm {
    email: String,
    #[serde(default)]
    next: String,
}

#[derive(Serialize)]
struct AskPage {
    email: String,
    next: String,
    errors: Errors,
}

/// Where a page that needs sign-in sends people.
#[derive(Debug, Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

pub async fn ask(may: May<Anyone>, chrome: Chrome, query: actix_web::web::Query<Next>) -> HttpResponse {
    let next = safe_next(&query.next).unwrap_or_else(|| "/".into());
    if may.who.is_some() {
        return redirect(&next);
    }
    page(
        &chrome.named("accounts-sign-in"),
        "accounts/ask",
        &AskPage { email: String::new(), next, errors: Errors::default() },
    )
}

pub async fn send_link(
    _may: May<Anyone>,
    chrome: Chrome,
    store: Data<Store>,
    form: OpenForm<AskForm>,
) -> Result<HttpResponse, Problem> {
    let AskForm { email, next } = form.0;
    let mut errors = Errors::default();
    if !looks_like_address(&email) {
        errors.add("email", "accounts-not-an-address");
        return Ok(invalid(&chrome.named("accounts-sign-in"), "accounts/ask", &AskPage { email, next, errors }));
    }
    let waited = actix_web::rt::time::sleep(ANSWER_AFTER);
    let address = email.clone();
    let next = safe_next(&next).unwrap_or_else(|| "/".into());
    blocking(move || {
        let now = clock::now();
        service::request_link(&store, &address, &next, now, |conn, link| {
            let expires_at = now + Duration::minutes(LINK_MINUTES);
            enqueue(conn, &letter(link, expires_at), now).map(drop)
        })
    })
    .await?;
    waited.await;
    Ok(page(&chrome.named("accounts-sent"), "accounts/sent", &Sent { email, minutes: LINK_MINUTES }))
}

fn letter(link: &service::Link, expires_at: NaiveDateTime) -> NewNotice {
    NewNotice {
        notice: Notice::SignIn(SignIn { link: format!("/sign-in/{}", link.secret), expires_at }),
        person_id: Some(link.account.id),
        name: link.account.name.clone(),
        email: link.account.email.clone(),
        language: link.account.language,
        dedupe_key: format!("sign-in:{}", secret::hash(&link.secret)),
        due_day: None,
        not_before: None,
    }
}

#[derive(Serialize)]
struct Sent {
    email: String,
    minutes: i64,
}

/// Only what every address has; whether it exists shows when the mail arrives.
fn looks_like_address(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 254 && text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
}

#[derive(Serialize)]
struct LinkPage {
    secret: String,
}

/// Shows a button and changes nothing: programs that look through mail open links too.
pub async fn open_link(
    _may: May<Anyone>,
    chrome: Chrome,
    store: Data<Store>,
    path: Path<String>,
) -> Result<HttpResponse, Problem> {
    let secret = path.into_inner();
    let hash = secret::hash(&secret);
    let open = blocking(move || store.read(|conn| rows::link_is_open(conn, &hash, clock::now()))).await?;
    Ok(if open {
        page(&chrome.named("accounts-sign-in"), "accounts/link", &LinkPage { secret })
    } else {
        closed(&chrome)
    })
}

fn closed(chrome: &Chrome) -> HttpResponse {
    let chrome = chrome.clone().named("accounts-closed");
    crate::web::page_as(actix_web::http::StatusCode::GONE, &chrome, "accounts/closed", &())
}

pub async fn use_link(
    _may: May<Anyone>,
    chrome: Chrome,
    site: Data<Site>,
    store: Data<Store>,
    path: Path<String>,
    _form: OpenForm<Nothing>,
) -> Result<HttpResponse, Problem> {
    let secret = path.into_inner();
    match blocking(move || service::sign_in(&store, &secret, clock::now())).await {
        Ok(session) => {
            let mut response = redirect(&safe_next(&session.next).unwrap_or_else(|| "/".into()));
            let cookie = session_cookie(&site, session.secret, session.expires_at);
            response.add_cookie(&cookie).map_err(Problem::internal)?;
            Ok(response)
        }
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(_) => Ok(closed(&chrome)),
    }
}

pub async fn sign_out(
    _may: May<SignedIn>,
    req: HttpRequest,
    site: Data<Site>,
    store: Data<Store>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    if let Some(secret) = session_secret(&req) {
        blocking(move || service::sign_out(&store, &secret)).await?;
    }
    let mut response = redirect("/sign-in");
    response.add_cookie(&no_session_cookie(&site)).map_err(Problem::internal)?;
    Ok(response)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageForm {
    language: Language,
    #[serde(default)]
    next: String,
}

/// The reader's language: kept with the person, who then also gets mail in it, or in a cookie before sign-in.
pub async fn choose_language(
    may: May<Anyone>,
    site: Data<Site>,
    store: Data<Store>,
    form: OpenForm<LanguageForm>,
) -> Result<HttpResponse, Problem> {
    let LanguageForm { language, next } = form.0;
    let mut response = redirect(&safe_next(&next).unwrap_or_else(|| "/".into()));
    match may.who {
        Some(actor) => blocking(move || store.write(|conn| rows::set_language(conn, actor.id, language))).await?,
        None => response.add_cookie(&crate::web::language_cookie(&site, language)).map_err(Problem::internal)?,
    }
    Ok(response)
}

#[derive(Serialize)]
struct MePage {
    id: i64,
    name: String,
    email: String,
    unit: Option<String>,
    title: String,
    from: String,
    administrator: bool,
    developer: bool,
    coach: bool,
    readings: Vec<Reading>,
}

/// Somebody has read the record.
#[derive(Serialize)]
struct Reading {
    name: String,
    day: String,
}

/// So many of the latest readings are shown.
const READINGS: i64 = 50;

/// What is kept about whoever asks, where it comes from, and where the rest is to be seen.
pub async fn me(may: May<SignedIn>, chrome: Chrome, store: Data<Store>) -> Result<HttpResponse, Problem> {
    let actor = may.who;
    let id = actor.id;
    let found = blocking(move || {
        store.read(|conn| {
            let Some(own) = rows::own_data(conn, id)? else { return Ok::<_, crate::store::Error>(None) };
            Ok(Some((own, service::readings(conn, id, READINGS)?)))
        })
    });
    let (own, readings) = found.await?.ok_or(Problem::NotFound)?;
    let reading = |(name, at)| Reading { name, day: crate::words::date_iso(clock::day_of(at)) };
    let body = MePage {
        id: actor.id,
        name: actor.name,
        email: own.email,
        unit: own.unit,
        title: own.title,
        from: crate::words::date_iso(own.starts_on),
        administrator: actor.hats.administrator,
        developer: actor.hats.developer,
        coach: actor.hats.coach,
        readings: readings.into_iter().map(reading).collect(),
    };
    Ok(page(&chrome.named("accounts-me"), "accounts/me", &body))
}
