//! Taps from a telephone, some of which may have waited for the network.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{names, published};
use crate::accounts::policy::{Actor, SignedIn};
use crate::attendance::mark::{Mark, NewMark, Outcome, Source, State};
use crate::attendance::service::{Refusal, record};
use crate::attendance::settle::state_at;
use crate::attendance::{roll, store as rows, words as said};
use crate::clock;
use crate::store::{Conn, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Form, May, Problem};

/// The most that is sent at once.
const MOST: usize = 100;

/// What the script sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// A list of taps, as JSON.
    marks: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tap {
    /// Made by the telephone, once for each tap.
    key: String,
    person: i64,
    /// The part's id.
    part: i64,
    state: String,
    /// Milliseconds since the tap, by the telephone's own clock, which may show any time.
    ago: u64,
}

impl Tap {
    /// Keys are kept for each marker apart, so that nobody's can be taken by another.
    fn mark(self, by: i64, now: NaiveDateTime) -> Option<NewMark> {
        let plain =
            (8..=64).contains(&self.key.len()) && self.key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let ago = TimeDelta::try_milliseconds(i64::try_from(self.ago).ok()?)?;
        Some(NewMark {
            key: format!("{by}:{}", plain.then_some(self.key)?),
            person: self.person,
            part: self.part,
            state: State::of(&self.state)?,
            source: Source::Phone,
            reason: String::new(),
            marked_at: now.checked_sub_signed(ago)?,
            by: Some(by),
        })
    }
}

#[derive(Serialize)]
struct Answers {
    answers: Vec<Answer>,
}

/// What became of a tap.
#[derive(Serialize)]
struct Answer {
    key: String,
    person: i64,
    part: i64,
    /// What counts now.
    state: &'static str,
    /// What the marker must know, in words.
    told: Option<String>,
}

/// `POST /occasions/{occasion}/attendance/marks`: for the script.
pub async fn marks(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
    form: Form<Sent>,
) -> Result<HttpResponse, Problem> {
    let (actor, occasion, now) = (may.who, *occasion, clock::now());
    let taps: Vec<Tap> = serde_json::from_str(&form.0.marks).map_err(|_| Problem::BadRequest)?;
    if taps.len() > MOST {
        return Err(Problem::TooLarge);
    }
    let news: Option<Vec<NewMark>> = taps.into_iter().map(|tap| tap.mark(actor.id, now)).collect();
    let news = news.ok_or(Problem::BadRequest)?;
    let published = published(&store, &shelf).await?;
    let answered = blocking(move || store.write(|conn| answer(conn, &published, &actor, occasion, &news, now)));
    match answered.await? {
        Some(answers) => Ok(HttpResponse::Ok().json(Answers { answers })),
        None => Err(Problem::NotFound),
    }
}

/// None when the actor may not mark.
fn answer(
    conn: &mut Conn,
    published: &Published,
    actor: &Actor,
    occasion: i64,
    news: &[NewMark],
    now: NaiveDateTime,
) -> Result<Option<Vec<Answer>>, Refusal> {
    if roll::led(conn, actor, occasion)?.is_none() {
        return Ok(None);
    }
    let outcomes = record(conn, published, occasion, news, now)?;
    let marks = rows::marks_of(conn, occasion)?;
    let named = names(conn, &concerned(news, &outcomes))?;
    let told = news.iter().zip(&outcomes).map(|(new, outcome)| one(new, outcome, &marks, &named, actor, now));
    Ok(Some(told.collect()))
}

/// Everybody who may have to be named.
fn concerned(news: &[NewMark], outcomes: &[Outcome]) -> Vec<i64> {
    let others = outcomes.iter().filter_map(|outcome| match outcome {
        Outcome::Overtaken(other) | Outcome::Replaces(other) | Outcome::Decided(other) => other.by,
        Outcome::Counts | Outcome::Again | Outcome::Same | Outcome::Oneself => None,
    });
    others.chain(news.iter().map(|new| new.person)).collect()
}

fn one(
    new: &NewMark,
    outcome: &Outcome,
    marks: &[Mark],
    named: &HashMap<i64, String>,
    actor: &Actor,
    now: NaiveDateTime,
) -> Answer {
    let name = |id: i64| named.get(&id).map(String::as_str).unwrap_or_default();
    let by = match outcome {
        Outcome::Overtaken(other) | Outcome::Replaces(other) => other.by.map(name).unwrap_or_default(),
        _ => "",
    };
    Answer {
        key: new.key.split_once(':').map_or(new.key.as_str(), |(_, key)| key).to_owned(),
        person: new.person,
        part: new.part,
        state: state_at(marks, new.person, new.part).code(),
        told: said::told(outcome, name(new.person), by, actor.language, now),
    }
}
