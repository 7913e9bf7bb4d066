//! Everything of a draft that is not a cell: lists of entries, their forms, new ones, copies, and removal with its reach.

mod form;
mod list;
mod order;
mod removal;
mod view;

pub use form::{edit, new, put, save};
pub use list::entries;
pub use order::shift_module;
pub use removal::{confirm, remove};

use crate::curriculum::Kind;
use crate::curriculum::model::Language;
use crate::designer::drafts::desk::Sheet;
use crate::designer::drafts::problems::{Spot, name, spot};
use crate::designer::drafts::rules::said;
use crate::words;

/// The problems of an entry, by field.
fn errors_at(language: Language, sheet: &Sheet, section: &str, id: &str) -> Vec<(String, String)> {
    let own = |spot: &Spot| spot.section == section && (spot.id == id || section == "about");
    let spots = sheet.problems.iter().filter_map(|problem| Some((spot(sheet, problem).filter(own)?, problem)));
    spots.map(|(spot, problem)| (spot.field, said(language, &sheet.curriculum, problem))).collect()
}

/// Where an entry is named: what names it, and the address of that.
fn uses(language: Language, sheet: &Sheet, kind: Kind, id: &str, here: &str) -> Vec<(String, String)> {
    let mut uses = Vec::new();
    for reference in sheet.places.references.iter().filter(|used| used.kind == kind && used.name == id) {
        let Some(path) = sheet.places.path_at(&reference.place.file, reference.place.span) else { continue };
        let Some(spot) = Spot::of(path) else { continue };
        let entry = if spot.id.is_empty() { "about" } else { &spot.id };
        let used = (name(language, &sheet.curriculum, &spot), format!("{here}/edit/{}/{entry}", spot.section));
        if !uses.contains(&used) {
            uses.push(used);
        }
    }
    uses
}

/// The tab under which a section's pages stand.
fn tab(section: &str) -> &'static str {
    match section {
        "modules" => "modules",
        "doses" => "doses",
        "roles" => "roles",
        "titles" => "titles",
        "groups" => "groups",
        "programmes" => "programmes",
        _ => "areas",
    }
}

/// What a section is called.
pub fn section_name(language: Language, section: &str) -> &'static str {
    let key = match section {
        "modules" => "drafts-section-modules",
        "doses" => "drafts-section-doses",
        "roles" => "drafts-section-roles",
        "titles" => "drafts-section-titles",
        "groups" => "drafts-section-groups",
        "programmes" => "drafts-section-programmes",
        "areas" => "drafts-section-areas",
        "legs" => "drafts-section-legs",
        _ => "drafts-section-about",
    };
    words::plain(language, key).unwrap_or(key)
}
