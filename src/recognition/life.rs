//! The life of a request to have a module recognised. Pure: what somebody does to it, and what it becomes.
//!
//! ```text
//!            ask              accept
//!   draft ─────────▶ asked ───────────▶ accepted
//!     │               │ ▲  └──decline──▶ declined
//!     │        return ▼ │ ask
//!     │             returned
//!     └──────withdraw──┴───(and asked)──▶ withdrawn
//! ```
//!
//! 1. Whoever writes a request saves, asks and withdraws it; whoever decides returns, declines and accepts it. Nobody
//!    does both to the same request.
//! 2. What is asked cannot be changed: it is returned first, or withdrawn.
//! 3. A request says why, and since which day; that day has come.
//! 4. To return and to decline needs words. To accept says from which day it counts, and that day has come.
//! 5. Accepted, declined and withdrawn are the end. Whoever was declined may write a new request.

use chrono::NaiveDate;

/// How far a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    Draft,
    Asked,
    Returned,
    Accepted,
    Declined,
    Withdrawn,
}

impl State {
    pub const ALL: [State; 6] =
        [State::Draft, State::Asked, State::Returned, State::Accepted, State::Declined, State::Withdrawn];

    /// The name in the database and in the interface for programs.
    pub fn code(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Asked => "asked",
            State::Returned => "returned",
            State::Accepted => "accepted",
            State::Declined => "declined",
            State::Withdrawn => "withdrawn",
        }
    }

    /// Unknown codes cannot be written by this program; they read as withdrawn, which promises nothing.
    pub fn of(code: &str) -> State {
        State::ALL.into_iter().find(|state| state.code() == code).unwrap_or(State::Withdrawn)
    }

    /// Whether something can still become of it.
    pub fn is_open(self) -> bool {
        matches!(self, State::Draft | State::Asked | State::Returned)
    }

    /// Whether whoever writes it can change it.
    pub fn is_written(self) -> bool {
        matches!(self, State::Draft | State::Returned)
    }
}

/// What a request says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Since when the person has what the module teaches.
    pub day: NaiveDate,
    /// Another course that taught it; empty when it was learnt otherwise.
    pub course: String,
    pub motivation: String,
}

/// What is done to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Save(Wording),
    /// Says this and asks for a decision.
    Ask(Wording),
    Withdraw,
    Return {
        comment: String,
    },
    Decline {
        reason: String,
    },
    Accept {
        /// From when it counts.
        day: NaiveDate,
        comment: String,
    },
}

/// What whoever acts is to the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hand {
    /// The person it is about, or a manager who asked for them.
    pub writes: bool,
    pub decides: bool,
}

/// Why nothing becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    #[error("this is not for you to do with this request")]
    NotYours,
    #[error("the request is not a draft any more; withdraw it, or wait until it is returned")]
    NotWritten,
    #[error("the request does not wait for a decision; somebody was here before, open it again")]
    NotWaiting,
    #[error("the request has ended; write a new one")]
    Ended,
    #[error("write why the module should be recognised")]
    NoMotivation,
    #[error("write to the one who asks what is missing, or why not")]
    NoComment,
    #[error("the day is still to come; choose one that has been")]
    ToCome,
}

/// What a request in `state` becomes when somebody acts. None = it does not exist yet.
pub fn next(state: Option<State>, hand: Hand, act: &Act, today: NaiveDate) -> Result<State, Refusal> {
    let mine = match act {
        Act::Save(_) | Act::Ask(_) | Act::Withdraw => hand.writes,
        Act::Return { .. } | Act::Decline { .. } | Act::Accept { .. } => hand.decides && !hand.writes,
    };
    if !mine {
        return Err(Refusal::NotYours);
    }
    match act {
        Act::Save(_) => written(state).map(|()| state.unwrap_or(State::Draft)),
        Act::Ask(wording) => {
            written(state)?;
            has_words(&wording.motivation, Refusal::NoMotivation)?;
            has_been(wording.day, today)?;
            Ok(State::Asked)
        }
        Act::Withdraw if state.is_some_and(State::is_open) => Ok(State::Withdrawn),
        Act::Withdraw => Err(Refusal::Ended),
        _ if state != Some(State::Asked) => Err(Refusal::NotWaiting),
        Act::Return { comment } => has_words(comment, Refusal::NoComment).map(|()| State::Returned),
        Act::Decline { reason } => has_words(reason, Refusal::NoComment).map(|()| State::Declined),
        Act::Accept { day, .. } => has_been(*day, today).map(|()| State::Accepted),
    }
}

fn written(state: Option<State>) -> Result<(), Refusal> {
    match state {
        None => Ok(()),
        Some(state) if state.is_written() => Ok(()),
        Some(State::Asked) => Err(Refusal::NotWritten),
        Some(_) => Err(Refusal::Ended),
    }
}

fn has_words(text: &str, refusal: Refusal) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(refusal) } else { Ok(()) }
}

fn has_been(day: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    if day <= today { Ok(()) } else { Err(Refusal::ToCome) }
}

#[cfg(test)]
#[path = "life_tests.rs"]
mod tests;
