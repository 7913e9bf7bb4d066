//! Achievements: recorded, taken back, and what the person is told of it in the same transaction.

use std::collections::HashMap;

use chrono::{Months, NaiveDate, NaiveDateTime, TimeDelta};

use super::store::{self as rows, NewAchievement, RecordRow};
use crate::clock;
use crate::curriculum::model::{Counts, Language};
use crate::engine::model::{Budget, Facts, Path};
use crate::engine::path;
use crate::notices::kinds::{Achieved, Next, Notice, TakenBack};
use crate::notices::store::{self as outbox, NewNotice};
use crate::occasions::seat::Cause;
use crate::occasions::service::{self as occasions, Asking};
use crate::occasions::tell::{reachable, to};
use crate::organisation::store as people;
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;

/// Why an achievement is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
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
    /// Whether it follows from a mark or an assessment, which are made by a tap and taken back by another.
    fn can_slip(&self) -> bool {
        matches!(self.evidence, "attendance" | "assessment")
    }

    fn row(&self, published: &Published, person: i64, by: Option<i64>, now: NaiveDateTime) -> NewAchievement<'a> {
        NewAchievement {
            person_id: person,
            module: self.module,
            day: self.day,
            valid_until: valid_until(published, self.module, self.day),
            evidence: self.evidence,
            occasion_id: self.occasion,
            recorded_at: now,
            recorded_by: by,
            revokes_id: None,
            counts: published.module_by_id(self.module).map_or(Counts::Best, |(_, module)| module.counts).code(),
        }
    }
}

/// The last day an achievement of `day` counts, as the module says; none = for good.
pub fn valid_until(published: &Published, module: &str, day: NaiveDate) -> Option<NaiveDate> {
    let (_, module) = published.module_by_id(module)?;
    day.checked_add_months(Months::new(module.valid_months?))
}

/// How long a mail about what was marked or assessed waits: a slip of the finger that is taken back meanwhile is told to
/// nobody, in either direction.
pub const SLIP: TimeDelta = TimeDelta::minutes(5);

/// Records an achievement and tells the person what is next. Returns its id.
pub fn achieve(
    conn: &mut Conn,
    published: &Published,
    person: i64,
    new: &Achieving,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<i64, Error> {
    let row = new.row(published, person, by, now);
    let id = rows::insert_achievement(conn, &row)?;
    if row.valid_until.is_none_or(|last| clock::day_of(now) <= last) {
        waits_no_more(conn, published, person, new.module, by, now)?;
    }
    // What is brought over from another system is no news to the person, nor is what the person never heard was taken back.
    if new.evidence != "import" && !(new.can_slip() && still_believed(conn, person, new)?) {
        tell_achieved(conn, published, person, id, new, now)?;
    }
    Ok(id)
}

/// Whether the same was taken back so lately that the person had not been told: then nobody is told of that either.
fn still_believed(conn: &mut Conn, person: i64, new: &Achieving) -> Result<bool, Error> {
    let same =
        |row: &&RecordRow| row.module == new.module && row.occasion_id == new.occasion && row.revoked_by.is_some();
    for row in rows::record(conn, person)?.iter().filter(same) {
        if outbox::withdraw(conn, &format!("taken_back:{}", row.id))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whoever has the module waits no more for a seat at it, so that none is offered in vain.
fn waits_no_more(
    conn: &mut Conn,
    published: &Published,
    person: i64,
    module: &str,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let asking = Asking { by, reason: "", now };
    match occasions::withdraw(conn, published, (person, module), None, Cause::Achieved, asking) {
        Err(occasions::Refusal::Store(error)) => Err(error),
        // An occasion that is called off meanwhile has no line any more.
        Ok(()) | Err(occasions::Refusal::Life(_) | occasions::Refusal::NoSuchOccasion) => Ok(()),
    }
}

/// Takes an achievement back, which is a row too, and tells the person, unless nothing had been told of it yet. `link` is
/// the page that says why.
pub fn take_back(
    conn: &mut Conn,
    published: &Published,
    person: i64,
    row: &RecordRow,
    link: String,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let taken = Achieving { module: &row.module, day: row.day, evidence: &row.evidence, occasion: row.occasion_id };
    let revocation = NewAchievement { revokes_id: Some(row.id), ..taken.row(published, person, by, now) };
    rows::insert_achievement(conn, &revocation)?;
    if outbox::withdraw(conn, &format!("achieved:{}", row.id))? {
        return Ok(());
    }
    let Some(person) = reachable(conn, person, clock::day_of(now))? else { return Ok(()) };
    let module = published.title_of_id(&row.module, person.language).into();
    let notice = Notice::TakenBack(TakenBack { module, link });
    let not_before = Some(now + SLIP);
    outbox::enqueue(conn, &NewNotice { not_before, ..to(&person, notice, format!("taken_back:{}", row.id)) }, now)?;
    Ok(())
}

/// Records an achievement as its own transaction, for the interface for programs. Recording the same thing again returns the
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
    new: &Achieving,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let today = clock::day_of(now);
    let Some(person) = reachable(conn, person, today)? else { return Ok(()) };
    let Some(facts) = rows::facts(conn, person.id, today)? else { return Ok(()) };
    let path = path_of(published, &facts, today);
    let notice = Notice::Achieved(Achieved {
        module: published.title_of_id(new.module, person.language).into(),
        next: next(published, &path, person.language),
        link: "/".into(),
        assessed: new.evidence == "assessment",
    });
    let not_before = new.can_slip().then(|| now + SLIP);
    outbox::enqueue(conn, &NewNotice { not_before, ..to(&person, notice, format!("achieved:{achievement}")) }, now)?;
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
