//! What one field says: text, id, e-mail address, language, day. Each answers in words what is wrong with it.

use chrono::{Datelike, NaiveDate};

use crate::curriculum::model::Language;
use crate::words::{clean_name, is_email};

/// Longest name, title or id, in characters.
const LONGEST: usize = 200;

/// A short text, cleaned. Empty is allowed; a spreadsheet formula is not.
pub fn text(raw: &str) -> Result<String, String> {
    let text = clean_name(raw);
    if text == "-" {
        return Ok(String::new());
    }
    if text.starts_with(['=', '+', '-', '@']) {
        return Err(format!("{} looks like a spreadsheet formula; write the value itself", shown(&text)));
    }
    if text.chars().count() > LONGEST {
        return Err(format!("longer than {LONGEST} characters"));
    }
    Ok(text)
}

/// A text that must be there.
pub fn needed(raw: &str) -> Result<String, String> {
    match text(raw)? {
        text if text.is_empty() => Err("is missing".into()),
        text => Ok(text),
    }
}

/// The external id of a person: anything but a personal identity number.
pub fn person_id(raw: &str) -> Result<String, String> {
    let id = needed(raw)?;
    if is_identity_number(&id) {
        return Err("looks like a personal identity number, which is not kept here; use the employment number".into());
    }
    Ok(id)
}

/// An e-mail address in ASCII, as written but without white space around it.
pub fn email(raw: &str) -> Result<String, String> {
    let address = clean_name(raw);
    if address.is_empty() {
        return Err("is missing".into());
    }
    if is_email(&address) { Ok(address) } else { Err(format!("{} is not an e-mail address", shown(&address))) }
}

/// Swedish unless English is said.
pub fn language(raw: &str) -> Result<Language, String> {
    let text = clean_name(raw).to_lowercase();
    match text.split(['-', '_']).next().unwrap_or_default() {
        "" | "sv" | "swe" | "svenska" | "swedish" => Ok(Language::Sv),
        "en" | "eng" | "engelska" | "english" => Ok(Language::En),
        _ => Err(format!("{} is not a language here; write sv or en", shown(&text))),
    }
}

/// A day, as `2027-03-28`, `20270328` or `2027-03-28 00:00:00`; empty and far-away days (9999-12-31) are none.
pub fn day(raw: &str) -> Result<Option<NaiveDate>, String> {
    let text = clean_name(raw);
    if text.is_empty() || text == "-" {
        return Ok(None);
    }
    let written = text.split([' ', 'T']).next().unwrap_or_default();
    let parsed =
        ["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d"].iter().find_map(|form| NaiveDate::parse_from_str(written, form).ok());
    match parsed {
        Some(day) if day.year() >= 2200 => Ok(None),
        Some(day) if day.year() >= 1900 => Ok(Some(day)),
        _ => Err(format!("{} is not a day; write it as 2027-03-28", shown(&text))),
    }
}

/// Ids parted by semicolons, commas or spaces; each once, in the order written.
pub fn ids(raw: &str) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for part in raw.split(|c: char| c == ';' || c == ',' || c.is_whitespace()) {
        let id = clean_name(part);
        if !id.is_empty() && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// At most 60 characters of what was written, in quotation marks.
pub fn shown(text: &str) -> String {
    let start: String = text.chars().take(60).collect();
    if start.len() < text.len() { format!("\"{start}…\"") } else { format!("\"{start}\"") }
}

/// A Swedish personal identity number or coordination number: twelve digits, or ten with a mark before the last four,
/// whose day exists and whose check digit (Luhn) is right. Ten digits alone are a common employment number.
fn is_identity_number(id: &str) -> bool {
    let digits: Vec<u8> = id.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    let marks: String = id.chars().filter(|c| !c.is_ascii_digit()).collect();
    let marked = matches!(marks.as_str(), "-" | "+")
        && id.len() >= 5
        && id.is_char_boundary(id.len() - 5)
        && id[id.len() - 5..].starts_with(['-', '+']);
    let last_ten = match (digits.len(), marks.is_empty(), marked) {
        (12, true, _) | (12, _, true) if matches!(digits[..2], [1, 9] | [2, 0]) => &digits[2..],
        (10, _, true) => &digits[..],
        _ => return false,
    };
    let (month, day) = (last_ten[2] * 10 + last_ten[3], last_ten[4] * 10 + last_ten[5]);
    (1..=12).contains(&month) && (1..=31).contains(&(day % 60)) && luhn(last_ten)
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| if i % 2 == 1 { u32::from(d * 2 / 10 + d * 2 % 10) } else { u32::from(*d) })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_mail_can_reach_are_taken_and_others_are_not() {
        for good in ["a@b.se", "asa.o'hara+x@vard-1.region.example", " a@b.se "] {
            assert!(email(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "@b.se",
            "a@",
            "a@b",
            "a b@c.se",
            "a@b..se",
            ".a@b.se",
            "a@-b.se",
            "å@b.se",
            "a@b.se,c@d.se",
            "a@b.se\nBcc: x@y.se",
            "\"a\"@b.se",
            "A <a@b.se>",
            "a@b@c.se",
        ] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn days_are_read_in_the_forms_that_systems_write() {
        let read = |text: &str| day(text).map(|d| d.map(|d| d.to_string()));
        for written in ["2027-03-28", "20270328", "2027/03/28", "2027-03-28 00:00:00", "2027-03-28T00:00:00Z"] {
            assert_eq!(read(written), Ok(Some("2027-03-28".into())), "{written}");
        }
        for open in ["", "-", "9999-12-31"] {
            assert_eq!(read(open), Ok(None), "{open}");
        }
        for bad in ["2027-02-29", "28/3 2027", "1.5.2027", "46000", "0001-01-01", "i går"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_formula_is_refused_and_a_lone_dash_is_nothing() {
        for formula in ["=1+1", "+46", "@SUM(A1)", "-2+3", "\t=cmd|' /C calc'!A0"] {
            assert!(text(formula).is_err(), "{formula}");
        }
        assert_eq!(text(" - "), Ok(String::new()));
        assert_eq!(text("Lov-Påhitt"), Ok("Lov-Påhitt".into()));
    }

    #[test]
    fn personal_identity_numbers_are_refused_and_employment_numbers_are_not() {
        // The tax agency's own test numbers.
        for number in ["900101+9802", "199001012385", "900101-2385"] {
            assert!(person_id(number).is_err(), "{number}");
        }
        for number in ["E1001", "9001012385", "199001012386", "1234", "12-3456", "åäö-1"] {
            assert!(person_id(number).is_ok(), "{number}");
        }
    }

    #[test]
    fn managers_are_parted_by_what_people_write() {
        assert_eq!(ids("e1; e2 e3,e1;;"), ["e1", "e2", "e3"]);
    }
}
