//! One typed change to a curriculum: what it expects to find and what it leaves. The log of a draft is a list of these.
//!
//! An edit whose expectation does not hold is a conflict and changes nothing. Two edits of one entry conflict only where
//! they touch the same field, two edits of one dose's cells only in the same cell. Whether the curriculum makes sense
//! afterwards is not asked here but by [`super::check`]: a draft may be unsound for a while.
//!
//! There is no edit for another id: that is the old one removed and the new one put, and the uses of its name changed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::model::{About, Area, Curriculum, Dose, Leg, Module, Programme, Role, Title, TitleGroup};
use super::written::Entry;

mod cell;
mod change;
#[cfg(test)]
mod tests;

pub use cell::{Cell, END, Mark, Seat};
pub use change::Change;

/// One change. Kept as JSON, in which whole entries are texts as people write them in files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[expect(clippy::large_enum_variant, reason = "an edit is made, applied and kept one at a time")]
pub enum Edit {
    /// What one dose says about one module.
    Cell {
        dose: String,
        module: String,
        before: Cell,
        after: Cell,
    },
    /// The section `about`; its id is empty and it is always there.
    About(Change<About>),
    Leg(Change<Leg>),
    Area(Change<Area>),
    Module {
        change: Change<Module>,
        /// The module it follows in the whole order, when it is put or removed; none = it is the first.
        #[serde(default)]
        follows: Option<String>,
    },
    /// A module moves in the whole order.
    Move {
        module: String,
        /// The module it follows, none = it is the first.
        before: Option<String>,
        after: Option<String>,
    },
    Dose(Change<Dose>),
    Role(Change<Role>),
    Group(Change<TitleGroup>),
    Title(Change<Title>),
    Programme(Change<Programme>),
}

/// Why an edit was not made.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum EditError {
    /// Somebody has changed the same thing meanwhile.
    #[error("{place} is not as it was: look at it again and repeat the change")]
    Conflict {
        /// Such as `doses.chef.required`, `modules.styrdiagram.hours` or, for a cell, `doses.chef`.
        place: String,
        found: Found,
    },
}

/// What is there instead of what the edit expects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// The entry has been removed.
    Nothing,
    /// The id has been taken.
    Something,
    Cell(Cell),
    /// A field's value as it is written; empty when it is left out.
    Field(String),
    /// Which module it follows, none = it is the first.
    Follows(Option<String>),
}

/// Makes the change, or nothing.
pub fn apply(curriculum: &mut Curriculum, edit: &Edit) -> Result<(), EditError> {
    match edit {
        Edit::Cell { dose, module, before, after } => {
            let place = || format!("doses.{dose}");
            let Some(found) = curriculum.doses.get_mut(dose) else {
                return Err(conflict(place(), Found::Nothing));
            };
            *found = cell::set(found, module, before, after)
                .map_err(|found| conflict(format!("{}.{module}", place()), Found::Cell(found)))?;
            Ok(())
        }
        Edit::About(change) => {
            let after = change.onto("about", Some(&curriculum.about))?;
            curriculum.about = after.unwrap_or_default();
            Ok(())
        }
        Edit::Module { change, follows } => module(curriculum, change, follows.as_deref()),
        Edit::Move { module, before, after } => shift(curriculum, module, before.as_deref(), after.as_deref()),
        Edit::Leg(change) => entry(&mut curriculum.legs, change),
        Edit::Area(change) => entry(&mut curriculum.areas, change),
        Edit::Dose(change) => entry(&mut curriculum.doses, change),
        Edit::Role(change) => entry(&mut curriculum.roles, change),
        Edit::Group(change) => entry(&mut curriculum.groups, change),
        Edit::Title(change) => entry(&mut curriculum.titles, change),
        Edit::Programme(change) => entry(&mut curriculum.programmes, change),
    }
}

/// Makes the change and gives it as it was made, with every position as it was and is: what a log keeps, because only
/// then does [`Edit::inverse`] put everything back where it stood.
pub fn perform(curriculum: &mut Curriculum, mut edit: Edit) -> Result<Edit, EditError> {
    let before = match &edit {
        Edit::Cell { dose, module, .. } => curriculum.doses.get(dose).map(|dose| Cell::of(dose, module)),
        _ => None,
    };
    let stood = match &edit {
        Edit::Module { change, .. } if change.after.is_none() => Some(follows(curriculum, &change.id)),
        _ => None,
    };
    apply(curriculum, &edit)?;
    match &mut edit {
        Edit::Cell { dose, module, before: expected, after } => {
            *expected = before.unwrap_or_default();
            *after = curriculum.doses.get(dose).map(|dose| Cell::of(dose, module)).unwrap_or_default();
        }
        Edit::Module { change, follows: place } => *place = stood.unwrap_or_else(|| follows(curriculum, &change.id)),
        _ => {}
    }
    Ok(edit)
}

