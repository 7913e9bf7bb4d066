//! Days as small numbers, and the weeks they lie in.

use chrono::{Datelike, Days, NaiveDate};

use super::model::Week;

/// Days from Monday 1 January 1900; earlier days count as it, days after June 2079 as the last.
///
/// Two bytes instead of four for each achievement and assignment of a region. Nobody is employed since before the one
/// or asked for anything after the other.
pub(super) type Day = u16;

const FIRST: NaiveDate = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day");

/// Stands for "for good" and for "no last day".
pub(super) const NEVER: Day = Day::MAX;

pub(super) fn day(date: NaiveDate) -> Day {
    date.signed_duration_since(FIRST).num_days().clamp(0, i64::from(NEVER) - 1) as Day
}

pub(super) fn date(day: Day) -> NaiveDate {
    FIRST + Days::new(u64::from(day))
}

/// Weeks are numbered from the first day's, which was a Monday.
pub(super) fn week_number(day: Day) -> usize {
    usize::from(day / 7)
}

pub(super) fn week(number: usize) -> Week {
    let monday = FIRST + Days::new(number as u64 * 7);
    Week { year: monday.iso_week().year(), week: monday.iso_week().week() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_lies_in_its_iso_week() {
        for number in (0..NEVER).step_by(3) {
            let date = FIRST + Days::new(u64::from(number));
            assert_eq!(day(date), number);
            let iso = date.iso_week();
            assert_eq!(week(week_number(number)), Week { year: iso.year(), week: iso.week() }, "{date}");
        }
    }

    #[test]
    fn days_outside_are_those_at_the_edges() {
        assert_eq!(day(NaiveDate::MIN), 0);
        assert_eq!(day(NaiveDate::MAX), NEVER - 1);
    }
}
