//! Making a diploma, ending it, and whether it is genuine.

use chrono::NaiveDateTime;

use super::content::{Content, Kind};
use super::history::{self, History};
use super::store::{self as rows, Diploma};
use crate::clock;
use crate::learning::store as learning;
use crate::programme::board;
use crate::store::audit::{self, Entry};
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;

/// Why there is no diploma.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is nothing of yours to make a diploma of; open your history again")]
    Nothing,
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal);

/// What a diploma is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// An achievement's id.
    Module(i64),
    /// An edition's id.
    Edition(i64),
    Record,
}

/// Makes a diploma, or finds the one that says the same already. Returns its code.
pub fn make(
    store: &Store,
    published: Option<&Published>,
    person: i64,
    subject: Subject,
    issuer: &str,
    now: NaiveDateTime,
) -> Result<String, Refusal> {
    let today = clock::day_of(now);
    let fresh = new_code();
    store.write(|conn| {
        let history = history::history(conn, published, person, today)?.ok_or(Refusal::Nothing)?;
        let (id, content) = content(&history, subject, issuer, today).ok_or(Refusal::Nothing)?;
        let same =
            |known: &&Diploma| known.ended_at.is_none() && known.subject == id && known.content.says_the_same(&content);
        if let Some(known) = rows::of_person(conn, person)?.iter().find(same) {
            return Ok(known.code.clone());
        }
        rows::insert(conn, &fresh, person, id, &content, now)?;
        note(conn, "diploma.made", person, content.kind, now)?;
        Ok(fresh.clone())
    })
}

fn content(
    history: &History,
    subject: Subject,
    issuer: &str,
    today: chrono::NaiveDate,
) -> Option<(Option<i64>, Content)> {
    Some(match subject {
        Subject::Module(id) => (Some(id), Content::module(history, id, issuer, today)?),
        Subject::Edition(id) => (Some(id), Content::edition(history, id, issuer, today)?),
        Subject::Record => (None, Content::record(history, issuer, today)),
    })
}

/// Ends a diploma of the person's own: from then on nobody is told that it is genuine. False when there is none.
pub fn end(store: &Store, person: i64, code: &str, now: NaiveDateTime) -> Result<bool, Error> {
    store.write(|conn| {
        let Some(kind) = rows::find(conn, code)?.map(|diploma| diploma.content.kind) else { return Ok(false) };
        let ended = rows::end(conn, person, code, now)?;
        if ended {
            note(conn, "diploma.ended", person, kind, now)?;
        }
        Ok(ended)
    })
}

fn note(conn: &mut Conn, action: &str, person: i64, kind: Kind, at: NaiveDateTime) -> Result<(), Error> {
    let entry = Entry {
        at,
        actor_id: Some(person),
        action,
        object_kind: "person",
        object_id: Some(person),
        detail: kind.code(),
    };
    audit::record(conn, &entry)
}

/// What anybody is told who was shown a code.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    Genuine(Box<Content>),
    /// It was, and is no longer.
    Ended,
    Unknown,
}

/// Whether a diploma is genuine now: neither ended by its owner nor taken back by whoever recorded what it says.
pub fn verify(conn: &mut Conn, published: Option<&Published>, typed: &str) -> Result<Verdict, Error> {
    let Some(code) = read_code(typed) else { return Ok(Verdict::Unknown) };
    let Some(diploma) = rows::find(conn, &code)? else { return Ok(Verdict::Unknown) };
    let stands = diploma.ended_at.is_none() && still_holds(conn, published, &diploma)?;
    Ok(if stands { Verdict::Genuine(Box::new(diploma.content)) } else { Verdict::Ended })
}

fn still_holds(conn: &mut Conn, published: Option<&Published>, diploma: &Diploma) -> Result<bool, Error> {
    match (diploma.content.kind, diploma.subject) {
        (Kind::Module, Some(achievement)) => {
            let record = learning::record(conn, diploma.person)?;
            Ok(record.iter().any(|row| row.id == achievement && row.revoked_by.is_none()))
        }
        // What was completed stays completed, unless it is said that the work was never presented.
        (Kind::Edition, Some(edition)) => {
            let Some(published) = published else { return Ok(true) };
            let today = diploma.content.made_on;
            let Some(board) = board::board_of(conn, published, edition, diploma.person, today)? else {
                return Ok(false);
            };
            let rule = published.curriculum.programmes.get(&board.edition.programme);
            let must = rule.is_some_and(|programme| programme.completion.presented);
            Ok(board.rows.first().is_some_and(|row| !must || row.participant.presented_on.is_some()))
        }
        _ => Ok(true),
    }
}

/// Letters and figures without those that look alike (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Twenty of 5 bits each.
const LETTERS: usize = 20;
const GROUP: usize = 5;

/// 100 random bits in groups: `7K2MQ-…`.
fn new_code() -> String {
    let mut bytes = [0u8; LETTERS];
    // Without randomness from the system a code could be guessed, so there is nothing to fall back on.
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    grouped(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])))
}

fn grouped(letters: impl Iterator<Item = char>) -> String {
    let mut code = String::with_capacity(LETTERS + 3);
    for (at, letter) in letters.enumerate() {
        if at > 0 && at % GROUP == 0 {
            code.push('-');
        }
        code.push(letter);
    }
    code
}

/// The code that somebody has typed, in small letters, without hyphens, or with O for 0 and I or L for 1.
fn read_code(typed: &str) -> Option<String> {
    if typed.len() > 100 {
        return None;
    }
    let letters: Vec<char> = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let known = letters.iter().all(|c| u8::try_from(*c).is_ok_and(|byte| ALPHABET.contains(&byte)));
    (letters.len() == LETTERS && known).then(|| grouped(letters.into_iter()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_read_back_however_it_is_typed_and_two_are_never_the_same() {
        let code = new_code();
        assert_eq!(code.len(), 23);
        assert_ne!(code, new_code());
        assert_eq!(read_code(&code).as_deref(), Some(code.as_str()));
        assert_eq!(read_code(&code.to_lowercase().replace('-', " ")).as_deref(), Some(code.as_str()));
        assert_eq!(read_code("OIL00-00000-00000-00000").as_deref(), Some("01100-00000-00000-00000"));
        assert_eq!(read_code("U0000-00000-00000-00000"), None);
        assert_eq!(read_code(&code[1..]), None);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_a_code_or_none(typed in "\\PC{0,120}") {
            prop_assert!(read_code(&typed).is_none_or(|code| code.len() == 23));
        }
    }
}
