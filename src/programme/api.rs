//! The interface for programs: editions, who takes part, occasions, attendance. For those who run the programme.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::service::{self, Board, Plan, Refusal, Row};
use super::store::{self as rows, Edition};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::learning::service::{self as learning, Mark};
use crate::learning::store::{self as seats, Occasion, Seat};
use crate::organisation::api::PageQuery;
use crate::store::{Conn, Store, blocking};
use crate::versions::api::published;
use crate::versions::published::{Published, Shelf};
use crate::web::api::{Answer, Day, Listed, Query, answer, created, invalid};
use crate::web::{Json, May, Problem};

/// Most people in one request.
const MOST_PEOPLE: usize = 200;

/// One year's run of a programme.
#[derive(Debug, Serialize, ToSchema)]
pub struct EditionView {
    pub id: i64,
    /// The programme's id in the curriculum.
    pub programme: String,
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
}

impl From<Edition> for EditionView {
    fn from(edition: Edition) -> Self {
        EditionView {
            id: edition.id,
            programme: edition.programme,
            name: edition.name,
            starts_on: edition.starts_on,
            ends_on: edition.ends_on,
        }
    }
}

/// An edition with how it goes.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoardView {
    pub edition: EditionView,
    /// Those who take part now.
    pub participants: usize,
    pub on_time: usize,
    pub behind: usize,
    pub completed: usize,
    /// Those who took part and no longer do.
    pub left: usize,
    /// In time order.
    pub milestones: Vec<MilestoneView>,
    /// In time order.
    pub occasions: Vec<OccasionNumbers>,
}

/// Something that must exist by a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct MilestoneView {
    /// Its id in the programme.
    pub id: String,
    pub day: NaiveDate,
}

/// An occasion with how many have which seat.
#[derive(Debug, Serialize, ToSchema)]
pub struct OccasionNumbers {
    pub occasion: OccasionView,
    /// Not marked yet.
    pub booked: usize,
    pub attended: usize,
    pub absent: usize,
}

/// A module given on a day in a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct OccasionView {
    pub id: i64,
    /// The edition's id.
    pub edition: Option<i64>,
    /// The id of the programme's meeting it belongs to.
    pub meeting: Option<String>,
    /// A module id.
    pub module: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub place: String,
    pub cancelled_at: Option<DateTime<Utc>>,
}

impl From<Occasion> for OccasionView {
    fn from(occasion: Occasion) -> Self {
        OccasionView {
            id: occasion.id,
            edition: occasion.edition_id,
            meeting: occasion.meeting,
            module: occasion.module,
            starts_at: occasion.starts_at.and_utc(),
            ends_at: occasion.ends_at.and_utc(),
            place: occasion.place,
            cancelled_at: occasion.cancelled_at.map(|at| at.and_utc()),
        }
    }
}

/// Somebody's part in an edition, with how far they have come.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnrolmentView {
    pub id: i64,
    /// The person's id.
    pub person: i64,
    pub name: String,
    /// A role id.
    pub role: String,
    /// `on_time`, `behind`, `completed` or `left`.
    pub status: String,
    /// The last day, of those who left.
    pub ended_on: Option<NaiveDate>,
    /// The day the improvement work was presented.
    pub presented_on: Option<NaiveDate>,
    /// Pieces of the path that are held, of all its pieces.
    pub done: usize,
    pub of: usize,
    /// The first module that nothing locks; none when everything is done.
    pub next: Option<String>,
    /// Ids of modules past their deadline, or given and missed.
    pub late: Vec<String>,
    /// Attended of marked days, in whole percent; none before anything is marked.
    pub attendance_percent: Option<u32>,
}

fn enrolment(published: &Published, row: Row) -> EnrolmentView {
    let id = |module| published.id_of(module).to_owned();
    EnrolmentView {
        status: row.status().code().to_owned(),
        done: row.progress.done,
        of: row.progress.of,
        next: row.progress.next.map(id),
        late: row.progress.late.iter().map(|module| id(*module)).collect(),
        attendance_percent: row.progress.attendance_percent,
        id: row.participant.enrolment,
        person: row.participant.person,
        name: row.participant.name,
        role: row.participant.role,
        ended_on: row.participant.ended_on,
        presented_on: row.participant.presented_on,
    }
}

fn board_view(board: Board) -> BoardView {
    let statuses: Vec<service::Status> = board.rows.iter().map(Row::status).collect();
    let count = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    let left = count(service::Status::Left);
    let numbers = |occasion: Occasion| {
        let of =
            |wanted: Seat| board.seats.iter().filter(|((id, _), seat)| *id == occasion.id && **seat == wanted).count();
        let (booked, attended, absent) = (of(Seat::Booked), of(Seat::Attended), of(Seat::Absent));
        OccasionNumbers { occasion: occasion.into(), booked, attended, absent }
    };
    BoardView {
        edition: board.edition.into(),
        participants: statuses.len() - left,
        on_time: count(service::Status::OnTime),
        behind: count(service::Status::Behind),
        completed: count(service::Status::Completed),
        left,
        milestones: board.milestones.into_iter().map(|(id, day)| MilestoneView { id, day }).collect(),
        occasions: board.occasions.into_iter().map(numbers).collect(),
    }
}

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
    store.read(|conn| service::board(conn, published, edition, today))?.ok_or(Problem::NotFound)
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
}

