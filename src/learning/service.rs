//! Attendance and what follows from it in one transaction: the seat, the achievement, what the person is told.
//! And the day's reminders.

use std::collections::{HashMap, HashSet};

use chrono::{Months, NaiveDate, NaiveDateTime};

use super::store::{self as rows, NewAchievement};
use crate::clock;
use crate::curriculum::model::{Counts, Language};
use crate::engine::model::{Budget, Facts, Path};
use crate::engine::path;
use crate::notices::kinds::{Achieved, Next, Notice};
use crate::notices::store as outbox;
use crate::occasions::life::{Change, Rank};
use crate::occasions::seat::{Cause, Seat};
use crate::occasions::store::{self as occasions, Occasion};
use crate::occasions::tell::{reachable, to};
use crate::organisation::store as people;
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;

/// Why attendance or an achievement is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such occasion; open the edition again")]
    NoSuchOccasion,
    #[error("the occasion was cancelled; choose another one")]
    Cancelled,
    #[error("the occasion begins on {0}; attendance is marked from that day on")]
    NotYet(NaiveDate),
    #[error("there is no such person; look the person up again")]
    NoSuchPerson,
    #[error("the curriculum has no module {0}; choose one of its modules")]
    NoSuchModule(String),
    #[error("the day {0} is still to come; an achievement has happened")]
    ToCome(NaiveDate),
    #[error("{0:?} is no kind of evidence; write attendance, assessment, prior_learning, import or external")]
    NoSuchEvidence(String),
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal);

/// One person's attendance at an occasion; `None` takes a mark back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub person: i64,
    pub attended: Option<bool>,
}

/// Marks attendance. Attending is the achievement; taking it back revokes it. Marks that change nothing do nothing.
/// Returns how many changed.
pub fn mark(
    store: &Store,
    published: &Published,
    occasion: i64,
    marks: &[Mark],
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<usize, Refusal> {
    store.write(|conn| {
        let occasion = occasions::hold(conn, occasion)?.ok_or(Refusal::NoSuchOccasion)?;
        let day = clock::day_of(occasion.starts_at);
        if occasion.cancelled_at.is_some() {
            return Err(Refusal::Cancelled);
        }
        if day > clock::day_of(now) {
            return Err(Refusal::NotYet(day));
        }
        let named: Vec<i64> = marks.iter().map(|mark| mark.person).collect();
        let known: HashSet<i64> = people::people_by_id(conn, &named)?.into_iter().map(|person| person.id).collect();
        if named.iter().any(|person| !known.contains(person)) {
            return Err(Refusal::NoSuchPerson);
        }
        let list = occasions::list(conn, occasion.id)?;
        let mut changed = 0;
        for mark in marks {
            let to = match mark.attended {
                Some(true) => Seat::Attended,
                Some(false) => Seat::Absent,
                None => Seat::Booked,
            };
            let entry = list.iter().find(|entry| entry.person == mark.person);
            let from = entry.map(|entry| entry.seat);
            if from != Some(to) {
                let rank = entry.map_or(Rank::new(None, now, mark.person), |entry| entry.rank);
                let change = Change { person: mark.person, from, to, until: None, rank, cause: Cause::Marked };
                occasions::write(conn, occasion.id, &change, by, "", now)?;
                settle(conn, published, &occasion, mark.person, to == Seat::Attended, by, now)?;
                changed += 1;
            }
        }
        Ok(changed)
    })
}

/// Makes the record say what the seat says.
fn settle(
    conn: &mut Conn,
    published: &Published,
    occasion: &Occasion,
    person: i64,
    attended: bool,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Refusal> {
    let recorded = rows::achievement_at(conn, person, occasion.id)?;
    let day = clock::day_of(occasion.ends_at);
    match (attended, recorded) {
        (true, None) => {
            let new = Achieving { module: &occasion.module, day, evidence: "attendance", occasion: Some(occasion.id) };
            achieve(conn, published, person, &new, by, now)?;
        }
        (false, Some(achievement)) => {
            let new = Achieving { module: &occasion.module, day, evidence: "attendance", occasion: Some(occasion.id) };
            rows::insert_achievement(conn, &new.row(published, person, Some(achievement), by, now))?;
        }
        _ => {}
    }
    Ok(())
}

/// What somebody has achieved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Achieving<'a> {
    /// A module id.
    pub module: &'a str,
    pub day: NaiveDate,
    /// attendance, assessment, prior_learning, import or external.
    pub evidence: &'a str,
    pub occasion: Option<i64>,
}

impl<'a> Achieving<'a> {
    fn row(
        &self,
        published: &Published,
        person: i64,
        revokes: Option<i64>,
        by: Option<i64>,
        now: NaiveDateTime,
    ) -> NewAchievement<'a> {
        NewAchievement {
            person_id: person,
            module: self.module,
            day: self.day,
            valid_until: valid_until(published, self.module, self.day),
            evidence: self.evidence,
            occasion_id: self.occasion,
            recorded_at: now,
            recorded_by: by,
            revokes_id: revokes,
            counts: published.module_by_id(self.module).map_or(Counts::Best, |(_, module)| module.counts).code(),
        }
    }
}

