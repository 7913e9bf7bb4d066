//! What programs are shown of editions, those who take part, and occasions.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::occasions::seat::Seat;
use crate::occasions::store::{Given, Part};
use crate::programme::board::{Board, Row, Status};
use crate::programme::store::Edition;
use crate::versions::published::Published;

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

/// A module given on a day, or in several parts.
#[derive(Debug, Serialize, ToSchema)]
pub struct OccasionView {
    pub id: i64,
    /// The edition's id.
    pub edition: Option<i64>,
    /// The id of the programme's meeting it belongs to.
    pub meeting: Option<String>,
    /// A module id.
    pub module: String,
    /// When the first part begins.
    pub starts_at: DateTime<Utc>,
    /// When the last part ends.
    pub ends_at: DateTime<Utc>,
    /// The first part's place.
    pub place: String,
    /// In time order, at least one.
    pub parts: Vec<PartView>,
    pub cancelled_at: Option<DateTime<Utc>>,
}

/// A part of an occasion.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartView {
    pub id: i64,
    /// 1 is the first.
    pub no: i32,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub place: String,
    pub link: String,
}

impl From<Part> for PartView {
    fn from(part: Part) -> Self {
        PartView {
            id: part.id,
            no: part.no,
            starts_at: part.starts_at.and_utc(),
            ends_at: part.ends_at.and_utc(),
            place: part.place,
            link: part.link,
        }
    }
}

impl From<Given> for OccasionView {
    fn from(Given { occasion, parts }: Given) -> Self {
        OccasionView {
            id: occasion.id,
            edition: occasion.edition_id,
            meeting: occasion.meeting,
            module: occasion.module,
            starts_at: occasion.starts_at.and_utc(),
            ends_at: occasion.ends_at.and_utc(),
            place: occasion.place,
            parts: parts.into_iter().map(PartView::from).collect(),
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

pub(super) fn enrolment(published: &Published, row: Row) -> EnrolmentView {
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

pub(super) fn board_view(board: Board) -> BoardView {
    let statuses: Vec<Status> = board.rows.iter().map(Row::status).collect();
    let count = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    let left = count(Status::Left);
    let numbers = |given: Given| {
        let of = |wanted: Seat| {
            let here = board.seats.iter().filter(|((id, _), seat)| *id == given.occasion.id && **seat == wanted);
            here.count()
        };
        let (booked, attended, absent) = (of(Seat::Booked), of(Seat::Attended), of(Seat::Absent));
        OccasionNumbers { occasion: given.into(), booked, attended, absent }
    };
    BoardView {
        edition: board.edition.into(),
        participants: statuses.len() - left,
        on_time: count(Status::OnTime),
        behind: count(Status::Behind),
        completed: count(Status::Completed),
        left,
        milestones: board.milestones.into_iter().map(|(id, day)| MilestoneView { id, day }).collect(),
        occasions: board.occasions.into_iter().map(numbers).collect(),
    }
}
