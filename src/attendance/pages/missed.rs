//! What somebody has missed: days without coming, and seats that were given back late. For the person, the managers
//! above and developers.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::NaiveDateTime;
use serde::Serialize;

use super::published;
use crate::accounts::policy::{self, Actor, SignedIn};
use crate::attendance::missed::{self, Kind, Missed};
use crate::attendance::service::no_shows;
use crate::clock;
use crate::curriculum::model::Language;
use crate::occasions::rules::Rules;
use crate::occasions::store::{self as occasions, Whose};
use crate::organisation::{self, store as people};
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, May, Problem, page};
use crate::words;

#[derive(Serialize)]
struct MissedPage {
    person: i64,
    name: String,
    no_shows: usize,
    late: usize,
    /// The region's rules, in sentences.
    rules: Vec<String>,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    occasion: i64,
    title: String,
    when: String,
    icon: &'static str,
    /// The key of what was missed.
    kind: &'static str,
}

/// `GET /people/{id}/missed`.
pub async fn show(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    id: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let (actor, now) = (may.who, clock::now());
    let body = blocking(move || store.read(|conn| missed_page(conn, &published, &actor, *id, now)));
    let body = body.await?.ok_or(Problem::NotFound)?;
    Ok(page(&chrome.named("attendance-missed"), "attendance/missed", &body))
}

fn missed_page(
    conn: &mut Conn,
    published: &Published,
    actor: &Actor,
    person: i64,
    now: NaiveDateTime,
) -> Result<Option<MissedPage>, Error> {
    let Some(whose) = people::person(conn, person)? else { return Ok(None) };
    if !policy::books(actor, &organisation::subject(&*people::tree(conn)?, &whose)) {
        return Ok(None);
    }
    let mut all: Vec<Missed> = missed::late(&occasions::given_back_late(conn, Whose::Person(person))?);
    all.extend(no_shows(conn, person)?);
    let mut known: HashMap<i64, occasions::Occasion> = HashMap::new();
    for missed in &all {
        if !known.contains_key(&missed.occasion) {
            known.extend(occasions::occasion(conn, missed.occasion)?.map(|found| (found.id, found)));
        }
    }
    all.sort_by_key(|missed| std::cmp::Reverse(known.get(&missed.occasion).map(|found| found.starts_at)));
    let today = clock::day_of(now);
    let line = |missed: &Missed| {
        let occasion = known.get(&missed.occasion)?;
        let (icon, kind) = match missed.kind {
            Kind::NoShow => ("failed", "attendance-no-show"),
            Kind::LateCancellation => ("waiting", "attendance-late"),
        };
        Some(Line {
            occasion: occasion.id,
            title: published.title_of_id(&occasion.module, actor.language).into(),
            when: words::when(actor.language, occasion.starts_at, occasion.ends_at, today),
            icon,
            kind,
        })
    };
    let count = |kind: Kind| all.iter().filter(|missed| missed.kind == kind).count();
    Ok(Some(MissedPage {
        no_shows: count(Kind::NoShow),
        late: count(Kind::LateCancellation),
        rules: told(&occasions::rules(conn)?, actor.language),
        lines: all.iter().filter_map(line).collect(),
        person,
        name: whose.name,
    }))
}

/// What is late, and what follows from not coming.
fn told(rules: &Rules, language: Language) -> Vec<String> {
    let late = match rules.late_hours {
        0 => words::text(language, "attendance-rule-never-late", &[]),
        hours => words::text(language, "attendance-rule-late", &[("time", words::stretch(language, hours).into())]),
    };
    let after = match rules.no_shows {
        None => words::text(language, "attendance-rule-nothing", &[]),
        Some(times) => words::text(language, "attendance-rule-no-shows", &[("count", times.into())]),
    };
    vec![late, after]
}