/// The last day an achievement of `day` counts, as the module says; none = for good.
pub fn valid_until(published: &Published, module: &str, day: NaiveDate) -> Option<NaiveDate> {
    let (_, module) = published.module_by_id(module)?;
    day.checked_add_months(Months::new(module.valid_months?))
}

/// Records an achievement and tells the person what is next. Returns its id.
pub fn achieve(
    conn: &mut Conn,
    published: &Published,
    person: i64,
    new: &Achieving,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<i64, Error> {
    let id = rows::insert_achievement(conn, &new.row(published, person, None, by, now))?;
    // What is brought over from another system is no news to the person.
    if new.evidence != "import" {
        tell_achieved(conn, published, person, id, new.module, now)?;
    }
    Ok(id)
}

/// The same as its own transaction, for the interface for programs. Recording the same thing again returns the
/// achievement that is there.
pub fn record(
    store: &Store,
    published: &Published,
    person: i64,
    new: &Achieving,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<i64, Refusal> {
    if published.module_by_id(new.module).is_none() {
        return Err(Refusal::NoSuchModule(new.module.into()));
    }
    if new.day > clock::day_of(now) {
        return Err(Refusal::ToCome(new.day));
    }
    if !["attendance", "assessment", "prior_learning", "import", "external"].contains(&new.evidence) {
        return Err(Refusal::NoSuchEvidence(new.evidence.into()));
    }
    store.write(|conn| {
        people::person(conn, person)?.ok_or(Refusal::NoSuchPerson)?;
        let record = rows::record(conn, person)?;
        let same = record.iter().find(|row| {
            row.module == new.module && row.day == new.day && row.evidence == new.evidence && row.revoked_by.is_none()
        });
        match same {
            Some(row) => Ok(row.id),
            None => Ok(achieve(conn, published, person, new, by, now)?),
        }
    })
}

fn tell_achieved(
    conn: &mut Conn,
    published: &Published,
    person: i64,
    achievement: i64,
    module: &str,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let today = clock::day_of(now);
    let Some(person) = reachable(conn, person, today)? else { return Ok(()) };
    let Some(facts) = rows::facts(conn, person.id, today)? else { return Ok(()) };
    let path = path_of(published, &facts, today);
    let notice = Notice::Achieved(Achieved {
        module: published.title_of_id(module, person.language).into(),
        next: next(published, &path, person.language),
        link: "/".into(),
    });
    outbox::enqueue(conn, &to(&person, notice, format!("achieved:{achievement}")), now)?;
    Ok(())
}

/// The path with the search budget that pages and mail share.
pub fn path_of(published: &Published, facts: &Facts, today: NaiveDate) -> Path {
    path(&published.compiled, facts, today, &Budget::default())
}

/// What the person's own page says is next.
fn next(published: &Published, path: &Path, language: Language) -> Option<Next> {
    let step = super::my_path::next(path)?;
    let title = published.module(step.module).title.of(language);
    Some(Next { module: title.into(), day: step.booked.map(|seat| seat.day) })
}

/// Paths of many people on one day, each once.
pub fn paths_of(
    conn: &mut Conn,
    published: &Published,
    people: &[i64],
    today: NaiveDate,
) -> Result<HashMap<i64, Path>, Error> {
    let facts = rows::facts_of(conn, people, today)?;
    Ok(facts.into_iter().map(|(person, facts)| (person, path_of(published, &facts, today))).collect())
}
