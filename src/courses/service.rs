//! Asking for seats: prerequisites by the day, collisions, and the last day that gives the place in line.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::attendance::service::no_shows_since;
use crate::clock;
use crate::engine::model::{Booking, Facts, Holding, Source};
use crate::learning::alone::alone;
use crate::learning::hindrance::{Hindrance, Kept, finishing, hindrances};
use crate::learning::service::path_of;
use crate::learning::store as learning;
use crate::occasions::audience::Audience;
use crate::occasions::life::Act;
use crate::occasions::seat::Seat;
use crate::occasions::service::{self as occasions, Asking};
use crate::occasions::store::{self as rows, Given, Occasion, Part};
use crate::occasions::tell::reachable;
use crate::organisation::absences::{Away, store as absences};
use crate::organisation::store as people;
use crate::programme::store as programme;
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;

/// How long it is remembered that somebody did not come.
const A_YEAR: TimeDelta = TimeDelta::days(365);

/// Why there is no seat.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is nobody with that id who works here; look the person up again")]
    NoSuchPerson,
    #[error("the module builds on {}, which must be done or booked before that day", .0.join(", "))]
    Lacks(Vec<String>),
    #[error("another booked occasion, {module}, is at the same time; change one of them")]
    Collides { occasion: i64, module: String },
    #[error("the person has a seat at another occasion of the module, {occasion}; change that one for this one")]
    Has { occasion: i64 },
    #[error("the occasion is kept for {0}; choose another one, or ask whoever runs it")]
    Kept(Kept),
    #[error("the person has not come to {0} booked occasions in a year; a manager or whoever runs the occasion books")]
    NoShows(usize),
    #[error("write why the rules are set aside for this person")]
    NoReason,
    #[error("nobody sets the rules aside for themselves; ask another developer")]
    Oneself,
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
        let own = asking.by == Some(person);
        // Whoever has left gets no seat, but those who may can give back what there is.
        if wish != Wish::Leave {
            reachable(conn, person, clock::day_of(asking.now))?.ok_or(Refusal::NoSuchPerson)?;
        }
        match wish {
            Wish::Seat => ask(conn, published, occasion, person, How::Seat, asking)?,
            Wish::Take => ask(conn, published, occasion, person, How::Take, asking)?,
            Wish::Leave => drop(occasions::act(conn, published, occasion, Act::Leave { person, own }, asking)?),
            Wish::Swap { from } => {
                ask(conn, published, occasion, person, How::InsteadOf(from), asking)?;
                occasions::act(conn, published, from, Act::Leave { person, own }, asking)?;
            }
            Wish::Exception if own => return Err(Refusal::Oneself),
            Wish::Exception if asking.reason.trim().is_empty() => return Err(Refusal::NoReason),
            Wish::Exception => drop(occasions::act(conn, published, occasion, Act::Place { person }, asking)?),
        }
        let list = rows::list(conn, occasion)?;
        Ok(list.iter().find(|entry| entry.person == person).map_or(Seat::Cancelled, |entry| entry.seat))
    };
    occasions::in_turn(occasion, || store.write(work))
}

/// What is asked for by the rules.
#[derive(Debug, Clone, Copy)]
enum How {
    /// A seat, or a place in line.
    Seat,
    /// The seat that was offered.
    Take,
    /// A seat, also the one that was offered, instead of one at that occasion.
    InsteadOf(i64),
}

fn ask(
    conn: &mut Conn,
    published: &Published,
    occasion: i64,
    person: i64,
    how: How,
    asking: Asking,
) -> Result<(), Refusal> {
    let at = rows::one_given(conn, occasion)?.ok_or(occasions::Refusal::NoSuchOccasion)?;
    let instead_of = if let How::InsteadOf(from) = how { Some(from) } else { None };
    let due = Standing::of(conn, published, person, &at, instead_of, &asking)?.free(published)?;
    let act = match how {
        How::Seat => Act::Ask { person, due, wait: true },
        How::Take => Act::Take { person },
        How::InsteadOf(_) => seat_or_offer(conn, occasion, person, due)?,
    };
    occasions::act(conn, published, occasion, act, asking)?;
    Ok(())
}

