//! Attendance and what follows from it in one transaction: the seat, the achievement, what the person is told.
//! And the day's reminders.

use std::collections::{HashMap, HashSet};

use chrono::{Months, NaiveDate, NaiveDateTime};

use super::store::{self as rows, NewAchievement, Occasion, Seat};
use crate::clock;
use crate::curriculum::model::Language;
use crate::engine::model::{Budget, Facts, Path};
use crate::engine::path;
use crate::notices::kinds::{Achieved, Change, Invitation, Next, Notice, Occasion as Told};
use crate::notices::store::{self as outbox, NewNotice};
use crate::organisation::{Person, store as people};
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
        let occasion = rows::occasion(conn, occasion)?.ok_or(Refusal::NoSuchOccasion)?;
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
        let mut changed = 0;
        for mark in marks {
            let seat = match mark.attended {
                Some(true) => Seat::Attended,
                Some(false) => Seat::Absent,
                None => Seat::Booked,
            };
            if rows::set_seat(conn, occasion.id, mark.person, seat, by, now)? != Some(seat) {
                settle(conn, published, &occasion, mark.person, seat == Seat::Attended, by, now)?;
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

/// Somebody who works here today and is told things.
pub fn reachable(conn: &mut Conn, person: i64, today: NaiveDate) -> Result<Option<Person>, Error> {
    Ok(people::person(conn, person)?.filter(|p| p.ends_on.is_none_or(|end| today <= end) && !p.disabled))
}

/// A notice to a person, to be sent at once.
pub fn to(person: &Person, notice: Notice, dedupe_key: String) -> NewNotice {
    NewNotice {
        notice,
        person_id: Some(person.id),
        name: person.name.clone(),
        email: person.email.clone(),
        language: person.language,
        dedupe_key,
        due_day: None,
        not_before: None,
    }
}

/// An occasion as a notice tells it.
pub fn told(published: &Published, occasion: &Occasion, language: Language) -> Told {
    Told {
        uid: occasion.uid.clone(),
        sequence: occasion.sequence,
        title: published.title_of_id(&occasion.module, language).into(),
        starts_at: occasion.starts_at,
        ends_at: occasion.ends_at,
        place: occasion.place.clone(),
    }
}

/// Books a seat and invites. `cause` makes the invitation's key: the same cause never invites twice.
pub fn invite(
    conn: &mut Conn,
    published: &Published,
    person: &Person,
    occasion: &Occasion,
    cause: &str,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Error> {
    rows::set_seat(conn, occasion.id, person.id, Seat::Booked, by, now)?;
    call(conn, published, person, occasion, Change::New, cause, now)
}

/// Gives a seat back and tells the calendar so.
pub fn release(
    conn: &mut Conn,
    published: &Published,
    person: &Person,
    occasion: &Occasion,
    cause: &str,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Error> {
    rows::set_seat(conn, occasion.id, person.id, Seat::Cancelled, by, now)?;
    call(conn, published, person, occasion, Change::Cancelled, cause, now)
}

fn call(
    conn: &mut Conn,
    published: &Published,
    person: &Person,
    occasion: &Occasion,
    change: Change,
    cause: &str,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let (kind, link) = match change {
        Change::New => ("invitation", occasion_link(occasion)),
        Change::Moved => ("moved", occasion_link(occasion)),
        Change::Cancelled => ("cancelled", "/".to_owned()),
    };
    let notice = Notice::Invitation(Invitation { change, occasion: told(published, occasion, person.language), link });
    let key = format!("{kind}:{}:{}:{}:{cause}", occasion.id, occasion.sequence, person.id);
    outbox::enqueue(conn, &to(person, notice, key), now)?;
    Ok(())
}

fn occasion_link(occasion: &Occasion) -> String {
    format!("/curriculum/modules/{}", occasion.module)
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
