//! What each morning asks for: who has an occasion soon, who is overdue. Finds out; `notices` decides and queues.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::service::path_of;
use super::store as rows;
use crate::engine::model::{Facts, State};
use crate::notices::kinds::Late;
use crate::notices::planner::{Behind, Booked, Recipient};
use crate::notices::service::queue_day;
use crate::occasions::store::{parts_of, seats_between};
use crate::occasions::tell::part_as_told;
use crate::organisation::absences::store as absences;
use crate::organisation::{Person, store as people};
use crate::store::{Conn, Error, Store, journal};
use crate::versions::published::Published;

/// Reminders look this far ahead.
const AHEAD: u64 = 8;
/// People whose paths are computed between two queries.
const PIECE: usize = 500;

/// Queues the day's reminders and overdue notices; returns how many are new. Running it again queues nothing new.
pub fn queue(store: &Store, published: &Published, today: NaiveDate, now: NaiveDateTime) -> Result<usize, Error> {
    let everybody = store.read(people::everybody)?;
    let working: Vec<Person> = everybody.into_iter().filter(|p| p.works_on(today) && !p.disabled).collect();
    let booked = store.read(|conn| booked(conn, published, &working, today))?;
    let mut behind = Vec::new();
    for piece in working.chunks(PIECE) {
        let ids: Vec<i64> = piece.iter().map(|person| person.id).collect();
        let facts = store.read(|conn| rows::facts_of(conn, &ids, today))?;
        behind.extend(piece.iter().filter_map(|person| late(published, person, facts.get(&person.id)?, today)));
    }
    store.write(journal::prune)?;
    store.write(|conn| absences::forget(conn, today))?;
    queue_day(store, &booked, &behind, today, now)
}

fn booked(conn: &mut Conn, published: &Published, working: &[Person], today: NaiveDate) -> Result<Vec<Booked>, Error> {
    let by_id: HashMap<i64, &Person> = working.iter().map(|person| (person.id, person)).collect();
    let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN);
    let seats = seats_between(conn, midnight(today), midnight(today + Days::new(AHEAD)))?;
    let mut ids: Vec<i64> = seats.iter().map(|(.., occasion)| occasion.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let parts = parts_of(conn, &ids)?;
    Ok(seats
        .into_iter()
        .filter_map(|(person, booked_at, part, occasion)| {
            let (person, all) = (by_id.get(&person)?, parts.get(&occasion.id)?);
            Some(Booked {
                who: recipient(person),
                occasion: part_as_told(published, &occasion, all, &part, person.language),
                booked_at,
                link: format!("/curriculum/modules/{}", occasion.module),
            })
        })
        .collect())
}

fn late(published: &Published, person: &Person, facts: &Facts, today: NaiveDate) -> Option<Behind> {
    let path = path_of(published, facts, today);
    let modules: Vec<Late> = path
        .steps
        .iter()
        .filter(|step| step.state == State::Overdue)
        .filter_map(|step| {
            let title = published.module(step.module).title.of(person.language);
            Some(Late { module: title.into(), due: step.due? })
        })
        .collect();
    (!modules.is_empty()).then(|| Behind { who: recipient(person), modules, link: "/".into() })
}

fn recipient(person: &Person) -> Recipient {
    Recipient {
        person_id: person.id,
        name: person.name.clone(),
        email: person.email.clone(),
        language: person.language,
    }
}