/// Takes the seat that is offered, or asks for one without waiting in line.
pub fn seat_or_offer(conn: &mut Conn, occasion: i64, person: i64, due: Option<NaiveDate>) -> Result<Act, Error> {
    let list = rows::list(conn, occasion)?;
    let offered = list.iter().any(|entry| entry.person == person && entry.seat == Seat::Offered);
    Ok(if offered { Act::Take { person } } else { Act::Ask { person, due, wait: false } })
}

/// What an occasion is to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// On the person's path.
    pub needed: bool,
    /// The last day of the requirement that the module meets.
    pub due: Option<NaiveDate>,
    /// Why the person cannot ask for a seat, or take one that is offered; the weightiest first.
    pub hindrances: Vec<Hindrance>,
    /// Days away that were written down and meet it. Told, never in the way: whoever wrote them may think again.
    pub away: Option<Away>,
}

/// For whom an occasion is kept; none = it is for everybody.
pub fn kept(conn: &mut Conn, audience: &Audience) -> Result<Option<Kept>, Error> {
    Ok(match audience {
        Audience::Everybody => None,
        Audience::Edition(id) => {
            Some(Kept::Edition(programme::edition(conn, *id)?.map(|edition| edition.name).unwrap_or_default()))
        }
        Audience::Unit(id) => {
            Some(Kept::Unit(people::tree(conn)?.unit(*id).map(|unit| unit.name.clone()).unwrap_or_default()))
        }
        Audience::Role(role) => Some(Kept::Role(role.clone())),
    })
}

impl Refusal {
    fn of(hindrance: Hindrance, published: &Published) -> Refusal {
        let code = |id: &str| published.module_by_id(id).map_or(id.to_owned(), |(ix, _)| published.code(ix).to_owned());
        match hindrance {
            Hindrance::NoShows(times) => Refusal::NoShows(times),
            Hindrance::Kept(kept) => Refusal::Kept(kept),
            Hindrance::Has(other) => Refusal::Has { occasion: other.occasion.id },
            Hindrance::Lacks(modules) => Refusal::Lacks(modules.iter().map(|id| code(id)).collect()),
            Hindrance::Collides(other) => {
                Refusal::Collides { occasion: other.occasion.id, module: code(&other.occasion.module) }
            }
        }
    }
}

impl Standing {
    /// As it is to whoever asks. `instead_of` is left out of what the person is booked on.
    pub fn of(
        conn: &mut Conn,
        published: &Published,
        person: i64,
        at: &Given,
        instead_of: Option<i64>,
        asking: &Asking,
    ) -> Result<Standing, Error> {
        Standing::read(conn, published, (person, at), instead_of, asking, |_, _| Vec::new())
    }

    /// The same in a plan, where what is taken alone is done on the days that are left for it.
    pub fn in_plan(
        conn: &mut Conn,
        published: &Published,
        person: i64,
        at: &Given,
        asking: &Asking,
    ) -> Result<Standing, Error> {
        let today = clock::day_of(asking.now);
        let planned = |facts: &Facts, others: &[Given]| alone(published, &finishing(facts, others), today);
        Standing::read(conn, published, (person, at), None, asking, planned)
    }

