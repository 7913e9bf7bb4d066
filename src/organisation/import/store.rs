//! Carries out plans: few statements however many rows. Inside the caller's transaction.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::people::{PeoplePlan, PersonState};
use super::plan::{Change, Plan};
use super::service::Errand;
use super::units::UnitState;
use crate::organisation::names::search_key;
use crate::organisation::store::{MOST_IDS, units_will_change};
use crate::organisation::{PersonId, UnitId, assignments};
use crate::store::audit::{self, Entry};
use crate::store::schema::{people, unit_managers, units};
use crate::store::{Conn, Result, journal, on_both};
use crate::words::{email_key, sort_key};

/// Rows in one insert: well below the number of parameters that both databases take.
const BATCH: usize = 1000;

/// How far the saving has come.
struct Meter<'a> {
    errand: &'a Errand<'a>,
    done: usize,
    of: usize,
}

impl Meter<'_> {
    fn add(&mut self, rows: usize) {
        self.done += rows;
        (self.errand.progress)(self.done, self.of);
    }
}

#[derive(Insertable)]
#[diesel(table_name = units)]
struct NewUnit<'a> {
    external_id: &'a str,
    name: &'a str,
    sort_key: String,
}

#[derive(Insertable)]
#[diesel(table_name = unit_managers)]
struct NewManager {
    unit_id: UnitId,
    person_id: PersonId,
}

/// Nulls are written as such, which lets SQLite insert many at once.
#[derive(Insertable)]
#[diesel(table_name = people, treat_none_as_default_value = false)]
struct NewPerson<'a> {
    external_id: &'a str,
    name: &'a str,
    sort_key: String,
    search_key: String,
    email: &'a str,
    email_key: String,
    language: &'a str,
    unit_id: UnitId,
    title_text: &'a str,
    title_code: &'a str,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
}

/// Units are added first and hung up afterwards, because a row may stand before its parent's.
pub fn save_units(conn: &mut Conn, plan: &Plan<UnitState>, errand: &Errand) -> Result<()> {
    units_will_change(conn)?;
    let mut meter = Meter { errand, done: 0, of: 2 * plan.add.len() + plan.change.len() + plan.end.len() };
    for some in plan.add.chunks(BATCH) {
        let new: Vec<NewUnit> =
            some.iter().map(|u| NewUnit { external_id: &u.id, name: &u.name, sort_key: sort_key(&u.name) }).collect();
        on_both!(conn, c => diesel::insert_into(units::table).values(&new).execute(c)?);
        meter.add(some.len());
    }
    let unit_rows: HashMap<String, UnitId> =
        by_external_id(units::table.select((units::external_id, units::id)).load(conn)?);
    let person_rows: HashMap<String, PersonId> =
        by_external_id(people::table.select((people::external_id, people::id)).load(conn)?);
    let mut managers = Vec::new();
    for unit in plan.add.iter().chain(plan.change.iter().map(|change| &change.to)) {
        let Some(&row) = unit_rows.get(&unit.id) else { continue };
        let parent = unit.parent.as_ref().and_then(|parent| unit_rows.get(parent)).copied();
        diesel::update(units::table.find(row))
            .set((
                units::name.eq(&unit.name),
                units::sort_key.eq(sort_key(&unit.name)),
                units::parent_id.eq(parent),
                units::ended_on.eq(None::<NaiveDate>),
            ))
            .execute(conn)?;
        let of_unit = unit.managers.iter().filter_map(|id| person_rows.get(id));
        managers.extend(of_unit.map(|person| NewManager { unit_id: row, person_id: *person }));
        meter.add(1);
    }
    replace_managers(conn, &plan.change, &managers)?;
    for end in &plan.end {
        diesel::update(units::table.find(end.row)).set(units::ended_on.eq(Some(end.last_day))).execute(conn)?;
        meter.add(1);
    }
    record(conn, errand, "import.units", "unit", plan, 0)
}

fn replace_managers(conn: &mut Conn, changed: &[Change<UnitState>], managers: &[NewManager]) -> Result<()> {
    let changed: Vec<UnitId> = changed.iter().map(|change| change.row).collect();
    for some in changed.chunks(MOST_IDS) {
        diesel::delete(unit_managers::table.filter(unit_managers::unit_id.eq_any(some))).execute(conn)?;
    }
    for some in managers.chunks(BATCH) {
        on_both!(conn, c => diesel::insert_into(unit_managers::table).values(some).execute(c)?);
    }
    Ok(())
}

