//! The interface for programs: editions and who takes part, for those who run the programme.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::board::{self, Board};
use super::service::{self, As, Hindered, Plan, Refusal};
use super::store as rows;
use crate::accounts::policy::Developer;
use crate::clock;
use crate::store::{Store, blocking};
use crate::versions::api::published;
use crate::versions::published::{Published, Shelf};
use crate::web::api::{Answer, Day, Listed, PageQuery, Query, answer, created, invalid};
use crate::web::{Json, May, Problem};

pub mod occasions;
mod views;

use views::{BoardView, EditionView, EnrolmentView, board_view, enrolment};

/// Most people in one request.
const MOST_PEOPLE: usize = 200;

/// Editions
///
/// For developers, the newest first.
#[utoipa::path(get, path = "/api/v1/editions", tag = "editions", params(PageQuery),
    responses((status = 200, body = Listed<EditionView>)))]
pub async fn editions(
    _may: May<Developer>,
    store: Data<Store>,
    query: Query<PageQuery>,
) -> Answer<Listed<EditionView>> {
    let found = blocking(move || store.read(rows::editions)).await?;
    answer(query.0.paging().cut(found.into_iter().map(EditionView::from)))
}

/// An edition to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEdition {
    /// A programme id of the curriculum.
    programme: String,
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// The first day; every other date follows from the programme.
    #[schema(value_type = NaiveDate)]
    starts_on: Day,
    /// Where its occasions are held.
    #[schema(min_length = 1, max_length = 200)]
    place: String,
}

/// Create an edition
///
/// With all its milestones and occasions, as the programme's template lays them from the first day.
#[utoipa::path(post, path = "/api/v1/editions", tag = "editions", request_body = NewEdition,
    responses((status = 201, body = EditionView),
        (status = 409, description = "The name is taken, or no curriculum is published yet")))]
pub async fn create_edition(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    new: Json<NewEdition>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let NewEdition { programme, name, starts_on, place } = new.0;
    short("name", &name, "api-name-length")?;
    short("place", &place, "api-place-length")?;
    let made = blocking(move || {
        let plan = Plan { programme: &programme, name: &name, starts_on: starts_on.0, place: &place };
        let id = service::create(&store, &published, &plan, Some(may.who.id), clock::now()).map_err(problem)?;
        store.read(|conn| rows::edition(conn, id))?.ok_or(Problem::NotFound)
    });
    let made = made.await?;
    Ok(created(&format!("/api/v1/editions/{}", made.id), &EditionView::from(made)))
}

fn short(field: &'static str, text: &str, key: &'static str) -> Result<(), Problem> {
    let cleaned = crate::words::clean_name(text);
    if (1..=200).contains(&cleaned.chars().count()) { Ok(()) } else { Err(invalid(field, key)) }
}

/// An edition and how it goes
#[utoipa::path(get, path = "/api/v1/editions/{edition}", tag = "editions",
    params(("edition" = i64, Path, description = "The edition's id")),
    responses((status = 200, body = BoardView), (status = 409, description = "No curriculum is published yet")))]
pub async fn edition(
    _may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    edition: Path<i64>,
) -> Answer<BoardView> {
    let published = published(&store, &shelf).await?;
    let board = blocking(move || board(&store, &published, *edition)).await?;
    answer(board_view(board))
}

fn board(store: &Store, published: &Published, edition: i64) -> Result<Board, Problem> {
    let today = clock::today();
    store.read(|conn| board::board(conn, published, edition, today))?.ok_or(Problem::NotFound)
}

/// Who takes part in an edition
///
/// By name, with how far each has come; also those who left.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/enrolments", tag = "editions",
    params(("edition" = i64, Path, description = "The edition's id"), PageQuery),
    responses((status = 200, body = Listed<EnrolmentView>), (status = 409, description = "No curriculum is published yet")))]
pub async fn enrolments(
    _may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    edition: Path<i64>,
    query: Query<PageQuery>,
) -> Answer<Listed<EnrolmentView>> {
    let published = published(&store, &shelf).await?;
    let shared = published.clone();
    let board = blocking(move || board(&store, &shared, *edition)).await?;
    answer(query.0.paging().cut(board.rows.into_iter().map(|row| enrolment(&published, row))))
}

