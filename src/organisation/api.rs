//! The interface for programs: people, their assignments, units.

use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::assignments::{self, Assigned, Kind, Origin};
use super::service::{self, Refused};
use super::store::{self as rows, Employed, Search};
use super::{Person, Tree, Unit, UnitId};
use crate::accounts::policy::{self, Actor, Leads, SignedIn, sees_everyone, sees_unit};
use crate::clock;
use crate::curriculum::model::Language;
use crate::store::{Conn, Store, blocking};
use crate::web::api::{Answer, Day, Listed, PageNumber, PageQuery, Paging, PerPage, Query, answer, invalid};
use crate::web::{Json, May, Problem};

/// Somebody who works, or has worked, in the region.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonView {
    pub id: i64,
    /// The id that the region's own systems use; never a personal identity number.
    pub external_id: String,
    pub name: String,
    pub email: String,
    /// `sv` or `en`.
    #[schema(value_type = String)]
    pub language: Language,
    /// The unit's id.
    pub unit: Option<i64>,
    /// The job title as the region writes it, whether or not the curriculum knows it.
    pub title: String,
    pub title_code: String,
    /// First day of employment.
    pub starts_on: NaiveDate,
    /// Last day of employment.
    pub ends_on: Option<NaiveDate>,
}

impl From<Person> for PersonView {
    fn from(person: Person) -> Self {
        PersonView {
            id: person.id,
            external_id: person.external_id,
            name: person.name,
            email: person.email,
            language: person.language,
            unit: person.unit,
            title: person.title_text,
            title_code: person.title_code,
            starts_on: person.starts_on,
            ends_on: person.ends_on,
        }
    }
}

/// A title or a role held from a day to a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentView {
    pub id: i64,
    /// The person's id.
    pub person: i64,
    /// `title` or `role`.
    #[schema(value_type = String)]
    pub kind: Kind,
    /// A title or role id of the curriculum.
    pub code: String,
    pub from: NaiveDate,
    /// The last day; before `from` when it was taken back before it began.
    pub to: Option<NaiveDate>,
    /// `hr` (the import), `programme` (taking part in an edition) or `hand`.
    pub source: String,
    /// The edition's id, when it comes from taking part in one.
    pub edition: Option<i64>,
}

impl From<Assigned> for AssignmentView {
    fn from(held: Assigned) -> Self {
        let (source, edition) = match held.origin {
            Origin::Hr => ("hr", None),
            Origin::Programme(edition) => ("programme", Some(edition)),
            Origin::Hand => ("hand", None),
        };
        AssignmentView {
            id: held.id,
            person: held.person,
            kind: held.kind,
            code: held.code,
            from: held.from,
            to: held.to,
            source: source.to_owned(),
            edition,
        }
    }
}

/// A part of the organisation, of any depth.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitView {
    pub id: i64,
    /// The id that the region's own systems use.
    pub external_id: String,
    pub name: String,
    /// The unit it is a part of; none at the top of what you may see.
    pub parent: Option<i64>,
    /// The last day it existed.
    pub ended_on: Option<NaiveDate>,
    /// Ids of the people who manage the unit itself.
    pub managers: Vec<i64>,
}

/// Whom the token acts as.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeView {
    pub person: PersonView,
    /// `administrator`, `developer`, `coach`.
    pub hats: Vec<String>,
    /// Ids of the units managed.
    pub manages: Vec<i64>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PeopleQuery {
    /// Words that must all be in the name, the address or the external id.
    #[serde(default)]
    q: String,
    /// Only people of this unit and those below it.
    unit: Option<i64>,
    #[serde(default)]
    #[param(inline)]
    page: PageNumber,
    #[serde(default)]
    #[param(inline)]
    per_page: PerPage,
}

/// Whom this token acts as
///
/// The person, with the rights that the token has. A changed hat or unit shows at the next request.
#[utoipa::path(get, path = "/api/v1/me", tag = "people", responses((status = 200, body = MeView)))]
pub async fn me(may: May<SignedIn>, store: Data<Store>) -> Answer<MeView> {
    let id = may.who.id;
    let person = blocking(move || store.read(|conn| rows::person(conn, id))).await?.ok_or(Problem::NotFound)?;
    let worn = may.who.hats;
    let hats = [("administrator", worn.administrator), ("developer", worn.developer), ("coach", worn.coach)];
    let hats = hats.iter().filter(|(_, worn)| *worn).map(|(hat, _)| (*hat).to_owned()).collect();
    answer(MeView { person: person.into(), hats, manages: may.who.manages })
}

/// People who work here today
///
/// Those whom you may see, by name in Swedish order: everybody for developers and administrators; yourself and
/// everyone below you for managers; else yourself.
#[utoipa::path(get, path = "/api/v1/people", tag = "people", params(PeopleQuery),
    responses((status = 200, body = Listed<PersonView>)))]
pub async fn people(may: May<SignedIn>, store: Data<Store>, query: Query<PeopleQuery>) -> Answer<Listed<PersonView>> {
    let PeopleQuery { q, unit, page, per_page } = query.0;
    let (paging, today) = (Paging::new(page, per_page), clock::today());
    let found = blocking(move || {
        store.read(|conn| {
            let units = match unit {
                Some(unit) => Some(rows::tree(conn)?.below(&[unit])),
                None => None,
            };
            let search = Search {
                query: &q,
                units: units.as_deref(),
                employed: Employed::On(today),
                page: paging.index(),
                per_page: paging.limit(),
            };
            service::people_for(conn, &may.who, &search, today)
        })
    });
    let found = found.await?;
    answer(paging.page_of(found.rows.into_iter().map(PersonView::from).collect(), found.total))
}

