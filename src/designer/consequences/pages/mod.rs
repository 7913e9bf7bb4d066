//! Pages of what a draft does to everybody, and to one person. The developers' alone.

mod everything;
mod people;
mod trial;

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};

pub use everything::{Beside, beside, everything, panel};
pub use people::{people, person};
pub use trial::trial;

use crate::accounts::policy::Developer;
use crate::clock;
use crate::config::Planning;
use crate::curriculum::model::Curriculum;
use crate::designer::consequences::address::Spot;
use crate::designer::consequences::group::Grouping;
use crate::designer::consequences::region::Regions;
use crate::designer::consequences::service::{Question, Unanswered, courses};
use crate::designer::consequences::terms::Terms;
use crate::designer::drafts::desk::Desk;
use crate::designer::drafts::pages::{Loaded, here, read};
use crate::engine::impact::{Courses, Impact};
use crate::organisation::{Tree, store as organisation};
use crate::store::{Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, May, Problem};

/// What the handlers work with.
#[derive(Clone)]
pub struct Kit {
    pub store: Store,
    pub desk: Desk,
    pub shelf: Shelf,
    pub regions: Regions,
    pub planning: Planning,
    /// Somebody else must have approved a draft before it is published.
    pub second_reader: bool,
}

impl Kit {
    /// Begins to bring everybody into memory, so that the first question about a draft finds them there. Returns at
    /// once; should it fail, that question says why.
    pub fn prepare(&self) {
        let kit = self.clone();
        actix_web::rt::spawn(blocking(move || match kit.shelf.current(&kit.store)? {
            Some(published) => kit.regions.prepare(&kit.store, &published, clock::today()),
            None => Ok(()),
        }));
    }

    /// Whether an answer about a draft need not wait until everybody has been read.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_prepared(&self) -> Result<bool, Error> {
        let published = self.shelf.current(&self.store)?;
        Ok(published.is_none_or(|published| self.regions.holds(&published, clock::today())))
    }
}

/// All figures of a draft, with what they were counted by and the units.
pub(super) type Counted = (Impact, Courses, Arc<Tree>);

/// A draft beside the published version, and the terms it is looked at under.
pub struct Case {
    pub loaded: Loaded,
    pub published: Arc<Published>,
    pub terms: Terms,
    pub here: String,
}

impl Case {
    pub fn read(kit: &Kit, draft: i64, by: i64, query: &str) -> Result<Option<Case>, Error> {
        let Some(published) = kit.shelf.current(&kit.store)? else { return Ok(None) };
        let Some(loaded) = read(&kit.store, &kit.desk, draft, by, clock::now())? else { return Ok(None) };
        Ok(Some(Case { loaded, published, terms: Terms::of(query, &kit.planning), here: here(draft) }))
    }

    pub fn draft(&self) -> &Curriculum {
        &self.loaded.open.sheet.curriculum
    }

    fn question(&self) -> Question<'_> {
        Question {
            published: &self.published,
            draft: self.draft(),
            transition: &self.terms.transition,
            today: self.loaded.today,
        }
    }

    pub fn spot(&self) -> Spot<'_> {
        Spot { here: &self.here, terms: &self.terms }
    }

    fn names<'a>(&'a self, units: &'a Tree) -> Grouping<'a> {
        Grouping { draft: self.draft(), published: &self.published.curriculum, units }
    }

    /// All figures; none when the draft has errors that leave no answer.
    pub fn figures(&self, kit: &Kit) -> Result<Option<Counted>, Error> {
        let (courses, units) = kit.store.read(|conn| {
            let courses = courses(conn, &self.terms.planning, self.draft(), self.loaded.today)?;
            Ok::<_, Error>((courses, organisation::tree(conn)?))
        })?;
        match self.question().figures(&kit.store, &kit.regions, &courses) {
            Ok(impact) => Ok(Some((impact, courses, units))),
            Err(Unanswered::Unsound(_)) => Ok(None),
            Err(Unanswered::Store(error)) => Err(error),
        }
    }
}

/// What is asked about a draft, by which page: everything that a handler here takes beside who asks.
pub struct Asking {
    chrome: Chrome,
    kit: Data<Kit>,
    draft: i64,
    /// The query of the address.
    query: String,
}

impl Asking {
    /// What `tell` has to say about the case; not found when there is no such draft, or nothing to say.
    async fn told<T: Send + 'static>(
        &self,
        may: &May<Developer>,
        tell: impl FnOnce(&Case, &Kit) -> Result<Option<T>, Error> + Send + 'static,
    ) -> Result<T, Problem> {
        let (kit, draft, by, query) = (self.kit.clone(), self.draft, may.who.id, self.query.clone());
        let told = blocking(move || match Case::read(&kit, draft, by, &query)? {
            Some(case) => tell(&case, &kit),
            None => Ok(None),
        });
        told.await?.ok_or(Problem::NotFound)
    }
}

impl FromRequest for Asking {
    type Error = Problem;
    type Future = Ready<Result<Asking, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let kit = req.app_data::<Data<Kit>>().cloned();
        let draft = req.match_info().query("draft").parse().ok();
        let asking = kit.zip(draft).map(|(kit, draft)| Asking {
            chrome: Chrome::of(req),
            kit,
            draft,
            query: req.query_string().to_owned(),
        });
        ready(asking.ok_or(Problem::NotFound))
    }
}
