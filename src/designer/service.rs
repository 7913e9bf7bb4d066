//! Publishing: judge, number, save, give people the titles that the new version knows, and tell everybody whose path
//! it changes, in one transaction.
//!
//! What costs time is prepared before the transaction: who is to be told what. The transaction makes sure that the
//! version compared with is still the newest, so of two publications at once one wins and the other is told so.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::drafts::store as drafts;
use super::prepare::{New, Prepared, prepare};
use crate::config::Planning;
use crate::curriculum::diff::Change;
use crate::curriculum::judge;
use crate::curriculum::load::Sources;
use crate::engine::Transition;
use crate::engine::transition::TransitionError;
use crate::notices::kinds::{Notice, Version};
use crate::notices::store::enqueue_new;
use crate::occasions::tell::to;
use crate::organisation::service::remap_titles;
use crate::organisation::titles::Titles;
use crate::store::audit::{self, Entry};
use crate::store::{self, Conn, Error, Store, failure};
use crate::versions::store::{self as rows, NewVersion};

/// What is to be published, and what it means for people.
#[derive(Debug, Clone)]
pub struct Publication<'a> {
    pub sources: &'a Sources,
    /// The draft that these are the files of: it ends with being published.
    pub draft: Option<Revision>,
    /// What is new and why, for those who read the list of versions and for those whose path changes.
    pub note: &'a str,
    pub transition: Transition,
    /// The number of the version that whoever publishes has seen the differences to; none publishes after any.
    pub expected: Option<&'a str>,
    /// The person's id; none for the command line.
    pub by: Option<i64>,
    /// What the course days and the cost of it are counted with.
    pub planning: Planning,
}

/// A draft as somebody has seen it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision {
    pub draft: i64,
    pub revision: i64,
}

impl<'a> Publication<'a> {
    /// No draft's, for everyone, without a word, after whatever version there is, by nobody.
    pub fn of(sources: &'a Sources) -> Publication<'a> {
        Publication {
            sources,
            draft: None,
            note: "",
            transition: Transition::default(),
            expected: None,
            by: None,
            planning: Planning::default(),
        }
    }
}

/// What publishing did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Such as 2026.1.
    pub number: String,
    /// False when the same sources were published already: nothing was done.
    pub new: bool,
    /// Beside the version before; empty for the first.
    pub changes: Vec<Change>,
    /// Titles of people that began, ended or moved.
    pub titles_moved: usize,
    /// People who get a mail because their path changes.
    pub told: usize,
}

/// Why a curriculum cannot be published.
#[derive(Debug, thiserror::Error)]
pub enum Unpublishable {
    #[error("the curriculum has errors; `varjedag check` shows them")]
    Unsound,
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Transition(Vec<TransitionError>),
    #[error("the published version is now {0}; compare again")]
    Overtaken(String),
    #[error("the draft has been published or thrown away; look at the list of versions")]
    Gone,
    #[error("the draft has been changed meanwhile; look at it again")]
    Changed,
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Unpublishable);

/// Makes the sources the current version. The same sources again change nothing, unless a transition for single
/// doses or credit comes with them. `progress` is told how many people of how many have been looked at.
///
/// # Errors
/// [`Unpublishable`]; then nothing has been published and nobody is told.
pub fn publish(
    store: &Store,
    publication: &Publication<'_>,
    now: NaiveDateTime,
    progress: &dyn Fn(usize, usize),
) -> Result<Outcome, Unpublishable> {
    let mut tries = 0;
    loop {
        let prepared = match prepare(store, publication, now, progress)? {
            Prepared::Same(number) => {
                return Ok(Outcome { number, new: false, changes: Vec::new(), titles_moved: 0, told: 0 });
            }
            Prepared::New(new) => new,
        };
        tries += 1;
        match commit(store, publication, &prepared, now) {
            // Whoever did not say what to compare with wants to be the newest.
            Err(Unpublishable::Overtaken(_)) if publication.expected.is_none() && tries < TRIES => {}
            done => return done,
        }
    }
}

const TRIES: u32 = 5;

/// Publishes what was prepared, in one transaction with its notices.
///
/// # Errors
/// [`Unpublishable::Overtaken`] when another version has been published since, [`Unpublishable::Gone`] and
/// [`Unpublishable::Changed`] when the draft is not what was prepared; then nothing has happened.
pub fn commit(
    store: &Store,
    publication: &Publication<'_>,
    new: &New,
    now: NaiveDateTime,
) -> Result<Outcome, Unpublishable> {
    store.write(|conn| carry_out(conn, publication, new, now))
}

