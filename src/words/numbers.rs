//! Numbers as people write them: decimal comma in Swedish, decimal point in English.

use super::text;
use crate::curriculum::model::Language;

/// `value` with the shortest exact decimals; thousands are grouped from five digits.
pub fn number(language: Language, value: f64) -> String {
    let written = format!("{value}");
    let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
    let (comma, group) = match language {
        Language::Sv => (',', '\u{a0}'),
        Language::En => ('.', ','),
    };
    let mut text = grouped(whole, group);
    if !decimals.is_empty() {
        text.push(comma);
        text.push_str(decimals);
    }
    text
}

/// Quarters of an hour as hours: 14 is "3,5" in Swedish and "3.5" in English.
pub fn hours(language: Language, quarters: u32) -> String {
    number(language, f64::from(quarters) / 4.0)
}

/// So many hours as a stretch of time: "36 timmar", "två dygn" and longer as days when they are whole.
pub fn stretch(language: Language, hours: u32) -> String {
    match hours {
        days if days > 24 && days.is_multiple_of(24) => text(language, "web-days", &[("count", (days / 24).into())]),
        hours => text(language, "web-hours", &[("count", hours.into())]),
    }
}

fn grouped(whole: &str, group: char) -> String {
    let digits = whole.trim_start_matches('-').len();
    if digits < 5 {
        return whole.to_owned();
    }
    let sign = whole.len() - digits;
    let mut text = String::with_capacity(whole.len() + digits / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > sign && (whole.len() - index).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_has_a_decimal_comma_and_hard_spaces_between_thousands() {
        let check = |value, sv: &str, en: &str| {
            assert_eq!(number(Language::Sv, value), sv);
            assert_eq!(number(Language::En, value), en);
        };
        check(0.0, "0", "0");
        check(3.5, "3,5", "3.5");
        check(9999.0, "9999", "9999");
        check(60000.0, "60\u{a0}000", "60,000");
        check(-1234567.25, "-1\u{a0}234\u{a0}567,25", "-1,234,567.25");
    }

    #[test]
    fn a_stretch_of_whole_days_is_told_in_days() {
        let check = |hours, sv: &str, en: &str| {
            assert_eq!((stretch(Language::Sv, hours), stretch(Language::En, hours)), (sv.into(), en.into()));
        };
        check(1, "1 timme", "1 hour");
        check(24, "24 timmar", "24 hours");
        check(36, "36 timmar", "36 hours");
        check(48, "2 dygn", "2 days");
    }

    #[test]
    fn quarters_are_written_as_hours() {
        let check = |quarters, expected: &str| assert_eq!(hours(Language::Sv, quarters), expected);
        check(14, "3,5");
        check(28, "7");
        check(1, "0,25");
    }
}
