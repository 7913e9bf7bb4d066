//! From texts to a [`Curriculum`], with the place of everything and all problems of form.
//!
//! Each file is read into a tree that survives errors, each entry of the tree is compared with its written shape, and
//! what has the right shape is decoded by the ron crate. So one broken entry or file hides nothing else.

use std::collections::HashMap;
use std::sync::Arc;

use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::lex::Span;
use super::load::{MAX_FILE_BYTES, Sources, Unread, Why};
use super::model::Curriculum;
use super::names::nearest;
use super::places::Places;
use super::problem::{Place, Problem};
use super::rules::{self, Severity};
use super::shape::{ABOUT, Kind};
use super::syntax;
use super::tree::{Item, Name, Node, Value};
use super::walk::Walk;

/// Reads `sources`. What has errors is left out of the curriculum; where everything stands is in the places.
pub fn parse(sources: &Sources) -> (Curriculum, Places, Vec<Problem>) {
    let mut curriculum = Curriculum::default();
    let mut places = Places::default();
    let mut problems: Vec<Problem> = sources.unread.iter().map(unread).collect();
    places.incomplete = !problems.is_empty();
    let mut about = None;
    for source in &sources.files {
        let file = Arc::from(source.name.as_str());
        let mut walk = Walk::new(file, &source.text, &mut places);
        File { walk: &mut walk, curriculum: &mut curriculum, about: &mut about }.read();
        problems.append(&mut walk.finish());
    }
    if about.is_none() && !places.incomplete {
        let file = sources.files.first().map_or("", |file| file.name.as_str());
        let place = Place { file: Arc::from(file), span: Span::default() };
        let message = "no file has the section `about`";
        problems.push(Problem::new(
            &rules::MISSING_FIELD,
            &place,
            message,
            "write `about: (name: …, purpose: …, day_hours: …)` in one of the files",
        ));
    }
    (curriculum, places, problems)
}

/// One entry's text as its type, with `Some` left out as people write it.
pub(super) fn decode<T: DeserializeOwned>(text: &str) -> Result<T, ron::error::SpannedError> {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME).from_str(text)
}

struct File<'w, 'a, 'c> {
    walk: &'w mut Walk<'a, 'c>,
    curriculum: &'w mut Curriculum,
    about: &'w mut Option<Place>,
}

