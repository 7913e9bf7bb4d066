//! The interface for programs: who misses what in a unit.

use std::collections::BTreeMap;

use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::accounts::policy::{Actor, Leads, sees_person};
use crate::clock;
use crate::engine::model::{ModuleIx, Path as Learning, State, Step, Strength};
use crate::learning::service as learning;
use crate::organisation::api::may_see;
use crate::organisation::{Person, Unit, UnitId, store as people, subject};
use crate::store::{Conn, Store, blocking};
use crate::versions::api::published;
use crate::versions::published::{Published, Shelf};
use crate::web::api::{Answer, Listed, PageNumber, Paging, PerPage, Query, answer};
use crate::web::{May, Problem};

/// What a unit's people have left on their paths.
#[derive(Debug, Serialize, ToSchema)]
pub struct GapView {
    /// The unit's id.
    pub unit: i64,
    pub name: String,
    /// The day it is the answer for.
    pub today: NaiveDate,
    /// People who work in the unit and below, whom you may see.
    pub people: i64,
    /// Modules that somebody has left, in the curriculum's order.
    pub modules: Vec<GapModule>,
    /// People with something left, by name.
    pub items: Vec<GapPerson>,
    /// People with something left.
    pub total: i64,
    pub page: u32,
    pub per_page: u32,
}

/// How many people have a module left.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct GapModule {
    pub id: String,
    /// M1, V3, …
    pub code: String,
    /// People who have it left; the counts below are of these.
    pub missing: u32,
    pub overdue: u32,
    pub booked: u32,
    /// Once held, no longer valid.
    pub expired: u32,
}

/// Somebody with something left.
#[derive(Debug, Serialize, ToSchema)]
pub struct GapPerson {
    /// The person's id.
    pub person: i64,
    pub name: String,
    /// The unit's id.
    pub unit: Option<i64>,
    pub hours_left: f64,
    /// In the order to take them.
    pub missing: Vec<GapStep>,
}

/// A module that somebody has left.
#[derive(Debug, Serialize, ToSchema)]
pub struct GapStep {
    /// The module's id.
    pub module: String,
    /// `overdue`, `booked`, `expired`, `locked` or `available`.
    #[schema(value_type = String)]
    pub state: State,
    /// `required`, `one_of` or `recommended`; none for a piece that others build on and nothing asks for by itself.
    #[schema(value_type = Option<String>)]
    pub strength: Option<Strength>,
    pub due: Option<NaiveDate>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GapQuery {
    /// Only people who have this module left, a module id; the counts stay those of everybody.
    module: Option<String>,
    #[serde(default)]
    #[param(inline)]
    page: PageNumber,
    #[serde(default)]
    #[param(inline)]
    per_page: PerPage,
}

/// Who misses what in a unit
///
/// For each module how many people of the unit and below have it left, and page by page who they are.
#[utoipa::path(get, path = "/api/v1/units/{unit}/gap", tag = "units",
    params(("unit" = i64, Path, description = "The unit's id"), GapQuery),
    responses((status = 200, body = GapView), (status = 409, description = "No curriculum is published yet")))]
pub async fn gap(
    may: May<Leads>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    unit: Path<UnitId>,
    query: Query<GapQuery>,
) -> Answer<GapView> {
    let published = published(&store, &shelf).await?;
    let found = blocking(move || {
        let today = clock::today();
        store.read(|conn| {
            let (unit, everyone) = unit_for(conn, &may.who, *unit, today)?.ok_or(Problem::NotFound)?;
            let ids: Vec<i64> = everyone.iter().map(|person| person.id).collect();
            let paths = learning::paths_of(conn, &published, &ids, today)?;
            let left =
                |person: Person| paths.get(&person.id).filter(|path| !path.steps.is_empty()).map(|p| (person, p));
            let gap = Gap { published: &published, people: everyone.len() as i64, today };
            Ok::<_, Problem>(gap.view(unit, everyone.into_iter().filter_map(left).collect(), &query.0))
        })
    });
    answer(found.await?)
}

/// A unit and the people of it and below whom the actor may see; none when the unit is not the actor's to see.
fn unit_for(
    conn: &mut Conn,
    actor: &Actor,
    unit: UnitId,
    today: NaiveDate,
) -> Result<Option<(Unit, Vec<Person>)>, Problem> {
    let tree = people::tree(conn)?;
    let Some(found) = tree.unit(unit).filter(|unit| may_see(&tree, actor, unit.id)) else { return Ok(None) };
    let mut everyone = people::people_in_units(conn, &tree.below(&[unit]), today)?;
    everyone.retain(|person| sees_person(actor, &subject(&tree, person)));
    everyone.sort_by_cached_key(|person| (crate::words::sort_key(&person.name), person.id));
    Ok(Some((found.clone(), everyone)))
}

struct Gap<'a> {
    published: &'a Published,
    people: i64,
    today: NaiveDate,
}

impl Gap<'_> {
    fn view(&self, unit: Unit, left: Vec<(Person, &Learning)>, query: &GapQuery) -> GapView {
        let modules = self.modules(&left);
        let asked = |path: &Learning| match &query.module {
            Some(id) => path.steps.iter().any(|step| self.published.id_of(step.module) == id),
            None => true,
        };
        let shown: Vec<_> = left.into_iter().filter(|(_, path)| asked(path)).collect();
        let paging = Paging::new(query.page, query.per_page);
        let Listed { items, total, page, per_page } =
            paging.cut(shown.into_iter().map(|(person, path)| self.person(person, path)));
        GapView {
            unit: unit.id,
            name: unit.name,
            today: self.today,
            people: self.people,
            modules,
            items,
            total,
            page,
            per_page,
        }
    }

    fn modules(&self, left: &[(Person, &Learning)]) -> Vec<GapModule> {
        let mut counts: BTreeMap<ModuleIx, GapModule> = BTreeMap::new();
        for step in left.iter().flat_map(|(_, path)| &path.steps) {
            let count = counts.entry(step.module).or_insert_with(|| GapModule {
                id: self.published.id_of(step.module).to_owned(),
                code: self.published.code(step.module).to_owned(),
                ..GapModule::default()
            });
            count.missing += 1;
            count.overdue += u32::from(step.state == State::Overdue);
            count.booked += u32::from(step.state == State::Booked);
            count.expired += u32::from(step.state == State::Expired);
        }
        counts.into_values().collect()
    }

    fn person(&self, person: Person, path: &Learning) -> GapPerson {
        let step = |step: &Step| GapStep {
            module: self.published.id_of(step.module).to_owned(),
            state: step.state,
            strength: step.strength,
            due: step.due,
        };
        GapPerson {
            person: person.id,
            name: person.name,
            unit: person.unit,
            hours_left: f64::from(path.quarters_left) / 4.0,
            missing: path.steps.iter().map(step).collect(),
        }
    }
}
