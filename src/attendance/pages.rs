//! The roll of an occasion: who was there, tapped on a telephone or sent as a form.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::Deserialize;

use super::mark::{NewMark, Source, State};
use super::roll::{self, RollPage, Wanted};
use super::service::{Refusal, made, record};
use crate::accounts::policy::{Actor, SignedIn};
use crate::clock;
use crate::organisation::store as people;
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Problem, invalid, page, redirect};
use crate::words;

pub mod door;
pub mod history;
pub mod import;
pub mod missed;
pub mod phone;
pub mod rating;

/// Which part, and whose names are looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    part: Option<i32>,
    q: String,
}

/// The published curriculum; nothing is given before there is one.
pub(super) async fn published(store: &Data<Store>, shelf: &Data<Shelf>) -> Result<Arc<Published>, Problem> {
    let (store, shelf) = (store.clone(), shelf.clone());
    blocking(move || shelf.current(&store)).await?.ok_or(Problem::NotFound)
}

/// `GET /occasions/{occasion}/attendance`.
pub async fn show(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
    which: Query<Which>,
) -> Result<HttpResponse, Problem> {
    let Which { part, q } = which.into_inner();
    let body = read(&store, &shelf, may.who, *occasion, Wanted { part, q }).await?;
    Ok(page(&titled(chrome, &body), "attendance/roll", &body))
}

fn titled(chrome: Chrome, body: &RollPage) -> Chrome {
    let title = words::text(chrome.language, "attendance-of", &[("module", body.head.title.as_str().into())]);
    chrome.titled(title)
}

async fn read(
    store: &Data<Store>,
    shelf: &Data<Shelf>,
    actor: Actor,
    occasion: i64,
    wanted: Wanted,
) -> Result<RollPage, Problem> {
    let published = published(store, shelf).await?;
    let (store, now) = (store.clone(), clock::now());
    let body = blocking(move || store.read(|conn| roll::page(conn, &published, &actor, occasion, &wanted, now)));
    body.await?.ok_or(Problem::NotFound)
}

/// One tap, everybody who is left, or somebody without a seat.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RollForm {
    /// The part's number.
    part: Option<i32>,
    /// A person's id and a state, `rest:present` or `add`.
    mark: String,
    q: String,
    /// An address or the region's own id.
    whose: String,
}

/// What a form asks for.
enum Asked {
    One(i64, State),
    Rest(State),
    Add,
}

impl RollForm {
    fn asked(&self) -> Option<Asked> {
        if self.mark == "add" {
            return Some(Asked::Add);
        }
        let (whom, state) = self.mark.split_once(':')?;
        let state = State::of(state)?;
        match whom {
            "rest" => Some(Asked::Rest(state)),
            person => Some(Asked::One(person.parse().ok()?, state)),
        }
    }
}

/// Why a form is not carried out.
enum Wrong {
    NotFound,
    Whose(&'static str),
}

/// `POST /occasions/{occasion}/attendance`.
pub async fn mark(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
    form: Form<RollForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, occasion, form) = (may.who, *occasion, form.0);
    let asked = form.asked().ok_or(Problem::BadRequest)?;
    let published = published(&store, &shelf).await?;
    let marked = blocking({
        let (store, actor, form) = (store.clone(), actor.clone(), form.clone());
        move || store.write(|conn| carry_out(conn, &published, &actor, occasion, &asked, &form))
    });
    let place = format!("/occasions/{occasion}/attendance");
    match marked.await? {
        Ok((part, person)) => {
            let q: String = url::form_urlencoded::byte_serialize(form.q.trim().as_bytes()).collect();
            let q = if q.is_empty() { q } else { format!("&q={q}") };
            let person = person.map(|person| format!("#p{person}")).unwrap_or_default();
            Ok(redirect(&format!("{place}?part={part}{q}{person}")))
        }
        Err(Wrong::NotFound) => Err(Problem::NotFound),
        Err(Wrong::Whose(key)) => {
            let wanted = Wanted { part: form.part, q: String::new() };
            let mut body = read(&store, &shelf, actor, occasion, wanted).await?;
            body.whose = form.whose;
            body.errors = Errors::default();
            body.errors.add("whose", key);
            Ok(invalid(&titled(chrome, &body), "attendance/roll", &body))
        }
    }
}

/// Marks as asked. Returns the part's number and whom to show, or what is wrong with the form.
fn carry_out(
    conn: &mut Conn,
    published: &Published,
    actor: &Actor,
    occasion: i64,
    asked: &Asked,
    form: &RollForm,
) -> Result<Result<(i32, Option<i64>), Wrong>, Refusal> {
    let now = clock::now();
    let Some((occasion, parts)) = roll::led(conn, actor, occasion)? else { return Ok(Err(Wrong::NotFound)) };
    let Some(part) = roll::chosen(&parts, form.part, now) else { return Ok(Err(Wrong::NotFound)) };
    let by_hand = |person: i64, state: State| made(person, part.id, state, Source::Hand, Some(actor.id), now);
    let (news, shown): (Vec<NewMark>, _) = match asked {
        Asked::One(person, state) => (vec![by_hand(*person, *state)], Some(*person)),
        Asked::Rest(state) => {
            let open = roll::unmarked(conn, actor, occasion.id, part.id, form.q.trim())?;
            (open.into_iter().map(|person| by_hand(person, *state)).collect(), None)
        }
        Asked::Add => match found(conn, &form.whose)? {
            Ok(person) => (vec![by_hand(person, State::Present)], Some(person)),
            Err(key) => return Ok(Err(Wrong::Whose(key))),
        },
    };
    let outcomes = record(conn, published, occasion.id, &news, now)?;
    if outcomes.contains(&super::mark::Outcome::Oneself) {
        return Err(Refusal::Oneself);
    }
    Ok(Ok((part.no, shown)))
}

/// Somebody who works here, by address or the region's own id; or the key of what is wrong.
pub(super) fn found(conn: &mut Conn, whose: &str) -> Result<Result<i64, &'static str>, Error> {
    let key = whose.trim();
    if key.is_empty() {
        return Ok(Err("courses-whose-missing"));
    }
    let person = match people::person_by_email(conn, key)? {
        None => people::person_by_external_id(conn, key)?,
        found => found,
    };
    let today = clock::today();
    let works = person.filter(|person| person.ends_on.is_none_or(|end| today <= end) && !person.disabled);
    Ok(works.map(|person| person.id).ok_or("courses-whose-unknown"))
}

/// Names of people by id.
pub(super) fn names(conn: &mut Conn, ids: &[i64]) -> Result<std::collections::HashMap<i64, String>, Error> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    Ok(people::people_by_id(conn, &ids)?.into_iter().map(|person| (person.id, person.name)).collect())
}
