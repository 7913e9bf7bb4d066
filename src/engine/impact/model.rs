//! What is asked and answered about everybody: plain data. The head of `super` says what each number means.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::engine::model::Quarters;

/// All figures of a draft against what is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impact {
    pub day: NaiveDate,
    /// Everybody in the snapshot.
    pub people: u32,
    /// Of them, those whose path before or after was not proved to be the cheapest within the budget.
    pub unproved: u32,
    pub all: Figures,
    /// By unit, title, role, module and week; a group in which nothing is left and nothing changes is not here.
    pub units: BTreeMap<Option<i64>, Figures>,
    pub titles: BTreeMap<String, Figures>,
    pub roles: BTreeMap<String, Figures>,
    pub modules: BTreeMap<String, ModuleFigures>,
    pub weeks: BTreeMap<Week, Figures>,
    pub course_days: CourseDays,
    /// What the draft costs more than what is published, in öre.
    pub cost: i64,
}

/// One group's figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    pub before: Totals,
    pub after: Totals,
    pub affected: u32,
    pub more: u32,
    pub less: u32,
    pub done: u32,
    pub overdue: u32,
    pub tight: u32,
    pub lost: u32,
    pub won: u32,
}

/// What one version leaves a group to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// People with something left.
    pub people: u32,
    pub quarters: u64,
    pub overdue: u32,
    pub tight: u32,
}

/// A module's figures, and the course days that the people beyond the planned seats need.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ModuleFigures {
    pub figures: Figures,
    pub seats: u32,
    pub course_days: CourseDays,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CourseDays {
    pub before: u32,
    pub after: u32,
}

/// A week of ISO 8601.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    pub year: i32,
    pub week: u32,
}

/// How courses are given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Courses {
    /// Participants in one course; zero counts as one.
    pub participants: u32,
    /// By module id, the seats on planned occasions to come, booked ones included.
    pub seats: BTreeMap<String, u32>,
    /// Modules that are never given as a course, such as self-study: they need no course days.
    pub without: BTreeSet<String>,
    pub prices: Prices,
}

/// In öre.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Prices {
    /// Of one hour of one participant.
    pub hour: i64,
    pub course_day: i64,
}

/// One number of an [`Impact`]: which figure of which group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    pub figure: Figure,
    pub group: Group,
}

/// A figure that counts people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Figure {
    Affected,
    More,
    Less,
    Done,
    Overdue,
    Tight,
    Lost,
    Won,
    /// [`Totals::people`] before and after, and so on.
    LeftBefore,
    LeftAfter,
    OverdueBefore,
    OverdueAfter,
    TightBefore,
    TightAfter,
}

impl Figure {
    pub const ALL: [Figure; 14] = [
        Figure::Affected,
        Figure::More,
        Figure::Less,
        Figure::Done,
        Figure::Overdue,
        Figure::Tight,
        Figure::Lost,
        Figure::Won,
        Figure::LeftBefore,
        Figure::LeftAfter,
        Figure::OverdueBefore,
        Figure::OverdueAfter,
        Figure::TightBefore,
        Figure::TightAfter,
    ];
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    All,
    /// Everybody in one of these units; give a unit with all below it to open a sum of theirs.
    Units(BTreeSet<Option<i64>>),
    Title(String),
    Role(String),
    Module(String),
    Week(Week),
}

/// Which part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    pub from: usize,
    pub limit: usize,
}

/// The people behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// On all pages: the number itself.
    pub total: usize,
    /// Ids on this page, ascending.
    pub people: Vec<i64>,
}

impl Figures {
    /// The number that `figure` names.
    pub fn of(&self, figure: Figure) -> u32 {
        match figure {
            Figure::Affected => self.affected,
            Figure::More => self.more,
            Figure::Less => self.less,
            Figure::Done => self.done,
            Figure::Overdue => self.overdue,
            Figure::Tight => self.tight,
            Figure::Lost => self.lost,
            Figure::Won => self.won,
            Figure::LeftBefore => self.before.people,
            Figure::LeftAfter => self.after.people,
            Figure::OverdueBefore => self.before.overdue,
            Figure::OverdueAfter => self.after.overdue,
            Figure::TightBefore => self.before.tight,
            Figure::TightAfter => self.after.tight,
        }
    }

    /// Quarter hours that the group gets more; negative when it gets less.
    pub fn quarters_more(&self) -> i64 {
        self.after.quarters as i64 - self.before.quarters as i64
    }
}

impl CourseDays {
    /// Course days that are needed more; negative when fewer.
    pub fn more(&self) -> i64 {
        i64::from(self.after) - i64::from(self.before)
    }
}

impl Default for Courses {
    /// Twenty participants, no seats planned, no prices.
    fn default() -> Self {
        Courses { participants: 20, seats: BTreeMap::new(), without: BTreeSet::new(), prices: Prices::default() }
    }
}

/// Quarter hours in a training day of `hours`, at least one.
pub fn day_quarters(hours: f64) -> Quarters {
    ((hours * 4.0).round() as Quarters).max(1)
}
