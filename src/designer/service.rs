//! Publishing: judge, number, save, and give people the titles that the new version knows, in one transaction.

use chrono::{Datelike, NaiveDateTime};
use serde::Serialize;

use crate::clock;
use crate::curriculum::diff::{self, Change};
use crate::curriculum::load::Sources;
use crate::curriculum::model::Curriculum;
use crate::curriculum::{has_errors, judge};
use crate::engine::Transition;
use crate::organisation::service::remap_titles;
use crate::organisation::titles::Titles;
use crate::store::audit::{self, Entry};
use crate::store::{self, Conn, Error, Store, failure};
use crate::versions::store::{self as rows, NewVersion};

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
}

/// Why a curriculum cannot be published.
#[derive(Debug, thiserror::Error)]
pub enum Unpublishable {
    #[error("the curriculum has errors; `varjedag check` shows them")]
    Unsound,
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Unpublishable);

/// Makes `sources` the current version. The same sources again change nothing.
pub fn publish(
    store: &Store,
    sources: &Sources,
    note: &str,
    now: NaiveDateTime,
    by: Option<i64>,
) -> Result<Outcome, Unpublishable> {
    let judged = judge(sources);
    let curriculum = judged.curriculum.filter(|_| !has_errors(&judged.problems)).ok_or(Unpublishable::Unsound)?;
    store.write(|conn| {
        let before = rows::current(conn)?;
        if let Some((_, number, current)) = &before
            && current.files == sources.files
        {
            return Ok(Outcome { number: number.clone(), new: false, changes: Vec::new(), titles_moved: 0 });
        }
        let today = clock::day_of(now);
        let number = next_number(today.year(), &rows::numbers(conn)?);
        let id = rows::insert_version(
            conn,
            &NewVersion { number: &number, sources, note, transition: &Transition::default(), at: now, by },
        )?;
        let titles_moved = remap_titles(conn, &curriculum, today, by, now)?;
        let entry = Entry {
            at: now,
            actor_id: by,
            action: "version.published",
            object_kind: "version",
            object_id: Some(id),
            detail: &number,
        };
        audit::record(conn, &entry)?;
        let changes = before.map(|(_, _, old)| changes_since(&old, &curriculum)).unwrap_or_default();
        Ok(Outcome { number, new: true, changes, titles_moved })
    })
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

/// A version that an older program published and this one no longer understands has nothing to compare with.
fn changes_since(old: &Sources, new: &Curriculum) -> Vec<Change> {
    judge(old).curriculum.map(|old| diff::between(&old, new)).unwrap_or_default()
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
        let publish = |sources: &Sources| publish(&store, sources, "", now, None).unwrap();

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
        assert!(matches!(super::publish(&store, &sources, "", now, None), Err(Unpublishable::Unsound)));
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
