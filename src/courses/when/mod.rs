//! "When can I be done?" for one person: the path placed on the days there are, booked with one button.
//!
//! The question is put together in [`load`] and answered by `engine::schedule`; [`book`] books a plan, all or nothing.

pub mod api;
pub mod book;
pub mod load;
pub mod view;

use chrono::NaiveDate;

use crate::engine::model::ModuleIx;
use crate::engine::schedule::reasons::Cause;
use crate::occasions::store::Given;

/// What the person asks for beside the path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Course days in one week at most; none = as many as there are.
    pub days_a_week: Option<u8>,
    /// Nothing before this day.
    pub from: Option<NaiveDate>,
    /// Absences, both days included.
    pub away: Vec<(NaiveDate, NaiveDate)>,
    /// Only what is given in this language, sv or en.
    pub language: Option<String>,
}

/// The answer: what is left of the path, each piece on its day.
#[derive(Debug, Clone)]
pub struct Plan {
    /// In time order; what has no day stands last.
    pub pieces: Vec<Placed>,
    /// What is not met, in the curriculum's order of what comes first.
    pub missed: Vec<Missed>,
    /// The module of each piece as the causes count them.
    pub modules: Vec<ModuleIx>,
    /// No plan is better.
    pub proved: bool,
    /// Quarters beyond the shortest path, when that one could not be had in time.
    pub dearer: Option<u32>,
}

/// A piece and where it goes.
#[derive(Debug, Clone)]
pub struct Placed {
    pub module: ModuleIx,
    pub place: Place,
    /// The last day of it; none when it has no place.
    pub last: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
}

/// Where a piece goes.
#[derive(Debug, Clone)]
pub enum Place {
    /// A seat the person has already.
    Booked(Option<Given>),
    /// A free seat, or the one that is offered.
    Free(Given),
    /// Taken alone, when it suits.
    Alone,
    Nowhere,
}

/// What cannot be met, why, and the first day that would work.
#[derive(Debug, Clone)]
pub struct Missed {
    pub module: ModuleIx,
    pub due: Option<NaiveDate>,
    pub causes: Vec<Cause>,
    pub first: Option<NaiveDate>,
}

impl Plan {
    /// The day on which everything is done; none when something is left out, or nothing is left to do.
    pub fn done(&self) -> Option<NaiveDate> {
        let days: Option<Vec<NaiveDate>> = self.pieces.iter().map(|piece| piece.last).collect();
        days?.into_iter().max()
    }

    /// The occasions that the plan would book, in time order.
    pub fn to_book(&self) -> Vec<i64> {
        let free = |piece: &Placed| match &piece.place {
            Place::Free(given) => Some(given.occasion.id),
            _ => None,
        };
        self.pieces.iter().filter_map(free).collect()
    }
}
