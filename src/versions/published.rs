//! The published curriculum as the program uses it: parsed, compiled, kept in memory.
//!
//! A version is immutable, so what is kept can only be too old, never wrong; it is at most a second old, and this
//! instance's own publishing is seen at once.

use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use super::store as rows;
use crate::clock;
use crate::curriculum::model::{Area, Curriculum, Language, Module};
use crate::curriculum::{self, load::Sources};
use crate::engine::compile::Compiled;
use crate::engine::model::ModuleIx;
use crate::store::{Conn, Error, Store};

/// A published version.
#[derive(Debug)]
pub struct Published {
    pub id: i64,
    /// Such as 2026.1.
    pub number: String,
    pub curriculum: Curriculum,
    /// Shared with whoever keeps answers of it.
    pub compiled: Arc<Compiled>,
    /// M1, M2, …, by dense index.
    codes: Vec<String>,
}

impl Published {
    /// Parses and compiles; an error means that the database holds what this program would not have published.
    /// `in_force_from` is the day the first version was published.
    pub fn new(id: i64, number: String, sources: &Sources, in_force_from: NaiveDate) -> Result<Published, Error> {
        let unusable = |why: &str| {
            Error::Migration(format!("the published curriculum {number} cannot be used: {why}; publish it anew"))
        };
        let curriculum = curriculum::judge(sources).curriculum.ok_or_else(|| unusable("it has errors"))?;
        let compiled = Compiled::new(&curriculum).map_err(|e| unusable(&e.to_string()))?.in_force_from(in_force_from);
        let codes = curriculum.codes();
        let codes =
            curriculum.modules.iter().map(|(id, _)| codes.get(id.as_str()).cloned().unwrap_or_default()).collect();
        Ok(Published { id, number, curriculum, compiled: Arc::new(compiled), codes })
    }

    pub fn id_of(&self, module: ModuleIx) -> &str {
        &self.curriculum.modules[usize::from(module.0)].0
    }

    pub fn module(&self, module: ModuleIx) -> &Module {
        &self.curriculum.modules[usize::from(module.0)].1
    }

    /// The module with this id.
    pub fn module_by_id(&self, id: &str) -> Option<(ModuleIx, &Module)> {
        let index = self.compiled.index(id)?;
        Some((index, self.module(index)))
    }

    /// M1, V3, …
    pub fn code(&self, module: ModuleIx) -> &str {
        &self.codes[usize::from(module.0)]
    }

    /// The area a module lies in.
    pub fn area(&self, module: ModuleIx) -> Option<&Area> {
        self.curriculum.areas.get(&self.module(module).area)
    }

    /// A module's title, or its id when this version does not know it.
    pub fn title_of_id<'a>(&'a self, id: &'a str, language: Language) -> &'a str {
        self.module_by_id(id).map_or(id, |(_, module)| module.title.of(language))
    }

    /// A role's title, or its id.
    pub fn role_title<'a>(&'a self, id: &'a str, language: Language) -> &'a str {
        self.curriculum.roles.get(id).map_or(id, |role| role.title.of(language))
    }
}

/// The newest version; there is one.
fn read_current(conn: &mut Conn) -> Result<Published, Error> {
    let nothing = || Error::Migration("there is no published curriculum; publish one".into());
    let (id, number, sources) = rows::current(conn)?.ok_or_else(nothing)?;
    let first = rows::first_published(conn)?.ok_or_else(nothing)?;
    Published::new(id, number, &sources, clock::day_of(first))
}

/// Keeps the newest version; cheap to clone, all clones are one.
#[derive(Clone, Default)]
pub struct Shelf {
    kept: Arc<RwLock<Option<(Instant, Arc<Published>)>>>,
}

/// How old the answer to "which version is the newest?" may be.
const FRESH: Duration = Duration::from_secs(1);

impl Shelf {
    /// The newest version; `None` before anything was published.
    pub fn current(&self, store: &Store) -> Result<Option<Arc<Published>>, Error> {
        let now = clock::tick();
        let kept = self.kept.read().unwrap_or_else(|e| e.into_inner()).clone();
        if let Some((asked, published)) = &kept
            && now.duration_since(*asked) < FRESH
        {
            return Ok(Some(published.clone()));
        }
        let Some(id) = store.read(rows::newest_id)? else { return Ok(None) };
        let published = match kept {
            Some((_, published)) if published.id == id => published,
            _ => Arc::new(store.read(read_current)?),
        };
        *self.kept.write().unwrap_or_else(|e| e.into_inner()) = Some((now, published.clone()));
        Ok(Some(published))
    }

    /// Asks the database again at the next question.
    pub fn forget(&self) {
        *self.kept.write().unwrap_or_else(|e| e.into_inner()) = None;
    }
}
