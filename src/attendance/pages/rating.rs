//! Rating oneself on what a module should lead to, before and after, and what several people said together.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Serialize;

use super::published;
use crate::accounts::policy::{Actor, SignedIn};
use crate::attendance::rating::{self, Moment, Rated};
use crate::attendance::{service, store as rows};
use crate::clock;
use crate::curriculum::model::Language;
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Problem, done, invalid, page};
use crate::words;

#[derive(Serialize)]
struct RatingPage {
    id: String,
    code: String,
    title: String,
    area: &'static str,
    /// The reader has been there, and rates how it is afterwards.
    after: bool,
    outcomes: Vec<Outcome>,
    /// Something has been rated, or the reader designs the curriculum.
    told: bool,
    errors: Errors,
}

#[derive(Serialize)]
struct Outcome {
    /// The name of its field.
    field: String,
    text: String,
    marks: Vec<Choice>,
    before: Option<i32>,
    after: Option<i32>,
    /// What has become of it, in words.
    change: String,
    /// What several people said, in words.
    together: Option<String>,
    /// The reader has rated it.
    rated: bool,
}

#[derive(Serialize)]
struct Choice {
    value: i32,
    chosen: bool,
}

/// `GET /curriculum/modules/{id}/rating`.
pub async fn show(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    module: Path<String>,
) -> Result<HttpResponse, Problem> {
    let body = load(&store, &shelf, may.who, module.into_inner()).await?;
    Ok(page(&chrome.titled(format!("{} {}", body.code, body.title)), "attendance/rating", &body))
}

async fn load(store: &Data<Store>, shelf: &Data<Shelf>, actor: Actor, module: String) -> Result<RatingPage, Problem> {
    let published = published(store, shelf).await?;
    let store = store.clone();
    let body = blocking(move || store.read(|conn| rating_page(conn, &published, &actor, &module)));
    body.await?.ok_or(Problem::NotFound)
}

fn rating_page(
    conn: &mut Conn,
    published: &Published,
    actor: &Actor,
    module: &str,
) -> Result<Option<RatingPage>, Error> {
    let Some((index, written)) = published.module_by_id(module) else { return Ok(None) };
    let moment = service::moment(conn, published, actor.id, module, clock::now())?;
    let mine = rows::ratings(conn, module, Some(actor.id))?;
    let all = if actor.hats.developer { rows::ratings(conn, module, None)? } else { Vec::new() };
    let outcomes = written.outcomes.iter().enumerate().map(|(at, outcome)| {
        let key = rating::outcome(&outcome.sv);
        let said = |moment: Moment| {
            let found = mine.iter().find(|rated| rated.moment == moment && rated.outcome == key);
            found.map(|rated| rated.rating)
        };
        let now = said(moment);
        Outcome {
            field: format!("o{at}"),
            text: outcome.of(actor.language).to_owned(),
            marks: (1..=5).map(|value| Choice { value, chosen: now == Some(value) }).collect(),
            before: said(Moment::Before),
            after: said(Moment::After),
            rated: said(Moment::Before).or(said(Moment::After)).is_some(),
            change: change(said(Moment::Before), said(Moment::After), actor.language),
            together: actor.hats.developer.then(|| together(&all, &key, actor.language)),
        }
    });
    Ok(Some(RatingPage {
        id: module.to_owned(),
        code: published.code(index).to_owned(),
        title: written.title.of(actor.language).to_owned(),
        area: published.colour(index),
        after: moment == Moment::After,
        outcomes: outcomes.collect(),
        told: actor.hats.developer || !mine.is_empty(),
        errors: Errors::default(),
    }))
}

fn change(before: Option<i32>, after: Option<i32>, language: Language) -> String {
    let Some((before, after)) = before.zip(after) else { return String::new() };
    let key = match after - before {
        0 => "attendance-rating-same",
        up if up > 0 => "attendance-rating-up",
        _ => "attendance-rating-down",
    };
    words::text(language, key, &[("before", before.into()), ("after", after.into())])
}

fn together(all: &[Rated], key: &str, language: Language) -> String {
    match rating::together(all, key) {
        None => words::text(language, "attendance-rating-few", &[("fewest", rating::FEWEST.into())]),
        Some(told) => {
            let tenth = |mean: f64| (mean * 10.0).round() / 10.0;
            let args = [
                ("people", told.people.into()),
                ("before", tenth(told.before).into()),
                ("after", tenth(told.after).into()),
            ];
            words::text(language, "attendance-rating-together", &args)
        }
    }
}

/// `POST /curriculum/modules/{id}/rating`: a field for each outcome, by its place.
pub async fn rate(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    module: Path<String>,
    form: Form<HashMap<String, String>>,
) -> Result<HttpResponse, Problem> {
    let (actor, module, form) = (may.who, module.into_inner(), form.0);
    let mut body = load(&store, &shelf, actor.clone(), module.clone()).await?;
    let known = |field: &String| body.outcomes.iter().any(|outcome| outcome.field == *field);
    let sound = |value: &String| value.parse::<i32>().is_ok_and(|value| (1..=5).contains(&value));
    if !form.iter().all(|(field, value)| known(field) && sound(value)) {
        return Err(Problem::BadRequest);
    }
    if form.is_empty() {
        body.errors.add("rating", "attendance-rating-missing");
        return Ok(invalid(&chrome.titled(body.title.clone()), "attendance/rating", &body));
    }
    let published = published(&store, &shelf).await?;
    let path = format!("/curriculum/modules/{module}/rating");
    let ratings =
        form.iter().filter_map(|(field, value)| Some((field[1..].parse().ok()?, value.parse().ok()?))).collect();
    blocking(move || service::rate(&store, &published, actor.id, &module, &ratings, clock::now())).await?;
    Ok(done(&path, "attendance-rating-saved"))
}
