//! The interface for programs: occasions listed, opened, changed and called off.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::plan::{self, Plan, Refusal};
use super::service::{is_open_to, units_of};
use crate::accounts::policy::{Actor, Developer, SignedIn};
use crate::clock;
use crate::learning::store as learning;
use crate::occasions::store::{self as rows, Given, Occasion};
use crate::occasions::{deciding, service as occasions};
use crate::programme::api::occasions::{SeatTaken, seats_taken};
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::api::published;
use crate::versions::published::Shelf;
use crate::web::api::{Answer, Day, Listed, PageNumber, Paging, PerPage, Query, answer, created, invalid};
use crate::web::{Json, May, Problem};
use crate::words;

pub mod bookings;
mod views;

use views::{NewOccasion, OccasionDetails, details};

/// Which occasions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OccasionsQuery {
    /// Only those of this module, by its id.
    module: Option<String>,
    /// Only those of this edition, by its id.
    edition: Option<i64>,
    /// Only those that begin on this day or later; today when it is missing.
    #[param(value_type = Option<NaiveDate>)]
    from: Option<Day>,
    /// Only those that begin on this day or earlier.
    #[param(value_type = Option<NaiveDate>)]
    to: Option<Day>,
    /// Also those that are called off.
    #[serde(default)]
    called_off: bool,
    #[serde(default)]
    #[param(inline)]
    page: PageNumber,
    #[serde(default)]
    #[param(inline)]
    per_page: PerPage,
}

/// An occasion and who has a seat.
#[derive(Debug, Serialize, ToSchema)]
pub struct OccasionWithSeats {
    pub occasion: OccasionDetails,
    /// By person id; those who gave their seat back are not among them.
    pub seats: Vec<SeatTaken>,
}

/// Why an occasion is called off.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallOff {
    /// Kept in the log; may be left out.
    #[serde(default)]
    #[schema(max_length = 300)]
    reason: String,
}

/// Occasions
///
/// In time order. Developers get all of them; others those at which they may ask for a seat, have one, or train. The
/// address of a meeting is for those who come or train.
#[utoipa::path(get, path = "/api/v1/occasions", tag = "occasions", params(OccasionsQuery),
    responses((status = 200, body = Listed<OccasionDetails>)))]
pub async fn occasions(
    may: May<SignedIn>,
    store: Data<Store>,
    query: Query<OccasionsQuery>,
) -> Answer<Listed<OccasionDetails>> {
    let (actor, query) = (may.who, query.0);
    let found = blocking(move || {
        store.read(|conn| {
            let listed = Paging::new(query.page, query.per_page).cut(found(conn, &actor, &query)?);
            let mut given = rows::given(conn, listed.items)?;
            if !actor.hats.developer {
                without_links(conn, actor.id, &mut given)?;
            }
            let items = details(conn, given)?;
            let Listed { total, page, per_page, .. } = listed;
            Ok::<_, Error>(Listed { items, total, page, per_page })
        })
    });
    answer(found.await?)
}

/// Takes away where the meeting is from what the person neither has a seat at nor trains at.
fn without_links(conn: &mut Conn, person: i64, given: &mut [Given]) -> Result<(), Error> {
    let ids: Vec<i64> = given.iter().map(|given| given.occasion.id).collect();
    let seats = rows::seats_of(conn, &ids)?;
    let trainers = rows::trainers_of(conn, &ids)?;
    for Given { occasion, parts } in given {
        let comes = seats.iter().any(|(at, who, seat)| (*at, *who) == (occasion.id, person) && seat.has_seat());
        let trains = trainers.get(&occasion.id).is_some_and(|all| all.iter().any(|one| one.person == Some(person)));
        if !comes && !trains {
            parts.iter_mut().for_each(|part| part.link.clear());
        }
    }
    Ok(())
}

fn found(conn: &mut Conn, actor: &Actor, query: &OccasionsQuery) -> Result<Vec<Occasion>, Error> {
    let (now, today) = (clock::now(), clock::today());
    let midnight = |day: NaiveDate| words::to_utc(day.and_time(NaiveTime::MIN));
    let from = query.from.map_or(today, |day| day.0);
    let last =
        query.to.and_then(|day| day.0.succ_opt()).unwrap_or(NaiveDate::from_ymd_opt(2300, 1, 1).unwrap_or(today));
    let mut found = rows::occasions_between(conn, midnight(from), midnight(last))?;
    found.retain(|occasion| {
        query.module.as_ref().is_none_or(|module| *module == occasion.module)
            && query.edition.is_none_or(|edition| occasion.edition_id == Some(edition))
            && (query.called_off || occasion.cancelled_at.is_none())
    });
    if !actor.hats.developer {
        let facts = learning::facts(conn, actor.id, today)?.unwrap_or_default();
        let units = units_of(conn, actor.id)?;
        let mut own: Vec<i64> =
            rows::seats_of_person(conn, actor.id, now)?.into_iter().map(|(_, occasion)| occasion.id).collect();
        own.extend(rows::trained_by(conn, actor.id, now)?.into_iter().map(|occasion| occasion.id));
        found.retain(|occasion| own.contains(&occasion.id) || is_open_to(&facts, &units, occasion, today));
    }
    Ok(found)
}

fn with_seats(conn: &mut Conn, id: i64) -> Result<OccasionWithSeats, Problem> {
    let occasion = one(conn, id)?;
    Ok(OccasionWithSeats { occasion, seats: seats_taken(conn, id)? })
}

