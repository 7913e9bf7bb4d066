//! A mail in words for the pages: pure.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::curriculum::model::Language;
use crate::notices::kinds::Kind;
use crate::notices::message::Letter;
use crate::notices::outbox::{self, State};
use crate::notices::render::{Addressee, Writer};
use crate::notices::store::Row;
use crate::words::{self, Value, text};

/// The tabs of the list, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Waiting,
    /// Only there after a copy of the database has been restored.
    Held,
    Sent,
    Failed,
    Dropped,
}

impl Tab {
    pub const ALL: [Tab; 5] = [Tab::Waiting, Tab::Held, Tab::Sent, Tab::Failed, Tab::Dropped];

    /// The name in addresses.
    pub fn code(self) -> &'static str {
        self.states()[0].code()
    }

    pub fn of(code: &str) -> Option<Tab> {
        Tab::ALL.into_iter().find(|tab| tab.code() == code)
    }

    pub fn of_state(state: State) -> Tab {
        Tab::ALL.into_iter().find(|tab| tab.states().contains(&state)).unwrap_or(Tab::Failed)
    }

    pub fn states(self) -> &'static [State] {
        match self {
            Tab::Waiting => &[State::Waiting, State::Sending],
            Tab::Held => &[State::Held],
            Tab::Sent => &[State::Sent],
            Tab::Failed => &[State::Failed],
            Tab::Dropped => &[State::Dropped],
        }
    }

    pub fn label(self, language: Language) -> String {
        match self {
            Tab::Waiting => text(language, "mailroom-waiting", &[]),
            Tab::Held => text(language, "mailroom-held", &[]),
            Tab::Sent => text(language, "mailroom-sent", &[]),
            Tab::Failed => text(language, "mailroom-failed", &[]),
            Tab::Dropped => text(language, "mailroom-dropped", &[]),
        }
    }
}

/// One mail in the list.
#[derive(Debug, Serialize)]
pub struct Line {
    pub id: i64,
    pub name: String,
    pub kind: String,
    pub when: String,
    /// Why it failed, waits or was dropped; empty when there is nothing to say.
    pub reason: String,
}

/// One mail as its reader sees it.
#[derive(Debug, Serialize)]
pub struct Mail {
    pub id: i64,
    pub name: String,
    pub kind: String,
    pub created: String,
    pub tab: &'static str,
    pub tab_label: String,
    pub sent: bool,
    pub failed: bool,
    pub finished: Option<String>,
    pub next_try: Option<String>,
    pub attempts: i32,
    pub reason: String,
    pub letter: LetterView,
    pub can_send_again: bool,
}

/// What stands in a mail.
#[derive(Debug, Serialize)]
pub struct LetterView {
    pub name: String,
    pub email: String,
    pub language: &'static str,
    /// None when the text is a key to an account, or cannot be read.
    pub subject: Option<String>,
    pub text: Option<String>,
    pub calendar: bool,
    /// Where the mail is as a page of its own, for the frame.
    pub frame: String,
}

/// One of one's own mails in the list.
#[derive(Debug, Serialize)]
pub struct OwnLine {
    pub id: i64,
    /// Its subject; of a key to an account, which has none to show, what it is.
    pub title: String,
    pub when: String,
    pub state: String,
}

pub fn own_line(row: &Row, writer: &Writer, language: Language, today: NaiveDate) -> OwnLine {
    OwnLine {
        id: row.id,
        title: letter(row, writer).map_or_else(|| kind(row, language), |letter| letter.subject),
        when: moment(row.finished_at.unwrap_or(row.created_at), language, today),
        state: Tab::of_state(row.state()).label(language),
    }
}

/// The mail as written; none when it is a key to an account, or cannot be read.
pub fn letter(row: &Row, writer: &Writer) -> Option<Letter> {
    let to = Addressee { name: &row.name, email: &row.email, language: row.language(), decided: row.created_at };
    row.notice().filter(|notice| !notice.is_secret()).and_then(|notice| writer.letter(&notice, to).ok())
}

pub fn line(row: &Row, language: Language, today: NaiveDate) -> Line {
    Line {
        id: row.id,
        name: if row.name.is_empty() { row.email.clone() } else { row.name.clone() },
        kind: kind(row, language),
        when: moment(row.finished_at.unwrap_or(row.created_at), language, today),
        reason: reason(&row.answer, language),
    }
}

