//! The matrix of a draft, and of the published version, which is the same page without anything to change.

use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::cell_panel::{Panel, panel, panel_of};
use super::{Bar, Loaded, Workplace};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::model::Language;
use crate::designer::consequences::pages::{Beside, Kit, beside};
use crate::designer::drafts::desk::{Desk, Sheet};
use crate::designer::drafts::label::Labels;
use crate::designer::drafts::problems::{Problems, problems};
use crate::designer::drafts::view::{Choice, Table, table};
use crate::designer::matrix::{Key, Matrix};
use crate::store::{Error, Store, blocking};
use crate::versions::store as versions;
use crate::web::{Chrome, May, Problem, page};
use crate::words;

#[derive(Serialize)]
pub struct MatrixPage {
    /// None for the published version.
    bar: Option<Bar>,
    /// The published version's number.
    version: Option<String>,
    here: String,
    revision: i64,
    /// How many changes can be taken back, and made again.
    undo: usize,
    redo: usize,
    table: Table,
    /// What the choice of columns keeps in every form that leads back here.
    kept: Vec<Kept>,
    panel: Option<Panel>,
    problems: Problems,
    keys: Keys,
    /// What the draft does to everybody; none where the script asks for it.
    beside: Option<Beside>,
}

/// A hidden field.
#[derive(Debug, Clone, Serialize)]
pub struct Kept {
    pub name: &'static str,
    pub value: String,
}

/// The letters of the signs, which are also keys.
#[derive(Serialize)]
pub struct Keys {
    pub required: &'static str,
    pub recommended: &'static str,
    pub one_of: &'static str,
    pub inherited: &'static str,
    pub follows: &'static str,
}

/// `GET /designer/drafts/{draft}`; `cell` is the one that is looked at, `hide` and `pin` are columns.
pub async fn show(may: May<Developer>, place: Workplace, kit: Data<Kit>) -> Result<HttpResponse, Problem> {
    let (draft, by, language) = (place.draft, may.who.id, place.chrome.language);
    let loaded = place.load(&may).await?;
    let mut body = matrix_page(language, &loaded, &Choice::of(&place.query), Looked::At(asked_cell(&place.query)));
    body.beside = blocking(move || beside(&kit, draft, by, language)).await?;
    Ok(page(&place.chrome.titled(&loaded.draft.name).wide(), "designer/matrix", &body))
}

/// The address of the published version's matrix.
const PUBLISHED: &str = "/designer/published";

/// `GET /designer/published`.
pub async fn published(
    _may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
) -> Result<HttpResponse, Problem> {
    let today = clock::today();
    let found = blocking(move || {
        store.read(|conn| {
            let Some(id) = versions::newest_id(conn)? else { return Ok::<_, Error>(None) };
            let number = versions::numbers(conn)?.pop().unwrap_or_default();
            Ok(desk.version(conn, id, today)?.map(|sheet| (number, sheet)))
        })
    });
    let (number, sheet): (String, Arc<Sheet>) = found.await?.ok_or(Problem::NotFound)?;
    let language = chrome.language;
    let labels = Labels { language, matrix: &sheet.matrix, base: &sheet.matrix };
    let choice = Choice::of(req.query_string());
    let at = asked_cell(req.query_string());
    let picked = at.as_ref().and_then(|at| place(&sheet.matrix, at));
    let body = MatrixPage {
        bar: None,
        version: Some(number),
        here: PUBLISHED.to_owned(),
        revision: 0,
        undo: 0,
        redo: 0,
        table: table(&labels, &choice, PUBLISHED, picked),
        kept: kept(&choice),
        panel: picked.map(|picked| panel(&labels, &sheet.curriculum, picked, None)),
        problems: problems(language, &sheet, None),
        keys: keys(language),
        beside: None,
    };
    Ok(page(&chrome.named("drafts-published").wide(), "designer/matrix", &body))
}

/// The cell that is looked at.
pub enum Looked {
    /// Its place, if any.
    At(Option<String>),
    /// Its panel, which has something to tell about a change.
    Told(Box<Panel>),
}

/// The page of a draft.
pub fn matrix_page(language: Language, loaded: &Loaded, choice: &Choice, looked: Looked) -> MatrixPage {
    let sheet = &loaded.open.sheet;
    let panel = match looked {
        Looked::At(at) => at.and_then(|at| panel_of(language, loaded, &at, choice)),
        Looked::Told(panel) => Some(*panel),
    };
    let picked = panel.as_ref().and_then(|panel| place(&sheet.matrix, &panel.at));
    let bar = loaded.bar(language, "matrix");
    let here = bar.here.clone();
    MatrixPage {
        problems: problems(language, sheet, Some(&format!("{here}/edit"))),
        bar: Some(bar),
        version: None,
        revision: loaded.open.revision,
        undo: loaded.history.done.len(),
        redo: loaded.history.undone.len(),
        table: table(&loaded.labels(language), choice, &here, picked),
        kept: kept(choice),
        panel,
        keys: keys(language),
        beside: None,
        here,
    }
}

/// A cell's place as it is written: the column's key, `~`, the module's id.
pub fn place(matrix: &Matrix, at: &str) -> Option<(usize, usize)> {
    let (key, module) = at.split_once('~')?;
    Some((matrix.row_of(module)?, matrix.column_of(&key.parse::<Key>().ok()?)?))
}

fn asked_cell(query: &str) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, _)| name == "cell").map(|(_, value)| value.into_owned())
}

pub fn kept(choice: &Choice) -> Vec<Kept> {
    choice.pairs().into_iter().map(|(name, value)| Kept { name, value }).collect()
}

fn keys(language: Language) -> Keys {
    let letter = |key| words::plain(language, key).unwrap_or_default();
    Keys {
        required: letter("drafts-letter-required"),
        recommended: letter("drafts-letter-recommended"),
        one_of: letter("drafts-letter-one-of"),
        inherited: letter("drafts-letter-inherited"),
        follows: letter("drafts-letter-follows"),
    }
}
