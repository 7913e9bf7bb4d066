//! What is expected and what is found, in the words of a message.

use super::names::listed;
use super::shape::{Field, Shape};
use super::tree::{Node, Value};

/// What a shape asks for, in a sentence, and how to write it.
pub(super) fn expected(shape: &Shape) -> (&'static str, String) {
    let (expected, help) = match shape {
        Shape::Both => ("a text in both languages", "write (sv: \"…\", en: \"…\")"),
        Shape::Text => ("a text in quotes", "write \"…\""),
        Shape::Id => ("an id in quotes", "write \"…\""),
        Shape::Ref(kind) => return ("an id in quotes", format!("write the id of {}", kind.one())),
        Shape::Whole => ("a whole number", "write digits only, without quotes"),
        Shape::Number => ("a number", "write it without quotes, as in 3.5"),
        Shape::YesNo => ("`true` or `false`", "write it without quotes"),
        Shape::Choice(words) => return ("a word", format!("it is one of {}", listed(words.iter().copied()))),
        Shape::List(_) => ("a list `[ … ]`", "write its parts between `[` and `]`, also when there is only one"),
        Shape::ByRef(..) => ("a map `{ … }`", "write `{ \"id\": …, … }`"),
        Shape::Struct(_) => ("a struct `( … )`", "write `(name: value, …)`"),
        Shape::Needs => ("a prerequisite", "write \"a\", All([…]), Any([…]) or AtLeast(2, […])"),
    };
    (expected, help.to_owned())
}

/// What a value is, in a sentence.
pub(super) fn found(node: &Node<'_>) -> String {
    let shown = |text: &str| text.chars().take(40).collect::<String>();
    match &node.value {
        Value::Text(_) => "a text".into(),
        Value::Number(number) => format!("the number {}", shown(number)),
        Value::Word(word) => format!("the word `{}`", shown(word)),
        Value::Group(Some(name), _) => format!("`{}(…)`", shown(name.text)),
        Value::Group(None, _) => "a struct `( … )`".into(),
        Value::List(_) => "a list `[ … ]`".into(),
        Value::Map(_) => "a map `{ … }`".into(),
        Value::Nothing => "nothing".into(),
    }
}

/// How a field may be written, for a help line.
pub(super) fn example(field: &Field) -> String {
    let value = match field.shape {
        Shape::Both => "(sv: \"…\", en: \"…\")",
        Shape::Text | Shape::Id | Shape::Ref(_) | Shape::Needs => "\"…\"",
        Shape::Whole => "1",
        Shape::Number => "3.5",
        Shape::YesNo => "true",
        Shape::Choice(words) => words.first().copied().unwrap_or("…"),
        Shape::List(_) => "[…]",
        Shape::ByRef(..) => "{…}",
        Shape::Struct(_) => "(…)",
    };
    format!("`{}: {value}`", field.name)
}
