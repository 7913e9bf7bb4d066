//! Which reminders and overdue notices a day asks for: pure, and safe to ask again, because each notice has a key
//! that the outbox takes only once.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveDateTime, Timelike};

use super::kinds::{Late, Notice, Occasion, Overdue, Reminder};
use super::store::NewNotice;
use crate::curriculum::model::Language;
use crate::words::to_local;

/// Somebody who can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub person_id: i64,
    pub name: String,
    pub email: String,
    pub language: Language,
}

/// A person booked on an occasion, whose title is already in the person's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    pub who: Recipient,
    pub occasion: Occasion,
    /// Since when, UTC.
    pub booked_at: NaiveDateTime,
    pub link: String,
}

/// A person and all modules that are overdue on the day, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    pub who: Recipient,
    pub modules: Vec<Late>,
    pub link: String,
}

/// Notices are planned from six in the morning, so that nobody's telephone rings at night.
const FROM_HOUR: u32 = 6;
/// What became overdue longer ago than this is left to the pages: after a long stop nobody gets a heap of old mail.
const STILL_NEWS: u64 = 7;

/// The local day to plan at `now` (UTC); none during the night.
pub fn planning_day(now: NaiveDateTime) -> Option<NaiveDate> {
    let local = to_local(now);
    (local.hour() >= FROM_HOUR).then(|| local.date())
}

/// Reminders a week and a day before each occasion.
///
/// The week's reminder goes out from seven days until two days before, so that a stop of some days does not lose it,
/// but only to those who were booked earlier than that: whoever has just been invited need not be reminded. The
/// day's reminder goes out the day before, or on the day itself while the occasion lies ahead. Of an occasion in
/// several parts each has its day's reminder, but only the first that of the week.
pub fn reminders(booked: &[Booked], today: NaiveDate) -> Vec<NewNotice> {
    booked.iter().filter_map(|row| reminder(row, today)).collect()
}

fn reminder(row: &Booked, today: NaiveDate) -> Option<NewNotice> {
    let day = to_local(row.occasion.starts_at).date();
    let days_ahead = |of: NaiveDate| (day - of).num_days();
    let since = to_local(row.booked_at).date();
    let first = row.occasion.part.is_none_or(|part| part.no == 1);
    let which = match days_ahead(today) {
        2..=7 if first && days_ahead(since) > 7 => "week",
        0..=1 if days_ahead(since) > 1 => "day",
        _ => return None,
    };
    let key = format!("reminder:{which}:{}:{day}:{}", row.occasion.uid, row.who.person_id);
    let notice = Notice::Reminder(Reminder { occasion: row.occasion.clone(), link: row.link.clone() });
    Some(queued(&row.who, notice, key, day))
}

/// One notice for each person with something newly overdue, naming all that is overdue.
///
/// `told` holds the latest due day each person has been told about: only a later one is news, and only for a week.
pub fn overdue(behind: &[Behind], told: &HashMap<i64, NaiveDate>, today: NaiveDate) -> Vec<NewNotice> {
    behind.iter().filter_map(|row| overdue_notice(row, told.get(&row.who.person_id).copied(), today)).collect()
}

fn overdue_notice(row: &Behind, told: Option<NaiveDate>, today: NaiveDate) -> Option<NewNotice> {
    let mut modules: Vec<Late> = row.modules.iter().filter(|m| m.due < today).cloned().collect();
    modules.sort_by(|a, b| (a.due, &a.module).cmp(&(b.due, &b.module)));
    let latest = modules.last()?.due;
    let news = latest + Days::new(STILL_NEWS) >= today && told.is_none_or(|told| latest > told);
    let key = format!("overdue:{}:{latest}", row.who.person_id);
    let notice = Notice::Overdue(Overdue { modules, link: row.link.clone() });
    news.then(|| queued(&row.who, notice, key, latest))
}