/// People to be enrolled.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEnrolments {
    /// Ids of people who work here.
    #[schema(min_items = 1, max_items = 200)]
    people: Vec<i64>,
    /// One of the programme's roles.
    role: String,
    /// Days on which something stands in the way of somebody's seat are left out; otherwise nobody is enrolled then.
    #[serde(default)]
    leave_out: bool,
}

/// The enrolments made.
#[derive(Debug, Serialize, ToSchema)]
pub struct Enrolled {
    pub items: Vec<EnrolmentView>,
    /// Days on which somebody got no seat, because something stands in the way.
    pub left_out: Vec<LeftOut>,
}

/// A day on which somebody got no seat.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftOut {
    /// The person's id.
    pub person: i64,
    /// The occasion's id.
    pub occasion: i64,
}

/// Enrol people
///
/// All of them or nobody: each gets the role, seats on the course days their path needs, a welcome and invitations.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/enrolments", tag = "editions", request_body = NewEnrolments,
    params(("edition" = i64, Path, description = "The edition's id")),
    responses((status = 201, body = Enrolled),
        (status = 409, description = "One of them takes part already, something stands in the way of a seat, the edition has ended, or no curriculum is published yet")))]
pub async fn enrol(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    edition: Path<i64>,
    new: Json<NewEnrolments>,
) -> Result<HttpResponse, Problem> {
    let published: Arc<Published> = published(&store, &shelf).await?;
    let NewEnrolments { people, role, leave_out } = new.0;
    if !(1..=MOST_PEOPLE).contains(&people.len()) {
        return Err(invalid("people", "api-people-count"));
    }
    let edition = *edition;
    let enrolled = blocking(move || {
        let by = Some(may.who.id);
        let how = As { role: &role, leave_out };
        let hindered = service::enrol(&store, &published, edition, &people, how, by, clock::now()).map_err(problem)?;
        let left_out = |hindered: Hindered| LeftOut { person: hindered.person, occasion: hindered.at.occasion.id };
        let rows = board(&store, &published, edition)?.rows;
        let theirs = rows.into_iter().filter(|row| people.contains(&row.participant.person));
        Ok::<_, Problem>(Enrolled {
            items: theirs.map(|row| enrolment(&published, row)).collect(),
            left_out: hindered.into_iter().map(left_out).collect(),
        })
    });
    Ok(created(&format!("/api/v1/editions/{edition}/enrolments"), &enrolled.await?))
}

/// End somebody's part in an edition
///
/// The role ends today, seats to come are given back and the person's calendar is told.
#[utoipa::path(delete, path = "/api/v1/editions/{edition}/enrolments/{person}", tag = "editions",
    params(("edition" = i64, Path, description = "The edition's id"), ("person" = i64, Path, description = "The person's id")),
    responses((status = 204, description = "Ended"), (status = 409, description = "No curriculum is published yet")))]
pub async fn leave(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    path: Path<(i64, i64)>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let (edition, person) = *path;
    let by = Some(may.who.id);
    let left = blocking(move || service::leave(&store, &published, edition, person, by, clock::now()));
    left.await.map_err(problem)?;
    Ok(HttpResponse::NoContent().finish())
}

fn problem(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::NoSuchProgramme(_) => invalid("programme", "api-no-programme"),
        Refusal::NoName => invalid("name", "api-name-length"),
        Refusal::NameTaken(_) => Problem::Conflict("api-name-taken"),
        Refusal::NoSuchRole(_) => invalid("role", "api-no-role"),
        Refusal::NoSuchPerson => invalid("people", "api-no-person"),
        Refusal::AlreadyEnrolled => Problem::Conflict("api-enrolled"),
        Refusal::Hindered(_) => Problem::Conflict("api-hindered"),
        Refusal::Ended(_) => Problem::Conflict("api-ended"),
        other => other.into(),
    }
}
