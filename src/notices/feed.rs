//! Calendars that programs subscribe to: many events in one file, which Outlook, Google and Apple fetch again and again.
//!
//! Pure. What they are documented to need: `METHOD:PUBLISH` with an organizer and no attendees (RFC 5546, 3.2.1); a name
//! as `NAME` (RFC 7986, 5.1) and as `X-WR-CALNAME`, which is what Outlook (\[MS-OXCICAL\] 2.1.3.1.1.9), Google and Apple
//! read; how often to come back as `REFRESH-INTERVAL` (RFC 7986, 5.7) and as `X-PUBLISHED-TTL` (\[MS-OXCICAL\]
//! 2.1.3.1.1.15); `X-WR-TIMEZONE` for Google; whole days as DATE values whose end is the day after (RFC 5545, 3.6.1);
//! `STATUS:TENTATIVE` and `STATUS:CANCELLED`, which all three show. The time zone block and the folding of lines are those
//! of the invitations, and so are the uids, so that one event is one in a calendar that has both.

use chrono::{NaiveDate, NaiveDateTime};

use super::calendar::{Party, TIME_ZONE, address, folded, moment, party, text, utc};

/// The whole calendar.
#[derive(Debug, Clone)]
pub struct Feed<'a> {
    pub name: &'a str,
    pub organizer: Party<'a>,
    /// Makes the uids unique in the world.
    pub host: &'a str,
    pub events: Vec<Event>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The part before the `@`.
    pub uid: String,
    /// Rises with every change that calendars must hear of.
    pub sequence: i32,
    /// When it was changed last, UTC.
    pub changed: NaiveDateTime,
    pub span: Span,
    pub summary: String,
    pub place: String,
    pub description: String,
    /// Absolute.
    pub link: String,
    pub status: Status,
}

/// When it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// From one instant until another, UTC.
    Times(NaiveDateTime, NaiveDateTime),
    /// All day, and nobody is busy for it.
    Day(NaiveDate),
}

/// Whether it will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Confirmed,
    Tentative,
    Cancelled,
}

/// How often programs should come back.
const AGAIN: &str = "PT4H";

/// The file: CRLF line ends, no line over 75 octets. The same events give the same file.
pub fn file(feed: &Feed) -> String {
    let name = text(feed.name);
    let head = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Varjedag//Varjedag//SV".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("NAME:{name}"),
        format!("X-WR-CALNAME:{name}"),
        "X-WR-TIMEZONE:Europe/Stockholm".to_owned(),
        format!("REFRESH-INTERVAL;VALUE=DURATION:{AGAIN}"),
        format!("X-PUBLISHED-TTL:{AGAIN}"),
    ];
    let zone = TIME_ZONE.lines().map(str::to_owned);
    let events = feed.events.iter().flat_map(|event| lines(feed, event));
    let lines = head.into_iter().chain(zone).chain(events).chain(["END:VCALENDAR".to_owned()]);
    lines.map(|line| folded(&line)).collect()
}

fn lines(feed: &Feed, event: &Event) -> Vec<String> {
    let (starts, ends) = match event.span {
        Span::Times(starts, ends) => (moment("DTSTART", starts), moment("DTEND", ends.max(starts))),
        Span::Day(day) => (whole("DTSTART", day), whole("DTEND", day.succ_opt().unwrap_or(day))),
    };
    let status = match event.status {
        Status::Confirmed => "CONFIRMED",
        Status::Tentative => "TENTATIVE",
        Status::Cancelled => "CANCELLED",
    };
    let busy = matches!(event.span, Span::Times(..)) && event.status != Status::Cancelled;
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@{}", text(&event.uid), text(feed.host)),
        format!("SEQUENCE:{}", event.sequence.max(0)),
        format!("DTSTAMP:{}", utc(event.changed)),
        format!("LAST-MODIFIED:{}", utc(event.changed)),
        starts,
        ends,
        format!("SUMMARY:{}", text(&event.summary)),
    ];
    if !event.place.is_empty() {
        lines.push(format!("LOCATION:{}", text(&event.place)));
    }
    lines.extend([
        format!("DESCRIPTION:{}", text(&event.description)),
        format!("URL:{}", address(&event.link)),
        format!("ORGANIZER{}", party(feed.organizer)),
        format!("STATUS:{status}"),
        format!("TRANSP:{}", if busy { "OPAQUE" } else { "TRANSPARENT" }),
        "END:VEVENT".to_owned(),
    ]);
    lines
}

fn whole(name: &str, day: NaiveDate) -> String {
    format!("{name};VALUE=DATE:{}", day.format("%Y%m%d"))
}

#[cfg(test)]
mod tests {
    //! Read back by the `icalendar` crate's parser, which shares nothing with the writer.

    use icalendar::{Calendar, CalendarDateTime, Component, DatePerhapsTime, EventStatus};
    use proptest::prelude::*;

