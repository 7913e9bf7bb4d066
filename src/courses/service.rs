//! Asking for seats: prerequisites by the day, collisions, and the last day that gives the place in line.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::when::alone::alone;
use crate::attendance::service::no_shows_since;
use crate::clock;
use crate::engine::lacks;
use crate::engine::model::{Booking, Facts, Holding, Source};
use crate::learning::service::path_of;
use crate::learning::store as learning;
use crate::occasions::audience::Audience;
use crate::occasions::life::Act;
use crate::occasions::parts::collide;
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
    #[error("the occasion is kept for {0}; choose another one, or ask whoever runs it")]
    Kept(Kept),
    #[error("the person has not come to {0} booked occasions in a year; a manager or whoever runs the occasion books")]
    NoShows(usize),
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
        let own = asking.by == Some(person);
        // Whoever has left gets no seat, but those who may can give back what there is.
        if wish != Wish::Leave {
            reachable(conn, person, clock::day_of(asking.now))?.ok_or(Refusal::NoSuchPerson)?;
        }
        match wish {
            Wish::Seat => ask(conn, published, occasion, person, true, None, asking)?,
            Wish::Take => drop(occasions::act(conn, published, occasion, Act::Take { person }, asking)?),
            Wish::Leave => drop(occasions::act(conn, published, occasion, Act::Leave { person, own }, asking)?),
            Wish::Swap { from } => {
                ask(conn, published, occasion, person, false, Some(from), asking)?;
                occasions::act(conn, published, from, Act::Leave { person, own }, asking)?;
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
    let standing = Standing::of(conn, published, person, &at, instead_of, &asking)?;
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
    /// Days away that were written down and meet it. Told, never in the way: whoever wrote them may think again.
    pub away: Option<Away>,
}

/// What stands in the way of a seat, but for the seats themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    Kept(Kept),
    /// Ids of modules.
    Lacks(Vec<String>),
    Collides(Box<Given>),
    /// Has not come so many times that another person must book.
    NoShows(usize),
}

/// For whom an occasion is kept, by the name of the edition or unit, or the id of the role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    Edition(String),
    Unit(String),
    Role(String),
}

impl std::fmt::Display for Kept {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Kept::Edition(name) => write!(out, "those who take part in {name}"),
            Kept::Unit(name) => write!(out, "those who work in {name}"),
            Kept::Role(role) => write!(out, "those who have the role {role}"),
        }
    }
}

impl Kept {
    /// None = it is for everybody.
    pub fn of(conn: &mut Conn, audience: &Audience) -> Result<Option<Kept>, Error> {
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
}

impl Hindrance {
    pub(super) fn refusal(self, published: &Published) -> Refusal {
        let code = |id: &str| published.module_by_id(id).map_or(id.to_owned(), |(ix, _)| published.code(ix).to_owned());
        match self {
            Hindrance::Kept(kept) => Refusal::Kept(kept),
            Hindrance::Lacks(modules) => Refusal::Lacks(modules.iter().map(|id| code(id)).collect()),
            Hindrance::Collides(other) => {
                Refusal::Collides { occasion: other.occasion.id, module: code(&other.occasion.module) }
            }
            Hindrance::NoShows(times) => Refusal::NoShows(times),
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
            false => Kept::of(conn, &at.occasion.audience())?,
        };
        let away = absences::of(conn, person, today)?.into_iter().map(|absence| absence.away);
        let away = away_then(&away.collect::<Vec<_>>(), &at.parts);
        let path = path_of(published, &facts, today);
        let module = published.module_by_id(&at.occasion.module).map(|(module, _)| module);
        let step = path.steps.iter().find(|step| Some(step.module) == module);
        facts.bookings.extend(planned(&facts, &others));
        let missed = match asking.by == Some(person) && instead_of.is_none() {
            true => too_many_no_shows(conn, person, now)?.map(Hindrance::NoShows),
            false => None,
        };
        let hindrance = missed.or_else(|| hindrance(published, &facts, &others, at, kept));
        Ok(Standing { needed: step.is_some(), due: step.and_then(|step| step.due), hindrance, away })
    }
}

/// How many times a person has not come, when that is so often that somebody else must book.
pub fn too_many_no_shows(conn: &mut Conn, person: i64, now: NaiveDateTime) -> Result<Option<usize>, Error> {
    let Some(most) = rows::rules(conn)?.no_shows else { return Ok(None) };
    let times = no_shows_since(conn, person, now - A_YEAR)?;
    Ok((times >= most as usize).then_some(times))
}

/// What stands in the way of a seat at `at` for somebody with these facts and with seats at `others`. `kept` says for
/// whom the occasion is, when it is not for this person.
pub fn hindrance(
    published: &Published,
    facts: &Facts,
    others: &[Given],
    at: &Given,
    kept: Option<Kept>,
) -> Option<Hindrance> {
    let Given { occasion, parts } = at;
    let module = published.module_by_id(&occasion.module).map(|(module, _)| module);
    let lacking = || -> Vec<String> {
        let Some(module) = module else { return Vec::new() };
        let by_then = finishing(facts, others);
        let lacking = lacks(&published.compiled, &by_then, module, clock::day_of(occasion.starts_at));
        lacking.into_iter().map(|module| published.id_of(module).to_owned()).collect()
    };
    let collides = || others.iter().find(|other| collide(&other.parts, parts));
    let lacking = lacking();
    match kept {
        Some(kept) => Some(Hindrance::Kept(kept)),
        None if !lacking.is_empty() => Some(Hindrance::Lacks(lacking)),
        None => collides().map(|other| Hindrance::Collides(Box::new(other.clone()))),
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