/// The mail's own text is in its reader's language, everything around it in `language`. `path` is the page's address.
pub fn mail(row: &Row, writer: &Writer, path: &str, language: Language, today: NaiveDate) -> Mail {
    let state = row.state();
    let tab = Tab::of_state(state);
    let letter = letter(row, writer);
    Mail {
        id: row.id,
        name: row.name.clone(),
        kind: kind(row, language),
        created: moment(row.created_at, language, today),
        tab: tab.code(),
        tab_label: tab.label(language),
        sent: state == State::Sent,
        failed: state == State::Failed,
        finished: row.finished_at.map(|at| moment(at, language, today)),
        next_try: (state == State::Waiting).then(|| moment(row.not_before, language, today)),
        attempts: row.attempts,
        reason: reason(&row.answer, language),
        can_send_again: state.is_final() && letter.is_some(),
        letter: LetterView {
            name: row.name.clone(),
            email: row.email.clone(),
            language: row.language().code(),
            subject: letter.as_ref().map(|letter| letter.subject.clone()),
            calendar: letter.as_ref().is_some_and(|letter| letter.calendar.is_some()),
            text: letter.map(|letter| letter.text),
            frame: format!("{path}/html"),
        },
    }
}

fn kind(row: &Row, language: Language) -> String {
    match Kind::ALL.into_iter().find(|kind| kind.code() == row.kind) {
        Some(Kind::Welcome) => text(language, "mailroom-kind-welcome", &[]),
        Some(Kind::Invitation) => text(language, "mailroom-kind-invitation", &[]),
        Some(Kind::Reminder) => text(language, "mailroom-kind-reminder", &[]),
        Some(Kind::Seat) => text(language, "mailroom-kind-seat", &[]),
        Some(Kind::Short) => text(language, "mailroom-kind-short", &[]),
        Some(Kind::Achieved) => text(language, "mailroom-kind-achieved", &[]),
        Some(Kind::Assessed) => text(language, "mailroom-kind-assessed", &[]),
        Some(Kind::Recognition) => text(language, "mailroom-kind-recognition", &[]),
        Some(Kind::Expiring) => text(language, "mailroom-kind-expiring", &[]),
        Some(Kind::TakenBack) => text(language, "mailroom-kind-taken-back", &[]),
        Some(Kind::Overdue) => text(language, "mailroom-kind-overdue", &[]),
        Some(Kind::Version) => text(language, "mailroom-kind-version", &[]),
        Some(Kind::SignIn) => text(language, "mailroom-kind-sign-in", &[]),
        None => row.kind.clone(),
    }
}

/// Reasons of our own in words; what a server said as it was said.
fn reason(answer: &str, language: Language) -> String {
    match answer {
        "" => String::new(),
        outbox::STALE => text(language, "mailroom-stale", &[]),
        outbox::RESTORED => text(language, "mailroom-restored", &[]),
        outbox::NO_ANSWER => text(language, "mailroom-no-answer", &[]),
        outbox::BAD_RECIPIENT => text(language, "mailroom-bad-recipient", &[]),
        outbox::BAD_SENDER => text(language, "mailroom-bad-sender", &[]),
        outbox::UNWRITABLE => text(language, "mailroom-unwritable", &[]),
        said => text(language, "mailroom-server-said", &[("words", Value::from(said))]),
    }
}

fn moment(at: NaiveDateTime, language: Language, today: NaiveDate) -> String {
    let local = words::to_local(at);
    let day = words::date_long(language, local.date(), today);
    text(language, "mailroom-moment", &[("day", Value::from(day)), ("time", Value::from(words::time(language, local)))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_of_our_own_are_said_in_the_readers_language() {
        for code in [
            outbox::STALE,
            outbox::RESTORED,
            outbox::NO_ANSWER,
            outbox::BAD_RECIPIENT,
            outbox::BAD_SENDER,
            outbox::UNWRITABLE,
        ] {
            let (sv, en) = (reason(code, Language::Sv), reason(code, Language::En));
            let unknown = text(Language::En, "mailroom-server-said", &[("words", code.into())]);
            assert!(sv != en && en != unknown, "{code}: {sv} / {en}");
        }
        assert!(reason("permanent error (550): no such user", Language::Sv).contains("550"));
    }

    #[test]
    fn every_state_is_on_exactly_one_tab() {
        for state in State::ALL {
            assert_eq!(Tab::ALL.iter().filter(|tab| tab.states().contains(&state)).count(), 1, "{state:?}");
        }
    }
}
