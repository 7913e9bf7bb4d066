//! Compares what is written with its shape: fields, kinds of value, both languages; notes every place and name.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::lex::Span;
use super::names::{listed, nearest};
use super::parse::decode;
use super::phrases::{example, expected, found};
use super::places::{Places, Reference};
use super::problem::{Place, Problem};
use super::rules::{self, Severity};
use super::shape::{Field, Kind, Shape, Struct};
use super::tree::{Item, Name, Node, Value};

/// More problems than this in one file are not told: the first ones come first.
const MOST_PROBLEMS: usize = 100;
const LONGEST_ID: usize = 64;

/// One file being compared.
pub(super) struct Walk<'a, 'p> {
    pub file: Arc<str>,
    pub text: &'a str,
    pub places: &'p mut Places,
    /// Errors met so far.
    pub errors: usize,
    problems: Vec<Problem>,
    left_out: usize,
}

impl<'a, 'p> Walk<'a, 'p> {
    pub fn new(file: Arc<str>, text: &'a str, places: &'p mut Places) -> Self {
        Walk { file, text, places, errors: 0, problems: Vec::new(), left_out: 0 }
    }

    /// The file's problems.
    pub fn finish(mut self) -> Vec<Problem> {
        if self.left_out > 0 {
            let place = self.place(Span { start: self.text.len(), end: self.text.len() });
            let message = format!("{} more problems in this file are not shown", self.left_out);
            self.problems.push(Problem::new(&rules::TOO_MANY, &place, message, "solve the first ones and check again"));
        }
        self.problems
    }

    /// Compares a struct; `head` is where a missing field is shown.
    pub fn record(&mut self, node: &Node<'_>, shape: &'static Struct, path: &str, head: Span) {
        let Value::Group(None, items) = &node.value else {
            let help =
                format!("write `( … )` with its fields: {}", listed(shape.fields.iter().map(|field| field.name)));
            return self.wrong(node, shape.what, "a struct `( … )`", &help);
        };
        let mut seen: HashMap<&str, Span> = HashMap::new();
        let mut misspelt = Vec::new();
        for item in items {
            let Some(name) = item.name else {
                self.nameless(&item.value, "a field's name");
                continue;
            };
            if let Some(first) = seen.insert(name.text, name.span) {
                self.twice(name, first, "remove one of the two");
                continue;
            }
            match shape.fields.iter().find(|field| field.name == name.text) {
                Some(field) => self.field(item, field, &format!("{path}.{}", field.name)),
                None => misspelt.extend(self.unknown_field(name, shape)),
            }
        }
        // A field that is only misspelt is not missing too.
        let there = |field: &&Field| seen.contains_key(field.name) || misspelt.contains(&field.name);
        let missing = || shape.fields.iter().filter(|field| field.must && !there(field));
        if missing().next().is_some() {
            let message = format!("{} lacks {}", shape.what, listed(missing().map(|field| field.name)));
            let help = format!("add {}", missing().map(example).collect::<Vec<_>>().join(", "));
            let problem = Problem::new(&rules::MISSING_FIELD, &self.place(head), message, help);
            self.tell(missing().fold(problem, |problem, field| problem.with("field", field.name)));
        }
    }

    fn field(&mut self, item: &Item<'_>, field: &'static Field, path: &str) {
        let node = match &item.value.value {
            Value::Word("None") if field.option => return,
            Value::Group(Some(Name { text: "Some", .. }), inner) if field.option && inner.len() == 1 => &inner[0].value,
            _ => &item.value,
        };
        self.value(node, &field.shape, path, &format!("`{}`", field.name));
    }

