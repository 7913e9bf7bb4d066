//! What changed between two curricula: added, removed and changed things, field by field, in words.
//!
//! Says nothing about people; who is affected is the engine's business.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value};

use super::model::Curriculum;

/// What happened to one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The section it stands in, such as `modules`.
    pub section: &'static str,
    /// Empty for `about`.
    pub id: String,
    /// The Swedish title, the new one when it changed.
    pub title: String,
    pub what: What,
    /// Only when it is changed.
    pub fields: Vec<FieldChange>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    Added,
    Removed,
    Changed,
}

/// One field before and after; none when it is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Such as `hours`, `title.sv` or `meetings.start.month`.
    pub field: String,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// All changes from `old` to `new`, by section and id.
pub fn between(old: &Curriculum, new: &Curriculum) -> Vec<Change> {
    let (old, new) = (sections(old), sections(new));
    let mut changes = Vec::new();
    for ((section, old), (_, new)) in old.into_iter().zip(new) {
        let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        changes.extend(ids.into_iter().filter_map(|id| change(section, id, old.get(id), new.get(id))));
    }
    changes
}

/// The changes for people to read; one line for each thing and field.
pub fn render(changes: &[Change]) -> String {
    let mut out = String::new();
    let mut section = "";
    for change in changes {
        if change.section != section {
            section = change.section;
            out.push_str(&format!("{section}\n"));
        }
        let mark = match change.what {
            What::Added => '+',
            What::Removed => '-',
            What::Changed => '~',
        };
        let subject = match (change.id.as_str(), change.title.as_str()) {
            ("", title) => title.to_owned(),
            (id, "") => id.to_owned(),
            (id, title) => format!("{id} ({title})"),
        };
        out.push_str(&format!("  {mark} {subject}\n"));
        for field in &change.fields {
            out.push_str(&format!("      {}\n", told(field)));
        }
    }
    out
}

fn told(change: &FieldChange) -> String {
    let FieldChange { field, from, to } = change;
    match (from, to) {
        (Some(from), Some(to)) => format!("{field}: {} → {}", short(from), short(to)),
        (None, Some(to)) => format!("{field}: now {}", short(to)),
        (Some(from), None) => format!("{field}: no longer {}", short(from)),
        (None, None) => field.clone(),
    }
}

/// Long texts by their beginnings.
fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

type Entries = BTreeMap<String, Value>;

/// Every section's entries as values, in the order they are shown.
fn sections(curriculum: &Curriculum) -> Vec<(&'static str, Entries)> {
    let codes = curriculum.codes();
    let modules = curriculum.modules.iter().map(|(id, module)| {
        let mut value = value(module);
        if let (Value::Object(fields), Some(code)) = (&mut value, codes.get(id.as_str())) {
            fields.insert("code".to_owned(), Value::from(code.as_str()));
        }
        (id.clone(), value)
    });
    vec![
        ("about", Entries::from([(String::new(), value(&curriculum.about))])),
        ("legs", entries(&curriculum.legs)),
        ("areas", entries(&curriculum.areas)),
        ("modules", modules.collect()),
        ("doses", entries(&curriculum.doses)),
        ("roles", entries(&curriculum.roles)),
        ("groups", entries(&curriculum.groups)),
        ("titles", entries(&curriculum.titles)),
        ("programmes", entries(&curriculum.programmes)),
    ]
}

fn entries<T: Serialize>(map: &BTreeMap<String, T>) -> Entries {
    map.iter().map(|(id, entry)| (id.clone(), value(entry))).collect()
}

/// Plain data always has a JSON form; what had none would not be compared.
fn value<T: Serialize>(entry: &T) -> Value {
    serde_json::to_value(entry).unwrap_or_default()
}

