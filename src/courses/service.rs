//! Asking for seats: prerequisites by the day, collisions, and the last day that gives the place in line.

use chrono::{NaiveDate, NaiveDateTime};

use crate::clock;
use crate::engine::lacks;
use crate::engine::model::{Facts, Source};
use crate::learning::service::path_of;
use crate::learning::store as learning;
use crate::occasions::life::Act;
use crate::occasions::parts::collide;
use crate::occasions::seat::Seat;
use crate::occasions::service::{self as occasions, Asking};
use crate::occasions::store::{self as rows, Given, Occasion};
use crate::occasions::tell::reachable;
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;

/// Why there is no seat.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is nobody with that id who works here; look the person up again")]
    NoSuchPerson,
    #[error("the module builds on {}, which must be done or booked before that day", .0.join(", "))]
    Lacks(Vec<String>),
    #[error("another booked occasion, {module}, is at the same time; change one of them")]
    Collides { occasion: i64, module: String },
    #[error("the occasion is kept for those who take part in its edition")]
    Kept,
    #[error("write why the rules are set aside for this person")]
    NoReason,
    #[error(transparent)]
    Occasion(#[from] occasions::Refusal),
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal, Occasion);

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// A seat, or a place in line.
    Seat,
    /// The seat that was offered.
    Take,
    /// To give back a seat, say no to an offer, or leave the line.
    Leave,
    /// A seat here instead of one at that occasion, which is kept if there is none here.
    Swap { from: i64 },
    /// A seat whatever the rules say; the reason is kept.
    Exception,
}

/// Does what is wished for `person` at an occasion, in one transaction. Returns what the seat has become.
pub fn wish(
    store: &Store,
    published: &Published,
    occasion: i64,
    person: i64,
    wish: Wish,
    asking: Asking,
) -> Result<Seat, Refusal> {
    let work = |conn: &mut Conn| {
        reachable(conn, person, clock::day_of(asking.now))?.ok_or(Refusal::NoSuchPerson)?;
        match wish {
            Wish::Seat => ask(conn, published, occasion, person, true, None, asking)?,
            Wish::Take => drop(occasions::act(conn, published, occasion, Act::Take { person }, asking)?),
            Wish::Leave => drop(occasions::act(conn, published, occasion, Act::Leave { person }, asking)?),
            Wish::Swap { from } => {
                ask(conn, published, occasion, person, false, Some(from), asking)?;
                occasions::act(conn, published, from, Act::Leave { person }, asking)?;
            }
            Wish::Exception if asking.reason.trim().is_empty() => return Err(Refusal::NoReason),
            Wish::Exception => drop(occasions::act(conn, published, occasion, Act::Place { person }, asking)?),
        }
        let list = rows::list(conn, occasion)?;
        Ok(list.iter().find(|entry| entry.person == person).map_or(Seat::Cancelled, |entry| entry.seat))
    };
    occasions::in_turn(occasion, || store.write(work))
}

/// Asks for a seat by the rules. `instead_of` is an occasion whose seat will be given back.
fn ask(
    conn: &mut Conn,
    published: &Published,
    occasion: i64,
    person: i64,
    wait: bool,
    instead_of: Option<i64>,
    asking: Asking,
) -> Result<(), Refusal> {
    let at = rows::one_given(conn, occasion)?.ok_or(occasions::Refusal::NoSuchOccasion)?;
    let standing = Standing::of(conn, published, person, &at, instead_of, asking.now)?;
    if let Some(hindrance) = standing.hindrance {
        return Err(hindrance.refusal(published));
    }
    let act = Act::Ask { person, due: standing.due, wait };
    occasions::act(conn, published, occasion, act, asking)?;
    Ok(())
}

/// What an occasion is to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// On the person's path.
    pub needed: bool,
    /// The last day of the requirement that the module meets.
    pub due: Option<NaiveDate>,
    /// Why the person cannot ask for a seat.
    pub hindrance: Option<Hindrance>,
}

/// What stands in the way of a seat, but for the seats themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    /// It is for the participants of an edition.
    Kept,
    /// Ids of modules.
    Lacks(Vec<String>),
    Collides(Box<Given>),
}

impl Hindrance {
    fn refusal(self, published: &Published) -> Refusal {
        let code = |id: &str| published.module_by_id(id).map_or(id.to_owned(), |(ix, _)| published.code(ix).to_owned());
        match self {
            Hindrance::Kept => Refusal::Kept,
            Hindrance::Lacks(modules) => Refusal::Lacks(modules.iter().map(|id| code(id)).collect()),
            Hindrance::Collides(other) => {
                Refusal::Collides { occasion: other.occasion.id, module: code(&other.occasion.module) }
            }
        }
    }
}

impl Standing {
    /// `instead_of` is left out of what the person is booked on.
    pub fn of(
        conn: &mut Conn,
        published: &Published,
        person: i64,
        at: &Given,
        instead_of: Option<i64>,
        now: NaiveDateTime,
    ) -> Result<Standing, Error> {
        let today = clock::day_of(now);
        let mut facts = learning::facts(conn, person, today)?.unwrap_or_default();
        facts.bookings.retain(|booking| Some(booking.occasion) != instead_of);
        let seats = rows::seats_of_person(conn, person, now)?;
        let others: Vec<Occasion> = seats
            .into_iter()
            .filter(|(seat, other)| seat.is_taken() && other.id != at.occasion.id && Some(other.id) != instead_of)
            .map(|(_, other)| other)
            .collect();
        let others = rows::given(conn, others)?;
        Ok(Standing::judge(published, &facts, &others, at, today))
    }

    fn judge(published: &Published, facts: &Facts, others: &[Given], at: &Given, today: NaiveDate) -> Standing {
        let Given { occasion, parts } = at;
        let path = path_of(published, facts, today);
        let module = published.module_by_id(&occasion.module).map(|(module, _)| module);
        let step = path.steps.iter().find(|step| Some(step.module) == module);
        let lacking = || -> Vec<String> {
            let Some(module) = module else { return Vec::new() };
            let by_then = finishing(facts, others);
            let lacking = lacks(&published.compiled, &by_then, module, clock::day_of(occasion.starts_at));
            lacking.into_iter().map(|module| published.id_of(module).to_owned()).collect()
        };
        let collides = || others.iter().find(|other| collide(&other.parts, parts));
        let lacking = lacking();
        let hindrance = match () {
            () if !is_open_to(facts, occasion, today) => Some(Hindrance::Kept),
            () if !lacking.is_empty() => Some(Hindrance::Lacks(lacking)),
            () => collides().map(|other| Hindrance::Collides(Box::new(other.clone()))),
        };
        Standing { needed: step.is_some(), due: step.and_then(|step| step.due), hindrance }
    }
}

/// The same with what is booked on the day it is finished: what comes first must be over when the next begins.
fn finishing(facts: &Facts, booked: &[Given]) -> Facts {
    let mut facts = facts.clone();
    for booking in &mut facts.bookings {
        let known = booked.iter().find(|given| given.occasion.id == booking.occasion);
        booking.day = known.map_or(booking.day, |given| clock::day_of(given.occasion.ends_at));
    }
    facts
}

/// An edition's own occasions are for those who take part in it.
pub fn is_open_to(facts: &Facts, at: &Occasion, today: NaiveDate) -> bool {
    let takes_part = |edition: i64| {
        let current = facts.assignments.iter().filter(|held| held.to.is_none_or(|to| today <= to));
        current.into_iter().any(|held| matches!(held.source, Source::Programme { id, .. } if id == edition))
    };
    at.edition_id.is_none_or(takes_part)
}
