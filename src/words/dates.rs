//! Dates and times as people say them. Everything stored is UTC; everything shown is Europe/Stockholm.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Europe::Stockholm;

use crate::curriculum::model::Language;

const MONTHS_SV: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS_SV: [&str; 7] = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"];
const DAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// "tisdag 2 mars"; with the year when it is another than that of `today`.
pub fn date_long(language: Language, date: NaiveDate, today: NaiveDate) -> String {
    let days = match language {
        Language::Sv => DAYS_SV,
        Language::En => DAYS_EN,
    };
    let day = days[date.weekday().num_days_from_monday() as usize];
    match date.year() == today.year() {
        true => format!("{day} {}", date_short(language, date)),
        false => format!("{day} {} {}", date_short(language, date), date.year()),
    }
}

/// "2 mars"; with the year when it is another than that of `today`.
pub fn date(language: Language, date: NaiveDate, today: NaiveDate) -> String {
    match date.year() == today.year() {
        true => date_short(language, date),
        false => format!("{} {}", date_short(language, date), date.year()),
    }
}

/// "2–9 mars" or "30 mars–2 april", or one day when they are the same.
pub fn days(language: Language, first: NaiveDate, last: NaiveDate, today: NaiveDate) -> String {
    let last_day = date(language, last, today);
    match (first == last, first.year() == last.year() && first.month() == last.month()) {
        (true, _) => last_day,
        (false, true) => format!("{}–{last_day}", first.day()),
        (false, false) => format!("{}–{last_day}", date(language, first, today)),
    }
}

/// "2 mars".
pub fn date_short(language: Language, date: NaiveDate) -> String {
    let months = match language {
        Language::Sv => MONTHS_SV,
        Language::En => MONTHS_EN,
    };
    format!("{} {}", date.day(), months[date.month0() as usize])
}

/// "13 apr", where there is little room.
pub fn date_brief(language: Language, date: NaiveDate) -> String {
    let months = match language {
        Language::Sv => MONTHS_SV,
        Language::En => MONTHS_EN,
    };
    let month = months[date.month0() as usize];
    let brief = if month.len() > 4 { &month[..3] } else { month };
    format!("{} {brief}", date.day())
}

/// "mars"; with the year when it is another than that of `today`.
pub fn month(language: Language, day: NaiveDate, today: NaiveDate) -> String {
    let months = match language {
        Language::Sv => MONTHS_SV,
        Language::En => MONTHS_EN,
    };
    let month = months[day.month0() as usize];
    if day.year() == today.year() { month.to_owned() } else { format!("{month} {}", day.year()) }
}

/// "2027-03-02", for tables, `datetime` attributes and files.
pub fn date_iso(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// The clock of a local time: "09.00" in Swedish, "09:00" in English.
pub fn time(language: Language, local: NaiveDateTime) -> String {
    let format = match language {
        Language::Sv => "%H.%M",
        Language::En => "%H:%M",
    };
    local.format(format).to_string()
}

/// "tisdag 2 mars kl. 09.00–12.00" for two instants in UTC; both days are named when they differ.
pub fn when(language: Language, start_utc: NaiveDateTime, end_utc: NaiveDateTime, today: NaiveDate) -> String {
    let (start, end) = (to_local(start_utc), to_local(end_utc));
    let at = match language {
        Language::Sv => " kl.",
        Language::En => ",",
    };
    let moment =
        |local: NaiveDateTime| format!("{}{at} {}", date_long(language, local.date(), today), time(language, local));
    match start.date() == end.date() {
        true => format!("{}–{}", moment(start), time(language, end)),
        false => format!("{} – {}", moment(start), moment(end)),
    }
}

/// "tisdag 2 mars kl. 09.00" for an instant in UTC.
pub fn at(language: Language, utc: NaiveDateTime, today: NaiveDate) -> String {
    let local = to_local(utc);
    let (day, clock) = (date_long(language, local.date(), today), time(language, local));
    match language {
        Language::Sv => format!("{day} kl.\u{a0}{clock}"),
        Language::En => format!("{day}, {clock}"),
    }
}

/// The ISO week: "v. 13" or "week 13".
pub fn week(language: Language, date: NaiveDate) -> String {
    let number = date.iso_week().week();
    match language {
        Language::Sv => format!("v. {number}"),
        Language::En => format!("week {number}"),
    }
}

/// "a, b och c".
pub fn list<S: AsRef<str>>(language: Language, items: &[S]) -> String {
    let and = match language {
        Language::Sv => " och ",
        Language::En => " and ",
    };
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        match index {
            0 => {}
            last if last + 1 == items.len() => text.push_str(and),
            _ => text.push_str(", "),
        }
        text.push_str(item.as_ref());
    }
    text
}

