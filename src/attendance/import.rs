//! Attendance from a list: CSV or a spreadsheet, first shown, then written. Understanding and planning are pure.
//!
//! Each row names somebody by the region's own id or by e-mail, says whether they were there, and of an occasion with
//! several parts at which. The same list again changes nothing.

use std::collections::{HashMap, HashSet};
use std::io::Cursor;

use chrono::NaiveDateTime;
use csv::StringRecord;

use super::mark::{NewMark, Source, State};
use super::service::{self, Refusal, made};
use super::settle::state_at;
use super::store as rows;
use crate::clock;
use crate::occasions::seat::Seat;
use crate::occasions::store::{self as occasions, Part};
use crate::organisation::import::columns::{Column, Layout};
use crate::organisation::import::read::{self, ReadError, Row};
use crate::organisation::import::sheet::{self, SheetError};
use crate::organisation::store as people;
use crate::store::Conn;
use crate::versions::published::Published;
use crate::words::search_key;

/// The most rows of a list: an occasion has no more people.
pub const MOST: usize = 2_000;

const COLUMNS: &[Column] = &[
    Column { name: "id", also: &["anställningsnummer", "person-id"], needed: false },
    Column { name: "email", also: &["e-post", "e-postadress", "mejl"], needed: false },
    Column { name: "part", also: &["del"], needed: false },
    Column { name: "attendance", also: &["närvaro", "närvarande", "attended", "present"], needed: true },
];

/// What is written for somebody who was there, and who was not. Compared without case and accents.
const THERE: &[&str] = &["närvarande", "här", "ja", "j", "x", "1", "present", "here", "yes", "y", "true", "sant"];
const NOT_THERE: &[&str] = &["frånvarande", "borta", "nej", "n", "0", "absent", "away", "no", "false", "falskt"];

/// Why a list cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error(transparent)]
    Text(#[from] ReadError),
    #[error(transparent)]
    Sheet(#[from] SheetError),
    #[error("the list is empty; the first line must name the columns")]
    Empty,
    #[error("the list has more than {MOST} rows; is it the right file?")]
    TooMany,
}

/// A list as text: its heading and its rows.
#[derive(Debug, Clone)]
pub struct List {
    header: StringRecord,
    rows: Vec<Row>,
}

/// Reads a list from the bytes of a file, or of what was pasted.
pub fn list(bytes: &[u8]) -> Result<List, Unreadable> {
    let list = match sheet::is_sheet(bytes) {
        true => {
            let mut rows = sheet::rows(bytes)?.into_iter();
            let header = StringRecord::from(rows.next().ok_or(Unreadable::Empty)?.cells);
            let row = |row: sheet::SheetRow| Row { line: row.line, fields: StringRecord::from(row.cells) };
            List { header, rows: rows.map(row).collect() }
        }
        false => {
            let table = read::table(Cursor::new(bytes))?;
            List { header: table.header, rows: table.rows }
        }
    };
    if list.rows.len() > MOST { Err(Unreadable::TooMany) } else { Ok(list) }
}

impl List {
    /// The same list as CSV, to be shown and sent again.
    pub fn as_csv(&self) -> String {
        let mut csv = csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
        for record in std::iter::once(&self.header).chain(self.rows.iter().map(|row| &row.fields)) {
            // Writing into memory does not fail.
            drop(csv.write_record(record));
        }
        csv.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    /// Neither an id nor an address.
    Nobody,
    /// Nobody who works here is known by it.
    Unknown(String),
    /// The id is one person's and the address another's.
    TwoPeople,
    /// No word for having been there or not.
    NoState(String),
    /// No number.
    NoPart(String),
    /// The occasion has no such part.
    NoSuchPart(i32),
    /// The part is still to come.
    ToCome(i32),
    /// The person has no seat at the occasion.
    NoSeat(String),
    /// Somebody marks themselves.
    Oneself,
    /// An earlier line says something else about the same person and part.
    Otherwise(u64),
}

/// A row that is not imported, by its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub line: u64,
    pub slip: Slip,
}

/// A row as it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    line: u64,
    id: String,
    email: String,
    /// None = all parts that have come.
    part: Option<i32>,
    state: State,
}

