//! Forms of entries, made from the shapes of the written language: each field of an entry is a field of its form.
//!
//! A form's names are the paths that problems have (`title.sv`, `meetings.0.month`), so that a problem finds its field.
//! Values go by way of JSON, as [`crate::curriculum::written`] writes them.

mod names;
pub mod read;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

pub use names::{choice, label};

use super::expression;
use super::problems::title;
use crate::curriculum::Kind;
use crate::curriculum::model::{Curriculum, Language, Needs};
use crate::curriculum::shape::{self, Shape, Struct};
use crate::words;
use names::{hint, label_key};

/// One field as its template shows it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Field {
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    /// Which kind of field it is: text, area, both, long, select, check, list, part.
    pub control: &'static str,
    pub value: String,
    pub sv: String,
    pub en: String,
    pub options: Vec<Choice>,
    pub checked: bool,
    pub optional: bool,
    /// Of an area.
    pub rows: u8,
    /// Of a list, its items; of a part, its fields.
    pub parts: Vec<Field>,
    pub errors: Vec<String>,
    /// What somebody else has written there meanwhile.
    pub theirs: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// What posted fields say, by name.
pub type Posted = BTreeMap<String, Vec<String>>;

/// Field → what is wrong with it.
pub type Wrongs = BTreeMap<String, String>;

/// What a form is made with.
pub struct Maker<'a> {
    pub language: Language,
    pub curriculum: &'a Curriculum,
}

/// The shape of a section's entries; none for what is no section.
pub fn shape_of(section: &str) -> Option<&'static Struct> {
    if section == "about" {
        return Some(&shape::ABOUT);
    }
    kind_of(section).map(Kind::entry)
}

pub fn kind_of(section: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind.section() == section)
}

/// Fields that are changed in the matrix and not in a form.
fn elsewhere(section: &str, field: &str) -> bool {
    section == "doses" && ["required", "recommended", "deadlines"].contains(&field)
}

impl Maker<'_> {
    /// The fields of an entry with this value.
    pub fn fields(&self, section: &str, value: &Value) -> Vec<Field> {
        let Some(shape) = shape_of(section) else { return Vec::new() };
        let fields = shape.fields.iter().filter(|field| !elsewhere(section, field.name));
        let mut fields: Vec<Field> = fields.map(|field| self.field(field, &value[field.name], field.name)).collect();
        // What it is called comes first, whatever the files do.
        fields.sort_by_key(|field| match field.name.as_str() {
            "title" | "name" => 0,
            "short" => 1,
            _ => 2,
        });
        fields
    }

    fn field(&self, field: &'static shape::Field, value: &Value, name: &str) -> Field {
        let long = ["purpose", "participant", "trainer", "competence", "outcomes"].contains(&field.name);
        let mut made = self.value(&field.shape, value, name, long);
        made.label = label(self.language, label_key(field)).unwrap_or(field.name).to_owned();
        made.hint = hint(self.language, label_key(field));
        made.optional = !field.must;
        if made.optional
            && made.control == "select"
            && !matches!(field.shape, Shape::Choice(_))
            && made.options.iter().all(|option| !option.value.is_empty())
        {
            made.options.insert(0, self.blank(made.options.iter().all(|option| !option.chosen)));
        }
        made
    }

    fn blank(&self, chosen: bool) -> Choice {
        let label = words::plain(self.language, "drafts-nothing-chosen").unwrap_or_default();
        Choice { value: String::new(), label: label.to_owned(), chosen }
    }

    fn value(&self, shape: &'static Shape, value: &Value, name: &str, long: bool) -> Field {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let base = Field { name: name.to_owned(), rows: if long { 5 } else { 3 }, ..Field::default() };
        match shape {
            Shape::Both => {
                let control = if long { "long" } else { "both" };
                Field { control, sv: text(&value["sv"]), en: text(&value["en"]), ..base }
            }
            Shape::Text | Shape::Id => Field { control: "text", value: text(value), ..base },
            Shape::Whole | Shape::Number => Field { control: "text", value: self.number(value), ..base },
            Shape::YesNo => Field { control: "check", checked: value.as_bool().unwrap_or_default(), ..base },
            Shape::Ref(kind) => Field { control: "select", options: self.refs(*kind, &text(value)), ..base },
            Shape::Choice(words) => Field { control: "select", options: self.choices(words, &text(value)), ..base },
            Shape::Needs => Field { control: "area", value: self.needs(value), ..base },
            Shape::List(Shape::Text | Shape::Whole) => {
                let lines = value.as_array().into_iter().flatten();
                let lines: Vec<String> =
                    lines.map(|line| line.as_str().map_or_else(|| line.to_string(), str::to_owned)).collect();
                Field { control: "area", value: lines.join("\n"), ..base }
            }
            Shape::List(part) => {
                let mut items: Vec<Value> = value.as_array().cloned().unwrap_or_default();
                items.push(Value::Null);
                let item = |(at, item): (usize, &Value)| self.value(part, item, &format!("{name}.{at}"), long);
                let mut parts: Vec<Field> = items.iter().enumerate().map(item).collect();
                self.number_items(&mut parts);
                Field { control: "list", parts, ..base }
            }
            Shape::Struct(part) => {
                let fields = part.fields.iter();
                let parts = fields.map(|f| self.field(f, &value[f.name], &format!("{name}.{}", f.name))).collect();
                Field { control: "part", parts, ..base }
            }
            // Only deadlines of doses have this shape, and they are changed in the matrix.
            Shape::ByRef(..) => base,
        }
    }

    fn number_items(&self, parts: &mut [Field]) {
        let last = parts.len();
        for (at, part) in parts.iter_mut().enumerate() {
            let key = if at + 1 == last { "drafts-one-more" } else { "drafts-item" };
            part.label = words::text(self.language, key, &[("number", (at + 1).into())]);
            part.rows = 2;
            if part.control == "select" {
                part.options.insert(0, self.blank(part.options.iter().all(|option| !option.chosen)));
            }
        }
    }

    fn number(&self, value: &Value) -> String {
        value.as_f64().map_or_else(String::new, |number| words::number(self.language, number).replace('\u{a0}', ""))
    }

    fn needs(&self, value: &Value) -> String {
        needs_of(value).map_or_else(String::new, |needs| expression::written(&needs, self.curriculum, self.language))
    }

    /// What a name may name; also the one that is there and names nothing.
    fn refs(&self, kind: Kind, chosen: &str) -> Vec<Choice> {
        let codes = self.curriculum.codes();
        let label = |id: &str| {
            let title = title(self.curriculum, kind.section(), id).map(|title| title.of(self.language));
            let title = title.filter(|title| !title.is_empty()).unwrap_or(id).replace('\u{ad}', "");
            codes.get(id).filter(|_| kind == Kind::Module).map_or(title.clone(), |code| format!("{code} {title}"))
        };
        let choice = |id: &str| Choice { value: id.to_owned(), label: label(id), chosen: id == chosen };
        let mut choices: Vec<Choice> = ids(self.curriculum, kind).iter().map(|id| choice(id)).collect();
        if kind != Kind::Module {
            choices.sort_by_cached_key(|choice| words::sort_key(&choice.label));
        }
        if !chosen.is_empty() && !choices.iter().any(|choice| choice.chosen) {
            choices.insert(0, choice(chosen));
        }
        choices
    }

    fn choices(&self, words: &'static [&'static str], chosen: &str) -> Vec<Choice> {
        let choice = |word: &&'static str| Choice {
            value: (*word).to_owned(),
            label: choice(self.language, word).unwrap_or(word).to_owned(),
            chosen: *word == chosen,
        };
        words.iter().map(choice).collect()
    }
}

