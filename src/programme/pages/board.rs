//! An edition's board, and what is done there: enrolling, leaving, having presented.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::{Deserialize, Serialize};

use super::published;
use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::model::Language;
use crate::organisation::store as people;
use crate::programme::board;
use crate::programme::service::{self, Refusal};
use crate::programme::view::{self, BoardView};
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Nothing, Problem, done, invalid, page};

#[derive(Serialize)]
struct BoardPage {
    board: BoardView,
    people: String,
    role: String,
    unknown: Vec<String>,
    errors: Errors,
}

async fn board_page(
    store: Data<Store>,
    published: Arc<Published>,
    edition: i64,
    status: String,
    language: Language,
) -> Result<BoardPage, Problem> {
    let today = clock::today();
    let shared = published.clone();
    let board = blocking(move || store.read(|conn| board::board(conn, &shared, edition, today))).await?;
    let board = view::board(&published, &board.ok_or(Problem::NotFound)?, &status, language, today);
    Ok(BoardPage { board, people: String::new(), role: String::new(), unknown: Vec::new(), errors: Errors::default() })
}

/// Which tab of the board.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Status {
    status: String,
}

/// `GET /editions/{edition}`.
pub async fn show(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    edition: Path<i64>,
    query: Query<Status>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let body = board_page(store, published, *edition, query.into_inner().status, chrome.language).await?;
    let title = body.board.name.clone();
    Ok(page(&chrome.titled(title).wide(), "programme/board", &body))
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrolForm {
    /// Addresses or ids, one on each line.
    people: String,
    role: String,
}

/// `POST /editions/{edition}/people`: all of them or nobody.
pub async fn enrol(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    edition: Path<i64>,
    form: Form<EnrolForm>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let EnrolForm { people, role } = form.0;
    let edition = *edition;
    let keys: Vec<String> =
        people.split(['\n', ',', ';']).map(str::trim).filter(|key| !key.is_empty()).map(String::from).collect();
    let (found, unknown) = blocking({
        let store = store.clone();
        move || store.read(|conn| look_up(conn, &keys))
    })
    .await?;
    let mut errors = Errors::default();
    if !unknown.is_empty() {
        errors.add("people", "programme-unknown-people");
    } else if found.is_empty() {
        errors.add("people", "programme-people-missing");
    } else {
        let (store, shared, role) = (store.clone(), published.clone(), role.clone());
        let by = Some(may.who.id);
        match blocking(move || service::enrol(&store, &shared, edition, &found, &role, by, clock::now())).await {
            Ok(_) => return Ok(done(&format!("/editions/{edition}"), "programme-enrolled")),
            Err(Refusal::AlreadyEnrolled) => errors.add("people", "programme-enrolled-already"),
            Err(Refusal::NoSuchPerson) => errors.add("people", "programme-not-working"),
            Err(Refusal::NoSuchRole(_)) => errors.add("role", "programme-no-role"),
            Err(other) => return Err(other.into()),
        }
    }
    let body = board_page(store, published, edition, String::new(), chrome.language).await?;
    let title = body.board.name.clone();
    let body = BoardPage { people, role, unknown, errors, ..body };
    Ok(invalid(&chrome.titled(title).wide(), "programme/board", &body))
}

/// People by address or by the region's own id; second, what was not found.
fn look_up(conn: &mut Conn, keys: &[String]) -> Result<(Vec<i64>, Vec<String>), Error> {
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for key in keys {
        let person = match people::person_by_email(conn, key)? {
            None => people::person_by_external_id(conn, key)?,
            some => some,
        };
        match person {
            Some(person) => found.push(person.id),
            None => unknown.push(key.clone()),
        }
    }
    Ok((found, unknown))
}

/// `POST /editions/{edition}/people/{person}/leave`.
pub async fn leave(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    path: Path<(i64, i64)>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let (edition, person) = *path;
    blocking(move || service::leave(&store, &published, edition, person, Some(may.who.id), clock::now())).await?;
    Ok(done(&format!("/editions/{edition}"), "programme-has-left"))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresentForm {
    presented: bool,
}

/// `POST /editions/{edition}/people/{person}/presented`.
pub async fn present(
    may: May<Developer>,
    store: Data<Store>,
    path: Path<(i64, i64)>,
    form: Form<PresentForm>,
) -> Result<HttpResponse, Problem> {
    let (edition, person) = *path;
    let by = Some(may.who.id);
    blocking(move || service::present(&store, edition, person, form.0.presented, by, clock::now())).await?;
    Ok(done(&format!("/editions/{edition}"), "programme-saved"))
}
