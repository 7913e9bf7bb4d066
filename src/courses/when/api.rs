//! The interface for programs: a person's plan.

use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::load::plan_of;
use super::view::why;
use super::{Place, Plan, Wishes};
use crate::accounts::policy::SignedIn;
use crate::clock;
use crate::courses::view::Telling;
use crate::curriculum::model::Language;
use crate::organisation::service::person_for;
use crate::store::{Store, blocking};
use crate::versions::api::published;
use crate::versions::published::Shelf;
use crate::web::api::{Answer, Day, Query, answer};
use crate::web::{May, Problem};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlanQuery {
    /// Course days in one week at most, 1 to 5; left out, as many as there are.
    #[param(minimum = 1, maximum = 5)]
    days_a_week: Option<u8>,
    /// Nothing before this day.
    #[param(value_type = Option<NaiveDate>)]
    from: Option<Day>,
    /// The language of sentences, `sv` or `en`; left out, that of whom the token acts as.
    #[param(value_type = Option<String>, pattern = "^(sv|en)$")]
    lang: Option<Language>,
}

/// What is left of a path, each piece on its day.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanView {
    /// The day on which everything is done; none when something has no day, or nothing is left.
    pub done: Option<NaiveDate>,
    /// No plan misses fewer deadlines, or is done earlier with as few.
    pub proved: bool,
    /// In time order; what has no day stands last.
    pub pieces: Vec<PieceView>,
    /// What is not met in time or has no day.
    pub missed: Vec<MissedView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PieceView {
    /// A module id.
    pub module: String,
    /// `booked`, `free` (a seat that can be booked), `alone` (at one's own pace) or `nowhere`.
    pub place: String,
    /// The occasion's id, when it has one.
    pub occasion: Option<i64>,
    /// The day on which it is done.
    pub day: Option<NaiveDate>,
    /// The last day of the requirement.
    pub due: Option<NaiveDate>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MissedView {
    /// A module id.
    pub module: String,
    pub due: Option<NaiveDate>,
    /// Sentences.
    pub why: Vec<String>,
    /// The first day on which it could be done if nothing else mattered.
    pub first: Option<NaiveDate>,
}

/// When a person can be done
///
/// The person's path on the course days there are: the fewest deadlines missed, then the earliest last day.
#[utoipa::path(get, path = "/api/v1/people/{person}/plan", tag = "paths",
    params(("person" = i64, Path, description = "The person's id"), PlanQuery),
    responses((status = 200, body = PlanView), (status = 409, description = "No curriculum is published yet")))]
pub async fn plan(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    person: Path<i64>,
    query: Query<PlanQuery>,
) -> Answer<PlanView> {
    let published = published(&store, &shelf).await?;
    let PlanQuery { days_a_week, from, lang } = query.0;
    if days_a_week.is_some_and(|days| !(1..=5).contains(&days)) {
        return Err(Problem::Unreadable("days_a_week is a number from 1 to 5".into()));
    }
    let (language, now) = (lang.unwrap_or(may.who.language), clock::now());
    let wishes = Wishes { days_a_week, from: from.map(|day| day.0), away: Vec::new(), language: None };
    let found = blocking(move || {
        store.read(|conn| {
            let (person, _) = person_for(conn, &may.who, *person)?.ok_or(Problem::NotFound)?;
            let plan = plan_of(conn, &published, person.id, &wishes, now)?.ok_or(Problem::NotFound)?;
            let telling = Telling { published: &published, language, now, today: clock::day_of(now) };
            Ok::<_, Problem>(view(&telling, &plan))
        })
    });
    answer(found.await?)
}

fn view(telling: &Telling, plan: &Plan) -> PlanView {
    let id = |module| telling.published.id_of(module).to_owned();
    let pieces = plan.pieces.iter().map(|piece| {
        let (place, given) = match &piece.place {
            Place::Booked(given) => ("booked", given.as_ref()),
            Place::Free(given) => ("free", Some(given)),
            Place::Alone => ("alone", None),
            Place::Nowhere => ("nowhere", None),
        };
        PieceView {
            module: id(piece.module),
            place: place.to_owned(),
            occasion: given.map(|given| given.occasion.id),
            day: piece.last,
            due: piece.due,
        }
    });
    let missed = plan.missed.iter().map(|missed| MissedView {
        module: id(missed.module),
        due: missed.due,
        why: missed.causes.iter().map(|cause| why(telling, plan, cause)).collect(),
        first: missed.first,
    });
    PlanView { done: plan.done(), proved: plan.proved, pieces: pieces.collect(), missed: missed.collect() }
}
