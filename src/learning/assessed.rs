//! The life of a test, an assignment or an observation that a module asks for beside being there. Pure.
//!
//! ```text
//!                  approve, or a result that reaches the mark
//!   open ──hand in──▶ waits ─────────────────────────────────▶ passed
//!    │                 │ ▲
//!    │          return ▼ │ hand in
//!    │               returned
//!    └──a result below the mark──▶ failed ──a result──▶ …
//! ```
//!
//! 1. An assignment is handed in by the person, also once more while it waits. Tests and observations are not handed in.
//! 2. Whoever assesses approves or returns an assignment that was handed in; says of an observation "approved" or "not
//!    yet", which is the same step; and notes results of a test. Nobody assesses themselves.
//! 3. To return needs words. A result is points out of so many (out of 100 when it is per cent).
//! 4. Of several results in a round the best counts ([`best`]): a later worse one changes nothing. A result is judged by
//!    the pass mark that the module had when it was noted, so publishing another passes or fails nobody afterwards.
//! 5. Passed is the end of a round. A new round begins with the next step after the module was attended once more than it
//!    was passed, because a module that is taken again is assessed again.
//! 6. Nothing is removed. A step that was a mistake is taken back by a step of its own, with a reason: by whoever
//!    assesses, or by the person as long as what they handed in has not been answered. What is left decides
//!    ([`standing`]), so an assignment whose approval was taken back waits again.

use chrono::{NaiveDate, NaiveDateTime};

use crate::clock;
use crate::curriculum::model::Assessment;

/// A result of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Points {
    pub points: i32,
    /// At least 1, and at least as many.
    pub of: i32,
    /// What passed the test that day, in percent.
    pub pass_percent: i32,
}

impl Points {
    pub fn passes(self) -> bool {
        i64::from(self.points) * 100 >= i64::from(self.pass_percent) * i64::from(self.of)
    }

    /// In whole percent, rounded down, so that what is shown never reaches a mark that was not reached.
    pub fn percent(self) -> i32 {
        i32::try_from(i64::from(self.points) * 100 / i64::from(self.of.max(1))).unwrap_or(0)
    }

    /// Which of two is better, by their shares.
    fn beats(self, other: Points) -> bool {
        i64::from(self.points) * i64::from(other.of) > i64::from(other.points) * i64::from(self.of)
    }
}

/// What has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    HandedIn,
    Approved,
    /// Not yet: a comment says what is missing.
    Returned,
    Result(Points),
    /// The step with this id was a mistake.
    TakenBack(i64),
}

impl Step {
    /// The name in the database and in the interface for programs.
    pub fn code(self) -> &'static str {
        match self {
            Step::HandedIn => "handed_in",
            Step::Approved => "approved",
            Step::Returned => "returned",
            Step::Result(_) => "result",
            Step::TakenBack(_) => "taken_back",
        }
    }

    fn passes(self) -> bool {
        match self {
            Step::Approved => true,
            Step::Result(points) => points.passes(),
            Step::HandedIn | Step::Returned | Step::TakenBack(_) => false,
        }
    }
}

/// A line of the log. Lines are only added; their ids grow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: i64,
    pub round: i32,
    pub step: Step,
    /// What was handed in, the comment or the reason.
    pub text: String,
    /// A piece of evidence with the files that were handed in.
    pub evidence: Option<i64>,
    pub at: NaiveDateTime,
    /// None = the program itself.
    pub by: Option<i64>,
}

/// How a round stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Nothing has happened yet.
    Open,
    /// Handed in, and not read yet.
    Waits,
    /// Not yet, with a comment.
    Returned,
    /// The best result is below the mark.
    Failed,
    Passed,
}

impl State {
    pub const ALL: [State; 5] = [State::Open, State::Waits, State::Returned, State::Failed, State::Passed];

    /// The name in the database and in the interface for programs.
    pub fn code(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Waits => "waits",
            State::Returned => "returned",
            State::Failed => "failed",
            State::Passed => "passed",
        }
    }

    /// Unknown codes cannot be written by this program; they read as open, which promises nothing.
    pub fn of(code: &str) -> State {
        State::ALL.into_iter().find(|state| state.code() == code).unwrap_or(State::Open)
    }
}

/// The steps that hold: neither taken back nor taking back, the oldest first.
pub fn standing(log: &[Entry]) -> impl Iterator<Item = &Entry> {
    let back = |id: i64| log.iter().any(|entry| entry.step == Step::TakenBack(id));
    log.iter().filter(move |entry| !matches!(entry.step, Step::TakenBack(_)) && !back(entry.id))
}

/// The newest round; 1 before anything has happened.
pub fn round(log: &[Entry]) -> i32 {
    log.iter().map(|entry| entry.round).max().unwrap_or(1)
}

fn in_round(log: &[Entry], round: i32) -> impl Iterator<Item = &Entry> {
    standing(log).filter(move |entry| entry.round == round)
}

/// How the newest round stands.
pub fn state(log: &[Entry]) -> State {
    let round = round(log);
    if in_round(log, round).any(|entry| entry.step.passes()) {
        return State::Passed;
    }
    match in_round(log, round).last().map(|entry| entry.step) {
        None | Some(Step::Approved | Step::TakenBack(_)) => State::Open,
        Some(Step::HandedIn) => State::Waits,
        Some(Step::Returned) => State::Returned,
        Some(Step::Result(_)) => State::Failed,
    }
}

