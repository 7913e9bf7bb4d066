//! Creating an edition, enrolling and leaving, each in one transaction with what people are told.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};

use super::dates::{self, Dates};
use super::store::{self as rows, Edition, NewEdition, NewEnrolment};
use crate::clock;
use crate::curriculum::model::{Language, Programme};
use crate::engine::model::{Booking, Facts, Path};
use crate::learning::alone::alone;
use crate::learning::hindrance::{Hindrance, finishing, hindrances};
use crate::learning::service as learning;
use crate::learning::store as facts;
use crate::notices::kinds::{Notice, Welcome};
use crate::notices::store as outbox;
use crate::occasions::life::{self, Act};
use crate::occasions::parts::Sitting;
use crate::occasions::service::{self as occasions, Asking};
use crate::occasions::store::{self as seats, Details, Given, NewOccasion, Occasion};
use crate::occasions::tell;
use crate::store::audit::{self, Entry};
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;
use crate::words;

/// Occasions that the welcome names.
const FIRST: usize = 3;

/// Why an edition is not created or nobody enrolled.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("the curriculum has no programme {0}; choose one of its programmes")]
    NoSuchProgramme(String),
    #[error("write a name for the edition")]
    NoName,
    #[error("there is an edition called {0} already; choose another name")]
    NameTaken(String),
    #[error("there is no such edition; open the list of editions again")]
    NoSuchEdition,
    #[error("the programme is not for the role {0}; choose one of its roles")]
    NoSuchRole(String),
    #[error("there is nobody with that address or id who works here; look the person up again")]
    NoSuchPerson,
    #[error("the edition ended on {0}; choose one that runs")]
    Ended(NaiveDate),
    #[error("something stands in the way of {} seats; leave those days out, or change what is in the way", .0.len())]
    Hindered(Vec<Hindered>),
    #[error("the person takes part already")]
    AlreadyEnrolled,
    #[error("the person does not take part; open the edition again")]
    NotEnrolled,
    #[error(transparent)]
    Seat(#[from] occasions::Refusal),
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal, Seat);

/// What a new edition is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan<'a> {
    /// The programme's id.
    pub programme: &'a str,
    pub name: &'a str,
    pub starts_on: NaiveDate,
    /// Where its occasions are held.
    pub place: &'a str,
}

/// The programme's template, or a refusal.
pub fn template<'a>(published: &'a Published, id: &str) -> Result<&'a Programme, Refusal> {
    published.curriculum.programmes.get(id).ok_or_else(|| Refusal::NoSuchProgramme(id.into()))
}

/// Every date an edition would get: shown before it is created.
pub fn lay(published: &Published, plan: &Plan) -> Result<Dates, Refusal> {
    Ok(dates::lay(&published.curriculum, template(published, plan.programme)?, plan.starts_on))
}

/// Creates the edition with its milestones and occasions. Returns its id.
pub fn create(
    store: &Store,
    published: &Published,
    plan: &Plan,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<i64, Refusal> {
    let (name, place) = (words::clean_name(plan.name), words::clean_name(plan.place));
    if name.is_empty() {
        return Err(Refusal::NoName);
    }
    let dates = lay(published, plan)?;
    store.write(|conn| {
        if rows::editions(conn)?.iter().any(|edition| edition.name == name) {
            return Err(Refusal::NameTaken(name.clone()));
        }
        let id = rows::insert_edition(
            conn,
            &NewEdition {
                programme: plan.programme,
                name: &name,
                starts_on: dates.starts_on,
                ends_on: dates.ends_on,
                version_id: published.id,
                created_at: now,
                created_by: by,
            },
        )?;
        insert_dates(conn, id, &dates, &place)?;
        note(conn, "edition.created", "edition", id, by, now)?;
        Ok(id)
    })
}

fn insert_dates(conn: &mut Conn, edition: i64, dates: &Dates, place: &str) -> Result<(), Error> {
    for (code, day) in &dates.milestones {
        rows::insert_milestone(conn, edition, code, *day)?;
    }
    for slot in &dates.slots {
        let uid = format!("edition-{edition}-{}-{}", slot.meeting, slot.module);
        let occasion = NewOccasion {
            meeting: Some(&slot.meeting),
            module: &slot.module,
            uid: &uid,
            sequence: 0,
            opened_by: None,
            details: Details {
                seats: None,
                minimum: 0,
                closes_at: None,
                language: "sv".into(),
                edition_id: Some(edition),
                kept_unit: None,
                kept_role: None,
            },
        };
        let sitting =
            Sitting { starts_at: slot.starts_at, ends_at: slot.ends_at, place: place.to_owned(), link: String::new() };
        seats::insert_occasion(conn, &occasion, &[sitting])?;
    }
    Ok(())
}

/// How people are enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct As<'a> {
    /// One of the programme's roles.
    pub role: &'a str,
    /// Days on which something stands in the way of somebody's seat are left out; otherwise nobody is enrolled.
    pub leave_out: bool,
}