fn change(section: &'static str, id: &str, old: Option<&Value>, new: Option<&Value>) -> Option<Change> {
    let mut fields = Vec::new();
    let what = match (old, new) {
        (Some(old), Some(new)) => {
            compare("", old, new, &mut fields);
            What::Changed
        }
        (None, _) => What::Added,
        (_, None) => What::Removed,
    };
    let title =
        new.or(old).and_then(|entry| entry.get("title").or(entry.get("name"))).and_then(|title| title.get("sv"));
    let title = title.and_then(Value::as_str).unwrap_or_default().to_owned();
    let same = what == What::Changed && fields.is_empty();
    (!same).then(|| Change { section, id: id.to_owned(), title, what, fields })
}

fn compare(path: &str, old: &Value, new: &Value, changes: &mut Vec<FieldChange>) {
    let within = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    if old == new {
        return;
    }
    match (old, new) {
        (Value::Object(old), Value::Object(new)) if !expression(old) && !expression(new) => {
            let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for key in keys {
                compare(
                    &within(key),
                    old.get(key).unwrap_or(&Value::Null),
                    new.get(key).unwrap_or(&Value::Null),
                    changes,
                );
            }
        }
        (Value::Array(old), Value::Array(new)) => list(path, old, new, changes),
        _ => changes.push(FieldChange { field: path.to_owned(), from: words(old), to: words(new) }),
    }
}

/// Lists of names are compared as sets, lists of things by their ids, other lists by position.
fn list(path: &str, old: &[Value], new: &[Value], changes: &mut Vec<FieldChange>) {
    let plain = |value: &Value| !value.is_object() && !value.is_array();
    if old.iter().chain(new).all(plain) {
        let gone = old.iter().filter(|value| !new.contains(value)).map(|value| (words(value), None));
        let come = new.iter().filter(|value| !old.contains(value)).map(|value| (None, words(value)));
        let before = changes.len();
        changes.extend(gone.chain(come).map(|(from, to)| FieldChange { field: path.to_owned(), from, to }));
        if changes.len() == before {
            let all = |values: &[Value]| Some(values.iter().filter_map(words).collect::<Vec<_>>().join(", "));
            changes.push(FieldChange { field: format!("{path} (order)"), from: all(old), to: all(new) });
        }
        return;
    }
    let keyed = |values: &[Value]| -> Map<String, Value> {
        let key = |at: usize, value: &Value| match value.get("id").and_then(Value::as_str) {
            Some(id) => id.to_owned(),
            None => (at + 1).to_string(),
        };
        values.iter().enumerate().map(|(at, value)| (key(at, value), value.clone())).collect()
    };
    compare(path, &Value::Object(keyed(old)), &Value::Object(keyed(new)), changes);
}

