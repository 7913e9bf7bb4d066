//! Queries on units and people. People come sorted the Swedish way; days are bound, never asked of the database.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Person, PersonId, Reach, Tree, Unit, UnitId, kept, names};
use crate::curriculum::model::Language;
use crate::store::schema::{people, unit_managers, unit_revision, units};
use crate::store::{Conn, Result, among, columns, on_both};
use crate::words;

/// Most ids bound in one statement; both databases take more.
pub const MOST_IDS: usize = 10_000;

/// The whole organisation as it is now. Ended units are in it; units in name order. One small query while nothing
/// has changed.
pub fn tree(conn: &mut Conn) -> Result<Arc<Tree>> {
    let Some(revision) = unit_revision(conn)? else { return Ok(Arc::new(read_tree(conn)?)) };
    if let Some(tree) = kept::tree(revision) {
        return Ok(tree);
    }
    // Read after the revision: should the units change in between, the next question finds another revision.
    let tree = Arc::new(read_tree(conn)?);
    kept::keep(revision, tree.clone());
    Ok(tree)
}

/// What changes with every change of units or their managers; none when nobody may keep them.
pub fn unit_revision(conn: &mut Conn) -> Result<Option<i64>> {
    Ok(unit_revision::table.select(unit_revision::revision).first(conn).optional()?)
}

fn read_tree(conn: &mut Conn) -> Result<Tree> {
    Ok(Tree::new(units(conn)?, &managers(conn)?))
}

/// To be called in the transaction that changes units or their managers, before it does: nobody then keeps under the
/// old revision what may yet be rolled back.
pub fn units_will_change(conn: &mut Conn) -> Result<()> {
    diesel::delete(unit_revision::table).execute(conn)?;
    let mut random = [0; 8];
    if getrandom::fill(&mut random).is_ok() {
        let row = (unit_revision::id.eq(1), unit_revision::revision.eq(i64::from_le_bytes(random)));
        diesel::insert_into(unit_revision::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// All units, also ended ones, by name.
pub fn units(conn: &mut Conn) -> Result<Vec<Unit>> {
    let rows: Vec<(i64, String, String, Option<i64>, Option<NaiveDate>)> = units::table
        .order((units::sort_key, units::id))
        .select((units::id, units::external_id, units::name, units::parent_id, units::ended_on))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, external_id, name, parent, ended_on)| Unit { id, external_id, name, parent, ended_on })
        .collect())
}

/// Who manages what.
pub fn managers(conn: &mut Conn) -> Result<Vec<(UnitId, PersonId)>> {
    Ok(unit_managers::table
        .order((unit_managers::unit_id, unit_managers::person_id))
        .select((unit_managers::unit_id, unit_managers::person_id))
        .load(conn)?)
}

/// Whether there is any unit.
pub fn any_unit(conn: &mut Conn) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(units::table.select(units::id))).get_result(conn)?)
}

/// Whether anybody belongs to a unit, so that people have been imported.
pub fn any_in_unit(conn: &mut Conn) -> Result<bool> {
    let placed = people::table.filter(people::unit_id.is_not_null()).select(people::id);
    Ok(diesel::select(diesel::dsl::exists(placed)).get_result(conn)?)
}

pub fn person(conn: &mut Conn, id: PersonId) -> Result<Option<Person>> {
    let row: Option<Row> = people::table.find(id).select(COLUMNS).first(conn).optional()?;
    Ok(row.map(Row::person))
}

/// The person with this address, in whatever case it is written.
pub fn person_by_email(conn: &mut Conn, email: &str) -> Result<Option<Person>> {
    let key = words::email_key(email);
    let row: Option<Row> = people::table.filter(people::email_key.eq(key)).select(COLUMNS).first(conn).optional()?;
    Ok(row.map(Row::person))
}

pub fn person_by_external_id(conn: &mut Conn, id: &str) -> Result<Option<Person>> {
    let row: Option<Row> = people::table.filter(people::external_id.eq(id)).select(COLUMNS).first(conn).optional()?;
    Ok(row.map(Row::person))
}

/// The people with these ids, by name; unknown ids are left out. At most [`MOST_IDS`] keep one order.
pub fn people_by_id(conn: &mut Conn, ids: &[PersonId]) -> Result<Vec<Person>> {
    let mut found = Vec::new();
    for some in ids.chunks(MOST_IDS) {
        let query = people::table.filter(among(people::id, some)).order((people::sort_key, people::id)).select(COLUMNS);
        let rows: Vec<Row> = on_both!(conn, c => query.load(c)?);
        found.extend(rows.into_iter().map(Row::person));
    }
    Ok(found)
}

/// Everybody, also those who have left, by name.
pub fn everybody(conn: &mut Conn) -> Result<Vec<Person>> {
    let rows: Vec<Row> = people::table.order((people::sort_key, people::id)).select(COLUMNS).load(conn)?;
    Ok(rows.into_iter().map(Row::person).collect())
}

