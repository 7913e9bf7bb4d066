//! Finding out all that publishing would do, before anything is written: what changes, whom it concerns and how, and
//! what each of them is told.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::consequences::region::stays;
use super::effect::{Effect, between};
use super::letters;
use super::service::{Publication, Unpublishable};
use crate::clock;
use crate::curriculum::diff::{self, Change};
use crate::curriculum::load::Sources;
use crate::curriculum::model::Curriculum;
use crate::curriculum::{has_errors, judge};
use crate::engine::impact::Snapshot;
use crate::engine::model::Facts;
use crate::learning::store::facts_of;
use crate::notices::kinds::Version;
use crate::organisation::{Person, store as people};
use crate::store::{Conn, Error, Store};
use crate::versions::history::Past;
use crate::versions::published::Published;
use crate::versions::store::{self as rows, Stored};

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
    /// None when there is nothing to compare with.
    pub effect: Option<Effect>,
    pub(super) people: HashMap<i64, Person>,
    facts: HashMap<i64, Facts>,
    pub(super) today: NaiveDate,
    /// The id of the version that was the newest.
    pub(super) newest: Option<i64>,
}

/// Finds out all that publishing would do, and does nothing.
///
/// # Errors
/// As [`super::service::publish`].
pub fn prepare(
    store: &Store,
    publication: &Publication<'_>,
    now: NaiveDateTime,
    progress: &dyn Fn(usize, usize),
) -> Result<Prepared, Unpublishable> {
    let curriculum = sound(publication.sources)?;
    let stored = store.read(rows::all_stored)?;
    if let Some(number) = same(&stored, publication) {
        return Ok(Prepared::Same(number));
    }
    in_time(stored.last().map(|newest| newest.told.number.as_str()), publication)?;
    let mut new = compared(stored, curriculum, publication, clock::day_of(now))?;
    if new.before.is_some() {
        look_at_everybody(store, &mut new, publication, progress)?;
    }
    Ok(Prepared::New(Box::new(new)))
}

/// The new version beside the one before, with nobody looked at yet.
fn compared(
    mut stored: Vec<Stored>,
    curriculum: Curriculum,
    publication: &Publication<'_>,
    today: NaiveDate,
) -> Result<New, Unpublishable> {
    let numbers: Vec<String> = stored.iter().map(|version| version.told.number.clone()).collect();
    let newest = stored.last().map(|version| version.told.id);
    let past: Vec<Past> = stored.drain(..).filter_map(|version| Past::of(&version)).collect();
    let before = newest.and_then(|newest| before(&past, newest, numbers.last()?));
    let old = before.as_ref().map(|before| &before.curriculum);
    let wrong = publication.transition.check(old, &curriculum);
    if !wrong.is_empty() {
        return Err(Unpublishable::Transition(wrong));
    }
    let changes = old.map(|old| diff::between(old, &curriculum)).unwrap_or_default();
    let number = next_number(today.year(), &numbers);
    let next = Past { number, published: today, transition: publication.transition.clone(), curriculum };
    let after = Published::with_history(0, past, next)?;
    let (told, people, facts) = (BTreeMap::new(), HashMap::new(), HashMap::new());
    Ok(New { before, after, changes, told, effect: None, people, facts, today, newest })
}

/// The newest version. One that an older program published and this one no longer understands is nothing to compare with.
fn before(past: &[Past], id: i64, number: &str) -> Option<Published> {
    let (last, earlier) = past.split_last()?;
    Published::with_history(id, earlier.to_vec(), last.clone()).ok().filter(|before| before.number == number)
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

/// Fills in whom the version concerns, what each of them is told, and what it does to all together.
fn look_at_everybody(
    store: &Store,
    new: &mut New,
    publication: &Publication<'_>,
    progress: &dyn Fn(usize, usize),
) -> Result<(), Error> {
    let today = new.today;
    let mut everybody = store.read(people::everybody)?;
    everybody.retain(|person| stays(person, today));
    everybody.sort_unstable_by_key(|person| person.id);
    let mut snapshot = Snapshot::new(today);
    progress(0, everybody.len());
    for (at, piece) in everybody.chunks(PIECE).enumerate() {
        let ids: Vec<i64> = piece.iter().map(|person| person.id).collect();
        let mut facts = store.read(|conn| facts_of(conn, &ids, today))?;
        for (person, facts) in piece.iter().filter_map(|person| Some((person, facts.get(&person.id)?))) {
            snapshot.put(person.id, person.unit, facts);
        }
        let reads = |person: &&Person| person.works_on(today) && !person.disabled;
        let readers: Vec<&Person> = piece.iter().filter(reads).collect();
        facts.retain(|id, _| readers.binary_search_by_key(id, |person| person.id).is_ok());
        new.tell(&readers, &facts, publication);
        new.facts.extend(facts);
        new.people.extend(readers.into_iter().map(|person| (person.id, person.clone())));
        progress((at * PIECE + piece.len()).min(everybody.len()), everybody.len());
    }
    if let Some(before) = &new.before {
        let after = (&new.after.curriculum, &*new.after.compiled);
        let count = |conn: &mut Conn| between(conn, &snapshot, before, after, &publication.planning, today);
        new.effect = Some(store.read(count)?);
    }
    Ok(())
}

impl New {
    fn change<'a>(&'a self, publication: &Publication<'a>) -> Option<letters::Change<'a>> {
        let before = self.before.as_ref()?;
        Some(letters::Change::new(before, &self.after, publication, self.today))
    }

    fn tell(&mut self, people: &[&Person], facts: &HashMap<i64, Facts>, publication: &Publication<'_>) {
        let change = self.change(publication);
        let told = |person: &&Person| {
            let facts = facts.get(&person.id)?;
            Some((person.id, change.as_ref()?.told((facts, facts), person.language)?))
        };
        let told: Vec<(i64, Version)> = people.iter().filter_map(told).collect();
        self.told.extend(told);
    }

    /// What is told when these people hold other titles than before.
    pub(super) fn told_anew(
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

/// Versions are numbered within their year: 2026.1, 2026.2, 2027.1.
fn next_number(year: i32, numbers: &[String]) -> String {
    let prefix = format!("{year}.");
    let last = numbers.iter().filter_map(|n| n.strip_prefix(&prefix)?.parse::<u32>().ok()).max();
    format!("{prefix}{}", last.unwrap_or(0) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

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
