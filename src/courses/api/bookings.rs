//! The interface for programs: seats asked for, taken, changed and given back.

use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::policy::{self, SignedIn};
use crate::clock;
use crate::courses::service::{self, Refusal, Wish};
use crate::occasions::life;
use crate::occasions::seat::Seat;
use crate::occasions::service::{self as occasions, Asking};
use crate::occasions::store::{self as rows, Occasion};
use crate::organisation::service::person_for;
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::api::published;
use crate::versions::published::Shelf;
use crate::web::api::{Answer, Listed, PageQuery, Query, answer, invalid};
use crate::web::{Json, May, Problem};
use crate::words;

/// Somebody's seat at an occasion, or place in its line.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookingView {
    /// The occasion's id.
    pub occasion: i64,
    /// A module id.
    pub module: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// `booked`, `offered`, `waitlisted`, `attended`, `absent`, or `cancelled` when there is none any more.
    pub state: String,
    /// 1 is the next who is offered a seat; none for whoever does not wait.
    pub place_in_line: Option<usize>,
    /// Until when an offered seat is kept.
    pub offered_until: Option<DateTime<Utc>>,
}

fn booking(conn: &mut Conn, person: i64, seat: Seat, at: &Occasion) -> Result<BookingView, Error> {
    let list = if seat.is_open() { rows::list(conn, at.id)? } else { Vec::new() };
    let entry = list.iter().find(|entry| entry.person == person);
    Ok(BookingView {
        occasion: at.id,
        module: at.module.clone(),
        starts_at: at.starts_at.and_utc(),
        ends_at: at.ends_at.and_utc(),
        state: seat.code().to_owned(),
        place_in_line: life::before_in_line(&list, person).map(|before| before + 1),
        offered_until: entry.and_then(|entry| entry.until).map(|until| until.and_utc()),
    })
}

/// A person's bookings
///
/// At occasions that are not over and not called off, in time order: seats, offers and places in line.
#[utoipa::path(get, path = "/api/v1/people/{person}/bookings", tag = "occasions",
    params(("person" = i64, Path, description = "The person's id"), PageQuery),
    responses((status = 200, body = Listed<BookingView>)))]
pub async fn bookings(
    may: May<SignedIn>,
    store: Data<Store>,
    person: Path<i64>,
    query: Query<PageQuery>,
) -> Answer<Listed<BookingView>> {
    let found = blocking(move || {
        store.read(|conn| {
            let (person, _) = person_for(conn, &may.who, *person)?.ok_or(Problem::NotFound)?;
            let seats = rows::seats_of_person(conn, person.id, clock::now())?;
            let view = |(seat, at): &(Seat, Occasion)| booking(conn, person.id, *seat, at);
            Ok::<_, Problem>(seats.iter().map(view).collect::<Result<Vec<_>, _>>()?)
        })
    });
    answer(query.0.paging().cut(found.await?))
}

/// What is wished for somebody at an occasion.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWish {
    /// The person's id.
    person: i64,
    wish: Wished,
    /// For `swap`: the id of the occasion whose seat is given back if there is one here.
    #[serde(default)]
    instead_of: Option<i64>,
    /// For `exception`: why the rules are set aside; it is kept.
    #[serde(default)]
    #[schema(max_length = 300)]
    reason: String,
}

/// Kinds of wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Wished {
    /// A seat, or a place in line when none is free.
    Seat,
    /// The seat that is offered.
    Take,
    /// To give back a seat, say no to an offer, or leave the line.
    Leave,
    /// A seat here instead of one elsewhere, in one step.
    Swap,
    /// A seat whatever the rules say; developers only.
    Exception,
}

impl NewWish {
    fn wish(&self) -> Result<Wish, Problem> {
        match (self.wish, self.instead_of) {
            (Wished::Swap, Some(from)) => Ok(Wish::Swap { from }),
            (Wished::Swap, None) => Err(invalid("instead_of", "api-instead-of-missing")),
            (_, Some(_)) => Err(invalid("instead_of", "api-instead-of-swap")),
            (Wished::Seat, None) => Ok(Wish::Seat),
            (Wished::Take, None) => Ok(Wish::Take),
            (Wished::Leave, None) => Ok(Wish::Leave),
            (Wished::Exception, None) => Ok(Wish::Exception),
        }
    }
}

/// Book, wait, take, swap or give back
///
/// For oneself, for those one manages, and by developers for everybody. Answers with what has become of it.
#[utoipa::path(post, path = "/api/v1/occasions/{occasion}/bookings", tag = "occasions", request_body = NewWish,
    params(("occasion" = i64, Path, description = "The occasion's id")),
    responses((status = 200, body = BookingView),
        (status = 409, description = "There is no seat for this person: the problem's detail says why")))]
pub async fn book(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
    new: Json<NewWish>,
) -> Answer<BookingView> {
    let published = published(&store, &shelf).await?;
    let (actor, occasion, new) = (may.who, *occasion, new.0);
    let wish = new.wish()?;
    let done = blocking(move || {
        let (person, subject) = store.read(|conn| person_for(conn, &actor, new.person))?.ok_or(Problem::NotFound)?;
        if !policy::books(&actor, &subject) || wish == Wish::Exception && !actor.hats.developer {
            return Err(Problem::Forbidden);
        }
        let reason = words::clean_name(&new.reason);
        if reason.chars().count() > 300 {
            return Err(invalid("reason", "courses-reason-long"));
        }
        let asking = Asking { by: Some(actor.id), reason: &reason, now: clock::now() };
        let seat = service::wish(&store, &published, occasion, person.id, wish, asking).map_err(problem)?;
        store.read(|conn| {
            let at = rows::occasion(conn, occasion)?.ok_or(Problem::NotFound)?;
            Ok(booking(conn, person.id, seat, &at)?)
        })
    });
    answer(done.await?)
}

fn problem(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::NoSuchPerson => invalid("person", "courses-whose-unknown"),
        Refusal::Oneself => invalid("person", "courses-exception-oneself"),
        Refusal::NoReason => invalid("reason", "courses-reason-missing"),
        Refusal::Lacks(_) => Problem::Conflict("api-lacks"),
        Refusal::Collides { .. } => Problem::Conflict("api-collides"),
        Refusal::Kept(_) => Problem::Conflict("api-kept"),
        Refusal::Has { .. } => Problem::Conflict("api-has-seat"),
        Refusal::NoShows(_) => Problem::Conflict("api-no-shows"),
        Refusal::Occasion(occasions::Refusal::NoSuchOccasion) => Problem::NotFound,
        Refusal::Occasion(refusal) => refusal.into(),
        Refusal::Store(error) => error.into(),
    }
}