/// The enrolments made.
#[derive(Debug, Serialize, ToSchema)]
pub struct Enrolled {
    pub items: Vec<EnrolmentView>,
}

/// Enrol people
///
/// All of them or nobody: each gets the role, seats on the course days their path needs, a welcome and invitations.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/enrolments", tag = "editions", request_body = NewEnrolments,
    params(("edition" = i64, Path, description = "The edition's id")),
    responses((status = 201, body = Enrolled),
        (status = 409, description = "One of them takes part already, the edition has ended, or no curriculum is published yet")))]
pub async fn enrol(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    edition: Path<i64>,
    new: Json<NewEnrolments>,
) -> Result<HttpResponse, Problem> {
    let published: Arc<Published> = published(&store, &shelf).await?;
    let NewEnrolments { people, role } = new.0;
    if !(1..=MOST_PEOPLE).contains(&people.len()) {
        return Err(invalid("people", "api-people-count"));
    }
    let edition = *edition;
    let enrolled = blocking(move || {
        let by = Some(may.who.id);
        service::enrol(&store, &published, edition, &people, &role, by, clock::now()).map_err(problem)?;
        let rows = board(&store, &published, edition)?.rows;
        let theirs = rows.into_iter().filter(|row| people.contains(&row.participant.person));
        Ok::<_, Problem>(Enrolled { items: theirs.map(|row| enrolment(&published, row)).collect() })
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
        Refusal::Ended(_) => Problem::Conflict("api-ended"),
        other => other.into(),
    }
}

/// An occasion and who has a seat.
#[derive(Debug, Serialize, ToSchema)]
pub struct OccasionSeats {
    pub occasion: OccasionView,
    /// By person id; those who gave their seat back are not among them.
    pub seats: Vec<SeatTaken>,
}

/// Somebody's seat.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatTaken {
    /// The person's id.
    pub person: i64,
    /// `booked` (not marked yet), `attended` or `absent`.
    pub state: String,
}

fn occasion_seats(conn: &mut Conn, id: i64) -> Result<OccasionSeats, Problem> {
    let occasion = seats::occasion(conn, id)?.ok_or(Problem::NotFound)?;
    let taken = seats::seats_of(conn, &[id])?.into_iter().filter(|(.., seat)| *seat != Seat::Cancelled);
    let seats = taken.map(|(_, person, seat)| SeatTaken { person, state: seat.code().to_owned() }).collect();
    Ok(OccasionSeats { occasion: occasion.into(), seats })
}

/// An occasion and who has a seat
#[utoipa::path(get, path = "/api/v1/occasions/{occasion}", tag = "occasions",
    params(("occasion" = i64, Path, description = "The occasion's id")),
    responses((status = 200, body = OccasionSeats)))]
pub async fn occasion(_may: May<Developer>, store: Data<Store>, occasion: Path<i64>) -> Answer<OccasionSeats> {
    answer(blocking(move || store.read(|conn| occasion_seats(conn, *occasion))).await?)
}

/// Who was there.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    #[schema(min_items = 1, max_items = 200)]
    marks: Vec<NewMark>,
}

/// One person's attendance.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMark {
    /// The person's id.
    person: i64,
    /// `null` takes a mark back.
    attended: Option<bool>,
}

/// Mark attendance
///
/// Attending is the achievement; taking it back revokes it. People who are not named keep what they have, and the same
/// marks again change nothing.
#[utoipa::path(post, path = "/api/v1/occasions/{occasion}/attendance", tag = "occasions", request_body = Attendance,
    params(("occasion" = i64, Path, description = "The occasion's id")),
    responses((status = 200, body = OccasionSeats),
        (status = 409, description = "The occasion is still to come or cancelled, or no curriculum is published yet")))]
pub async fn mark_attendance(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
    new: Json<Attendance>,
) -> Answer<OccasionSeats> {
    let published = published(&store, &shelf).await?;
    if !(1..=MOST_PEOPLE).contains(&new.0.marks.len()) {
        return Err(invalid("marks", "api-people-count"));
    }
    let marks: Vec<Mark> =
        new.0.marks.iter().map(|mark| Mark { person: mark.person, attended: mark.attended }).collect();
    let marked = blocking(move || {
        let by = Some(may.who.id);
        learning::mark(&store, &published, *occasion, &marks, by, clock::now()).map_err(mark_problem)?;
        store.read(|conn| occasion_seats(conn, *occasion))
    });
    answer(marked.await?)
}

fn mark_problem(refusal: learning::Refusal) -> Problem {
    match refusal {
        learning::Refusal::NoSuchPerson => invalid("marks", "api-no-person"),
        other => other.into(),
    }
}