fn one(conn: &mut Conn, id: i64) -> Result<OccasionDetails, Problem> {
    let given = rows::one_given(conn, id)?.ok_or(Problem::NotFound)?;
    details(conn, vec![given])?.pop().ok_or(Problem::NotFound)
}

/// An occasion and who has a seat
#[utoipa::path(get, path = "/api/v1/occasions/{occasion}", tag = "occasions",
    params(("occasion" = i64, Path, description = "The occasion's id")),
    responses((status = 200, body = OccasionWithSeats)))]
pub async fn occasion(_may: May<Developer>, store: Data<Store>, occasion: Path<i64>) -> Answer<OccasionWithSeats> {
    answer(blocking(move || store.read(|conn| with_seats(conn, *occasion))).await?)
}

/// Open an occasion
///
/// It can be booked at once. Those who train at it are invited.
#[utoipa::path(post, path = "/api/v1/occasions", tag = "occasions", request_body = NewOccasion,
    responses((status = 201, body = OccasionDetails),
        (status = 409, description = "No curriculum is published yet")))]
pub async fn open_occasion(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    new: Json<NewOccasion>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let by = Some(may.who.id);
    let opened = blocking(move || {
        let plan = new.0.plan()?;
        let ids = plan::open(&store, &published, &[plan], by, clock::now()).map_err(problem)?;
        let id = ids.first().copied().ok_or(Problem::NotFound)?;
        store.read(|conn| one(conn, id))
    });
    let opened = opened.await?;
    Ok(created(&format!("/api/v1/occasions/{}", opened.id), &opened))
}

/// Change an occasion
///
/// What is sent replaces what was; the module stays. A part that is as before is left alone, others are moved, added or
/// taken away, and everybody with a seat is told once of each part that changed. Parts that have begun stay as they are.
#[utoipa::path(put, path = "/api/v1/occasions/{occasion}", tag = "occasions", request_body = NewOccasion,
    params(("occasion" = i64, Path, description = "The occasion's id")),
    responses((status = 200, body = OccasionDetails),
        (status = 409, description = "The occasion is over or called off, or no curriculum is published yet")))]
pub async fn change_occasion(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
    new: Json<NewOccasion>,
) -> Answer<OccasionDetails> {
    let published = published(&store, &shelf).await?;
    let by = Some(may.who.id);
    let changed = blocking(move || {
        let id = *occasion;
        let before = store.read(|conn| rows::occasion(conn, id))?.ok_or(Problem::NotFound)?;
        let plan: Plan = new.0.plan()?;
        if plan.module != before.module {
            return Err(invalid("module", "courses-module-stays"));
        }
        plan::change(&store, &published, id, &plan, by, clock::now()).map_err(problem)?;
        store.read(|conn| one(conn, id))
    });
    answer(changed.await?)
}

/// Call off an occasion
///
/// Everybody with a seat or in line, and whoever trains, is told once. It cannot be taken back.
#[utoipa::path(post, path = "/api/v1/occasions/{occasion}/call-off", tag = "occasions", request_body = CallOff,
    params(("occasion" = i64, Path, description = "The occasion's id")),
    responses((status = 200, body = OccasionDetails),
        (status = 409, description = "The occasion has begun or is called off, or no curriculum is published yet")))]
pub async fn call_off_occasion(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
    why: Json<CallOff>,
) -> Answer<OccasionDetails> {
    let published = published(&store, &shelf).await?;
    let by = Some(may.who.id);
    let called_off = blocking(move || {
        let reason = words::clean_name(&why.0.reason);
        if reason.chars().count() > 300 {
            return Err(invalid("reason", "courses-reason-long"));
        }
        plan::call_off(&store, &published, *occasion, &reason, by, clock::now()).map_err(problem)?;
        store.read(|conn| one(conn, *occasion))
    });
    answer(called_off.await?)
}

/// Give an occasion anyway
///
/// Decides that an occasion whose `minimum_state` is `short` is given all the same. To decide it again changes nothing.
#[utoipa::path(post, path = "/api/v1/occasions/{occasion}/give-anyway", tag = "occasions",
    params(("occasion" = i64, Path, description = "The occasion's id")),
    responses((status = 200, body = OccasionDetails),
        (status = 409, description = "Enough have booked, they still can, or the occasion is called off")))]
pub async fn give_occasion_anyway(
    may: May<Developer>,
    store: Data<Store>,
    occasion: Path<i64>,
) -> Answer<OccasionDetails> {
    let by = Some(may.who.id);
    let decided = blocking(move || {
        deciding::give_anyway(&store, *occasion, by, clock::now())?;
        store.read(|conn| one(conn, *occasion))
    });
    answer(decided.await?)
}

fn problem(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::NoSuchModule(_) => invalid("module", "api-no-module"),
        Refusal::PartCount => invalid("parts", "courses-part-count"),
        Refusal::EndsBeforeItBegins(_) => invalid("parts", "courses-ends-before"),
        Refusal::Past(_) => invalid("parts", "courses-day-past"),
        Refusal::NoPlace(_) => invalid("parts", "courses-place-missing"),
        Refusal::Overlap => invalid("parts", "courses-parts-overlap"),
        Refusal::PartBegun => invalid("parts", "courses-part-begun"),
        Refusal::NoSuchTrainer => invalid("trainers", "courses-trainer-unknown"),
        Refusal::NoSuchAudience => invalid("audience", "courses-kept-unknown"),
        Refusal::TooMany => Problem::BadRequest,
        Refusal::Occasion(occasions::Refusal::NoSuchOccasion) => Problem::NotFound,
        Refusal::Occasion(refusal) => refusal.into(),
        Refusal::Store(error) => error.into(),
    }
}
