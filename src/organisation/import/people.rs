//! People from a file: what its rows say and what they would change. Pure.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::Column;
use super::fields::{self, shown};
use super::plan::{Change, End, Finding, Identified, Parsed, Plan, differing};
use super::read::{ReadError, Table};
use crate::curriculum::model::Language;
use crate::organisation::assignments::Assigned;
use crate::organisation::names::email_key;
use crate::organisation::titles::{self, TitleStep, Titles, Unmapped, yesterday};
use crate::organisation::{Person, PersonId, Unit, UnitId};

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

/// Compares the rows with the database. Takes rows out of `parsed` that cannot be; with `full`, who is not in the
/// file ends yesterday.
pub fn plan(parsed: &mut Parsed<PersonRow>, present: Present, full: bool, today: NaiveDate) -> PeoplePlan {
    let before = Before::of(present);
    refuse_unknown_units(parsed, &before);
    parsed.refuse(|row| {
        let (from, to) = before.days(row, today);
        let early = to.filter(|to| *to < from)?;
        Some(Finding::error(row.line, Some("to"), format!("{early} is before the first day {from}")))
    });
    while refuse_taken_addresses(parsed, &before) {}

    let nothing = Titles::default();
    let known = present.titles.unwrap_or(&nothing);
    let mut people = Plan { add: Vec::new(), change: Vec::new(), end: Vec::new(), unchanged: 0 };
    let mut moves = Vec::new();
    let mut local = Vec::new();
    for row in &parsed.rows {
        let old = before.person(row);
        let Some(state) = before.state(row, old, today) else { continue };
        let held = old.and_then(|p| present.held.get(&p.id)).map_or(&[][..], Vec::as_slice);
        let wanted = known.find(&state.title, &state.title_code);
        let steps = titles::steps((state.from, state.to), wanted, held, today);
        moves.extend(steps.into_iter().map(|step| TitleMove { person: state.id.clone(), step }));
        local.push((state.title.clone(), state.title_code.clone()));
        match old {
            None => people.add.push(state),
            Some(old) => match change(old, &before, state) {
                Some(change) => people.change.push(change),
                None => people.unchanged += 1,
            },
        }
    }
    if full {
        people.end = ends(parsed, present, today);
        for end in &people.end {
            let held = present.held.get(&end.row).map_or(&[][..], Vec::as_slice);
            let steps = titles::steps((end.last_day, Some(end.last_day)), None, held, today);
            moves.extend(steps.into_iter().map(|step| TitleMove { person: end.id.clone(), step }));
        }
    }
    if present.titles.is_none() {
        let reason = "no curriculum is published yet; `varjedag publish` gives people the titles it knows";
        parsed.findings.push(Finding::warning(None, None, reason));
        local.clear();
    }
    let unmapped_titles = titles::unmapped(known, local.iter().map(|(text, code)| (text.as_str(), code.as_str())));
    PeoplePlan { people, titles: moves, unmapped_titles }
}

/// The database by external id.
struct Before<'a> {
    units: HashMap<&'a str, &'a Unit>,
    unit_ids: HashMap<UnitId, &'a str>,
    people: HashMap<&'a str, &'a Person>,
    by_email: HashMap<String, &'a Person>,
}

impl<'a> Before<'a> {
    fn of(present: Present<'a>) -> Before<'a> {
        Before {
            units: present.units.iter().map(|u| (u.external_id.as_str(), u)).collect(),
            unit_ids: present.units.iter().map(|u| (u.id, u.external_id.as_str())).collect(),
            people: present.people.iter().map(|p| (p.external_id.as_str(), p)).collect(),
            by_email: present.people.iter().map(|p| (email_key(&p.email), p)).collect(),
        }
    }

    /// Whom the row is about: the person with its id, or one made here with its address.
    fn person(&self, row: &PersonRow) -> Option<&'a Person> {
        let same_address = || self.by_email.get(&email_key(&row.email));
        let made_here = || same_address().filter(|p| p.external_id.starts_with(MADE_HERE));
        self.people.get(row.id.as_str()).or_else(made_here).copied()
    }

    /// First and last day of employment. A row without a last day opens an employment that is over.
    fn days(&self, row: &PersonRow, today: NaiveDate) -> (NaiveDate, Option<NaiveDate>) {
        let old = self.person(row);
        let from = row.from.or(old.map(|p| p.starts_on)).unwrap_or(today);
        let to = row.to.unwrap_or_else(|| old.and_then(|p| p.ends_on).filter(|last| *last >= today));
        (from, to)
    }

