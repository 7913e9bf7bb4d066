//! From a programme's template and a start day to every date of an edition. Pure.
//!
//! A programme month is a calendar month from the start day on; months that begin in a holiday month are skipped.
//! A meeting begins on the Tuesday of its week, or the first working day after; its modules follow each other in
//! course days from 08.30 to 16.30 with lunch at noon.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

use super::calendar::{working_day_from, working_day_until};
use crate::curriculum::model::{Curriculum, Meeting, Programme};
use crate::engine::model::Quarters;
use crate::words::to_utc;

/// An edition's dates, all decided by the template and the start day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    /// In time order.
    pub slots: Vec<Slot>,
    /// Milestone ids with their days, in the template's order.
    pub milestones: Vec<(String, NaiveDate)>,
}

/// A module given at a meeting. Times are UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub meeting: String,
    pub module: String,
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
}

/// Lays an edition of `programme` from `start`.
pub fn lay(curriculum: &Curriculum, programme: &Programme, start: NaiveDate) -> Dates {
    let holidays = &curriculum.about.holiday_months;
    let months = months(start, programme.months, holidays);
    let last = |month: u32| {
        let end = months.get(month as usize - 1).map_or(start, |first| *first + Months::new(1) - Days::new(1));
        working_day_until(end, holidays)
    };
    let mut slots: Vec<Slot> = programme
        .meetings
        .iter()
        .filter_map(|meeting| Some((meeting, months.get((meeting.month as usize).checked_sub(1)?)?)))
        .flat_map(|(meeting, first)| slots(curriculum, meeting, meeting_day(*first, meeting.week, holidays)))
        .collect();
    slots.sort_by_key(|slot| slot.starts_at);
    let milestones =
        programme.milestones.iter().map(|m| (m.id.clone(), last(m.month.clamp(1, programme.months)))).collect();
    Dates { starts_on: start, ends_on: last(programme.months), slots, milestones }
}

/// The first day of each of `count` programme months.
pub fn months(start: NaiveDate, count: u32, holiday_months: &[u32]) -> Vec<NaiveDate> {
    let all_year_off = (1..=12).all(|m| holiday_months.contains(&m));
    (0..)
        .map_while(|n| start.checked_add_months(Months::new(n)))
        .filter(|first| all_year_off || !holiday_months.contains(&first.month()))
        .take(count as usize)
        .collect()
}

fn meeting_day(month: NaiveDate, week: u32, holidays: &[u32]) -> NaiveDate {
    let monday_to_be = month + Days::new(7 * u64::from(week.saturating_sub(1)));
    let ahead = (7 + Weekday::Tue.num_days_from_monday() - monday_to_be.weekday().num_days_from_monday()) % 7;
    working_day_from(monday_to_be + Days::new(ahead.into()), holidays)
}

const OPENS: NaiveTime = NaiveTime::from_hms_opt(8, 30, 0).expect("a time of day");
const NOON: NaiveTime = NaiveTime::from_hms_opt(12, 0, 0).expect("a time of day");
const AFTER_LUNCH: NaiveTime = NaiveTime::from_hms_opt(13, 0, 0).expect("a time of day");
const CLOSES: NaiveTime = NaiveTime::from_hms_opt(16, 30, 0).expect("a time of day");
const DAY_QUARTERS: Quarters = 28;

fn slots(curriculum: &Curriculum, meeting: &Meeting, first: NaiveDate) -> Vec<Slot> {
    let holidays = &curriculum.about.holiday_months;
    let mut cursor = first.and_time(OPENS);
    let mut slots = Vec::new();
    for id in &meeting.modules {
        let Some((_, module)) = curriculum.modules.iter().find(|(known, _)| known == id) else { continue };
        let quarters = (module.hours * 4.0).round() as Quarters;
        let (starts, ends) = place(cursor, quarters, holidays);
        slots.push(Slot {
            meeting: meeting.id.clone(),
            module: id.clone(),
            starts_at: to_utc(starts),
            ends_at: to_utc(ends),
        });
        cursor = ends;
    }
    slots
}

