//! Working out when a group can be done, beside the request that asked.

use std::cell::Cell;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta};

use super::{ExtraDay, GroupPlan, Keep, Missing, MissingPiece, Whom, store as rows};
use crate::accounts::policy::{self, Actor};
use crate::clock;
use crate::courses::view::Telling;
use crate::courses::when::Wishes;
use crate::courses::when::load::{Asker, Days as ToCome};
use crate::courses::when::view::why_of;
use crate::curriculum::model::Language;
use crate::engine::requirements;
use crate::engine::schedule::calendar::{date, number};
use crate::engine::schedule::group::{Outcome, extras, group};
use crate::engine::schedule::task::Task;
use crate::organisation::{Person, store as people};
use crate::programme::store as programme;
use crate::store::{Conn, Error, Store};
use crate::versions::published::{Published, Shelf};

/// More than this is asked for in parts.
pub const MOST_PEOPLE: usize = 5_000;
/// Seats of a further day.
const EXTRA_SEATS: usize = 20;
/// A further day is at least so many days ahead, and at most a year.
const AHEAD: u64 = 21;
/// Pieces told of each person who does not make it.
const TOLD: usize = 3;
/// Between two notes of how far it has come.
const PACE: TimeDelta = TimeDelta::milliseconds(300);

/// Whether somebody may ask about a group: its managers about a unit, developers about everybody.
pub fn may_ask(conn: &mut Conn, actor: &Actor, whom: &Whom) -> Result<bool, Error> {
    Ok(match whom {
        Whom::Unit(unit) => {
            let tree = people::tree(conn)?;
            tree.unit(*unit).is_some() && policy::sees_unit(actor, &[vec![*unit], tree.ancestors(*unit)].concat())
        }
        Whom::Edition(edition) => actor.hats.developer && programme::edition(conn, *edition)?.is_some(),
        Whom::Dose(_) => actor.hats.developer,
    })
}

/// Answers a question that has been noted, or notes why not. It takes its time, and so asks what time it is.
pub fn run(store: &Store, shelf: &Shelf, asked: i64, now: fn() -> NaiveDateTime) -> Result<(), Error> {
    match answer(store, shelf, asked, now) {
        Ok(Ok(plan)) => {
            let text = serde_json::to_string(&plan).unwrap_or_default();
            store.write(|conn| rows::answered(conn, asked, &text, now()))
        }
        Ok(Err(why)) => store.write(|conn| rows::fail(conn, asked, why)),
        Err(error) => {
            store.write(|conn| rows::fail(conn, asked, "store"))?;
            Err(error)
        }
    }
}

fn answer(
    store: &Store,
    shelf: &Shelf,
    asked: i64,
    now: fn() -> NaiveDateTime,
) -> Result<Result<GroupPlan, &'static str>, Error> {
    let Some(published) = shelf.current(store)? else { return Ok(Err("unpublished")) };
    let Some(question) = store.read(|conn| rows::find(conn, asked))? else { return Ok(Err("gone")) };
    let Some(whom) = Whom::of(&question.whom) else { return Ok(Err("gone")) };
    let wishes = Wishes { days_a_week: question.days_a_week, ..Wishes::default() };
    let begun = now();
    let (days, askers) = store.read(|conn| {
        let days = ToCome::read(conn, &published, begun)?;
        let people = people_of(conn, &published, &whom, clock::day_of(begun))?;
        let askers =
            if people.len() > MOST_PEOPLE { Vec::new() } else { Asker::read_many(conn, &days, &people, begun)? };
        Ok::<_, Error>((days, (people.len() <= MOST_PEOPLE).then_some(askers)))
    })?;
    let Some(askers) = askers else { return Ok(Err("many")) };
    let today = clock::day_of(begun);
    let tasks: Vec<Task> = askers.iter().map(|(_, asker)| asker.task(&published, &days, &wishes, today)).collect();
    let told = Cell::new(None);
    let mut progress = |done: usize, all: usize| {
        let now = now();
        if told.get().is_none_or(|told| now - told >= PACE) {
            told.set(Some(now));
            note(store, asked, (done as i64, all as i64), now);
        }
    };
    let outcome = group(&days.calendar, &tasks, &mut progress);
    let ids: Vec<i64> = askers.iter().map(|(person, _)| *person).collect();
    let telling = |language| Telling { published: &published, language, now: begun, today };
    Ok(Ok(told_plan(&[telling(Language::Sv), telling(Language::En)], &days, &tasks, &ids, &outcome)))
}

