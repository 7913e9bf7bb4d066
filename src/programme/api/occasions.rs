//! The interface for programs: occasions and attendance.

use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::MOST_PEOPLE;
use super::views::OccasionView;
pub use super::views::PartView;
use crate::accounts::policy::Developer;
use crate::attendance::service::{self as attendance, Mark};
use crate::clock;
use crate::occasions::seat::Seat;
use crate::occasions::store as seats;
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::api::published;
use crate::versions::published::Shelf;
use crate::web::api::{Answer, answer, invalid};
use crate::web::{Json, May, Problem};

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
    let given = seats::one_given(conn, id)?.ok_or(Problem::NotFound)?;
    Ok(OccasionSeats { occasion: given.into(), seats: seats_taken(conn, id)? })
}

/// By person id, without those who gave their seat back.
pub fn seats_taken(conn: &mut Conn, occasion: i64) -> Result<Vec<SeatTaken>, Error> {
    let taken = seats::seats_of(conn, &[occasion])?.into_iter().filter(|(.., seat)| *seat != Seat::Cancelled);
    Ok(taken.map(|(_, person, seat)| SeatTaken { person, state: seat.code().to_owned() }).collect())
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
/// At every part that has come. Attending is the achievement when the module asks for nothing else, and counts when the
/// last part that is needed is over: until then the seat of whoever was marked stays booked. Taking it back revokes it. Nobody marks themselves. People who are not named keep what they have, and the same
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
        attendance::mark(&store, &published, *occasion, &marks, by, clock::now()).map_err(mark_problem)?;
        store.read(|conn| occasion_seats(conn, *occasion))
    });
    answer(marked.await?)
}

fn mark_problem(refusal: attendance::Refusal) -> Problem {
    match refusal {
        attendance::Refusal::Oneself => invalid("marks", "attendance-oneself"),
        attendance::Refusal::NoSuchPerson => invalid("marks", "api-no-person"),
        other => other.into(),
    }
}
