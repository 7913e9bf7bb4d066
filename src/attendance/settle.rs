//! Makes the seats and the record of one person say what the marks and assessments say.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::mark::{self, Mark, State};
use super::rule::{self, Asked, Earned, Sitting, Standing};
use super::store as rows;
use crate::clock;
use crate::learning::service::{self as learning, Achieving};
use crate::learning::store as records;
use crate::occasions::life::{Change, Rank};
use crate::occasions::seat::{Cause, Seat};
use crate::occasions::store::{self as occasions, Given};
use crate::occasions::tell;
use crate::store::{Conn, Error};
use crate::versions::published::Published;

/// What one person has done of one module.
pub struct Done {
    /// In time order, with what was marked at each.
    pub given: Vec<(Given, Sitting)>,
    /// What has become of each, in the same order.
    pub standings: Vec<Standing>,
}

/// Reads what somebody has done of a module.
pub fn done(conn: &mut Conn, published: &Published, module: &str, person: i64) -> Result<Done, Error> {
    let marked = rows::occasions_marked(conn, person, module)?;
    let given = if marked.is_empty() { Vec::new() } else { occasions::given(conn, marked)? };
    let mut marks: HashMap<i64, Vec<Mark>> = HashMap::new();
    if !given.is_empty() {
        rows::marks_of_person(conn, person)?.into_iter().for_each(|(at, mark)| marks.entry(at).or_default().push(mark));
    }
    let given: Vec<(Given, Sitting)> = given
        .into_iter()
        .map(|given| {
            let sitting = sitting(&given, marks.get(&given.occasion.id).map(Vec::as_slice).unwrap_or_default());
            (given, sitting)
        })
        .collect();
    let sittings: Vec<Sitting> = given.iter().map(|(_, sitting)| sitting.clone()).collect();
    let percent = published.module_by_id(module).and_then(|(_, module)| module.attendance_percent);
    Ok(Done { standings: rule::standings(percent, &sittings), given })
}

fn sitting(given: &Given, marks: &[Mark]) -> Sitting {
    let part = |part: &occasions::Part| {
        let state = mark::state(marks.iter().filter(|mark| mark.part == part.id));
        (clock::day_of(part.ends_at), state.there())
    };
    Sitting { occasion: given.occasion.id, parts: given.parts.iter().map(part).collect() }
}

/// Lets seats and achievements follow; tells the person what has come and what was taken back.
pub fn settle(
    conn: &mut Conn,
    published: &Published,
    module: &str,
    person: i64,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let done = done(conn, published, module, person)?;
    for ((given, sitting), standing) in done.given.iter().zip(&done.standings) {
        if let Some((change, line)) = seat(conn, sitting, *standing, person, by, now)? {
            tell::joined(conn, published, given, &change, line, now)?;
        }
    }
    record(conn, published, module, person, &done, by, now)
}

/// The booking says what has become of the sitting. Whoever had no seat before the first mark has none, and has missed
/// nothing, when the marks say that they did not come. The change, with its line in the log.
fn seat(
    conn: &mut Conn,
    sitting: &Sitting,
    standing: Standing,
    person: i64,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<Option<(Change, i64)>, Error> {
    let list = occasions::list(conn, sitting.occasion)?;
    let entry = list.iter().find(|entry| entry.person == person);
    let from = entry.map(|entry| entry.seat);
    let comes = sitting.parts.iter().any(|(_, there)| *there == Some(true));
    let seated = matches!(from, Some(Seat::Booked | Seat::Attended | Seat::Absent));
    let to = match standing {
        Standing::Met(_) => Seat::Attended,
        Standing::Open if comes => Seat::Booked,
        Standing::Open | Standing::Missed if !seated => return Ok(None),
        Standing::Open | Standing::Missed if !occasions::had_seat(conn, sitting.occasion, person)? => Seat::Cancelled,
        Standing::Missed => Seat::Absent,
        Standing::Open => Seat::Booked,
    };
    if from == Some(to) {
        return Ok(None);
    }
    let rank = entry.map_or(Rank::new(None, now, person), |entry| entry.rank);
    let change = Change { person, from, to, until: None, rank, cause: Cause::Marked };
    let line = occasions::write(conn, sitting.occasion, &change, by, "", now)?;
    Ok(Some((change, line)))
}

/// The record says what has been earned.
fn record(
    conn: &mut Conn,
    published: &Published,
    module: &str,
    person: i64,
    done: &Done,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let written = published.module_by_id(module).map(|(_, module)| module);
    let (assessed, alone, approvals) = (false, false, Vec::<NaiveDate>::new());
    let there = records::standing_of(conn, person, module)?;
    let before: Vec<i64> =
        there.iter().filter(|row| row.evidence == "attendance").filter_map(|row| row.occasion_id).collect();
    let sittings: Vec<Sitting> = done.given.iter().map(|(_, sitting)| sitting.clone()).collect();
    let percent = written.and_then(|module| module.attendance_percent);
    let earned = rule::earned(Asked { percent, assessed, alone, approvals: &approvals, before: &before }, &sittings);
    let evidence = if assessed { "assessment" } else { "attendance" };
    for earned in earned.iter().filter(|earned| !there.iter().any(|row| is(earned, row))) {
        let new = Achieving { module, day: earned.day, evidence, occasion: earned.occasion };
        learning::achieve(conn, published, person, &new, by, now)?;
    }
    let ours = |row: &&records::RecordRow| match row.occasion_id {
        Some(occasion) => sittings.iter().any(|sitting| sitting.occasion == occasion),
        None => alone && row.evidence == "assessment",
    };
    for row in there.iter().filter(ours).filter(|row| !earned.iter().any(|earned| is(earned, row))) {
        let link = match row.occasion_id {
            Some(occasion) => format!("/occasions/{occasion}/attendance/{person}"),
            None => format!("/assessments/{person}/{module}"),
        };
        learning::take_back(conn, published, person, row, link, by, now)?;
    }
    Ok(())
}

/// At an occasion one achieves once, whatever the day; by an assessment alone once a day.
fn is(earned: &Earned, row: &records::RecordRow) -> bool {
    earned.occasion == row.occasion_id && (earned.occasion.is_some() || earned.day == row.day)
}

/// What counts for one person at one part.
pub fn state_at(marks: &[Mark], person: i64, part: i64) -> State {
    mark::state(marks.iter().filter(|mark| mark.person == person && mark.part == part))
}