/// Whether this is a prerequisite expression rather than a struct.
fn expression(object: &Map<String, Value>) -> bool {
    object.keys().any(|key| key.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// A value as it is written; none for what is left out.
fn words(value: &Value) -> Option<String> {
    let list = |values: &[Value]| values.iter().filter_map(words).collect::<Vec<_>>().join(", ");
    match value {
        Value::Null => None,
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => Some(number.to_string().trim_end_matches(".0").to_owned()),
        Value::String(text) => Some(text.clone()),
        Value::Array(values) if values.is_empty() => None,
        Value::Array(values) => Some(list(values)),
        Value::Object(fields) => match fields.iter().next() {
            Some((name, Value::String(module))) if name == "Module" => Some(module.clone()),
            Some((name, Value::Array(parts))) if name == "All" && parts.is_empty() => None,
            Some((name, Value::Array(parts))) if name == "AtLeast" => {
                let [count, parts] = parts.as_slice() else { return None };
                Some(format!("at least {} of ({})", words(count)?, words(parts)?))
            }
            Some((name, Value::Array(parts))) if expression(fields) => {
                Some(format!("{} of ({})", name.to_lowercase(), list(parts)))
            }
            _ => Some(
                fields
                    .iter()
                    .filter_map(|(name, value)| Some(format!("{name} {}", words(value)?)))
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::curriculum::judge;
    use crate::curriculum::testing::{small, small_with};

    fn check(changes: &[(&str, &str)]) -> String {
        let curriculum = |sources| judge(&sources).curriculum.expect("a sound curriculum");
        render(&between(&curriculum(small()), &curriculum(small_with(changes))))
    }

    #[test]
    fn nothing_changed_is_nothing_told() {
        assert_eq!(check(&[]), "");
    }

    #[test]
    fn every_changed_field_is_told_before_and_after() {
        assert_snapshot!(check(&[
            ("hours: 14", "hours: 10.5"),
            ("holiday_months: [7]", "holiday_months: [7, 8]"),
            ("valid_months: 36,", ""),
            ("level: Lead", "level: Coach"),
            (r#"All(["mata", Any(["kartlagga", "samtal"])])"#, r#"AtLeast(1, ["mata", "kartlagga"])"#),
            ("Kan visa intro.", "Kan visa och förklara intro."),
            ("elective: true,", ""),
        ]), @r"
        about
          ~ Liten utbildningsplan
              holiday_months: now 8
        modules
          ~ coacha (Coacha team)
              hours: 14 → 10.5
          ~ intro (Introduktion)
              outcomes.1.sv: Kan visa intro. → Kan visa och förklara intro.
          ~ leda (Leda teamet)
              builds_on: all of (mata, any of (kartlagga, samtal)) → at least 1 of (mata, kartlagga)
              level: Lead → Coach
          ~ mata (Mäta för att förbättra)
              valid_months: no longer 36
          ~ mata-webb (Mäta på webben)
              elective: yes → no
        ");
    }

    #[test]
    fn doses_roles_and_programmes_are_told_by_what_they_hold() {
        assert_snapshot!(check(&[
            (r#"required: ["mata", "leda"]"#, r#"required: ["leda", "samtal"]"#),
            (r#"deadlines: {"mata": 200}"#, r#"deadlines: {"leda": 300}"#),
            (r#"includes: ["deltagare"],"#, ""),
            (r#"(choose: 1, from: ["kartlagga", "samtal"], within_days: 240)"#, r#"(choose: 2, from: ["kartlagga", "samtal"])"#),
            ("month: 5", "month: 6"),
            (r#"modules: ["intro", "modellen"]"#, r#"modules: ["intro"]"#),
            ("names: [\"Verksamhetscontroller\"]", "names: [\"Ekonomicontroller\"]"),
        ]), @r"
        doses
          ~ deltagare (Teamdeltagare)
              one_of.1.choose: 1 → 2
              one_of.1.within_days: no longer 240
          ~ ledare (Förbättringsledare)
              deadlines.leda: now 300
              deadlines.mata: no longer 200
              required: no longer mata
              required: now samtal
        roles
          ~ ledare (Förbättringsledare)
              includes: no longer deltagare
        titles
          ~ controller (Controller)
              names: no longer Verksamhetscontroller
              names: now Ekonomicontroller
        programmes
          ~ arets (Årets förbättringsprogram)
              meetings.handledning.month: 5 → 6
              meetings.start.modules: no longer modellen
        ");
    }

    #[test]
    fn added_and_removed_things_are_told_and_new_codes_follow() {
        assert_snapshot!(check(&[
            ("        \"kartlagga\": (", "        \"ny\": (
            area: \"metoder\", level: Apply, hours: 7, format: Seminar, title: (sv: \"Ny\", en: \"New\"),
            short: (sv: \"Ny\", en: \"New\"), purpose: (sv: \"Ny\", en: \"New\"), outcomes: [(sv: \"Ny\", en: \"New\")],
            participant: (sv: \"Ny\", en: \"New\"), trainer: (sv: \"Ny\", en: \"New\"), assessment: Test, elective: true,
        ),
        \"kartlagga\": ("),
            (r#"        "utvecklare": ("#, r#"        "utvecklaren": ("#),
        ]), @r"
        modules
          ~ kartlagga (Kartlägga nuläget)
              code: M3 → M4
          ~ leda (Leda teamet)
              code: M6 → M7
          ~ mata (Mäta för att förbättra)
              code: M4 → M5
          ~ mata-webb (Mäta på webben)
              code: M5 → M6
          + ny (Ny)
        titles
          - utvecklare (Verksamhetsutvecklare)
          + utvecklaren (Verksamhetsutvecklare)
        ");
    }
}