/// Somebody at one part becomes something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub line: u64,
    pub person: i64,
    pub name: String,
    /// The part's id and number.
    pub part: i64,
    pub no: i32,
    pub from: State,
    pub to: State,
}

/// What a list would do, or did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub rows: usize,
    pub bad_rows: usize,
    pub findings: Vec<Finding>,
    pub changes: Vec<Change>,
    /// People at parts for whom it says what is marked already.
    pub unchanged: usize,
    pub applied: bool,
}

/// How far an import goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Do it; otherwise only tell.
    pub apply: bool,
    /// Import the other rows when some have errors.
    pub skip_bad: bool,
}

/// What is known when a list is planned.
struct Present<'a> {
    /// By the region's own id, and by address in lower case: who it is.
    by_id: HashMap<String, (i64, String)>,
    by_email: HashMap<String, (i64, String)>,
    parts: &'a [Part],
    seated: HashSet<i64>,
    marks: &'a [super::mark::Mark],
    by: Option<i64>,
    now: NaiveDateTime,
}

/// Understands the rows. Rows that say nothing about attendance are left out.
fn understand(list: &List) -> Result<(Vec<Entry>, Vec<Finding>), ReadError> {
    let layout = Layout::of(&list.header, COLUMNS)?;
    let (mut entries, mut findings) = (Vec::new(), Vec::new());
    for row in &list.rows {
        let get = |column: &str| layout.get(row, column).unwrap_or_default().trim().to_owned();
        let written = get("attendance");
        if written.is_empty() {
            continue;
        }
        let entry = state(&written).ok_or(Slip::NoState(shortly(&written))).and_then(|state| {
            let (id, email, part) = (get("id"), get("email"), get("part"));
            if id.is_empty() && email.is_empty() {
                return Err(Slip::Nobody);
            }
            let part = match part.as_str() {
                "" => None,
                number => Some(number.parse().map_err(|_| Slip::NoPart(shortly(number)))?),
            };
            Ok(Entry { line: row.line, id, email, part, state })
        });
        match entry {
            Ok(entry) => entries.push(entry),
            Err(slip) => findings.push(Finding { line: row.line, slip }),
        }
    }
    Ok((entries, findings))
}

fn state(written: &str) -> Option<State> {
    let written = search_key(written);
    let says = |words: &[&str]| words.iter().any(|word| search_key(word) == written);
    if says(THERE) { Some(State::Present) } else { says(NOT_THERE).then_some(State::Absent) }
}

/// What is repeated of what was written.
fn shortly(text: &str) -> String {
    text.chars().take(40).collect()
}

