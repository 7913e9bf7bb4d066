//! Calendar files are read back by the `icalendar` crate's parser, which shares nothing with the writer.

use chrono::NaiveDate;
use icalendar::{Calendar, Component, EventLike};
use proptest::prelude::*;

use super::*;

pub(crate) fn occasion(starts_at: &str, ends_at: &str) -> Occasion {
    Occasion {
        uid: "occasion-7".into(),
        sequence: 2,
        title: "Tidsdiagram".into(),
        starts_at: starts_at.parse().unwrap(),
        ends_at: ends_at.parse().unwrap(),
        place: "Sal Björken, plan 2".into(),
        part: None,
        parts: Vec::new(),
    }
}

fn invite(occasion: &Occasion, change: Change) -> Invite<'_> {
    Invite {
        occasion,
        change,
        host: "varjedag.example",
        decided: NaiveDate::from_ymd_opt(2027, 3, 1).unwrap().and_hms_opt(8, 0, 0).unwrap(),
        organizer: Party { name: "Varjedag", email: "varjedag@region.example" },
        attendee: Party { name: "Testa Testsson", email: "testa@region.example" },
        description: "Läs mer på sidan.",
        link: "https://varjedag.example/occasions/7",
    }
}

fn check_start(utc: &str, expected: &str) {
    let occasion = occasion(utc, utc);
    let file = file(&invite(&occasion, Change::New));
    let line = file.lines().find(|l| l.starts_with("DTSTART") && l.len() > 30 || l.starts_with("DTSTART:2")).unwrap();
    assert_eq!(line, expected);
}

#[test]
fn times_are_swedish_on_both_sides_of_the_clock_changes() {
    check_start("2027-03-27T08:00:00", "DTSTART;TZID=Europe/Stockholm:20270327T090000");
    check_start("2027-03-28T00:59:59", "DTSTART;TZID=Europe/Stockholm:20270328T015959");
    check_start("2027-03-28T01:00:00", "DTSTART;TZID=Europe/Stockholm:20270328T030000");
    check_start("2027-03-28T07:00:00", "DTSTART;TZID=Europe/Stockholm:20270328T090000");
    check_start("2027-10-30T07:00:00", "DTSTART;TZID=Europe/Stockholm:20271030T090000");
    check_start("2027-10-31T08:00:00", "DTSTART;TZID=Europe/Stockholm:20271031T090000");
}

#[test]
fn the_hour_that_comes_twice_is_written_in_utc() {
    check_start("2027-10-31T00:30:00", "DTSTART:20271031T003000Z");
    check_start("2027-10-31T01:30:00", "DTSTART:20271031T013000Z");
}

#[test]
fn an_independent_parser_reads_what_was_meant() {
    let mut occasion = occasion("2027-04-13T07:00:00", "2027-04-13T10:30:00");
    occasion.title = "Mäta, följa; \\ förstå\nvariation".into();
    let text = file(&invite(&occasion, Change::Moved));
    let calendar: Calendar = text.parse().unwrap();
    assert_eq!(calendar.property_value("METHOD"), Some("REQUEST"));
    let event = calendar.events().next().unwrap();
    assert_eq!(event.get_uid(), Some("occasion-7@varjedag.example"));
    assert_eq!(event.get_sequence(), Some(2));
    assert_eq!(event.get_summary(), Some("Mäta, följa; \\ förstå\nvariation"));
    assert_eq!(event.get_location(), Some("Sal Björken, plan 2"));
    let attendee = &event.multi_properties()["ATTENDEE"][0];
    assert_eq!(attendee.value(), "mailto:testa@region.example");
}

/// Half-days before and after the night when the clock changes are at the same time of the day, and each file is one
/// event: what calendar programs read.
#[test]
fn parts_on_both_sides_of_the_clock_change_are_at_the_same_hour() {
    let parts = [
        ("2027-03-26T08:00:00", "2027-03-26T11:00:00", "20270326T090000"),
        ("2027-03-29T07:00:00", "2027-03-29T10:00:00", "20270329T090000"),
        ("2027-10-29T07:00:00", "2027-10-29T10:00:00", "20271029T090000"),
        ("2027-11-01T08:00:00", "2027-11-01T11:00:00", "20271101T090000"),
    ];
    for (index, (starts, ends, expected)) in parts.into_iter().enumerate() {
        let mut occasion = occasion(starts, ends);
        occasion.uid = format!("day-7.{}", index + 1);
        for change in [Change::New, Change::Moved, Change::Renumbered, Change::Cancelled, Change::Dropped] {
            let calendar: Calendar = file(&invite(&occasion, change)).parse().unwrap();
            let events: Vec<_> = calendar.events().collect();
            assert_eq!(events.len(), 1, "Outlook leaves out all but the first");
            assert_eq!(events[0].get_uid(), Some(format!("day-7.{}@varjedag.example", index + 1).as_str()));
            assert_eq!(calendar.property_value("METHOD"), Some(method(change)));
            let start = &events[0].properties()["DTSTART"];
            assert_eq!((start.value(), start.params()["TZID"].value()), (expected, "Europe/Stockholm"));
        }
    }
}

#[test]
fn a_cancelled_occasion_says_so_twice() {
    let occasion = occasion("2027-04-13T07:00:00", "2027-04-13T10:30:00");
    let file = file(&invite(&occasion, Change::Cancelled));
    assert!(file.contains("\r\nMETHOD:CANCEL\r\n") && file.contains("\r\nSTATUS:CANCELLED\r\n"));
}

proptest! {
    /// Any text ends within its own property, on lines of at most 75 octets that end with CRLF.
    #[test]
    fn no_text_breaks_out_of_its_line(title in "\\PC*|[\\s\\S]{0,200}", name in "[\\s\\S]{0,80}", email in "[\\s\\S]{0,80}") {
        let mut occasion = occasion("2027-04-13T07:00:00", "2027-04-13T10:30:00");
        occasion.title = title;
        let mut invite = invite(&occasion, Change::New);
        invite.attendee = Party { name: &name, email: &email };
        let file = file(&invite);
        let lines: Vec<&str> = file.strip_suffix("\r\n").unwrap().split("\r\n").collect();
        let properties = lines.iter().filter(|l| !l.starts_with(' ')).count();
        prop_assert!(lines.iter().all(|l| l.len() <= 75 && !l.contains(['\r', '\n'])));
        prop_assert_eq!(properties, 39);
        prop_assert!(file.parse::<Calendar>().is_ok());
    }
}
