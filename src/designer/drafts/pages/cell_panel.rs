//! What stands beside the matrix about one cell: what it says and why, its form, and a conflict in words.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use chrono::NaiveDate;
use serde::Serialize;

use super::sheet::{Kept, kept, place};
use super::{Loaded, here};
use crate::curriculum::edit::{self, Edit, Found};
use crate::curriculum::model::{Curriculum, Dose, Language, OneOf};
use crate::designer::drafts::label::{Labels, mark_word};
use crate::designer::drafts::service::Conflict;
use crate::designer::drafts::view::Choice;
use crate::designer::graph::in_words;
use crate::designer::matrix::Asked;
use crate::engine::metrics::Figures;
use crate::web::{Chrome, Errors, Problem, fragment};
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
    /// What the module holds up; none while that cannot be said.
    pub holds: Option<Holds>,
    pub form: Option<PanelForm>,
    pub conflict: Option<Told>,
    pub errors: Errors,
}

/// How much hangs on a module.
#[derive(Debug, Clone, Serialize)]
pub struct Holds {
    /// "Håller tillbaka 11 andra. Den längsta kedjan genom den har 6 moduler."
    pub says: String,
    /// The figures of Curricular Analytics, each with its name.
    pub figures: Vec<(&'static str, String)>,
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

/// The panel of a draft's cell; none when there is no such cell.
pub fn panel_of(language: Language, loaded: &Loaded, at: &str, choice: &Choice) -> Option<Panel> {
    let (sheet, here) = (&loaded.open.sheet, here(loaded.draft.id));
    let form = Filled { here: &here, revision: loaded.open.revision, kept: kept(choice) };
    Some(panel(&loaded.labels(language), &sheet.curriculum, place(&sheet.matrix, at)?, Some(&form)))
}

/// What there is to say about a cell; with a form when it may be changed.
pub fn panel(labels: &Labels, curriculum: &Curriculum, at: (usize, usize), form: Option<&Filled>) -> Panel {
    let (line, head) = (&labels.matrix.rows[at.0], &labels.matrix.columns[at.1]);
    Panel {
        at: format!("{}~{}", head.key, line.module),
        column: labels.title(head).to_owned(),
        code: line.code.clone(),
        module: line.title.of(labels.language).to_owned(),
        now: labels.short(at.0, at.1),
        says: labels.long(at.0, at.1),
        shared: labels.shared(head),
        holds: line.figures.as_ref().map(|figures| holds(labels, figures)),
        form: form.map(|form| filled(labels, curriculum, at, form)),
        conflict: None,
        errors: Errors::default(),
    }
}

fn holds(labels: &Labels, figures: &Figures) -> Holds {
    let number = |of: u64| words::number(labels.language, of as f64);
    Holds {
        says: in_words(labels.language, figures),
        figures: vec![
            (labels.word("drafts-blocking"), number(figures.blocking.into())),
            (labels.word("drafts-delay"), number(figures.delay.into())),
            (labels.word("drafts-centrality"), number(figures.centrality)),
            (labels.word("drafts-complexity"), number(figures.complexity.into())),
        ],
    }
}

fn filled(labels: &Labels, curriculum: &Curriculum, (row, column): (usize, usize), form: &Filled) -> PanelForm {
    let dose = labels.matrix.columns[column].dose.as_ref();
    let dose = dose.and_then(|id| Some((id, curriculum.doses.get(id)?)));
    let own = labels.matrix.cell(row, column).days;
    PanelForm {
        here: form.here.to_owned(),
        revision: form.revision,
        kept: form.kept.clone(),
        options: options(labels, dose.map(|(_, dose)| dose), (row, column)),
        days: own.map(|days| days.to_string()).unwrap_or_default(),
        usual: dose.map(|(_, dose)| dose.within_days),
        module: format!("{}/edit/modules/{}", form.here, labels.matrix.rows[row].module),
        dose: dose
            .map(|(id, dose)| (dose.title.of(labels.language).to_owned(), format!("{}/edit/doses/{id}", form.here))),
    }
}

fn options(labels: &Labels, dose: Option<&Dose>, (row, column): (usize, usize)) -> Vec<Option_> {
    let cell = labels.matrix.cell(row, column);
    let option = |value: &str, label: String, checked| Option_ { value: value.to_owned(), label, checked };
    let plain = |value, asked: Asked| option(value, labels.asked(asked).to_owned(), cell.own == asked);
    let mut options = vec![plain("required", Asked::Required), plain("recommended", Asked::Recommended)];
    let sets = dose.map(|dose| sets(labels, dose, row)).unwrap_or_default();
    let next = format!("one_of.{}", sets.len());
    for (others, (set, label)) in sets.into_iter().enumerate() {
        let checked = matches!(cell.own, Asked::OneOf { set: own, .. } if own == set);
        options.push(option(&format!("one_of.{others}"), label, checked));
    }
    let alone = matches!(cell.own, Asked::OneOf { .. }) && !options.iter().any(|option| option.checked);
    options.push(option(&next, labels.word("drafts-one-of-new").to_owned(), alone));
    options.push(plain("off", Asked::Off));
    options
}

/// The sets to choose from that the dose has without this module, each with its place and "1 av M3 och V1". A set that
/// holds nothing but this module comes and goes with it.
fn sets(labels: &Labels, dose: &Dose, row: usize) -> Vec<(usize, String)> {
    let module = &labels.matrix.rows[row].module;
    let code = |id: &String| labels.matrix.row_of(id).map_or_else(|| id.clone(), |row| labels.code(row).to_owned());
    let told = |(set, one_of): (usize, &OneOf)| {
        let names: Vec<String> = one_of.from.iter().filter(|id| *id != module).map(code).collect();
        let args = [("choose", one_of.choose.into()), ("of", words::list(labels.language, &names).into())];
        (!names.is_empty()).then(|| (set, words::text(labels.language, "drafts-one-of-set", &args)))
    };
    dose.one_of.iter().enumerate().filter_map(told).collect()
}

impl Panel {
    /// What was sent, and what is wrong with it.
    pub fn wrong(&mut self, days: Option<&str>, errors: Errors) {
        if let Some(form) = &mut self.form {
            form.days = days.unwrap_or_default().to_owned();
        }
        self.errors = errors;
    }

    /// Somebody else has changed the cell meanwhile.
    pub fn conflict(&mut self, language: Language, conflict: &Conflict, today: NaiveDate) {
        let (theirs, mine, state) = match (&conflict.found, &conflict.edit) {
            (Found::Cell(found), Edit::Cell { after, .. }) => {
                (said(language, found), said(language, after), state_of(after).to_owned())
            }
            _ => Default::default(),
        };
        let by = conflict.by.as_deref().unwrap_or_default();
        let at = conflict.at.map(|at| words::at(language, at, today)).unwrap_or_default();
        let args = [("by", by.into()), ("at", at.into()), ("state", theirs.into())];
        self.conflict = Some(Told {
            theirs: words::text(language, "drafts-conflict-theirs", &args),
            mine: words::text(language, "drafts-conflict-mine", &[("state", mine.into())]),
            state,
        });
    }
}

/// A cell as a draft's log keeps it, in words.
fn said(language: Language, cell: &edit::Cell) -> String {
    let word = mark_word(language, cell.mark());
    match cell.days {
        Some(days) => words::text(language, "drafts-within", &[("state", word.into()), ("days", days.into())]),
        None => word.to_owned(),
    }
}

fn state_of(cell: &edit::Cell) -> &'static str {
    match cell.mark() {
        edit::Mark::Required => "required",
        edit::Mark::OneOf => "one_of",
        edit::Mark::Recommended => "recommended",
        edit::Mark::Off => "off",
    }
}

/// The panel alone, for the script.
pub fn panel_html(chrome: &Chrome, panel: &Panel) -> Result<String, Problem> {
    let mut body = serde_json::to_value(panel).map_err(Problem::internal)?;
    body["@csrf"] = chrome.csrf.clone().into();
    fragment(chrome.language, "designer/cell", &body).map_err(Problem::internal)
}

pub fn html(status: StatusCode, body: String) -> HttpResponse {
    HttpResponse::build(status).insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8")).body(body)
}
