//! From a key pressed on a cell to edits: what the person saw, what is wanted, and the dose that a column may still lack.

use crate::curriculum::edit::{Cell, Change, Edit};
use crate::curriculum::model::{Curriculum, Dose, Role, Text, Title, TitleGroup};
use crate::designer::matrix::Key;

/// What is wanted of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub column: Key,
    pub module: String,
    /// None = only the deadline changes.
    pub mark: Option<Mark>,
    pub days: Days,
    /// Whatever is there now may be overwritten: the person has seen it.
    pub over: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Off,
    Required,
    Recommended,
    /// In the set with this number, without one the dose's last; in a new one when there is no such set.
    OneOf(Option<usize>),
}

/// The deadline of its own, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    Keep,
    Set(Option<u32>),
}

/// A dose that a column gets with its first cell asks within so many days.
const WITHIN_DAYS: u32 = 365;

/// The edits that make the wish come true; none when the column or the module is gone.
/// `seen` is what the person looked at.
pub fn edits(curriculum: &Curriculum, seen: &Curriculum, wish: &Wish) -> Option<Vec<Edit>> {
    curriculum.modules.iter().find(|(id, _)| *id == wish.module)?;
    let own = own_dose(curriculum, &wish.column)?;
    let (mut edits, id, dose) = match own.and_then(|id| Some((id, curriculum.doses.get(id)?))) {
        Some((id, dose)) => (Vec::new(), id.clone(), dose.clone()),
        None => new_dose(curriculum, &wish.column)?,
    };
    let now = Cell::of(&dose, &wish.module);
    let seen = seen.doses.get(&id).map(|dose| Cell::of(dose, &wish.module));
    let before = seen.filter(|_| !wish.over).unwrap_or_else(|| now.clone());
    let after = wanted(&dose, &now, wish);
    edits.push(Edit::Cell { dose: id, module: wish.module.clone(), before, after });
    Some(edits)
}

fn wanted(dose: &Dose, now: &Cell, wish: &Wish) -> Cell {
    let mut after = match wish.mark {
        None => now.clone(),
        Some(Mark::Off) => return Cell::default(),
        Some(Mark::Required) => Cell::required(now.days),
        Some(Mark::Recommended) => Cell::recommended(),
        // A module that is in a set already stays in it, unless another one is asked for.
        Some(Mark::OneOf(None)) if !now.seats.is_empty() => {
            Cell { seats: now.seats.clone(), days: now.days, ..Cell::default() }
        }
        Some(Mark::OneOf(set)) => {
            let last = dose.one_of.len().saturating_sub(1);
            Cell { days: now.days, ..Cell::one_of(dose, &wish.module, set.unwrap_or(last)) }
        }
    };
    if let Days::Set(days) = wish.days {
        after.days = days;
    }
    after
}

/// The column's own dose, if it has one; none outside when there is no such column.
fn own_dose<'a>(curriculum: &'a Curriculum, column: &Key) -> Option<Option<&'a String>> {
    match column {
        Key::Everyone => Some(curriculum.about.everyone.as_ref()),
        Key::Role(id) => Some(Some(&curriculum.roles.get(id)?.dose)),
        Key::Group(id) => Some(curriculum.groups.get(id)?.dose.as_ref()),
        Key::Title(id) => Some(curriculum.titles.get(id)?.dose.as_ref()),
    }
}

/// An empty dose for a column that has none, and the edits that make it and give it to the column.
fn new_dose(curriculum: &Curriculum, column: &Key) -> Option<(Vec<Edit>, String, Dose)> {
    let (wanted, title) = match column {
        Key::Everyone => ("everyone", None),
        Key::Role(id) => (id.as_str(), Some(&curriculum.roles.get(id)?.title)),
        Key::Group(id) => (id.as_str(), Some(&curriculum.groups.get(id)?.title)),
        Key::Title(id) => (id.as_str(), Some(&curriculum.titles.get(id)?.title)),
    };
    let id = free_id(curriculum, wanted);
    let title = title.map_or_else(
        || Text { sv: "Dos för alla".into(), en: "Dose for everyone".into() },
        |title| Text { sv: format!("Dos för {}", title.sv), en: format!("Dose for {}", title.en) },
    );
    let dose = Dose { title, within_days: WITHIN_DAYS, ..Dose::default() };
    let put = Edit::Dose(Change { id: id.clone(), before: None, after: Some(dose.clone()) });
    Some((vec![put, give(curriculum, column, &id)?], id, dose))
}

fn free_id(curriculum: &Curriculum, wanted: &str) -> String {
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    let mut ids = std::iter::once(wanted.to_owned()).chain(numbered);
    ids.find(|id| !curriculum.doses.contains_key(id)).unwrap_or_default()
}

fn give(curriculum: &Curriculum, column: &Key, dose: &str) -> Option<Edit> {
    let dose = dose.to_owned();
    Some(match column {
        Key::Everyone => {
            let before = curriculum.about.clone();
            let mut after = before.clone();
            after.everyone = Some(dose);
            Edit::About(Change { id: String::new(), before: Some(before), after: Some(after) })
        }
        Key::Role(id) => {
            let before = curriculum.roles.get(id)?.clone();
            let after = Role { dose, ..before.clone() };
            Edit::Role(Change { id: id.clone(), before: Some(before), after: Some(after) })
        }
        Key::Group(id) => {
            let before = curriculum.groups.get(id)?.clone();
            let after = TitleGroup { dose: Some(dose), ..before.clone() };
            Edit::Group(Change { id: id.clone(), before: Some(before), after: Some(after) })
        }
        Key::Title(id) => {
            let before = curriculum.titles.get(id)?.clone();
            let after = Title { dose: Some(dose), ..before.clone() };
            Edit::Title(Change { id: id.clone(), before: Some(before), after: Some(after) })
        }
    })
}
