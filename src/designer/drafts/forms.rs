//! Forms of entries, made from the shapes of the written language: each field of an entry is a field of its form.
//!
//! A form's names are the paths that problems have (`title.sv`, `meetings.0.month`), so that a problem finds its field.
//! Values go by way of JSON, as [`crate::curriculum::written`] writes them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::expression;
use super::problems::title;
use crate::curriculum::Kind;
use crate::curriculum::model::{Curriculum, Language, Needs};
use crate::curriculum::shape::{self, Shape, Struct};
use crate::words;

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

/// Longest text of one field, in characters; the largest texts in use are a tenth of it.
const LONGEST: usize = 20_000;
/// Most items of one list that a form takes.
const MOST: usize = 400;

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
        made.label = label(self.language, label_key(field.name, &field.shape)).unwrap_or(field.name).to_owned();
        made.hint = hint(self.language, field.name);
        made.optional = !field.must;
        if made.optional && made.control == "select" && made.options.iter().all(|option| !option.value.is_empty()) {
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
            label: crate::words::plain(self.language, choice_key(word)).unwrap_or(word).to_owned(),
            chosen: *word == chosen,
        };
        words.iter().map(choice).collect()
    }

    /// What was posted, as a value; fields that are changed elsewhere keep what `now` says.
    ///
    /// # Errors
    /// What cannot be read, by field; [`Unknown`] for a field that the form does not have.
    pub fn read(&self, section: &str, posted: &Posted, now: &Value) -> Result<(Value, Wrongs), Unknown> {
        let shape = shape_of(section).ok_or(Unknown)?;
        let mut reading = Reading { maker: self, posted, used: BTreeSet::new(), wrongs: Wrongs::new() };
        let mut read = Map::new();
        for field in shape.fields {
            let value = match elsewhere(section, field.name) {
                true => now[field.name].clone(),
                false => reading.field(field, field.name, &now[field.name]),
            };
            read.insert(field.name.to_owned(), value);
        }
        match posted.keys().all(|name| reading.used.contains(name)) {
            true => Ok((Value::Object(read), reading.wrongs)),
            false => Err(Unknown),
        }
    }
}

/// A field that the form does not have.
#[derive(Debug, PartialEq, Eq)]
pub struct Unknown;

struct Reading<'a> {
    maker: &'a Maker<'a>,
    posted: &'a Posted,
    used: BTreeSet<String>,
    wrongs: Wrongs,
}

