//! Removing an entry: what hangs on it is said before anything is done.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Serialize;

use super::{section_name, tab, uses};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::Kind;
use crate::curriculum::model::Language;
use crate::designer::drafts::desk::Sheet;
use crate::designer::drafts::forms::kind_of;
use crate::designer::drafts::pages::list::Nothing;
use crate::designer::drafts::pages::{Bar, Workplace, here, problem};
use crate::designer::drafts::problems::title;
use crate::designer::drafts::service;
use crate::designer::drafts::{entries as values, store as rows};
use crate::designer::matrix::{Column, Holders, Key};
use crate::store::Error;
use crate::web::{Form, May, Problem, done, page};
use crate::words;

#[derive(Serialize)]
struct RemovePage {
    bar: Bar,
    section: &'static str,
    title: String,
    action: String,
    back: String,
    /// What hangs on it among people, in sentences with their numbers.
    reach: Vec<String>,
    uses: Vec<(String, String)>,
    revision: i64,
}

/// `GET /designer/drafts/{draft}/remove/{section}/{id}`: what hangs on it, before anything is done.
pub async fn confirm(
    may: May<Developer>,
    place: Workplace,
    path: Path<(i64, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (draft, section, id) = path.into_inner();
    let kind = kind_of(&section).ok_or(Problem::NotFound)?;
    let (loaded, language) = (place.load(&may).await?, place.chrome.language);
    let sheet = &loaded.open.sheet;
    let title = title(&sheet.curriculum, &section, &id).ok_or(Problem::NotFound)?.of(language).to_owned();
    let (today, now, module) = (loaded.today, clock::now(), id.clone());
    let counted = place.work(move |store, desk| {
        store.read(|conn| {
            let booked = if kind == Kind::Module { rows::booked(conn, &module, now)? } else { 0 };
            Ok::<_, Error>((desk.holders(conn, today)?, booked))
        })
    });
    let (holders, booked) = counted.await?;
    let body = RemovePage {
        bar: loaded.bar(language, tab(&section)),
        section: section_name(language, &section),
        action: format!("{}/remove/{section}/{id}", here(draft)),
        back: format!("{}/edit/{section}/{id}", here(draft)),
        reach: reach(language, sheet, &holders, booked, (kind, &id)),
        uses: uses(language, sheet, kind, &id, &here(draft)),
        revision: loaded.open.revision,
        title,
    };
    Ok(page(&place.chrome.named("drafts-remove"), "designer/remove", &body))
}

/// `POST /designer/drafts/{draft}/remove/{section}/{id}`.
pub async fn remove(
    may: May<Developer>,
    place: Workplace,
    path: Path<(i64, String, String)>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let (draft, section, id) = path.into_inner();
    let ask = place.ask(&may, i64::MAX);
    let list = format!("{}/edit/{section}", here(draft));
    let work =
        place.work(move |store, desk| service::change(store, desk, &ask, |now, _| values::remove(now, &section, &id)));
    work.await.map_err(problem)?;
    Ok(done(&list, "drafts-removed"))
}

/// What hangs on an entry among people.
fn reach(language: Language, sheet: &Sheet, holders: &Holders, booked: i64, (kind, id): (Kind, &str)) -> Vec<String> {
    let said = |key, people: i64| words::text(language, key, &[("people", people.into())]);
    let held = |key: Key| i64::from(holders.of(&key));
    let matrix = &sheet.matrix;
    match kind {
        Kind::Title => vec![said("drafts-reach-title", held(Key::Title(id.to_owned())))],
        Kind::Role => vec![said("drafts-reach-role", held(Key::Role(id.to_owned())))],
        Kind::Group => {
            let within = sheet.curriculum.titles.iter().filter(|(_, title)| title.group == id);
            let people = within.map(|(title, _)| held(Key::Title(title.clone()))).sum();
            vec![said("drafts-reach-group", people)]
        }
        Kind::Module => {
            let asked = matrix.row_of(id).map_or(0, |row| i64::from(matrix.rows[row].people));
            vec![said("drafts-reach-module", asked), said("drafts-reach-booked", booked)]
        }
        Kind::Dose => {
            let whose = |column: &&Column| column.dose.as_deref() == Some(id);
            let people = matrix.columns.iter().filter(whose).map(|column| held(column.key.clone())).sum();
            vec![said("drafts-reach-dose", people)]
        }
        _ => Vec::new(),
    }
}
