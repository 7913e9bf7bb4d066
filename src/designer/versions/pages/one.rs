//! One published version by itself: when, who, why, what it meant for people, what is other than before, and its files.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde::Serialize;

use super::{Choice, means, options};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::model::Language;
use crate::designer::consequences::view::{self, Line};
use crate::designer::differences::{Differences, differences};
use crate::designer::drafts::desk::{Desk, Sheet};
use crate::designer::effect::Effect;
use crate::designer::versions::archive::zip;
use crate::organisation::store as people;
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::store::{self as rows, Told};
use crate::web::{Chrome, May, Problem, page};
use crate::words;

#[derive(Serialize)]
struct OnePage {
    number: String,
    /// The newest one.
    now: bool,
    when: String,
    by: String,
    note: String,
    /// What it meant for people, in sentences.
    means: Vec<String>,
    /// What it did to everybody then; none where that was not kept.
    effect: Option<EffectView>,
    /// The version before; none for the first.
    before: Option<String>,
    after: Option<String>,
    differences: Option<Differences>,
    /// Others to compare with, the one before chosen.
    others: Vec<Choice>,
    modules: usize,
    hours: String,
}

#[derive(Serialize)]
struct EffectView {
    people: u32,
    figures: Vec<Line>,
}

/// `GET /designer/versions/{number}`.
pub async fn one(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    number: Path<String>,
) -> Result<HttpResponse, Problem> {
    let language = chrome.language;
    let body = blocking(move || store.read(|conn| one_page(conn, &desk, language, &number))).await?;
    let body = body.ok_or(Problem::NotFound)?;
    let title = words::text(language, "versions-one", &[("number", body.number.as_str().into())]);
    Ok(page(&chrome.titled(title).wide(), "designer/version", &body))
}

fn one_page(conn: &mut Conn, desk: &Desk, language: Language, number: &str) -> Result<Option<OnePage>, Error> {
    let told = rows::all(conn)?;
    let Some(at) = told.iter().position(|version| version.number == number) else { return Ok(None) };
    let (version, today) = (&told[at], clock::today());
    let before = at.checked_sub(1).map(|before| &told[before]);
    let Some(sheet) = desk.version(conn, version.id, today)? else { return Ok(None) };
    let old = before.map(|before| desk.version(conn, before.id, today)).transpose()?.flatten();
    let differs = |old: &Sheet| differences(language, &old.curriculum, &sheet.curriculum, &|_, _| None);
    let means = match before {
        Some(_) => means(language, &version.transition, &sheet.curriculum),
        None => vec![words::text(language, "versions-first", &[])],
    };
    let by = people::people_by_id(conn, version.by.as_slice())?.pop();
    let hours = sheet.curriculum.modules.iter().map(|(_, module)| module.hours).sum();
    Ok(Some(OnePage {
        number: version.number.clone(),
        now: at + 1 == told.len(),
        when: words::at(language, version.at, today),
        by: by.map(|person| person.name).unwrap_or_default(),
        note: version.note.clone(),
        means,
        effect: effect(language, version),
        before: before.map(|before| before.number.clone()),
        after: told.get(at + 1).map(|after| after.number.clone()),
        differences: old.as_deref().map(differs),
        others: options(&told).into_iter().filter(|other| other.value != number).collect(),
        modules: sheet.curriculum.modules.len(),
        hours: words::number(language, hours),
    }))
}

/// What was kept of it; an older program may have kept something else, which is then not told.
fn effect(language: Language, version: &Told) -> Option<EffectView> {
    let effect: Effect = serde_json::from_str(version.effect.as_deref()?).ok()?;
    Some(EffectView { people: effect.people, figures: view::sentences(language, &effect, |_| None) })
}

/// `GET /designer/versions/{number}.zip`: the files as they were published.
pub async fn files(_may: May<Developer>, store: Data<Store>, number: Path<String>) -> Result<HttpResponse, Problem> {
    let version = blocking(move || store.read(|conn| rows::numbered(conn, &number))).await?.ok_or(Problem::NotFound)?;
    let files = version.sources.files.iter().map(|file| (file.name.as_str(), file.text.as_str()));
    let name = format!("attachment; filename=\"varjedag-{}.zip\"", version.told.number);
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/zip"))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(zip(files, version.told.at)))
}
