//! Use cases: load, decide, save, each in one transaction.

use chrono::{NaiveDate, NaiveDateTime};

use super::assignments::{self, Assigned, Kind, NewAssignment, Origin};
use super::store::{Page, Search};
use super::titles::{self, Titles};
use super::{Person, PersonId, Reach, names, store, subject};
use crate::accounts::policy::{Actor, Subject, sees_everyone, sees_person};
use crate::curriculum::model::Curriculum;
use crate::store::{Conn, Store, failure};
use crate::words;

/// A role given by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiveRole {
    pub person: PersonId,
    /// A role id of the curriculum.
    pub role: String,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// Why an assignment cannot be given or ended.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("there is no such person; look the person up again")]
    NoSuchPerson,
    #[error("the curriculum has no role {0}; choose one of its roles")]
    NoSuchRole(String),
    #[error("the last day is before the first; choose a later last day")]
    EndsBeforeItStarts,
    #[error("the person has this role on some of these days; end it first or choose other days")]
    AlreadyHeld,
    #[error("there is no such assignment; look the person up again")]
    NoSuchAssignment,
    #[error("only an assignment given by hand is ended by hand; titles follow the import, enrolments the edition")]
    NotByHand,
    #[error(transparent)]
    Store(#[from] crate::store::Error),
}

failure!(Refused);

/// Gives a person a role by hand and returns the assignment's id.
pub fn give_role(
    store: &Store,
    curriculum: &Curriculum,
    role: &GiveRole,
    by: Option<PersonId>,
    now: NaiveDateTime,
) -> Result<i64, Refused> {
    if !curriculum.roles.contains_key(&role.role) {
        return Err(Refused::NoSuchRole(role.role.clone()));
    }
    if role.to.is_some_and(|to| to < role.from) {
        return Err(Refused::EndsBeforeItStarts);
    }
    store.write(|conn| {
        store::person(conn, role.person)?.ok_or(Refused::NoSuchPerson)?;
        let held = assignments::store::of(conn, role.person)?;
        if held.iter().any(|a| overlaps(a, role)) {
            return Err(Refused::AlreadyHeld);
        }
        let new = NewAssignment {
            person: role.person,
            kind: Kind::Role,
            code: role.role.clone(),
            from: role.from,
            to: role.to,
            origin: Origin::Hand,
        };
        Ok(assignments::store::add(conn, &new, by, now)?)
    })
}

/// Taking part in an edition with the same role is another thing: it may overlap.
fn overlaps(held: &Assigned, role: &GiveRole) -> bool {
    held.origin == Origin::Hand
        && held.kind == Kind::Role
        && held.code == role.role
        && held.to.is_none_or(|to| to >= role.from)
        && role.to.is_none_or(|to| held.from <= to)
}

/// Ends an assignment given by hand. A last day before its first takes it back wholly.
pub fn end_by_hand(
    store: &Store,
    assignment: i64,
    last_day: NaiveDate,
    by: Option<PersonId>,
    now: NaiveDateTime,
) -> Result<(), Refused> {
    store.write(|conn| {
        let held = find(conn, assignment)?;
        if held.origin != Origin::Hand {
            return Err(Refused::NotByHand);
        }
        Ok(assignments::store::set_end(conn, assignment, Some(last_day), by, now)?)
    })
}

/// Gives people the titles that `curriculum` knows their local titles as, inside the transaction of its publishing.
/// Returns for each title that began, ended or moved whose it is.
pub fn remap_titles(
    conn: &mut Conn,
    curriculum: &Curriculum,
    today: NaiveDate,
    by: Option<PersonId>,
    now: NaiveDateTime,
) -> crate::store::Result<Vec<PersonId>> {
    let people = store::everybody(conn)?;
    let held = assignments::store::open_and_titles(conn, today)?;
    let steps = titles::remap(&Titles::of(curriculum), &people, &held, today);
    assignments::store::carry_out(conn, &steps, by, now)?;
    Ok(steps.into_iter().map(|(person, _)| person).collect())
}

/// The person with this id, for an actor who may see the person; else none.
pub fn person_for(conn: &mut Conn, actor: &Actor, id: PersonId) -> crate::store::Result<Option<(Person, Subject)>> {
    let Some(person) = store::person(conn, id)? else { return Ok(None) };
    let subject = subject(&*store::tree(conn)?, &person);
    Ok(sees_person(actor, &subject).then_some((person, subject)))
}

/// A page of the people whom `actor` may see, by name: everybody, or herself and those who work below her today.
pub fn people_for(
    conn: &mut Conn,
    actor: &Actor,
    search: &Search,
    today: NaiveDate,
) -> crate::store::Result<Page<Person>> {
    if sees_everyone(actor) {
        return store::search(conn, search);
    }
    let tree = store::tree(conn)?;
    let mut found = store::team(conn, &tree, actor.id, Reach::Everyone, today)?;
    found.extend(store::person(conn, actor.id)?);
    found.retain(|p| search.units.is_none_or(|units| p.unit.is_some_and(|unit| units.contains(&unit))));
    found.retain(|p| names::matches(&names::search_key(&p.name, &p.email, &p.external_id), search.query));
    found.sort_by_cached_key(|p| (words::sort_key(&p.name), p.id));
    let (total, first) = (found.len() as i64, search.page.max(0).saturating_mul(search.per_page));
    let rows = found.into_iter().skip(first as usize).take(search.per_page as usize).collect();
    Ok(Page { rows, total })
}

fn find(conn: &mut Conn, assignment: i64) -> Result<Assigned, Refused> {
    assignments::store::find(conn, assignment)?.ok_or(Refused::NoSuchAssignment)
}
