//! Everything that was marked for one person at one occasion, and corrections with their reason. For whoever may mark,
//! the person, and whoever sees the person.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{names, published};
use crate::accounts::policy::{self, Actor, SignedIn};
use crate::attendance::mark::{Mark, NewMark, Outcome, Source, State, counting};
use crate::attendance::roll::{self, Head};
use crate::attendance::service::{Refusal, made, record};
use crate::attendance::settle::state_at;
use crate::attendance::{store as rows, words as said};
use crate::clock;
use crate::curriculum::model::Language;
use crate::occasions::store::{self as occasions, Part};
use crate::organisation::{self, Person, store as people};
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Problem, done, invalid, page};
use crate::words;

/// A mark that arrived so much later than it was made has waited for the network.
const WAITED: TimeDelta = TimeDelta::minutes(2);
/// The longest reason, in characters.
const LONGEST: usize = 300;

#[derive(Serialize)]
struct HistoryPage {
    head: Head,
    person: i64,
    name: String,
    /// The reader may mark at the occasion.
    leads: bool,
    /// The reader may correct here.
    corrects: bool,
    parts: Vec<PartHistory>,
    typed: Typed,
    errors: Errors,
}

#[derive(Serialize)]
struct PartHistory {
    no: i32,
    id: i64,
    when: String,
    /// What counts.
    state: Shown,
    marks: Vec<Line>,
    /// Its day has come.
    come: bool,
}

#[derive(Serialize)]
struct Shown {
    code: &'static str,
    icon: &'static str,
    tone: &'static str,
    /// The key of its name.
    name: &'static str,
}

#[derive(Serialize)]
struct Line {
    at: String,
    state: Shown,
    by: String,
    /// The key of the way it came.
    source: &'static str,
    /// When it arrived, if it had waited.
    waited: Option<String>,
    reason: String,
    counts: bool,
}

#[derive(Default, Serialize)]
struct Typed {
    part: i32,
    state: String,
    reason: String,
}

/// `GET /occasions/{occasion}/attendance/{person}`.
pub async fn show(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    at: Path<(i64, i64)>,
) -> Result<HttpResponse, Problem> {
    let body = load(&store, &shelf, may.who, *at).await?;
    Ok(page(&chrome.titled(body.name.clone()), "attendance/history", &body))
}

async fn load(
    store: &Data<Store>,
    shelf: &Data<Shelf>,
    actor: Actor,
    (occasion, person): (i64, i64),
) -> Result<HistoryPage, Problem> {
    let published = published(store, shelf).await?;
    let (store, now) = (store.clone(), clock::now());
    let body = blocking(move || store.read(|conn| history(conn, &published, &actor, occasion, person, now)));
    body.await?.ok_or(Problem::NotFound)
}

/// None when there is nothing, or not for this reader.
fn history(
    conn: &mut Conn,
    published: &Published,
    actor: &Actor,
    occasion: i64,
    person: i64,
    now: NaiveDateTime,
) -> Result<Option<HistoryPage>, Error> {
    let leads = roll::led(conn, actor, occasion)?.is_some();
    let Some(found) = occasions::occasion(conn, occasion)? else { return Ok(None) };
    let Some(whose) = people::person(conn, person)? else { return Ok(None) };
    let tree = people::tree(conn)?;
    let seen = policy::sees_person(actor, &organisation::subject(&tree, &whose));
    let marks: Vec<Mark> = rows::marks_of(conn, occasion)?.into_iter().filter(|mark| mark.person == person).collect();
    let seated = occasions::seats_of(conn, &[occasion])?.iter().any(|(_, other, _)| *other == person);
    // Without a seat or a mark there is nothing to see, and nobody learns who exists.
    if !(leads || seen) || marks.is_empty() && !seated {
        return Ok(None);
    }
    let parts = occasions::parts(conn, occasion)?;
    let Some(first) = roll::chosen(&parts, None, now) else { return Ok(None) };
    let by = names(conn, &marks.iter().filter_map(|mark| mark.by).collect::<Vec<_>>())?;
    let telling = Telling { language: actor.language, now, by: &by };
    Ok(Some(HistoryPage {
        head: roll::head(published, actor.language, &found, &parts, first, now),
        leads,
        corrects: leads && actor.id != person && found.cancelled_at.is_none(),
        typed: Typed { part: first.no, ..Typed::default() },
        parts: parts.iter().map(|part| telling.part(part, &marks, &whose)).collect(),
        person,
        name: whose.name,
        errors: Errors::default(),
    }))
}

