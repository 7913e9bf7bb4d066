//! Makes the seats and the record of one person say what the marks and assessments say.

use std::collections::HashMap;

use chrono::NaiveDateTime;

use super::mark::{self, Mark, State};
use super::rule::{self, Asked, Earned, Sat, Sitting, Standing};
use super::store as rows;
use crate::clock;
use crate::curriculum::model::{Assessment, Format, Module};
use crate::learning::assessed::{self, Entry};
use crate::learning::service::{self as learning, Achieving};
use crate::learning::store::{self as records, assessed as assessments};
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
pub fn done(
    conn: &mut Conn,
    published: &Published,
    module: &str,
    person: i64,
    now: NaiveDateTime,
) -> Result<Done, Error> {
    let marked = rows::occasions_marked(conn, person, module)?;
    let given = if marked.is_empty() { Vec::new() } else { occasions::given(conn, marked)? };
    let mut marks: HashMap<i64, Vec<Mark>> = HashMap::new();
    if !given.is_empty() {
        rows::marks_of_person(conn, person)?.into_iter().for_each(|(at, mark)| marks.entry(at).or_default().push(mark));
    }
    let given: Vec<(Given, Sitting)> = given
        .into_iter()
        .map(|given| {
            let marks = marks.get(&given.occasion.id).map(Vec::as_slice).unwrap_or_default();
            let sitting = sitting(&given, marks, now);
            (given, sitting)
        })
        .collect();
    let sittings: Vec<Sitting> = given.iter().map(|(_, sitting)| sitting.clone()).collect();
    let percent = published.module_by_id(module).and_then(|(_, module)| module.attendance_percent);
    Ok(Done { standings: rule::standings(percent, &sittings), given })
}

fn sitting(given: &Given, marks: &[Mark], now: NaiveDateTime) -> Sitting {
    let part = |part: &occasions::Part| {
        let state = mark::state(marks.iter().filter(|mark| mark.part == part.id));
        Sat { day: clock::day_of(part.ends_at), there: state.there(), over: part.is_over(now) }
    };
    Sitting { occasion: given.occasion.id, parts: given.parts.iter().map(part).collect() }
}

