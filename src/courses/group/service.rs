//! Working out when a group can be done, beside the request that asked.

use std::cell::Cell;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Weekday};

use super::{ExtraDay, GroupPlan, Keep, Missing, MissingPiece, Whom, store as rows};
use crate::accounts::policy::{self, Actor};
use crate::clock;
use crate::courses::propose::FreeDays;
use crate::courses::view::Telling;
use crate::courses::when::Wishes;
use crate::courses::when::load::{Asker, Days as ToCome};
use crate::courses::when::view::why_of;
use crate::curriculum::model::Language;
use crate::engine::requirements;
use crate::engine::schedule::calendar::{date, number};
use crate::engine::schedule::group::{Outcome, extras, group};
use crate::engine::schedule::task::Task;
use crate::occasions::audience::Audience;
use crate::occasions::store::{self as occasions, DayOff};
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

/// Whom a day is kept for when it is kept for the group and nobody else; none for a dose, unless it is that of one role
/// alone, which no other includes.
pub fn audience(published: &Published, whom: &Whom) -> Option<Audience> {
    let dose = match whom {
        Whom::Unit(unit) => return Some(Audience::Unit(*unit)),
        Whom::Edition(edition) => return Some(Audience::Edition(*edition)),
        Whom::Dose(dose) => dose,
    };
    let curriculum = &published.curriculum;
    let roles: Vec<&String> =
        curriculum.roles.iter().filter(|(_, role)| role.dose == *dose).map(|(id, _)| id).collect();
    let [role] = roles[..] else { return None };
    let of_titles = curriculum.titles.values().map(|title| &title.dose);
    let mut of_others = of_titles.chain(curriculum.groups.values().map(|group| &group.dose)).flatten();
    let included = curriculum.roles.values().any(|other| other.includes.contains(role));
    let alone = !included && curriculum.about.everyone.as_ref() != Some(dose) && !of_others.any(|other| other == dose);
    alone.then(|| Audience::Role(role.clone()))
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
    let (days, off, askers) = store.read(|conn| {
        let off = occasions::days_off(conn)?;
        let days = ToCome::read(conn, &published, begun)?;
        let people = people_of(conn, &published, &whom, clock::day_of(begun))?;
        let askers =
            if people.len() > MOST_PEOPLE { Vec::new() } else { Asker::read_many(conn, &days, &people, begun)? };
        Ok::<_, Error>((days, off, (people.len() <= MOST_PEOPLE).then_some(askers)))
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
    let around = |at: usize, avoid: &[_]| askers[at].1.task_around(&published, &days, &wishes, today, avoid);
    let outcome = group(&days.calendar, tasks, &around, &mut progress);
    let ids: Vec<i64> = askers.iter().map(|(person, _)| *person).collect();
    let telling = |language| Telling { published: &published, language, now: begun, today };
    Ok(Ok(told_plan(&[telling(Language::Sv), telling(Language::En)], (&days, &off), &ids, &outcome)))
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

fn told_plan(telling: &[Telling; 2], (days, off): (&ToCome, &[DayOff]), ids: &[i64], outcome: &Outcome) -> GroupPlan {
    let about = &telling[0].published.curriculum.about;
    let missing = outcome.fates.iter().enumerate().filter(|(_, fate)| !fate.makes);
    let module = |module| telling[0].published.id_of(module).to_owned();
    let missing = missing.map(|(at, fate)| {
        let modules: Vec<_> = outcome.tasks[at].pieces.iter().map(|piece| piece.module).collect();
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
    let free = FreeDays { months: &about.holiday_months, own: off };
    let extras = extras(outcome, &candidates(free, telling[0].today), EXTRA_SEATS);
    let extra = |extra: &crate::engine::schedule::group::Extra| {
        Some(ExtraDay { module: module(extra.module), day: date(extra.day)?, helps: extra.helps })
    };
    GroupPlan {
        people: ids.len(),
        makes: outcome.makes,
        at_most: outcome.at_most,
        around: outcome.around,
        missing,
        extras: extras.iter().filter_map(extra).collect(),
        keep: keep(telling[0].published, days, outcome),
    }
}

/// A day in each week on which a further day might be given, as near its middle as can be: none on which nothing is
/// given, for the same reasons as in a series.
fn candidates(free: FreeDays, today: NaiveDate) -> Vec<i32> {
    const NEAREST: [Weekday; 5] = [Weekday::Wed, Weekday::Tue, Weekday::Thu, Weekday::Mon, Weekday::Fri];
    let first = today + Days::new(AHEAD);
    let days: Vec<NaiveDate> = first.iter_days().take(365).filter(|day| free.why(*day).is_none()).collect();
    let weeks = days.chunk_by(|one, other| one.iso_week() == other.iso_week());
    let middle =
        |week: &[NaiveDate]| NEAREST.iter().find_map(|at| week.iter().find(|day| day.weekday() == *at).copied());
    weeks.filter_map(middle).map(number).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_days_are_proposed_in_the_middle_of_the_week_and_never_when_nothing_is_given() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let own = [DayOff { id: 1, from: day("2027-03-02"), to: day("2027-03-03"), name: "Planering".into() }];
        let free = FreeDays { months: &[7], own: &own };
        let found: Vec<NaiveDate> = candidates(free, day("2026-11-24")).into_iter().filter_map(date).collect();
        assert!(
            found.iter().all(|day| free.why(*day).is_none()),
            "no July, no holiday, no day off of the region's own"
        );
        assert!(found.windows(2).all(|two| two[0].iso_week() < two[1].iso_week()), "one a week");
        for (week_of, expected) in
            [("2026-12-14", "2026-12-16"), ("2027-01-04", "2027-01-05"), ("2027-03-01", "2027-03-04")]
        {
            let here: Vec<_> = found.iter().filter(|found| found.iso_week() == day(week_of).iso_week()).collect();
            assert_eq!(here, [&day(expected)], "{week_of}");
        }
        assert!(!found.iter().any(|found| found.month() == 7));
    }
}