struct Telling<'a> {
    language: Language,
    now: NaiveDateTime,
    by: &'a HashMap<i64, String>,
}

impl Telling<'_> {
    fn at(&self, at: NaiveDateTime) -> String {
        words::at(self.language, at, clock::day_of(self.now))
    }

    fn part(&self, part: &Part, marks: &[Mark], whose: &Person) -> PartHistory {
        let mut of_part: Vec<&Mark> = marks.iter().filter(|mark| mark.part == part.id).collect();
        let counts = counting(of_part.iter().copied()).map(|mark| mark.id);
        of_part.sort_by_key(|mark| std::cmp::Reverse((mark.marked_at, mark.id)));
        PartHistory {
            no: part.no,
            id: part.id,
            when: words::when(self.language, part.starts_at, part.ends_at, clock::day_of(self.now)),
            state: shown(state_at(marks, whose.id, part.id)),
            marks: of_part.into_iter().map(|mark| self.line(mark, counts == Some(mark.id))).collect(),
            come: clock::day_of(part.starts_at) <= clock::day_of(self.now),
        }
    }

    fn line(&self, mark: &Mark, counts: bool) -> Line {
        let waited = mark.recorded_at - mark.marked_at > WAITED;
        Line {
            at: self.at(mark.marked_at),
            state: shown(mark.state),
            by: mark.by.and_then(|by| self.by.get(&by).cloned()).unwrap_or_default(),
            source: match mark.source {
                Source::Hand => "attendance-by-hand",
                Source::Phone => "attendance-by-phone",
                Source::Door => "attendance-by-door",
                Source::Import => "attendance-by-import",
                Source::Program => "attendance-by-program",
            },
            waited: waited.then(|| self.at(mark.recorded_at)),
            reason: mark.reason.clone(),
            counts,
        }
    }
}

fn shown(state: State) -> Shown {
    let (icon, tone) = match state {
        State::Present => ("done", "state--good"),
        State::Absent => ("failed", "state--bad"),
        State::Unmarked => ("open", ""),
    };
    Shown { code: state.code(), icon, tone, name: said::state(state) }
}

/// A correction.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Correction {
    /// The part's number.
    part: i32,
    state: String,
    reason: String,
}

/// `POST /occasions/{occasion}/attendance/{person}`.
pub async fn correct(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    at: Path<(i64, i64)>,
    form: Form<Correction>,
) -> Result<HttpResponse, Problem> {
    let (actor, (occasion, person), form) = (may.who, *at, form.0);
    let mut errors = Errors::default();
    errors.require("reason", &form.reason, "attendance-reason-missing");
    let state = State::of(&form.state);
    if state.is_none() {
        errors.add("state", "attendance-state-missing");
    }
    let (Some(state), true) = (state, errors.is_empty()) else {
        let mut body = load(&store, &shelf, actor, (occasion, person)).await?;
        if !body.corrects {
            return Err(Problem::NotFound);
        }
        body.typed = Typed { part: form.part, state: form.state, reason: form.reason };
        body.errors = errors;
        return Ok(invalid(&chrome.titled(body.name.clone()), "attendance/history", &body));
    };
    let published = published(&store, &shelf).await?;
    let reason: String = form.reason.trim().chars().take(LONGEST).collect();
    let corrected = blocking(move || {
        store.write(|conn| {
            let now = clock::now();
            let Some((_, parts)) = roll::led(conn, &actor, occasion)? else { return Ok(false) };
            let part = parts.iter().find(|part| part.no == form.part).ok_or(Refusal::NoSuchPart)?;
            let new = made(person, part.id, state, Source::Hand, Some(actor.id), now);
            let new = NewMark { reason: reason.clone(), ..new };
            let outcomes = record(conn, &published, occasion, &[new], now)?;
            if outcomes.contains(&Outcome::Oneself) {
                return Err(Refusal::Oneself);
            }
            Ok::<_, Refusal>(true)
        })
    });
    match corrected.await? {
        true => Ok(done(&format!("/occasions/{occasion}/attendance/{person}"), "attendance-corrected")),
        false => Err(Problem::NotFound),
    }
}
