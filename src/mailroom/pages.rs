//! The pages about mail: all of it for developers and administrators, one's own for everybody.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::{Deserialize, Serialize};

use super::view::{self, Line, OwnLine, Tab};
use crate::accounts::policy::{Actor, SignedIn, Staff, owns};
use crate::clock;
use crate::config::Mail as MailSettings;
use crate::notices::render::Writer;
use crate::notices::service;
use crate::notices::store::{self as rows, Row};
use crate::store::{Error, Store, blocking};
use crate::web::headers::{framing, sandboxed};
use crate::web::{Chrome, Form, May, Nothing, Pages, Problem, done, page};

/// Mails on one page of the list.
const ON_A_PAGE: i64 = 50;

/// What the list is asked for in its address.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    state: Option<String>,
    page: Option<i64>,
}

#[derive(Serialize)]
struct List {
    tabs: Vec<TabLine>,
    mails: Vec<Line>,
    /// Without a mail server: the folder in which mails are kept.
    folder: Option<String>,
    #[serde(flatten)]
    pages: Pages,
}

#[derive(Serialize)]
struct TabLine {
    code: &'static str,
    label: String,
    count: i64,
    current: bool,
}

/// `GET /mail`.
pub async fn list(
    _may: May<Staff>,
    chrome: Chrome,
    store: Data<Store>,
    settings: Data<MailSettings>,
    ask: Query<Ask>,
) -> Result<HttpResponse, Problem> {
    let tab = match ask.state.as_deref() {
        None => Tab::Waiting,
        Some(code) => Tab::of(code).ok_or(Problem::NotFound)?,
    };
    let number = ask.page.unwrap_or(1).clamp(1, 1_000_000);
    let (counts, found) = blocking(move || {
        store.read(|conn| {
            let counts = rows::counts(conn)?;
            Ok::<_, Error>((counts, rows::in_states(conn, tab.states(), ON_A_PAGE, (number - 1) * ON_A_PAGE)?))
        })
    })
    .await?;
    let count = |tab: Tab| tab.states().iter().filter_map(|state| counts.get(state.code())).sum::<i64>();
    let (language, today) = (chrome.language, clock::today());
    let pages = Pages::count(count(tab), ON_A_PAGE);
    let body = List {
        tabs: Tab::ALL
            .map(|t| TabLine { code: t.code(), label: t.label(language), count: count(t), current: t == tab })
            .into_iter()
            .filter(|line| line.count > 0 || line.current || line.code != Tab::Held.code())
            .collect(),
        mails: found.iter().map(|row| view::line(row, language, today)).collect(),
        folder: settings.smtp.is_none().then(|| settings.folder.display().to_string()),
        pages: Pages::new(number, pages, |page| format!("/mail?state={}&page={page}", tab.code())),
    };
    Ok(page(&chrome.named("mailroom-title"), "mailroom/list", &body))
}

/// `GET /mail/{mail}`: one mail as its reader sees it.
pub async fn show(
    _may: May<Staff>,
    chrome: Chrome,
    store: Data<Store>,
    writer: Data<Writer>,
    id: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let row = find(store, *id).await?;
    let body = view::mail(&row, &writer, &format!("/mail/{id}"), chrome.language, clock::today());
    Ok(framing(page(&chrome.titled(&body.kind), "mailroom/mail", &body)))
}

/// `GET /mail/{mail}/html`: the mail alone, as a mail program shows it.
pub async fn document(
    _may: May<Staff>,
    store: Data<Store>,
    writer: Data<Writer>,
    id: Path<i64>,
) -> Result<HttpResponse, Problem> {
    written(&find(store, *id).await?, &writer)
}

async fn find(store: Data<Store>, id: i64) -> Result<Row, Problem> {
    blocking(move || store.read(|conn| rows::find(conn, id))).await?.ok_or(Problem::NotFound)
}

fn written(row: &Row, writer: &Writer) -> Result<HttpResponse, Problem> {
    view::letter(row, writer).map(|letter| sandboxed(letter.html)).ok_or(Problem::NotFound)
}

/// So many of one's own mails are shown.
const OWN: i64 = 100;

#[derive(Serialize)]
struct OwnList {
    mails: Vec<OwnLine>,
}

/// `GET /me/mail`: the mails to oneself, the newest first.
pub async fn own_list(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    writer: Data<Writer>,
) -> Result<HttpResponse, Problem> {
    let found = blocking(move || store.read(|conn| rows::of_person(conn, may.who.id, OWN))).await?;
    let (language, today) = (chrome.language, clock::today());
    let mails = found.iter().map(|row| view::own_line(row, &writer, language, today)).collect();
    Ok(page(&chrome.named("mailroom-own-title"), "mailroom/own", &OwnList { mails }))
}

/// `GET /me/mail/{mail}`: one of one's own mails. Another's is not found, whatever hats one wears.
pub async fn own(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    writer: Data<Writer>,
    id: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let row = find_own(store, &may.who, *id).await?;
    let body = view::mail(&row, &writer, &format!("/me/mail/{id}"), chrome.language, clock::today());
    Ok(framing(page(&chrome.titled(&body.kind), "mailroom/own_mail", &body)))
}

/// `GET /me/mail/{mail}/html`.
pub async fn own_document(
    may: May<SignedIn>,
    store: Data<Store>,
    writer: Data<Writer>,
    id: Path<i64>,
) -> Result<HttpResponse, Problem> {
    written(&find_own(store, &may.who, *id).await?, &writer)
}

async fn find_own(store: Data<Store>, actor: &Actor, id: i64) -> Result<Row, Problem> {
    let row = find(store, id).await?;
    if owns(actor, row.person_id) { Ok(row) } else { Err(Problem::NotFound) }
}

/// `POST /mail/{mail}/again`.
pub async fn again(
    _may: May<Staff>,
    store: Data<Store>,
    id: Path<i64>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let (id, now) = (id.into_inner(), clock::now());
    let waits = blocking(move || {
        let known = store.read(|conn| rows::find(conn, id))?.is_some();
        Ok::<_, Error>(if known { Some(service::send_again(&store, id, now)?) } else { None })
    });
    match waits.await? {
        None => Err(Problem::NotFound),
        Some(true) => Ok(done(&format!("/mail/{id}"), "mailroom-waits-again")),
        Some(false) => Err(Problem::Conflict("mailroom-cannot-again")),
    }
}
