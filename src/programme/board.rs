//! An edition's board: who takes part, and how far each has come.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::progress::{Progress, Sat, progress};
use super::store::{self as rows, Edition, Participant};
use crate::clock;
use crate::curriculum::model::Completion;
use crate::engine::model::Path;
use crate::learning::service as learning;
use crate::occasions::seat::Seat;
use crate::occasions::store::{self as seats, Given};
use crate::store::{Conn, Error};
use crate::versions::published::Published;

/// One row of an edition's board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub participant: Participant,
    pub path: Path,
    pub progress: Progress,
}

/// How it goes for a participant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Left,
    Completed,
    Behind,
    OnTime,
}

impl Status {
    pub fn code(self) -> &'static str {
        match self {
            Status::Left => "left",
            Status::Completed => "completed",
            Status::Behind => "behind",
            Status::OnTime => "on_time",
        }
    }
}

impl Row {
    pub fn status(&self) -> Status {
        match () {
            () if self.participant.ended_on.is_some() => Status::Left,
            () if self.progress.completed => Status::Completed,
            () if self.progress.is_behind() => Status::Behind,
            () => Status::OnTime,
        }
    }
}

/// An edition with everyone's progress on `today`, read in a handful of queries however many take part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    pub edition: Edition,
    pub rows: Vec<Row>,
    pub occasions: Vec<Given>,
    /// (occasion, person) → seat.
    pub seats: HashMap<(i64, i64), Seat>,
    pub milestones: Vec<(String, NaiveDate)>,
}

pub fn board(conn: &mut Conn, published: &Published, edition: i64, today: NaiveDate) -> Result<Option<Board>, Error> {
    read(conn, published, edition, today, |_| true)
}

/// The same with one participant only.
pub fn board_of(
    conn: &mut Conn,
    published: &Published,
    edition: i64,
    person: i64,
    today: NaiveDate,
) -> Result<Option<Board>, Error> {
    read(conn, published, edition, today, |participant| participant.person == person)
}

fn read(
    conn: &mut Conn,
    published: &Published,
    edition: i64,
    today: NaiveDate,
    wanted: impl Fn(&Participant) -> bool,
) -> Result<Option<Board>, Error> {
    let Some(edition) = rows::edition(conn, edition)? else { return Ok(None) };
    let mut participants = rows::participants(conn, edition.id)?;
    participants.retain(wanted);
    let occasions = seats::occasions_of_edition(conn, edition.id)?;
    let occasions = seats::given(conn, occasions)?;
    let ids: Vec<i64> = occasions.iter().map(|given| given.occasion.id).collect();
    let seats: HashMap<(i64, i64), Seat> =
        seats::seats_of(conn, &ids)?.into_iter().map(|(occasion, person, seat)| ((occasion, person), seat)).collect();
    let people: Vec<i64> = participants.iter().map(|p| p.person).collect();
    let mut paths = learning::paths_of(conn, published, &people, today)?;
    let rule = published.curriculum.programmes.get(&edition.programme).map(|p| p.completion.clone());
    let rule = rule.unwrap_or(Completion { attendance_percent: 0, modules: true, presented: false });
    let rows = participants
        .into_iter()
        .filter_map(|participant| {
            let path = paths.remove(&participant.person)?;
            let sat = sat(published, &occasions, &seats, participant.person);
            let progress = progress(&path, &sat, participant.presented_on.is_some(), &rule, today);
            Some(Row { participant, path, progress })
        })
        .collect();
    let milestones = rows::milestones_of(conn, edition.id)?;
    Ok(Some(Board { edition, rows, occasions, seats, milestones }))
}

fn sat(published: &Published, occasions: &[Given], seats: &HashMap<(i64, i64), Seat>, person: i64) -> Vec<Sat> {
    occasions
        .iter()
        .filter_map(|Given { occasion, .. }| {
            let attended = match seats.get(&(occasion.id, person))? {
                Seat::Booked => None,
                Seat::Attended => Some(true),
                Seat::Absent => Some(false),
                Seat::Cancelled | Seat::Waitlisted | Seat::Offered => return None,
            };
            let (module, _) = published.module_by_id(&occasion.module)?;
            Some(Sat { module, day: clock::day_of(occasion.starts_at), attended })
        })
        .collect()
}
