//! The own calendar link: made, renewed and ended; and the file that calendars fetch there.

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use crate::accounts::policy::{Anyone, SignedIn};
use crate::accounts::secret;
use crate::clock;
use crate::diary::service;
use crate::diary::store as rows;
use crate::notices::calendar::Party;
use crate::notices::feed::{self, Feed};
use crate::notices::render::Writer;
use crate::store::{Store, blocking};
use crate::versions::published::Shelf;
use crate::web::{Chrome, Form, May, Problem, done, page};
use crate::words;

#[derive(Serialize)]
struct CalendarPage {
    /// When the link there is was made and used, in words.
    link: Option<Known>,
    /// The whole address, shown once, and the same for calendar programs on this machine.
    fresh: Option<Fresh>,
}

#[derive(Serialize)]
struct Known {
    made: String,
    used: Option<String>,
}

#[derive(Serialize)]
struct Fresh {
    address: String,
    subscribe: String,
}

/// `GET /me/calendar`.
pub async fn show(may: May<SignedIn>, chrome: Chrome, store: Data<Store>) -> Result<HttpResponse, Problem> {
    shown(may.who.id, chrome, store, None).await
}

async fn shown(person: i64, chrome: Chrome, store: Data<Store>, fresh: Option<Fresh>) -> Result<HttpResponse, Problem> {
    let link = blocking(move || store.read(|conn| rows::link_of(conn, person))).await?;
    let today = clock::today();
    let at = |instant| words::at(chrome.language, instant, today);
    let link = link.map(|link| Known { made: at(link.made_at), used: link.used_at.map(at) });
    Ok(page(&chrome.named("diary-calendar"), "diary/calendar", &CalendarPage { link, fresh }))
}

/// What is to become of the link.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Wish {
    /// Also instead of the one there is.
    Make,
    End,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkForm {
    wish: Wish,
}

/// `POST /me/calendar`. A new address is in the answer itself, because nobody can be shown it again.
pub async fn change(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    writer: Data<Writer>,
    form: Form<LinkForm>,
) -> Result<HttpResponse, Problem> {
    let (person, now) = (may.who.id, clock::now());
    let shared = store.clone();
    match form.0.wish {
        Wish::Make => {
            let secret = blocking(move || service::make_link(&shared, person, now)).await?;
            let address = writer.absolute(&format!("/calendar/{secret}.ics"));
            let subscribe = address.split_once("://").map_or(String::new(), |(_, rest)| format!("webcal://{rest}"));
            shown(person, chrome, store, Some(Fresh { address, subscribe })).await
        }
        Wish::End => {
            blocking(move || service::end_link(&shared, person, now)).await?;
            Ok(done("/me/calendar", "diary-link-ended"))
        }
    }
}

/// `GET /calendar/{secret}.ics`: for programs, which come again and again and say what they have already.
pub async fn fetch(
    _may: May<Anyone>,
    req: HttpRequest,
    store: Data<Store>,
    shelf: Data<Shelf>,
    writer: Data<Writer>,
    secret: Path<String>,
) -> Result<HttpResponse, Problem> {
    let letters = writer.clone();
    let events = blocking(move || {
        let published = shelf.current(&store)?;
        let absolute = |path: &str| letters.absolute(path);
        service::events(&store, published.as_ref(), &secret, absolute, clock::now())
    });
    let events = events.await?.ok_or(Problem::NotFound)?;
    let sender = writer.sender();
    let organizer = Party { name: &sender.name, email: &sender.email };
    let file = feed::file(&Feed { name: &sender.name, organizer, host: &sender.host, events });
    // Weak, because it is the same whether or not it travels compressed.
    let tag = format!("W/\"{}\"", &secret::hash(&file)[..22]);
    let known = req.headers().get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let unchanged = known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let mut answer = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, "private, max-age=300"));
    if unchanged {
        return Ok(answer.finish());
    }
    let name = (header::CONTENT_DISPOSITION, "inline; filename=\"varjedag.ics\"");
    Ok(answer.content_type("text/calendar; charset=utf-8").insert_header(name).body(file))
}