impl Reading<'_> {
    /// The text of a field, without spaces around it and with plain line ends.
    fn text(&mut self, name: &str) -> String {
        self.used.insert(name.to_owned());
        let text = self.posted.get(name).and_then(|values| values.first()).map_or("", String::as_str);
        let text = text.replace("\r\n", "\n").trim().to_owned();
        if text.chars().count() > LONGEST {
            self.wrong(name, "drafts-text-long");
        }
        text
    }

    fn wrong(&mut self, name: &str, key: &'static str) {
        let text = words::text(self.maker.language, key, &[]);
        self.wrongs.entry(name.to_owned()).or_insert(text);
    }

    fn has(&self, name: &str) -> bool {
        let within = format!("{name}.");
        self.posted.contains_key(name)
            || self.posted.range(within.clone()..).next().is_some_and(|(key, _)| key.starts_with(&within))
    }

    fn field(&mut self, field: &'static shape::Field, name: &str, now: &Value) -> Value {
        let value = self.value(&field.shape, name, now);
        match (value.as_str(), &field.shape) {
            (Some(""), _) if !field.must => Value::Null,
            (Some(""), Shape::Whole) => {
                self.wrong(name, "drafts-number-wrong");
                value
            }
            _ => value,
        }
    }

    fn value(&mut self, shape: &'static Shape, name: &str, now: &Value) -> Value {
        match shape {
            Shape::Both => json!({ "sv": self.text(&format!("{name}.sv")), "en": self.text(&format!("{name}.en")) }),
            Shape::Text | Shape::Id | Shape::Ref(_) => Value::String(self.text(name)),
            Shape::Choice(words) => {
                let word = self.text(name);
                if !words.contains(&word.as_str()) {
                    self.wrong(name, "drafts-choice-wrong");
                }
                Value::String(word)
            }
            Shape::YesNo => Value::Bool(!self.text(name).is_empty()),
            Shape::Whole => self.whole(name),
            Shape::Number => self.number(name),
            Shape::Needs => self.needs(name, now),
            Shape::List(Shape::Whole) => {
                let text = self.text(name);
                let parts = text.split([',', '\n', ' ']).filter(|part| !part.is_empty());
                let numbers: Vec<Option<u64>> = parts.map(|part| part.parse().ok()).collect();
                if numbers.contains(&None) {
                    self.wrong(name, "drafts-number-wrong");
                }
                numbers.into_iter().flatten().collect()
            }
            Shape::List(Shape::Text) => {
                let text = self.text(name);
                text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
            }
            Shape::List(part) => self.list(part, name, now),
            Shape::Struct(part) => {
                let fields = part.fields.iter();
                let field = |f: &'static shape::Field| {
                    (f.name.to_owned(), self.field(f, &format!("{name}.{}", f.name), &now[f.name]))
                };
                Value::Object(fields.map(field).collect())
            }
            Shape::ByRef(..) => now.clone(),
        }
    }

    /// Items that say nothing are left out, so that clearing one takes it away.
    fn list(&mut self, part: &'static Shape, name: &str, now: &Value) -> Value {
        let mut items = Vec::new();
        for at in 0..MOST {
            let name = format!("{name}.{at}");
            if !self.has(&name) {
                break;
            }
            let wrongs = self.wrongs.clone();
            let item = self.value(part, &name, &now[at]);
            match says_nothing(&item) {
                true => self.wrongs = wrongs,
                false => items.push(item),
            }
        }
        Value::Array(items)
    }

    fn whole(&mut self, name: &str) -> Value {
        let text = self.text(name);
        match text.parse::<u32>() {
            Ok(number) => number.into(),
            Err(_) if text.is_empty() => Value::String(text),
            Err(_) => {
                self.wrong(name, "drafts-number-wrong");
                Value::String(text)
            }
        }
    }

    fn number(&mut self, name: &str) -> Value {
        let text = self.text(name);
        match text.replace(',', ".").parse::<f64>() {
            Ok(number) if number.is_finite() => json!(number),
            _ => {
                self.wrong(name, "drafts-number-wrong");
                Value::String(text)
            }
        }
    }

    /// A text that has not been touched keeps the expression as it was written.
    fn needs(&mut self, name: &str, now: &Value) -> Value {
        let text = self.text(name);
        if text == self.maker.needs(now) {
            return now.clone();
        }
        match expression::read(&text, self.maker.curriculum) {
            Ok(needs) => serde_json::to_value(needs).unwrap_or_default(),
            Err(wrong) => {
                let text = self.told(&wrong);
                self.wrongs.insert(name.to_owned(), text);
                now.clone()
            }
        }
    }

    fn told(&self, wrong: &expression::Wrong) -> String {
        let text = |key, word: &str| words::text(self.maker.language, key, &[("word", word.into())]);
        match wrong {
            expression::Wrong::Module(word) if word.is_empty() => text("drafts-needs-end", word),
            expression::Wrong::Module(word) => text("drafts-needs-module", word),
            expression::Wrong::Word(word) => text("drafts-needs-word", word),
            expression::Wrong::Open => text("drafts-needs-open", ""),
            expression::Wrong::Deep => text("drafts-needs-deep", ""),
        }
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        // A word chosen from a list is always there and says nothing by itself.
        Value::Object(fields) => fields.iter().all(|(name, value)| name == "kind" || says_nothing(value)),
        _ => false,
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

/// A completion rule's `modules` is another thing than a meeting's.
fn label_key<'a>(name: &'a str, shape: &Shape) -> &'a str {
    if name == "modules" && matches!(shape, Shape::YesNo) { "completion-modules" } else { name }
}