/// One person
#[utoipa::path(get, path = "/api/v1/people/{person}", tag = "people",
    params(("person" = i64, Path, description = "The person's id")),
    responses((status = 200, body = PersonView)))]
pub async fn person(may: May<SignedIn>, store: Data<Store>, person: Path<i64>) -> Answer<PersonView> {
    let found = blocking(move || store.read(|conn| service::person_for(conn, &may.who, *person))).await?;
    let (person, _) = found.ok_or(Problem::NotFound)?;
    answer(person.into())
}

/// What a person holds, has held or will hold
///
/// Titles and roles, oldest first.
#[utoipa::path(get, path = "/api/v1/people/{person}/assignments", tag = "assignments",
    params(("person" = i64, Path, description = "The person's id"), PageQuery),
    responses((status = 200, body = Listed<AssignmentView>)))]
pub async fn assignments(
    may: May<SignedIn>,
    store: Data<Store>,
    person: Path<i64>,
    query: Query<PageQuery>,
) -> Answer<Listed<AssignmentView>> {
    let held = blocking(move || {
        store.read(|conn| {
            let (person, _) = service::person_for(conn, &may.who, *person)?.ok_or(Problem::NotFound)?;
            Ok::<_, Problem>(assignments::store::of(conn, person.id)?)
        })
    });
    answer(query.0.paging().cut(held.await?.into_iter().map(AssignmentView::from)))
}

/// When it ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LastDay {
    /// A day before the first takes the assignment back wholly.
    #[schema(value_type = NaiveDate)]
    last_day: Day,
}

/// End an assignment given by hand
#[utoipa::path(post, path = "/api/v1/assignments/{assignment}/end", tag = "assignments", request_body = LastDay,
    params(("assignment" = i64, Path, description = "The assignment's id")),
    responses((status = 200, body = AssignmentView), (status = 403, description = "You may see the person but not do this"),
        (status = 409, description = "Titles follow the import and a programme's roles the enrolment")))]
pub async fn end_assignment(
    may: May<Leads>,
    store: Data<Store>,
    assignment: Path<i64>,
    end: Json<LastDay>,
) -> Answer<AssignmentView> {
    let ended = blocking(move || {
        let (actor, assignment) = (&may.who, *assignment);
        let find = |conn: &mut Conn| assignments::store::find(conn, assignment)?.ok_or(Problem::NotFound);
        store.read(|conn| {
            let held = find(conn)?;
            may_assign(conn, actor, held.person)
        })?;
        service::end_by_hand(&store, assignment, end.0.last_day.0, Some(actor.id), clock::now()).map_err(problem)?;
        store.read(find)
    });
    answer(ended.await?.into())
}

/// Not found for whom the actor may not see, forbidden for whom she may see and not give roles to.
pub fn may_assign(conn: &mut Conn, actor: &Actor, person: i64) -> Result<(), Problem> {
    let (_, subject) = service::person_for(conn, actor, person)?.ok_or(Problem::NotFound)?;
    if policy::assigns(actor, &subject) { Ok(()) } else { Err(Problem::Forbidden) }
}

/// What a program is told about a refused assignment.
pub fn problem(refused: Refused) -> Problem {
    match refused {
        Refused::Store(error) => error.into(),
        Refused::NoSuchPerson | Refused::NoSuchAssignment => Problem::NotFound,
        Refused::NoSuchRole(_) => invalid("role", "api-no-role"),
        Refused::EndsBeforeItStarts => invalid("to", "api-ends-before"),
        Refused::AlreadyHeld => Problem::Conflict("api-role-held"),
        Refused::NotByHand => Problem::Conflict("api-not-by-hand"),
    }
}

/// The units you may see
///
/// All of them for developers and administrators, also ended ones; those you manage and all below for managers; none
/// for others. By name; `parent` makes the tree.
#[utoipa::path(get, path = "/api/v1/units", tag = "units", params(PageQuery),
    responses((status = 200, body = Listed<UnitView>)))]
pub async fn units(may: May<SignedIn>, store: Data<Store>, query: Query<PageQuery>) -> Answer<Listed<UnitView>> {
    let tree = blocking(move || store.read(|conn| Ok::<_, Problem>((rows::tree(conn)?, rows::units(conn)?))));
    let (tree, mut units) = tree.await?;
    units.retain(|unit| may_see(&tree, &may.who, unit.id));
    let view = |unit: Unit| UnitView {
        parent: unit.parent.filter(|parent| may_see(&tree, &may.who, *parent)),
        managers: tree.managers(unit.id).to_vec(),
        id: unit.id,
        external_id: unit.external_id,
        name: unit.name,
        ended_on: unit.ended_on,
    };
    answer(query.0.paging().cut(units.into_iter().map(view)))
}

/// Whether the unit is the actor's to look into.
pub fn may_see(tree: &Tree, actor: &Actor, unit: UnitId) -> bool {
    sees_everyone(actor) || sees_unit(actor, &[vec![unit], tree.ancestors(unit)].concat())
}