impl Present<'_> {
    fn who(&self, entry: &Entry) -> Result<&(i64, String), Slip> {
        let unknown = |written: &str| Slip::Unknown(shortly(written));
        let by_id = match entry.id.as_str() {
            "" => None,
            id => Some(self.by_id.get(id).ok_or_else(|| unknown(id))?),
        };
        let by_email = match entry.email.as_str() {
            "" => None,
            email => Some(self.by_email.get(&email.to_lowercase()).ok_or_else(|| unknown(email))?),
        };
        match (by_id, by_email) {
            (Some(one), Some(other)) if one.0 != other.0 => Err(Slip::TwoPeople),
            (Some(one), _) | (None, Some(one)) => Ok(one),
            (None, None) => Err(Slip::Nobody),
        }
    }

    fn parts(&self, entry: &Entry) -> Result<Vec<&Part>, Slip> {
        let today = clock::day_of(self.now);
        let come = |part: &&Part| clock::day_of(part.starts_at) <= today;
        match entry.part {
            None => {
                let parts: Vec<&Part> = self.parts.iter().filter(come).collect();
                if parts.is_empty() { Err(Slip::ToCome(1)) } else { Ok(parts) }
            }
            Some(no) => {
                let part = self.parts.iter().find(|part| part.no == no).ok_or(Slip::NoSuchPart(no))?;
                if come(&part) { Ok(vec![part]) } else { Err(Slip::ToCome(no)) }
            }
        }
    }

    fn plan(&self, rows: usize, entries: &[Entry], mut findings: Vec<Finding>) -> Report {
        let mut said: HashMap<(i64, i64), (State, u64)> = HashMap::new();
        let (mut changes, mut unchanged) = (Vec::new(), 0);
        for entry in entries {
            match self.entry(entry, &mut said) {
                Ok(new) => {
                    let (same, other): (Vec<Change>, Vec<Change>) = new.into_iter().partition(|new| new.from == new.to);
                    unchanged += same.len();
                    changes.extend(other);
                }
                Err(slip) => findings.push(Finding { line: entry.line, slip }),
            }
        }
        findings.sort_by_key(|finding| finding.line);
        Report { rows, bad_rows: findings.len(), findings, changes, unchanged, applied: false }
    }

    /// What a row says, but for what an earlier one has said already.
    fn entry(&self, entry: &Entry, said: &mut HashMap<(i64, i64), (State, u64)>) -> Result<Vec<Change>, Slip> {
        let (person, name) = self.who(entry)?;
        if self.by == Some(*person) {
            return Err(Slip::Oneself);
        }
        if !self.seated.contains(person) {
            return Err(Slip::NoSeat(name.clone()));
        }
        let parts = self.parts(entry)?;
        let earlier = |part: &&&Part| said.get(&(*person, part.id)).is_some_and(|(state, _)| *state != entry.state);
        if let Some(part) = parts.iter().find(earlier) {
            return Err(Slip::Otherwise(said[&(*person, part.id)].1));
        }
        let mut new = Vec::new();
        for part in parts {
            if said.contains_key(&(*person, part.id)) {
                continue;
            }
            said.insert((*person, part.id), (entry.state, entry.line));
            let from = state_at(self.marks, *person, part.id);
            let (person, name, part, no) = (*person, name.clone(), part.id, part.no);
            new.push(Change { line: entry.line, person, name, part, no, from, to: entry.state });
        }
        Ok(new)
    }
}

/// Why a list is not imported.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl crate::store::Failure for Failed {
    fn store_error(&self) -> Option<&crate::store::Error> {
        match self {
            Failed::Refused(refusal) => refusal.store_error(),
            Failed::Unreadable(_) => None,
        }
    }
}

impl From<crate::store::Error> for Failed {
    fn from(error: crate::store::Error) -> Failed {
        Failed::Refused(Refusal::Store(error))
    }
}

/// Plans a list against the database, and with `apply` does it in the same transaction.
pub fn run(
    conn: &mut Conn,
    published: &Published,
    occasion: i64,
    list: &List,
    options: Options,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<Report, Failed> {
    let (entries, findings) = understand(list).map_err(Unreadable::Text)?;
    let found = occasions::occasion(conn, occasion)?.ok_or(Refusal::NoSuchOccasion)?;
    if found.cancelled_at.is_some() {
        return Err(Refusal::Cancelled.into());
    }
    let (parts, marks) = (occasions::parts(conn, occasion)?, rows::marks_of(conn, occasion)?);
    let seated: HashSet<i64> = occasions::seats_of(conn, &[occasion])?
        .into_iter()
        .filter(|(.., seat)| matches!(seat, Seat::Booked | Seat::Attended | Seat::Absent))
        .map(|(_, person, _)| person)
        .collect();
    let (mut by_id, mut by_email) = (HashMap::new(), HashMap::new());
    for entry in &entries {
        if let Some(person) = people::person_by_external_id(conn, &entry.id)? {
            by_id.insert(entry.id.clone(), (person.id, person.name));
        }
        if let Some(person) = people::person_by_email(conn, &entry.email)? {
            by_email.insert(entry.email.to_lowercase(), (person.id, person.name));
        }
    }
    let present = Present { by_id, by_email, parts: &parts, seated, marks: &marks, by, now };
    let mut report = present.plan(list.rows.len(), &entries, findings);
    if options.apply && (report.bad_rows == 0 || options.skip_bad) {
        let new = |change: &Change| made(change.person, change.part, change.to, Source::Import, by, now);
        let news: Vec<NewMark> = report.changes.iter().map(new).collect();
        service::record(conn, published, occasion, &news, now)?;
        report.applied = true;
    }
    Ok(report)
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
