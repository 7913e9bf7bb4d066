//! Which days people work in Sweden. Pure.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A day on which nothing is planned: weekends, public holidays with their eves, and the curriculum's holiday months.
pub fn is_free(day: NaiveDate, holiday_months: &[u32]) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
        || holiday_months.contains(&day.month())
        || is_fixed_holiday(day)
        || is_moving_holiday(day)
}

/// The first working day on or after `day`.
pub fn working_day_from(day: NaiveDate, holiday_months: &[u32]) -> NaiveDate {
    day.iter_days().find(|d| !is_free(*d, holiday_months)).unwrap_or(day)
}

/// The last working day on or before `day`.
pub fn working_day_until(day: NaiveDate, holiday_months: &[u32]) -> NaiveDate {
    (0..400)
        .filter_map(|back| day.checked_sub_days(Days::new(back)))
        .find(|d| !is_free(*d, holiday_months))
        .unwrap_or(day)
}

/// New Year's Day, Epiphany, 1 May, National Day, Christmas Eve to Boxing Day, New Year's Eve.
fn is_fixed_holiday(day: NaiveDate) -> bool {
    matches!((day.month(), day.day()), (1, 1 | 6) | (5, 1) | (6, 6) | (12, 24..=26 | 31))
}

/// Good Friday, Easter Monday, Ascension Day, Midsummer's Eve.
fn is_moving_holiday(day: NaiveDate) -> bool {
    let from_easter = (day - easter(day.year())).num_days();
    let midsummers_eve = day.month() == 6 && day.weekday() == Weekday::Fri && (19..=25).contains(&day.day());
    matches!(from_easter, -2 | 1 | 39) || midsummers_eve
}

/// Easter Sunday by the anonymous Gregorian algorithm (Nature, 1876).
fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, (n / 31).unsigned_abs(), (n % 31 + 1).unsigned_abs()).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for (year, sunday) in [(2024, "2024-03-31"), (2026, "2026-04-05"), (2027, "2027-03-28"), (2038, "2038-04-25")] {
            assert_eq!(easter(year), day(sunday));
        }
    }

    #[test]
    fn nobody_is_called_to_a_course_on_a_public_holiday() {
        for free in ["2027-01-06", "2027-03-26", "2027-03-29", "2027-05-06", "2027-06-25", "2026-12-24", "2027-07-05"] {
            assert!(is_free(day(free), &[7]), "{free}");
        }
        for work in ["2027-01-07", "2027-03-25", "2027-06-24", "2027-08-02"] {
            assert!(!is_free(day(work), &[7]), "{work}");
        }
    }

    #[test]
    fn a_free_day_moves_to_the_nearest_working_day_in_its_direction() {
        assert_eq!(working_day_from(day("2027-07-01"), &[7]), day("2027-08-02"));
        assert_eq!(working_day_until(day("2027-07-31"), &[7]), day("2027-06-30"));
    }
}
