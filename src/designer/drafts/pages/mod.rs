//! Pages of drafts. Every one of them is the developers' alone.

mod cell_form;
mod cell_panel;
mod cells;
mod compare;
mod entries;
mod graph;
mod list;
mod sheet;

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

pub use cells::{cell, changes, make_again, set, take_back};
pub use compare::{changed, choose, history, stale};
pub use entries::{confirm, edit, entries, new, put, remove, save, section_name, shift_module};
pub use graph::graph;
pub use list::{begin, list, rename, throw_away};
pub use sheet::{published, show};

use super::desk::{Desk, Open, Sheet};
use super::history::History;
use super::label::Labels;
use super::service::{self, Ask, Refused};
use super::{Draft, store as rows};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::model::Language;
use crate::store::{Error, Failure, Store, blocking};
use crate::versions::store as versions;
use crate::web::error::takes_json;
use crate::web::{Chrome, May, Problem};
use crate::words;

/// What a handler of a draft works with, as one argument beside who asks.
pub struct Workplace {
    pub chrome: Chrome,
    pub store: Data<Store>,
    pub desk: Data<Desk>,
    pub draft: i64,
    /// The query of the address.
    pub query: String,
    /// The script asks, which takes JSON and parts of pages.
    pub script: bool,
}

impl Workplace {
    /// The draft as the person sees it; not found when nobody works on it any more.
    pub async fn load(&self, may: &May<Developer>) -> Result<Loaded, Problem> {
        load(&self.store, &self.desk, self.draft, may.who.id).await
    }

    /// Work with the database.
    pub async fn work<T: Send + 'static, E: Failure + Send + 'static>(
        &self,
        work: impl FnOnce(&Store, &Desk) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let (store, desk) = (self.store.clone(), self.desk.clone());
        blocking(move || work(&store, &desk)).await
    }

    /// A change by the person, who looked at this revision.
    pub fn ask(&self, may: &May<Developer>, seen: i64) -> Ask {
        Ask { draft: self.draft, by: may.who.id, now: clock::now(), seen }
    }
}

impl FromRequest for Workplace {
    type Error = Problem;
    type Future = Ready<Result<Workplace, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let place = || {
            Some(Workplace {
                chrome: Chrome::of(req),
                store: req.app_data::<Data<Store>>()?.clone(),
                desk: req.app_data::<Data<Desk>>()?.clone(),
                draft: req.match_info().query("draft").parse().ok()?,
                query: req.query_string().to_owned(),
                script: takes_json(req.headers()),
            })
        };
        ready(place().ok_or(Problem::NotFound))
    }
}

/// A draft with what every page of it shows.
pub struct Loaded {
    pub draft: Draft,
    pub open: Arc<Open>,
    /// The version that it began from.
    pub base: Arc<Sheet>,
    /// The number of a version that is newer than the base.
    pub newer: Option<String>,
    pub history: History,
    pub today: NaiveDate,
}

/// The draft as `by` sees it; not found when nobody works on it any more.
pub async fn load(store: &Data<Store>, desk: &Data<Desk>, id: i64, by: i64) -> Result<Loaded, Problem> {
    let (store, desk, now) = (store.clone(), desk.clone(), clock::now());
    let loaded = blocking(move || read(&store, &desk, id, by, now)).await?;
    loaded.ok_or(Problem::NotFound)
}

/// The same where database work is done already.
pub fn read(store: &Store, desk: &Desk, id: i64, by: i64, now: NaiveDateTime) -> Result<Option<Loaded>, Error> {
    let today = clock::day_of(now);
    store.read(|conn| {
        let Some(draft) = rows::find(conn, id)? else { return Ok(None) };
        let open = desk.open(conn, &draft, today)?;
        let Some(base) = desk.version(conn, draft.base, today)? else { return Ok(None) };
        let newest = versions::newest_id(conn)?;
        let numbers = versions::numbers(conn)?;
        let newer = (newest != Some(draft.base)).then(|| numbers.into_iter().next_back()).flatten();
        let history = service::history(conn, id, by)?;
        Ok(Some(Loaded { draft, open, base, newer, history, today }))
    })
}

/// What stands above every page of a draft.
#[derive(Debug, Clone, Serialize)]
pub struct Bar {
    pub id: i64,
    pub name: String,
    pub base: String,
    /// "Sparat 09.14 av Exempla Utvecklarsson".
    pub saved: String,
    pub newer: Option<String>,
    /// The address of the draft.
    pub here: String,
    /// Which of its pages this is.
    pub tab: &'static str,
}

impl Loaded {
    /// What its cells are said with.
    pub fn labels(&self, language: Language) -> Labels<'_> {
        Labels { language, matrix: &self.open.sheet.matrix, base: &self.base.matrix }
    }

    pub fn bar(&self, language: Language, tab: &'static str) -> Bar {
        Bar {
            id: self.draft.id,
            name: self.draft.name.clone(),
            base: self.draft.base_number.clone(),
            saved: saved(language, &self.draft, self.today),
            newer: self.newer.clone(),
            here: here(self.draft.id),
            tab,
        }
    }
}

/// The address of a draft.
pub fn here(draft: i64) -> String {
    format!("/designer/drafts/{draft}")
}

/// "Sparat tisdag 2 mars kl. 09.14 av Exempla Utvecklarsson".
pub fn saved(language: Language, draft: &Draft, today: NaiveDate) -> String {
    let at = words::at(language, draft.changed_at, today);
    match &draft.changed_by {
        Some(by) => words::text(language, "drafts-saved-by", &[("at", at.into()), ("by", by.as_str().into())]),
        None => words::text(language, "drafts-saved", &[("at", at.into())]),
    }
}

/// What is refused without a form to tell it at.
pub fn problem(refused: Refused) -> Problem {
    match refused {
        Refused::Gone => Problem::NotFound,
        Refused::Missing => Problem::Conflict("drafts-missing"),
        Refused::Conflict(_) => Problem::Conflict("drafts-conflict"),
        Refused::Unwritable(_) => Problem::Conflict("drafts-unwritable"),
        Refused::TooLarge => Problem::TooLarge,
        Refused::Nothing => Problem::Conflict("drafts-nothing"),
        Refused::Store(error) => error.into(),
    }
}
