//! Occasions made ready for questions: sorted, by module, with what overlaps what.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use fixedbitset::FixedBitSet;

use crate::engine::model::ModuleIx;

/// A day counted from the year 1; day 1 was a Monday.
pub type Day = i32;

/// Later than every day: what cannot happen.
pub const NEVER: Day = Day::MAX;

/// One sitting: minutes from midnight, by the clock on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    pub day: Day,
    pub from: u16,
    pub to: u16,
}

impl Part {
    pub fn new(day: NaiveDate, from: u16, to: u16) -> Part {
        Part { day: number(day), from, to }
    }

    pub fn meets(self, other: Part) -> bool {
        self.day == other.day && self.from < other.to && other.from < self.to
    }
}

/// A day on which a module is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    pub id: i64,
    pub module: ModuleIx,
    /// In time order, at least one.
    pub parts: Vec<Part>,
    /// None = as many as come.
    pub free: Option<u32>,
}

impl Occasion {
    pub fn first(&self) -> Day {
        self.parts.first().map_or(NEVER, |part| part.day)
    }

    pub fn last(&self) -> Day {
        self.parts.last().map_or(NEVER, |part| part.day)
    }
}

/// Occasions in the order in which they are tried: by last day, then by the end of the last part, then by id.
#[derive(Debug, Clone)]
pub struct Calendar {
    pub occasions: Vec<Occasion>,
    by_module: HashMap<ModuleIx, Vec<usize>>,
    /// For each occasion, those that meet it in time (not itself).
    overlaps: Vec<FixedBitSet>,
    by_id: HashMap<i64, usize>,
}

impl Calendar {
    /// Occasions without parts are left out.
    pub fn new(mut occasions: Vec<Occasion>) -> Calendar {
        occasions.retain(|occasion| !occasion.parts.is_empty());
        occasions.iter_mut().for_each(|occasion| occasion.parts.sort_unstable());
        occasions.sort_by_key(|occasion| (occasion.parts.last().map(|part| (part.day, part.to)), occasion.id));
        let mut by_module: HashMap<ModuleIx, Vec<usize>> = HashMap::new();
        for (at, occasion) in occasions.iter().enumerate() {
            by_module.entry(occasion.module).or_default().push(at);
        }
        let overlaps = overlaps(&occasions);
        let by_id = occasions.iter().enumerate().map(|(at, occasion)| (occasion.id, at)).collect();
        Calendar { occasions, by_module, overlaps, by_id }
    }

    /// Of one module, the earliest last day first.
    pub fn of(&self, module: ModuleIx) -> &[usize] {
        self.by_module.get(&module).map_or(&[], Vec::as_slice)
    }

    pub fn at(&self, id: i64) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    pub(super) fn overlaps(&self, occasion: usize) -> &FixedBitSet {
        &self.overlaps[occasion]
    }
}

fn overlaps(occasions: &[Occasion]) -> Vec<FixedBitSet> {
    let mut overlaps = vec![FixedBitSet::with_capacity(occasions.len()); occasions.len()];
    let mut by_day: HashMap<Day, Vec<(usize, Part)>> = HashMap::new();
    for (at, occasion) in occasions.iter().enumerate() {
        occasion.parts.iter().for_each(|&part| by_day.entry(part.day).or_default().push((at, part)));
    }
    for parts in by_day.values() {
        for &(one, part) in parts {
            for &(other, against) in parts {
                if one != other && part.meets(against) {
                    overlaps[one].insert(other);
                }
            }
        }
    }
    overlaps
}

pub fn number(day: NaiveDate) -> Day {
    day.num_days_from_ce()
}

/// None for [`NEVER`].
pub fn date(day: Day) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(day)
}

/// ISO weeks, counted through.
pub fn week(day: Day) -> i32 {
    (day - 1).div_euclid(7)
}
