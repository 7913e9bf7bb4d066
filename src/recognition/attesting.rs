//! Asking somebody to attest evidence, and answering: load, decide by [`attest`], write, tell, in one transaction.

use chrono::NaiveDateTime;

use super::attest::{self, Act, Change, Question, State};
use super::evidence;
use super::service::By;
use super::store::evidence as rows;
use crate::accounts::store as accounts;
use crate::clock;
use crate::notices::kinds::{Notice, Recognition, RecognitionNews};
use crate::notices::store as outbox;
use crate::occasions::tell::{reachable, to};
use crate::organisation::{Person, store as people};
use crate::programme::store as programme;
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;
use crate::words;

/// Why nothing becomes of it.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such evidence, or not for you")]
    NoSuchPiece,
    #[error("the comment is too long; at most {0} letters")]
    TooLong(usize),
    #[error(transparent)]
    Attest(#[from] attest::Refusal),
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal);

/// What somebody who may attest is to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum As {
    Manager,
    /// Leads in an edition that the person takes part in.
    Leader,
    Coach,
}

/// Those who may attest a piece, each once, by name: managers above its owner, whoever holds a role in the same edition
/// that includes the owner's role there, and coaches; but nobody what they have added themselves.
pub fn entitled(
    conn: &mut Conn,
    published: &Published,
    piece: &rows::Piece,
    now: NaiveDateTime,
) -> Result<Vec<(Person, As)>, Error> {
    let person = piece.person;
    let Some(owner) = people::person(conn, person)? else { return Ok(Vec::new()) };
    let tree = people::tree(conn)?;
    let above = tree.units_above(owner.id, owner.unit);
    let managers = above.iter().flat_map(|unit| tree.managers(*unit).iter().copied());
    let mut found: Vec<(i64, As)> = managers.map(|manager| (manager, As::Manager)).collect();
    found.extend(leaders(conn, published, person)?.into_iter().map(|leader| (leader, As::Leader)));
    found.extend(accounts::who_wears(conn, "coach")?.into_iter().map(|coach| (coach, As::Coach)));
    found.sort_unstable();
    found.dedup_by_key(|(id, _)| *id);
    let ids: Vec<i64> = found.iter().map(|(id, _)| *id).collect();
    let today = clock::day_of(now);
    let works =
        |other: &Person| ![person, piece.added_by].contains(&other.id) && other.works_on(today) && !other.disabled;
    let known = people::people_by_id(conn, &ids)?.into_iter().filter(works);
    let role = |id: i64| found.iter().find(|(other, _)| *other == id).map_or(As::Coach, |(_, role)| *role);
    Ok(known.map(|other| (role(other.id), other)).map(|(role, other)| (other, role)).collect())
}

/// What `person` is asked to attest and still may, the longest waiting first.
pub fn waiting_for(
    conn: &mut Conn,
    published: &Published,
    person: i64,
    now: NaiveDateTime,
) -> Result<Vec<rows::Piece>, Error> {
    let mut waiting = Vec::new();
    for piece in rows::asked_of(conn, person)? {
        if may_attest(conn, published, &piece, person, now)? {
            waiting.push(piece);
        }
    }
    Ok(waiting)
}

/// Whether `person` is one of those who may attest the piece today.
pub(super) fn may_attest(
    conn: &mut Conn,
    published: &Published,
    piece: &rows::Piece,
    person: i64,
    now: NaiveDateTime,
) -> Result<bool, Error> {
    Ok(entitled(conn, published, piece, now)?.iter().any(|(other, _)| other.id == person))
}

/// Whoever holds a wider role in an edition than the person does.
fn leaders(conn: &mut Conn, published: &Published, person: i64) -> Result<Vec<i64>, Error> {
    let mut found = Vec::new();
    for edition in programme::editions_of(conn, person)? {
        let there = programme::participants(conn, edition.id)?;
        let own = there.iter().find(|participant| participant.person == person && participant.ended_on.is_none());
        let Some(own) = own else { continue };
        let wider =
            there.iter().filter(|other| other.ended_on.is_none() && includes(published, &other.role, &own.role));
        found.extend(wider.map(|other| other.person));
    }
    Ok(found)
}

/// Whether a role includes another one, directly or by others.
fn includes(published: &Published, role: &str, other: &str) -> bool {
    let roles = &published.curriculum.roles;
    let (mut seen, mut left) = (Vec::new(), vec![role]);
    while let Some(next) = left.pop() {
        let Some(role) = roles.get(next).filter(|_| !seen.contains(&next)) else { continue };
        seen.push(next);
        if role.includes.iter().any(|included| included == other) {
            return true;
        }
        left.extend(role.includes.iter().map(String::as_str));
    }
    false
}

/// Does something about attesting a piece.
pub fn act(store: &Store, published: &Published, id: i64, act: &Act, by: By) -> Result<(), Refusal> {
    let comment = match act {
        Act::Attest { comment } | Act::Return { comment } => words::clean_text(comment),
        Act::Ask { .. } | Act::Withdraw => String::new(),
    };
    if comment.chars().count() > super::service::MOST_WORDS {
        return Err(Refusal::TooLong(super::service::MOST_WORDS));
    }
    store.write(|conn| {
        rows::hold(conn, id)?.ok_or(Refusal::NoSuchPiece)?;
        let seen = evidence::seen(conn, published, id, by)?.ok_or(Refusal::NoSuchPiece)?;
        let owner = seen.piece.person;
        let questions: Vec<Question> =
            seen.attests.iter().map(|attest| Question { asked: attest.asked, state: attest.state() }).collect();
        let entitled: Vec<i64> =
            entitled(conn, published, &seen.piece, by.now)?.into_iter().map(|(person, _)| person.id).collect();
        match attest::decide(owner, &questions, &entitled, by.actor.id, act)? {
            Change::Ask(whom) => {
                let question = rows::ask(conn, id, whom, by.now)?;
                evidence::noted(conn, "evidence.asked", id, &format!("question {question}"), by)?;
                tell(conn, published, &seen.piece, whom, (question, RecognitionNews::AttestWaits), by)?;
            }
            Change::Answer(state) => {
                let open = seen.attests.iter().find(|attest| attest.state() == State::Asked);
                let question = open.ok_or(attest::Refusal::NotAsked)?.id;
                rows::answer(conn, question, state, &comment, by.now)?;
                evidence::noted(conn, &format!("evidence.{}", state.code()), id, &format!("question {question}"), by)?;
                let news = match state {
                    State::Attested => RecognitionNews::Attested,
                    State::Returned => RecognitionNews::AttestReturned,
                    State::Asked | State::Withdrawn => return Ok(()),
                };
                tell(conn, published, &seen.piece, owner, (question, news), by)?;
            }
        }
        Ok(())
    })
}

fn tell(
    conn: &mut Conn,
    published: &Published,
    piece: &rows::Piece,
    whom: i64,
    (question, news): (i64, RecognitionNews),
    by: By,
) -> Result<(), Error> {
    let Some(person) = reachable(conn, whom, clock::day_of(by.now))? else { return Ok(()) };
    let module = published.title_of_id(&piece.module, person.language).to_owned();
    let link = format!("/recognition/evidence/{}", piece.id);
    let key = format!("attest:{question}:{}", if news == RecognitionNews::AttestWaits { "asked" } else { "answered" });
    let notice = Notice::Recognition(Recognition { news, module, link });
    outbox::enqueue(conn, &to(&person, notice, key), by.now)?;
    Ok(())
}