fn carry_out(
    conn: &mut Conn,
    publication: &Publication<'_>,
    new: &New,
    now: NaiveDateTime,
) -> Result<Outcome, Unpublishable> {
    if rows::newest_id(conn)? != new.newest {
        let number = rows::numbers(conn)?.pop().unwrap_or_default();
        return Err(Unpublishable::Overtaken(number));
    }
    let id = insert(conn, publication, new, now)?;
    if let Some(seen) = publication.draft {
        end(conn, seen, id, now)?;
    }
    let (by, number) = (publication.by, &new.after.number);
    let moved = remap_titles(conn, &new.after.curriculum, new.today, by, now)?;
    let told = new.told_anew(conn, publication, &moved.iter().copied().collect())?;
    let letter = |(id, version): (i64, Version)| {
        let person = new.people.get(&id)?;
        Some(to(person, Notice::Version(version), format!("version:{number}:{id}")))
    };
    let letters: Vec<_> = told.into_iter().filter_map(letter).collect();
    enqueue_new(conn, &letters, now)?;
    let entry = Entry {
        at: now,
        actor_id: by,
        action: "version.published",
        object_kind: "version",
        object_id: Some(id),
        detail: number,
    };
    audit::record(conn, &entry)?;
    let (number, changes) = (number.clone(), new.changes.clone());
    Ok(Outcome { number, new: true, changes, titles_moved: moved.len(), told: letters.len() })
}

fn insert(conn: &mut Conn, publication: &Publication<'_>, new: &New, at: NaiveDateTime) -> Result<i64, Error> {
    let Publication { sources, note, transition, by, .. } = publication;
    let effect = new.effect.as_ref().map(serde_json::to_string).transpose().map_err(rows::unwritable)?;
    let (number, effect) = (&new.after.number, effect.as_deref());
    rows::insert_version(conn, &NewVersion { number, sources, note, transition, effect, at, by: *by })
}

/// The draft has become this version.
fn end(conn: &mut Conn, seen: Revision, version: i64, now: NaiveDateTime) -> Result<(), Unpublishable> {
    let draft = drafts::find(conn, seen.draft)?.ok_or(Unpublishable::Gone)?;
    if draft.revision != seen.revision {
        return Err(Unpublishable::Changed);
    }
    Ok(drafts::end(conn, seen.draft, Some(version), now)?)
}

/// The titles of the current version; none before one is published, or when this program cannot read it.
pub fn current_titles(conn: &mut Conn) -> store::Result<Option<Titles>> {
    let current = rows::current(conn)?;
    Ok(current.and_then(|(_, _, sources)| judge(&sources).curriculum).map(|curriculum| Titles::of(&curriculum)))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::curriculum::load;
    use crate::store::{Settings, migrate};

    #[test]
    fn the_newest_version_is_the_current_one_and_the_same_again_is_none() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&Settings::new(dir.path().join("t.sqlite").to_string_lossy())).unwrap();
        migrate::run(&store).unwrap();
        let now = "2026-12-31T23:30:00".parse().unwrap();
        let mut sources = load::read_dir(Path::new("curricula/varjedag")).unwrap();
        let publish = |sources: &Sources| publish(&store, &Publication::of(sources), now, &|_, _| ()).unwrap();

        let first = publish(&sources);
        // The day in Sweden decides the year.
        assert_eq!((first.number.as_str(), first.new, first.changes.len()), ("2027.1", true, 0));
        assert!(!publish(&sources).new);
        let text = &mut sources.files.iter_mut().find(|f| f.text.contains("day_hours")).unwrap().text;
        text.push_str("\n// The same curriculum in other words.\n");
        let second = publish(&sources);
        assert_eq!((second.number.as_str(), second.new, second.changes.len()), ("2027.2", true, 0));

        let (_, number, current) = store.read(rows::current).unwrap().unwrap();
        assert_eq!((number.as_str(), current), ("2027.2", sources.clone()));
        sources.files[0].text.push(')');
        assert!(matches!(
            super::publish(&store, &Publication::of(&sources), now, &|_, _| ()),
            Err(Unpublishable::Unsound)
        ));
    }
}
