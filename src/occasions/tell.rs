//! What people are told when a booking changes: an invitation with its calendar file for each part, or how it goes in
//! the line.

use chrono::{NaiveDate, NaiveDateTime};

use super::life::{self, Change};
use super::seat::{Cause, Seat};
use super::store::{self as rows, Given, Occasion, Part};
use crate::clock;
use crate::curriculum::model::Language;
use crate::notices::kinds::{self, Invitation, News, Notice};
use crate::notices::store::{self as outbox, NewNotice};
use crate::organisation::{Person, store as people};
use crate::store::{Conn, Error};
use crate::versions::published::Published;
use crate::words;

/// Tells the person of one change, if there is something to tell. `line` is the change's line in the log.
pub(super) fn told(
    conn: &mut Conn,
    published: &Published,
    given: &Given,
    change: &Change,
    line: i64,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let Some(person) = reachable(conn, change.person, clock::day_of(now))? else { return Ok(()) };
    let news = match (change.to, change.cause) {
        (Seat::Booked, _) => return invite(conn, published, given, &person, kinds::Change::New, line, now),
        (Seat::Cancelled, _) if change.from == Some(Seat::Booked) => {
            return invite(conn, published, given, &person, kinds::Change::Cancelled, line, now);
        }
        (Seat::Waitlisted, _) => {
            let before = life::before_in_line(&rows::list(conn, given.occasion.id)?, person.id).unwrap_or_default();
            News::Waiting { before }
        }
        (Seat::Offered, _) => match change.until {
            Some(until) => News::Offered { until },
            None => return Ok(()),
        },
        (Seat::Cancelled, Cause::Lapsed) => News::Lapsed,
        (Seat::Cancelled, Cause::NeverFree) => News::NeverFree,
        (Seat::Cancelled, Cause::CalledOff) => News::CalledOff,
        // Whoever leaves the line knows; who was there is told by the achievement.
        (Seat::Cancelled | Seat::Attended | Seat::Absent, _) => return Ok(()),
    };
    let occasion = as_told(published, given, person.language);
    let notice = Notice::Seat(kinds::Seat { news, occasion, link: link(&given.occasion) });
    let key = format!("seat:{}:{}:{}:{line}", given.occasion.id, given.occasion.sequence, person.id);
    outbox::enqueue(conn, &to(&person, notice, key), now)?;
    Ok(())
}

/// Invites whoever came without a seat, and has one now, to the parts that are still to come.
pub fn joined(
    conn: &mut Conn,
    published: &Published,
    given: &Given,
    change: &Change,
    line: i64,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let new = !matches!(change.from, Some(Seat::Booked | Seat::Attended | Seat::Absent));
    if !new || change.to != Seat::Booked {
        return Ok(());
    }
    let Some(person) = reachable(conn, change.person, clock::day_of(now))? else { return Ok(()) };
    invite(conn, published, given, &person, kinds::Change::New, line, now)
}

/// One mail for each part that is still to come, because that is how calendars read them: see `notices::calendar`.
fn invite(
    conn: &mut Conn,
    published: &Published,
    given: &Given,
    person: &Person,
    change: kinds::Change,
    line: i64,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let new = change == kinds::Change::New;
    let kind = if new { "invitation" } else { "cancelled" };
    for part in given.parts.iter().filter(|part| now < if new { part.starts_at } else { part.ends_at }) {
        let key = format!("{kind}:{}:{}:{}:{line}", given.occasion.id, part.no, person.id);
        calendar(conn, published, given, &given.parts, part, person, change, key, now)?;
    }
    Ok(())
}

/// Tells somebody with a seat what has become of one part; once for each of the occasion's sequences. `numbered` are the
/// parts among which this is one: those there were, for a part that was taken away.
#[expect(clippy::too_many_arguments, reason = "all that an invitation is made of")]
pub fn called(
    conn: &mut Conn,
    published: &Published,
    given: &Given,
    numbered: &[Part],
    part: &Part,
    person: i64,
    change: kinds::Change,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let Some(person) = reachable(conn, person, clock::day_of(now))? else { return Ok(()) };
    let key = format!("moved:{}:{}:{}:{}", given.occasion.id, given.occasion.sequence, part.id, person.id);
    calendar(conn, published, given, numbered, part, &person, change, key, now)
}

/// Tells somebody who waits in line or was offered a seat that time or place is another; once for each of the occasion's
/// sequences.
pub fn waits_still(
    conn: &mut Conn,
    published: &Published,
    given: &Given,
    person: i64,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let Some(person) = reachable(conn, person, clock::day_of(now))? else { return Ok(()) };
    let occasion = as_told(published, given, person.language);
    let notice = Notice::Seat(kinds::Seat { news: News::Moved, occasion, link: link(&given.occasion) });
    let key = format!("moved:{}:{}:{}", given.occasion.id, given.occasion.sequence, person.id);
    outbox::enqueue(conn, &to(&person, notice, key), now)?;
    Ok(())
}

