//! What a posted form says, as the value of an entry, and what of it cannot be read.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Maker, Posted, Wrongs, elsewhere, shape_of};
use crate::curriculum::shape::{self, Shape};
use crate::designer::drafts::expression;
use crate::words;

/// Longest text of one field, in characters; the largest texts in use are a tenth of it.
const LONGEST: usize = 20_000;
/// Most items of one list that a form takes.
const MOST: usize = 400;

/// A field that the form does not have.
#[derive(Debug, PartialEq, Eq)]
pub struct Unknown;

impl Maker<'_> {
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
