//! Drafts and versions as the designer works on them: parsed, judged and laid out as a matrix, kept in memory.
//!
//! The database says which revision a draft has; what is kept here is only ever used for that very revision, so another
//! instance's changes are seen at the next request.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use super::{Draft, store as rows};
use crate::clock;
use crate::curriculum::load::Sources;
use crate::curriculum::model::Curriculum;
use crate::curriculum::{Places, Problem, check, parse};
use crate::designer::matrix::{Holders, Matrix};
use crate::store::{Conn, Result};

/// A curriculum with everything there is to say about it; it may have errors.
#[derive(Debug)]
pub struct Sheet {
    pub sources: Sources,
    /// What has errors of form is left out.
    pub curriculum: Curriculum,
    pub places: Places,
    /// By file and place.
    pub problems: Vec<Problem>,
    pub matrix: Arc<Matrix>,
}

/// A draft at one revision.
#[derive(Debug)]
pub struct Open {
    pub draft: i64,
    pub revision: i64,
    pub sheet: Sheet,
}

impl Sheet {
    pub fn of(sources: Sources, holders: &Holders) -> Sheet {
        let (curriculum, places, mut problems) = parse::parse(&sources);
        problems.extend(check::check(&curriculum, &places));
        crate::curriculum::sort_problems(&mut problems);
        let matrix = Arc::new(Matrix::of(&curriculum, holders));
        Sheet { sources, curriculum, places, problems, matrix }
    }
}

/// Keeps what is worked on; cheap to clone, all clones are one.
#[derive(Clone, Default)]
pub struct Desk {
    kept: Arc<Mutex<Kept>>,
}

#[derive(Default)]
struct Kept {
    /// The newest revision of each draft.
    open: HashMap<i64, Arc<Open>>,
    /// Matrices of the last revisions of each draft, for whoever asks what has changed since.
    past: HashMap<i64, VecDeque<(i64, Arc<Matrix>)>>,
    versions: HashMap<i64, Arc<Sheet>>,
    holders: Option<(Instant, NaiveDate, Arc<Holders>)>,
}

/// Most drafts, and most versions, kept at once.
const MOST: usize = 12;
/// Revisions of a draft whose matrices are kept.
const PAST: usize = 16;
/// How old the count of people may be: it changes slowly, and nothing but a number in a margin hangs on it.
const FRESH: Duration = Duration::from_secs(30);

impl Desk {
    /// The draft at the revision that its row says, read now if it is not kept.
    pub fn open(&self, conn: &mut Conn, draft: &Draft, today: NaiveDate) -> Result<Arc<Open>> {
        let kept = self.lock().open.get(&draft.id).cloned();
        if let Some(open) = kept.filter(|open| open.revision == draft.revision) {
            return Ok(open);
        }
        let holders = self.holders(conn, today)?;
        let sheet = Sheet::of(rows::sources(conn, draft.id)?, &holders);
        let open = Arc::new(Open { draft: draft.id, revision: draft.revision, sheet });
        self.put(open.clone());
        Ok(open)
    }

    /// Keeps a draft as it is after a change; an older revision than the kept one changes nothing.
    pub fn put(&self, open: Arc<Open>) {
        let mut kept = self.lock();
        if kept.open.get(&open.draft).is_some_and(|known| known.revision >= open.revision) {
            return;
        }
        if kept.open.len() >= MOST && !kept.open.contains_key(&open.draft) {
            kept.open.clear();
            kept.past.clear();
        }
        let past = kept.past.entry(open.draft).or_default();
        past.push_back((open.revision, open.sheet.matrix.clone()));
        while past.len() > PAST {
            past.pop_front();
        }
        kept.open.insert(open.draft, open);
    }

    /// The matrix of an earlier revision, as long as it is kept.
    pub fn past(&self, draft: i64, revision: i64) -> Option<Arc<Matrix>> {
        let kept = self.lock();
        let found = kept.past.get(&draft)?.iter().find(|(known, _)| *known == revision);
        found.map(|(_, matrix)| matrix.clone())
    }

    /// A published version; it is there, because it is never removed.
    pub fn version(&self, conn: &mut Conn, id: i64, today: NaiveDate) -> Result<Option<Arc<Sheet>>> {
        if let Some(sheet) = self.lock().versions.get(&id) {
            return Ok(Some(sheet.clone()));
        }
        let Some((_, sources)) = rows::version(conn, id)? else { return Ok(None) };
        let sheet = Arc::new(Sheet::of(sources, &*self.holders(conn, today)?));
        let mut kept = self.lock();
        if kept.versions.len() >= MOST {
            kept.versions.clear();
        }
        kept.versions.insert(id, sheet.clone());
        Ok(Some(sheet))
    }

    /// How many people hold what; up to half a minute old.
    pub fn holders(&self, conn: &mut Conn, today: NaiveDate) -> Result<Arc<Holders>> {
        let now = clock::tick();
        let kept = self.lock().holders.clone();
        if let Some((asked, day, holders)) = kept
            && day == today
            && now.duration_since(asked) < FRESH
        {
            return Ok(holders);
        }
        let holders = Arc::new(rows::holders(conn, today)?);
        self.lock().holders = Some((now, today, holders.clone()));
        Ok(holders)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
