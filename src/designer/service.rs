//! Publishing: judge, number, save, give people the titles that the new version knows, and tell everybody whose path
//! it changes, in one transaction.
//!
//! What costs time is prepared before the transaction: who is to be told what. The transaction makes sure that the
//! version compared with is still the newest, so of two publications at once one wins and the other is told so.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::consequences::region::snapshot;
use super::letters;
use crate::clock;
use crate::curriculum::diff::{self, Change};
use crate::curriculum::load::Sources;
use crate::curriculum::model::Curriculum;
use crate::curriculum::{has_errors, judge};
use crate::engine::impact::{Base, Courses, Impact, day_quarters, impact};
use crate::engine::model::Facts;
use crate::engine::transition::TransitionError;
use crate::engine::{Compiled, Transition};
use crate::learning::service::to;
use crate::learning::store::facts_of;
use crate::notices::kinds::{Notice, Version};
use crate::notices::store::enqueue_new;
use crate::organisation::service::remap_titles;
use crate::organisation::titles::Titles;
use crate::organisation::{Person, store as people};
use crate::store::audit::{self, Entry};
use crate::store::{self, Conn, Error, Store, failure};
use crate::versions::history::Past;
use crate::versions::published::Published;
use crate::versions::store::{self as rows, NewVersion, Stored};

/// What is to be published, and what it means for people.
#[derive(Debug, Clone)]
pub struct Publication<'a> {
    pub sources: &'a Sources,
    /// What is new and why, for those who read the list of versions and for those whose path changes.
    pub note: &'a str,
    pub transition: Transition,
    /// The number of the version that whoever publishes has seen the differences to; none publishes after any.
    pub expected: Option<&'a str>,
    /// The person's id; none for the command line.
    pub by: Option<i64>,
}