/// A day on which somebody gets no seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hindered {
    pub person: i64,
    pub at: Given,
    /// At least one.
    pub hindrances: Vec<Hindrance>,
}

/// Enrols people with a role, all or nobody: assignment, seats at the occasions their path needs, welcome and
/// invitations. Returns the days that were left out, on which something stands in the way of a seat.
pub fn enrol(
    store: &Store,
    published: &Published,
    edition: i64,
    people: &[i64],
    how: As,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<Vec<Hindered>, Refusal> {
    let As { role, leave_out } = how;
    store.write(|conn| {
        let edition = rows::edition(conn, edition)?.ok_or(Refusal::NoSuchEdition)?;
        if edition.ends_on < clock::day_of(now) {
            return Err(Refusal::Ended(edition.ends_on));
        }
        if !template(published, &edition.programme)?.roles.iter().any(|known| known == role) {
            return Err(Refusal::NoSuchRole(role.into()));
        }
        let to_come = to_come(conn, edition.id, now)?;
        let enrolling = Enrolling { published, edition: &edition, to_come: &to_come, role, by, now };
        let (mut once, mut hindered) = (HashSet::new(), Vec::new());
        for person in people.iter().filter(|person| once.insert(**person)) {
            hindered.extend(enrol_one(conn, &enrolling, *person)?);
        }
        if hindered.is_empty() || leave_out { Ok(hindered) } else { Err(Refusal::Hindered(hindered)) }
    })
}

/// What is the same for everybody who is enrolled at once.
struct Enrolling<'a> {
    published: &'a Published,
    edition: &'a Edition,
    to_come: &'a [Given],
    role: &'a str,
    by: Option<i64>,
    now: NaiveDateTime,
}

fn enrol_one(conn: &mut Conn, enrolling: &Enrolling, person: i64) -> Result<Vec<Hindered>, Refusal> {
    let Enrolling { published, edition, to_come, role, by, now } = *enrolling;
    let today = clock::day_of(now);
    let person = tell::reachable(conn, person, today)?.ok_or(Refusal::NoSuchPerson)?;
    if rows::is_enrolled(conn, edition.id, person.id)? {
        return Err(Refusal::AlreadyEnrolled);
    }
    let from = edition.starts_on.max(person.starts_on);
    let new = NewEnrolment { edition: edition.id, person: person.id, role, from, by, now };
    let enrolment = rows::insert_enrolment(conn, &new)?;
    let first_day = from.max(today);
    let facts = facts::facts(conn, person.id, first_day)?.unwrap_or_default();
    let path = learning::path_of(published, &facts, first_day);
    let (booked, others) = (facts::facts(conn, person.id, today)?, seats_and_trained(conn, person.id, now)?);
    let needed = needed(published, &path, to_come);
    let (needed, hindered) = sift(enrolling, needed, booked.unwrap_or_default(), others);
    let notice = welcome(enrolling, person.language, &needed);
    outbox::enqueue(conn, &tell::to(&person, notice, format!("welcome:{enrolment}")), now)?;
    for given in needed {
        let step = path.steps.iter().find(|step| published.id_of(step.module) == given.occasion.module);
        let ask = Act::Ask { person: person.id, due: step.and_then(|step| step.due), wait: true };
        seat(conn, published, given.occasion.id, ask, person.id, Asking { by, reason: "", now })?;
    }
    note(conn, "enrolment.made", "enrolment", enrolment, by, now)?;
    Ok(hindered.into_iter().map(|(at, hindrances)| Hindered { person: person.id, at, hindrances }).collect())
}

/// Where a person is already, as a participant or a trainer.
fn seats_and_trained(conn: &mut Conn, person: i64, now: NaiveDateTime) -> Result<Vec<Given>, Error> {
    let seats = seats::seats_of_person(conn, person, now)?.into_iter().filter(|(seat, _)| seat.is_taken());
    let mut others: Vec<Occasion> = seats.map(|(_, occasion)| occasion).collect();
    others.extend(seats::trained_by(conn, person, now)?);
    seats::given(conn, others)
}

/// Of the occasions that a path needs, in time order, those at which a seat can be had, and those at which something
/// stands in the way of one. What is taken alone is done on the days that are left for it, and what the programme gives
/// earlier the same day is done by then. A module at which there is a seat already, elsewhere, needs none here.
fn sift<'a>(
    enrolling: &Enrolling,
    needed: impl Iterator<Item = &'a Given>,
    mut facts: Facts,
    mut others: Vec<Given>,
) -> (Vec<&'a Given>, Vec<(Given, Vec<Hindrance>)>) {
    let Enrolling { published, now, .. } = *enrolling;
    let (mut can_be_had, mut hindered) = (Vec::new(), Vec::new());
    for given in needed {
        let mut by_then = facts.clone();
        by_then.bookings.extend(alone(published, &finishing(&facts, &others), clock::day_of(now)));
        by_then.bookings.extend(same_day(&can_be_had, given));
        let found = hindrances(published, &by_then, &others, given, now);
        if found.iter().any(|it| matches!(it, Hindrance::Has(_))) {
            continue;
        }
        if !found.is_empty() {
            hindered.push((given.clone(), found));
            continue;
        }
        let (module, day) = (given.occasion.module.clone(), clock::day_of(given.occasion.starts_at));
        facts.bookings.push(Booking { module, day, occasion: given.occasion.id });
        others.push(given.clone());
        can_be_had.push(given);
    }
    (can_be_had, hindered)
}

