//! Marks and everything that follows from them, in one transaction: the seat, the achievement, what people are told.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::mark::{Mark as Made, NewMark, Outcome, Source, State, judge};
use super::missed::{self, Missed};
use super::over;
use super::rating::{Moment, Rated, outcome};
use super::settle::{done, settle};
use super::store as rows;
use crate::accounts::secret;
use crate::clock;
use crate::learning::store as learning;
use crate::occasions::store::{self as occasions, Occasion, Part};
use crate::organisation::store as people;
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;

/// Why nobody is marked.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such occasion; look through the occasions again")]
    NoSuchOccasion,
    #[error("the occasion has no such part; open its page again")]
    NoSuchPart,
    #[error("the occasion was cancelled; choose another one")]
    Cancelled,
    #[error("the occasion begins on {0}; attendance is marked from that day on")]
    NotYet(NaiveDate),
    #[error("there is no such person; look the person up again")]
    NoSuchPerson,
    #[error("nobody marks themselves; somebody else who leads the occasion does")]
    Oneself,
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal);

/// The longest that a mark may have waited on a telephone: an older time is that of a wrong clock.
pub const LONGEST_WAIT: TimeDelta = TimeDelta::days(30);

/// One person's attendance at a whole occasion; `None` takes marks back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub person: i64,
    pub attended: Option<bool>,
}

