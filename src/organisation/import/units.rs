//! The unit tree from a file: what its rows say and what they would change. Pure.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::Column;
use super::fields::{self, shown};
use super::plan::{Change, End, Finding, Identified, Parsed, Plan, differing};
use super::read::{ReadError, Table};
use crate::organisation::titles::yesterday;
use crate::organisation::tree::find_cycle;
use crate::organisation::{Person, PersonId, Unit, UnitId};

pub const COLUMNS: &[Column] = &[
    Column { name: "id", also: &["enhets-id", "unit id", "enhetskod", "kod", "code"], needed: true },
    Column { name: "name", also: &["namn", "enhet", "enhetsnamn", "unit"], needed: true },
    Column { name: "parent", also: &["överordnad", "överordnad enhet", "förälder", "parent id"], needed: false },
    Column { name: "managers", also: &["chefer", "chef", "manager"], needed: false },
];

/// A row as it is written; `None` outside = the file has no such column.
#[derive(Debug, Clone)]
pub struct UnitRow {
    line: u64,
    id: String,
    name: String,
    parent: Option<String>,
    managers: Option<Vec<String>>,
}

impl Identified for UnitRow {
    fn id(&self) -> &str {
        &self.id
    }
}

/// A unit as the file wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitState {
    pub id: String,
    pub name: String,
    /// External id of the unit above.
    pub parent: Option<String>,
    /// External ids of people, sorted; only those who are known.
    pub managers: Vec<String>,
}

/// What the database has.
#[derive(Debug, Clone, Copy)]
pub struct Present<'a> {
    pub units: &'a [Unit],
    pub managers: &'a [(UnitId, PersonId)],
    pub people: &'a [Person],
}

/// Reads the rows.
pub fn parse(table: &Table) -> Result<Parsed<UnitRow>, ReadError> {
    Parsed::of(table, COLUMNS, |row| {
        let id = row.field("id", fields::needed);
        let name = row.field("name", fields::needed);
        let parent = row.field("parent", fields::text);
        let managers = row.field("managers", |text| Ok(fields::ids(text)));
        Some(UnitRow { line: row.line(), id: id?, name: name?, parent, managers })
    })
}

/// Compares the rows with the database. Takes rows out of `parsed` that cannot be; with `full`, what is not in the
/// file ends yesterday.
pub fn plan(parsed: &mut Parsed<UnitRow>, present: Present, full: bool, today: NaiveDate) -> Plan<UnitState> {
    let before = Before::of(present, today);
    while refuse_unknown_parents(parsed, &before, full) || refuse_cycle(parsed, &before) {}
    let mut plan = Plan { add: Vec::new(), change: Vec::new(), end: Vec::new(), unchanged: 0 };
    for row in &parsed.rows {
        let managers = match &row.managers {
            Some(named) => known_managers(row, named, &before, &mut parsed.findings),
            None => before.units.get(row.id.as_str()).map(|u| u.state.managers.clone()).unwrap_or_default(),
        };
        let state = UnitState { id: row.id.clone(), name: row.name.clone(), parent: before.parent(row), managers };
        match before.units.get(row.id.as_str()) {
            None => plan.add.push(state),
            Some(old) => match change(old, state) {
                Some(change) => plan.change.push(change),
                None => plan.unchanged += 1,
            },
        }
    }
    if full {
        plan.end = ends(parsed, &before, present, today);
    }
    plan
}

/// The database by external id.
struct Before<'a> {
    units: HashMap<&'a str, Old>,
    /// Those who work, or will.
    people: HashSet<&'a str>,
    gone: HashSet<&'a str>,
}

struct Old {
    row: UnitId,
    state: UnitState,
    ended_on: Option<NaiveDate>,
}

