//! The order of modules within their area: a step up or down from the list, or behind another from a module's own page.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use crate::accounts::policy::Developer;
use crate::curriculum::model::{Curriculum, Language};
use crate::designer::drafts::entries::{Place, shift};
use crate::designer::drafts::pages::{Workplace, here, problem};
use crate::designer::drafts::service;
use crate::web::{Form, May, Problem, done};

/// The form on a module's page.
#[derive(Serialize)]
pub struct OrderForm {
    action: String,
    /// Every place within the area but its own.
    places: Vec<Spot>,
}

#[derive(Serialize)]
struct Spot {
    value: String,
    /// None for the first place.
    after: Option<String>,
}

/// Steps that a module can go within its area.
#[derive(Serialize)]
pub struct Steps {
    action: String,
    up: bool,
    down: bool,
}

#[derive(Deserialize)]
pub struct MoveForm {
    revision: i64,
    /// `up`, `down`, `first` or `after.ID`.
    to: String,
}

/// `POST /designer/drafts/{draft}/move/{item}`.
pub async fn shift_module(
    may: May<Developer>,
    place: Workplace,
    path: Path<(i64, String)>,
    form: Form<MoveForm>,
) -> Result<HttpResponse, Problem> {
    let (draft, id) = path.into_inner();
    let MoveForm { revision, to } = form.0;
    let wanted = match (to.as_str(), to.strip_prefix("after.")) {
        ("up", _) => Place::Up,
        ("down", _) => Place::Down,
        ("first", _) => Place::First,
        (_, Some(other)) => Place::After(other.to_owned()),
        _ => return Err(Problem::BadRequest),
    };
    let back = match wanted {
        Place::Up | Place::Down => format!("{}/edit/modules#m-{id}", here(draft)),
        _ => format!("{}/edit/modules/{id}", here(draft)),
    };
    let ask = place.ask(&may, revision);
    let work = place
        .work(move |store, desk| service::change(store, desk, &ask, |_, seen| Some(vec![shift(seen, &id, &wanted)?])));
    work.await.map_err(problem)?;
    Ok(done(&back, "drafts-moved"))
}

fn action(draft: i64, id: &str) -> String {
    format!("{}/move/{id}", here(draft))
}

/// The ids of the modules in the same area, in their order, and the place of this one.
fn around<'a>(curriculum: &'a Curriculum, id: &str) -> Option<(Vec<&'a str>, usize)> {
    let (_, module) = curriculum.modules.iter().find(|(other, _)| other == id)?;
    let same = curriculum.modules.iter().filter(|(_, other)| other.area == module.area);
    let ids: Vec<&str> = same.map(|(id, _)| id.as_str()).collect();
    let at = ids.iter().position(|other| *other == id)?;
    Some((ids, at))
}

/// None for what is no module.
pub fn steps(curriculum: &Curriculum, draft: i64, id: &str) -> Option<Steps> {
    let (ids, at) = around(curriculum, id)?;
    Some(Steps { action: action(draft, id), up: at > 0, down: at + 1 < ids.len() })
}

/// None for what is no module, or is alone in its area.
pub fn order_form(language: Language, curriculum: &Curriculum, draft: i64, id: &str) -> Option<OrderForm> {
    let (ids, at) = around(curriculum, id)?;
    let codes = curriculum.codes();
    let title = |id: &str| {
        let title = curriculum.modules.iter().find(|(other, _)| other == id).map(|(_, m)| m.title.of(language));
        format!("{} {}", codes.get(id).map_or("", String::as_str), title.unwrap_or(id)).replace('\u{ad}', "")
    };
    let first = (at > 0).then(|| Spot { value: "first".to_owned(), after: None });
    let behind = ids.iter().enumerate().filter(|(other, _)| *other != at && other + 1 != at);
    let behind = behind.map(|(_, other)| Spot { value: format!("after.{other}"), after: Some(title(other)) });
    let places: Vec<Spot> = first.into_iter().chain(behind).collect();
    (!places.is_empty()).then(|| OrderForm { action: action(draft, id), places })
}
