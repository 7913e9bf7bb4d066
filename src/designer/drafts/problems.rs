//! What `varjedag check` would say about a draft, told where it can be mended: with the thing and the field it is about.

use serde::Serialize;

use super::desk::Sheet;
use super::rules::said;
use crate::curriculum::model::{Curriculum, Language, Text};
use crate::curriculum::rules::Severity;
use crate::words;

/// All problems of a draft.
#[derive(Debug, Serialize)]
pub struct Problems {
    /// "2 fel och 1 varning".
    pub count: String,
    pub list: Vec<Told>,
    /// More than are shown.
    pub more: usize,
}

/// One problem.
#[derive(Debug, Serialize)]
pub struct Told {
    pub severe: bool,
    /// What it is about, such as "Styrdiagram, bygger på".
    pub about: String,
    /// Where it can be mended; none when no form shows it.
    pub href: Option<String>,
    /// What is wrong, in the reader's language.
    pub text: String,
}

/// Where in the curriculum a problem stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub section: String,
    /// Empty for the section `about`.
    pub id: String,
    /// The field and what is within it, such as `meetings.0.month`; empty for the whole entry.
    pub field: String,
}

const MOST: usize = 30;

/// The problems of `sheet`; `edit` is the address of its forms, followed by section and id.
pub fn problems(language: Language, sheet: &Sheet, edit: Option<&str>) -> Problems {
    let severe = sheet.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let (errors, warnings) = (severe, sheet.problems.len() - severe);
    let count = match (errors, warnings) {
        (0, 0) => words::text(language, "drafts-no-problems", &[]),
        _ => words::text(language, "drafts-problem-count", &[("errors", errors.into()), ("warnings", warnings.into())]),
    };
    let mut list: Vec<&crate::curriculum::Problem> = sheet.problems.iter().collect();
    list.sort_by_key(|problem| problem.severity);
    let told = list.iter().take(MOST).map(|problem| told(language, sheet, problem, edit)).collect();
    Problems { count, list: told, more: sheet.problems.len().saturating_sub(MOST) }
}

fn told(language: Language, sheet: &Sheet, problem: &crate::curriculum::Problem, edit: Option<&str>) -> Told {
    let spot = spot(sheet, problem);
    let about = spot.as_ref().map_or_else(|| problem.file.clone(), |spot| name(language, &sheet.curriculum, spot));
    let href = edit.zip(spot.as_ref()).map(|(edit, spot)| {
        let id = if spot.id.is_empty() { "about" } else { &spot.id };
        let field = match spot.field.strip_prefix("builds_on") {
            Some(_) => "#f-builds_on".to_owned(),
            None if spot.field.is_empty() => String::new(),
            None => format!("#f-{}", spot.field),
        };
        format!("{edit}/{}/{id}{field}", spot.section)
    });
    Told { severe: problem.severity == Severity::Error, about, href, text: said(language, &sheet.curriculum, problem) }
}

/// The entry and the field that a problem is about.
pub fn spot(sheet: &Sheet, problem: &crate::curriculum::Problem) -> Option<Spot> {
    Spot::of(sheet.places.path_at(&problem.file, problem.span)?)
}

impl Spot {
    /// From the path of a value, as [`crate::curriculum::Places`] has it.
    pub fn of(path: &str) -> Option<Spot> {
        let mut parts = path.splitn(if path.starts_with("about") { 2 } else { 3 }, '.');
        let section = parts.next()?.to_owned();
        let id = if section == "about" { String::new() } else { parts.next().unwrap_or_default().to_owned() };
        Some(Spot { section, id, field: parts.next().unwrap_or_default().to_owned() })
    }
}

/// "Styrdiagram, bygger på".
pub fn name(language: Language, curriculum: &Curriculum, spot: &Spot) -> String {
    let title = title(curriculum, &spot.section, &spot.id).map(|title| title.of(language).replace('\u{ad}', ""));
    let thing = match title.filter(|title| !title.is_empty()) {
        Some(title) => title,
        None if spot.id.is_empty() => words::text(language, "drafts-section-about", &[]),
        None => spot.id.clone(),
    };
    match super::forms::label(language, spot.field.split('.').next().unwrap_or_default()) {
        Some(field) => format!("{thing}, {}", field.to_lowercase()),
        None => thing,
    }
}

/// The title of the entry `id` of a section.
pub fn title<'a>(curriculum: &'a Curriculum, section: &str, id: &str) -> Option<&'a Text> {
    match section {
        "about" => Some(&curriculum.about.name),
        "legs" => curriculum.legs.get(id).map(|entry| &entry.title),
        "areas" => curriculum.areas.get(id).map(|entry| &entry.title),
        "modules" => curriculum.modules.iter().find(|(other, _)| other == id).map(|(_, entry)| &entry.title),
        "doses" => curriculum.doses.get(id).map(|entry| &entry.title),
        "roles" => curriculum.roles.get(id).map(|entry| &entry.title),
        "groups" => curriculum.groups.get(id).map(|entry| &entry.title),
        "titles" => curriculum.titles.get(id).map(|entry| &entry.title),
        "programmes" => curriculum.programmes.get(id).map(|entry| &entry.title),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::testing::small_with;
    use crate::designer::matrix::Holders;

    fn told_of(changes: &[(&str, &str)]) -> Vec<String> {
        let sheet = Sheet::of(small_with(changes), &Holders::default());
        let problems = problems(Language::Sv, &sheet, Some("/e"));
        problems.list.into_iter().map(|told| format!("{} {}", told.about, told.href.unwrap_or_default())).collect()
    }

    #[test]
    fn a_problem_is_told_at_the_thing_and_the_field_that_can_mend_it() {
        let check = |from: &str, to: &str, expected: &str| {
            let told = told_of(&[(from, to)]);
            assert!(told.iter().any(|told| told == expected), "{expected} is not in {told:?}");
        };
        check(
            "builds_on: \"intro\",",
            "builds_on: \"itro\",",
            "Förbättringsmodellen, bygger på /e/modules/modellen#f-builds_on",
        );
        check("hours: 1.5", "hours: 1.3", "Introduktion, timmar /e/modules/intro#f-hours");
        check("within_days: 90", "within_days: 0", "Alla, dagar från uppdraget /e/doses/alla#f-within_days");
        check(
            "everyone: \"alla\"",
            "everyone: \"ala\"",
            "Liten utbildningsplan, dos för alla /e/about/about#f-everyone",
        );
    }
}
