//! Everything about one person that whoever asks may see. Changes nothing.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::accounts::policy::{self, Actor, Hats, Subject};
use crate::accounts::store as accounts;
use crate::learning::store::{self as learning, RecordRow};
use crate::organisation::assignments::{self, Assigned};
use crate::organisation::{Person, Tree, Unit, UnitId, store as organisation, subject};
use crate::programme::store::{self as programme, Edition};
use crate::recognition::store as recognition;
use crate::store::{Conn, Result};
use crate::team::Member;
use crate::versions::published::Published;

/// A person as one reader sees them.
pub struct Dossier {
    pub person: Person,
    /// From the highest unit down to the person's own; whether the reader may open each.
    pub units: Vec<(Unit, bool)>,
    /// Names of the nearest managers.
    pub managers: Vec<String>,
    pub assigned: Vec<Assigned>,
    pub record: Vec<RecordRow>,
    /// Other courses that lie behind it, by its rows' ids.
    pub courses: HashMap<i64, String>,
    /// Names of those who recorded it.
    pub recorders: HashMap<i64, String>,
    /// Those taken part in, the newest first.
    pub editions: Vec<Edition>,
    /// None before a curriculum is published.
    pub member: Option<Member>,
    pub hats: Hats,
    pub rights: Rights,
}

/// What the reader may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    pub oneself: bool,
    /// Give and end roles.
    pub assigns: bool,
    /// See and note days away.
    pub absences: bool,
    /// See what the person has missed.
    pub missed: bool,
    /// See hats.
    pub sees_hats: bool,
    /// Give and take hats.
    pub gives_hats: bool,
    /// Open editions.
    pub editions: bool,
}

impl Rights {
    fn of(actor: &Actor, subject: &Subject) -> Rights {
        Rights {
            oneself: actor.id == subject.id,
            assigns: policy::assigns(actor, subject),
            absences: policy::notes_absence(actor, subject),
            missed: policy::books(actor, subject),
            sees_hats: actor.hats.administrator,
            gives_hats: policy::gives_hats(actor, subject),
            editions: actor.hats.developer,
        }
    }
}

/// The person and what policy needs to know; `None` when there is none, or not for this reader.
pub fn visible(conn: &mut Conn, actor: &Actor, id: i64) -> Result<Option<(Person, Subject)>> {
    let Some(person) = organisation::person(conn, id)? else { return Ok(None) };
    let subject = subject(&*organisation::tree(conn)?, &person);
    Ok(policy::sees_person(actor, &subject).then_some((person, subject)))
}

/// The units from the top down to `unit`, and whether the reader may look into each.
fn units_to(tree: &Tree, actor: &Actor, unit: UnitId) -> Vec<(Unit, bool)> {
    let line = |unit| [vec![unit], tree.ancestors(unit)].concat();
    let mut units: Vec<(Unit, bool)> = line(unit)
        .iter()
        .rev()
        .filter_map(|unit| Some((tree.unit(*unit)?.clone(), policy::sees_unit(actor, &line(*unit)))))
        .collect();
    units.dedup_by_key(|(unit, _)| unit.id);
    units
}

/// `None` when there is no such person, or not for this reader.
pub fn dossier(
    conn: &mut Conn,
    published: Option<&Published>,
    actor: &Actor,
    id: i64,
    today: NaiveDate,
) -> Result<Option<Dossier>> {
    let Some(person) = organisation::person(conn, id)? else { return Ok(None) };
    let tree = organisation::tree(conn)?;
    let subject = subject(&tree, &person);
    if !policy::sees_person(actor, &subject) {
        return Ok(None);
    }
    let managers = organisation::people_by_id(conn, &tree.managers_of(id, person.unit))?;
    let record = learning::record(conn, id)?;
    let mut recorders: Vec<i64> = record.iter().filter_map(|row| row.recorded_by).collect();
    recorders.sort_unstable();
    recorders.dedup();
    let recorders = organisation::people_by_id(conn, &recorders)?.into_iter().map(|p| (p.id, p.name)).collect();
    let facts = learning::facts(conn, id, today)?.unwrap_or_default();
    Ok(Some(Dossier {
        units: person.unit.map(|unit| units_to(&tree, actor, unit)).unwrap_or_default(),
        managers: managers.into_iter().map(|manager| manager.name).collect(),
        assigned: assignments::store::of(conn, id)?,
        record,
        courses: recognition::courses_of(conn, id)?,
        recorders,
        editions: programme::editions_of(conn, id)?,
        member: published.map(|published| Member::new(published, &person, &facts, today)),
        hats: accounts::hats_of(conn, id)?,
        rights: Rights::of(actor, &subject),
        person,
    }))
}