    /// `planned` is what is not booked and counts as such.
    fn read(
        conn: &mut Conn,
        published: &Published,
        (person, at): (i64, &Given),
        instead_of: Option<i64>,
        asking: &Asking,
        planned: impl Fn(&Facts, &[Given]) -> Vec<Booking>,
    ) -> Result<Standing, Error> {
        let now = asking.now;
        let today = clock::day_of(now);
        let mut facts = learning::facts(conn, person, today)?.unwrap_or_default();
        facts.bookings.retain(|booking| Some(booking.occasion) != instead_of);
        let seats = rows::seats_of_person(conn, person, now)?;
        let others: Vec<Occasion> = seats
            .into_iter()
            .filter(|(seat, other)| seat.is_taken() && other.id != at.occasion.id && Some(other.id) != instead_of)
            .map(|(_, other)| other)
            .collect();
        let trains = rows::trained_by(conn, person, now)?.into_iter().filter(|other| other.id != at.occasion.id);
        let others = rows::given(conn, others.into_iter().chain(trains).collect())?;
        let kept = match is_open_to(&facts, &units_of(conn, person)?, &at.occasion, today) {
            true => None,
            false => kept(conn, &at.occasion.audience())?,
        };
        let away = absences::of(conn, person, today)?.into_iter().map(|absence| absence.away);
        let away = away_then(&away.collect::<Vec<_>>(), &at.parts);
        let path = path_of(published, &facts, today);
        let module = published.module_by_id(&at.occasion.module).map(|(module, _)| module);
        let step = path.steps.iter().find(|step| Some(step.module) == module);
        facts.bookings.extend(planned(&facts, &others));
        let missed = match asking.by == Some(person) && instead_of.is_none() {
            true => too_many_no_shows(conn, person, now)?,
            false => None,
        };
        let mut hindered: Vec<Hindrance> = missed.map(Hindrance::NoShows).into_iter().collect();
        hindered.extend(kept.map(Hindrance::Kept));
        hindered.extend(hindrances(published, &facts, &others, at, now));
        Ok(Standing { needed: step.is_some(), due: step.and_then(|step| step.due), hindrances: hindered, away })
    }

    /// The last day that gives the place in line, when nothing is in the way.
    pub fn free(self, published: &Published) -> Result<Option<NaiveDate>, Refusal> {
        match self.hindrances.into_iter().next() {
            Some(hindrance) => Err(Refusal::of(hindrance, published)),
            None => Ok(self.due),
        }
    }
}

/// How many times a person has not come, when that is so often that somebody else must book.
pub fn too_many_no_shows(conn: &mut Conn, person: i64, now: NaiveDateTime) -> Result<Option<usize>, Error> {
    let Some(most) = rows::rules(conn)?.no_shows else { return Ok(None) };
    let times = no_shows_since(conn, person, now - A_YEAR)?;
    Ok((times >= most as usize).then_some(times))
}

/// Of the days away, those on which a part is given.
pub fn away_then(absences: &[Away], parts: &[Part]) -> Option<Away> {
    let meets = |away: &&Away| {
        let day = |at: NaiveDateTime| away.covers(clock::day_of(at));
        parts.iter().any(|part| day(part.starts_at) || day(part.ends_at))
    };
    absences.iter().find(meets).copied()
}

/// The units to which a person belongs: where the person works, what the person leads, and all above.
pub fn units_of(conn: &mut Conn, person: i64) -> Result<Vec<i64>, Error> {
    let tree = people::tree(conn)?;
    let own = people::person(conn, person)?.and_then(|person| person.unit);
    let mut units: Vec<i64> = own.into_iter().chain(tree.managed(person).iter().copied()).collect();
    let above: Vec<i64> = units.iter().flat_map(|unit| tree.ancestors(*unit)).collect();
    units.extend(above);
    Ok(units)
}

/// Whether an occasion is for somebody with these facts who belongs to these units ([`units_of`]): for everybody, for
/// those who take part in its edition, who belong to its unit or below it, or who hold its role today or on its day.
pub fn is_open_to(facts: &Facts, units: &[i64], at: &Occasion, today: NaiveDate) -> bool {
    let by_then = clock::day_of(at.starts_at).max(today);
    let mut current =
        facts.assignments.iter().filter(|held| held.from <= by_then && held.to.is_none_or(|to| today <= to));
    match at.audience() {
        Audience::Everybody => true,
        Audience::Edition(edition) => {
            current.any(|held| matches!(held.source, Source::Programme { id, .. } if id == edition))
        }
        Audience::Unit(unit) => units.contains(&unit),
        Audience::Role(role) => current.any(|held| held.holding == Holding::Role(role.clone())),
    }
}
