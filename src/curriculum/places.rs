//! Where everything of a curriculum is written, so that a check can point at it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::lex::Span;
use super::problem::Place;
use super::shape::Kind;

/// The side table of a parsed curriculum.
///
/// A path is the section, the id and the fields, with dots between and list positions from 0:
/// `modules.styrdiagram.builds_on.1`, `programmes.arets.meetings.0.month`, `about.everyone`.
#[derive(Debug, Clone, Default)]
pub struct Places {
    values: HashMap<String, Place>,
    defined: BTreeMap<(Kind, String), Place>,
    /// Every use of a name, in the order written.
    pub references: Vec<Reference>,
    /// What files that are not well-formed seem to define.
    perhaps: HashSet<String>,
    /// Something could not be read, so what is missing says nothing.
    pub incomplete: bool,
}

/// A name used for something defined elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub kind: Kind,
    pub name: String,
    pub place: Place,
}

impl Places {
    /// Where the value at `path` is written; where its nearest parent is when the value itself is left out.
    pub fn of(&self, path: &str) -> Place {
        let mut path = path;
        loop {
            if let Some(place) = self.values.get(path) {
                return place.clone();
            }
            match path.rsplit_once('.') {
                Some((parent, _)) => path = parent,
                None => return Place { file: Arc::from(""), span: Span::default() },
            }
        }
    }

    /// What is written at a place: the path of the innermost value that holds it.
    pub fn path_at(&self, file: &str, span: Span) -> Option<&str> {
        let holds = |place: &Place| {
            *place.file == *file && place.span.start <= span.start && span.end.max(span.start) <= place.span.end
        };
        let size = |place: &Place| place.span.end - place.span.start;
        let found = self.values.iter().filter(|(_, place)| holds(place));
        // A value written alone in its field stands where the field stands; the longer path says more.
        found
            .min_by_key(|(path, place)| (size(place), std::cmp::Reverse(path.len()), *path))
            .map(|(path, _)| path.as_str())
    }

    /// Where the id of `kind` called `id` is defined.
    pub fn definition(&self, kind: Kind, id: &str) -> Option<&Place> {
        self.defined.get(&(kind, id.to_owned()))
    }

    /// The ids of `kind`, also of entries that could not be read.
    pub fn ids(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.defined.keys().filter(move |(other, _)| *other == kind).map(|(_, id)| id.as_str())
    }

    /// Whether a file that is not well-formed seems to define `id`.
    pub fn perhaps_defined(&self, id: &str) -> bool {
        self.perhaps.contains(id)
    }

    pub(super) fn note(&mut self, path: &str, place: Place) {
        self.values.entry(path.to_owned()).or_insert(place);
    }

    /// Notes a definition; gives the first when there is one already.
    pub(super) fn define(&mut self, kind: Kind, id: &str, place: Place) -> Option<Place> {
        let key = (kind, id.to_owned());
        if let Some(first) = self.defined.get(&key) {
            return Some(first.clone());
        }
        self.note(&format!("{}.{id}", kind.section()), place.clone());
        self.defined.insert(key, place);
        None
    }

    /// Notes what is probably meant as a definition.
    pub(super) fn guess(&mut self, id: &str) {
        self.perhaps.insert(id.to_owned());
        self.incomplete = true;
    }

    pub(super) fn broken_file(&mut self, text: &str) {
        // A missing quote turns inside and outside around, so both are looked at.
        let pieces: Vec<&str> = text.split('"').collect();
        let keys = pieces.windows(2).filter(|pair| pair[1].trim_start().starts_with(':'));
        self.perhaps.extend(keys.map(|pair| pair[0].to_owned()));
        self.incomplete = true;
    }
}
