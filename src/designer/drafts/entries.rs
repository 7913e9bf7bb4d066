//! Entries of a draft as values, and the edits that put, change and remove them.

use serde_json::Value;

use crate::curriculum::Kind;
use crate::curriculum::edit::{self, Cell, Change, Edit};
use crate::curriculum::model::Curriculum;
use crate::curriculum::written::{self, Entry};

/// An entry as plain data; none when it is not there. The id of `about` is of no matter.
pub fn value(curriculum: &Curriculum, section: &str, id: &str) -> Option<Value> {
    Some(match section {
        "about" => written::plain(&curriculum.about),
        "legs" => written::plain(curriculum.legs.get(id)?),
        "areas" => written::plain(curriculum.areas.get(id)?),
        "modules" => written::plain(module(curriculum, id)?),
        "doses" => written::plain(curriculum.doses.get(id)?),
        "roles" => written::plain(curriculum.roles.get(id)?),
        "groups" => written::plain(curriculum.groups.get(id)?),
        "titles" => written::plain(curriculum.titles.get(id)?),
        "programmes" => written::plain(curriculum.programmes.get(id)?),
        _ => return None,
    })
}

/// The edit that makes the entry what `after` says, beside what the person saw; none when the section does not exist or
/// `after` is no such entry.
pub fn put(now: &Curriculum, seen: &Curriculum, section: &str, id: &str, after: &Value) -> Option<Edit> {
    Some(match section {
        "about" => Edit::About(change("", Some(&seen.about), after)?),
        "legs" => Edit::Leg(change(id, seen.legs.get(id), after)?),
        "areas" => Edit::Area(change(id, seen.areas.get(id), after)?),
        "modules" => match module(seen, id) {
            Some(before) => Edit::Module { change: change(id, Some(before), after)?, follows: None },
            None => Edit::new_module(now, id, change(id, None, after)?.after?),
        },
        "doses" => Edit::Dose(change(id, seen.doses.get(id), after)?),
        "roles" => Edit::Role(change(id, seen.roles.get(id), after)?),
        "groups" => Edit::Group(change(id, seen.groups.get(id), after)?),
        "titles" => Edit::Title(change(id, seen.titles.get(id), after)?),
        "programmes" => Edit::Programme(change(id, seen.programmes.get(id), after)?),
        _ => return None,
    })
}

/// The edits that remove an entry. A module is taken out of every dose as well, because a dose that names nothing asks
/// for nothing; what builds on it is left to the developer, and told.
pub fn remove(now: &Curriculum, section: &str, id: &str) -> Option<Vec<Edit>> {
    fn gone<T: Clone + Entry>(id: &str, before: &T) -> Change<T> {
        Change { id: id.to_owned(), before: Some(before.clone()), after: None }
    }
    Some(match section {
        "legs" => vec![Edit::Leg(gone(id, now.legs.get(id)?))],
        "areas" => vec![Edit::Area(gone(id, now.areas.get(id)?))],
        "modules" => {
            let cells = now.doses.iter().map(|(dose, said)| (dose, Cell::of(said, id)));
            let named = cells.filter(|(_, cell)| *cell != Cell::default());
            let off = named.map(|(dose, before)| Edit::Cell {
                dose: dose.clone(),
                module: id.to_owned(),
                before,
                after: Cell::default(),
            });
            off.chain(Edit::remove_module(now, id)).collect()
        }
        "doses" => vec![Edit::Dose(gone(id, now.doses.get(id)?))],
        "roles" => vec![Edit::Role(gone(id, now.roles.get(id)?))],
        "groups" => vec![Edit::Group(gone(id, now.groups.get(id)?))],
        "titles" => vec![Edit::Title(gone(id, now.titles.get(id)?))],
        "programmes" => vec![Edit::Programme(gone(id, now.programmes.get(id)?))],
        _ => return None,
    })
}

/// Where a module is to stand among those of its area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Up,
    Down,
    First,
    After(String),
}

/// The edit that moves a module to where it is to stand, as the person saw the order; none when that place is not there.
pub fn shift(seen: &Curriculum, id: &str, place: &Place) -> Option<Edit> {
    let area = &module(seen, id)?.area;
    let within: Vec<&str> = seen.modules.iter().filter(|(_, m)| m.area == *area).map(|(id, _)| id.as_str()).collect();
    let at = within.iter().position(|other| *other == id)?;
    let (before, after) = match place {
        Place::First => (Some(within[0]), None),
        Place::Up => (Some(within[at.checked_sub(1)?]), None),
        Place::Down => (None, Some(*within.get(at + 1)?)),
        Place::After(other) => (None, within.iter().copied().find(|module| module == other && *module != id)),
    };
    let after = match before {
        Some(before) if before == id => edit::follows(seen, id),
        Some(before) => edit::follows(seen, before),
        None => Some(after?.to_owned()),
    };
    Some(Edit::Move { module: id.to_owned(), before: edit::follows(seen, id), after })
}

/// Whether an edit of a whole entry changes this field of it. Cells of a dose are no fields of it.
pub fn changes_field(edit: &Edit, field: &str) -> bool {
    fn of<T: Entry>(change: &Change<T>, field: &str) -> bool {
        let part = |side: &Option<T>| side.as_ref().map(|entry| written::plain(entry)[field].clone());
        part(&change.before) != part(&change.after)
    }
    match edit {
        Edit::Cell { .. } | Edit::Move { .. } => false,
        Edit::About(change) => of(change, field),
        Edit::Leg(change) => of(change, field),
        Edit::Area(change) => of(change, field),
        Edit::Module { change, .. } => of(change, field),
        Edit::Dose(change) => of(change, field),
        Edit::Role(change) => of(change, field),
        Edit::Group(change) => of(change, field),
        Edit::Title(change) => of(change, field),
        Edit::Programme(change) => of(change, field),
    }
}

/// `mine` where it differs from `seen`, `now` elsewhere: a form that somebody else's change has overtaken.
pub fn merged(seen: &Value, mine: &Value, now: &Value) -> Value {
    let mut merged = now.clone();
    for (field, value) in mine.as_object().into_iter().flatten() {
        if seen.get(field) != Some(value) {
            merged[field] = value.clone();
        }
    }
    merged
}

/// What the form of a new entry shows before anything is typed.
pub fn empty(kind: Kind) -> Value {
    match kind {
        Kind::Module => serde_json::json!({ "level": "KnowOf", "format": "Seminar", "assessment": "Attendance" }),
        Kind::Area => serde_json::json!({ "colour": "Blue" }),
        _ => serde_json::json!({}),
    }
}

fn module<'a>(curriculum: &'a Curriculum, id: &str) -> Option<&'a crate::curriculum::model::Module> {
    curriculum.modules.iter().find(|(other, _)| other == id).map(|(_, module)| module)
}

fn change<T: Clone + Entry>(id: &str, before: Option<&T>, after: &Value) -> Option<Change<T>> {
    let after = written::read(&written::record(T::shape(), after).flat()).ok()?;
    Some(Change { id: id.to_owned(), before: before.cloned(), after: Some(after) })
}
