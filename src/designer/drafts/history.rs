//! What can be taken back and made again, by whom: derived from the log, so that two people never take back each
//! other's changes.

use super::Kind;

/// One line of the log, as far as taking back is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub revision: i64,
    pub kind: Kind,
    pub by: Option<i64>,
}

/// Revisions of one person's changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// To take back, the last first in line.
    pub done: Vec<i64>,
    /// To make again, the last first in line.
    pub undone: Vec<i64>,
}

impl History {
    /// From the whole log, oldest first.
    pub fn of(log: &[Step], by: i64) -> History {
        let mut history = History::default();
        for step in log {
            match step.kind {
                Kind::Rebase => history = History::default(),
                _ if step.by != Some(by) => {}
                Kind::Change => {
                    history.done.push(step.revision);
                    history.undone.clear();
                }
                Kind::Undo(of) => {
                    history.done.retain(|revision| *revision != of);
                    history.undone.push(of);
                }
                Kind::Redo(of) => {
                    history.undone.retain(|revision| *revision != of);
                    history.done.push(of);
                }
            }
        }
        history
    }
}

/// Revisions whose changes still hold, whoever made them, oldest first; none from before the last rebase but the
/// rebase itself.
pub fn standing(log: &[Step]) -> Vec<i64> {
    let mut standing: Vec<i64> = Vec::new();
    for step in log {
        match step.kind {
            Kind::Rebase => standing = vec![step.revision],
            Kind::Change => standing.push(step.revision),
            Kind::Undo(of) => standing.retain(|revision| *revision != of),
            Kind::Redo(of) => standing.push(of),
        }
    }
    standing.sort_unstable();
    standing
}
