//! Who decides beside the developers: people whom a developer names for an area or a module, from a day to a day.

use chrono::{NaiveDate, NaiveDateTime};

use super::store::delegates as rows;
use crate::clock;
use crate::occasions::tell::reachable;
use crate::store::audit::{self, Entry};
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;

/// What a delegate decides about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All modules of an area, by its id.
    Area(String),
    /// One module, by its id.
    Module(String),
}

impl Scope {
    /// Its kind in the database, and the id.
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Scope::Area(id) => ("area", id),
            Scope::Module(id) => ("module", id),
        }
    }

    /// As forms write it: `area.metoder`, `module.tidsdiagram`.
    pub fn read(text: &str) -> Option<Scope> {
        match text.split_once('.')? {
            ("area", id) => Some(Scope::Area(id.to_owned())),
            ("module", id) => Some(Scope::Module(id.to_owned())),
            _ => None,
        }
    }

    /// Whether a module is within.
    pub fn covers(&self, published: &Published, module: &str) -> bool {
        match self {
            Scope::Module(id) => id == module,
            Scope::Area(id) => published.module_by_id(module).is_some_and(|(_, module)| module.area == *id),
        }
    }

    fn exists(&self, published: &Published) -> bool {
        match self {
            Scope::Module(id) => published.module_by_id(id).is_some(),
            Scope::Area(id) => published.curriculum.areas.contains_key(id),
        }
    }
}

/// Somebody who decides for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegate {
    pub id: i64,
    pub person: i64,
    pub scope: Scope,
    /// The first and the last day.
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub named_at: NaiveDateTime,
    pub named_by: i64,
}

impl Delegate {
    /// Whether they decide about a module on a day.
    pub fn decides(&self, published: &Published, module: &str, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to && self.scope.covers(published, module)
    }
}

/// Why nobody is named.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is nobody with that id who works here; look the person up again")]
    NoSuchPerson,
    #[error("the curriculum has no such area or module; choose one")]
    NoSuchScope,
    #[error("the last day is before the first day or has been; choose a later one")]
    Ended,
    #[error("there is no such delegate any more; open the list again")]
    NoSuchDelegate,
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal);

/// Names somebody for a scope and days; the id.
pub fn name(
    store: &Store,
    published: &Published,
    person: i64,
    scope: &Scope,
    (from, to): (NaiveDate, NaiveDate),
    by: i64,
    now: NaiveDateTime,
) -> Result<i64, Refusal> {
    let today = clock::day_of(now);
    if !scope.exists(published) {
        return Err(Refusal::NoSuchScope);
    }
    if to < from || to < today {
        return Err(Refusal::Ended);
    }
    store.write(|conn| {
        reachable(conn, person, today)?.ok_or(Refusal::NoSuchPerson)?;
        let id = rows::insert(conn, person, scope, (from, to), by, now)?;
        let (kind, code) = scope.parts();
        noted(conn, "delegate.named", person, &format!("{kind} {code} {from} {to}"), by, now)?;
        Ok(id)
    })
}

/// Takes it back.
pub fn end(store: &Store, id: i64, by: i64, now: NaiveDateTime) -> Result<(), Refusal> {
    store.write(|conn| {
        let current = rows::current(conn, clock::day_of(now))?;
        let delegate = current.iter().find(|delegate| delegate.id == id).ok_or(Refusal::NoSuchDelegate)?;
        if !rows::end(conn, id, by, now)? {
            return Err(Refusal::NoSuchDelegate);
        }
        let (kind, code) = delegate.scope.parts();
        Ok(noted(conn, "delegate.ended", delegate.person, &format!("{kind} {code}"), by, now)?)
    })
}

fn noted(conn: &mut Conn, action: &str, person: i64, detail: &str, by: i64, at: NaiveDateTime) -> Result<(), Error> {
    let entry = Entry { at, actor_id: Some(by), action, object_kind: "person", object_id: Some(person), detail };
    audit::record(conn, &entry)
}

/// Whether somebody decides about a module as a delegate on a day.
pub fn covers(delegates: &[Delegate], published: &Published, person: i64, module: &str, day: NaiveDate) -> bool {
    delegates.iter().any(|delegate| delegate.person == person && delegate.decides(published, module, day))
}