/// Tells somebody who trains what has become of a part; once for each of the occasion's sequences, which rises also
/// when only the trainers are others. Of a trainer each part is another event than of a participant: one may have been
/// both.
#[expect(clippy::too_many_arguments, reason = "all that an invitation is made of")]
pub fn trains(
    conn: &mut Conn,
    published: &Published,
    given: &Given,
    numbered: &[Part],
    part: &Part,
    person: i64,
    change: kinds::Change,
    now: NaiveDateTime,
) -> Result<(), Error> {
    if part.ends_at <= now {
        return Ok(());
    }
    let Some(person) = reachable(conn, person, clock::day_of(now))? else { return Ok(()) };
    let mut occasion = part_as_told(published, &given.occasion, numbered, part, person.language);
    occasion.parts = sittings(&given.parts);
    occasion.sequence = given.occasion.sequence;
    occasion.uid.push_str(TRAINER);
    let notice = Notice::Invitation(Invitation { change, occasion, link: link(&given.occasion), trains: true });
    let key = format!("trains:{}:{}:{}:{}", given.occasion.id, given.occasion.sequence, part.id, person.id);
    outbox::enqueue(conn, &to(&person, notice, key), now)?;
    Ok(())
}

/// Tells somebody that too few have booked a day: so many, and whether it is for that person to decide.
pub(super) fn short(
    conn: &mut Conn,
    published: &Published,
    given: &Given,
    person: &Person,
    (booked, decides): (usize, bool),
    now: NaiveDateTime,
) -> Result<(), Error> {
    let minimum = usize::try_from(given.occasion.minimum).unwrap_or_default();
    let occasion = as_told(published, given, person.language);
    let notice = Notice::Short(kinds::Short { booked, minimum, decides, occasion, link: link(&given.occasion) });
    // Told again only when booking has been opened again since.
    let key = format!("short:{}:{}:{}", given.occasion.id, now.and_utc().timestamp_micros(), person.id);
    outbox::enqueue(conn, &to(person, notice, key), now)?;
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "all that an invitation is made of")]
fn calendar(
    conn: &mut Conn,
    published: &Published,
    given: &Given,
    numbered: &[Part],
    part: &Part,
    person: &Person,
    change: kinds::Change,
    key: String,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let mut occasion = part_as_told(published, &given.occasion, numbered, part, person.language);
    occasion.parts = sittings(&given.parts);
    let lines = rows::lines_about(conn, person.id, Some(given.occasion.id))?;
    occasion.sequence = heard(part, lines.get(&given.occasion.id).copied());
    let notice = Notice::Invitation(Invitation { change, occasion, link: link(&given.occasion), trains: false });
    outbox::enqueue(conn, &to(person, notice, key), now)?;
    Ok(())
}

/// The sequence of a part in one person's calendar, by mail and by the feed alike: it rises also when only the person's
/// own seat is given back and taken again. `lines` are those of the log that are about it.
pub fn heard(part: &Part, lines: Option<i64>) -> i32 {
    let own = i32::try_from(lines.unwrap_or_default()).unwrap_or(i32::MAX / 2);
    part.sequence + own.saturating_sub(1).max(0)
}

/// What is added to a part's uid for those who train: theirs is another event than that of participants.
pub const TRAINER: &str = ".trainer";

fn link(occasion: &Occasion) -> String {
    format!("/occasions/{}", occasion.id)
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

/// An occasion as a notice tells it, with all its parts.
pub fn as_told(published: &Published, given: &Given, language: Language) -> kinds::Occasion {
    let Given { occasion, parts } = given;
    kinds::Occasion {
        uid: occasion.uid.clone(),
        sequence: occasion.sequence,
        title: published.title_of_id(&occasion.module, language).into(),
        starts_at: occasion.starts_at,
        ends_at: occasion.ends_at,
        place: place(&occasion.place, &occasion.link),
        part: None,
        parts: sittings(parts),
    }
}

/// One part as a notice and a calendar tell it; `parts` are all of the occasion's. The title says which part it is when
/// there are several.
pub fn part_as_told(
    published: &Published,
    occasion: &Occasion,
    parts: &[Part],
    part: &Part,
    language: Language,
) -> kinds::Occasion {
    let title = published.title_of_id(&occasion.module, language);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let which = parts.iter().position(|known| known.id == part.id).filter(|_| parts.len() > 1);
    let which = which.map(|at| kinds::Part { no: number(at + 1), of: number(parts.len()) });
    kinds::Occasion {
        uid: part.uid.clone(),
        sequence: part.sequence,
        title: match which {
            Some(kinds::Part { no, of }) => words::text(
                language,
                "courses-part-of",
                &[("title", title.into()), ("no", no.to_string().into()), ("of", of.to_string().into())],
            ),
            None => title.into(),
        },
        starts_at: part.starts_at,
        ends_at: part.ends_at,
        place: place(&part.place, &part.link),
        part: which,
        parts: sittings(parts),
    }
}

/// None when there is only one.
fn sittings(parts: &[Part]) -> Vec<kinds::Sitting> {
    let sitting = |part: &Part| kinds::Sitting {
        starts_at: part.starts_at,
        ends_at: part.ends_at,
        place: place(&part.place, &part.link),
    };
    if parts.len() > 1 { parts.iter().map(sitting).collect() } else { Vec::new() }
}

/// The room, the address of the meeting, or both.
fn place(room: &str, link: &str) -> String {
    match (room.is_empty(), link.is_empty()) {
        (true, _) => link.to_owned(),
        (false, true) => room.to_owned(),
        (false, false) => format!("{room}, {link}"),
    }
}