impl<'a> Before<'a> {
    fn of(present: Present<'a>, today: NaiveDate) -> Before<'a> {
        let ids: HashMap<UnitId, &str> = present.units.iter().map(|u| (u.id, u.external_id.as_str())).collect();
        let people: HashMap<PersonId, &str> = present.people.iter().map(|p| (p.id, p.external_id.as_str())).collect();
        let mut managers: HashMap<UnitId, BTreeSet<String>> = HashMap::new();
        for (unit, person) in present.managers {
            managers.entry(*unit).or_default().extend(people.get(person).map(|id| id.to_string()));
        }
        let old = |unit: &Unit| Old {
            row: unit.id,
            state: UnitState {
                id: unit.external_id.clone(),
                name: unit.name.clone(),
                parent: unit.parent.and_then(|id| ids.get(&id)).map(|id| id.to_string()),
                managers: managers.remove(&unit.id).unwrap_or_default().into_iter().collect(),
            },
            ended_on: unit.ended_on,
        };
        let units = present.units.iter().map(|u| u.external_id.as_str()).zip(present.units.iter().map(old)).collect();
        let (gone, people): (Vec<_>, Vec<_>) =
            present.people.iter().partition(|p| p.ends_on.is_some_and(|last| last < today));
        let ids = |people: Vec<&'a Person>| people.into_iter().map(|p| p.external_id.as_str()).collect();
        Before { units, people: ids(people), gone: ids(gone) }
    }

    /// The parent that the row gives the unit, or leaves it.
    fn parent(&self, row: &UnitRow) -> Option<String> {
        match &row.parent {
            Some(parent) => Some(parent.clone()).filter(|p| !p.is_empty()),
            None => self.units.get(row.id.as_str()).and_then(|unit| unit.state.parent.clone()),
        }
    }
}

fn refuse_unknown_parents(parsed: &mut Parsed<UnitRow>, before: &Before, full: bool) -> bool {
    let stays = |id: &str, old: &Old| old.ended_on.is_none() && (!full || parsed.kept.contains(id));
    let known: HashSet<String> = (parsed.rows.iter().map(|row| row.id.clone()))
        .chain(before.units.iter().filter(|(id, old)| stays(id, old)).map(|(id, _)| id.to_string()))
        .collect();
    parsed.refuse(|row| {
        let parent = before.parent(row).filter(|parent| !known.contains(parent))?;
        let reason = format!("{} is no unit in the file{}", shown(&parent), if full { "" } else { " or the database" });
        Some(Finding::error(row.line, Some("parent"), reason))
    })
}

fn refuse_cycle(parsed: &mut Parsed<UnitRow>, before: &Before) -> bool {
    let mut parents: HashMap<String, String> =
        before.units.values().filter_map(|old| Some((old.state.id.clone(), old.state.parent.clone()?))).collect();
    for row in &parsed.rows {
        match before.parent(row) {
            Some(parent) => parents.insert(row.id.clone(), parent),
            None => parents.remove(&row.id),
        };
    }
    let parents: HashMap<&str, &str> = parents.iter().map(|(id, parent)| (id.as_str(), parent.as_str())).collect();
    let Some(cycle) = find_cycle(&parents) else { return false };
    let told = cycle.iter().chain(cycle.first()).map(|id| shown(id)).collect::<Vec<_>>().join(" → ");
    parsed.refuse(|row| {
        let on_it = cycle.contains(&row.id.as_str());
        on_it.then(|| Finding::error(row.line, Some("parent"), format!("goes round in a circle: {told}")))
    })
}

/// People are imported after units, so that an unknown manager is no error the first time.
fn known_managers(row: &UnitRow, named: &[String], before: &Before, findings: &mut Vec<Finding>) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for id in named {
        if before.people.contains(id.as_str()) {
            known.push(id.clone());
            continue;
        }
        let why = match before.gone.contains(id.as_str()) {
            true => "has left",
            false => "is not among the people; import people, then units once more",
        };
        findings.push(Finding::warning(Some(row.line), Some("managers"), format!("{} {why}", shown(id))));
    }
    known.sort();
    known
}

fn change(old: &Old, to: UnitState) -> Option<Change<UnitState>> {
    let ended = old.ended_on.map(|day| day.to_string()).unwrap_or_default();
    let fields = differing([
        ("name", old.state.name.clone(), to.name.clone()),
        ("parent", old.state.parent.clone().unwrap_or_default(), to.parent.clone().unwrap_or_default()),
        ("managers", old.state.managers.join(" "), to.managers.join(" ")),
        ("ended", ended, String::new()),
    ]);
    (!fields.is_empty()).then(|| Change { row: old.row, id: to.id.clone(), name: to.name.clone(), fields, to })
}

fn ends(parsed: &mut Parsed<UnitRow>, before: &Before, present: Present, today: NaiveDate) -> Vec<End> {
    if parsed.unreadable {
        parsed.findings.push(Finding::warning(None, None, "rows without a readable id: no unit is ended"));
        return Vec::new();
    }
    let in_file: HashSet<&str> = parsed.rows.iter().map(|row| row.id.as_str()).collect();
    let mut gone: Vec<&Old> = before.units.values().filter(|old| old.ended_on.is_none()).collect();
    gone.retain(|old| !in_file.contains(old.state.id.as_str()) && !parsed.kept.contains(&old.state.id));
    gone.sort_by(|a, b| a.state.id.cmp(&b.state.id));
    let mut ends = Vec::new();
    for old in gone {
        let left = present.people.iter().filter(|p| p.unit == Some(old.row) && p.works_on(today)).count();
        if left > 0 {
            let reason = format!("the unit {} ends but has {left} people; move them", shown(&old.state.id));
            parsed.findings.push(Finding::warning(None, None, reason));
        }
        let (id, name) = (old.state.id.clone(), old.state.name.clone());
        ends.push(End { row: old.row, id, name, last_day: yesterday(today) });
    }
    ends
}
