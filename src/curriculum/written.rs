//! How values are best written: every entry as RON in one canonical form, with what may be left out left out.
//!
//! The shape of an entry says the order of its fields. A value stands on one line when there is room for it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::model::{About, Area, Dose, Leg, Module, Programme, Role, Title, TitleGroup};
use super::parse::decode;
use super::shape::{ABOUT, Field, Kind, Shape, Struct};

/// Longest line, in characters; a single text may be longer.
pub const WIDTH: usize = 100;
/// Spaces for each bracket that a line stands in.
pub const STEP: usize = 4;

/// What a file's sections hold.
pub trait Entry: Clone + PartialEq + Serialize + DeserializeOwned {
    /// None for `about`.
    const KIND: Option<Kind>;

    fn shape() -> &'static Struct {
        Self::KIND.map_or(&ABOUT, Kind::entry)
    }
}

macro_rules! entries {
    ($($type:ty => $kind:expr),+ $(,)?) => {
        $(impl Entry for $type {
            const KIND: Option<Kind> = $kind;
        })+
    };
}

entries! {
    About => None,
    Leg => Some(Kind::Leg),
    Area => Some(Kind::Area),
    Module => Some(Kind::Module),
    Dose => Some(Kind::Dose),
    Role => Some(Kind::Role),
    TitleGroup => Some(Kind::Group),
    Title => Some(Kind::Title),
    Programme => Some(Kind::Programme),
}

/// A value between its writing and its layout.
#[derive(Debug, Clone, PartialEq)]
pub enum Written {
    Plain(String),
    Bracketed {
        open: String,
        close: &'static str,
        /// What stands before each part, such as `title: `, and the part.
        parts: Vec<(String, Written)>,
    },
}

/// An entry as a struct over several lines; `indent` is that of the line it begins on.
pub fn entry<T: Entry>(entry: &T, indent: usize) -> String {
    record(T::shape(), &plain(entry)).broken(indent)
}

/// An entry from its text. The error says what RON expected.
pub fn read<T: Entry>(text: &str) -> Result<T, String> {
    decode(text).map_err(|error| error.code.to_string())
}

/// An entry as plain data; which has a JSON form always.
pub fn plain<T: Entry>(entry: &T) -> Value {
    serde_json::to_value(entry).unwrap_or_default()
}

/// A struct with the fields that must be written.
pub fn record(shape: &'static Struct, value: &Value) -> Written {
    let written = shape.fields.iter().filter_map(|field| {
        let part = value.get(field.name).unwrap_or(&Value::Null);
        (!left_out(field, part)).then(|| (format!("{}: ", field.name), of(&field.shape, part)))
    });
    Written::Bracketed { open: "(".into(), close: ")", parts: written.collect() }
}

/// Whether the field means the same when it is not written.
pub fn left_out(field: &Field, value: &Value) -> bool {
    !field.must
        && match value {
            Value::Null | Value::Bool(false) => true,
            Value::Array(parts) => parts.is_empty(),
            // The first word of a choice that may be left out is what it then means.
            Value::String(word) => {
                matches!(field.shape, Shape::Choice(words) if !field.option && words.first() == Some(&word.as_str()))
            }
            // The only number that is no option and may be left out is how many to choose from a set.
            Value::Number(number) => !field.option && number.as_u64() == Some(1),
            Value::Object(fields) => {
                fields.is_empty()
                    || matches!(field.shape, Shape::Needs)
                        && fields.get("All").and_then(Value::as_array).is_some_and(Vec::is_empty)
            }
            _ => false,
        }
}

/// A value of this shape.
pub fn of(shape: &'static Shape, value: &Value) -> Written {
    match (shape, value) {
        (Shape::Both, _) => {
            let text = |language| quoted(value.get(language).and_then(Value::as_str).unwrap_or_default());
            let parts = ["sv", "en"].map(|language| (format!("{language}: "), Written::Plain(text(language))));
            Written::Bracketed { open: "(".into(), close: ")", parts: parts.into() }
        }
        (Shape::Choice(_), Value::String(word)) => Written::Plain(word.clone()),
        (Shape::List(part), Value::Array(values)) => {
            list("[", "]", values.iter().map(|value| of(part, value)).collect())
        }
        (Shape::ByRef(_, part), Value::Object(values)) => {
            let parts = values.iter().map(|(id, value)| (format!("{}: ", quoted(id)), of(part, value)));
            Written::Bracketed { open: "{".into(), close: "}", parts: parts.collect() }
        }
        (Shape::Struct(part), _) => record(part, value),
        (Shape::Needs, _) => needs(value),
        (_, Value::String(text)) => Written::Plain(quoted(text)),
        (_, Value::Number(number)) => Written::Plain(match (number.as_u64(), number.as_f64()) {
            (None, Some(decimal)) => decimal.to_string(),
            _ => number.to_string(),
        }),
        (_, Value::Bool(yes)) => Written::Plain(yes.to_string()),
        // Numbers that are none (not a number, infinite): a zero is refused by the checks of every number.
        _ => Written::Plain("0".into()),
    }
}

fn needs(value: &Value) -> Written {
    let Some((name, value)) = value.as_object().and_then(|fields| fields.iter().next()) else {
        return list("All([", "])", Vec::new());
    };
    let parts = |value: &Value| value.as_array().into_iter().flatten().map(needs).collect();
    match (name.as_str(), value) {
        ("Module", Value::String(id)) => Written::Plain(quoted(id)),
        ("AtLeast", Value::Array(pair)) if pair.len() == 2 => {
            list(format!("AtLeast({}, [", pair[0]), "])", parts(&pair[1]))
        }
        _ => list(format!("{name}(["), "])", parts(value)),
    }
}

pub fn list(open: impl Into<String>, close: &'static str, parts: Vec<Written>) -> Written {
    Written::Bracketed { open: open.into(), close, parts: parts.into_iter().map(|p| (String::new(), p)).collect() }
}

/// A text in quotes. What cannot be seen is escaped, and paragraphs stay on one line.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\u{AD}'
            | '\u{FEFF}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202F}'
            | '\u{2060}'..='\u{206F}' => out.push_str(&format!("\\u{{{:X}}}", u32::from(c))),
            _ if c.is_control() || (c.is_whitespace() && c != ' ') => {
                out.push_str(&format!("\\u{{{:X}}}", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

impl Written {
    /// On one line when it fits behind `before` characters, else over several; `indent` is that of its line.
    pub fn lay(&self, indent: usize, before: usize) -> String {
        let flat = self.flat();
        // A comma follows.
        if before + flat.chars().count() < WIDTH { flat } else { self.broken(indent) }
    }

    /// On one line.
    pub fn flat(&self) -> String {
        match self {
            Written::Plain(text) => text.clone(),
            Written::Bracketed { open, close, parts } => {
                let parts: Vec<String> = parts.iter().map(|(name, part)| format!("{name}{}", part.flat())).collect();
                format!("{open}{}{close}", parts.join(", "))
            }
        }
    }

    /// One line for each part, when it has parts.
    pub fn broken(&self, indent: usize) -> String {
        let Written::Bracketed { open, close, parts } = self else { return self.flat() };
        if parts.is_empty() {
            return self.flat();
        }
        let inner = indent + STEP;
        let margin = " ".repeat(inner);
        let mut out = format!("{open}\n");
        for (name, part) in parts {
            let part = part.lay(inner, inner + name.chars().count());
            out.push_str(&format!("{margin}{name}{part},\n"));
        }
        out.push_str(&" ".repeat(indent));
        out.push_str(close);
        out
    }
}
