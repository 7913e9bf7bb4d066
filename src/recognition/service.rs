//! Everything that changes a request: load, decide by [`life`], write, record the achievement, tell those whom it
//! concerns, in one transaction. Two who decide at once come one after the other, and the second is refused.

use chrono::NaiveDateTime;

use super::delegates::{self, Delegate};
use super::life::{self, Act, Hand, State, Wording};
use super::store::{self as rows, Request, delegates as delegate_rows};
use super::tell;
use crate::accounts::policy::{self, Actor, Claim};
use crate::attendance::case::{self, Case};
use crate::clock;
use crate::curriculum::model::Assessment;
use crate::learning::service::{self as learning, Achieving};
use crate::occasions::store as occasions;
use crate::organisation::{self, Person, store as people};
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;
use crate::words;

/// The most letters of a motivation or a comment, and of the name of a course.
pub const MOST_WORDS: usize = 4_000;
pub const MOST_COURSE: usize = 200;

/// Why a request does not change.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such request, or not for you")]
    NoSuchRequest,
    #[error("there is nobody with that id whom you may ask for")]
    NoSuchPerson,
    #[error("the curriculum has no module {0}; choose one of its modules")]
    NoSuchModule(String),
    #[error("there is an open request for this module already; go on with that one")]
    AlreadyOpen(i64),
    #[error("the text is too long; at most {0} letters")]
    TooLong(usize),
    #[error(transparent)]
    Life(#[from] life::Refusal),
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal);

/// Who acts, and when.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    pub actor: &'a Actor,
    pub now: NaiveDateTime,
}

/// A request as somebody sees it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub request: Request,
    pub hand: Hand,
}

/// Writes a new request for `person`, as a draft or asked at once. Returns its id.
pub fn begin(
    store: &Store,
    published: &Published,
    (person, module): (i64, &str),
    act: &Act,
    by: By,
) -> Result<i64, Refusal> {
    let (Act::Save(wording) | Act::Ask(wording)) = act else { return Err(life::Refusal::NotWaiting.into()) };
    if published.module_by_id(module).is_none() {
        return Err(Refusal::NoSuchModule(module.to_owned()));
    }
    let wording = &cleaned(wording);
    bounded(act)?;
    store.write(|conn| {
        let found = people::person(conn, person)?.ok_or(Refusal::NoSuchPerson)?;
        let subject = organisation::subject(&*people::tree(conn)?, &found);
        if !policy::claims(by.actor, &subject) {
            return Err(Refusal::NoSuchPerson);
        }
        let hand = Hand { writes: true, decides: false };
        let state = life::next(None, hand, act, clock::day_of(by.now))?;
        if let Some(open) = rows::open_request(conn, person, module)? {
            return Err(Refusal::AlreadyOpen(open.id));
        }
        let new = rows::New { person, asked_by: by.actor.id, module, wording };
        let id = rows::insert(conn, new, state, by.now)?;
        let request = rows::request(conn, id)?.ok_or(Refusal::NoSuchRequest)?;
        let line = rows::note(conn, id, state, "", by.actor.id, by.now)?;
        tell::told(conn, published, &request, state, line, by)?;
        Ok(id)
    })
}

/// Does something to a request. Returns what it has become.
pub fn act(store: &Store, published: &Published, id: i64, act: &Act, by: By) -> Result<State, Refusal> {
    bounded(act)?;
    store.write(|conn| {
        let request = rows::hold(conn, id)?.ok_or(Refusal::NoSuchRequest)?;
        let hand = hand(conn, published, &request, by)?.ok_or(Refusal::NoSuchRequest)?;
        let state = life::next(Some(request.state()), hand, act, clock::day_of(by.now))?;
        let comment = match act {
            Act::Save(wording) | Act::Ask(wording) => {
                rows::reword(conn, id, &cleaned(wording))?;
                String::new()
            }
            Act::Withdraw => String::new(),
            Act::Return { comment } | Act::Accept { comment, .. } => words::clean_text(comment),
            Act::Decline { reason } => words::clean_text(reason),
        };
        rows::set(conn, id, state, by.now)?;
        if let Act::Accept { day, .. } = act {
            let achievement = recorded(conn, published, &request, *day, by)?;
            rows::set_achievement(conn, id, achievement)?;
        }
        // Saving what was saved before is no news to anybody.
        if state != request.state() {
            let line = rows::note(conn, id, state, &comment, by.actor.id, by.now)?;
            tell::told(conn, published, &request, state, line, by)?;
        }
        Ok(state)
    })
}

/// The achievement that follows; another course's is an external statement. The person is told by it, with what is next.
fn recorded(
    conn: &mut Conn,
    published: &Published,
    request: &Request,
    day: chrono::NaiveDate,
    by: By,
) -> Result<i64, Error> {
    let evidence = if request.course.is_empty() { "prior_learning" } else { "external" };
    let new = Achieving { module: &request.module, day, evidence, occasion: None };
    learning::achieve(conn, published, request.person, &new, Some(by.actor.id), by.now)
}