/// Where `quarters` of teaching go from `cursor` on, in local time: the same day when they fit, else from the next.
fn place(cursor: NaiveDateTime, quarters: Quarters, holidays: &[u32]) -> (NaiveDateTime, NaiveDateTime) {
    let starts =
        if (NOON..AFTER_LUNCH).contains(&cursor.time()) { cursor.date().and_time(AFTER_LUNCH) } else { cursor };
    let ends = end_same_day(starts, quarters);
    if ends.date() == starts.date() && ends.time() <= CLOSES {
        return (starts, ends);
    }
    let whole_day = starts.time() == OPENS;
    let first = if whole_day { starts.date() } else { working_day_from(starts.date() + Days::new(1), holidays) };
    let mut last = first;
    let mut left = quarters;
    while left > DAY_QUARTERS {
        left -= DAY_QUARTERS;
        last = working_day_from(last + Days::new(1), holidays);
    }
    (first.and_time(OPENS), end_same_day(last.and_time(OPENS), left))
}

fn end_same_day(starts: NaiveDateTime, quarters: Quarters) -> NaiveDateTime {
    let ends = starts + TimeDelta::minutes(i64::from(quarters) * 15);
    let over_lunch = starts.time() < NOON && (ends.date() > starts.date() || ends.time() > NOON);
    if over_lunch { ends + (AFTER_LUNCH - NOON) } else { ends }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn july_is_skipped_and_does_not_count() {
        let months = months(day("2027-02-01"), 8, &[7]);
        let numbers: Vec<u32> = months.iter().map(Datelike::month).collect();
        assert_eq!(numbers, [2, 3, 4, 5, 6, 8, 9, 10]);
    }

    #[test]
    fn an_autumn_edition_runs_october_to_may() {
        let months = months(day("2026-10-01"), 8, &[7]);
        assert_eq!((months[0], months[7]), (day("2026-10-01"), day("2027-05-01")));
    }

    #[test]
    fn a_meeting_is_on_the_tuesday_of_its_week_or_the_first_working_day_after() {
        assert_eq!(meeting_day(day("2026-10-01"), 1, &[7]), day("2026-10-06"));
        assert_eq!(meeting_day(day("2027-03-23"), 2, &[7]), day("2027-03-30"));
        assert_eq!(meeting_day(day("2027-06-29"), 2, &[7]), day("2027-08-02"));
    }

    #[test]
    fn modules_follow_each_other_with_lunch_between() {
        let morning = place(local("2026-10-06 08:30"), 14, &[]);
        assert_eq!(morning, (local("2026-10-06 08:30"), local("2026-10-06 12:00")));
        let afternoon = place(morning.1, 14, &[]);
        assert_eq!(afternoon, (local("2026-10-06 13:00"), local("2026-10-06 16:30")));
        assert_eq!(place(afternoon.1, 14, &[]).0, local("2026-10-07 08:30"));
    }

    #[test]
    fn a_module_over_noon_ends_an_hour_later() {
        assert_eq!(place(local("2026-10-06 10:00"), 14, &[]).1, local("2026-10-06 14:30"));
        assert_eq!(place(local("2026-10-06 08:30"), 28, &[]).1, local("2026-10-06 16:30"));
    }

    #[test]
    fn a_long_module_takes_several_working_days() {
        let (starts, ends) = place(local("2026-10-09 08:30"), 56, &[]);
        assert_eq!((starts, ends), (local("2026-10-09 08:30"), local("2026-10-12 16:30")));
    }

    #[test]
    fn local_morning_is_two_hours_from_utc_in_summer_and_one_in_winter() {
        assert_eq!(to_utc(local("2027-03-26 08:30")), local("2027-03-26 07:30"));
        assert_eq!(to_utc(local("2027-03-30 08:30")), local("2027-03-30 06:30"));
    }
}