/// The clock on the wall in Stockholm at an instant in UTC.
pub fn to_local(utc: NaiveDateTime) -> NaiveDateTime {
    Utc.from_utc_datetime(&utc).with_timezone(&Stockholm).naive_local()
}

/// The instant in UTC at which the clock on the wall in Stockholm shows `local`; the first one in the night when it
/// shows it twice.
pub fn to_utc(local: NaiveDateTime) -> NaiveDateTime {
    local.and_local_timezone(Stockholm).earliest().map_or(local, |zoned| zoned.naive_utc())
}

#[cfg(test)]
mod tests {
    use Language::{En, Sv};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn utc(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn the_year_is_said_only_when_it_is_another() {
        let check = |language, date, expected: &str| {
            assert_eq!(date_long(language, day(date), day("2027-01-15")), expected);
        };
        check(Sv, "2027-03-02", "tisdag 2 mars");
        check(En, "2027-03-02", "Tuesday 2 March");
        check(Sv, "2028-01-01", "lördag 1 januari 2028");
        check(En, "2026-12-31", "Thursday 31 December 2026");
    }

    #[test]
    fn a_brief_day_has_at_most_four_letters_for_the_month() {
        let check = |language, date, expected: &str| assert_eq!(date_brief(language, day(date)), expected);
        check(Sv, "2027-04-13", "13 apr");
        check(Sv, "2027-03-02", "2 mars");
        check(En, "2027-03-02", "2 Mar");
        check(En, "2027-06-30", "30 June");
    }

    #[test]
    fn an_occasion_is_said_in_stockholm_time() {
        let check = |language, start, end, expected: &str| {
            assert_eq!(when(language, utc(start), utc(end), day("2027-01-15")), expected);
        };
        check(Sv, "2027-03-02T08:00:00", "2027-03-02T11:00:00", "tisdag 2 mars kl. 09.00–12.00");
        check(En, "2027-06-01T07:00:00", "2027-06-01T10:30:00", "Tuesday 1 June, 09:00–12:30");
        check(Sv, "2027-03-02T08:00:00", "2027-03-03T11:00:00", "tisdag 2 mars kl. 09.00 – onsdag 3 mars kl. 12.00");
    }

    #[test]
    fn both_nights_when_the_clock_changes_are_right() {
        let check = |instant, expected| assert_eq!(to_local(utc(instant)), utc(expected));
        check("2027-03-28T00:59:00", "2027-03-28T01:59:00");
        check("2027-03-28T01:00:00", "2027-03-28T03:00:00");
        check("2027-10-31T00:59:00", "2027-10-31T02:59:00");
        check("2027-10-31T01:00:00", "2027-10-31T02:00:00");
    }

    #[test]
    fn weeks_are_iso_weeks() {
        assert_eq!(week(Sv, day("2027-01-01")), "v. 53");
        assert_eq!(week(En, day("2027-03-29")), "week 13");
    }

    #[test]
    fn a_list_has_and_before_the_last() {
        let check = |language, items: &[&str], expected: &str| assert_eq!(list(language, items), expected);
        check(Sv, &[], "");
        check(Sv, &["a"], "a");
        check(Sv, &["a", "b"], "a och b");
        check(En, &["a", "b", "c"], "a, b and c");
    }
}