impl<'a> Publication<'a> {
    /// For everyone, without a word, after whatever version there is, by nobody.
    pub fn of(sources: &'a Sources) -> Publication<'a> {
        Publication { sources, note: "", transition: Transition::default(), expected: None, by: None }
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
/// [`Unpublishable::Overtaken`] when another version has been published since; then nothing has happened.
pub fn commit(
    store: &Store,
    publication: &Publication<'_>,
    new: &New,
    now: NaiveDateTime,
) -> Result<Outcome, Unpublishable> {
    store.write(|conn| carry_out(conn, publication, new, now))
}

/// What a publication would do to everybody; none when there is nothing to compare with. Course days are not counted.
///
/// # Errors
/// When the database cannot be read.
pub fn impact_of(store: &Store, new: &New) -> Result<Option<Impact>, Error> {
    let Some(before) = &new.before else { return Ok(None) };
    Ok(Some(impact_between(store, before, &new.after.compiled, new.today)?))
}

/// What `after` does to everybody who stands under `before`. Course days are not counted.
///
/// # Errors
/// When the database cannot be read.
pub fn impact_between(store: &Store, before: &Published, after: &Compiled, today: NaiveDate) -> Result<Impact, Error> {
    let snapshot = store.read(|conn| snapshot(conn, today))?;
    let day = day_quarters(before.curriculum.about.day_hours);
    let base = Base::new(&snapshot, before.compiled.clone(), today, day);
    Ok(impact(&snapshot, &base, after, &Courses::default()))
}

/// A publication before it is carried out.
pub enum Prepared {
    /// The number of the version that has the same sources.
    Same(String),
    New(Box<New>),
}

/// A version that could be published at once.
pub struct New {
    /// None for the first.
    pub before: Option<Published>,
    pub after: Published,
    pub changes: Vec<Change>,
    /// What each person whose path changes is told, by the person's id.
    pub told: BTreeMap<i64, Version>,
    people: HashMap<i64, Person>,
    facts: HashMap<i64, Facts>,
    today: NaiveDate,
    newest: Option<i64>,
}

/// Finds out all that publishing would do, and does nothing.
///
/// # Errors
/// As [`publish`].
pub fn prepare(
    store: &Store,
    publication: &Publication<'_>,
    now: NaiveDateTime,
    progress: &dyn Fn(usize, usize),
) -> Result<Prepared, Unpublishable> {
    let curriculum = sound(publication.sources)?;
    let mut stored = store.read(rows::all_stored)?;
    if let Some(number) = same(&stored, publication) {
        return Ok(Prepared::Same(number));
    }
    in_time(stored.last().map(|newest| newest.told.number.as_str()), publication)?;
    let today = clock::day_of(now);
    let numbers: Vec<String> = stored.iter().map(|version| version.told.number.clone()).collect();
    let newest = stored.last().map(|version| version.told.id);
    let past: Vec<Past> = stored.drain(..).filter_map(|version| Past::of(&version)).collect();
    // A version that an older program published and this one no longer understands has nothing to compare with.
    let before = past.split_last().and_then(|(last, earlier)| {
        Published::with_history(newest?, earlier.to_vec(), last.clone())
            .ok()
            .filter(|b| numbers.last() == Some(&b.number))
    });
    let old = before.as_ref().map(|before| &before.curriculum);
    let wrong = publication.transition.check(old, &curriculum);
    if !wrong.is_empty() {
        return Err(Unpublishable::Transition(wrong));
    }
    let changes = old.map(|old| diff::between(old, &curriculum)).unwrap_or_default();
    let number = next_number(today.year(), &numbers);
    let next = Past { number, published: today, transition: publication.transition.clone(), curriculum };
    let after = Published::with_history(0, past, next)?;
    let mut new = New {
        before,
        after,
        changes,
        told: BTreeMap::new(),
        people: HashMap::new(),
        facts: HashMap::new(),
        today,
        newest,
    };
    if new.before.is_some() {
        tell_everybody(store, &mut new, publication, progress)?;
    }
    Ok(Prepared::New(Box::new(new)))
}

fn sound(sources: &Sources) -> Result<Curriculum, Unpublishable> {
    let judged = judge(sources);
    judged.curriculum.filter(|_| !has_errors(&judged.problems)).ok_or(Unpublishable::Unsound)
}

fn same(stored: &[Stored], publication: &Publication<'_>) -> Option<String> {
    let newest = stored.last()?;
    let plain = publication.transition.doses.is_empty() && publication.transition.credit.is_empty();
    (plain && newest.sources.files == publication.sources.files).then(|| newest.told.number.clone())
}

fn in_time(newest: Option<&str>, publication: &Publication<'_>) -> Result<(), Unpublishable> {
    match (publication.expected, newest) {
        (Some(expected), Some(newest)) if expected != newest => Err(Unpublishable::Overtaken(newest.to_owned())),
        _ => Ok(()),
    }
}

/// People whose paths are computed between two queries.
const PIECE: usize = 500;

/// Fills in whom the version concerns, and what each of them is told.
fn tell_everybody(
    store: &Store,
    new: &mut New,
    publication: &Publication<'_>,
    progress: &dyn Fn(usize, usize),
) -> Result<(), Error> {
    let today = new.today;
    let mut everybody = store.read(people::everybody)?;
    everybody.retain(|person| person.works_on(today) && !person.disabled);
    progress(0, everybody.len());
    for (at, piece) in everybody.chunks(PIECE).enumerate() {
        let ids: Vec<i64> = piece.iter().map(|person| person.id).collect();
        let facts = store.read(|conn| facts_of(conn, &ids, today))?;
        let change = new.change(publication);
        let told = |person: &Person| {
            let facts = facts.get(&person.id)?;
            Some((person.id, change.as_ref()?.told((facts, facts), person.language)?))
        };
        let told: Vec<(i64, Version)> = piece.iter().filter_map(told).collect();
        new.told.extend(told);
        new.facts.extend(facts);
        progress((at * PIECE + piece.len()).min(everybody.len()), everybody.len());
    }
    new.people = everybody.into_iter().map(|person| (person.id, person)).collect();
    Ok(())
}

impl New {
    fn change<'a>(&'a self, publication: &Publication<'a>) -> Option<letters::Change<'a>> {
        let before = self.before.as_ref()?;
        Some(letters::Change::new(before, &self.after, publication, self.today))
    }

    /// What is told when these people hold other titles than before.
    fn told_anew(
        &self,
        conn: &mut Conn,
        publication: &Publication<'_>,
        moved: &BTreeSet<i64>,
    ) -> Result<BTreeMap<i64, Version>, Error> {
        let mut told = self.told.clone();
        let Some(change) = self.change(publication) else { return Ok(told) };
        let ids: Vec<i64> = moved.iter().copied().filter(|id| self.people.contains_key(id)).collect();
        let facts = facts_of(conn, &ids, self.today)?;
        for id in ids {
            told.remove(&id);
            let both = self.facts.get(&id).zip(facts.get(&id));
            let letter = both.and_then(|both| change.told(both, self.people[&id].language));
            told.extend(letter.map(|letter| (id, letter)));
        }
        Ok(told)
    }
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
    let (Publication { sources, note, transition, by, .. }, number) = (publication, &new.after.number);
    let by = *by;
    let id = rows::insert_version(conn, &NewVersion { number, sources, note, transition, at: now, by })?;
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

/// The titles of the current version; none before one is published, or when this program cannot read it.
pub fn current_titles(conn: &mut Conn) -> store::Result<Option<Titles>> {
    let current = rows::current(conn)?;
    Ok(current.and_then(|(_, _, sources)| judge(&sources).curriculum).map(|curriculum| Titles::of(&curriculum)))
}

/// Versions are numbered within their year: 2026.1, 2026.2, 2027.1.
fn next_number(year: i32, numbers: &[String]) -> String {
    let prefix = format!("{year}.");
    let last = numbers.iter().filter_map(|n| n.strip_prefix(&prefix)?.parse::<u32>().ok()).max();
    format!("{prefix}{}", last.unwrap_or(0) + 1)
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

    #[test]
    fn versions_are_numbered_within_their_year() {
        let check = |year, numbers: &[&str], expected: &str| {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            assert_eq!(next_number(year, &numbers), expected);
        };
        check(2026, &[], "2026.1");
        check(2026, &["2025.7", "2026.9", "2026.10"], "2026.11");
        check(2027, &["2026.2"], "2027.1");
    }
}
