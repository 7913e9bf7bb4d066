//! Why nobody is marked, and what became of a mark, in words.

use super::import::{MOST, Slip, Unreadable};
use super::mark::{Other, Outcome, State};
use super::service::Refusal;
use crate::clock;
use crate::curriculum::model::Language;
use crate::organisation::import::read::ReadError;
use crate::web::Problem;
use crate::words;
use chrono::NaiveDateTime;

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Store(error) => error.into(),
            Refusal::NoSuchOccasion | Refusal::NoSuchPerson | Refusal::NoSuchPart => Problem::NotFound,
            Refusal::Cancelled => Problem::Conflict("courses-called-off"),
            Refusal::NotYet(_) => Problem::Conflict("attendance-not-yet"),
            Refusal::Oneself => Problem::Conflict("attendance-oneself"),
        }
    }
}

/// The key of what a state is called.
pub(crate) fn state(state: State) -> &'static str {
    match state {
        State::Present => "attendance-mark-here",
        State::Absent => "attendance-mark-away",
        State::Unmarked => "attendance-mark-none",
    }
}

/// What is wrong with a row of a list.
pub(crate) fn slip(slip: &Slip, language: Language) -> String {
    let text = |key: &str, args: &[(&str, words::Value<'_>)]| words::text(language, key, args);
    match slip {
        Slip::Nobody => text("attendance-slip-nobody", &[]),
        Slip::Unknown(who) => text("attendance-slip-unknown", &[("who", who.as_str().into())]),
        Slip::TwoPeople => text("attendance-slip-two", &[]),
        Slip::NoState(written) => text("attendance-slip-state", &[("written", written.as_str().into())]),
        Slip::NoPart(written) => text("attendance-slip-part", &[("written", written.as_str().into())]),
        Slip::NoSuchPart(no) => text("attendance-slip-no-such-part", &[("no", (*no).into())]),
        Slip::ToCome(no) => text("attendance-slip-to-come", &[("no", (*no).into())]),
        Slip::NoSeat(who) => text("attendance-slip-no-seat", &[("who", who.as_str().into())]),
        Slip::Oneself => text("attendance-slip-oneself", &[]),
        Slip::Otherwise(line) => text("attendance-slip-otherwise", &[("line", line.to_string().into())]),
    }
}

/// Why a list cannot be read.
pub(super) fn unreadable(why: &Unreadable, language: Language) -> String {
    let text = |key: &str, args: &[(&str, words::Value<'_>)]| words::text(language, key, args);
    match why {
        Unreadable::Text(ReadError::ColumnMissing(..)) => text("attendance-list-no-column", &[]),
        Unreadable::Text(ReadError::ColumnTwice(_, one, other)) => {
            text("attendance-list-twice", &[("one", one.as_str().into()), ("other", other.as_str().into())])
        }
        Unreadable::Text(ReadError::Empty) | Unreadable::Empty => text("attendance-list-empty", &[]),
        Unreadable::TooMany => text("attendance-list-too-many", &[("most", MOST.into())]),
        Unreadable::Text(_) | Unreadable::Sheet(_) => text("attendance-list-unreadable", &[]),
    }
}

/// What the trainer must know of a mark: none when it counts and nobody else had said something different. `who` is
/// the person, `by` the name of whoever made the other mark.
pub(super) fn told(outcome: &Outcome, who: &str, by: &str, language: Language, now: NaiveDateTime) -> Option<String> {
    let about = |key: &str, other: &Other| {
        let at = words::at(language, other.at, clock::day_of(now));
        let said = words::text(language, state(other.state), &[]);
        words::text(language, key, &[("who", who.into()), ("by", by.into()), ("at", at.into()), ("state", said.into())])
    };
    match outcome {
        Outcome::Overtaken(other) => Some(about("attendance-overtaken", other)),
        Outcome::Replaces(other) => Some(about("attendance-replaces", other)),
        Outcome::Oneself => Some(words::text(language, "attendance-oneself", &[])),
        Outcome::Counts | Outcome::Again | Outcome::Same | Outcome::Decided(_) => None,
    }
}
