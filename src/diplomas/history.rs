//! What somebody has done, when, by what evidence, and under which version of the curriculum.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::curriculum::model::{Colour, Text};
use crate::learning::store::{self as learning, RecordRow};
use crate::organisation::store as people;
use crate::programme::board::{self, Status};
use crate::programme::store::{self as programme, Edition};
use crate::store::{Conn, Error};
use crate::versions::published::Published;
use crate::versions::store as versions;

/// Everything, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    pub name: String,
    pub taken: Vec<Taken>,
    pub parts: Vec<Part>,
}

/// A module that was taken, also when that was taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    pub row: RecordRow,
    pub code: String,
    pub title: Text,
    pub colour: Option<Colour>,
    pub hours: Option<f64>,
    pub outcomes: Vec<Text>,
    /// The version in force when it was recorded.
    pub version: Option<String>,
}

/// A part in an edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub edition: Edition,
    pub programme: Text,
    pub role: Text,
    pub status: Status,
    /// By the programme's rule, as things stand today.
    pub completed: bool,
    /// The edition's occasions.
    pub occasions: Vec<i64>,
}

/// None when there is no such person.
pub fn history(
    conn: &mut Conn,
    published: Option<&Published>,
    person: i64,
    today: NaiveDate,
) -> Result<Option<History>, Error> {
    let Some(found) = people::person(conn, person)? else { return Ok(None) };
    let published_at: Vec<(NaiveDateTime, String)> =
        versions::all(conn)?.into_iter().map(|version| (version.at, version.number)).collect();
    let record = learning::record(conn, person)?;
    let taken = record.into_iter().map(|row| taken(published, &published_at, row)).collect();
    let mut parts = Vec::new();
    if let Some(published) = published {
        for edition in programme::editions_of(conn, person)? {
            parts.extend(part(conn, published, edition.id, person, today)?);
        }
    }
    Ok(Some(History { name: found.name, taken, parts }))
}

fn taken(published: Option<&Published>, published_at: &[(NaiveDateTime, String)], row: RecordRow) -> Taken {
    let version = published_at.iter().rev().find(|(at, _)| *at <= row.recorded_at).map(|(_, number)| number.clone());
    let known = published.and_then(|published| Some((published, published.module_by_id(&row.module)?)));
    match known {
        Some((published, (ix, module))) => Taken {
            code: published.code(ix).to_owned(),
            title: module.title.clone(),
            colour: published.area(ix).map(|area| area.colour),
            hours: Some(module.hours),
            outcomes: module.outcomes.clone(),
            version,
            row,
        },
        None => Taken {
            code: String::new(),
            title: Text { sv: row.module.clone(), en: row.module.clone() },
            colour: None,
            hours: None,
            outcomes: Vec::new(),
            version,
            row,
        },
    }
}

fn part(
    conn: &mut Conn,
    published: &Published,
    edition: i64,
    person: i64,
    today: NaiveDate,
) -> Result<Option<Part>, Error> {
    let Some(board) = board::board_of(conn, published, edition, person, today)? else { return Ok(None) };
    let Some(row) = board.rows.first() else { return Ok(None) };
    let unnamed = |id: &str| Text { sv: id.to_owned(), en: id.to_owned() };
    let programme = published.curriculum.programmes.get(&board.edition.programme).map(|it| it.title.clone());
    let role = published.curriculum.roles.get(&row.participant.role).map(|role| role.title.clone());
    Ok(Some(Part {
        programme: programme.unwrap_or_else(|| unnamed(&board.edition.programme)),
        role: role.unwrap_or_else(|| unnamed(&row.participant.role)),
        status: row.status(),
        completed: row.status() == Status::Completed,
        occasions: board.occasions.iter().map(|given| given.occasion.id).collect(),
        edition: board.edition,
    }))
}

/// The half-year that a day lies in: true for autumn, and the year.
pub fn term(day: NaiveDate) -> (bool, i32) {
    (day.month() > 6, day.year())
}
