//! Everything that changes an assessment: load, decide by `learning::assessed`, write, let the record follow, tell those
//! whom it concerns, in one transaction. Two who act at once come one after the other.

use chrono::NaiveDateTime;

use super::tell;
use crate::accounts::policy::Actor;
use crate::attendance::case::{self, Case};
use crate::attendance::settle;
use crate::learning::assessed::{self as life, Act, Hand, State, Step};
use crate::learning::store::assessed::{self as rows, New};
use crate::organisation::{Person, store as people};
use crate::recognition::evidence::{self, Sent};
use crate::recognition::service::{By, assesses};
use crate::recognition::store::evidence::Wording;
use crate::store::audit::{self, Entry};
use crate::store::{Conn, Error, failure};
use crate::versions::published::Published;
use crate::words;

/// The most letters of a comment or a reason.
pub const MOST_WORDS: usize = 4_000;

/// Why nothing is done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is nothing to assess there, or not for you")]
    NotFound,
    #[error("the text is too long; at most {0} letters")]
    TooLong(usize),
    #[error(transparent)]
    Life(#[from] life::Refusal),
    #[error(transparent)]
    Evidence(#[from] evidence::Refusal),
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal, Evidence);

/// A case as somebody sees it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub person: Person,
    pub case: Case,
    pub hand: Hand,
}

/// A case for whoever may see it: the person, and those who assess it.
pub fn seen(
    conn: &mut Conn,
    published: &Published,
    (person, module): (i64, &str),
    by: By,
) -> Result<Option<Seen>, Error> {
    let Some(person) = people::person(conn, person)? else { return Ok(None) };
    let Some(case) = case::case(conn, published, person.id, module, by.now)? else { return Ok(None) };
    let hand = Hand { own: person.id == by.actor.id, assesses: assesses(conn, published, &person, module, &case, by)? };
    // Where nothing is to be assessed yet, there is nothing to see of another's.
    let there = case.asked.ready || !case.log.is_empty();
    Ok((hand.own || hand.assesses && there).then_some(Seen { person, case, hand }))
}

/// Does something that needs no files: approves, returns, notes a result, or takes a step back. How it stands after it.
pub fn act(
    conn: &mut Conn,
    published: &Published,
    whose: (i64, &str),
    act: Act,
    words: &str,
    by: By,
) -> Result<State, Refusal> {
    let text = words::clean_text(words);
    if text.chars().count() > MOST_WORDS {
        return Err(Refusal::TooLong(MOST_WORDS));
    }
    let seen = seen(conn, published, whose, by)?.ok_or(Refusal::NotFound)?;
    let (step, round) = life::decide(seen.case.asked, &seen.case.log, seen.hand, act, !text.is_empty())?;
    write(
        conn,
        published,
        whose.1,
        &seen,
        New { round, step, text: &text, evidence: None, at: by.now, by: Some(by.actor.id) },
    )
}

/// Hands in an assignment: text, a link and files, kept as a piece of evidence.
pub fn hand_in(
    conn: &mut Conn,
    published: &Published,
    module: &str,
    wording: &Wording,
    sent: &[Sent],
    by: By,
) -> Result<State, Refusal> {
    let whose = (by.actor.id, module);
    let seen = seen(conn, published, whose, by)?.ok_or(Refusal::NotFound)?;
    let words = !wording.text.is_empty() || !wording.link.is_empty() || !sent.is_empty();
    let (step, round) = life::decide(seen.case.asked, &seen.case.log, seen.hand, Act::HandIn, words)?;
    let piece = evidence::add_within(conn, published, whose, wording, sent, by)?;
    let new = New { round, step, text: "", evidence: Some(piece), at: by.now, by: Some(by.actor.id) };
    write(conn, published, module, &seen, new)
}

/// Writes the step down and lets everything follow.
fn write(conn: &mut Conn, published: &Published, module: &str, seen: &Seen, new: New) -> Result<State, Refusal> {
    let person = seen.person.id;
    let assessment = rows::hold(conn, person, module, new.at)?;
    let id = rows::add(conn, assessment, new)?;
    let achieved = settle::settle(conn, published, module, person, new.by, new.at)?;
    let after = case::case(conn, published, person, module, new.at)?.map_or(State::Open, |case| case.state);
    let news = tell::News { assessment, step: id, achieved, after };
    tell::told(conn, published, module, seen, &new, news)?;
    noted(conn, assessment, new.step, person, new.by, new.at)?;
    Ok(after)
}

/// Into the log of who did what: ids only.
fn noted(
    conn: &mut Conn,
    assessment: i64,
    step: Step,
    person: i64,
    actor_id: Option<i64>,
    at: NaiveDateTime,
) -> Result<(), Error> {
    let action = match step {
        Step::HandedIn => "assessment.handed_in",
        Step::Approved => "assessment.approved",
        Step::Returned => "assessment.returned",
        Step::Result(_) => "assessment.result",
        Step::TakenBack(_) => "assessment.taken_back",
    };
    let detail = format!("person {person}");
    audit::record(
        conn,
        &Entry { at, actor_id, action, object_kind: "assessment", object_id: Some(assessment), detail: &detail },
    )
}

/// Everybody's assessment that is somebody's own, or waits to be read by them, the own first.
pub fn around(conn: &mut Conn, actor: &Actor) -> Result<Vec<rows::Standing>, Error> {
    rows::around(conn, actor.id, actor.hats.developer, MOST_AROUND)
}

/// How many are looked through for what waits.
const MOST_AROUND: i64 = 300;
