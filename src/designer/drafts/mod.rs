//! Drafts of the next version: named, several at once, every change saved and logged at once.
//!
//! A draft is the files of a curriculum, as they are after each change, and the log of those changes. It may be unsound
//! for a while; problems are told beside it and keep it only from being published. [`desk`] keeps open drafts parsed.

mod answer;
pub mod cells;
pub mod desk;
mod entries;
pub(super) mod expression;
pub(super) mod forms;
mod history;
mod label;
pub mod pages;
pub(super) mod problems;
mod rebase;
mod rules;
pub mod service;
pub mod store;
#[cfg(test)]
mod tests;
mod view;

use chrono::NaiveDateTime;

/// A draft without its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: i64,
    pub name: String,
    /// The published version that it began from, or was last taken over to.
    pub base: i64,
    /// That version's number, such as 2026.1.
    pub base_number: String,
    /// Counts the changes.
    pub revision: i64,
    pub created_at: NaiveDateTime,
    pub changed_at: NaiveDateTime,
    /// The name of whoever changed it last.
    pub changed_by: Option<String>,
}

/// What kind of change a line of the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Change,
    /// Takes back the change of this revision.
    Undo(i64),
    /// Makes the change of this revision again.
    Redo(i64),
    /// All changes so far, made anew on a newer version. What lies before cannot be taken back any more.
    Rebase,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Kind::Change => "change",
            Kind::Undo(_) => "undo",
            Kind::Redo(_) => "redo",
            Kind::Rebase => "rebase",
        }
    }

    fn of(code: &str, revision: Option<i64>) -> Kind {
        match (code, revision) {
            ("undo", Some(revision)) => Kind::Undo(revision),
            ("redo", Some(revision)) => Kind::Redo(revision),
            ("rebase", _) => Kind::Rebase,
            _ => Kind::Change,
        }
    }

    /// The revision that is taken back or made again.
    fn revision(self) -> Option<i64> {
        match self {
            Kind::Undo(revision) | Kind::Redo(revision) => Some(revision),
            Kind::Change | Kind::Rebase => None,
        }
    }
}
