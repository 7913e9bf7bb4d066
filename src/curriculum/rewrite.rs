//! Files that people have written, changed so that they say what a curriculum says now and nothing else is touched.
//!
//! Every entry, field, list item, comment and blank line that did not change stays byte for byte as it was. What is
//! removed goes with the comment directly above it; what is new stands last in its section, a module in its area's file.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::load::{SourceFile, Sources};
use super::model::Curriculum;
use super::parse::{decode, parse};
use super::problem::has_errors;
use super::shape::{ABOUT, Kind};
use super::syntax;
use super::tree::{Node, Value as Tree};
use super::write::{ENTRY, home, write};
use super::written::{self, Entry};

mod bracket;
mod order;
mod place;
mod splice;
#[cfg(test)]
mod tests;
mod value;

use bracket::{Bracket, Come};
use splice::Splices;

/// The files of `sources`, changed so that they say `curriculum`.
///
/// When the files are not well-formed, so that they cannot be changed piece by piece, they are written anew by [`write`].
pub fn rewrite(sources: &Sources, curriculum: &Curriculum) -> Sources {
    let rewritten = spliced(sources, curriculum);
    let (said, _, problems) = parse(&rewritten);
    if said == *curriculum && !has_errors(&problems) { rewritten } else { write(curriculum) }
}

/// The entries of a section as plain data, in the order of the section.
type Entries = Vec<(String, Value)>;

/// A section as it stands in a file, and what is to change in its list of entries.
struct Section<'s> {
    /// Which of the files.
    file: usize,
    kind: Kind,
    node: &'s Node<'s>,
    ids: Vec<String>,
    entries: Vec<&'s Node<'s>>,
    gone: Vec<bool>,
    come: Vec<(Option<usize>, Come)>,
}

/// Entries for sections that are not there yet, as texts, by the name of their file.
type Begun = BTreeMap<String, BTreeMap<Kind, Vec<String>>>;

fn spliced(sources: &Sources, curriculum: &Curriculum) -> Sources {
    let old = parse(sources).0;
    if old == *curriculum {
        return sources.clone();
    }
    let files = &sources.files;
    let trees: Vec<Option<Node<'_>>> = files.iter().map(|file| syntax::parse(&file.text).0).collect();
    let mut splices: Vec<Splices> = files.iter().map(|file| Splices::of(&file.text)).collect();
    let (mut sections, about) = sections(&trees);
    let mut begun = Begun::new();
    if let Some((file, node)) = about {
        let (was, is) = (written::plain(&old.about), written::plain(&curriculum.about));
        value::entry(&mut splices[file], node, &ABOUT, &was, &is);
    }
    for kind in Kind::ALL {
        let (was, is) = (entries(&old, kind), entries(curriculum, kind));
        change(&mut sections, &mut splices, kind, &was, &is);
        if kind == Kind::Module {
            place::modules(files, &mut sections, &mut begun, &was, &is);
        } else {
            append(&mut sections, &mut begun, kind, &was, &is);
        }
    }
    for section in sections {
        let bracket = Bracket::of(&files[section.file].text, section.node);
        bracket.restructure(&section.gone, section.come, &mut splices[section.file]);
    }
    finish(files, &trees, splices, begun, sources)
}

/// Every section of every file, and where `about` is.
fn sections<'s>(trees: &'s [Option<Node<'s>>]) -> (Vec<Section<'s>>, Option<(usize, &'s Node<'s>)>) {
    let (mut sections, mut about) = (Vec::new(), None);
    for (file, tree) in trees.iter().enumerate() {
        let Some(Node { value: Tree::Group(None, items), .. }) = tree else { continue };
        for item in items {
            let name = item.name.map_or("", |name| name.text);
            let kind = Kind::ALL.into_iter().find(|kind| kind.section() == name);
            if let (Some(kind), Tree::Map(pairs)) = (kind, &item.value.value) {
                let ids = pairs.iter().map(|(key, _)| match key.value {
                    Tree::Text(quoted) => decode::<String>(quoted).unwrap_or_default(),
                    _ => String::new(),
                });
                sections.push(Section {
                    file,
                    kind,
                    node: &item.value,
                    ids: ids.collect(),
                    entries: pairs.iter().map(|(_, value)| value).collect(),
                    gone: vec![false; pairs.len()],
                    come: Vec::new(),
                });
            } else if name == "about" {
                about.get_or_insert((file, &item.value));
            }
        }
    }
    (sections, about)
}