/// An expression as JSON has it; only RON can be read by its own type.
fn needs_of(value: &Value) -> Option<Needs> {
    let (name, value) = value.as_object()?.iter().next()?;
    let parts = |value: &Value| value.as_array()?.iter().map(needs_of).collect::<Option<Vec<_>>>();
    match name.as_str() {
        "Module" => Some(Needs::Module(value.as_str()?.to_owned())),
        "All" => parts(value).map(Needs::All),
        "Any" => parts(value).map(Needs::Any),
        "AtLeast" => Some(Needs::AtLeast(value[0].as_u64()? as u32, parts(&value[1])?)),
        _ => None,
    }
}

/// Every id of a kind, modules in their order.
pub fn ids(curriculum: &Curriculum, kind: Kind) -> Vec<&str> {
    fn keys<T>(entries: &BTreeMap<String, T>) -> Vec<&str> {
        entries.keys().map(String::as_str).collect()
    }
    match kind {
        Kind::Leg => keys(&curriculum.legs),
        Kind::Area => keys(&curriculum.areas),
        Kind::Module => curriculum.modules.iter().map(|(id, _)| id.as_str()).collect(),
        Kind::Dose => keys(&curriculum.doses),
        Kind::Role => keys(&curriculum.roles),
        Kind::Group => keys(&curriculum.groups),
        Kind::Title => keys(&curriculum.titles),
        Kind::Programme => keys(&curriculum.programmes),
    }
}

/// Puts `errors` at their fields; gives those that have no field here.
pub fn place_errors(fields: &mut [Field], errors: Vec<(String, String)>) -> Vec<String> {
    errors.into_iter().filter_map(|(path, text)| if place(fields, &path, &text) { None } else { Some(text) }).collect()
}

fn place(fields: &mut [Field], path: &str, text: &str) -> bool {
    for field in fields {
        let within = path == field.name || path.strip_prefix(&field.name).is_some_and(|rest| rest.starts_with('.'));
        if within {
            if !place(&mut field.parts, path, text) {
                field.errors.push(text.to_owned());
            }
            return true;
        }
    }
    false
}
