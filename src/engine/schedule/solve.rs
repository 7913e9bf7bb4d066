//! The best plan for one person, and whether that is proved.

use super::calendar::{Day, NEVER};
use super::relax::Score;
use super::search::{Search, empty};
use super::task::Task;

/// Ample for one person: with hundreds of occasions most questions take some dozens of nodes.
pub const NODES: u64 = 20_000;

/// Where every piece is placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placing {
    /// For each piece its place in the calendar; none when it is booked, at own pace, or left out.
    pub chosen: Vec<Option<usize>>,
    /// The last day of each piece; [`NEVER`] when it is left out.
    pub ends: Vec<Day>,
    pub score: Score,
    /// No plan is better.
    pub proved: bool,
    pub nodes: u64,
}

impl Placing {
    pub fn is_late(&self, task: &Task, piece: usize) -> bool {
        task.pieces[piece].due.is_some_and(|due| self.ends[piece] > due)
    }

    pub fn is_left_out(&self, piece: usize) -> bool {
        self.ends[piece] == NEVER
    }
}

/// Places the pieces within a budget of search nodes.
pub fn solve(task: &Task, nodes: u64) -> Placing {
    let mut search = Search::new(task, nodes);
    search.run();
    let (proved, nodes) = (!search.cut, search.nodes);
    let best = search.best.unwrap_or_else(|| empty(task));
    Placing { chosen: best.chosen, ends: best.ends, score: best.score, proved, nodes }
}