fn queued(who: &Recipient, notice: Notice, dedupe_key: String, day: NaiveDate) -> NewNotice {
    NewNotice {
        notice,
        person_id: Some(who.person_id),
        name: who.name.clone(),
        email: who.email.clone(),
        language: who.language,
        dedupe_key,
        due_day: Some(day),
        not_before: None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn who() -> Recipient {
        Recipient { person_id: 5, name: "Testa".into(), email: "t@region.example".into(), language: Language::Sv }
    }

    fn booked(starts: &str, since: &str) -> Booked {
        let starts_at: NaiveDateTime = starts.parse().unwrap();
        let occasion = Occasion {
            uid: "occasion-7".into(),
            sequence: 0,
            title: "Tidsdiagram".into(),
            starts_at,
            ends_at: starts_at + chrono::Duration::hours(3),
            place: String::new(),
            part: None,
            parts: Vec::new(),
        };
        Booked { who: who(), occasion, booked_at: since.parse().unwrap(), link: "/occasions/7".into() }
    }

    /// The keys queued when the planner runs on each of these days.
    fn keys(row: &Booked, days: &[&str]) -> BTreeSet<String> {
        let rows = std::slice::from_ref(row);
        days.iter().flat_map(|d| reminders(rows, day(d))).map(|n| n.dedupe_key).collect()
    }

    fn check(row: &Booked, days: &[&str], expected: &[&str]) {
        let found = keys(row, days);
        let found: Vec<&str> = found.iter().map(|key| key.split(':').nth(1).unwrap()).collect();
        assert_eq!(found, expected, "{days:?}");
    }

    #[test]
    fn a_reminder_goes_out_seven_days_and_one_day_before() {
        let row = booked("2027-04-13T07:00:00", "2027-02-01T08:00:00");
        check(&row, &["2027-04-05"], &[]);
        check(&row, &["2027-04-06"], &["week"]);
        check(&row, &["2027-04-12"], &["day"]);
        check(&row, &["2027-04-14"], &[]);
        check(&row, &["2027-04-06", "2027-04-07", "2027-04-12", "2027-04-12"], &["day", "week"]);
    }

    #[test]
    fn later_parts_are_reminded_of_the_day_before_only() {
        let mut row = booked("2027-04-13T07:00:00", "2027-02-01T08:00:00");
        row.occasion.part = Some(super::super::kinds::Part { no: 2, of: 3 });
        check(&row, &["2027-04-06", "2027-04-12"], &["day"]);
    }

    #[test]
    fn after_three_days_of_stop_only_what_still_helps_is_sent() {
        let row = booked("2027-04-13T07:00:00", "2027-02-01T08:00:00");
        check(&row, &["2027-04-09"], &["week"]);
        check(&row, &["2027-04-13"], &["day"]);
    }

    #[test]
    fn whoever_was_just_invited_is_not_reminded_at_once() {
        check(&booked("2027-04-13T07:00:00", "2027-04-08T08:00:00"), &["2027-04-08", "2027-04-09"], &[]);
        check(&booked("2027-04-13T07:00:00", "2027-04-08T08:00:00"), &["2027-04-12"], &["day"]);
    }

    #[test]
    fn days_are_swedish_days_in_the_nights_when_the_clock_changes() {
        // 22:30 UTC the day before is past midnight in Sweden, in summer time and in winter time.
        check(&booked("2027-03-28T22:30:00", "2027-01-01T08:00:00"), &["2027-03-28"], &["day"]);
        check(&booked("2027-10-31T23:30:00", "2027-01-01T08:00:00"), &["2027-10-31"], &["day"]);
    }

    #[test]
    fn an_occasion_moved_to_another_day_is_reminded_of_anew() {
        let before = keys(&booked("2027-04-13T07:00:00", "2027-02-01T08:00:00"), &["2027-04-12"]);
        let after = keys(&booked("2027-04-20T07:00:00", "2027-02-01T08:00:00"), &["2027-04-19"]);
        assert!(before.is_disjoint(&after));
    }

    #[test]
    fn planning_waits_for_the_morning() {
        let check = |utc: &str, expected: Option<&str>| {
            assert_eq!(planning_day(utc.parse().unwrap()), expected.map(day), "{utc}");
        };
        check("2027-03-28T03:59:00", None);
        check("2027-03-28T04:00:00", Some("2027-03-28"));
        check("2027-10-31T04:59:00", None);
        check("2027-10-31T05:00:00", Some("2027-10-31"));
        check("2027-10-31T22:59:00", Some("2027-10-31"));
        check("2027-10-31T23:00:00", None);
    }

    fn behind(dues: &[&str]) -> Vec<Behind> {
        let modules = dues.iter().map(|d| Late { module: format!("M {d}"), due: day(d) }).collect();
        vec![Behind { who: who(), modules, link: "/path".into() }]
    }

    fn check_overdue(dues: &[&str], told: Option<&str>, today: &str, expected: Option<usize>) {
        let told = told.map(|d| (5, day(d))).into_iter().collect();
        let queued = overdue(&behind(dues), &told, day(today));
        let modules = queued.first().map(|n| match &n.notice {
            Notice::Overdue(o) => o.modules.len(),
            other => panic!("{other:?}"),
        });
        assert_eq!(modules, expected, "{dues:?} {told:?} {today}");
    }

    #[test]
    fn overdue_is_told_once_for_each_new_day_and_names_everything() {
        check_overdue(&["2027-04-13"], None, "2027-04-13", None);
        check_overdue(&["2027-04-13"], None, "2027-04-14", Some(1));
        check_overdue(&["2027-04-13"], Some("2027-04-13"), "2027-04-15", None);
        check_overdue(&["2027-04-13", "2027-04-16"], Some("2027-04-13"), "2027-04-17", Some(2));
        check_overdue(&["2027-04-13"], Some("2027-04-16"), "2027-04-18", None);
    }

    #[test]
    fn old_debts_are_left_to_the_pages() {
        check_overdue(&["2027-01-31"], None, "2027-04-14", None);
        check_overdue(&["2027-01-31", "2027-04-10"], None, "2027-04-14", Some(2));
    }

    proptest! {
        /// Run on any days, in any order and as often as one likes: at most one reminder of each sort.
        #[test]
        fn running_again_adds_nothing(days in proptest::collection::vec(0u64..40, 0..60)) {
            let row = booked("2027-04-13T07:00:00", "2027-01-01T08:00:00");
            let mut keys = BTreeSet::new();
            for offset in days {
                for notice in reminders(std::slice::from_ref(&row), day("2027-03-20") + Days::new(offset)) {
                    keys.insert(notice.dedupe_key);
                }
            }
            prop_assert!(keys.len() <= 2);
        }
    }
}