impl File<'_, '_, '_> {
    fn read(&mut self) {
        let text = self.walk.text;
        let (tree, errors) = syntax::parse(text);
        if !errors.is_empty() {
            self.walk.places.broken_file(text);
        }
        for error in errors {
            let rule = if error.deep { &rules::TOO_DEEP } else { &rules::SYNTAX };
            let mut problem = Problem::new(rule, &self.walk.place(error.span), error.message, error.help);
            if let Some((span, label)) = error.also {
                problem = problem.also(&self.walk.place(span), label);
            }
            self.walk.tell(problem);
        }
        let Some(tree) = tree else { return };
        match &tree.value {
            Value::Group(None, sections) => self.sections(sections, tree.broken),
            _ if tree.broken => {}
            _ => {
                let help = "write `( … )` with sections such as `modules: { … }`";
                self.walk.wrong(&tree, "a file", "one struct `( … )`", help);
            }
        }
    }

    fn sections(&mut self, sections: &[Item<'_>], broken: bool) {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for section in sections {
            let Some(name) = section.name else {
                if !section.value.broken {
                    self.walk.nameless(&section.value, "a section's name");
                }
                continue;
            };
            if let Some(first) = seen.insert(name.text, name.span) {
                self.walk.twice(name, first, "merge the two into one section");
            }
            if name.text == "about" {
                self.about(name, &section.value);
            } else if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.section() == name.text) {
                self.section(kind, &section.value);
            } else {
                self.unknown_section(name, broken);
            }
        }
    }

    fn about(&mut self, name: Name<'_>, node: &Node<'_>) {
        let place = self.walk.place(name.span);
        if let Some(first) = self.about.as_ref() {
            let problem =
                Problem::new(&rules::DUPLICATE, &place, "the section `about` is written twice", "keep one of the two");
            self.walk.tell(problem.also(first, "first written here"));
            return;
        }
        *self.about = Some(place.clone());
        self.walk.places.note("about", place);
        if let Some(about) = self.entry(node, &ABOUT, "about", name.span) {
            self.curriculum.about = about;
        }
    }

    fn section(&mut self, kind: Kind, node: &Node<'_>) {
        let Value::Map(entries) = &node.value else {
            if !node.broken {
                let help = "write `{ \"id\": ( … ), … }`";
                self.walk.wrong(node, &format!("`{}`", kind.section()), "a map of entries with ids", help);
            }
            return;
        };
        for (key, value) in entries {
            let Value::Text(quoted) = key.value else {
                if let Value::Word(word) = key.value {
                    self.walk.places.guess(word);
                }
                if !node.broken {
                    self.walk.wrong(key, "an id", "a text in quotes", "write `\"id\": ( … )`");
                }
                continue;
            };
            let Some(id) = self.walk.string(key, quoted) else { continue };
            if self.defines(kind, &id, key.span) {
                self.keep(kind, id.into_owned(), key.span, value);
            }
        }
    }

    /// Notes the definition; false when the id is taken.
    fn defines(&mut self, kind: Kind, id: &str, span: Span) -> bool {
        self.walk.id(id, span);
        let place = self.walk.place(span);
        let Some(first) = self.walk.places.define(kind, id, place.clone()) else { return true };
        let message = format!("the {} `{id}` is defined twice", kind.word());
        let problem = Problem::new(&rules::DUPLICATE, &place, message, "rename or remove one of the two");
        let problem = problem.with("name", id);
        self.walk.tell(problem.also(&first, "first defined here"));
        false
    }

    fn keep(&mut self, kind: Kind, id: String, head: Span, node: &Node<'_>) {
        let path = format!("{}.{id}", kind.section());
        let shape = kind.entry();
        macro_rules! insert {
            ($map:ident) => {
                if let Some(entry) = self.entry(node, shape, &path, head) {
                    self.curriculum.$map.insert(id, entry);
                }
            };
        }
        match kind {
            Kind::Leg => insert!(legs),
            Kind::Area => insert!(areas),
            Kind::Dose => insert!(doses),
            Kind::Role => insert!(roles),
            Kind::Group => insert!(groups),
            Kind::Title => insert!(titles),
            Kind::Programme => insert!(programmes),
            Kind::Module => {
                if let Some(module) = self.entry(node, shape, &path, head) {
                    self.curriculum.modules.push((id, module));
                }
            }
        }
    }

    /// The decoded entry, when its shape is right.
    fn entry<T: DeserializeOwned>(
        &mut self,
        node: &Node<'_>,
        shape: &'static super::shape::Struct,
        path: &str,
        head: Span,
    ) -> Option<T> {
        let before = self.walk.errors;
        if !node.broken {
            self.walk.record(node, shape, path, head);
        }
        if node.broken || self.walk.errors > before {
            self.walk.places.incomplete = true;
            return None;
        }
        match decode(&self.walk.text[node.span.range()]) {
            Ok(entry) => Some(entry),
            Err(error) => {
                self.walk.places.incomplete = true;
                let message = format!("RON cannot read {}: {}", shape.what, error.code);
                let place = self.walk.place(head);
                self.walk.tell(Problem::new(&rules::SYNTAX, &place, message, "write it as in the other entries"));
                None
            }
        }
    }

    /// In a file with a bracket too many it is mostly a field, and not told.
    fn unknown_section(&mut self, name: Name<'_>, broken: bool) {
        self.walk.places.incomplete = true;
        let known = || std::iter::once("about").chain(Kind::ALL.into_iter().map(Kind::section));
        let help = match nearest(name.text, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if broken => return,
            None => format!("the sections are {}", super::names::listed(known())),
        };
        let message = format!("there is no section `{}`", name.text);
        self.walk.tell(Problem::new(&rules::UNKNOWN_FIELD, &self.walk.place(name.span), message, help));
    }
}

fn unread(unread: &Unread) -> Problem {
    let (message, help) = match &unread.why {
        Why::NotUtf8 { line, offset } => {
            (format!("the file is not UTF-8: line {line}, byte {offset}"), "save it as UTF-8".to_owned())
        }
        Why::TooLarge => (
            format!("the file is larger than {} KiB", MAX_FILE_BYTES / 1024),
            "a curriculum is a handful of small files: split it, or remove it".to_owned(),
        ),
        Why::SymbolicLink => ("a symbolic link is not followed".to_owned(), "put the file itself here".to_owned()),
        Why::NotAFile => ("this is not a plain file".to_owned(), "put a plain file here, or remove it".to_owned()),
        Why::TooDeep => ("folders are nested too deeply".to_owned(), "put the files further up".to_owned()),
        Why::Io(error) => (format!("the file cannot be read: {error}"), "see that it may be read".to_owned()),
    };
    Problem {
        code: rules::UNREADABLE.code,
        severity: Severity::Error,
        file: unread.name.clone(),
        span: Span::default(),
        message,
        help,
        also: Vec::new(),
        facts: Vec::new(),
    }
}
