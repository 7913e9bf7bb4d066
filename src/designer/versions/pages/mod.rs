//! Pages of published versions: when, who, why, what it meant for people, and what differs between two.

mod one;

pub use one::{files, one};

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use serde::{Deserialize, Serialize};

use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::model::{Curriculum, Language};
use crate::designer::differences::{Differences, differences};
use crate::designer::drafts::desk::Desk;
use crate::engine::{Transition, Who};
use crate::organisation::store as people;
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::store::{self as rows, Told};
use crate::web::{Chrome, May, Problem, page};
use crate::words::{self, Value, text};

#[derive(Serialize)]
struct ListPage {
    versions: Vec<Row>,
    /// There are two that could be compared.
    several: bool,
    options: Vec<Choice>,
    from: String,
    to: String,
}

#[derive(Serialize)]
struct Row {
    number: String,
    /// The newest one.
    now: bool,
    when: String,
    by: String,
    note: String,
    /// What it meant for people, in sentences; empty for the first.
    means: Vec<String>,
    /// The page of this one.
    href: String,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    label: String,
}

#[derive(Serialize)]
struct ComparePage {
    from: String,
    to: String,
    options: Vec<Choice>,
    differences: Differences,
}

#[derive(Debug, Deserialize)]
pub struct Two {
    from: String,
    to: String,
}

/// `GET /designer/versions`.
pub async fn list(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
) -> Result<HttpResponse, Problem> {
    let language = chrome.language;
    let body = blocking(move || store.read(|conn| list_page(conn, &desk, language))).await?;
    Ok(page(&chrome.named("versions-title"), "designer/versions", &body))
}

fn list_page(conn: &mut Conn, desk: &Desk, language: Language) -> Result<ListPage, Error> {
    let told = rows::all(conn)?;
    let authors: Vec<i64> = told.iter().filter_map(|version| version.by).collect();
    let names: HashMap<i64, String> =
        people::people_by_id(conn, &authors)?.into_iter().map(|person| (person.id, person.name)).collect();
    let today = clock::today();
    let mut versions = Vec::new();
    for (at, version) in told.iter().enumerate() {
        let sheet = desk.version(conn, version.id, today)?;
        let means = match (&sheet, at > 0) {
            (Some(sheet), true) => means(language, &version.transition, &sheet.curriculum),
            _ => vec![text(language, "versions-first", &[])],
        };
        versions.push(Row {
            number: version.number.clone(),
            now: at + 1 == told.len(),
            when: words::at(language, version.at, today),
            by: version.by.and_then(|by| names.get(&by).cloned()).unwrap_or_default(),
            note: version.note.clone(),
            means,
            href: format!("/designer/versions/{}", version.number),
        });
    }
    versions.reverse();
    let number = |back: usize| versions.get(back).map(|row| row.number.clone()).unwrap_or_default();
    let (from, to) = (number(1), number(0));
    Ok(ListPage { several: versions.len() > 1, options: options(&told), from, to, versions })
}

fn options(told: &[Told]) -> Vec<Choice> {
    told.iter().rev().map(|version| Choice { value: version.number.clone(), label: version.number.clone() }).collect()
}

/// What a transition meant, in sentences.
fn means(language: Language, transition: &Transition, curriculum: &Curriculum) -> Vec<String> {
    let usual = match transition.default {
        Who::Everyone => "versions-means-everyone",
        Who::NotStarted => "versions-means-not-started",
        Who::NewAssignments => "versions-means-new",
    };
    let mut told = vec![text(language, usual, &[])];
    for (dose, who) in &transition.doses {
        let title = curriculum.doses.get(dose).map_or(dose.as_str(), |dose| dose.title.of(language));
        let key = match who {
            Who::Everyone => "versions-dose-everyone",
            Who::NotStarted => "versions-dose-not-started",
            Who::NewAssignments => "versions-dose-new",
        };
        told.push(text(language, key, &[("dose", title.into())]));
    }
    told.push(text(language, "versions-grace", &[("days", Value::from(transition.grace_days))]));
    for (old, new) in &transition.credit {
        let found = curriculum.modules.iter().find(|(id, _)| id == new);
        let title = found.map_or(new.as_str(), |(_, module)| module.title.of(language));
        told.push(text(language, "versions-credit", &[("old", old.as_str().into()), ("new", title.into())]));
    }
    told
}

/// `GET /designer/versions/compare?from=2026.1&to=2026.2`.
pub async fn compare(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    two: Query<Two>,
) -> Result<HttpResponse, Problem> {
    let (language, Two { from, to }) = (chrome.language, two.into_inner());
    let body = blocking(move || {
        store.read(|conn| {
            let told = rows::all(conn)?;
            let id = |number: &str| told.iter().find(|version| version.number == number).map(|version| version.id);
            let Some((old, new)) = id(&from).zip(id(&to)) else { return Ok::<_, Error>(None) };
            let today = clock::today();
            let Some(old) = desk.version(conn, old, today)? else { return Ok(None) };
            let Some(new) = desk.version(conn, new, today)? else { return Ok(None) };
            Ok(Some(ComparePage {
                differences: differences(language, &old.curriculum, &new.curriculum, &|_, _| None),
                options: options(&told),
                from: from.clone(),
                to: to.clone(),
            }))
        })
    });
    let body = body.await?.ok_or(Problem::NotFound)?;
    Ok(page(&chrome.named("versions-title").wide(), "designer/compare", &body))
}
