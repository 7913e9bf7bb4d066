//! Calendar files: one part of an occasion as a VCALENDAR that Outlook, Google and Apple accept (RFC 5545 and RFC 5546).
//!
//! An occasion in several parts is several files in several mails, each part an event with a uid of its own. One file
//! with all of them would be shorter, but calendar programs do not read it: Outlook takes the first event of an
//! invitation and leaves the others out (Microsoft, MS-STANOICAL 2.2.175 on RFC 6047 section 4.4), and Gmail shows only
//! the first. Nor can they be exceptions of one repeated event, because they follow no rule, and RDATE is what Outlook
//! reads least. So a part that moves, comes or goes is told by itself, and leaves the others in the calendar alone.
//!
//! Pure. Written line by line rather than by a library: the order, the parameters and the time zone block are what
//! calendar programs are particular about, and the whole of it is on this page.

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Europe::Stockholm;

use super::kinds::{Change, Occasion};

/// Everything around the occasion that the file names.
#[derive(Debug, Clone)]
pub struct Invite<'a> {
    pub occasion: &'a Occasion,
    pub change: Change,
    /// Makes the occasion's uid unique in the world.
    pub host: &'a str,
    /// When this was decided, UTC: the same mail written twice is the same file.
    pub decided: NaiveDateTime,
    pub organizer: Party<'a>,
    pub attendee: Party<'a>,
    /// Plain text for the body of the event.
    pub description: &'a str,
    /// Absolute link.
    pub link: &'a str,
}

/// Somebody with a name and an address.
#[derive(Debug, Clone, Copy)]
pub struct Party<'a> {
    pub name: &'a str,
    pub email: &'a str,
}

/// The METHOD of the file, which the mail's content type must repeat.
pub fn method(change: Change) -> &'static str {
    match change {
        Change::New | Change::Moved | Change::Renumbered => "REQUEST",
        Change::Cancelled | Change::Dropped => "CANCEL",
    }
}

/// The file: CRLF line ends, no line over 75 octets.
pub fn file(invite: &Invite) -> String {
    let Invite { occasion, change, .. } = invite;
    let status = if method(*change) == "CANCEL" { "CANCELLED" } else { "CONFIRMED" };
    let mut lines: Vec<String> =
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Varjedag//Varjedag//SV", "CALSCALE:GREGORIAN"]
            .map(String::from)
            .to_vec();
    lines.push(format!("METHOD:{}", method(*change)));
    lines.extend(TIME_ZONE.lines().map(String::from));
    lines.push("BEGIN:VEVENT".into());
    lines.push(format!("UID:{}@{}", text(&occasion.uid), text(invite.host)));
    lines.push(format!("SEQUENCE:{}", occasion.sequence.max(0)));
    lines.push(format!("DTSTAMP:{}", utc(invite.decided)));
    lines.push(moment("DTSTART", occasion.starts_at));
    lines.push(moment("DTEND", occasion.ends_at.max(occasion.starts_at)));
    lines.push(format!("SUMMARY:{}", text(&occasion.title)));
    lines.push(format!("LOCATION:{}", text(&occasion.place)));
    lines.push(format!("DESCRIPTION:{}", text(invite.description)));
    lines.push(format!("URL:{}", address(invite.link)));
    lines.push(format!("ORGANIZER{}", party(invite.organizer)));
    lines.push(format!(
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE{}",
        party(invite.attendee)
    ));
    lines.push(format!("STATUS:{status}"));
    lines.push("TRANSP:OPAQUE".into());
    lines.push("END:VEVENT".into());
    lines.push("END:VCALENDAR".into());
    lines.iter().map(|line| folded(line)).collect()
}

/// Swedish time since 1996, as calendar programs expect to find it in the file.
pub(super) const TIME_ZONE: &str = "\
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
X-LIC-LOCATION:Europe/Stockholm
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
";

/// Swedish wall clock, except in the hour that comes twice in October: there only UTC says which one is meant.
pub(super) fn moment(name: &str, at: NaiveDateTime) -> String {
    let local = DateTime::<Utc>::from_naive_utc_and_offset(at, Utc).with_timezone(&Stockholm).naive_local();
    match Stockholm.from_local_datetime(&local).single() {
        Some(_) => format!("{name};TZID=Europe/Stockholm:{}", local.format("%Y%m%dT%H%M%S")),
        None => format!("{name}:{}", utc(at)),
    }
}

pub(super) fn utc(at: NaiveDateTime) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

pub(super) fn party(party: Party) -> String {
    let name: String =
        party.name.chars().filter(|c| !c.is_control()).map(|c| if c == '"' { '\'' } else { c }).collect();
    format!(";CN=\"{name}\":mailto:{}", address(party.email))
}

/// An address or link on one line; anything that could begin a new line or property is left out.
pub(super) fn address(value: &str) -> String {
    value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect()
}

/// Escapes a text value (RFC 5545, 3.3.11); control characters other than line breaks are left out.
pub(super) fn text(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' | '\r' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// One content line with CRLF, folded so that no line is over 75 octets and no character is cut in two.
pub(super) fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + line.len() / 70 + 2);
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
