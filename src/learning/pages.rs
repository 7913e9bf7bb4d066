//! The page of a module.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path as Segment, Query};
use chrono::Days;
use serde::Deserialize;

use super::found::Found;
use super::reading::readings;
use super::store::assessed as assessments;
use crate::accounts::policy::{self, Actor, SignedIn};
use crate::clock;
use crate::occasions::store::{self as occasions, given, occasions_of_module};
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::Shelf;
use crate::web::{Chrome, May, Problem, page};
use crate::{accounts, organisation};

/// Whose view of a module is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whose {
    person: Option<i64>,
}

/// `GET /curriculum/modules/{id}`; with `?person=` as it concerns somebody else.
pub async fn module(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    id: Segment<String>,
    whose: Query<Whose>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, now) = (may.who, id.into_inner(), clock::now());
    let trains = policy::trains(&actor);
    let person = whose.person.filter(|person| *person != actor.id);
    let found = blocking(move || {
        let Some(published) = shelf.current(&store)? else { return Ok::<_, Error>(None) };
        let Some((module, _)) = published.module_by_id(&id) else { return Ok(None) };
        let found = store.read(|conn| {
            let (about, asks) = match person {
                Some(person) => match visible(conn, &actor, person)? {
                    Some((name, asks)) => (Some((person, name)), asks),
                    None => return Ok(None),
                },
                None => (None, true),
            };
            let whose = about.as_ref().map_or(actor.id, |(person, _)| *person);
            let Some(mut found) = Found::of(conn, &published, whose, now)? else { return Ok(None) };
            if found.seats.iter().any(|seat| seat.starts_at <= now) {
                found.go_on(&given(conn, found.seats.clone())?, now);
            }
            found.assessed = assessments::one(conn, whose, &id)?.into_iter().collect();
            let coming = occasions_of_module(conn, &id, now, OCCASIONS)?;
            let coming = given(conn, coming)?;
            let own = match &about {
                Some(_) => Vec::new(),
                None => occasions::readings(conn, actor.id, Some(&id), now - READ_DAYS, now)?,
            };
            Ok::<_, Error>(Some((found, module, about, coming, own, asks)))
        })?;
        if let Some((_, _, Some((person, _)), ..)) = &found {
            accounts::service::note_reading(&store, &actor, *person, now)?;
        }
        Ok(found)
    });
    let (found, module, about, coming, own, asks) = found.await?.ok_or(Problem::NotFound)?;
    let about = about.as_ref().map(|(id, name)| (*id, name.as_str()));
    let seen = found.seen(chrome.language, about, &[], &[]);
    let id = found.published.id_of(module);
    let held: Vec<_> = found.facts.achievements.iter().filter(|held| held.module == id).cloned().collect();
    let may = super::module::Rights { trains, asks };
    let mut body = super::module::view(&seen, module, &held, &coming, may);
    body.readings = readings(&seen, &own);
    body.readings.truncate(READ);
    Ok(page(&chrome.titled(format!("{} {}", body.code, body.title)), "learning/module", &body))
}

/// How many occasions of a module are shown.
const OCCASIONS: i64 = 12;
/// How long after a day what is for after it is shown: three years.
const READ_DAYS: Days = Days::new(3 * 365);
/// Of how many days what can be read is shown.
const READ: usize = 4;

/// The name of a person whom the actor may see, and whether the actor may ask to have recognised what they know.
fn visible(conn: &mut Conn, actor: &Actor, id: i64) -> Result<Option<(String, bool)>, Error> {
    let Some(person) = organisation::store::person(conn, id)? else { return Ok(None) };
    let tree = organisation::store::tree(conn)?;
    let subject = organisation::subject(&tree, &person);
    Ok(policy::sees_person(actor, &subject).then(|| (person.name, policy::claims(actor, &subject))))
}