    /// The language is the person's own choice once she is here; a column that the file lacks changes nothing.
    fn state(&self, row: &PersonRow, old: Option<&Person>, today: NaiveDate) -> Option<PersonState> {
        let kept = |text: &Option<String>, old: Option<&String>| text.as_ref().or(old).cloned().unwrap_or_default();
        let (from, to) = self.days(row, today);
        Some(PersonState {
            id: row.id.clone(),
            name: row.name.clone(),
            email: row.email.clone(),
            language: old.map(|p| p.language).or(row.language).unwrap_or_default(),
            unit: row.unit.clone(),
            unit_row: self.units.get(row.unit.as_str())?.id,
            title: kept(&row.title, old.map(|p| &p.title_text)),
            title_code: kept(&row.title_code, old.map(|p| &p.title_code)),
            from,
            to,
        })
    }
}

fn refuse_unknown_units(parsed: &mut Parsed<PersonRow>, before: &Before) {
    parsed.refuse(|row| {
        let why = match before.units.get(row.unit.as_str()) {
            None => "is no unit; import units first",
            Some(unit) if unit.ended_on.is_some() => "is a unit that has ended",
            Some(_) => return None,
        };
        Some(Finding::error(row.line, Some("unit"), format!("{} {why}", shown(&row.unit))))
    });
}

/// An address may move between people of the same file, but not from somebody outside it.
fn refuse_taken_addresses(parsed: &mut Parsed<PersonRow>, before: &Before) -> bool {
    let about: HashMap<PersonId, String> =
        parsed.rows.iter().filter_map(|row| Some((before.person(row)?.id, email_key(&row.email)))).collect();
    parsed.refuse(|row| {
        let key = email_key(&row.email);
        let holder = before.by_email.get(&key)?;
        let same_person = before.person(row).is_some_and(|p| p.id == holder.id);
        let gives_it_up = about.get(&holder.id).is_some_and(|new| *new != key);
        (!same_person && !gives_it_up).then(|| {
            let reason = format!("{} belongs to {}", shown(&row.email), shown(&holder.external_id));
            Finding::error(row.line, Some("email"), reason)
        })
    })
}

fn change(old: &Person, before: &Before, to: PersonState) -> Option<Change<PersonState>> {
    let day = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
    let unit = old.unit.and_then(|id| before.unit_ids.get(&id)).map(|id| id.to_string()).unwrap_or_default();
    let fields = differing([
        ("id", old.external_id.clone(), to.id.clone()),
        ("name", old.name.clone(), to.name.clone()),
        ("email", old.email.clone(), to.email.clone()),
        ("unit", unit, to.unit.clone()),
        ("title", old.title_text.clone(), to.title.clone()),
        ("title_code", old.title_code.clone(), to.title_code.clone()),
        ("from", day(Some(old.starts_on)), day(Some(to.from))),
        ("to", day(old.ends_on), day(to.to)),
    ]);
    (!fields.is_empty()).then(|| Change { row: old.id, id: to.id.clone(), name: to.name.clone(), fields, to })
}

fn ends(parsed: &mut Parsed<PersonRow>, present: Present, today: NaiveDate) -> Vec<End> {
    if parsed.unreadable {
        parsed.findings.push(Finding::warning(None, None, "rows without a readable id: nobody is ended"));
        return Vec::new();
    }
    let in_file: HashSet<&str> = parsed.rows.iter().map(|row| row.id.as_str()).collect();
    let working: Vec<&Person> = present.people.iter().filter(|p| p.ends_on.is_none_or(|last| last >= today)).collect();
    let ends: Vec<End> = working
        .iter()
        .filter(|p| !p.external_id.starts_with(MADE_HERE))
        .filter(|p| !in_file.contains(p.external_id.as_str()) && !parsed.kept.contains(&p.external_id))
        .map(|p| End { row: p.id, id: p.external_id.clone(), name: p.name.clone(), last_day: yesterday(today) })
        .collect();
    if ends.len() * 2 > working.len() {
        let reason = format!("{} of {} people end; is the file whole?", ends.len(), working.len());
        parsed.findings.push(Finding::warning(None, None, reason));
    }
    ends
}
