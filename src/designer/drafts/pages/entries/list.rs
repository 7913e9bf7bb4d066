//! The list of the entries of one section, each with what is wrong with it.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Serialize;

use super::order::{Steps, steps};
use super::{errors_at, section_name, tab};
use crate::accounts::policy::Developer;
use crate::curriculum::Kind;
use crate::curriculum::model::Language;
use crate::designer::drafts::desk::Sheet;
use crate::designer::drafts::forms::{ids, kind_of};
use crate::designer::drafts::pages::{Bar, Workplace, here};
use crate::designer::drafts::problems::title;
use crate::web::{May, Problem, page};
use crate::words;

#[derive(Serialize)]
struct ListPage {
    bar: Bar,
    section: &'static str,
    /// The section as addresses name it.
    code: String,
    here: String,
    rows: Vec<Row>,
    revision: i64,
    /// Modules have an order of their own; other things are ordered by a field.
    ordered: bool,
    /// Another page of the same part: areas lead to legs and to what the curriculum is.
    beside: Vec<(String, &'static str)>,
}

#[derive(Serialize)]
struct Row {
    href: String,
    copy: String,
    code: String,
    title: String,
    id: String,
    about: String,
    wrong: Option<String>,
    /// Of a module: which ways it can go within its area.
    steps: Option<Steps>,
}

/// `GET /designer/drafts/{draft}/edit/{section}`.
pub async fn entries(
    may: May<Developer>,
    place: Workplace,
    path: Path<(i64, String)>,
) -> Result<HttpResponse, Problem> {
    let (draft, section) = path.into_inner();
    let kind = kind_of(&section).ok_or(Problem::NotFound)?;
    let (loaded, language) = (place.load(&may).await?, place.chrome.language);
    let sheet = &loaded.open.sheet;
    let row = |id: &&str| row(language, sheet, kind, id, draft);
    let body = ListPage {
        bar: loaded.bar(language, tab(&section)),
        section: section_name(language, &section),
        here: here(draft),
        revision: loaded.open.revision,
        ordered: kind == Kind::Module,
        rows: ids(&sheet.curriculum, kind).iter().map(row).collect(),
        beside: beside(language, kind, draft),
        code: section,
    };
    Ok(page(&place.chrome.titled(body.section).wide(), "designer/entries", &body))
}

/// Where the tab of areas leads besides.
fn beside(language: Language, kind: Kind, draft: i64) -> Vec<(String, &'static str)> {
    let link = |path: &str, section: &str| (format!("{}/edit/{path}", here(draft)), section_name(language, section));
    match kind {
        Kind::Area => vec![link("legs", "legs"), link("about/about", "about")],
        Kind::Leg => vec![link("areas", "areas")],
        _ => Vec::new(),
    }
}

fn row(language: Language, sheet: &Sheet, kind: Kind, id: &str, draft: i64) -> Row {
    let here = here(draft);
    let curriculum = &sheet.curriculum;
    let section = kind.section();
    let count = errors_at(language, sheet, section, id).len();
    let module = curriculum.modules.iter().find(|(other, _)| kind == Kind::Module && other == id);
    let about = match (kind, module) {
        (_, Some((_, module))) => format!("{} h", words::number(language, module.hours)),
        (Kind::Title, _) => curriculum
            .titles
            .get(id)
            .and_then(|title| curriculum.groups.get(&title.group))
            .map_or_else(String::new, |group| group.title.of(language).to_owned()),
        _ => String::new(),
    };
    Row {
        href: format!("{here}/edit/{section}/{id}"),
        copy: format!("{here}/new/{section}?from={id}"),
        code: module.and_then(|_| curriculum.codes().get(id).cloned()).unwrap_or_default(),
        title: title(curriculum, section, id).map_or(id, |title| title.of(language)).replace('\u{ad}', ""),
        id: id.to_owned(),
        about,
        steps: module.and_then(|_| steps(curriculum, draft, id)),
        wrong: (count > 0).then(|| words::text(language, "drafts-problems-here", &[("count", count.into())])),
    }
}
