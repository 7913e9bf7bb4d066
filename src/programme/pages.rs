//! The developer's pages of the programme: editions, a new one, the board, enrolling, attendance.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::service::{self, Plan, Refusal};
use super::store as rows;
use super::view::{self, BoardView, Choice, DayView};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::model::Language;
use crate::learning::service::{self as learning, Mark};
use crate::learning::store::{self as seats, Seat};
use crate::organisation::store as people;
use crate::store::{Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Problem, done, invalid, page};
use crate::words;

/// The newest curriculum; without one there is no programme to run.
pub async fn published(store: &Data<Store>, shelf: &Data<Shelf>) -> Result<Arc<Published>, Problem> {
    let (store, shelf) = (store.clone(), shelf.clone());
    blocking(move || shelf.current(&store)).await?.ok_or(Problem::NotFound)
}

#[derive(Serialize)]
struct Editions {
    editions: Vec<EditionLine>,
    /// Nothing is published yet.
    empty: bool,
}

#[derive(Serialize)]
struct EditionLine {
    id: i64,
    name: String,
    dates: String,
    now: bool,
    ended: bool,
}

/// `GET /editions`.
pub async fn list(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
) -> Result<HttpResponse, Problem> {
    let today = clock::today();
    let language = chrome.language;
    let found = blocking({
        let store = store.clone();
        move || store.read(rows::editions)
    })
    .await?;
    let editions = found
        .into_iter()
        .map(|edition| EditionLine {
            id: edition.id,
            dates: view::span(language, edition.starts_on, edition.ends_on, today),
            now: edition.starts_on <= today && today <= edition.ends_on,
            ended: edition.ends_on < today,
            name: edition.name,
        })
        .collect();
    let empty = matches!(published(&store, &shelf).await, Err(Problem::NotFound));
    Ok(page(&chrome.named("programme-editions"), "programme/editions", &Editions { editions, empty }))
}

/// A new edition as it is typed; also the query of its preview.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EditionForm {
    programme: String,
    name: String,
    starts_on: String,
    place: String,
}

#[derive(Serialize)]
struct NewPage {
    form: EditionForm,
    programmes: Vec<Choice>,
    preview: Vec<DayView>,
    ends_on: String,
    errors: Errors,
}

fn new_page(published: &Published, form: EditionForm, errors: Errors, language: Language) -> NewPage {
    let today = clock::today();
    let programmes = published
        .curriculum
        .programmes
        .iter()
        .map(|(id, p)| Choice { value: id.clone(), label: p.title.of(language).into() })
        .collect();
    let dates = form.starts_on.parse().ok().and_then(|starts_on| {
        let plan = Plan { programme: &form.programme, name: "", starts_on, place: "" };
        Some((service::template(published, plan.programme).ok()?, service::lay(published, &plan).ok()?))
    });
    let preview = dates.as_ref().map(|(programme, dates)| view::preview(published, programme, dates, language, today));
    let ends_on = dates.map(|(_, dates)| words::date_long(language, dates.ends_on, today));
    NewPage { programmes, preview: preview.unwrap_or_default(), ends_on: ends_on.unwrap_or_default(), form, errors }
}

/// `GET /editions/new`; with a programme and a start day it shows every date first.
pub async fn new(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    query: Query<EditionForm>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let body = new_page(&published, query.into_inner(), Errors::default(), chrome.language);
    Ok(page(&chrome.named("programme-new"), "programme/new", &body))
}