/// What is over before an occasion begins, as if it had been the day before.
fn same_day(before: &[&Given], at: &Given) -> Vec<Booking> {
    let over = before.iter().filter(|given| given.occasion.ends_at <= at.occasion.starts_at);
    let the_day_before = clock::day_of(at.occasion.starts_at).pred_opt();
    let booking =
        |given: &&Given| Some(Booking { module: given.occasion.module.clone(), day: the_day_before?, occasion: 0 });
    over.filter_map(booking).collect()
}

/// A seat, or a place in line when all are taken. Booking may have closed for others, but not for whoever is enrolled.
fn seat(
    conn: &mut Conn,
    published: &Published,
    occasion: i64,
    ask: Act,
    person: i64,
    asking: Asking,
) -> Result<(), Refusal> {
    match occasions::act(conn, published, occasion, ask, asking) {
        Err(occasions::Refusal::Life(life::Refusal::AlreadyThere)) => {}
        Err(occasions::Refusal::Life(life::Refusal::Closed)) => {
            occasions::act(conn, published, occasion, Act::Place { person }, asking)?;
        }
        asked => drop(asked?),
    }
    Ok(())
}

fn to_come(conn: &mut Conn, edition: i64, now: NaiveDateTime) -> Result<Vec<Given>, Error> {
    let mut all = seats::occasions_of_edition(conn, edition)?;
    all.retain(|occasion| occasion.starts_at > now && occasion.cancelled_at.is_none());
    seats::given(conn, all)
}

/// The first occasion of each module that the path still needs and that has no seat yet, and the whole of the
/// programme's closing: meetings whose modules nobody's dose asks for are for everyone.
fn needed<'a>(published: &'a Published, path: &'a Path, to_come: &'a [Given]) -> impl Iterator<Item = &'a Given> {
    let mut taken = HashSet::new();
    to_come.iter().filter(move |occasion| {
        let Some((index, _)) = published.module_by_id(&occasion.occasion.module) else { return false };
        let step = path.steps.iter().find(|step| step.module == index);
        step.is_some_and(|step| step.booked.is_none()) && taken.insert(index)
    })
}

fn welcome(enrolling: &Enrolling, language: Language, needed: &[&Given]) -> Notice {
    let Enrolling { published, edition, role, .. } = *enrolling;
    let programme = published.curriculum.programmes.get(&edition.programme);
    Notice::Welcome(Welcome {
        programme: programme.map_or(edition.programme.as_str(), |p| p.title.of(language)).into(),
        edition: edition.name.clone(),
        role: published.role_title(role, language).into(),
        starts_on: edition.starts_on,
        ends_on: edition.ends_on,
        first: needed.iter().take(FIRST).map(|given| tell::as_told(published, given, language)).collect(),
        link: "/".into(),
    })
}

/// Ends somebody's part in an edition: the role ends, seats to come are given back and calendars told.
pub fn leave(
    store: &Store,
    published: &Published,
    edition: i64,
    person: i64,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Refusal> {
    store.write(|conn| {
        let today = clock::day_of(now);
        if !rows::end_enrolment(conn, edition, person, today)? {
            return Err(Refusal::NotEnrolled);
        }
        let to_come = to_come(conn, edition, now)?;
        let ids: Vec<i64> = to_come.iter().map(|given| given.occasion.id).collect();
        let booked = seats::seats_of(conn, &ids)?;
        for (occasion, _, _) in booked.iter().filter(|(_, who, seat)| *who == person && seat.is_open()) {
            let asking = Asking { by, reason: "", now };
            occasions::act(conn, published, *occasion, Act::Leave { person, own: false }, asking)?;
        }
        note(conn, "enrolment.ended", "edition", edition, by, now)?;
        Ok(())
    })
}

/// Notes that the person has presented the improvement work, or takes that back.
pub fn present(
    store: &Store,
    edition: i64,
    person: i64,
    presented: bool,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Refusal> {
    store.write(|conn| {
        let day = presented.then(|| clock::day_of(now));
        if !rows::set_presented(conn, edition, person, day)? {
            return Err(Refusal::NotEnrolled);
        }
        note(conn, if presented { "work.presented" } else { "work.unpresented" }, "edition", edition, by, now)?;
        Ok(())
    })
}

fn note(
    conn: &mut Conn,
    action: &str,
    object_kind: &str,
    object: i64,
    by: Option<i64>,
    at: NaiveDateTime,
) -> Result<(), Error> {
    let entry = Entry { at, actor_id: by, action, object_kind, object_id: Some(object), detail: "" };
    audit::record(conn, &entry)
}
