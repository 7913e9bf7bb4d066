//! What people are told when a booking changes: an invitation with its calendar file, or how it goes in the line.

use chrono::{NaiveDate, NaiveDateTime};

use super::life::{self, Change};
use super::seat::{Cause, Seat};
use super::store::{self as rows, Occasion};
use crate::clock;
use crate::curriculum::model::Language;
use crate::notices::kinds::{self, Invitation, News, Notice};
use crate::notices::store::{self as outbox, NewNotice};
use crate::organisation::{Person, store as people};
use crate::store::{Conn, Error};
use crate::versions::published::Published;

/// Tells the person of one change, if there is something to tell. `line` is the change's line in the log.
pub(super) fn told(
    conn: &mut Conn,
    published: &Published,
    occasion: &Occasion,
    change: &Change,
    line: i64,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let Some(person) = reachable(conn, change.person, clock::day_of(now))? else { return Ok(()) };
    let about = as_told(published, occasion, person.language);
    let link = format!("/occasions/{}", occasion.id);
    let (kind, notice) = match (change.to, change.cause) {
        (Seat::Booked, _) => ("invitation", invitation(kinds::Change::New, about, link)),
        (Seat::Cancelled, _) if change.from == Some(Seat::Booked) => {
            ("cancelled", invitation(kinds::Change::Cancelled, about, link))
        }
        (Seat::Waitlisted, _) => {
            let before = life::before_in_line(&rows::list(conn, occasion.id)?, person.id).unwrap_or_default();
            ("seat", seat(News::Waiting { before }, about, link))
        }
        (Seat::Offered, _) => match change.until {
            Some(until) => ("seat", seat(News::Offered { until }, about, link)),
            None => return Ok(()),
        },
        (Seat::Cancelled, Cause::Lapsed) => ("seat", seat(News::Lapsed, about, link)),
        (Seat::Cancelled, Cause::NeverFree) => ("seat", seat(News::NeverFree, about, link)),
        (Seat::Cancelled, Cause::CalledOff) => ("seat", seat(News::CalledOff, about, link)),
        // Whoever leaves the line knows; who was there is told by the achievement.
        (Seat::Cancelled | Seat::Attended | Seat::Absent, _) => return Ok(()),
    };
    let key = format!("{kind}:{}:{}:{}:{line}", occasion.id, occasion.sequence, person.id);
    outbox::enqueue(conn, &to(&person, notice, key), now)?;
    Ok(())
}

/// Tells somebody with a seat that the occasion has changed; once for each of its sequences.
pub fn called(
    conn: &mut Conn,
    published: &Published,
    occasion: &Occasion,
    person: i64,
    change: kinds::Change,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let Some(person) = reachable(conn, person, clock::day_of(now))? else { return Ok(()) };
    let about = as_told(published, occasion, person.language);
    let notice = invitation(change, about, format!("/occasions/{}", occasion.id));
    let key = format!("moved:{}:{}:{}", occasion.id, occasion.sequence, person.id);
    outbox::enqueue(conn, &to(&person, notice, key), now)?;
    Ok(())
}

fn invitation(change: kinds::Change, occasion: kinds::Occasion, link: String) -> Notice {
    Notice::Invitation(Invitation { change, occasion, link })
}

fn seat(news: News, occasion: kinds::Occasion, link: String) -> Notice {
    Notice::Seat(kinds::Seat { news, occasion, link })
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
pub fn as_told(published: &Published, occasion: &Occasion, language: Language) -> kinds::Occasion {
    kinds::Occasion {
        uid: occasion.uid.clone(),
        sequence: occasion.sequence,
        title: published.title_of_id(&occasion.module, language).into(),
        starts_at: occasion.starts_at,
        ends_at: occasion.ends_at,
        place: occasion.place.clone(),
    }
}