/// Those who work in exactly these units on `day`, by name. For whole branches give `tree.below(…)`.
pub fn people_in_units(conn: &mut Conn, units: &[UnitId], day: NaiveDate) -> Result<Vec<Person>> {
    let mut found = Vec::new();
    for some in units.chunks(MOST_IDS) {
        let query = people::table
            .filter(among(people::unit_id, some))
            .filter(people::starts_on.le(day))
            .filter(people::ends_on.is_null().or(people::ends_on.ge(day)))
            .order((people::sort_key, people::id))
            .select(COLUMNS);
        let rows: Vec<Row> = on_both!(conn, c => query.load(c)?);
        found.extend(rows.into_iter().map(Row::person));
    }
    Ok(found)
}

/// Those who belonged to exactly these units when they left before `day`, by name.
pub fn left_units(conn: &mut Conn, units: &[UnitId], day: NaiveDate) -> Result<Vec<Person>> {
    let mut found = Vec::new();
    for some in units.chunks(MOST_IDS) {
        let rows: Vec<Row> = people::table
            .filter(people::unit_id.eq_any(some))
            .filter(people::ends_on.lt(day))
            .order((people::sort_key, people::id))
            .select(COLUMNS)
            .load(conn)?;
        found.extend(rows.into_iter().map(Row::person));
    }
    Ok(found)
}

/// `manager`'s people on `day`, by name: everyone below, or only direct reports (see [`super::tree`]).
pub fn team(conn: &mut Conn, tree: &Tree, manager: PersonId, reach: Reach, day: NaiveDate) -> Result<Vec<Person>> {
    let units = tree.units_under(manager);
    let mut found = people_in_units(conn, &units, day)?;
    // A manager of a unit below may belong to a unit elsewhere.
    let mut elsewhere: Vec<PersonId> = units.iter().flat_map(|u| tree.managers(*u)).copied().collect();
    elsewhere.sort_unstable();
    elsewhere.dedup();
    elsewhere.retain(|id| found.iter().all(|p| p.id != *id));
    found.extend(people_by_id(conn, &elsewhere)?.into_iter().filter(|p| p.works_on(day)));
    found.sort_by_cached_key(|p| (words::sort_key(&p.name), p.id));
    Ok(tree.team(manager, found, reach))
}

/// What to look for among all people.
#[derive(Debug, Clone, Default)]
pub struct Search<'a> {
    /// Words that must all be in the name, address or external id; empty = all.
    pub query: &'a str,
    /// Only people of these units.
    pub units: Option<&'a [UnitId]>,
    pub employed: Employed,
    /// Page, 0 first.
    pub page: i64,
    pub per_page: i64,
}

/// Who counts, by their days of employment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Employed {
    #[default]
    Ever,
    /// Working on this day.
    On(NaiveDate),
    /// Left before this day.
    LeftBefore(NaiveDate),
}

/// One page of a list and the number of rows in the whole list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub total: i64,
}

/// Looks among everybody, so only for those who may see everybody; a manager's own people are few enough to be
/// filtered with [`names::matches`].
pub fn search(conn: &mut Conn, search: &Search) -> Result<Page<Person>> {
    let total = matching(search).count().get_result(conn)?;
    let rows: Vec<Row> = matching(search)
        .order((people::sort_key, people::id))
        .offset(search.page.max(0).saturating_mul(search.per_page))
        .limit(search.per_page)
        .select(COLUMNS)
        .load(conn)?;
    Ok(Page { rows: rows.into_iter().map(Row::person).collect(), total })
}

fn matching<'a>(search: &'a Search) -> people::BoxedQuery<'a, crate::store::Database> {
    let mut query = people::table.into_boxed();
    for word in names::search_words(search.query) {
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        query = query.filter(people::search_key.like(format!("%{escaped}%")).escape('\\'));
    }
    if let Some(units) = search.units {
        query = query.filter(people::unit_id.eq_any(units));
    }
    match search.employed {
        Employed::Ever => query,
        Employed::On(day) => {
            query.filter(people::starts_on.le(day)).filter(people::ends_on.is_null().or(people::ends_on.ge(day)))
        }
        Employed::LeftBefore(day) => query.filter(people::ends_on.lt(day)),
    }
}

/// A person's row as it is read.
#[derive(Queryable)]
struct Row {
    id: i64,
    external_id: String,
    name: String,
    email: String,
    language: String,
    unit: Option<i64>,
    title_text: String,
    title_code: String,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
    disabled_at: Option<NaiveDateTime>,
}

columns!(COLUMNS: Columns = people { id, external_id, name, email, language, unit_id, title_text, title_code, starts_on, ends_on, disabled_at });

impl Row {
    fn person(self) -> Person {
        Person {
            id: self.id,
            external_id: self.external_id,
            name: self.name,
            email: self.email,
            language: Language::of_code(&self.language),
            unit: self.unit,
            title_text: self.title_text,
            title_code: self.title_code,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            disabled: self.disabled_at.is_some(),
        }
    }
}
