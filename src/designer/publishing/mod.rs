//! Publishing a draft from its page: an attempt runs beside the requests, says how far it has come, and ends in a
//! version or in a reason why not.
//!
//! An attempt is a row, so that every instance can tell how it goes, and so that one that was cut off is seen to be: the
//! version, the end of the draft and the letters are one transaction, which either has happened or has not.

pub mod pages;
pub mod service;
pub mod store;

use chrono::NaiveDateTime;

/// An attempt to publish a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub id: i64,
    /// The form as it was sent, to be filled in again when the attempt fails.
    pub form: String,
    /// When it last told how far it had come.
    pub heard_at: NaiveDateTime,
    /// People who have been looked at, of how many.
    pub people: (i64, i64),
    /// How many letters are written, once everybody has been looked at.
    pub letters: Option<i64>,
    /// Why it failed, in one word.
    pub failed: Option<String>,
}

/// How publishing a draft goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// There is no such draft, or it was thrown away.
    Gone,
    /// Nobody has tried.
    Untried,
    Running(Attempt),
    /// It failed, and nothing has been published.
    Failed(Attempt),
    /// It was cut off, and nothing has been published.
    CutOff(Attempt),
    /// As this version.
    Published(String),
}
