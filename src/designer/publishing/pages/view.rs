//! The page from which a draft is published: what is different, what it does to everybody, who gets what.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::curriculum::diff::{self, Change, What};
use crate::curriculum::has_errors;
use crate::curriculum::model::Language;
use crate::designer::consequences::pages::{Case, Kit};
use crate::designer::consequences::terms::who_code;
use crate::designer::consequences::view::{self, Line};
use crate::designer::drafts::pages::Bar;
use crate::designer::drafts::store as drafts;
use crate::store::Error;
use crate::web::Errors;
use crate::words::{Value, text};

/// What the page shows.
#[derive(Serialize)]
pub struct PublishPage {
    bar: Bar,
    /// The published version's number.
    version: String,
    revision: i64,
    /// Errors in the draft, which must go first.
    unsound: bool,
    /// "2 moduler, 1 dos": what is different; empty when nothing is.
    different: Vec<String>,
    figures: Vec<Line>,
    who: &'static str,
    grace: u32,
    /// Doses that are changed.
    doses: Vec<DoseChoice>,
    /// Modules that are no longer there.
    gone: Vec<Gone>,
    note: String,
    /// Somebody else must have approved this very revision.
    second: Option<Second>,
    errors: Errors,
}

#[derive(Serialize)]
struct DoseChoice {
    id: String,
    title: String,
    /// The choice, or empty for the usual one.
    who: &'static str,
}

#[derive(Serialize)]
struct Gone {
    id: String,
    title: String,
    options: Vec<Counts>,
}

#[derive(Serialize)]
struct Counts {
    id: String,
    title: String,
    chosen: bool,
}

/// The second pair of eyes.
#[derive(Serialize)]
pub struct Second {
    /// Those who have approved this revision.
    approved: Vec<String>,
    /// The reader may publish: somebody else has approved.
    pub enough: bool,
    /// The reader has approved.
    mine: bool,
}

/// The second pair of eyes on the draft, when the configuration asks for it.
pub fn second(kit: &Kit, case: &Case, reader: i64) -> Result<Option<Second>, Error> {
    if !kit.second_reader {
        return Ok(None);
    }
    let open = &case.loaded.open;
    let approved = kit.store.read(|conn| drafts::approvals(conn, open.draft, open.revision))?;
    Ok(Some(Second {
        enough: approved.iter().any(|(person, _)| *person != reader),
        mine: approved.iter().any(|(person, _)| *person == reader),
        approved: approved.into_iter().map(|(_, name)| name).collect(),
    }))
}

/// The page with what was typed and what is wrong with it.
pub fn page(
    language: Language,
    kit: &Kit,
    case: &Case,
    reader: i64,
    (note, errors): (String, Errors),
) -> Result<PublishPage, Error> {
    let changes = diff::between(&case.published.curriculum, case.draft());
    let figures = case.figures(kit)?;
    let lines = figures.map(|(impact, courses, _)| view::headline(language, &impact, &courses, &case.spot()));
    Ok(PublishPage {
        bar: case.loaded.bar(language, "publish"),
        version: case.published.number.clone(),
        revision: case.loaded.open.revision,
        unsound: has_errors(&case.loaded.open.sheet.problems),
        different: different(language, &changes),
        figures: lines.unwrap_or_default(),
        who: case.terms.who(),
        grace: case.terms.transition.grace_days,
        doses: doses(language, case, &changes),
        gone: gone(language, case, &changes),
        second: second(kit, case, reader)?,
        note,
        errors,
    })
}

fn doses(language: Language, case: &Case, changes: &[Change]) -> Vec<DoseChoice> {
    let changed = changes.iter().filter(|change| change.section == "doses" && change.what == What::Changed);
    let choice = |change: &Change| DoseChoice {
        who: case.terms.transition.doses.get(&change.id).map_or("", |who| who_code(*who)),
        title: case.draft().doses.get(&change.id).map_or(change.id.clone(), |dose| dose.title.of(language).to_owned()),
        id: change.id.clone(),
    };
    changed.map(choice).collect()
}

fn gone(language: Language, case: &Case, changes: &[Change]) -> Vec<Gone> {
    let removed = changes.iter().filter(|change| change.section == "modules" && change.what == What::Removed);
    let options = |old: &str| {
        let chosen = case.terms.transition.credit.get(old);
        let counts = case.draft().modules.iter().map(|(id, module)| Counts {
            chosen: chosen == Some(id),
            title: module.title.of(language).to_owned(),
            id: id.clone(),
        });
        counts.collect()
    };
    removed
        .map(|change| Gone {
            options: options(&change.id),
            title: case.published.title_of_id(&change.id, language).to_owned(),
            id: change.id.clone(),
        })
        .collect()
}

/// What is different, in numbers: "2 moduler ändrade".
fn different(language: Language, changes: &[Change]) -> Vec<String> {
    let kinds: BTreeSet<(&str, &str)> = changes.iter().map(|change| (change.section, what(change.what))).collect();
    kinds
        .into_iter()
        .map(|(section, kind)| {
            let count = changes.iter().filter(|c| c.section == section && what(c.what) == kind).count();
            let args = [("count", Value::from(count as f64)), ("section", section.into()), ("what", kind.into())];
            text(language, "consequences-different", &args)
        })
        .collect()
}

fn what(what: What) -> &'static str {
    match what {
        What::Added => "added",
        What::Removed => "removed",
        What::Changed => "changed",
    }
}
