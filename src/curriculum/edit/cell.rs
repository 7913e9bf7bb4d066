//! One cell of the matrix of modules and doses: everything a dose says about a module.
//!
//! A module may stand in several of a dose's sets to choose from. Sets have no names; a seat gives its set's number, from
//! 0 in the order written, and the others in the set as they were seen. An edit holds as long as one of those is still
//! there, so sets that are renumbered meanwhile are never mistaken for each other. The seat of a module that is alone
//! in its set makes the set with it and takes the set away with it.

use serde::{Deserialize, Serialize};

use crate::curriculum::model::{Dose, OneOf};

/// The place behind everything that stands in a list.
pub const END: u32 = u32::MAX;

/// What a dose says about a module.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Cell {
    /// Where it stands among the required modules, from 0; mostly once or not at all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<u32>,
    /// Where it stands among the recommended modules.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recommended: Vec<u32>,
    /// The sets it can be chosen from, by their numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seats: Vec<Seat>,
    /// A deadline of its own, in days from the day of assignment; the dose's when none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
}

/// A module's place in a set to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// The set's number, from 0.
    pub set: u32,
    /// Where it stands in the set.
    pub at: Vec<u32>,
    /// The other modules of the set; none = the set comes and goes with this module.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// How many of the set are to be chosen. Changes nothing in a set that is there.
    pub choose: u32,
    /// The set's own deadline in days. Changes nothing in a set that is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_days: Option<u32>,
}

/// A cell in one word, the strongest that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Off,
    Recommended,
    OneOf,
    Required,
}

impl Cell {
    /// Required, by `days` or by the dose's own day.
    pub fn required(days: Option<u32>) -> Cell {
        Cell { required: vec![END], days, ..Cell::default() }
    }

    pub fn recommended() -> Cell {
        Cell { recommended: vec![END], ..Cell::default() }
    }

    /// One of the set with this number among the sets that the dose has without this module; of a new one when there
    /// is no such set.
    pub fn one_of(dose: &Dose, module: &str, set: usize) -> Cell {
        let others = without(dose, module).one_of;
        let set = set.min(others.len());
        let seat = |at: Vec<u32>, with: Vec<String>, choose, within_days| Seat {
            set: set as u32,
            at,
            with,
            choose,
            within_days,
        };
        let seat = match others.get(set) {
            Some(of) => seat(vec![END], of.from.clone(), of.choose, of.within_days),
            None => seat(vec![0], Vec::new(), 1, None),
        };
        Cell { seats: vec![seat], ..Cell::default() }
    }

    /// What `dose` says about `module`.
    pub fn of(dose: &Dose, module: &str) -> Cell {
        let sets = dose.one_of.iter().zip(0..);
        Cell {
            required: places(&dose.required, module),
            recommended: places(&dose.recommended, module),
            seats: sets.filter_map(|(of, set)| seat(of, set, module)).collect(),
            days: dose.deadlines.get(module).copied(),
        }
    }

    pub fn mark(&self) -> Mark {
        match self {
            Cell { required, .. } if !required.is_empty() => Mark::Required,
            Cell { seats, .. } if !seats.is_empty() => Mark::OneOf,
            Cell { recommended, .. } if !recommended.is_empty() => Mark::Recommended,
            _ => Mark::Off,
        }
    }

    /// Whether the two say the same about a module, wherever in the lists it stands.
    pub fn says_the_same(&self, other: &Cell) -> bool {
        let same = |a: &Vec<u32>, b: &Vec<u32>| a.len() == b.len();
        same(&self.required, &other.required)
            && same(&self.recommended, &other.recommended)
            && self.days == other.days
            && self.seats.len() == other.seats.len()
            && self.seats.iter().zip(&other.seats).all(|(a, b)| {
                let known = |id: &String| b.with.contains(id);
                a.set == b.set
                    && same(&a.at, &b.at)
                    && (a.with.iter().any(known) || a.with.is_empty() && b.with.is_empty())
            })
    }
}

/// `dose` with `after` for `module`; what is there now when that is not `before`, or a set of `after` is gone.
pub(super) fn set(dose: &Dose, module: &str, before: &Cell, after: &Cell) -> Result<Dose, Cell> {
    let now = Cell::of(dose, module);
    if !now.says_the_same(before) {
        return Err(now);
    }
    if now.says_the_same(after) {
        return Ok(dose.clone());
    }
    let mut dose = without(dose, module);
    put(&mut dose.required, module, kept(&now.required, &after.required));
    put(&mut dose.recommended, module, kept(&now.recommended, &after.recommended));
    let mut seats: Vec<&Seat> = after.seats.iter().collect();
    seats.sort_by_key(|seat| seat.set);
    for seat in seats {
        let set = seat.set as usize;
        if seat.with.is_empty() {
            let of = OneOf { choose: seat.choose, from: Vec::new(), within_days: seat.within_days };
            dose.one_of.insert(set.min(dose.one_of.len()), of);
        } else if !dose.one_of.get(set).is_some_and(|of| of.from.iter().any(|id| seat.with.contains(id))) {
            return Err(now);
        }
        let last = dose.one_of.len().saturating_sub(1);
        put(&mut dose.one_of[set.min(last)].from, module, &seat.at);
    }
    dose.deadlines.extend(after.days.map(|days| (module.to_owned(), days)));
    Ok(dose)
}

/// What stands in a list already and is not sent anywhere stays where it is.
fn kept<'a>(now: &'a [u32], after: &'a [u32]) -> &'a [u32] {
    if now.len() == after.len() && after.iter().all(|at| *at == END) { now } else { after }
}

fn without(dose: &Dose, module: &str) -> Dose {
    let mut dose = dose.clone();
    dose.required.retain(|id| id != module);
    dose.recommended.retain(|id| id != module);
    dose.one_of.retain_mut(|of| {
        let seated = of.from.len();
        of.from.retain(|id| id != module);
        !of.from.is_empty() || seated == 0
    });
    dose.deadlines.remove(module);
    dose
}

fn seat(of: &OneOf, set: u32, module: &str) -> Option<Seat> {
    let at = places(&of.from, module);
    let with = of.from.iter().filter(|id| *id != module).cloned().collect();
    (!at.is_empty()).then_some(Seat { set, at, with, choose: of.choose, within_days: of.within_days })
}

fn places(list: &[String], module: &str) -> Vec<u32> {
    list.iter().zip(0..).filter(|(id, _)| *id == module).map(|(_, at)| at).collect()
}

fn put(list: &mut Vec<String>, module: &str, places: &[u32]) {
    for at in places {
        list.insert((*at as usize).min(list.len()), module.to_owned());
    }
}
