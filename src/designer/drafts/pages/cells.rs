//! Changing one cell, taking back and making again, as a plain form or as JSON for the script; and what is new since.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use serde::{Deserialize, Serialize};

use super::cell_form::{CellForm, TurnForm};
use super::cell_panel::{html, panel_html, panel_of};
use super::sheet::{Looked, matrix_page};
use super::{Loaded, Workplace, here, problem};
use crate::accounts::policy::Developer;
use crate::curriculum::edit::Edit;
use crate::designer::drafts::answer::{Painted, painted};
use crate::designer::drafts::cells::edits;
use crate::designer::drafts::desk::{Desk, Open};
use crate::designer::drafts::problems::problems;
use crate::designer::drafts::service::{self, Ask, Conflict, Refused};
use crate::designer::drafts::view::Choice;
use crate::store::Store;
use crate::web::{Errors, Form, May, Problem, done, fragment, page_as};

#[derive(Debug, Deserialize)]
pub struct CellQuery {
    at: String,
}

#[derive(Debug, Deserialize)]
pub struct Since {
    since: i64,
}

/// The script's answer.
#[derive(Serialize)]
struct Answer {
    revision: i64,
    saved: String,
    undo: usize,
    redo: usize,
    #[serde(flatten)]
    painted: Painted,
    /// The list of problems, as HTML.
    problems: String,
}

/// `GET /designer/drafts/{draft}/cell?at=`: the panel alone.
pub async fn cell(may: May<Developer>, place: Workplace, query: Query<CellQuery>) -> Result<HttpResponse, Problem> {
    let loaded = place.load(&may).await?;
    let panel = panel_of(place.chrome.language, &loaded, &query.at, &Choice::default()).ok_or(Problem::NotFound)?;
    Ok(html(StatusCode::OK, panel_html(&place.chrome, &panel)?))
}

/// `POST /designer/drafts/{draft}/cells`.
pub async fn set(may: May<Developer>, place: Workplace, form: Form<CellForm>) -> Result<HttpResponse, Problem> {
    let form = form.0;
    let wish = match form.wish() {
        Ok(wish) => wish,
        Err(errors) => return told(&may, place, form, Say::Wrong(errors)).await,
    };
    let ask = place.ask(&may, form.revision);
    let outcome =
        place.work(move |store, desk| service::change(store, desk, &ask, |now, seen| edits(now, seen, &wish))).await;
    match outcome {
        Ok(_) if place.script => answer(&may, place, form.revision).await,
        Ok(_) => Ok(done(&form.back(place.draft), "drafts-set")),
        Err(Refused::Conflict(conflict)) => told(&may, place, form, Say::Conflict(conflict)).await,
        Err(refused) => Err(problem(refused)),
    }
}

/// `POST /designer/drafts/{draft}/undo`.
pub async fn take_back(may: May<Developer>, place: Workplace, form: Form<TurnForm>) -> Result<HttpResponse, Problem> {
    turn(may, place, form.0, service::take_back, "drafts-undone").await
}

/// `POST /designer/drafts/{draft}/redo`.
pub async fn make_again(may: May<Developer>, place: Workplace, form: Form<TurnForm>) -> Result<HttpResponse, Problem> {
    turn(may, place, form.0, service::make_again, "drafts-redone").await
}

/// `GET /designer/drafts/{draft}/changes?since=`: what is new since a revision; 204 when nothing is.
pub async fn changes(may: May<Developer>, place: Workplace, query: Query<Since>) -> Result<HttpResponse, Problem> {
    answer(&may, place, query.since).await
}

type Turn = fn(&Store, &Desk, &Ask) -> Result<std::sync::Arc<Open>, Refused>;

async fn turn(
    may: May<Developer>,
    place: Workplace,
    form: TurnForm,
    verb: Turn,
    said: &'static str,
) -> Result<HttpResponse, Problem> {
    let ask = place.ask(&may, form.revision);
    match place.work(move |store, desk| verb(store, desk, &ask)).await {
        Ok(_) | Err(Refused::Nothing) if place.script => answer(&may, place, form.revision).await,
        Ok(_) => Ok(done(&form.back(place.draft), said)),
        Err(Refused::Conflict(conflict)) => told(&may, place, form.into(), Say::Conflict(conflict)).await,
        Err(refused) => Err(problem(refused)),
    }
}

async fn answer(may: &May<Developer>, place: Workplace, since: i64) -> Result<HttpResponse, Problem> {
    let loaded = place.load(may).await?;
    let language = place.chrome.language;
    if loaded.open.revision == since {
        return Ok(HttpResponse::NoContent().finish());
    }
    let told = problems(language, &loaded.open.sheet, Some(&format!("{}/edit", here(place.draft))));
    let answer = Answer {
        revision: loaded.open.revision,
        saved: super::saved(language, &loaded.draft, loaded.today),
        undo: loaded.history.done.len(),
        redo: loaded.history.undone.len(),
        painted: painted(&place.desk, place.draft, since, &loaded.labels(language)),
        problems: fragment(language, "designer/problems", &told).map_err(Problem::internal)?,
    };
    Ok(HttpResponse::Ok().json(answer))
}

/// What a change that was not made has to say.
enum Say {
    Wrong(Errors),
    Conflict(Box<Conflict>),
}

/// The panel with what is wrong or in conflict: alone for the script, else within its page.
async fn told(may: &May<Developer>, place: Workplace, form: CellForm, say: Say) -> Result<HttpResponse, Problem> {
    let (loaded, language) = (place.load(may).await?, place.chrome.language);
    let (status, at) = match &say {
        Say::Wrong(_) => (StatusCode::UNPROCESSABLE_ENTITY, form.at.clone()),
        Say::Conflict(conflict) => (StatusCode::CONFLICT, cell_of(&loaded, conflict).unwrap_or(form.at.clone())),
    };
    // A conflict about something else than a cell has no panel.
    let Some(mut panel) = panel_of(language, &loaded, &at, &form.choice()) else {
        return Err(Problem::Conflict("drafts-conflict"));
    };
    match say {
        Say::Wrong(errors) => panel.wrong(form.days.as_deref(), errors),
        Say::Conflict(conflict) => panel.conflict(language, &conflict, loaded.today),
    }
    if place.script {
        return Ok(html(status, panel_html(&place.chrome, &panel)?));
    }
    let body = matrix_page(language, &loaded, &form.choice(), Looked::Told(Box::new(panel)));
    Ok(page_as(status, &place.chrome.titled(&loaded.draft.name).wide(), "designer/matrix", &body))
}

/// The place of the cell that a conflict is about: the first column that has its dose as its own.
fn cell_of(loaded: &Loaded, conflict: &Conflict) -> Option<String> {
    let Edit::Cell { dose, module, .. } = &conflict.edit else { return None };
    let columns = &loaded.open.sheet.matrix.columns;
    let column = columns.iter().find(|column| column.dose.as_ref() == Some(dose))?;
    Some(format!("{}~{module}", column.key))
}
