//! An edition's board, and what is done there: enrolling, leaving, having presented.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::{Deserialize, Serialize};

use super::published;
use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::model::Language;
use crate::learning::hindrance;
use crate::organisation::store as people;
use crate::programme::board;
use crate::programme::service::{self, As, Hindered, Refusal};
use crate::programme::view::{self, BoardView};
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Nothing, Problem, done, invalid, page};
use crate::words;

#[derive(Serialize)]
struct BoardPage {
    board: BoardView,
    people: String,
    role: String,
    unknown: Vec<String>,
    /// Seats that cannot be booked, in sentences; the first of them.
    hindered: Vec<String>,
    /// How many more there are.
    more: usize,
    errors: Errors,
}

/// How many seats that cannot be booked are told one by one.
const TOLD: usize = 40;

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
    let (people, role, unknown, hindered) = Default::default();
    Ok(BoardPage { board, people, role, unknown, hindered, more: 0, errors: Errors::default() })
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
    /// Days on which something stands in the way are left out.
    #[serde(default)]
    leave_out: bool,
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
    let EnrolForm { people, role, leave_out } = form.0;
    let edition = *edition;
    let keys: Vec<String> =
        people.split(['\n', ',', ';']).map(str::trim).filter(|key| !key.is_empty()).map(String::from).collect();
    let (found, unknown) = blocking({
        let store = store.clone();
        move || store.read(|conn| look_up(conn, &keys))
    })
    .await?;
    let (mut errors, mut hindered) = (Errors::default(), Vec::new());
    if !unknown.is_empty() {
        errors.add("people", "programme-unknown-people");
    } else if found.is_empty() {
        errors.add("people", "programme-people-missing");
    } else {
        let (store, shared, role) = (store.clone(), published.clone(), role.clone());
        let by = Some(may.who.id);
        let enrol = move || {
            let how = As { role: &role, leave_out };
            service::enrol(&store, &shared, edition, &found, how, by, clock::now())
        };
        match blocking(enrol).await {
            Ok(_) => return Ok(done(&format!("/editions/{edition}"), "programme-enrolled")),
            Err(Refusal::Hindered(found)) => hindered = found,
            Err(Refusal::AlreadyEnrolled) => errors.add("people", "programme-enrolled-already"),
            Err(Refusal::NoSuchPerson) => errors.add("people", "programme-not-working"),
            Err(Refusal::NoSuchRole(_)) => errors.add("role", "programme-no-role"),
            Err(other) => return Err(other.into()),
        }
    }
    let more = hindered.len().saturating_sub(TOLD);
    let hindered = told(&store, &published, hindered, chrome.language).await?;
    let body = board_page(store, published, edition, String::new(), chrome.language).await?;
    let title = body.board.name.clone();
    let body = BoardPage { people, role, unknown, hindered, more, errors, ..body };
    Ok(invalid(&chrome.titled(title).wide(), "programme/board", &body))
}

/// Seats that cannot be booked, each in a sentence with what stands in the way.
async fn told(
    store: &Data<Store>,
    published: &Published,
    mut hindered: Vec<Hindered>,
    language: Language,
) -> Result<Vec<String>, Problem> {
    hindered.truncate(TOLD);
    let ids: Vec<i64> = hindered.iter().map(|one| one.person).collect();
    let store = store.clone();
    let people = blocking(move || store.read(|conn| people::people_by_id(conn, &ids))).await?;
    let line = |one: &Hindered| {
        let name = people.iter().find(|person| person.id == one.person).map_or("", |person| person.name.as_str());
        let why: Vec<String> = one.hindrances.iter().map(|it| hindrance::told(it, published, language)).collect();
        let occasion = &one.at.occasion;
        let day = words::date(language, clock::day_of(occasion.starts_at), clock::today());
        let module = published.title_of_id(&occasion.module, language);
        let why = words::list(language, &why);
        let args = [("name", name.into()), ("module", module.into()), ("day", day.into()), ("why", why.into())];
        words::text(language, "programme-hindered-line", &args)
    };
    Ok(hindered.iter().map(line).collect())
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