impl Edit {
    /// What takes this edit back.
    pub fn inverse(self) -> Edit {
        match self {
            Edit::Cell { dose, module, before, after } => Edit::Cell { dose, module, before: after, after: before },
            Edit::Move { module, before, after } => Edit::Move { module, before: after, after: before },
            Edit::Module { change, follows } => Edit::Module { change: change.inverse(), follows },
            Edit::About(change) => Edit::About(change.inverse()),
            Edit::Leg(change) => Edit::Leg(change.inverse()),
            Edit::Area(change) => Edit::Area(change.inverse()),
            Edit::Dose(change) => Edit::Dose(change.inverse()),
            Edit::Role(change) => Edit::Role(change.inverse()),
            Edit::Group(change) => Edit::Group(change.inverse()),
            Edit::Title(change) => Edit::Title(change.inverse()),
            Edit::Programme(change) => Edit::Programme(change.inverse()),
        }
    }

    /// A new module, last in its area; an area without modules comes after the areas whose ids sort before it.
    pub fn new_module(curriculum: &Curriculum, id: &str, module: Module) -> Edit {
        let modules = curriculum.modules.iter();
        let last = modules.clone().rfind(|(_, other)| other.area == module.area);
        let follows = last.or_else(|| modules.clone().rfind(|(_, other)| other.area < module.area));
        let follows = follows.map(|(id, _)| id.clone());
        Edit::Module { change: Change { id: id.to_owned(), before: None, after: Some(module) }, follows }
    }

    /// The removal of a module; none when it is not there.
    pub fn remove_module(curriculum: &Curriculum, id: &str) -> Option<Edit> {
        let (_, module) = curriculum.modules.iter().find(|(other, _)| other == id)?;
        let change = Change { id: id.to_owned(), before: Some(module.clone()), after: None };
        Some(Edit::Module { change, follows: follows(curriculum, id) })
    }
}

/// The module that the one with this id follows in the whole order.
pub fn follows(curriculum: &Curriculum, id: &str) -> Option<String> {
    let at = curriculum.modules.iter().position(|(other, _)| other == id)?;
    Some(curriculum.modules[at.checked_sub(1)?].0.clone())
}

fn conflict(place: String, found: Found) -> EditError {
    EditError::Conflict { place, found }
}

fn entry<T: Entry>(entries: &mut BTreeMap<String, T>, change: &Change<T>) -> Result<(), EditError> {
    let section = T::KIND.map_or("about", super::Kind::section);
    match change.onto(&format!("{section}.{}", change.id), entries.get(&change.id))? {
        Some(after) => entries.insert(change.id.clone(), after),
        None => entries.remove(&change.id),
    };
    Ok(())
}

fn module(curriculum: &mut Curriculum, change: &Change<Module>, follows: Option<&str>) -> Result<(), EditError> {
    let at = curriculum.modules.iter().position(|(id, _)| *id == change.id);
    let now = at.map(|at| &curriculum.modules[at].1);
    match (at, change.onto(&format!("modules.{}", change.id), now)?) {
        (Some(at), Some(after)) => curriculum.modules[at].1 = after,
        (Some(at), None) => {
            curriculum.modules.remove(at);
        }
        (None, Some(module)) => {
            let at = place(curriculum, follows, &module.area);
            curriculum.modules.insert(at, (change.id.clone(), module));
        }
        (None, None) => {}
    }
    Ok(())
}

/// Behind `follows`; when that is no longer there, last in the area.
fn place(curriculum: &Curriculum, follows: Option<&str>, area: &str) -> usize {
    let Some(follows) = follows else { return 0 };
    let modules = &curriculum.modules;
    let before = modules.iter().position(|(id, _)| id == follows);
    before.or_else(|| modules.iter().rposition(|(_, other)| other.area == area)).map_or(modules.len(), |at| at + 1)
}

fn shift(curriculum: &mut Curriculum, id: &str, before: Option<&str>, after: Option<&str>) -> Result<(), EditError> {
    let stands = || format!("modules.{id}");
    let Some(from) = curriculum.modules.iter().position(|(other, _)| other == id) else {
        return Err(conflict(stands(), Found::Nothing));
    };
    let found = follows(curriculum, id);
    if found.as_deref() != before {
        return Err(conflict(stands(), Found::Follows(found)));
    }
    let to = match after {
        None => 0,
        Some(after) => match curriculum.modules.iter().position(|(other, _)| other == after && other != id) {
            // Taking the module out moves those behind it one step up.
            Some(at) => at + usize::from(at < from),
            None => return Err(conflict(format!("modules.{after}"), Found::Nothing)),
        },
    };
    let module = curriculum.modules.remove(from);
    curriculum.modules.insert(to, module);
    Ok(())
}
