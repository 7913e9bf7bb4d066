//! Loads a team: whose people they are, where each of them is. Changes nothing.

use chrono::NaiveDate;

use super::MOST_PEOPLE;
use super::matrix::Member;
use crate::accounts::policy::{Actor, sees_person, sees_unit};
use crate::engine::model::Facts;
use crate::learning::store as learning;
use crate::organisation::{Person, Reach, Tree, Unit, UnitId, store as people, subject};
use crate::store::{Conn, Result};
use crate::versions::published::Published;

/// A team as whoever asks may see it.
pub struct Team {
    /// The unit asked for; none for a manager's own people.
    pub unit: Option<Unit>,
    /// The units above it that the actor may open, the highest first.
    pub above: Vec<Unit>,
    /// The units right below, or the manager's own; the highest two levels for somebody who manages none.
    pub units: Vec<Unit>,
    /// How many everyone below and only the direct ones are.
    pub everyone: usize,
    pub direct: usize,
    /// Those that `reach` asked for, by name; none when they are more than [`MOST_PEOPLE`].
    pub members: Option<Vec<Member>>,
}

/// The people below `actor` herself. Somebody who manages nobody sees no members, only the highest units.
pub fn own(conn: &mut Conn, published: &Published, actor: &Actor, reach: Reach, today: NaiveDate) -> Result<Team> {
    let tree = people::tree(conn)?;
    let everyone = people::team(conn, &tree, actor.id, Reach::Everyone, today)?;
    let direct = |p: &Person| tree.manages(actor.id, p.id, p.unit, Reach::Direct);
    let highest = || tree.roots().iter().flat_map(|root| [&[*root][..], tree.children(*root)].concat()).collect();
    let units: Vec<UnitId> = if actor.is_manager() { tree.managed(actor.id).to_vec() } else { highest() };
    let units = open_units(&tree, &units, today);
    team(conn, published, Shape { unit: None, above: Vec::new(), units }, everyone, direct, reach, today)
}

/// The people of a unit, and of all below it, that `actor` may see; `None` when the unit is not hers to see.
pub fn of_unit(
    conn: &mut Conn,
    published: &Published,
    actor: &Actor,
    unit: UnitId,
    reach: Reach,
    today: NaiveDate,
) -> Result<Option<Team>> {
    let tree = people::tree(conn)?;
    let line = |unit| [vec![unit], tree.ancestors(unit)].concat();
    let Some(found) = tree.unit(unit).filter(|_| sees_unit(actor, &line(unit))) else { return Ok(None) };
    let mut everyone = people::people_in_units(conn, &tree.below(&[unit]), today)?;
    everyone.retain(|person| sees_person(actor, &subject(&tree, person)));
    let above = tree.ancestors(unit).into_iter().rev().filter(|above| sees_unit(actor, &line(*above)));
    let shape = Shape {
        unit: Some(found.clone()),
        above: above.filter_map(|unit| tree.unit(unit).cloned()).collect(),
        units: open_units(&tree, tree.children(unit), today),
    };
    Ok(Some(team(conn, published, shape, everyone, |p| p.unit == Some(unit), reach, today)?))
}

struct Shape {
    unit: Option<Unit>,
    above: Vec<Unit>,
    units: Vec<Unit>,
}

fn open_units(tree: &Tree, units: &[UnitId], today: NaiveDate) -> Vec<Unit> {
    let open = |unit: &&Unit| unit.ended_on.is_none_or(|last| last >= today);
    units.iter().filter_map(|unit| tree.unit(*unit)).filter(open).cloned().collect()
}

fn team(
    conn: &mut Conn,
    published: &Published,
    shape: Shape,
    everyone: Vec<Person>,
    direct: impl Fn(&Person) -> bool,
    reach: Reach,
    today: NaiveDate,
) -> Result<Team> {
    let all = everyone.len();
    let directly: Vec<bool> = everyone.iter().map(direct).collect();
    let is_direct = directly.iter().filter(|direct| **direct).count();
    let shown = everyone.into_iter().zip(&directly).filter(|(_, direct)| reach == Reach::Everyone || **direct);
    let shown: Vec<Person> = shown.map(|(person, _)| person).collect();
    let members = match shown.len() <= MOST_PEOPLE {
        true => Some(members(conn, published, &shown, today)?),
        false => None,
    };
    let Shape { unit, above, units } = shape;
    Ok(Team { unit, above, units, everyone: all, direct: is_direct, members })
}

/// Where each of these people is, in their order.
pub fn members(conn: &mut Conn, published: &Published, people: &[Person], today: NaiveDate) -> Result<Vec<Member>> {
    let ids: Vec<i64> = people.iter().map(|person| person.id).collect();
    let mut facts = learning::facts_of(conn, &ids, today)?;
    let mut facts_of = |person: &Person| -> Facts { facts.remove(&person.id).unwrap_or_default() };
    Ok(people.iter().map(|person| Member::new(published, person, &facts_of(person), today)).collect())
}
