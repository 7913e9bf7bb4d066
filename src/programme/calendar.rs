//! Which days people work in Sweden. Pure.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Why nothing is planned on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A public holiday, or an eve on which nobody works.
    Holiday(Holiday),
    Weekend,
    /// One of the curriculum's holiday months, 1 to 12.
    Month(u32),
}

/// Public holidays of Sweden on which people would otherwise work, with the eves that are free by custom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holiday {
    NewYearsDay,
    Epiphany,
    GoodFriday,
    EasterMonday,
    FirstOfMay,
    Ascension,
    NationalDay,
    MidsummersEve,
    ChristmasEve,
    ChristmasDay,
    BoxingDay,
    NewYearsEve,
}

/// Why nothing is planned on a day; none when people work. What is said is the most particular: a holiday before the
/// weekend or the month in which it falls.
pub fn why_free(day: NaiveDate, holiday_months: &[u32]) -> Option<Why> {
    match holiday(day) {
        Some(holiday) => Some(Why::Holiday(holiday)),
        None if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) => Some(Why::Weekend),
        None => holiday_months.contains(&day.month()).then(|| Why::Month(day.month())),
    }
}

/// A day on which nothing is planned: weekends, public holidays with their eves, and the curriculum's holiday months.
pub fn is_free(day: NaiveDate, holiday_months: &[u32]) -> bool {
    why_free(day, holiday_months).is_some()
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

fn holiday(day: NaiveDate) -> Option<Holiday> {
    let fixed = match (day.month(), day.day()) {
        (1, 1) => Some(Holiday::NewYearsDay),
        (1, 6) => Some(Holiday::Epiphany),
        (5, 1) => Some(Holiday::FirstOfMay),
        (6, 6) => Some(Holiday::NationalDay),
        (12, 24) => Some(Holiday::ChristmasEve),
        (12, 25) => Some(Holiday::ChristmasDay),
        (12, 26) => Some(Holiday::BoxingDay),
        (12, 31) => Some(Holiday::NewYearsEve),
        _ => None,
    };
    let moving = || match (day - easter(day.year())).num_days() {
        -2 => Some(Holiday::GoodFriday),
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::Ascension),
        _ => None,
    };
    let midsummer = day.month() == 6 && day.weekday() == Weekday::Fri && (19..=25).contains(&day.day());
    fixed.or_else(moving).or(midsummer.then_some(Holiday::MidsummersEve))
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
    fn it_is_said_why_a_day_is_free() {
        let check = |on: &str, why: Option<Why>| assert_eq!(why_free(day(on), &[7]), why, "{on}");
        check("2027-03-26", Some(Why::Holiday(Holiday::GoodFriday)));
        check("2027-03-27", Some(Why::Weekend));
        check("2027-05-06", Some(Why::Holiday(Holiday::Ascension)));
        check("2027-06-25", Some(Why::Holiday(Holiday::MidsummersEve)));
        check("2026-06-19", Some(Why::Holiday(Holiday::MidsummersEve)));
        check("2027-06-06", Some(Why::Holiday(Holiday::NationalDay)));
        check("2027-07-12", Some(Why::Month(7)));
        check("2027-07-10", Some(Why::Weekend));
        check("2027-03-25", None);
    }

    #[test]
    fn a_free_day_moves_to_the_nearest_working_day_in_its_direction() {
        assert_eq!(working_day_from(day("2027-07-01"), &[7]), day("2027-08-02"));
        assert_eq!(working_day_until(day("2027-07-31"), &[7]), day("2027-06-30"));
    }
}
