//! Beginning an attempt to publish a draft, carrying it out, and asking how it goes.

use std::cell::Cell;
use std::sync::Arc;

use chrono::{NaiveDateTime, TimeDelta};

use super::{State, store as rows};
use crate::config::Planning;
use crate::designer::drafts::desk::Open;
use crate::designer::drafts::store as drafts;
use crate::designer::prepare::{Prepared, prepare};
use crate::designer::service::{Publication, Revision, Unpublishable, commit};
use crate::engine::Transition;
use crate::store::{Conn, Error, Store};
use crate::versions::published::Shelf;

/// Everything that an attempt needs; it outlives the request that began it.
pub struct Job {
    /// The attempt's id.
    pub attempt: i64,
    pub open: Arc<Open>,
    pub note: String,
    pub transition: Transition,
    /// The number of the version that the draft was compared with.
    pub expected: String,
    pub by: i64,
    pub planning: Planning,
}

/// An attempt that has said nothing for so long is over. Looking at a piece of the people takes well under a second; the
/// transaction at the end, in which it says nothing, takes seconds for tens of thousands. Were this one still alive, at
/// most one of two can end the draft.
const SILENCE: TimeDelta = TimeDelta::seconds(20);
/// Between two notes of how far it has come.
const PACE: TimeDelta = TimeDelta::milliseconds(300);

/// Notes that somebody begins to publish the draft; none when that is going on already.
///
/// # Errors
/// When the database cannot be written.
pub fn begin(store: &Store, seen: Revision, form: &str, now: NaiveDateTime) -> Result<Option<i64>, Error> {
    store.write(|conn| match state(conn, seen.draft, now)? {
        State::Running(_) => Ok(None),
        _ => Ok(Some(rows::insert(conn, seen, form, now)?)),
    })
}

/// Publishes, or notes why not. It takes its time, and so asks again and again what time it is.
///
/// # Errors
/// When the database cannot be read or written; then nothing is published.
pub fn run(store: &Store, shelf: &Shelf, job: &Job, now: fn() -> NaiveDateTime) -> Result<(), Error> {
    let outcome = publish(store, job, now);
    shelf.forget();
    let Err(why) = outcome else { return Ok(()) };
    store.write(|conn| rows::fail(conn, job.attempt, code(&why)))?;
    match why {
        Failed::Not(Unpublishable::Store(error)) => Err(error),
        _ => Ok(()),
    }
}

enum Failed {
    /// It says what the published version says.
    Same,
    Not(Unpublishable),
}

impl From<Unpublishable> for Failed {
    fn from(why: Unpublishable) -> Failed {
        Failed::Not(why)
    }
}

fn publish(store: &Store, job: &Job, now: fn() -> NaiveDateTime) -> Result<(), Failed> {
    let publication = Publication {
        draft: Some(Revision { draft: job.open.draft, revision: job.open.revision }),
        note: &job.note,
        transition: job.transition.clone(),
        expected: Some(&job.expected),
        by: Some(job.by),
        planning: job.planning,
        ..Publication::of(&job.open.sheet.sources)
    };
    let (begun, told) = (now(), Cell::new(None));
    let progress = |done: usize, all: usize| {
        let now = now();
        if told.get().is_none_or(|told| now - told >= PACE) {
            told.set(Some(now));
            note(store, |conn| rows::came(conn, job.attempt, (done as i64, all as i64), now));
        }
    };
    let Prepared::New(new) = prepare(store, &publication, begun, &progress)? else { return Err(Failed::Same) };
    note(store, |conn| rows::writes(conn, job.attempt, new.told.len() as i64, now()));
    commit(store, &publication, &new, begun)?;
    Ok(())
}

/// How far an attempt has come is worth telling, and no reason to end it.
fn note(store: &Store, write: impl Fn(&mut Conn) -> Result<(), Error>) {
    if let Err(error) = store.write(write) {
        tracing::warn!(%error, "how far publishing has come could not be noted");
    }
}

/// Why an attempt failed, as its row has it.
fn code(why: &Failed) -> &'static str {
    match why {
        Failed::Same => "same",
        Failed::Not(Unpublishable::Unsound) => "unsound",
        Failed::Not(Unpublishable::Transition(_)) => "transition",
        Failed::Not(Unpublishable::Overtaken(_)) => "overtaken",
        Failed::Not(Unpublishable::Gone) => "gone",
        Failed::Not(Unpublishable::Changed) => "changed",
        Failed::Not(Unpublishable::Store(_)) => "store",
    }
}

/// How publishing a draft goes, at `now`.
///
/// # Errors
/// When the database cannot be read.
pub fn state(conn: &mut Conn, draft: i64, now: NaiveDateTime) -> Result<State, Error> {
    if let Some(number) = rows::published_as(conn, draft)?.flatten() {
        return Ok(State::Published(number));
    }
    if drafts::find(conn, draft)?.is_none() {
        return Ok(State::Gone);
    }
    Ok(match rows::last(conn, draft)? {
        None => State::Untried,
        Some(attempt) if attempt.failed.is_some() => State::Failed(attempt),
        Some(attempt) if now - attempt.heard_at > SILENCE => State::CutOff(attempt),
        Some(attempt) => State::Running(attempt),
    })
}