/// What a field is called; none when it is no field.
pub fn label(language: Language, field: &str) -> Option<&'static str> {
    let key = match field {
        "title" => "drafts-field-title",
        "short" => "drafts-field-short",
        "area" => "drafts-field-area",
        "level" => "drafts-field-level",
        "hours" => "drafts-field-hours",
        "format" => "drafts-field-format",
        "purpose" => "drafts-field-purpose",
        "outcomes" => "drafts-field-outcomes",
        "participant" => "drafts-field-participant",
        "trainer" => "drafts-field-trainer",
        "builds_on" => "drafts-field-builds-on",
        "assessment" => "drafts-field-assessment",
        "valid_months" => "drafts-field-valid-months",
        "equivalent" => "drafts-field-equivalent",
        "elective" => "drafts-field-elective",
        "adapted_from" => "drafts-field-adapted-from",
        "within_days" => "drafts-field-within-days",
        "required" => "drafts-field-required",
        "recommended" => "drafts-field-recommended",
        "deadlines" => "drafts-field-deadlines",
        "one_of" => "drafts-field-one-of",
        "choose" => "drafts-field-choose",
        "from" => "drafts-field-from",
        "competence" => "drafts-field-competence",
        "includes" => "drafts-field-includes",
        "dose" => "drafts-field-dose",
        "order" => "drafts-field-order",
        "group" => "drafts-field-group",
        "names" => "drafts-field-names",
        "codes" => "drafts-field-codes",
        "leg" => "drafts-field-leg",
        "letter" => "drafts-field-letter",
        "colour" => "drafts-field-colour",
        "months" => "drafts-field-months",
        "roles" => "drafts-field-roles",
        "meetings" => "drafts-field-meetings",
        "id" => "drafts-field-id",
        "month" => "drafts-field-month",
        "week" => "drafts-field-week",
        "kind" => "drafts-field-kind",
        "modules" => "drafts-field-modules",
        "completion-modules" => "drafts-field-completion-modules",
        "milestones" => "drafts-field-milestones",
        "progress" => "drafts-field-progress",
        "completion" => "drafts-field-completion",
        "attendance_percent" => "drafts-field-attendance",
        "presented" => "drafts-field-presented",
        "name" => "drafts-field-name",
        "day_hours" => "drafts-field-day-hours",
        "holiday_months" => "drafts-field-holiday-months",
        "everyone" => "drafts-field-everyone",
        _ => return None,
    };
    words::plain(language, key)
}

fn hint(language: Language, field: &str) -> Option<String> {
    let key = match field {
        "builds_on" => "drafts-hint-builds-on",
        "short" => "drafts-hint-short",
        "valid_months" => "drafts-hint-valid-months",
        "equivalent" => "drafts-hint-equivalent",
        "elective" => "drafts-hint-elective",
        "adapted_from" => "drafts-hint-adapted-from",
        "names" => "drafts-hint-names",
        "codes" => "drafts-hint-codes",
        "outcomes" => "drafts-hint-outcomes",
        "holiday_months" => "drafts-hint-holiday-months",
        "letter" => "drafts-hint-letter",
        "progress" => "drafts-hint-progress",
        "hours" => "drafts-hint-hours",
        _ => return None,
    };
    words::plain(language, key).map(str::to_owned)
}

/// What one of a fixed set of words is called; none when it is no such word.
pub fn choice(language: Language, word: &str) -> Option<&'static str> {
    let known = word == "Lilac" || choice_key(word) != "drafts-colour-lilac";
    words::plain(language, choice_key(word)).filter(|_| known)
}

fn choice_key(word: &str) -> &'static str {
    match word {
        "KnowOf" => "learning-level-know-of",
        "Understand" => "learning-level-understand",
        "Apply" => "learning-level-apply",
        "Lead" => "learning-level-lead",
        "Coach" => "learning-level-coach",
        "Deepening" => "learning-level-deepening",
        "Seminar" => "learning-format-seminar",
        "Workshop" => "learning-format-workshop",
        "Online" => "learning-format-online",
        "SelfStudy" => "learning-format-self-study",
        "Supervision" => "learning-format-supervision",
        "Attendance" => "learning-assessed-attendance",
        "Test" => "learning-assessed-test",
        "Assignment" => "learning-assessed-assignment",
        "Observation" => "learning-assessed-observation",
        "Blue" => "drafts-colour-blue",
        "Teal" => "drafts-colour-teal",
        "Yellow" => "drafts-colour-yellow",
        "Rust" => "drafts-colour-rust",
        _ => "drafts-colour-lilac",
    }
}
