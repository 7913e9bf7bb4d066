//! Evidence from own work: pieces of text, a link and files, added to a module and kept by their owner until somebody
//! reads them to decide or to attest. What a file is, [`super::files`] judges.

use chrono::NaiveDateTime;

use super::attesting;
use super::files::{self, Kind, Slip};
use super::life::State;
use super::service::{self, By};
use super::store::{self as requests, evidence as rows};
use crate::accounts::policy;
use crate::learning::store::assessed as handed_in;
use crate::organisation::{self, store as people};
use crate::store::audit::{self, Entry};
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;
use crate::words;

/// The most letters of a piece's text and of its link.
pub const MOST_TEXT: usize = 10_000;
pub const MOST_LINK: usize = 500;
/// The most files of one piece.
pub const MOST_FILES: usize = 5;
/// The most bytes of one file.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;
/// The most pieces of one person, and bytes of all their files.
pub const MOST_PIECES: i64 = 200;
pub const MOST_IN_ALL: i64 = 50 * 1024 * 1024;

/// Why nothing is kept.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such evidence, or not for you")]
    NoSuchPiece,
    #[error("there is nobody with that id for whom you may add evidence")]
    NoSuchPerson,
    #[error("the curriculum has no module {0}; choose one of its modules")]
    NoSuchModule(String),
    #[error("write something, give a link or choose a file")]
    Nothing,
    #[error("the text is too long; at most {0} letters")]
    TooLong(usize),
    #[error("a link begins with https://")]
    NoLink,
    #[error("at most {MOST_FILES} files in one piece")]
    TooMany,
    #[error("{0} is larger than 5 MB")]
    TooLarge(String),
    #[error("{0} is no file that is taken: {1:?}")]
    Slip(String, Slip),
    #[error("there is no room for more; remove what is no longer needed")]
    NoRoom,
    #[error("somebody is reading it, or has decided by it; it stays as it is")]
    Held,
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal);

/// A file as it came.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
    /// It was too large to be kept.
    pub over: bool,
}

/// A file that is taken: its harmless name, its kind, its bytes.
type Taken<'a> = (String, Kind, &'a [u8]);

/// What somebody writes about a piece, checked: not too long, and a link that is one.
pub fn worded(text: &str, link: &str) -> Result<rows::Wording, Refusal> {
    let (text, link) = (words::clean_text(text), link.trim());
    for (text, most) in [(text.as_str(), MOST_TEXT), (link, MOST_LINK)] {
        if text.chars().count() > most {
            return Err(Refusal::TooLong(most));
        }
    }
    let whole = url::Url::parse(link).ok().filter(|url| url.scheme() == "https" && url.has_host());
    if !link.is_empty() && whole.is_none() {
        return Err(Refusal::NoLink);
    }
    Ok(rows::Wording { text, link: whole.map(String::from).unwrap_or_default() })
}

/// Every file is taken, or none is.
fn taken<'a>(sent: &[Sent<'a>]) -> Result<Vec<Taken<'a>>, Refusal> {
    let take = |file: &Sent<'a>| {
        if file.over || file.bytes.len() > MOST_BYTES {
            return Err(Refusal::TooLarge(file.name.to_owned()));
        }
        let kind = files::judge(file.name, file.bytes).map_err(|slip| Refusal::Slip(file.name.to_owned(), slip))?;
        Ok((files::clean_name(file.name, kind), kind, file.bytes))
    };
    if sent.len() > MOST_FILES { Err(Refusal::TooMany) } else { sent.iter().map(take).collect() }
}

/// Adds a piece for `person`; its id.
pub fn add(
    store: &Store,
    published: &Published,
    (person, module): (i64, &str),
    wording: &rows::Wording,
    sent: &[Sent],
    by: By,
) -> Result<i64, Refusal> {
    store.write(|conn| {
        let found = people::person(conn, person)?.ok_or(Refusal::NoSuchPerson)?;
        if !policy::claims(by.actor, &organisation::subject(&*people::tree(conn)?, &found)) {
            return Err(Refusal::NoSuchPerson);
        }
        add_within(conn, published, (person, module), wording, sent, by)
    })
}

/// The same within a transaction of somebody who knows that the actor may; its id.
pub fn add_within(
    conn: &mut Conn,
    published: &Published,
    (person, module): (i64, &str),
    wording: &rows::Wording,
    sent: &[Sent],
    by: By,
) -> Result<i64, Refusal> {
    let taken = taken(sent)?;
    if published.module_by_id(module).is_none() {
        return Err(Refusal::NoSuchModule(module.to_owned()));
    }
    if wording.text.is_empty() && wording.link.is_empty() && taken.is_empty() {
        return Err(Refusal::Nothing);
    }
    if rows::amount(conn, person)?.0 >= MOST_PIECES {
        return Err(Refusal::NoRoom);
    }
    let id = rows::insert(conn, (person, module), wording, by.actor.id, by.now)?;
    put_files(conn, person, id, &taken, by.now)?;
    noted(conn, "evidence.added", id, &count(taken.len()), by)?;
    Ok(id)
}