/// Lets seats, achievements and the standing of what is assessed follow; tells the person what has come and what was
/// taken back. Whether something new was achieved.
pub fn settle(
    conn: &mut Conn,
    published: &Published,
    module: &str,
    person: i64,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<bool, Error> {
    let done = done(conn, published, module, person, now)?;
    for ((given, sitting), standing) in done.given.iter().zip(&done.standings) {
        if let Some((change, line)) = seat(conn, sitting, *standing, person, by, now)? {
            tell::joined(conn, published, given, &change, line, now)?;
        }
    }
    let reckoned = reckon(conn, published, module, person, &done)?;
    stand(conn, &reckoned, module, person, now)?;
    record(conn, published, module, person, &reckoned, by, now)
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
    let comes = sitting.parts.iter().any(|sat| sat.there == Some(true));
    let seated = matches!(from, Some(Seat::Booked | Seat::Attended | Seat::Absent));
    let to = match standing {
        Standing::Met(_) => Seat::Attended,
        Standing::Enough => Seat::Booked,
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

/// What one person has earned of one module, and how its assessment stands.
pub(super) struct Reckoned {
    earned: Vec<Earned>,
    /// What stands in the record.
    there: Vec<records::RecordRow>,
    /// All that has happened to the assessment; empty when the module asks for none.
    pub log: Vec<Entry>,
    sittings: Vec<i64>,
    pub assessed: bool,
    pub alone: bool,
    /// It was attended once more than it was passed.
    pub attended: bool,
}

/// Whether a module asks for a test, an assignment or an observation.
pub fn is_assessed(module: &Module) -> bool {
    module.assessment != Assessment::Attendance
}

pub(super) fn reckon(
    conn: &mut Conn,
    published: &Published,
    module: &str,
    person: i64,
    done: &Done,
) -> Result<Reckoned, Error> {
    let written = published.module_by_id(module).map(|(_, module)| module);
    let assessed = written.is_some_and(is_assessed);
    let alone = assessed && written.is_some_and(|module| module.format == Format::SelfStudy);
    let there = records::standing_of(conn, person, module)?;
    let log = if assessed { assessments::log(conn, person, module)? } else { Vec::new() };
    let before: Vec<i64> =
        there.iter().filter(|row| row.evidence == "attendance").filter_map(|row| row.occasion_id).collect();
    let sittings: Vec<Sitting> = done.given.iter().map(|(_, sitting)| sitting.clone()).collect();
    let percent = written.and_then(|module| module.attendance_percent);
    let approvals = assessed::approvals(&log);
    let asked = Asked { percent, assessed, alone, approvals: &approvals, before: &before };
    let earned = rule::earned(asked, &sittings);
    let met = done.standings.iter().filter(|standing| matches!(standing, Standing::Met(_))).count();
    let attended = assessed && !alone && met > earned.len();
    let sittings = sittings.iter().map(|sitting| sitting.occasion).collect();
    Ok(Reckoned { earned, there, log, sittings, assessed, alone, attended })
}

impl Reckoned {
    /// How the assessment stands: open again when what is attended now has not been passed.
    pub fn state(&self) -> assessed::State {
        match assessed::state(&self.log) {
            assessed::State::Passed if self.attended => assessed::State::Open,
            state => state,
        }
    }

    pub fn achieved(&self) -> bool {
        !self.there.is_empty()
    }
}

/// What pages and lists read says how it stands.
fn stand(conn: &mut Conn, reckoned: &Reckoned, module: &str, person: i64, now: NaiveDateTime) -> Result<(), Error> {
    if !reckoned.assessed {
        return Ok(());
    }
    if reckoned.attended && assessments::one(conn, person, module)?.is_none() {
        assessments::hold(conn, person, module, now)?;
    }
    assessments::set(conn, person, module, (reckoned.state(), reckoned.attended), now)
}

/// The record says what has been earned.
fn record(
    conn: &mut Conn,
    published: &Published,
    module: &str,
    person: i64,
    reckoned: &Reckoned,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<bool, Error> {
    let Reckoned { earned, there, log, sittings, assessed, alone, .. } = reckoned;
    let evidence = if *assessed { "assessment" } else { "attendance" };
    let new: Vec<&Earned> = earned.iter().filter(|earned| !there.iter().any(|row| is(earned, row))).collect();
    for earned in &new {
        let new = Achieving { module, day: earned.day, evidence, occasion: earned.occasion };
        learning::achieve(conn, published, person, &new, by, now)?;
    }
    let lost = assessed::lost(log);
    let ours = |row: &&records::RecordRow| match row.occasion_id {
        Some(occasion) => sittings.contains(&occasion),
        // What somebody else has recorded as assessed is not for us to take back.
        None => *alone && row.evidence == "assessment" && lost.contains(&row.day),
    };
    for row in there.iter().filter(ours).filter(|row| !earned.iter().any(|earned| is(earned, row))) {
        let link = match row.occasion_id {
            Some(occasion) if row.evidence == "attendance" => format!("/occasions/{occasion}/attendance/{person}"),
            _ => format!("/assessments/{person}/{module}"),
        };
        learning::take_back(conn, published, person, row, link, by, now)?;
    }
    Ok(!new.is_empty())
}

/// At an occasion one achieves once, whatever the day; by an assessment alone once a day.
fn is(earned: &Earned, row: &records::RecordRow) -> bool {
    earned.occasion == row.occasion_id && (earned.occasion.is_some() || earned.day == row.day)
}

/// What counts for one person at one part.
pub fn state_at(marks: &[Mark], person: i64, part: i64) -> State {
    mark::state(marks.iter().filter(|mark| mark.person == person && mark.part == part))
}