    /// Compares a value; `called` names it in a sentence.
    fn value(&mut self, node: &Node<'_>, shape: &'static Shape, path: &str, called: &str) {
        self.places.note(path, self.place(node.span));
        match (shape, &node.value) {
            (Shape::Both, _) => self.both(node, called),
            (Shape::Text, Value::Text(quoted)) => {
                self.string(node, quoted);
            }
            (Shape::Id, Value::Text(quoted)) => {
                if let Some(id) = self.string(node, quoted) {
                    self.id(&id, node.span);
                }
            }
            (Shape::Ref(kind), Value::Text(quoted)) => self.reference(*kind, node, quoted),
            (Shape::Whole, Value::Number(number)) if number.replace('_', "").parse::<u32>().is_ok() => {}
            (Shape::Number, Value::Number(_)) | (Shape::YesNo, Value::Word("true" | "false")) => {}
            (Shape::Choice(words), Value::Word(word)) if words.contains(word) => {}
            (Shape::Choice(words), Value::Word(word)) => {
                let help = match nearest(word, words.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("it is one of {}", listed(words.iter().copied())),
                };
                let message = format!("{called} cannot be `{word}`");
                self.tell(Problem::new(&rules::WRONG_TYPE, &self.place(node.span), message, help));
            }
            (Shape::List(part), Value::List(nodes)) => self.list(nodes, part, path, called),
            (Shape::ByRef(kind, part), Value::Map(entries)) => {
                let entries: Vec<_> = entries.iter().map(|(key, value)| (key, value)).collect();
                self.by_ref(*kind, &entries, part, path);
            }
            (Shape::Struct(part), _) => {
                let opening = Span { start: node.span.start, end: node.span.start + 1 };
                self.record(node, part, path, opening);
            }
            (Shape::Needs, _) => self.needs(node, path),
            _ => {
                let (expected, help) = expected(shape);
                self.wrong(node, called, expected, &help);
            }
        }
    }

    /// A text in both languages.
    fn both(&mut self, node: &Node<'_>, called: &str) {
        let help = "write (sv: \"…\", en: \"…\")";
        let Value::Group(None, items) = &node.value else {
            return self.wrong(node, called, "a text in both languages", help);
        };
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for item in items {
            let Some(name) = item.name else {
                self.nameless(&item.value, "`sv` or `en`");
                continue;
            };
            if let Some(first) = seen.insert(name.text, name.span) {
                self.twice(name, first, "remove one of the two");
            } else if !["sv", "en"].contains(&name.text) {
                let message = format!("a text has no language `{}`", name.text);
                self.tell(Problem::new(&rules::UNKNOWN_FIELD, &self.place(name.span), message, help));
            } else if let Value::Text(quoted) = item.value.value {
                if self.string(&item.value, quoted).is_some_and(|text| text.trim().is_empty()) {
                    self.untranslated(item.value.span, called, name.text);
                }
            } else {
                self.wrong(&item.value, &format!("`{}`", name.text), "a text in quotes", help);
            }
        }
        for language in ["sv", "en"] {
            if !seen.contains_key(language) {
                self.untranslated(node.span, called, language);
            }
        }
    }

    fn untranslated(&mut self, span: Span, called: &str, language: &str) {
        let tongue = if language == "sv" { "Swedish" } else { "English" };
        let message = format!("{called} has no {tongue} text");
        let help = format!("write `{language}: \"…\"`");
        let problem = Problem::new(&rules::TRANSLATION, &self.place(span), message, help);
        self.tell(problem.with("language", language));
    }

