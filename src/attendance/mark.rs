//! Marks of one person at one part, and which of them counts. Pure.
//!
//! The rules:
//! 1. The mark that was made last counts, by the time of whoever made it, not by when it arrived: a telephone may have
//!    been without a network in between. Of two made at the same instant the one that arrived later counts.
//! 2. The same mark sent twice is there once.
//! 3. The code on the wall never changes what a trainer has marked.
//! 4. Nobody marks themselves, but by the code on the wall.

use chrono::NaiveDateTime;

/// What is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    Present,
    Absent,
    /// An earlier mark is taken back.
    Unmarked,
}

impl State {
    /// The name in the database and in forms.
    pub fn code(self) -> &'static str {
        match self {
            State::Present => "present",
            State::Absent => "absent",
            State::Unmarked => "none",
        }
    }

    /// None for another word.
    pub fn of(code: &str) -> Option<State> {
        [State::Present, State::Absent, State::Unmarked].into_iter().find(|state| state.code() == code)
    }

    /// Whether the person was there; none = not marked.
    pub fn there(self) -> Option<bool> {
        match self {
            State::Present => Some(true),
            State::Absent => Some(false),
            State::Unmarked => None,
        }
    }

    pub fn from_there(there: Option<bool>) -> State {
        match there {
            Some(true) => State::Present,
            Some(false) => State::Absent,
            None => State::Unmarked,
        }
    }
}

/// By which way a mark came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// A form without the script, or a correction.
    Hand,
    /// A tap, which may have waited for the network.
    Phone,
    /// The code on the wall.
    Door,
    Import,
    /// The interface for programs.
    Program,
}

impl Source {
    pub fn code(self) -> &'static str {
        match self {
            Source::Hand => "hand",
            Source::Phone => "phone",
            Source::Door => "door",
            Source::Import => "import",
            Source::Program => "program",
        }
    }

    /// Unknown codes cannot be written by this program; they read as by hand.
    pub fn of(code: &str) -> Source {
        let all = [Source::Phone, Source::Door, Source::Import, Source::Program];
        all.into_iter().find(|source| source.code() == code).unwrap_or(Source::Hand)
    }
}

/// A mark as it lies in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub id: i64,
    pub key: String,
    pub person: i64,
    /// The part's id.
    pub part: i64,
    pub state: State,
    pub source: Source,
    pub reason: String,
    /// By the clock of whoever made it.
    pub marked_at: NaiveDateTime,
    pub recorded_at: NaiveDateTime,
    /// None = the program itself.
    pub by: Option<i64>,
}

/// A mark that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMark {
    pub key: String,
    pub person: i64,
    pub part: i64,
    pub state: State,
    pub source: Source,
    pub reason: String,
    pub marked_at: NaiveDateTime,
    pub by: Option<i64>,
}

/// What becomes of a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It counts.
    Counts,
    /// It counts, over another's that said something else.
    Replaces(Other),
    /// It was there already.
    Again,
    /// It says what counts already.
    Same,
    /// Another has marked something else since: that counts, and this is kept as history.
    Overtaken(Other),
    /// A trainer has marked something else, which the code on the wall does not change.
    Decided(Other),
    /// One does not mark oneself.
    Oneself,
}

/// Somebody else's mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Other {
    pub by: Option<i64>,
    pub state: State,
    pub at: NaiveDateTime,
}

impl Outcome {
    /// Whether the mark is to be written down.
    pub fn is_kept(&self) -> bool {
        matches!(self, Outcome::Counts | Outcome::Replaces(_) | Outcome::Overtaken(_))
    }

    /// Whether what counts has changed.
    pub fn changes(&self) -> bool {
        matches!(self, Outcome::Counts | Outcome::Replaces(_))
    }
}

/// The mark that counts, of one person's at one part.
pub fn counting<'a>(marks: impl IntoIterator<Item = &'a Mark>) -> Option<&'a Mark> {
    marks.into_iter().max_by_key(|mark| (mark.marked_at, mark.id))
}

/// What counts; not marked when nothing was.
pub fn state<'a>(marks: impl IntoIterator<Item = &'a Mark>) -> State {
    counting(marks).map_or(State::Unmarked, |mark| mark.state)
}

/// What becomes of `new` beside the marks of the same person at the same part.
pub fn judge(marks: &[Mark], new: &NewMark) -> Outcome {
    let by_hand = new.source != Source::Door;
    if by_hand && new.by == Some(new.person) {
        return Outcome::Oneself;
    }
    if marks.iter().any(|mark| mark.key == new.key) {
        return Outcome::Again;
    }
    let Some(last) = counting(marks) else {
        // Taken back on one telephone: an older mark may still be on its way from another.
        let says_nothing = new.state == State::Unmarked && new.source != Source::Phone;
        return if says_nothing { Outcome::Same } else { Outcome::Counts };
    };
    let other = Other { by: last.by, state: last.state, at: last.marked_at };
    let differs = last.state != new.state;
    match () {
        () if !by_hand && !differs => Outcome::Same,
        () if !by_hand && last.source != Source::Door && last.state != State::Unmarked => Outcome::Decided(other),
        () if last.marked_at > new.marked_at && differs => Outcome::Overtaken(other),
        // A tap is kept also when it changes nothing: an older one may still be on its way from another telephone.
        () if !differs && new.source != Source::Phone => Outcome::Same,
        () if last.marked_at > new.marked_at => Outcome::Same,
        () if differs && last.by != new.by && last.state != State::Unmarked => Outcome::Replaces(other),
        () => Outcome::Counts,
    }
}

#[cfg(test)]
#[path = "mark_tests.rs"]
mod tests;
