//! Telling people in good time that what is asked of them is about to expire, and what to do about it.

use chrono::{NaiveDate, NaiveDateTime};

use super::service::path_of;
use super::store as rows;
use crate::engine::model::{Facts, Step};
use crate::notices::kinds::{Expiring, Notice};
use crate::notices::service::enqueue_all;
use crate::notices::store::NewNotice;
use crate::occasions::tell::to;
use crate::organisation::{Person, store as people};
use crate::store::{Error, Store};
use crate::versions::published::Published;

/// People whose paths are computed between two queries.
const PIECE: usize = 500;

/// Which of the reminders, each so many days before the last day, is due today: the nearest one that has begun. None
/// before the first one and when the last day has passed.
pub fn reminder(days_before: &[u32], last: NaiveDate, today: NaiveDate) -> Option<u32> {
    let left = u32::try_from(last.signed_duration_since(today).num_days()).ok()?;
    days_before.iter().copied().filter(|days| left <= *days).min()
}

/// Queues what the day asks for; returns how many are new. Running it again queues nothing new, and after a stop each is
/// still told of the nearest reminder alone.
pub fn queue(
    store: &Store,
    published: &Published,
    days_before: &[u32],
    today: NaiveDate,
    now: NaiveDateTime,
) -> Result<usize, Error> {
    let everybody = store.read(people::everybody)?;
    let working: Vec<Person> = everybody.into_iter().filter(|p| p.works_on(today) && !p.disabled).collect();
    let mut queued = 0;
    for piece in working.chunks(PIECE) {
        let ids: Vec<i64> = piece.iter().map(|person| person.id).collect();
        let facts = store.read(|conn| rows::facts_of(conn, &ids, today))?;
        let told =
            piece.iter().filter_map(|person| Some(told(published, person, facts.get(&person.id)?, days_before, today)));
        let notices: Vec<NewNotice> = told.flatten().collect();
        if !notices.is_empty() {
            queued += store.write(|conn| enqueue_all(conn, &notices, now))?;
        }
    }
    Ok(queued)
}

/// What somebody is told today: of modules that are asked of them, and for which they have no day to come in time.
fn told(
    published: &Published,
    person: &Person,
    facts: &Facts,
    days_before: &[u32],
    today: NaiveDate,
) -> Vec<NewNotice> {
    let ends = |step: &Step| {
        let last = step.achieved?.valid_until?;
        let renewed = step.booked.is_some_and(|seat| seat.day <= last);
        let asked = step.strength.is_some() && !renewed;
        Some((step.module, last, reminder(days_before, last, today).filter(|_| asked)?))
    };
    // Nothing can be near for whoever has nothing that ends.
    if facts.achievements.iter().all(|held| held.valid_until.is_none()) {
        return Vec::new();
    }
    let path = path_of(published, facts, today);
    let ending = path.held.iter().filter_map(ends);
    ending
        .map(|(module, last, days)| {
            let id = published.id_of(module);
            let title = published.module(module).title.of(person.language).to_owned();
            let notice = Notice::Expiring(Expiring { module: title, last, link: format!("/curriculum/modules/{id}") });
            to(person, notice, format!("expiring:{}:{id}:{last}:{days}", person.id))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn ninety_and_thirty_days_before_and_never_after() {
        let check =
            |today, expected| assert_eq!(reminder(&[90, 30], day("2027-06-30"), day(today)), expected, "{today}");
        check("2027-03-31", None);
        check("2027-04-01", Some(90));
        check("2027-05-30", Some(90));
        check("2027-05-31", Some(30));
        check("2027-06-30", Some(30));
        check("2027-07-01", None);
        assert_eq!(reminder(&[], day("2027-06-30"), day("2027-06-30")), None);
    }

    proptest! {
        /// Asked on any days in any order, nobody is reminded more often than there are reminders.
        #[test]
        fn each_reminder_comes_once(before in proptest::collection::vec(1u32..400, 0..4), days in proptest::collection::vec(0u64..500, 0..80)) {
            let last = day("2028-06-30");
            let told: BTreeSet<u32> = days.iter().filter_map(|ago| reminder(&before, last, last - Days::new(*ago))).collect();
            prop_assert!(told.iter().all(|days| before.contains(days)));
        }
    }
}
