//! The code on the wall, for whoever leads the occasion, and what it says to whoever follows it.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::published;
use crate::accounts::policy::SignedIn;
use crate::attendance::door::{self, Arrival, Found};
use crate::attendance::roll::{self, Head};
use crate::attendance::service::Refusal;
use crate::attendance::store as rows;
use crate::clock;
use crate::curriculum::model::Language;
use crate::store::{Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Form, May, Nothing, Problem, Site, Svg, done, page};
use crate::words;

#[derive(Serialize)]
struct DoorPage {
    head: Head,
    /// None before a code was made.
    code: Option<Svg>,
    address: String,
    /// The same as a path of ours.
    path: String,
    hours: String,
    over: bool,
    called_off: bool,
}

/// Which part.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    part: Option<i32>,
}

/// `GET /occasions/{occasion}/attendance/door?part=`.
pub async fn show(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    (shelf, site): (Data<Shelf>, Data<Site>),
    occasion: Path<i64>,
    which: Query<Which>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let (actor, now, language) = (may.who, clock::now(), chrome.language);
    let body = blocking(move || {
        store.read(|conn| {
            let Some((occasion, parts)) = roll::led(conn, &actor, *occasion)? else { return Ok::<_, Error>(None) };
            let Some(part) = roll::chosen(&parts, which.part, now) else { return Ok(None) };
            let head = roll::head(&published, language, &occasion, &parts, part, now);
            let code = rows::code_of(conn, part.id)?;
            let path = code.map(|code| format!("/here/{code}")).unwrap_or_default();
            let address = if path.is_empty() { String::new() } else { site.link(&path) };
            let title = words::text(language, "attendance-door-of", &[("module", head.title.as_str().into())]);
            let (opens, closes) = door::hours(part);
            Ok(Some(DoorPage {
                code: door::picture(&address, &title).filter(|_| !address.is_empty()).map(Svg),
                hours: words::when(language, opens, closes, clock::day_of(now)),
                over: now >= closes,
                called_off: occasion.cancelled_at.is_some(),
                head,
                address,
                path,
            }))
        })
    });
    let body = body.await?.ok_or(Problem::NotFound)?;
    Ok(page(&chrome.named("attendance-door"), "attendance/door", &body))
}

/// `POST /occasions/{occasion}/attendance/door?part=`: makes a code; the one before ends.
pub async fn renew(
    may: May<SignedIn>,
    store: Data<Store>,
    occasion: Path<i64>,
    which: Query<Which>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let (actor, occasion) = (may.who, *occasion);
    let made = blocking(move || {
        store.write(|conn| {
            let now = clock::now();
            let Some((occasion, parts)) = roll::led(conn, &actor, occasion)? else { return Ok::<_, Refusal>(None) };
            let Some(part) = roll::chosen(&parts, which.part, now) else { return Ok(None) };
            door::new_code(conn, (occasion.id, part.id), actor.id, now)?;
            Ok(Some(part.no))
        })
    });
    let part = made.await?.ok_or(Problem::NotFound)?;
    Ok(done(&format!("/occasions/{occasion}/attendance/door?part={part}"), "attendance-door-made"))
}

#[derive(Serialize)]
struct HerePage {
    secret: String,
    occasion: i64,
    title: String,
    when: String,
    place: String,
    /// One can mark oneself.
    ready: bool,
    here: bool,
    /// What the code says, in words.
    said: String,
}

/// `GET /here/{secret}`.
pub async fn here(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    secret: Path<String>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let (person, secret, now) = (may.who.id, secret.into_inner(), clock::now());
    let found = blocking({
        let secret = secret.clone();
        move || store.read(|conn| door::look(conn, &secret, person, now))
    });
    let found = found.await?.ok_or(Problem::NotFound)?;
    let body = told(&published, chrome.language, secret, found, now);
    Ok(page(&chrome.named("attendance-here-title"), "attendance/here", &body))
}

fn told(published: &Published, language: Language, secret: String, found: Found, now: NaiveDateTime) -> HerePage {
    let today = clock::day_of(now);
    let at = |at: NaiveDateTime| words::at(language, at, today);
    let said = match found.arrival {
        Arrival::Ready => words::text(language, "attendance-here-ready", &[]),
        Arrival::Here if found.part.is_over(now) => words::text(language, "attendance-here-done", &[]),
        Arrival::Here => words::text(language, "attendance-here-goes-on", &[]),
        Arrival::Decided => words::text(language, "attendance-here-decided", &[]),
        Arrival::Leads => words::text(language, "attendance-here-leads", &[]),
        Arrival::Replaced => words::text(language, "attendance-here-replaced", &[]),
        Arrival::CalledOff => words::text(language, "courses-called-off", &[]),
        Arrival::Early(opens) => words::text(language, "attendance-here-early", &[("at", at(opens).into())]),
        Arrival::Late(closed) => words::text(language, "attendance-here-late", &[("at", at(closed).into())]),
        Arrival::NoSeat { free: true } => words::text(language, "attendance-here-free", &[]),
        Arrival::NoSeat { free: false } => words::text(language, "attendance-here-full", &[]),
    };
    HerePage {
        secret,
        occasion: found.given.occasion.id,
        title: published.title_of_id(&found.given.occasion.module, language).into(),
        when: words::when(language, found.part.starts_at, found.part.ends_at, today),
        place: found.part.place,
        ready: found.arrival == Arrival::Ready,
        here: found.arrival == Arrival::Here,
        said,
    }
}

/// `POST /here/{secret}`: marks the reader, if that can be.
pub async fn arrive(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    secret: Path<String>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let (person, secret) = (may.who.id, secret.into_inner());
    let arrived = blocking({
        let secret = secret.clone();
        move || store.write(|conn| door::arrive(conn, &published, &secret, person, clock::now()))
    });
    let arrived: Option<Arrival> = arrived.await.map_err(|refusal: Refusal| Problem::from(refusal))?;
    arrived.ok_or(Problem::NotFound)?;
    Ok(crate::web::redirect(&format!("/here/{secret}")))
}
