//! One cell: what it says and why, and changing it, as a plain form or as JSON for the script.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use super::sheet::{Kept, kept, matrix_page, place};
use super::{Loaded, here, load, problem};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::edit::{self, Edit, Found};
use crate::curriculum::model::{Curriculum, Language};
use crate::designer::drafts::answer::{Painted, painted};
use crate::designer::drafts::cells::{Days, Mark, Wish, edits};
use crate::designer::drafts::desk::Desk;
use crate::designer::drafts::label::Labels;
use crate::designer::drafts::problems::{problems, title};
use crate::designer::drafts::service::{self, Ask, Conflict, Refused};
use crate::designer::drafts::view::Choice;
use crate::designer::matrix::{Asked, Key};
use crate::store::{Store, blocking};
use crate::web::{Chrome, Errors, Form, May, Problem, done, fragment, page_as};
use crate::words;

/// What stands beside the matrix about one cell.
#[derive(Debug, Clone, Serialize)]
pub struct Panel {
    /// Its place: the column's key, `~`, the module's id.
    pub at: String,
    pub column: String,
    pub code: String,
    pub module: String,
    /// What it is, in one word.
    pub now: String,
    /// From where, because of what.
    pub says: Vec<String>,
    /// Who else has the same dose.
    pub shared: Option<String>,
    pub form: Option<PanelForm>,
    pub conflict: Option<Told>,
    pub errors: Errors,
}

#[derive(Debug, Clone, Serialize)]
pub struct PanelForm {
    pub here: String,
    pub revision: i64,
    pub kept: Vec<Kept>,
    pub options: Vec<Option_>,
    /// The deadline of its own, as typed.
    pub days: String,
    /// The dose's deadline; none before there is a dose.
    pub usual: Option<u32>,
    pub module: String,
    /// The dose's title and its form; none while the column has none of its own.
    pub dose: Option<(String, String)>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Option_ {
    pub value: String,
    pub label: String,
    pub checked: bool,
}

/// A conflict, in words.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// "Exempla Utvecklarsson satte Krävs tisdag 2 mars kl. 09.14."
    pub theirs: String,
    /// "Du ville sätta Av."
    pub mine: String,
    /// What the form must say to set it all the same.
    pub state: String,
}

/// What a panel with a form needs.
pub struct Filled<'a> {
    pub here: &'a str,
    pub revision: i64,
    pub kept: Vec<Kept>,
}

