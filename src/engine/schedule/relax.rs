//! The plan that nobody can beat, were there no collisions and no full weeks: every piece as early as what it builds
//! on lets it. When it happens to keep the other rules too, it is the best.

use fixedbitset::FixedBitSet;

use super::calendar::{Day, NEVER};
use super::task::{Given, Task};

/// What makes one plan better than another; smaller is better, field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score {
    /// Deadlines missed.
    pub late: u32,
    pub left_out: u32,
    /// The last day of all; 0 when nothing is placed.
    pub finish: Day,
    /// Sum of the pieces' last days.
    pub sum: i64,
}

/// Part of the search: which occasions may still be used, and which pieces are settled.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub allowed: FixedBitSet,
    /// By piece.
    pub forced: Vec<Option<usize>>,
}

/// A placement that keeps the order, but perhaps not the rest.
#[derive(Debug, Clone)]
pub(super) struct Relaxed {
    /// The occasion of each piece; none when it is left out, at own pace, or booked.
    pub chosen: Vec<Option<usize>>,
    /// The last day of each piece.
    pub ends: Vec<Day>,
    /// No plan below the node is better.
    pub score: Score,
}

/// None when a settled piece can no longer come after what it builds on.
pub(super) fn relax(task: &Task, node: &Node) -> Option<Relaxed> {
    let pieces = task.pieces.len();
    let mut relaxed = Relaxed { chosen: vec![None; pieces], ends: vec![NEVER; pieces], score: Score::NOTHING };
    let start = task.terms.from - 1;
    for (at, piece) in task.pieces.iter().enumerate() {
        let ready = piece.before.ready(&relaxed.ends, start);
        let (chosen, end) = match (piece.given, node.forced[at]) {
            (Given::Booked { last, .. }, _) => (None, last),
            (Given::OwnPace, _) if ready == NEVER => (None, NEVER),
            (Given::OwnPace, _) => (None, ready.max(start) + 1),
            (Given::Occasions, Some(forced)) => {
                let occasion = &task.calendar.occasions[forced];
                if occasion.first() <= ready {
                    return None;
                }
                (Some(forced), occasion.last())
            }
            (Given::Occasions, None) => earliest(task, node, at, ready),
        };
        relaxed.chosen[at] = chosen;
        relaxed.ends[at] = end;
        relaxed.score.add(piece.wanted, piece.due, end);
    }
    Some(relaxed)
}

fn earliest(task: &Task, node: &Node, piece: usize, ready: Day) -> (Option<usize>, Day) {
    let of = task.calendar.of(task.pieces[piece].module).iter();
    let occasion = |at: usize| &task.calendar.occasions[at];
    let first = of.copied().find(|&at| node.allowed.contains(at) && occasion(at).first() > ready);
    first.map_or((None, NEVER), |at| (Some(at), occasion(at).last()))
}

impl Score {
    pub(super) const NOTHING: Score = Score { late: 0, left_out: 0, finish: 0, sum: 0 };

    pub(super) fn add(&mut self, wanted: bool, due: Option<Day>, end: Day) {
        if !wanted {
            return;
        }
        self.late += u32::from(due.is_some_and(|due| end > due));
        if end == NEVER {
            self.left_out += 1;
        } else {
            self.finish = self.finish.max(end);
            self.sum += i64::from(end);
        }
    }
}