pub fn save_people(conn: &mut Conn, plan: &PeoplePlan, errand: &Errand) -> Result<()> {
    let people_plan = &plan.people;
    let of = people_plan.add.len() + people_plan.change.len() + people_plan.end.len();
    let mut meter = Meter { errand, done: 0, of };
    free_addresses(conn, &people_plan.change)?;
    for change in &people_plan.change {
        update_person(conn, change.row, &change.to)?;
        meter.add(1);
    }
    for some in people_plan.add.chunks(BATCH) {
        let new: Vec<NewPerson> = some.iter().map(new_person).collect();
        on_both!(conn, c => diesel::insert_into(people::table).values(&new).execute(c)?);
        meter.add(some.len());
    }
    for end in &people_plan.end {
        diesel::update(people::table.find(end.row)).set(people::ends_on.eq(Some(end.last_day))).execute(conn)?;
        meter.add(1);
    }
    note_changed(conn, people_plan)?;
    move_titles(conn, plan, errand)?;
    dismiss_managers(conn, people_plan, errand)?;
    record(conn, errand, "import.people", "person", people_plan, plan.titles.len())
}

/// Notes whose facts are new; those added are known by their ids only now.
fn note_changed(conn: &mut Conn, plan: &Plan<PersonState>) -> Result<()> {
    let mut people: Vec<PersonId> =
        plan.change.iter().map(|change| change.row).chain(plan.end.iter().map(|end| end.row)).collect();
    let added: Vec<&str> = plan.add.iter().map(|person| person.id.as_str()).collect();
    for some in added.chunks(MOST_IDS) {
        let ids = people::table.filter(people::external_id.eq_any(some)).select(people::id);
        people.extend(ids.load::<PersonId>(conn)?);
    }
    journal::changed(conn, &people)
}

/// Addresses may move between people of one file, and they are unique at every moment.
fn free_addresses(conn: &mut Conn, changes: &[Change<PersonState>]) -> Result<()> {
    for change in changes.iter().filter(|change| change.fields.iter().any(|field| field.field == "email")) {
        diesel::update(people::table.find(change.row))
            .set(people::email_key.eq(format!("changing {}", change.row)))
            .execute(conn)?;
    }
    Ok(())
}

fn update_person(conn: &mut Conn, row: PersonId, to: &PersonState) -> Result<()> {
    diesel::update(people::table.find(row))
        .set((
            people::external_id.eq(&to.id),
            people::name.eq(&to.name),
            people::sort_key.eq(sort_key(&to.name)),
            people::search_key.eq(search_key(&to.name, &to.email, &to.id)),
            people::email.eq(&to.email),
            people::email_key.eq(email_key(&to.email)),
            people::unit_id.eq(to.unit_row),
            people::title_text.eq(&to.title),
            people::title_code.eq(&to.title_code),
            people::starts_on.eq(to.from),
            people::ends_on.eq(to.to),
        ))
        .execute(conn)?;
    Ok(())
}

fn new_person(person: &PersonState) -> NewPerson<'_> {
    NewPerson {
        external_id: &person.id,
        name: &person.name,
        sort_key: sort_key(&person.name),
        search_key: search_key(&person.name, &person.email, &person.id),
        email: &person.email,
        email_key: email_key(&person.email),
        language: person.language.code(),
        unit_id: person.unit_row,
        title_text: &person.title,
        title_code: &person.title_code,
        starts_on: person.from,
        ends_on: person.to,
    }
}

fn move_titles(conn: &mut Conn, plan: &PeoplePlan, errand: &Errand) -> Result<()> {
    if plan.titles.is_empty() {
        return Ok(());
    }
    let rows: HashMap<String, PersonId> =
        by_external_id(people::table.select((people::external_id, people::id)).load(conn)?);
    let steps: Vec<_> = plan.titles.iter().filter_map(|t| Some((*rows.get(&t.person)?, t.step.clone()))).collect();
    assignments::store::carry_out(conn, &steps, errand.by, errand.now)
}

/// Who has left manages nothing, also after coming back.
fn dismiss_managers(conn: &mut Conn, plan: &Plan<PersonState>, errand: &Errand) -> Result<()> {
    let today = crate::clock::day_of(errand.now);
    let over = plan.change.iter().filter(|change| change.to.to.is_some_and(|last| last < today));
    let gone: Vec<PersonId> = over.map(|change| change.row).chain(plan.end.iter().map(|end| end.row)).collect();
    if !gone.is_empty() {
        units_will_change(conn)?;
    }
    for some in gone.chunks(MOST_IDS) {
        diesel::delete(unit_managers::table.filter(unit_managers::person_id.eq_any(some))).execute(conn)?;
    }
    Ok(())
}

fn by_external_id(rows: Vec<(String, i64)>) -> HashMap<String, i64> {
    rows.into_iter().collect()
}

/// One line in the audit trail for the whole file; none when nothing was done.
fn record<T>(conn: &mut Conn, errand: &Errand, action: &str, kind: &str, plan: &Plan<T>, titles: usize) -> Result<()> {
    if plan.is_empty() && titles == 0 {
        return Ok(());
    }
    let (add, change, end) = (plan.add.len(), plan.change.len(), plan.end.len());
    let detail = format!("added {add}, changed {change}, ended {end}, titles {titles}");
    let entry =
        Entry { at: errand.now, actor_id: errand.by, action, object_kind: kind, object_id: None, detail: &detail };
    audit::record(conn, &entry)
}