/// How far it has come is worth telling, and no reason to end it.
fn note(store: &Store, asked: i64, steps: (i64, i64), now: NaiveDateTime) {
    if let Err(error) = store.write(|conn| rows::came(conn, asked, steps, now)) {
        tracing::warn!(%error, "how far a group's plan has come could not be noted");
    }
}

/// Who works here today and belongs to the group.
fn people_of(conn: &mut Conn, published: &Published, whom: &Whom, today: NaiveDate) -> Result<Vec<Person>, Error> {
    let works = |person: &Person| person.ends_on.is_none_or(|last| today <= last);
    let mut found = match whom {
        Whom::Unit(unit) => {
            let units = people::tree(conn)?.below(&[*unit]);
            people::people_in_units(conn, &units, today)?
        }
        Whom::Edition(edition) => {
            let there = programme::participants(conn, *edition)?;
            let there = there.into_iter().filter(|one| one.ended_on.is_none_or(|last| today <= last));
            people::people_by_id(conn, &there.map(|one| one.person).collect::<Vec<_>>())?
        }
        Whom::Dose(dose) => {
            let everybody = people::everybody(conn)?;
            let ids: Vec<i64> = everybody.iter().map(|person| person.id).collect();
            let facts = crate::learning::store::facts_of(conn, &ids, today)?;
            let asks = |person: &Person| {
                let asked = facts.get(&person.id).map(|facts| requirements(&published.compiled, facts, today));
                asked.into_iter().flatten().any(|one| one.because.iter().any(|because| because.dose == *dose))
            };
            everybody.into_iter().filter(|person| works(person) && asks(person)).collect()
        }
    };
    found.retain(works);
    found.sort_by_key(|person| person.id);
    found.dedup_by_key(|person| person.id);
    Ok(found)
}

fn told_plan(telling: &[Telling; 2], days: &ToCome, tasks: &[Task], ids: &[i64], outcome: &Outcome) -> GroupPlan {
    let missing = outcome.fates.iter().enumerate().filter(|(_, fate)| !fate.makes);
    let module = |module| telling[0].published.id_of(module).to_owned();
    let missing = missing.map(|(at, fate)| {
        let modules: Vec<_> = tasks[at].pieces.iter().map(|piece| piece.module).collect();
        let piece = |missed: &crate::engine::schedule::reasons::Missed| {
            let why = |telling: &Telling| {
                let sentences = missed.causes.iter().map(|cause| why_of(telling, &modules, cause));
                sentences.collect::<Vec<_>>().join(" ")
            };
            MissingPiece {
                module: module(modules[missed.piece]),
                due: missed.due.and_then(date),
                why_sv: why(&telling[0]),
                why_en: why(&telling[1]),
                first: missed.first.and_then(date),
            }
        };
        let what = fate.missed.iter().take(TOLD).map(piece).collect();
        Missing { person: ids[at], alone: fate.alone, what }
    });
    let missing: Vec<Missing> = missing.collect();
    let extras = extras(tasks, outcome, &candidates(telling[0].published, telling[0].today), EXTRA_SEATS);
    let extra = |extra: &crate::engine::schedule::group::Extra| {
        Some(ExtraDay { module: module(extra.module), day: date(extra.day)?, helps: extra.helps })
    };
    GroupPlan {
        people: ids.len(),
        makes: outcome.makes,
        at_most: outcome.at_most,
        missing,
        extras: extras.iter().filter_map(extra).collect(),
        keep: keep(telling[0].published, days, outcome),
    }
}

/// Wednesdays on which a further day might be given, outside the months without courses.
fn candidates(published: &Published, today: NaiveDate) -> Vec<i32> {
    let first = today + Days::new(AHEAD);
    let holidays = &published.curriculum.about.holiday_months;
    let wednesdays = first.iter_days().take(365).filter(|day| day.weekday() == chrono::Weekday::Wed);
    wednesdays.filter(|day| !holidays.contains(&day.month())).map(number).collect()
}

fn keep(published: &Published, days: &ToCome, outcome: &Outcome) -> Vec<Keep> {
    let used = days.calendar.occasions.iter().zip(&outcome.used).filter(|(_, used)| **used > 0);
    let keep = used.filter_map(|(occasion, used)| {
        Some(Keep {
            occasion: occasion.id,
            module: published.id_of(occasion.module).to_owned(),
            starts_at: days.given.get(&occasion.id)?.occasion.starts_at,
            seats: *used,
            free: occasion.free,
        })
    });
    let mut keep: Vec<Keep> = keep.collect();
    keep.sort_by_key(|keep| (keep.starts_at, keep.occasion));
    keep
}