/// The best result of the newest round; of equal ones the first.
pub fn best(log: &[Entry]) -> Option<Points> {
    let results = in_round(log, round(log)).filter_map(|entry| match entry.step {
        Step::Result(points) => Some(points),
        _ => None,
    });
    results.reduce(|best, other| if other.beats(best) { other } else { best })
}

/// The days on which rounds were passed, each round by its first step that passes it.
pub fn approvals(log: &[Entry]) -> Vec<NaiveDate> {
    let passed = |no: i32| in_round(log, no).find(|entry| entry.step.passes()).map(|entry| clock::day_of(entry.at));
    (1..=round(log)).filter_map(passed).collect()
}

/// The days of steps that passed a round and were taken back.
pub fn lost(log: &[Entry]) -> Vec<NaiveDate> {
    let stands = |id: i64| standing(log).any(|entry| entry.id == id);
    let lost = log.iter().filter(|entry| entry.step.passes() && !stands(entry.id));
    lost.map(|entry| clock::day_of(entry.at)).collect()
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    HandIn,
    Approve,
    Return,
    Result { points: i32, of: i32 },
    TakeBack { entry: i64 },
}

/// What whoever acts is to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hand {
    /// It is the person's own.
    pub own: bool,
    pub assesses: bool,
}

/// What a module asks of somebody just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    pub kind: Assessment,
    /// What passes a test, in percent.
    pub pass_percent: i32,
    /// The person has a seat or has been there, or nobody meets.
    pub ready: bool,
    /// It was attended once more than it was passed.
    pub again: bool,
}

/// Why nothing is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    #[error("the module asks for nothing of that kind; see what it is assessed by")]
    NotAsked,
    #[error("this is not for you to do; nobody assesses themselves")]
    NotYours,
    #[error("it comes when the person has a seat at a day of the module")]
    NotReady,
    #[error("nothing waits to be read; wait until it is handed in")]
    NothingThere,
    #[error("it is passed already; take that back with a reason if it was a mistake")]
    Passed,
    #[error("write to the person what is missing")]
    NoComment,
    #[error("write something or choose a file")]
    Nothing,
    #[error("write points from 0, out of at least as many and at least 1")]
    NoPoints,
    #[error("there is no such step that holds; open the page again")]
    NoSuchStep,
    #[error("say why it is taken back")]
    NoReason,
}

/// The highest number of points.
pub const MOST_POINTS: i32 = 10_000;

/// What follows when somebody acts: the step and its round. `words` says whether something is written (to hand in, also
/// whether a file came along).
pub fn decide(asked: Asked, log: &[Entry], hand: Hand, act: Act, words: bool) -> Result<(Step, i32), Refusal> {
    if let Act::TakeBack { entry } = act {
        return take_back(log, hand, entry, words);
    }
    let mine = if act == Act::HandIn { hand.own } else { hand.assesses && !hand.own };
    let state = match state(log) {
        State::Passed if asked.again => State::Open,
        state => state,
    };
    match (act, asked.kind, state) {
        (Act::HandIn | Act::Approve | Act::Return, Assessment::Assignment, _)
        | (Act::Approve | Act::Return, Assessment::Observation, _)
        | (Act::Result { .. }, Assessment::Test, _) => {}
        _ => return Err(Refusal::NotAsked),
    }
    match (act, state) {
        _ if !mine => return Err(Refusal::NotYours),
        _ if !asked.ready => return Err(Refusal::NotReady),
        (Act::HandIn | Act::Approve | Act::Return, State::Passed) => return Err(Refusal::Passed),
        (Act::Approve | Act::Return, State::Open) if asked.kind == Assessment::Assignment => {
            return Err(Refusal::NothingThere);
        }
        // Whoever has read it may still change their mind and approve.
        (Act::Return, State::Returned) if asked.kind == Assessment::Assignment => return Err(Refusal::NothingThere),
        (Act::Return, _) if !words => return Err(Refusal::NoComment),
        (Act::HandIn, _) if !words => return Err(Refusal::Nothing),
        _ => {}
    }
    let new = state == State::Open && self::state(log) == State::Passed;
    Ok((step(asked, act)?, round(log) + i32::from(new)))
}

fn step(asked: Asked, act: Act) -> Result<Step, Refusal> {
    match act {
        Act::HandIn => Ok(Step::HandedIn),
        Act::Approve => Ok(Step::Approved),
        Act::Return => Ok(Step::Returned),
        Act::Result { points, of } if (1..=MOST_POINTS).contains(&of) && (0..=of).contains(&points) => {
            Ok(Step::Result(Points { points, of, pass_percent: asked.pass_percent }))
        }
        Act::Result { .. } => Err(Refusal::NoPoints),
        Act::TakeBack { entry } => Ok(Step::TakenBack(entry)),
    }
}

fn take_back(log: &[Entry], hand: Hand, id: i64, words: bool) -> Result<(Step, i32), Refusal> {
    let entry = standing(log).find(|entry| entry.id == id).ok_or(Refusal::NoSuchStep)?;
    let handed_in = entry.step == Step::HandedIn;
    match (hand.own, handed_in) {
        // What somebody has answered is not withdrawn.
        (true, true) if in_round(log, entry.round).any(|later| later.id > id && later.step != Step::HandedIn) => {
            Err(Refusal::NoSuchStep)
        }
        (true, true) => Ok((Step::TakenBack(id), entry.round)),
        (false, false) if hand.assesses && words => Ok((Step::TakenBack(id), entry.round)),
        (false, false) if hand.assesses => Err(Refusal::NoReason),
        _ => Err(Refusal::NotYours),
    }
}

#[cfg(test)]
#[path = "assessed_tests.rs"]
mod tests;
