//! Mails are read back by `mail-parser`, which shares nothing with the library that writes them.

use mail_parser::{MessageParser, MimeHeaders};
use proptest::prelude::*;

use super::*;

pub(crate) fn sender() -> Sender {
    Sender {
        name: "Varjedag, Region Exempel".into(),
        email: "varjedag@region.example".into(),
        host: "varjedag.example".into(),
    }
}

fn stamp<'a>(name: &'a str, email: &'a str) -> Stamp<'a> {
    let date = "2027-03-28T00:30:00".parse().unwrap();
    Stamp { id: 7, key: "reminder:7", date, language: Language::Sv, name, email }
}

fn letter(calendar: bool) -> Letter {
    Letter {
        subject: "Välkommen till omgången".into(),
        text: "Hej Testa!\n\nFörsta träffen är på onsdag.\n".into(),
        html: "<!doctype html><p>Hej Testa! Första träffen är på onsdag.</p>".into(),
        calendar: calendar.then(|| CalendarPart {
            method: "REQUEST",
            file: "BEGIN:VCALENDAR\r\nSUMMARY:Mäta\r\nEND:VCALENDAR\r\n".into(),
        }),
    }
}

fn octets(name: &str, email: &str, letter: &Letter) -> Result<Vec<u8>, Unsendable> {
    Ok(message(&sender(), &stamp(name, email), letter)?.formatted())
}

#[test]
fn another_reader_finds_every_header_and_part() {
    let octets = octets("Åsa Prövare", "asa@region.example", &letter(true)).unwrap();
    let mail = MessageParser::default().parse(&octets).unwrap();
    let to = mail.to().unwrap().first().unwrap();
    assert_eq!((to.name.as_deref(), to.address.as_deref()), (Some("Åsa Prövare"), Some("asa@region.example")));
    assert_eq!(mail.subject(), Some("Välkommen till omgången"));
    assert_eq!(mail.date().unwrap().to_rfc3339(), "2027-03-28T00:30:00Z");
    assert!(mail.message_id().unwrap().ends_with("@varjedag.example"));
    assert_eq!(mail.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
    assert_eq!(mail.header_raw("List-Id").map(str::trim), Some("<notices.varjedag.example>"));
    assert_eq!(mail.header_raw("Content-Language").map(str::trim), Some("sv"));
    let kinds: Vec<String> = mail
        .parts
        .iter()
        .filter_map(|part| part.content_type())
        .map(|t| format!("{}/{}", t.c_type, t.subtype().unwrap_or_default()))
        .collect();
    assert_eq!(
        kinds,
        ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"]
    );
    let calendar = &mail.parts[4];
    assert_eq!(calendar.content_type().unwrap().attribute("method"), Some("REQUEST"));
    assert_eq!(mail.parts[5].contents(), letter(true).calendar.unwrap().file.as_bytes());
    assert_eq!(mail.parts[5].attachment_name(), Some("invite.ics"));
}

#[test]
fn the_same_row_gives_the_same_octets() {
    let one = octets("Testa", "t@region.example", &letter(true));
    assert_eq!(one, octets("Testa", "t@region.example", &letter(true)));
}

#[test]
fn an_address_that_is_none_is_said_so() {
    for email in
        ["", "testa", "testa@", "@region.example", "a b@region.example", "a@b\r\nBcc: c@d.example", "a@b\u{0}.se"]
    {
        assert_eq!(octets("Testa", email, &letter(false)), Err(Unsendable::Recipient), "{email:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever a name, an address or a subject holds, no header is added and nothing panics.
    #[test]
    fn no_text_becomes_a_header(
        name in "[\\s\\S]{0,90}|[\\r\\n\\t\\x00-\\x1f\"<>@,;:\\\\ÅÄö€😀\u{202e}\u{2028}a-c ]{0,300}",
        subject in "[\\s\\S]{0,300}|(\r\nBcc: x@y.example)+",
        email in "[\\s\\S]{0,30}|[a-cå\"\\r\\n <>@.]{1,20}@[a-cå.\\r\\n]{1,20}|testa@region\\.example",
    ) {
        let mut letter = letter(false);
        letter.subject = subject;
        if let Ok(octets) = octets(&name, &email, &letter) {
            let head = octets.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
            let head = String::from_utf8_lossy(&octets[..head]).into_owned();
            let fields: Vec<&str> = head
                .split("\r\n")
                .filter(|line| !line.starts_with([' ', '\t']))
                .map(|line| line.split(':').next().unwrap())
                .collect();
            prop_assert_eq!(fields, [
                "From", "To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted",
                "X-Auto-Response-Suppress", "Content-Language", "MIME-Version", "Content-Type",
            ]);
            prop_assert!(!head.replace("\r\n", "").contains(['\r', '\n', '\0']));
            let mail = MessageParser::default().parse(&octets).unwrap();
            prop_assert_eq!(mail.to().unwrap().iter().count(), 1);
        }
    }
}
