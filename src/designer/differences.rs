//! What is different between two curricula, as a page shows it: each thing field by field before and after, and the
//! cells of the doses side by side. Pure; the same for versions and drafts.

use std::collections::BTreeSet;

use serde::Serialize;

use super::drafts::expression;
use super::drafts::forms::{choice, label};
use super::drafts::pages::section_name;
use super::drafts::problems::title;
use super::matrix::{Asked, asked};
use crate::curriculum::diff::{self, Change, FieldChange, What};
use crate::curriculum::model::{Curriculum, Dose, Language, Module};
use crate::words::{self, Value};

/// All differences; both lists are empty when there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differences {
    pub sections: Vec<Section>,
    /// None when no dose has other cells.
    pub grid: Option<Grid>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    pub name: &'static str,
    pub things: Vec<Thing>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Thing {
    pub title: String,
    /// Where it can be changed.
    pub href: Option<String>,
    /// Added, removed, changed.
    pub what: &'static str,
    pub fields: Vec<Line>,
}

/// A field before and after; empty when it is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub field: String,
    pub from: String,
    pub to: String,
}

/// Modules by doses, of both only those that differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grid {
    /// The doses' titles.
    pub doses: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    pub module: String,
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    pub dose: String,
    /// What stood there; none when it is the same.
    pub from: Option<String>,
    pub to: String,
}

/// From `before` to `after`. `edit` gives the page on which an entry of `after` is changed, by section and id.
pub fn differences(
    language: Language,
    before: &Curriculum,
    after: &Curriculum,
    edit: &dyn Fn(&str, &str) -> Option<String>,
) -> Differences {
    let telling = Telling { language, before, after };
    let changes = diff::between(before, after);
    let grid = telling.grid(&changes);
    let mut sections: Vec<Section> = Vec::new();
    for change in changes {
        let name = section_name(language, change.section);
        if sections.last().is_none_or(|section| section.name != name) {
            sections.push(Section { name, things: Vec::new() });
        }
        if let Some(section) = sections.last_mut() {
            section.things.push(telling.thing(change, edit));
        }
    }
    Differences { sections, grid }
}

struct Telling<'a> {
    language: Language,
    before: &'a Curriculum,
    after: &'a Curriculum,
}

