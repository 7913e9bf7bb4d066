//! Who is found: among everybody for staff, among those below for a manager. Changes nothing.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::accounts::policy::{Actor, sees_everyone};
use crate::organisation::store::{self as rows, Employed, Page, Search};
use crate::organisation::titles::{Titles, Unmapped, unmapped};
use crate::organisation::{Person, Reach, Tree, UnitId, names};
use crate::store::{Conn, Result};
use crate::versions::published::Published;

/// People on one page of the list.
pub const PER_PAGE: i64 = 50;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looking {
    /// Words of a name, an address or an id.
    pub query: String,
    /// This unit and those below it.
    pub unit: Option<UnitId>,
    /// Those who have left instead of those who work here.
    pub left: bool,
    /// 0 first.
    pub page: i64,
}

/// A page of people, and how many there are behind each tab.
pub struct Found {
    pub rows: Vec<Person>,
    pub working: i64,
    pub left: i64,
    pub tree: Arc<Tree>,
}

/// Only those whom `actor` may see; numbers count nobody else.
pub fn find(conn: &mut Conn, actor: &Actor, looking: &Looking, today: NaiveDate) -> Result<Found> {
    let tree = rows::tree(conn)?;
    let mut page = |left, page, per_page| match sees_everyone(actor) {
        true => among_all(conn, &tree, looking, employed(left, today), page, per_page),
        false => among_own(conn, &tree, actor, looking, left, page, per_page, today),
    };
    let shown = page(looking.left, looking.page, PER_PAGE)?;
    let other = page(!looking.left, 0, 0)?.total;
    let (working, left) = if looking.left { (other, shown.total) } else { (shown.total, other) };
    Ok(Found { rows: shown.rows, working, left, tree })
}

fn employed(left: bool, today: NaiveDate) -> Employed {
    if left { Employed::LeftBefore(today) } else { Employed::On(today) }
}

fn among_all(
    conn: &mut Conn,
    tree: &Tree,
    looking: &Looking,
    employed: Employed,
    page: i64,
    per_page: i64,
) -> Result<Page<Person>> {
    let units = looking.unit.map(|unit| tree.below(&[unit]));
    rows::search(conn, &Search { query: &looking.query, units: units.as_deref(), employed, page, per_page })
}

#[expect(clippy::too_many_arguments, reason = "one call site; a struct would only repeat the names")]
fn among_own(
    conn: &mut Conn,
    tree: &Tree,
    actor: &Actor,
    looking: &Looking,
    left: bool,
    page: i64,
    per_page: i64,
    today: NaiveDate,
) -> Result<Page<Person>> {
    let mut own = match left {
        true => {
            let left = rows::left_units(conn, &tree.units_under(actor.id), today)?;
            tree.team(actor.id, left, Reach::Everyone)
        }
        false => rows::team(conn, tree, actor.id, Reach::Everyone, today)?,
    };
    let units = looking.unit.map(|unit| tree.below(&[unit]));
    own.retain(|person| {
        let key = names::search_key(&person.name, &person.email, &person.external_id);
        let here = units.as_ref().is_none_or(|units| person.unit.is_some_and(|unit| units.contains(&unit)));
        here && names::matches(&key, &looking.query)
    });
    let total = own.len() as i64;
    let rows = own.into_iter().skip((page.max(0) * per_page) as usize).take(per_page as usize).collect();
    Ok(Page { rows, total })
}

/// The local titles of those who work today that mean nothing to the curriculum, most people first.
pub fn unmapped_titles(conn: &mut Conn, published: &Published, today: NaiveDate) -> Result<Vec<Unmapped>> {
    let people = rows::everybody(conn)?;
    let working = people.iter().filter(|person| person.works_on(today));
    let local = working.map(|person| (person.title_text.as_str(), person.title_code.as_str()));
    Ok(unmapped(&Titles::of(&published.curriculum), local))
}