    fn list(&mut self, nodes: &[Node<'_>], part: &'static Shape, path: &str, called: &str) {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        let called = format!("a part of {called}");
        for (at, node) in nodes.iter().enumerate() {
            if let (Shape::Ref(_), Value::Text(name)) = (part, &node.value)
                && let Some(first) = seen.insert(name, node.span)
            {
                let message = format!("{name} stands twice in the list");
                let problem = Problem::new(&rules::REPEATED, &self.place(node.span), message, "remove one of the two");
                let problem = problem.with("name", name.trim_matches('"'));
                self.tell(problem.also(&self.place(first), "first here"));
            }
            self.value(node, part, &format!("{path}.{at}"), &called);
        }
    }

    fn by_ref(&mut self, kind: Kind, entries: &[(&Node<'_>, &Node<'_>)], part: &'static Shape, path: &str) {
        let mut seen: HashMap<String, Span> = HashMap::new();
        for (key, value) in entries {
            let Value::Text(quoted) = key.value else {
                self.wrong(key, "the key", &format!("the id of {}", kind.one()), "write `\"id\": …`");
                continue;
            };
            self.reference(kind, key, quoted);
            let Some(name) = self.string(key, quoted) else { continue };
            if let Some(first) = seen.insert(name.to_string(), key.span) {
                self.twice(Name { text: &name, span: key.span }, first, "remove one of the two");
            }
            self.value(value, part, &format!("{path}.{name}"), &format!("`{name}`"));
        }
    }

    fn needs(&mut self, node: &Node<'_>, path: &str) {
        self.places.note(path, self.place(node.span));
        let parts = match &node.value {
            Value::Text(quoted) => return self.reference(Kind::Module, node, quoted),
            Value::Group(Some(Name { text: "All" | "Any", .. }), items) => match items.as_slice() {
                [Item { name: None, value: Node { value: Value::List(parts), .. } }] => Some(parts),
                _ => None,
            },
            Value::Group(Some(Name { text: "AtLeast", .. }), items) => match items.as_slice() {
                [
                    Item { name: None, value: Node { value: Value::Number(count), .. } },
                    Item { name: None, value: Node { value: Value::List(parts), .. } },
                ] if count.parse::<u32>().is_ok() => Some(parts),
                _ => None,
            },
            _ => None,
        };
        let Some(parts) = parts else {
            let help = "write \"a\", All([\"a\", \"b\"]), Any([\"a\", \"b\"]) or AtLeast(2, [\"a\", \"b\", \"c\"])";
            return self.wrong(node, "a prerequisite", "a module or an expression of modules", help);
        };
        for (at, part) in parts.iter().enumerate() {
            self.needs(part, &format!("{path}.{at}"));
        }
    }

    fn reference(&mut self, kind: Kind, node: &Node<'_>, quoted: &str) {
        if let Some(name) = self.string(node, quoted) {
            let place = self.place(node.span);
            self.places.references.push(Reference { kind, name: name.into_owned(), place });
        }
    }

    /// What a text in quotes says; none, and a problem, when its escapes are wrong.
    pub fn string<'t>(&mut self, node: &Node<'_>, quoted: &'t str) -> Option<Cow<'t, str>> {
        if quoted.starts_with('"') && !quoted.contains('\\') {
            return Some(Cow::Borrowed(&quoted[1..quoted.len() - 1]));
        }
        match decode::<String>(quoted) {
            Ok(text) => Some(Cow::Owned(text)),
            Err(_) => {
                let message = "a backslash is followed by a character that has no meaning there";
                let help = r#"write `\\` for a backslash and `\"` for a quote"#;
                self.tell(Problem::new(&rules::SYNTAX, &self.place(node.span), message, help));
                None
            }
        }
    }

    /// Whether an id is well formed.
    pub fn id(&mut self, id: &str, span: Span) {
        let letters = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if id.len() > LONGEST_ID || !id.split('-').all(letters) {
            let shown: String = id.chars().take(LONGEST_ID).collect();
            let message = format!("`{shown}` is not well formed as an id");
            let help =
                "write lower-case letters a to z, digits and single hyphens between, as in `mata-for-forbattring`";
            self.tell(Problem::new(&rules::BAD_ID, &self.place(span), message, help).with("name", shown));
        }
    }

    /// Gives the field that is probably meant.
    fn unknown_field(&mut self, name: Name<'_>, shape: &Struct) -> Option<&'static str> {
        let known = || shape.fields.iter().map(|field| field.name);
        let near = nearest(name.text, known());
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its fields are {}", listed(known())),
        };
        let message = format!("{} has no field `{}`", shape.what, name.text);
        self.tell(Problem::new(&rules::UNKNOWN_FIELD, &self.place(name.span), message, help));
        near
    }

    /// A name written twice where it may stand once.
    pub fn twice(&mut self, name: Name<'_>, first: Span, help: &str) {
        let message = format!("`{}` is written twice", name.text);
        let problem = Problem::new(&rules::DUPLICATE, &self.place(name.span), message, help);
        self.tell(problem.also(&self.place(first), "first written here"));
    }

    pub fn nameless(&mut self, node: &Node<'_>, expected: &str) {
        let message = format!("{expected} is expected before this value");
        self.tell(Problem::new(&rules::WRONG_TYPE, &self.place(node.span), message, "write `name: value`"));
    }

    /// A value of another kind than it should be.
    pub fn wrong(&mut self, node: &Node<'_>, called: &str, expected: &str, help: &str) {
        let message = format!("{called} should be {expected}, but is {}", found(node));
        self.tell(Problem::new(&rules::WRONG_TYPE, &self.place(node.span), message, help));
    }

    pub fn place(&self, span: Span) -> Place {
        Place { file: self.file.clone(), span }
    }

    pub fn tell(&mut self, problem: Problem) {
        if problem.severity == Severity::Error {
            self.errors += 1;
        }
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        } else {
            self.left_out += 1;
        }
    }
}