    use super::*;

    fn event(span: Span, status: Status) -> Event {
        Event {
            uid: "occasion-7".into(),
            sequence: 2,
            changed: "2027-03-01T08:00:00".parse().unwrap(),
            span,
            summary: "Tidsdiagram, mått; mål".into(),
            place: "Sal Björken, plan 2".into(),
            description: "Förbered dig.\nLäs på sidan.".into(),
            link: "https://varjedag.example/occasions/7".into(),
            status,
        }
    }

    fn written(events: Vec<Event>) -> String {
        let organizer = Party { name: "Varjedag", email: "varjedag@region.example" };
        file(&Feed { name: "Varjedag", organizer, host: "varjedag.example", events })
    }

    fn times(starts: &str, ends: &str) -> Span {
        Span::Times(starts.parse().unwrap(), ends.parse().unwrap())
    }

    fn parsed(events: Vec<Event>) -> Calendar {
        written(events).parse().unwrap()
    }

    #[test]
    fn an_independent_parser_reads_what_was_meant() {
        let span = times("2027-04-13T07:00:00", "2027-04-13T10:30:00");
        let calendar = parsed(vec![event(span, Status::Tentative)]);
        for (name, value) in [("METHOD", "PUBLISH"), ("X-WR-CALNAME", "Varjedag"), ("REFRESH-INTERVAL", "PT4H")] {
            assert_eq!(calendar.property_value(name), Some(value));
        }
        let event = calendar.events().next().unwrap();
        assert_eq!((event.get_uid(), event.get_sequence()), (Some("occasion-7@varjedag.example"), Some(2)));
        assert_eq!(
            (event.get_summary(), event.get_status()),
            (Some("Tidsdiagram, mått; mål"), Some(EventStatus::Tentative))
        );
        assert!(event.multi_properties().get("ATTENDEE").is_none() && event.property_value("ATTENDEE").is_none());
        let Some(DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone { date_time, tzid })) = event.get_start()
        else {
            panic!("{:?}", event.get_start())
        };
        assert_eq!((date_time.to_string().as_str(), tzid.as_str()), ("2027-04-13 09:00:00", "Europe/Stockholm"));
    }

    #[test]
    fn a_day_on_either_side_of_a_clock_change_begins_when_the_wall_clock_says_so() {
        let check = |utc: &str, wall: &str| {
            let file = written(vec![event(times(utc, utc), Status::Confirmed)]);
            assert!(file.contains(&format!("\r\nDTSTART;TZID=Europe/Stockholm:{wall}\r\n")), "{file}");
        };
        check("2027-03-27T08:00:00", "20270327T090000");
        check("2027-03-28T07:00:00", "20270328T090000");
        check("2027-10-30T07:00:00", "20271030T090000");
        check("2027-10-31T08:00:00", "20271031T090000");
    }

    #[test]
    fn a_whole_day_is_a_date_and_ends_the_day_after_and_nobody_is_busy() {
        let day = Span::Day("2027-10-31".parse().unwrap());
        let file = written(vec![event(day, Status::Confirmed)]);
        assert!(file.contains("\r\nDTSTART;VALUE=DATE:20271031\r\nDTEND;VALUE=DATE:20271101\r\n"), "{file}");
        assert!(file.contains("\r\nTRANSP:TRANSPARENT\r\n"));
    }

    #[test]
    fn what_is_called_off_says_so_and_takes_nobodys_time() {
        let span = times("2027-04-13T07:00:00", "2027-04-13T10:30:00");
        let file = written(vec![event(span, Status::Cancelled)]);
        assert!(file.contains("\r\nSTATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\n"), "{file}");
    }

    proptest! {
        /// Any text stays within its own property, on lines of at most 75 octets that end with CRLF.
        #[test]
        fn no_text_breaks_out_of_its_line(
            texts in proptest::array::uniform4("\\PC*|[\\s\\S]{0,150}"),
            day in any::<bool>(),
        ) {
            let [uid, summary, place, description] = texts;
            let span = match day {
                true => Span::Day("2027-05-29".parse().unwrap()),
                false => times("2027-04-13T07:00:00", "2027-04-13T10:30:00"),
            };
            let with_place = usize::from(!place.is_empty());
            let event = Event { uid, summary, place, description, ..event(span, Status::Confirmed) };
            let file = written(vec![event.clone(), event]);
            let lines: Vec<&str> = file.strip_suffix("\r\n").unwrap().split("\r\n").collect();
            prop_assert!(lines.iter().all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
            let properties = lines.iter().filter(|line| !line.starts_with(' ')).count();
            prop_assert_eq!(properties, 11 + TIME_ZONE.lines().count() + 2 * (14 + with_place));
            prop_assert!(file.parse::<Calendar>().is_ok());
        }
    }
}