/// Marks attendance at every part that has come. Marks that change nothing do nothing. Returns for how many people
/// something changed.
pub fn mark(
    store: &Store,
    published: &Published,
    occasion: i64,
    marks: &[Mark],
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<usize, Refusal> {
    store.write(|conn| {
        let parts = occasions::parts(conn, occasion)?;
        let today = clock::day_of(now);
        let come: Vec<&Part> = parts.iter().filter(|part| clock::day_of(part.starts_at) <= today).collect();
        if come.is_empty() {
            let first = parts.first().ok_or(Refusal::NoSuchOccasion)?;
            return Err(Refusal::NotYet(clock::day_of(first.starts_at)));
        }
        let new = |mark: &Mark| {
            let (person, state) = (mark.person, State::from_there(mark.attended));
            come.iter().map(move |part| made(person, part.id, state, Source::Program, by, now)).collect::<Vec<_>>()
        };
        let news: Vec<NewMark> = marks.iter().flat_map(new).collect();
        let outcomes = record(conn, published, occasion, &news, now)?;
        if outcomes.contains(&Outcome::Oneself) {
            return Err(Refusal::Oneself);
        }
        let changed = news.iter().zip(&outcomes).filter(|(_, outcome)| outcome.changes());
        Ok(changed.map(|(new, _)| new.person).collect::<BTreeSet<i64>>().len())
    })
}

/// The booked occasions to which a person did not come. Whoever was marked away by mistake, without a seat, missed none.
pub fn no_shows(conn: &mut Conn, person: i64) -> Result<Vec<Missed>, Error> {
    let mut missed = missed::no_shows(&rows::marks_of_person(conn, person)?);
    if !missed.is_empty() {
        let absent = occasions::absent_at(conn, person)?;
        missed.retain(|missed| absent.contains(&missed.occasion));
    }
    Ok(missed)
}

/// To how many booked occasions that began since an instant a person did not come.
pub fn no_shows_since(conn: &mut Conn, person: i64, since: NaiveDateTime) -> Result<usize, Error> {
    let mut count = 0;
    for missed in no_shows(conn, person)? {
        let occasion = occasions::occasion(conn, missed.occasion)?;
        count += usize::from(occasion.is_some_and(|occasion| occasion.starts_at >= since));
    }
    Ok(count)
}

/// Lets seats and achievements follow when an occasion's parts are others than those that were marked.
pub fn resettle(
    conn: &mut Conn,
    published: &Published,
    occasion: &Occasion,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let marked: BTreeSet<i64> = rows::marks_of(conn, occasion.id)?.iter().map(|mark| mark.person).collect();
    for person in marked {
        settle(conn, published, &occasion.module, person, by, now)?;
    }
    Ok(())
}

/// A mark made now.
pub fn made(person: i64, part: i64, state: State, source: Source, by: Option<i64>, now: NaiveDateTime) -> NewMark {
    NewMark { key: secret::new(), person, part, state, source, reason: String::new(), marked_at: now, by }
}

/// Writes marks at an occasion and lets seats, achievements and notices follow. What became of each, in their order.
pub fn record(
    conn: &mut Conn,
    published: &Published,
    occasion: i64,
    news: &[NewMark],
    now: NaiveDateTime,
) -> Result<Vec<Outcome>, Refusal> {
    let occasion = crate::occasions::store::hold(conn, occasion)?.ok_or(Refusal::NoSuchOccasion)?;
    if occasion.cancelled_at.is_some() {
        return Err(Refusal::Cancelled);
    }
    come(&occasions::parts(conn, occasion.id)?, news, now)?;
    known(conn, news)?;
    let keys: Vec<&str> = news.iter().map(|new| new.key.as_str()).collect();
    let mut keys = rows::known_keys(conn, &keys)?;
    let mut marks: HashMap<(i64, i64), Vec<Made>> = HashMap::new();
    rows::marks_of(conn, occasion.id)?.into_iter().for_each(|mark| marks.entry(place(&mark)).or_default().push(mark));
    let mut outcomes = Vec::with_capacity(news.len());
    let mut changed = BTreeSet::new();
    for new in news {
        let new = NewMark { marked_at: new.marked_at.clamp(now - LONGEST_WAIT, now), ..new.clone() };
        let there = marks.entry((new.person, new.part)).or_default();
        let outcome = if keys.contains(&new.key) { Outcome::Again } else { judge(there, &new) };
        if outcome.is_kept() {
            let id = rows::insert(conn, occasion.id, &new, now)?;
            keys.insert(new.key.clone());
            there.push(kept(id, &new, now));
        }
        if outcome.changes() {
            changed.insert((new.person, new.by));
        }
        outcomes.push(outcome);
    }
    if !over::follows(conn, published, &occasion, now)? {
        for (person, by) in changed {
            settle(conn, published, &occasion.module, person, by, now)?;
        }
    }
    Ok(outcomes)
}

/// Before one has been there, and after: whoever has the module has been there.
pub fn moment(
    conn: &mut Conn,
    published: &Published,
    person: i64,
    module: &str,
    now: NaiveDateTime,
) -> Result<Moment, Error> {
    let done = done(conn, published, module, person, now)?;
    let came = done.given.iter().any(|(_, sitting)| sitting.parts.iter().any(|sat| sat.there == Some(true)));
    let has = !learning::standing_of(conn, person, module)?.is_empty();
    Ok(if came || has { Moment::After } else { Moment::Before })
}

/// Somebody rates themselves on what a module should lead to: the place of each outcome, and 1 to 5.
pub fn rate(
    store: &Store,
    published: &Published,
    person: i64,
    module: &str,
    ratings: &BTreeMap<usize, i32>,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let Some((_, written)) = published.module_by_id(module) else { return Ok(()) };
    store.write(|conn| {
        let moment = moment(conn, published, person, module, now)?;
        for (place, rating) in ratings {
            let Some(words) = written.outcomes.get(*place) else { continue };
            let rated = Rated { person, moment, outcome: outcome(&words.sv), rating: *rating };
            rows::rate(conn, module, &rated, now)?;
        }
        Ok(())
    })
}

fn place(mark: &Made) -> (i64, i64) {
    (mark.person, mark.part)
}

fn kept(id: i64, new: &NewMark, now: NaiveDateTime) -> Made {
    Made {
        id,
        key: new.key.clone(),
        person: new.person,
        part: new.part,
        state: new.state,
        source: new.source,
        reason: new.reason.clone(),
        marked_at: new.marked_at,
        recorded_at: now,
        by: new.by,
    }
}

/// Nobody can have been at a part before its day.
fn come(parts: &[Part], news: &[NewMark], now: NaiveDateTime) -> Result<(), Refusal> {
    for new in news {
        let part = parts.iter().find(|part| part.id == new.part).ok_or(Refusal::NoSuchPart)?;
        let day = clock::day_of(part.starts_at);
        if day > clock::day_of(now) {
            return Err(Refusal::NotYet(day));
        }
    }
    Ok(())
}

fn known(conn: &mut Conn, news: &[NewMark]) -> Result<(), Refusal> {
    let named: Vec<i64> = news.iter().map(|new| new.person).collect::<BTreeSet<i64>>().into_iter().collect();
    let known: HashSet<i64> = people::people_by_id(conn, &named)?.into_iter().map(|person| person.id).collect();
    if named.iter().all(|person| known.contains(person)) { Ok(()) } else { Err(Refusal::NoSuchPerson) }
}