fn entries(curriculum: &Curriculum, kind: Kind) -> Entries {
    fn plain<'a, T: Entry + 'a>(entries: impl IntoIterator<Item = (&'a String, &'a T)>) -> Entries {
        entries.into_iter().map(|(id, entry)| (id.clone(), written::plain(entry))).collect()
    }
    match kind {
        Kind::Leg => plain(&curriculum.legs),
        Kind::Area => plain(&curriculum.areas),
        Kind::Module => plain(curriculum.modules.iter().map(|(id, module)| (id, module))),
        Kind::Dose => plain(&curriculum.doses),
        Kind::Role => plain(&curriculum.roles),
        Kind::Group => plain(&curriculum.groups),
        Kind::Title => plain(&curriculum.titles),
        Kind::Programme => plain(&curriculum.programmes),
    }
}

/// Changes what was and is in a section, and marks what is not any more.
fn change(sections: &mut [Section<'_>], splices: &mut [Splices], kind: Kind, was: &Entries, is: &Entries) {
    let (was, is) = (by_id(was), by_id(is));
    for section in sections.iter_mut().filter(|section| section.kind == kind) {
        for (at, id) in section.ids.iter().enumerate() {
            match (was.get(id.as_str()), is.get(id.as_str())) {
                (Some(was), Some(is)) => {
                    value::entry(&mut splices[section.file], section.entries[at], kind.entry(), was, is)
                }
                _ => section.gone[at] = true,
            }
        }
    }
}

fn by_id(entries: &Entries) -> HashMap<&str, &Value> {
    entries.iter().map(|(id, entry)| (id.as_str(), entry)).collect()
}

/// New entries go to the file that holds most of their kind, at the end.
fn append(sections: &mut [Section<'_>], begun: &mut Begun, kind: Kind, was: &Entries, is: &Entries) {
    let known: HashSet<&str> = was.iter().map(|(id, _)| id.as_str()).collect();
    let new = is.iter().filter(|(id, _)| !known.contains(id.as_str()));
    let sections = sections.iter_mut().filter(|section| section.kind == kind);
    let mut largest = sections.max_by_key(|section| section.ids.len());
    for (id, entry) in new {
        match (&mut largest, home(kind)) {
            (Some(section), _) => {
                let last = section.gone.iter().rposition(|gone| !gone);
                section.come.push((last, Come::new(item(kind, id, entry))));
            }
            (None, Some(file)) => begin(begun, file, kind, item(kind, id, entry)),
            (None, None) => {}
        }
    }
}

fn begin(begun: &mut Begun, file: &str, kind: Kind, item: String) {
    begun.entry(file.to_owned()).or_default().entry(kind).or_default().push(item);
}

/// An entry as it stands in a section.
fn item(kind: Kind, id: &str, entry: &Value) -> String {
    format!("{}: {}", written::quoted(id), written::record(kind.entry(), entry).broken(ENTRY))
}

/// The files with their changes and the new sections.
fn finish(
    files: &[SourceFile],
    trees: &[Option<Node<'_>>],
    splices: Vec<Splices<'_>>,
    mut begun: Begun,
    sources: &Sources,
) -> Sources {
    let mut done = Vec::new();
    for ((file, tree), mut splices) in files.iter().zip(trees).zip(splices) {
        let new = begun.remove(&file.name).unwrap_or_default();
        if let Some(tree) = tree.as_ref().filter(|_| !new.is_empty()) {
            let bracket = Bracket::of(&file.text, tree);
            let last = bracket.children().checked_sub(1);
            let come = new.into_iter().map(|(kind, items)| (last, Come::new(section(kind, &items)))).collect();
            bracket.restructure(&vec![false; bracket.children()], come, &mut splices);
        }
        done.push(SourceFile { name: file.name.clone(), text: splices.apply() });
    }
    for (name, new) in begun {
        let sections: Vec<String> = new.into_iter().map(|(kind, items)| section(kind, &items)).collect();
        done.push(SourceFile { name, text: format!("(\n    {},\n)\n", sections.join(",\n\n    ")) });
    }
    done.sort_by(|a, b| a.name.cmp(&b.name));
    Sources { files: done, unread: sources.unread.clone() }
}

fn section(kind: Kind, items: &[String]) -> String {
    let between = if kind == Kind::Module { ",\n\n        " } else { ",\n        " };
    format!("{}: {{\n        {},\n    }}", kind.section(), items.join(between))
}