#[derive(Debug, Deserialize)]
pub struct CellForm {
    at: String,
    /// `off`, `required`, `recommended`, `one_of`, `one_of.N`; left out, only the deadline changes.
    #[serde(default)]
    state: Option<String>,
    /// The field `days` is there, and empty means none.
    #[serde(default)]
    dated: bool,
    #[serde(default)]
    days: Option<String>,
    revision: i64,
    #[serde(default)]
    over: bool,
    #[serde(default)]
    hide: Vec<String>,
    #[serde(default)]
    pin: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct CellQuery {
    at: String,
}

#[derive(Debug, Deserialize)]
pub struct Since {
    since: i64,
}

#[derive(Debug, Deserialize)]
pub struct TurnForm {
    revision: i64,
    #[serde(default)]
    hide: Vec<String>,
    #[serde(default)]
    pin: Vec<String>,
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
pub async fn cell(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    draft: Path<i64>,
    query: Query<CellQuery>,
) -> Result<HttpResponse, Problem> {
    let loaded = load(&store, &desk, draft.into_inner(), may.who.id).await?;
    let panel = panel_of(chrome.language, &loaded, &query.at, &Choice::default()).ok_or(Problem::NotFound)?;
    Ok(html(StatusCode::OK, panel_html(&chrome, &panel)?))
}

/// `POST /designer/drafts/{draft}/cells`.
pub async fn set(
    may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    form: Form<CellForm>,
) -> Result<HttpResponse, Problem> {
    let draft = id_of(&req)?;
    let form = form.0;
    let wish = match wish(&form) {
        Ok(wish) => wish,
        Err(errors) => return told(&req, chrome, store, desk, draft, may.who.id, form, Say::Wrong(errors)).await,
    };
    let ask = Ask { draft, by: may.who.id, now: clock::now(), seen: form.revision };
    let outcome = {
        let (store, desk, wish) = (store.clone(), desk.clone(), wish.clone());
        blocking(move || service::change(&store, &desk, &ask, |now, seen| edits(now, seen, &wish))).await
    };
    match outcome {
        Ok(_) if wants_json(&req) => answer(&chrome, store, desk, draft, may.who.id, form.revision).await,
        Ok(_) => Ok(done(&form.back(draft), "drafts-set")),
        Err(Refused::Conflict(conflict)) => {
            told(&req, chrome, store, desk, draft, may.who.id, form, Say::Conflict(conflict)).await
        }
        Err(refused) => Err(problem(refused)),
    }
}

/// `POST /designer/drafts/{draft}/undo`.
pub async fn take_back(
    may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    form: Form<TurnForm>,
) -> Result<HttpResponse, Problem> {
    turn(may.who.id, req, chrome, store, desk, form.0, service::take_back, "drafts-undone").await
}

/// `POST /designer/drafts/{draft}/redo`.
pub async fn make_again(
    may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    form: Form<TurnForm>,
) -> Result<HttpResponse, Problem> {
    turn(may.who.id, req, chrome, store, desk, form.0, service::make_again, "drafts-redone").await
}

/// `GET /designer/drafts/{draft}/changes?since=`: what is new since a revision; 204 when nothing is.
pub async fn changes(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    draft: Path<i64>,
    query: Query<Since>,
) -> Result<HttpResponse, Problem> {
    answer(&chrome, store, desk, draft.into_inner(), may.who.id, query.since).await
}

type Turn = fn(&Store, &Desk, &Ask) -> Result<std::sync::Arc<crate::designer::drafts::desk::Open>, Refused>;

#[expect(clippy::too_many_arguments, reason = "what actix hands to two handlers that differ in one verb")]
async fn turn(
    by: i64,
    req: HttpRequest,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    form: TurnForm,
    verb: Turn,
    said: &'static str,
) -> Result<HttpResponse, Problem> {
    let draft = id_of(&req)?;
    let ask = Ask { draft, by, now: clock::now(), seen: form.revision };
    let turned = {
        let (store, desk) = (store.clone(), desk.clone());
        blocking(move || verb(&store, &desk, &ask)).await
    };
    match turned {
        Ok(_) | Err(Refused::Nothing) if wants_json(&req) => {
            answer(&chrome, store, desk, draft, by, form.revision).await
        }
        Ok(_) => Ok(done(&back(draft, None, &form.hide, &form.pin), said)),
        Err(Refused::Conflict(conflict)) => {
            told(&req, chrome, store, desk, draft, by, CellForm::none(&form), Say::Conflict(conflict)).await
        }
        Err(refused) => Err(problem(refused)),
    }
}

async fn answer(
    chrome: &Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    draft: i64,
    by: i64,
    since: i64,
) -> Result<HttpResponse, Problem> {
    let loaded = load(&store, &desk, draft, by).await?;
    let language = chrome.language;
    if loaded.open.revision == since {
        return Ok(HttpResponse::NoContent().finish());
    }
    let sheet = &loaded.open.sheet;
    let labels = Labels { language, matrix: &sheet.matrix, base: &loaded.base.matrix };
    let told = problems(language, sheet, Some(&format!("{}/edit", here(draft))));
    let answer = Answer {
        revision: loaded.open.revision,
        saved: super::saved(language, &loaded.draft, loaded.today),
        undo: loaded.history.done.len(),
        redo: loaded.history.undone.len(),
        painted: painted(&desk, draft, since, &labels),
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
#[expect(clippy::too_many_arguments, reason = "what actix hands to a handler, and what to say")]
async fn told(
    req: &HttpRequest,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    draft: i64,
    by: i64,
    form: CellForm,
    say: Say,
) -> Result<HttpResponse, Problem> {
    let loaded = load(&store, &desk, draft, by).await?;
    let language = chrome.language;
    let choice = Choice::of(&form.query());
    let (status, at) = match &say {
        Say::Wrong(_) => (StatusCode::UNPROCESSABLE_ENTITY, form.at.clone()),
        Say::Conflict(conflict) => (StatusCode::CONFLICT, cell_of(&loaded, conflict).unwrap_or(form.at.clone())),
    };
    // A conflict about something else than a cell has no panel.
    let Some(mut panel) = panel_of(language, &loaded, &at, &choice) else {
        return Err(Problem::Conflict("drafts-conflict"));
    };
    match say {
        Say::Wrong(errors) => {
            if let Some(filled) = &mut panel.form {
                filled.days = form.days.clone().unwrap_or_default();
            }
            panel.errors = errors;
        }
        Say::Conflict(conflict) => panel.conflict = Some(conflict_told(language, &loaded, &conflict)),
    }
    if wants_json(req) {
        return Ok(html(status, panel_html(&chrome, &panel)?));
    }
    let body = matrix_page(language, &loaded, &form.query(), Some(panel));
    Ok(page_as(status, &chrome.titled(&loaded.draft.name).wide(), "designer/matrix", &body))
}

fn conflict_told(language: Language, loaded: &Loaded, conflict: &Conflict) -> Told {
    let (theirs, state) = match (&conflict.found, &conflict.edit) {
        (Found::Cell(cell), Edit::Cell { after, .. }) => {
            (said(language, cell), (said(language, after), state_of(after)))
        }
        _ => (String::new(), (String::new(), String::new())),
    };
    let (mine, state) = state;
    let by = conflict.by.as_deref().unwrap_or_default();
    let at = conflict.at.map(|at| words::at(language, at, loaded.today)).unwrap_or_default();
    let args = [("by", by.into()), ("at", at.into()), ("state", theirs.into())];
    Told {
        theirs: words::text(language, "drafts-conflict-theirs", &args),
        mine: words::text(language, "drafts-conflict-mine", &[("state", mine.into())]),
        state,
    }
}

/// A cell as a draft's log keeps it, in words.
fn said(language: Language, cell: &edit::Cell) -> String {
    let key = match cell.mark() {
        edit::Mark::Required => "drafts-required",
        edit::Mark::OneOf => "drafts-one-of",
        edit::Mark::Recommended => "drafts-recommended",
        edit::Mark::Off => "drafts-off",
    };
    let word = words::plain(language, key).unwrap_or_default();
    match cell.days {
        Some(days) => words::text(language, "drafts-within", &[("state", word.into()), ("days", days.into())]),
        None => word.to_owned(),
    }
}

fn state_of(cell: &edit::Cell) -> String {
    match cell.mark() {
        edit::Mark::Required => "required",
        edit::Mark::OneOf => "one_of",
        edit::Mark::Recommended => "recommended",
        edit::Mark::Off => "off",
    }
    .to_owned()
}

/// The place of the cell that a conflict is about: the first column that has its dose as its own.
fn cell_of(loaded: &Loaded, conflict: &Conflict) -> Option<String> {
    let Edit::Cell { dose, module, .. } = &conflict.edit else { return None };
    let columns = &loaded.open.sheet.matrix.columns;
    let column = columns.iter().find(|column| column.dose.as_ref() == Some(dose))?;
    Some(format!("{}~{module}", column.key))
}

fn panel_of(language: Language, loaded: &Loaded, at: &str, choice: &Choice) -> Option<Panel> {
    let sheet = &loaded.open.sheet;
    let labels = Labels { language, matrix: &sheet.matrix, base: &loaded.base.matrix };
    let here = here(loaded.draft.id);
    let form = Filled { here: &here, revision: loaded.open.revision, kept: kept(choice) };
    Some(panel(&labels, &sheet.curriculum, place(&sheet.matrix, at)?, Some(&form)))
}

/// What there is to say about a cell; with a form when it may be changed.
pub fn panel(labels: &Labels, curriculum: &Curriculum, (row, column): (usize, usize), form: Option<&Filled>) -> Panel {
    let language = labels.language;
    let (line, head, cell) =
        (&labels.matrix.rows[row], &labels.matrix.columns[column], labels.matrix.cell(row, column));
    let shared: Vec<String> = head.shared.iter().map(|key| labels.name(key)).collect();
    let shared = (!shared.is_empty())
        .then(|| words::text(language, "drafts-shared", &[("with", words::list(language, &shared).into())]));
    let dose = head.dose.as_ref().and_then(|id| Some((id, curriculum.doses.get(id)?)));
    let form = form.map(|form| PanelForm {
        here: form.here.to_owned(),
        revision: form.revision,
        kept: form.kept.clone(),
        options: options(labels, curriculum, (row, column)),
        days: cell.days.map(|days| days.to_string()).unwrap_or_default(),
        usual: dose.map(|(_, dose)| dose.within_days),
        module: format!("{}/edit/modules/{}", form.here, line.module),
        dose: dose.map(|(id, _)| {
            let title = title(curriculum, "doses", id).map(|title| title.of(language).to_owned());
            (title.unwrap_or_default(), format!("{}/edit/doses/{id}", form.here))
        }),
    });
    Panel {
        at: format!("{}~{}", head.key, line.module),
        column: labels.title(head).to_owned(),
        code: line.code.clone(),
        module: line.title.of(language).to_owned(),
        now: labels.short(row, column),
        says: labels.long(row, column),
        shared,
        form,
        conflict: None,
        errors: Errors::default(),
    }
}

fn options(labels: &Labels, curriculum: &Curriculum, (row, column): (usize, usize)) -> Vec<Option_> {
    let cell = labels.matrix.cell(row, column);
    let option = |value: &str, label: String, checked| Option_ { value: value.to_owned(), label, checked };
    let plain = |value, asked: Asked| option(value, labels.asked(asked).to_owned(), cell.own == asked);
    let mut options = vec![plain("required", Asked::Required), plain("recommended", Asked::Recommended)];
    let dose = labels.matrix.columns[column].dose.as_ref().and_then(|id| curriculum.doses.get(id));
    let module = &labels.matrix.rows[row].module;
    let mut others = 0;
    for (set, one_of) in dose.iter().flat_map(|dose| dose.one_of.iter().enumerate()) {
        let names: Vec<&str> = one_of.from.iter().filter(|id| *id != module).map(String::as_str).collect();
        let names: Vec<String> = names
            .into_iter()
            .map(|id| labels.matrix.row_of(id).map_or_else(|| id.to_owned(), |row| labels.code(row).to_owned()))
            .collect();
        let checked = matches!(cell.own, Asked::OneOf { set: own, .. } if own == set);
        // A set that holds nothing but this module comes and goes with it.
        if names.is_empty() {
            continue;
        }
        let args = [("choose", one_of.choose.into()), ("of", words::list(labels.language, &names).into())];
        options.push(option(
            &format!("one_of.{others}"),
            words::text(labels.language, "drafts-one-of-set", &args),
            checked,
        ));
        others += 1;
    }
    let alone = matches!(cell.own, Asked::OneOf { .. }) && !options.iter().any(|option| option.checked);
    options.push(option(&format!("one_of.{others}"), labels.word("drafts-one-of-new").to_owned(), alone));
    options.push(plain("off", Asked::Off));
    options
}

fn wish(form: &CellForm) -> Result<Wish, Errors> {
    let mut errors = Errors::default();
    let (column, module) = form.at.split_once('~').unwrap_or_default();
    let mark = match form.state.as_deref() {
        None => None,
        Some("off") => Some(Mark::Off),
        Some("required") => Some(Mark::Required),
        Some("recommended") => Some(Mark::Recommended),
        Some("one_of") => Some(Mark::OneOf(None)),
        Some(other) => match other.strip_prefix("one_of.").and_then(|set| set.parse().ok()) {
            Some(set) => Some(Mark::OneOf(Some(set))),
            None => {
                errors.add("state", "drafts-state-wrong");
                None
            }
        },
    };
    let days = match form.days.as_deref().map(str::trim).filter(|days| !days.is_empty()) {
        _ if !form.dated => Days::Keep,
        None => Days::Set(None),
        Some(days) => match days.parse() {
            Ok(days) if (1..=3650).contains(&days) => Days::Set(Some(days)),
            _ => {
                errors.add("days", "drafts-days-wrong");
                Days::Keep
            }
        },
    };
    let column: Key = column.parse().unwrap_or(Key::Everyone);
    errors.or(Wish { column, module: module.to_owned(), mark, days, over: form.over })
}

impl CellForm {
    fn none(form: &TurnForm) -> CellForm {
        CellForm {
            at: String::new(),
            state: None,
            dated: false,
            days: None,
            revision: form.revision,
            over: false,
            hide: form.hide.clone(),
            pin: form.pin.clone(),
        }
    }

    fn back(&self, draft: i64) -> String {
        back(draft, Some(&self.at), &self.hide, &self.pin)
    }

    fn query(&self) -> String {
        query(None, &self.hide, &self.pin)
    }
}

fn query(at: Option<&str>, hide: &[String], pin: &[String]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(at.map(|at| ("cell", at)));
    query.extend_pairs(hide.iter().map(|key| ("hide", key)));
    query.extend_pairs(pin.iter().map(|key| ("pin", key)));
    query.finish()
}

fn back(draft: i64, at: Option<&str>, hide: &[String], pin: &[String]) -> String {
    let query = query(at, hide, pin);
    if query.is_empty() { here(draft) } else { format!("{}?{query}", here(draft)) }
}

/// The draft in the address. The tuple of extractors is full where this is used.
fn id_of(req: &HttpRequest) -> Result<i64, Problem> {
    req.match_info().query("draft").parse().map_err(|_| Problem::NotFound)
}

fn wants_json(req: &HttpRequest) -> bool {
    let accept = req.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.starts_with("application/json"))
}

fn panel_html(chrome: &Chrome, panel: &Panel) -> Result<String, Problem> {
    let mut body = serde_json::to_value(panel).map_err(Problem::internal)?;
    body["@csrf"] = chrome.csrf.clone().into();
    fragment(chrome.language, "designer/cell", &body).map_err(Problem::internal)
}

fn html(status: StatusCode, body: String) -> HttpResponse {
    HttpResponse::build(status).insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8")).body(body)
}