/// `POST /editions`.
pub async fn create(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    form: Form<EditionForm>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let form = form.0;
    let mut errors = Errors::default();
    errors.require("name", &form.name, "programme-name-missing");
    errors.require("place", &form.place, "programme-place-missing");
    let Ok(starts_on) = form.starts_on.trim().parse::<NaiveDate>() else {
        errors.add("starts_on", "programme-day-missing");
        let body = new_page(&published, form, errors, chrome.language);
        return Ok(invalid(&chrome.named("programme-new"), "programme/new", &body));
    };
    if errors.is_empty() {
        let (asked, shared) = (form.clone(), published.clone());
        let made = blocking(move || {
            let plan = Plan { programme: &asked.programme, name: &asked.name, starts_on, place: &asked.place };
            service::create(&store, &shared, &plan, Some(may.who.id), clock::now())
        });
        match made.await {
            Ok(id) => return Ok(done(&format!("/editions/{id}"), "programme-created")),
            Err(Refusal::NameTaken(_)) => errors.add("name", "programme-name-taken"),
            Err(Refusal::NoSuchProgramme(_)) => errors.add("programme", "programme-no-programme"),
            Err(other) => return Err(other.into()),
        }
    }
    let body = new_page(&published, form, errors, chrome.language);
    Ok(invalid(&chrome.named("programme-new"), "programme/new", &body))
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Store(error) => error.into(),
            Refusal::NoSuchEdition | Refusal::NoSuchPerson | Refusal::NotEnrolled => Problem::NotFound,
            Refusal::AlreadyEnrolled | Refusal::Ended(_) | Refusal::NameTaken(_) => Problem::Conflict("web-conflict"),
            Refusal::NoSuchProgramme(_) | Refusal::NoSuchRole(_) | Refusal::NoName => Problem::BadRequest,
        }
    }
}

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
    let board = blocking(move || store.read(|conn| service::board(conn, &shared, edition, today))).await?;
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
pub async fn board(
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
fn look_up(conn: &mut crate::store::Conn, keys: &[String]) -> Result<(Vec<i64>, Vec<String>), crate::store::Error> {
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

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

#[derive(Serialize)]
struct AttendancePage {
    id: i64,
    edition: i64,
    edition_name: String,
    code: String,
    title: String,
    area: &'static str,
    when: String,
    place: String,
    /// Nobody can be marked before the day.
    to_come: bool,
    rows: Vec<AttendanceRow>,
    marked: usize,
}

#[derive(Serialize)]
struct AttendanceRow {
    person: i64,
    name: String,
    unit: String,
    attended: bool,
    absent: bool,
}

/// `GET /occasions/{occasion}`: who was there.
pub async fn attendance(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let today = clock::today();
    let language = chrome.language;
    let body = blocking(move || store.read(|conn| attendance_page(conn, &published, *occasion, language, today)));
    let body = body.await?.ok_or(Problem::NotFound)?;
    let title = words::text(language, "programme-attendance-of", &[("module", body.title.clone().into())]);
    Ok(page(&chrome.titled(title), "programme/attendance", &body))
}

fn attendance_page(
    conn: &mut crate::store::Conn,
    published: &Published,
    occasion: i64,
    language: Language,
    today: NaiveDate,
) -> Result<Option<AttendancePage>, crate::store::Error> {
    let Some(occasion) = seats::occasion(conn, occasion)? else { return Ok(None) };
    let Some(edition) = (match occasion.edition_id {
        Some(id) => rows::edition(conn, id)?,
        None => None,
    }) else {
        return Ok(None);
    };
    let seated = seats::seats_of(conn, &[occasion.id])?;
    let rows: Vec<AttendanceRow> = rows::participants(conn, edition.id)?
        .into_iter()
        .filter_map(|participant| {
            let (_, _, seat) = seated.iter().find(|(_, person, _)| *person == participant.person)?;
            (*seat != Seat::Cancelled).then(|| AttendanceRow {
                person: participant.person,
                name: participant.name,
                unit: participant.unit.unwrap_or_default(),
                attended: *seat == Seat::Attended,
                absent: *seat == Seat::Absent,
            })
        })
        .collect();
    let known = published.module_by_id(&occasion.module);
    Ok(Some(AttendancePage {
        id: occasion.id,
        edition: edition.id,
        edition_name: edition.name,
        code: known.map(|(index, _)| published.code(index).to_owned()).unwrap_or_default(),
        title: published.title_of_id(&occasion.module, language).into(),
        area: known.and_then(|(index, _)| published.area(index)).map_or("m", |area| view::colour_class(area.colour)),
        when: words::when(language, occasion.starts_at, occasion.ends_at, today),
        place: occasion.place,
        to_come: clock::day_of(occasion.starts_at) > today,
        marked: rows.iter().filter(|row| row.attended || row.absent).count(),
        rows,
    }))
}

/// A list that is ticked off: whoever stands on it and is not ticked was absent.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AttendanceForm {
    /// Ids of everybody on the list.
    person: Vec<i64>,
    /// Ids of those who were there.
    attended: Vec<i64>,
}

/// `POST /occasions/{occasion}`.
pub async fn mark(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
    form: Form<AttendanceForm>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let AttendanceForm { person, attended } = form.0;
    let marks: Vec<Mark> =
        person.into_iter().map(|person| Mark { person, attended: Some(attended.contains(&person)) }).collect();
    let occasion = *occasion;
    let marked = blocking(move || learning::mark(&store, &published, occasion, &marks, Some(may.who.id), clock::now()));
    match marked.await {
        Ok(_) => Ok(done(&format!("/occasions/{occasion}"), "programme-marked")),
        Err(refusal) => Err(refusal.into()),
    }
}

impl From<learning::Refusal> for Problem {
    fn from(refusal: learning::Refusal) -> Self {
        use learning::Refusal as R;
        match refusal {
            R::Store(error) => error.into(),
            R::NoSuchOccasion | R::NoSuchPerson => Problem::NotFound,
            R::Cancelled => Problem::Conflict("programme-cancelled"),
            R::NotYet(_) => Problem::Conflict("programme-not-yet"),
            R::NoSuchModule(_) | R::ToCome(_) | R::NoSuchEvidence(_) => Problem::BadRequest,
        }
    }
}
