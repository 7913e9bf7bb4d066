//! When another path should be tried, and around what.

use super::calendar::{Day, NEVER};
use super::relax::{Node, relax};
use super::task::Task;
use crate::engine::model::ModuleIx;

/// How many other ways are tried for one person.
pub const WAYS: usize = 4;

/// What could not be had by the day on which it is needed even if nothing were at the same time: around these another
/// path may go.
pub(super) fn hopeless(task: &Task) -> Vec<ModuleIx> {
    let root = Node { allowed: task.usable(), forced: vec![None; task.pieces.len()] };
    let Some(earliest) = relax(task, &root) else { return Vec::new() };
    let needed = needed_by(task);
    let too_late = |piece: &usize| earliest.ends[*piece] > needed[*piece].unwrap_or(NEVER - 1);
    (0..task.pieces.len()).filter(too_late).map(|piece| task.pieces[piece].module).collect()
}

/// The last day of each piece: its own, or an earlier one of what builds on it.
fn needed_by(task: &Task) -> Vec<Option<Day>> {
    let mut needed: Vec<Option<Day>> = task.pieces.iter().map(|piece| piece.due).collect();
    for piece in (0..task.pieces.len()).rev() {
        let due = needed[piece];
        task.pieces[piece].before.for_each(&mut |below| needed[below] = needed[below].into_iter().chain(due).min());
    }
    needed
}