impl Telling<'_> {
    fn thing(&self, change: Change, edit: &dyn Fn(&str, &str) -> Option<String>) -> Thing {
        let there = title(self.after, change.section, &change.id).is_some();
        let id = if change.id.is_empty() { "about" } else { &change.id };
        let what = match change.what {
            What::Added => "drafts-added",
            What::Removed => "drafts-removed-thing",
            What::Changed => "drafts-changed-thing",
        };
        Thing {
            href: if there { edit(change.section, id) } else { None },
            title: self.named(change.section, &change.id).unwrap_or(change.title),
            what: words::plain(self.language, what).unwrap_or_default(),
            fields: change.fields.into_iter().map(|field| self.line(change.section, &change.id, field)).collect(),
        }
    }

    fn line(&self, section: &str, id: &str, change: FieldChange) -> Line {
        let mut parts = change.field.splitn(2, '.');
        let first = parts.next().unwrap_or_default();
        let name = label(self.language, first).unwrap_or(first);
        let field = match parts.next() {
            None => name.to_owned(),
            Some(rest) => format!("{name} ({})", self.named("modules", rest).unwrap_or_else(|| rest.to_owned())),
        };
        if (section, first) == ("modules", "builds_on") {
            let (from, to) = (self.needs(self.before, id), self.needs(self.after, id));
            return Line { field, from, to };
        }
        let said = |value: Option<String>| value.map(|value| self.value(first, value)).unwrap_or_default();
        Line { field, from: said(change.from), to: said(change.to) }
    }

    /// The words for what a field names or chooses among.
    fn value(&self, field: &str, value: String) -> String {
        let section = match field {
            "required" | "recommended" | "one_of" | "equivalent" | "meetings" => "modules",
            "includes" | "roles" => "roles",
            "dose" | "everyone" => "doses",
            "group" => "groups",
            "area" => "areas",
            "leg" => "legs",
            "level" | "format" | "assessment" | "counts" | "colour" => {
                return choice(self.language, &value).map(str::to_owned).unwrap_or(value);
            }
            "elective" => {
                let key = if value == "yes" { "versions-yes" } else { "versions-no" };
                return words::plain(self.language, key).unwrap_or(key).to_owned();
            }
            _ => return value,
        };
        self.named(section, &value).unwrap_or(value)
    }

    /// A title, the new one when it changed.
    fn named(&self, section: &str, id: &str) -> Option<String> {
        let text = title(self.after, section, id).or_else(|| title(self.before, section, id))?;
        let text = text.of(self.language).replace('\u{ad}', "");
        (!text.is_empty()).then_some(text)
    }

    fn needs(&self, curriculum: &Curriculum, id: &str) -> String {
        let module = curriculum.modules.iter().find(|(other, _)| other == id);
        module.map(|(_, module)| expression::written(&module.builds_on, curriculum, self.language)).unwrap_or_default()
    }

    fn grid(&self, changes: &[Change]) -> Option<Grid> {
        let changed = changes.iter().filter(|change| change.section == "doses").map(|change| change.id.as_str());
        let mut doses: Vec<&str> = changed.collect();
        let new: BTreeSet<&str> = self.after.modules.iter().map(|(id, _)| id.as_str()).collect();
        let gone = self.before.modules.iter().filter(|(id, _)| !new.contains(id.as_str()));
        let modules: Vec<&(String, Module)> = self.after.modules.iter().chain(gone).collect();
        let differs =
            |module: &str, dose: &str| self.cell(self.before, dose, module) != self.cell(self.after, dose, module);
        doses.retain(|dose| modules.iter().any(|(module, _)| differs(module, dose)));
        let row = |(id, _): &&(String, Module)| {
            doses.iter().any(|dose| differs(id, dose)).then(|| Row {
                module: self.named("modules", id).unwrap_or_else(|| id.clone()),
                cells: doses.iter().map(|dose| self.both(dose, id)).collect(),
            })
        };
        let rows: Vec<Row> = modules.iter().filter_map(row).collect();
        let titles = doses.iter().map(|dose| self.dose_name(dose)).collect();
        (!rows.is_empty()).then_some(Grid { doses: titles, rows })
    }

    fn dose_name(&self, dose: &str) -> String {
        self.named("doses", dose).unwrap_or_else(|| dose.to_owned())
    }

    fn both(&self, dose: &str, module: &str) -> Cell {
        let (from, to) = (self.cell(self.before, dose, module), self.cell(self.after, dose, module));
        Cell { dose: self.dose_name(dose), from: (from != to).then_some(from), to }
    }

    /// "Krävs, inom 200 dagar".
    fn cell(&self, curriculum: &Curriculum, dose: &str, module: &str) -> String {
        let none = Dose::default();
        let (asked, days) = asked(curriculum.doses.get(dose).unwrap_or(&none), module);
        let key = match asked {
            Asked::Required => "drafts-required",
            Asked::OneOf { .. } => "drafts-one-of",
            Asked::Recommended => "drafts-recommended",
            Asked::Off => "drafts-off",
        };
        let state = words::plain(self.language, key).unwrap_or(key);
        match days {
            Some(days) => {
                let args = [("state", state.into()), ("days", Value::from(f64::from(days)))];
                words::text(self.language, "drafts-within", &args)
            }
            None => state.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::curriculum::judge;
    use crate::curriculum::testing::{small, small_with};

    fn told(language: Language, changes: &[(&str, &str)]) -> String {
        let curriculum = |sources| judge(&sources).curriculum.expect("a sound curriculum");
        let found = differences(language, &curriculum(small()), &curriculum(small_with(changes)), &|_, _| None);
        let mut lines = Vec::new();
        for thing in found.sections.iter().flat_map(|section| &section.things) {
            lines.push(format!("{} [{}]", thing.title, thing.what));
            lines.extend(thing.fields.iter().map(|line| format!("  {}: {} → {}", line.field, line.from, line.to)));
        }
        for row in found.grid.iter().flat_map(|grid| &grid.rows) {
            let cell = |cell: &Cell| match &cell.from {
                Some(from) => format!("{}: {from} → {}", cell.dose, cell.to),
                None => format!("{}: {}", cell.dose, cell.to),
            };
            lines.push(format!("{} | {}", row.module, row.cells.iter().map(cell).collect::<Vec<_>>().join(" | ")));
        }
        lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_is_named_and_chosen_is_told_in_the_readers_words() {
        let changes = [
            ("level: Lead", "level: Coach"),
            ("elective: true,", ""),
            (r#"All(["mata", Any(["kartlagga", "samtal"])])"#, r#"AtLeast(1, ["mata", "kartlagga"])"#),
            (r#"includes: ["deltagare"],"#, ""),
        ];
        assert_snapshot!(told(Language::Sv, &changes), @r"
        Leda teamet [ändrad]
          Bygger på: M4 OCH (M3 ELLER P1) → 1 AV (M4, M3)
          Nivå: leda → coacha
        Mäta på webben [ändrad]
          Valbar: Ja → Nej
        Förbättringsledare [ändrad]
          Ingår också: Teamdeltagare →
        ");
    }

    #[test]
    fn doses_stand_side_by_side_with_the_modules_that_differ() {
        let changes = [
            (r#"required: ["mata", "leda"]"#, r#"required: ["leda", "samtal"]"#),
            ("within_days: 180", "within_days: 150"),
        ];
        assert_snapshot!(told(Language::Sv, &changes), @r"
        Teamdeltagare [ändrad]
          Dagar från uppdraget: 180 → 150
        Förbättringsledare [ändrad]
          Krävs: Mäta för att förbättra →
          Krävs:  → Samtal i förändring
        Förbättringsmodellen | Teamdeltagare: Krävs, inom 180 dagar → Krävs, inom 150 dagar | Förbättringsledare: Av
        Mäta för att förbättra | Teamdeltagare: Av | Förbättringsledare: Krävs, inom 200 dagar → Av
        Samtal i förändring | Teamdeltagare: En av, inom 240 dagar | Förbättringsledare: Av → Krävs, inom 365 dagar
        ");
        assert_eq!(told(Language::Sv, &[]), "");
    }
}