/// Changes a piece: what is written, files taken away, files added.
pub fn change(
    store: &Store,
    published: &Published,
    id: i64,
    wording: &rows::Wording,
    away: &[i64],
    sent: &[Sent],
    by: By,
) -> Result<(), Refusal> {
    let taken = taken(sent)?;
    store.write(|conn| {
        let piece = held(conn, published, id, by)?;
        rows::reword(conn, id, wording, by.now)?;
        rows::remove_files(conn, id, away)?;
        put_files(conn, piece.person, id, &taken, by.now)?;
        let files = rows::files_of(conn, &[id])?;
        if files.len() > MOST_FILES {
            return Err(Refusal::TooMany);
        }
        if files.is_empty() && wording.text.is_empty() && wording.link.is_empty() {
            return Err(Refusal::Nothing);
        }
        Ok(noted(conn, "evidence.changed", id, &count(files.len()), by)?)
    })
}

/// Removes a piece for good.
pub fn remove(store: &Store, published: &Published, id: i64, by: By) -> Result<(), Refusal> {
    store.write(|conn| {
        held(conn, published, id, by)?;
        rows::remove(conn, id)?;
        Ok(noted(conn, "evidence.removed", id, "", by)?)
    })
}

/// The piece, kept from everybody else, if the actor may change it now.
fn held(conn: &mut Conn, published: &Published, id: i64, by: By) -> Result<rows::Piece, Refusal> {
    rows::hold(conn, id)?.ok_or(Refusal::NoSuchPiece)?;
    let seen = seen(conn, published, id, by)?.ok_or(Refusal::NoSuchPiece)?;
    match (seen.keeps, seen.changes) {
        (true, true) => Ok(seen.piece),
        (true, false) => Err(Refusal::Held),
        (false, _) => Err(Refusal::NoSuchPiece),
    }
}

fn put_files(conn: &mut Conn, person: i64, piece: i64, taken: &[Taken], now: NaiveDateTime) -> Result<(), Refusal> {
    for (name, kind, bytes) in taken {
        rows::insert_file(conn, piece, (name, *kind), bytes, now)?;
    }
    if rows::amount(conn, person)?.1 > MOST_IN_ALL {
        return Err(Refusal::NoRoom);
    }
    Ok(())
}

/// A piece as somebody sees it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub piece: rows::Piece,
    pub files: Vec<rows::File>,
    pub attests: Vec<rows::Attest>,
    /// It is the reader's to keep.
    pub keeps: bool,
    /// And can be changed now.
    pub changes: bool,
}

/// A piece for whoever may read it.
pub fn seen(conn: &mut Conn, published: &Published, id: i64, by: By) -> Result<Option<Seen>, Error> {
    let Some(piece) = rows::piece(conn, id)? else { return Ok(None) };
    let Some(person) = people::person(conn, piece.person)? else { return Ok(None) };
    let attests = rows::attests_of(conn, &[id])?;
    let holding = || attests.iter().filter(|attest| attest.state().holds());
    let asked = holding().any(|attest| attest.asked == by.actor.id);
    // Who was asked as the manager reads it no more than any other former manager.
    let attests_now = asked && attesting::may_attest(conn, published, &piece, by.actor.id, by.now)?;
    let known = policy::Evidence {
        subject: organisation::subject(&*people::tree(conn)?, &person),
        added_by: piece.added_by,
        attesters: attests_now.then_some(by.actor.id).into_iter().collect(),
    };
    let about = requests::about(conn, piece.person, &piece.module)?;
    // What was handed in is read by whoever assesses it, and stays as it was handed in.
    let handed_in = handed_in::handed_in_with(conn, id)?;
    let mut decides = match handed_in {
        true => service::assesses_in(conn, published, &person, &piece.module, by)?,
        false => false,
    };
    for request in &about {
        decides |= service::decides(conn, published, request, by)?;
    }
    if !policy::reads_evidence(by.actor, &known, decides) {
        return Ok(None);
    }
    let decided_by = about.iter().any(|request| matches!(request.state(), State::Asked | State::Accepted));
    let changes = !decided_by && !handed_in && holding().next().is_none();
    let files = rows::files_of(conn, &[id])?;
    let keeps = policy::keeps_evidence(by.actor, &known);
    Ok(Some(Seen { piece, files, attests, keeps, changes }))
}

/// A file with its bytes for whoever may read its piece. Whoever reads another's is noted.
pub fn file(store: &Store, published: &Published, id: i64, by: By) -> Result<Option<(rows::File, Vec<u8>)>, Error> {
    store.write(|conn| {
        let Some(file) = rows::file(conn, id)? else { return Ok(None) };
        let Some(seen) = seen(conn, published, file.piece, by)? else { return Ok(None) };
        if seen.piece.person != by.actor.id {
            noted(conn, "evidence.downloaded", file.piece, &format!("file {id}"), by)?;
        }
        Ok(Some((file, rows::bytes(conn, id)?)))
    })
}

fn count(files: usize) -> String {
    format!("{files} files")
}

/// Into the log of who did what: ids and counts only.
pub(super) fn noted(conn: &mut Conn, action: &str, piece: i64, detail: &str, by: By) -> Result<(), Error> {
    let (at, actor_id) = (by.now, Some(by.actor.id));
    audit::record(conn, &Entry { at, actor_id, action, object_kind: "evidence", object_id: Some(piece), detail })
}
