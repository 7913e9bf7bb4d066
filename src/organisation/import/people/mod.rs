//! People from a file: what its rows say, and ([`plan`]) what they would change. Pure.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::Column;
use super::fields::{self, shown};
use super::plan::{Finding, Identified, Parsed, Plan};
use super::read::{ReadError, Table};
use crate::curriculum::model::Language;
use crate::organisation::assignments::Assigned;
use crate::organisation::titles::{TitleStep, Titles, Unmapped};
use crate::organisation::{Person, PersonId, Unit, UnitId};
use crate::words::email_key;

mod plan;

pub use plan::plan;

pub const COLUMNS: &[Column] = &[
    Column { name: "id", also: &["anställningsnummer", "anställnings-id", "person-id", "employee id"], needed: true },
    Column { name: "name", also: &["namn"], needed: true },
    Column { name: "email", also: &["e-post", "epostadress", "e-postadress", "mejl", "mail"], needed: true },
    Column { name: "language", also: &["språk"], needed: false },
    Column { name: "unit", also: &["enhet", "enhets-id", "unit id"], needed: true },
    Column { name: "title", also: &["befattning", "titel", "yrkestitel"], needed: false },
    Column { name: "title_code", also: &["befattningskod", "titelkod", "AID", "AID-kod"], needed: false },
    Column { name: "from", also: &["från", "startdatum", "anställd från"], needed: false },
    Column { name: "to", also: &["till", "slutdatum", "anställd till"], needed: false },
];

/// People with such an external id were made here, not by the HR system: they are never ended for not being in a
/// file, and the first row with their address takes them over.
const MADE_HERE: &str = "first:";

/// A row as it is written; `None` outside = the file has no such column.
#[derive(Debug, Clone)]
pub struct PersonRow {
    line: u64,
    id: String,
    name: String,
    email: String,
    language: Option<Language>,
    unit: String,
    title: Option<String>,
    title_code: Option<String>,
    from: Option<NaiveDate>,
    to: Option<Option<NaiveDate>>,
}

impl Identified for PersonRow {
    fn id(&self) -> &str {
        &self.id
    }
}

/// A person as the file wants her.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonState {
    pub id: String,
    pub name: String,
    pub email: String,
    pub language: Language,
    /// External id of the unit.
    pub unit: String,
    #[serde(skip)]
    pub unit_row: UnitId,
    pub title: String,
    pub title_code: String,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// What the database has.
#[derive(Debug, Clone, Copy)]
pub struct Present<'a> {
    pub units: &'a [Unit],
    pub people: &'a [Person],
    /// Everything held today or later, and all HR titles ever.
    pub held: &'a HashMap<PersonId, Vec<Assigned>>,
    /// Of the current curriculum; none before one is published.
    pub titles: Option<&'a Titles>,
}

/// What an import of people would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeoplePlan {
    pub people: Plan<PersonState>,
    pub titles: Vec<TitleMove>,
    /// Local titles that the curriculum does not know.
    pub unmapped_titles: Vec<Unmapped>,
}

impl PeoplePlan {
    /// Nothing to do.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.titles.is_empty()
    }
}

/// One assignment that begins or ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TitleMove {
    /// External id.
    pub person: String,
    pub step: TitleStep,
}

/// Reads the rows.
pub fn parse(table: &Table) -> Result<Parsed<PersonRow>, ReadError> {
    let mut parsed = Parsed::of(table, COLUMNS, |row| {
        let id = row.field("id", fields::person_id);
        let name = row.field("name", fields::needed);
        let email = row.field("email", fields::email);
        let language = row.field("language", fields::language);
        let unit = row.field("unit", fields::needed);
        let title = row.field("title", fields::text);
        let title_code = row.field("title_code", fields::text);
        let from = row.field("from", fields::day).flatten();
        let to = row.field("to", fields::day);
        if let (Some(from), Some(Some(to))) = (from, to)
            && to < from
        {
            row.error(Some("to"), format!("{to} is before the first day {from}"));
        }
        let line = row.line();
        Some(PersonRow {
            line,
            id: id?,
            name: name?,
            email: email?,
            language,
            unit: unit?,
            title,
            title_code,
            from,
            to,
        })
    })?;
    refuse_shared_addresses(&mut parsed);
    Ok(parsed)
}

/// Of rows with the same address the first is kept.
fn refuse_shared_addresses(parsed: &mut Parsed<PersonRow>) {
    let mut first: HashMap<String, (u64, String)> = HashMap::new();
    for row in &parsed.rows {
        first.entry(email_key(&row.email)).or_insert_with(|| (row.line, row.id.clone()));
    }
    parsed.refuse(|row| {
        let (line, _) = first.get(&email_key(&row.email)).filter(|(line, _)| *line != row.line)?;
        Some(Finding::error(row.line, Some("email"), format!("{} is on line {line} already", shown(&row.email))))
    });
}