/// As it may be stored.
fn cleaned(wording: &Wording) -> Wording {
    let Wording { day, course, motivation } = wording;
    Wording { day: *day, course: words::clean_name(course), motivation: words::clean_text(motivation) }
}

fn bounded(act: &Act) -> Result<(), Refusal> {
    let (text, course) = match act {
        Act::Save(Wording { motivation, course, .. }) | Act::Ask(Wording { motivation, course, .. }) => {
            (motivation.as_str(), course.as_str())
        }
        Act::Return { comment } | Act::Accept { comment, .. } => (comment.as_str(), ""),
        Act::Decline { reason } => (reason.as_str(), ""),
        Act::Withdraw => ("", ""),
    };
    for (text, most) in [(text, MOST_WORDS), (course, MOST_COURSE)] {
        if text.chars().count() > most {
            return Err(Refusal::TooLong(most));
        }
    }
    Ok(())
}

/// A request for whoever may see it: those who write it, and once it is asked those who decide.
pub fn seen(conn: &mut Conn, published: &Published, id: i64, by: By) -> Result<Option<Seen>, Error> {
    let Some(request) = rows::request(conn, id)? else { return Ok(None) };
    Ok(hand(conn, published, &request, by)?.map(|hand| Seen { request, hand }))
}

/// Whether the actor decides, or has decided, about a request.
pub(super) fn decides(conn: &mut Conn, published: &Published, request: &Request, by: By) -> Result<bool, Error> {
    let shown = !matches!(request.state(), State::Draft | State::Withdrawn);
    Ok(shown && hand(conn, published, request, by)?.is_some_and(|hand| hand.decides))
}

/// What waits for the actor's decision, the oldest first.
pub fn waiting_for(conn: &mut Conn, published: &Published, by: By) -> Result<Vec<Request>, Error> {
    let today = clock::day_of(by.now);
    let delegates = delegate_rows::current(conn, today)?;
    if !by.actor.hats.developer && delegates.iter().all(|delegate| delegate.person != by.actor.id) {
        return Ok(Vec::new());
    }
    let asked = rows::in_state(conn, State::Asked, MOST_WAITING)?;
    let decides = |request: &Request| {
        // Whose units the person belongs to decides nothing here.
        let claim = claim(request, policy::Subject { id: request.person, units: Vec::new() });
        policy::decides_claim(by.actor, &claim, delegated(&delegates, published, by, &request.module))
    };
    Ok(asked.into_iter().filter(decides).collect())
}

/// How many requests are looked through for what waits.
const MOST_WAITING: i64 = 500;

/// What the actor is to a request; none when it is not for the actor to see.
fn hand(conn: &mut Conn, published: &Published, request: &Request, by: By) -> Result<Option<Hand>, Error> {
    let Some(person) = people::person(conn, request.person)? else { return Ok(None) };
    let claim = claim(request, organisation::subject(&*people::tree(conn)?, &person));
    let delegates = delegate_rows::current(conn, clock::day_of(by.now))?;
    let writes = policy::writes_claim(by.actor, &claim);
    let decides = policy::decides_claim(by.actor, &claim, delegated(&delegates, published, by, &request.module));
    let shown = writes || decides && !matches!(request.state(), State::Draft | State::Withdrawn);
    Ok(shown.then_some(Hand { writes, decides }))
}

/// Whether the actor assesses what a module asks of a person beside being there: see [`policy::assesses`].
pub fn assesses(
    conn: &mut Conn,
    published: &Published,
    person: &Person,
    module: &str,
    case: &Case,
    by: By,
) -> Result<bool, Error> {
    let subject = organisation::subject(&*people::tree(conn)?, person);
    let observed = case.asked.kind == Assessment::Observation;
    // Most readers are the person, or wear the hat; nothing more is read for them.
    if by.actor.id == person.id || policy::assesses(by.actor, &subject, observed, &[]) {
        return Ok(by.actor.id != person.id);
    }
    let mut trained_by = Vec::new();
    for occasion in &case.occasions {
        trained_by.extend(occasions::trainer_ids(conn, *occasion)?);
    }
    let delegates = delegate_rows::current(conn, clock::day_of(by.now))?;
    Ok(policy::assesses(by.actor, &subject, observed, &trained_by) || delegated(&delegates, published, by, module))
}

/// The same for whoever does not have the case at hand; not when there is nothing to assess.
pub(super) fn assesses_in(
    conn: &mut Conn,
    published: &Published,
    person: &Person,
    module: &str,
    by: By,
) -> Result<bool, Error> {
    match case::case(conn, published, person.id, module, by.now)? {
        Some(case) => assesses(conn, published, person, module, &case, by),
        None => Ok(false),
    }
}

fn claim(request: &Request, subject: policy::Subject) -> Claim {
    Claim { subject, asked_by: request.asked_by }
}

fn delegated(delegates: &[Delegate], published: &Published, by: By, module: &str) -> bool {
    delegates::covers(delegates, published, by.actor.id, module, clock::day_of(by.now))
}
