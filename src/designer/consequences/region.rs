//! Everybody in memory, following the database.
//!
//! Each question first reads the journal, which costs less than a millisecond, and asks anew about those whose facts
//! have changed. So an answer is as new as the database at the moment of the question, whichever instance wrote.
//! Everybody is read when a developer opens the list of drafts, while the page is being looked at.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use chrono::NaiveDate;

use crate::clock;
use crate::engine::impact::{Region, Snapshot, day_quarters};
use crate::learning::store::facts_of;
use crate::organisation::Person;
use crate::organisation::store as people;
use crate::store::journal::Reader;
use crate::store::{Conn, Error, Store};
use crate::versions::published::Published;

/// The region as it is now; cheap to clone, all clones are one.
#[derive(Clone, Default)]
pub struct Regions {
    kept: Arc<RwLock<Option<Kept>>>,
    /// One at a time brings it up to date; the others wait for that.
    turn: Arc<Mutex<()>>,
}

struct Kept {
    version: i64,
    today: NaiveDate,
    reader: Reader,
    region: Region,
}

impl Kept {
    fn is(&self, published: &Published, today: NaiveDate) -> bool {
        self.version == published.id && self.today == today
    }
}

/// Facts read in one go.
const PIECE: usize = 2_000;
/// When more people than this have changed, everything is read anew.
const MANY: usize = 5_000;

impl Regions {
    /// Asks `question` of the region as the database has it now, under `published`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn ask<T>(
        &self,
        store: &Store,
        published: &Published,
        today: NaiveDate,
        question: impl FnOnce(&Region) -> T,
    ) -> Result<T, Error> {
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.follow(store, published, today)?;
        let kept = self.read();
        drop(turn);
        match &*kept {
            Some(kept) => Ok(question(&kept.region)),
            None => Err(Error::Stopped),
        }
    }

    /// Whether everybody is in memory, so that a question need not wait until they have been read.
    pub fn holds(&self, published: &Published, today: NaiveDate) -> bool {
        match self.kept.try_read() {
            Ok(kept) => kept.as_ref().is_some_and(|kept| kept.is(published, today)),
            // Somebody is bringing it up to date, so there is one.
            Err(_) => true,
        }
    }

    /// Brings everybody into memory, for questions to come.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn prepare(&self, store: &Store, published: &Published, today: NaiveDate) -> Result<(), Error> {
        self.ask(store, published, today, |_| ())
    }

    fn read(&self) -> RwLockReadGuard<'_, Option<Kept>> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn follow(&self, store: &Store, published: &Published, today: NaiveDate) -> Result<(), Error> {
        let reader = {
            let kept = self.read();
            kept.as_ref().filter(|kept| kept.is(published, today)).map(|kept| kept.reader.clone())
        };
        let Some(reader) = reader else { return self.begin(store, published, today) };
        let (changed, reader) = store.read(|conn| {
            let mut reader = reader.clone();
            Ok::<_, Error>((reader.read(conn, clock::tick())?, reader))
        })?;
        match changed {
            Some(changed) if changed.len() <= MANY => self.refresh(store, &changed, reader, today),
            _ => self.begin(store, published, today),
        }
    }

    fn begin(&self, store: &Store, published: &Published, today: NaiveDate) -> Result<(), Error> {
        let (reader, snapshot) = store.read(|conn| {
            let reader = Reader::begin(conn, clock::tick())?;
            Ok::<_, Error>((reader, snapshot(conn, today)?))
        })?;
        let hours = day_quarters(published.curriculum.about.day_hours);
        let region = Region::new(snapshot, published.compiled.clone(), today, hours);
        let kept = Kept { version: published.id, today, reader, region };
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        Ok(())
    }

    fn refresh(&self, store: &Store, changed: &BTreeSet<i64>, reader: Reader, today: NaiveDate) -> Result<(), Error> {
        let ids: Vec<i64> = changed.iter().copied().collect();
        let (found, facts) =
            store.read(|conn| Ok::<_, Error>((people::people_by_id(conn, &ids)?, facts_of(conn, &ids, today)?)))?;
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        let Some(kept) = kept.as_mut() else { return Ok(()) };
        for person in &found {
            match facts.get(&person.id).filter(|_| stays(person, today)) {
                Some(facts) => kept.region.put(person.id, person.unit, facts),
                None => kept.region.end(person.id),
            }
        }
        kept.reader = reader;
        Ok(())
    }
}

/// Everybody who works here today or later.
pub fn snapshot(conn: &mut Conn, today: NaiveDate) -> Result<Snapshot, Error> {
    let mut everybody = people::everybody(conn)?;
    everybody.retain(|person| stays(person, today));
    everybody.sort_unstable_by_key(|person| person.id);
    let mut snapshot = Snapshot::new(today);
    for piece in everybody.chunks(PIECE) {
        let ids: Vec<i64> = piece.iter().map(|person| person.id).collect();
        let facts = facts_of(conn, &ids, today)?;
        for person in piece {
            if let Some(facts) = facts.get(&person.id) {
                snapshot.put(person.id, person.unit, facts);
            }
        }
    }
    Ok(snapshot)
}

/// Whether somebody works here on `today` or later.
pub fn stays(person: &Person, today: NaiveDate) -> bool {
    person.ends_on.is_none_or(|end| today <= end)
}
