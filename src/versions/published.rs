//! The published curriculum as the program uses it: parsed, compiled, kept in memory.
//!
//! A version is immutable, so what is kept can only be too old, never wrong; it is at most a second old, and this
//! instance's own publishing is seen at once.

use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use serde::Serialize;

use super::history::{Past, compiled};
use super::store as rows;
use crate::clock;
use crate::curriculum::judge;
use crate::curriculum::load::Sources;
use crate::curriculum::model::{Area, Curriculum, Language, Module, Text};
use crate::curriculum::picture::class;
use crate::engine::compile::{CompileError, Compiled};
use crate::engine::model::{Because, ModuleIx};
use crate::engine::{Transition, Version};
use crate::store::{Conn, Error, Store};

/// A published version.
#[derive(Debug)]
pub struct Published {
    pub id: i64,
    /// Such as 2026.1.
    pub number: String,
    pub curriculum: Curriculum,
    /// With the versions before it: some people may stand under one of those. Shared with whoever keeps answers of it.
    pub compiled: Arc<Compiled>,
    published: NaiveDate,
    transition: Transition,
    /// The versions before it, oldest first.
    earlier: Vec<Past>,
    /// M1, M2, …, by dense index.
    codes: Vec<String>,
}

impl Published {
    /// Parses and compiles; an error means that the database holds what this program would not have published. As a
    /// first version, published on the day `in_force_from`.
    pub fn new(id: i64, number: String, sources: &Sources, in_force_from: NaiveDate) -> Result<Published, Error> {
        let curriculum = judge(sources).curriculum.ok_or_else(|| unusable(&number, "it has errors"))?;
        let newest = Past { number, published: in_force_from, transition: Transition::default(), curriculum };
        Published::with_history(id, Vec::new(), newest)
    }

    /// `newest` after the versions in `earlier`, oldest first.
    ///
    /// # Errors
    /// As [`Published::new`].
    pub fn with_history(id: i64, earlier: Vec<Past>, newest: Past) -> Result<Published, Error> {
        let compiled =
            compiled(&earlier, newest.version()).map_err(|error| unusable(&newest.number, &error.to_string()))?;
        let Past { number, published, transition, curriculum } = newest;
        let codes = curriculum.codes();
        let codes =
            curriculum.modules.iter().map(|(id, _)| codes.get(id.as_str()).cloned().unwrap_or_default()).collect();
        Ok(Published { id, number, curriculum, compiled: Arc::new(compiled), published, transition, earlier, codes })
    }

    /// What would hold for everybody if `curriculum` were published after this version on `day`.
    ///
    /// # Errors
    /// As [`Compiled::with_history`].
    pub fn followed_by(
        &self,
        curriculum: &Curriculum,
        transition: &Transition,
        day: NaiveDate,
    ) -> Result<Compiled, CompileError> {
        let this = Version {
            number: &self.number,
            published: self.published,
            curriculum: &self.curriculum,
            transition: &self.transition,
        };
        let versions: Vec<Version<'_>> = self.earlier.iter().map(Past::version).chain([this]).collect();
        Compiled::with_history(&versions, Version { number: "", published: day, curriculum, transition })
    }

    /// The same as a version called `number`, for telling somebody's path; whoever asks for everybody's wants
    /// [`Published::followed_by`], which copies nothing.
    ///
    /// # Errors
    /// As [`Published::new`].
    pub fn next(
        &self,
        number: String,
        curriculum: &Curriculum,
        transition: &Transition,
        day: NaiveDate,
    ) -> Result<Published, Error> {
        let past = |number, published, transition: &Transition, curriculum: &Curriculum| Past {
            number,
            published,
            transition: transition.clone(),
            curriculum: curriculum.clone(),
        };
        let this = past(self.number.clone(), self.published, &self.transition, &self.curriculum);
        let earlier = self.earlier.iter().cloned().chain([this]).collect();
        Published::with_history(0, earlier, past(number, day, transition, curriculum))
    }

    /// The number of the version under which somebody has this reason.
    pub fn number_of(&self, because: &Because) -> &str {
        self.compiled.number(because.version)
    }

    /// A dose's title, of the newest version that has the dose.
    pub fn dose_title(&self, id: &str) -> Option<&Text> {
        let earlier = self.earlier.iter().rev().map(|past| &past.curriculum);
        [&self.curriculum].into_iter().chain(earlier).find_map(|version| version.doses.get(id)).map(|dose| &dose.title)
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

    /// The style sheet's name for the colour of a module's area.
    pub fn colour(&self, module: ModuleIx) -> &'static str {
        self.area(module).map_or("m", |area| class(area.colour))
    }

    /// A module as pages name it; by its id alone when this version does not know it.
    pub fn named(&self, id: &str, language: Language) -> Named {
        let known = self.compiled.index(id);
        Named {
            id: id.to_owned(),
            code: known.map(|module| self.code(module).to_owned()).unwrap_or_default(),
            title: self.title_of_id(id, language).to_owned(),
            area: known.map_or("m", |module| self.colour(module)),
        }
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

/// A module in a heading or a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    pub id: String,
    pub code: String,
    pub title: String,
    /// The style sheet's name for the colour of its area.
    pub area: &'static str,
}

fn unusable(number: &str, why: &str) -> Error {
    Error::Migration(format!("the published curriculum {number} cannot be used: {why}; publish it anew"))
}

/// The newest version; none before anything was published. Earlier ones that this program cannot read are passed over.
pub fn read_current(conn: &mut Conn) -> Result<Option<Published>, Error> {
    let mut stored = rows::all_stored(conn)?;
    let Some(newest) = stored.pop() else { return Ok(None) };
    let number = &newest.told.number;
    let past = Past::of(&newest).ok_or_else(|| unusable(number, "it has errors"))?;
    let earlier = stored.iter().filter_map(Past::of).collect();
    Published::with_history(newest.told.id, earlier, past).map(Some)
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
            _ => match store.read(read_current)? {
                Some(published) => Arc::new(published),
                None => return Ok(None),
            },
        };
        *self.kept.write().unwrap_or_else(|e| e.into_inner()) = Some((now, published.clone()));
        Ok(Some(published))
    }

    /// Asks the database again at the next question.
    pub fn forget(&self) {
        *self.kept.write().unwrap_or_else(|e| e.into_inner()) = None;
    }
}
