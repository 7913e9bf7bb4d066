//! One mail as octets: headers, text, HTML and the calendar part. Pure; the same input gives the same octets, so a
//! mail that is delivered twice after a crash is one mail to the reader's program.

use chrono::{DateTime, NaiveDateTime, Utc};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use sha2::{Digest, Sha256};

use crate::curriculum::model::Language;
use crate::words::clean_name;

/// What one mail says, already in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    pub text: String,
    pub html: String,
    pub calendar: Option<CalendarPart>,
}

/// A calendar file and its METHOD, which the content type repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarPart {
    pub method: &'static str,
    pub file: String,
}

/// Who the mail is from; from the configuration.
#[derive(Debug, Clone)]
pub struct Sender {
    pub name: String,
    pub email: String,
    /// The host of this installation, for ids that are unique in the world.
    pub host: String,
}

/// What identifies the mail and to whom it goes.
#[derive(Debug, Clone)]
pub struct Stamp<'a> {
    /// The outbox row and its unique key: together they are the Message-ID.
    pub id: i64,
    pub key: &'a str,
    /// UTC.
    pub date: NaiveDateTime,
    pub language: Language,
    pub name: &'a str,
    pub email: &'a str,
}

/// Why no mail can be made of it. Final: trying again does not help.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsendable {
    #[error("the recipient's address is not an e-mail address; correct it and send again")]
    Recipient,
    #[error("the sender's address is not an e-mail address; correct `mail.from` in the configuration")]
    Sender,
    #[error("the mail could not be put together: {0}")]
    Assembly(String),
}

/// The whole mail. Any Unicode or control character in a name or subject is cleaned, never passed on.
pub fn message(sender: &Sender, stamp: &Stamp, letter: &Letter) -> Result<Message, Unsendable> {
    let from = mailbox(&sender.name, &sender.email).ok_or(Unsendable::Sender)?;
    let to = mailbox(stamp.name, stamp.email).ok_or(Unsendable::Recipient)?;
    Message::builder()
        .from(from)
        .to(to)
        .subject(short(&letter.subject))
        .date(DateTime::<Utc>::from_naive_utc_and_offset(stamp.date, Utc).into())
        .message_id(Some(message_id(stamp, &sender.host)))
        .raw_header(header("List-Id", format!("<notices.{}>", sender.host)))
        .raw_header(header("Auto-Submitted", "auto-generated".into()))
        // Exchange answers with out-of-office replies unless told this way too.
        .raw_header(header("X-Auto-Response-Suppress", "All".into()))
        .raw_header(header("Content-Language", stamp.language.code().into()))
        .multipart(body(letter)?)
        .map_err(|e| Unsendable::Assembly(e.to_string()))
}

/// Stable for one outbox row; the key's digest keeps rows of a restored or replaced database apart.
pub fn message_id(stamp: &Stamp, host: &str) -> String {
    format!("<notice-{}-{}@{host}>", stamp.id, digest(&[stamp.key]))
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// Alternatives from plain to rich with the calendar part last, and for an invitation the same file once more as an
/// attachment: Gmail and Outlook read the former, Apple Mail and older Outlook the latter.
fn body(letter: &Letter) -> Result<MultiPart, Unsendable> {
    let seed = digest(&[&letter.subject, &letter.text, &letter.html]);
    let words = MultiPart::alternative()
        .boundary(format!("alternative-{seed}"))
        .singlepart(SinglePart::plain(letter.text.clone()))
        .singlepart(SinglePart::html(letter.html.clone()));
    let Some(CalendarPart { method, file }) = &letter.calendar else { return Ok(words) };
    let inline = SinglePart::builder()
        .content_type(content_type(&format!("text/calendar; charset=utf-8; method={method}"))?)
        .body(file.clone());
    let attached =
        Attachment::new("invite.ics".into()).body(file.clone(), content_type("application/ics; name=\"invite.ics\"")?);
    Ok(MultiPart::mixed().boundary(format!("mixed-{seed}")).multipart(words.singlepart(inline)).singlepart(attached))
}

fn content_type(value: &str) -> Result<ContentType, Unsendable> {
    ContentType::parse(value).map_err(|e| Unsendable::Assembly(e.to_string()))
}

fn mailbox(name: &str, email: &str) -> Option<Mailbox> {
    let address: Address = email.parse().ok()?;
    let sound = email.len() <= 254 && !email.chars().any(|c| c.is_control() || c.is_whitespace());
    let name = short(name);
    sound.then(|| Mailbox::new((!name.is_empty()).then_some(name), address))
}

/// Cleaned, and short enough for a header.
fn short(value: &str) -> String {
    clean_name(value).chars().take(200).collect::<String>().trim().to_string()
}

/// Twelve octets of SHA-256 over the parts, as hexadecimal.
fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    data_encoding::HEXLOWER.encode(&hash.finalize()[..12])
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
