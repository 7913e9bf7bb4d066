//! What people's rows would change, compared with the database. Pure.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{MADE_HERE, PeoplePlan, PersonRow, PersonState, Present, TitleMove};
use crate::organisation::import::fields::shown;
use crate::organisation::import::plan::{Change, End, Finding, Parsed, Plan, differing};
use crate::organisation::titles::{self, Unmapped, yesterday};
use crate::organisation::{Person, PersonId, Unit, UnitId};
use crate::words::email_key;

/// Compares the rows with the database. Takes rows out of `parsed` that cannot be; with `full`, who is not in the
/// file ends yesterday.
pub fn plan(parsed: &mut Parsed<PersonRow>, present: Present, full: bool, today: NaiveDate) -> PeoplePlan {
    let before = Before::of(present);
    refuse_unknown_units(parsed, &before);
    refuse_early_ends(parsed, &before, today);
    while refuse_taken_addresses(parsed, &before) {}

    let mut people = Plan { add: Vec::new(), change: Vec::new(), end: Vec::new(), unchanged: 0 };
    let mut moves = Vec::new();
    let mut local = Vec::new();
    for row in &parsed.rows {
        let old = before.person(row);
        let Some(state) = before.state(row, old, today) else { continue };
        moves.extend(title_moves(&state, old, present, today));
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
        moves.extend(people.end.iter().flat_map(|end| last_moves(end, present, today)));
    }
    PeoplePlan { people, titles: moves, unmapped_titles: unmapped(&local, present, &mut parsed.findings) }
}

/// Without a curriculum nothing is known about titles, so that what is held stays until the employment is over.
fn title_moves(state: &PersonState, old: Option<&Person>, present: Present, today: NaiveDate) -> Vec<TitleMove> {
    let over = state.to.is_some_and(|last| last < today);
    if present.titles.is_none() && !over {
        return Vec::new();
    }
    let held = old.and_then(|p| present.held.get(&p.id)).map_or(&[][..], Vec::as_slice);
    let wanted = present.titles.and_then(|known| known.find(&state.title, &state.title_code));
    let steps = titles::steps((state.from, state.to), wanted, held, today);
    steps.into_iter().map(|step| TitleMove { person: state.id.clone(), step }).collect()
}

/// Everything held ends with the person.
fn last_moves(end: &End, present: Present, today: NaiveDate) -> Vec<TitleMove> {
    let held = present.held.get(&end.row).map_or(&[][..], Vec::as_slice);
    let steps = titles::steps((end.last_day, Some(end.last_day)), None, held, today);
    steps.into_iter().map(|step| TitleMove { person: end.id.clone(), step }).collect()
}

fn unmapped(local: &[(String, String)], present: Present, findings: &mut Vec<Finding>) -> Vec<Unmapped> {
    let Some(known) = present.titles else {
        let reason = "no curriculum is published yet; `varjedag publish` gives people the titles it knows";
        findings.push(Finding::warning(None, None, reason));
        return Vec::new();
    };
    titles::unmapped(known, local.iter().map(|(text, code)| (text.as_str(), code.as_str())))
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

fn refuse_early_ends(parsed: &mut Parsed<PersonRow>, before: &Before, today: NaiveDate) {
    parsed.refuse(|row| {
        let (from, to) = before.days(row, today);
        let early = to.filter(|to| *to < from)?;
        Some(Finding::error(row.line, Some("to"), format!("{early} is before the first day {from}")))
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
