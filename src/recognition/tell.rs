//! What people are told when a request changes. Whoever is accepted is told by the achievement itself.

use super::life::State;
use super::service::By;
use super::store::{Request, delegates as rows};
use crate::accounts::store as accounts;
use crate::clock;
use crate::notices::kinds::{Notice, Recognition, RecognitionNews};
use crate::notices::store as outbox;
use crate::occasions::tell::{reachable, to};
use crate::store::{Conn, Error};
use crate::versions::published::Published;

/// Tells everybody whom a change concerns, each once. `line` is the change's line in the log.
pub(super) fn told(
    conn: &mut Conn,
    published: &Published,
    request: &Request,
    state: State,
    line: i64,
    by: By,
) -> Result<(), Error> {
    let (news, whom) = match state {
        State::Asked => (RecognitionNews::Waits, deciders(conn, published, request, by)?),
        State::Returned => (RecognitionNews::Returned, vec![request.asked_by]),
        State::Declined => (RecognitionNews::Declined, vec![request.asked_by, request.person]),
        State::Accepted => (RecognitionNews::Accepted, vec![request.asked_by]),
        State::Draft | State::Withdrawn => return Ok(()),
    };
    let mut told = vec![by.actor.id];
    if state == State::Accepted {
        told.push(request.person);
    }
    for person in whom {
        if told.contains(&person) {
            continue;
        }
        told.push(person);
        let Some(person) = reachable(conn, person, clock::day_of(by.now))? else { continue };
        let module = published.title_of_id(&request.module, person.language).to_owned();
        let link = format!("/recognition/requests/{}", request.id);
        let key = format!("recognition:{}:{line}:{}", request.id, person.id);
        let notice = Notice::Recognition(Recognition { news, module, link });
        outbox::enqueue(conn, &to(&person, notice, key), by.now)?;
    }
    Ok(())
}

/// Those named for the module today; where nobody is, the developers. Nobody who has a part in it.
fn deciders(conn: &mut Conn, published: &Published, request: &Request, by: By) -> Result<Vec<i64>, Error> {
    let today = clock::day_of(by.now);
    let part = |person: &i64| *person == request.person || *person == request.asked_by;
    let named = rows::current(conn, today)?.into_iter();
    let named = named.filter(|delegate| delegate.decides(published, &request.module, today));
    let named: Vec<i64> = named.map(|delegate| delegate.person).filter(|person| !part(person)).collect();
    if !named.is_empty() {
        return Ok(named);
    }
    Ok(accounts::who_wears(conn, "developer")?.into_iter().filter(|person| !part(person)).collect())
}
