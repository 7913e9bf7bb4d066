//! In which file and behind which module a new or moved module is written, so that reading gives the order back.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::bracket::{Bracket, Come};
use super::order::common;
use super::{Begun, Entries, Section, begin, item};
use crate::curriculum::load::SourceFile;
use crate::curriculum::shape::Kind;
use crate::curriculum::write::ENTRY;

/// Where a module stands: which section, and which of its entries.
type Spot = (usize, usize);

/// Puts the modules that are new or have moved; those that have moved take their text and comments along.
pub(super) fn modules(
    files: &[SourceFile],
    sections: &mut [Section<'_>],
    begun: &mut Begun,
    was: &Entries,
    is: &Entries,
) {
    let spots = spots(sections);
    let ids = |entries: &Entries| entries.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>();
    let stays: BTreeSet<usize> = common(&ids(was), &ids(is)).into_iter().map(|(_, new)| new).collect();
    let before: HashMap<&str, &Value> = was.iter().map(|(id, module)| (id.as_str(), module)).collect();
    let neighbour = |at: usize| Some((*spots.get(&is[at].0)?, area(&is[at].1)));
    let mut gap = Gap { files, begun, after: None, stage: Stage::After };
    for (at, (id, module)) in is.iter().enumerate() {
        if stays.contains(&at) {
            gap.after = neighbour(at);
            gap.stage = Stage::After;
            continue;
        }
        let mut come = Come::new(item(Kind::Module, id, module));
        if let Some(&(section, entry)) = spots.get(id) {
            sections[section].gone[entry] = true;
            if before.get(id.as_str()) == Some(&module) {
                come = Bracket::of(&files[sections[section].file].text, sections[section].node).carried(entry);
            }
        }
        let next = stays.range(at..).next().and_then(|at| neighbour(*at));
        gap.put(sections, area(module), next, come);
    }
}

fn spots(sections: &[Section<'_>]) -> HashMap<String, Spot> {
    let modules = sections.iter().enumerate().filter(|(_, section)| section.kind == Kind::Module);
    let entries = modules
        .flat_map(|(at, section)| section.ids.iter().enumerate().map(move |(entry, id)| (id.clone(), (at, entry))));
    entries.collect()
}

fn area(module: &Value) -> &str {
    module.get("area").and_then(Value::as_str).unwrap_or_default()
}

/// A module that stays: where, and its area.
type Neighbour<'a> = (Spot, &'a str);

/// What has been put since the last module that stays.
struct Gap<'a> {
    files: &'a [SourceFile],
    begun: &'a mut Begun,
    /// The last module that stays.
    after: Option<Neighbour<'a>>,
    stage: Stage,
}

/// How far the gap has come: what is put later is never put further up.
#[derive(Clone, PartialEq, Eq)]
enum Stage {
    /// Behind the last module that stays.
    After,
    /// In a file that was not there.
    New(String),
    /// Before the next module that stays.
    Before,
}

impl Gap<'_> {
    fn put(&mut self, sections: &mut [Section<'_>], area: &str, next: Option<Neighbour<'_>>, come: Come) {
        self.stage = self.stage_for(sections, area, next);
        match (&self.stage, self.after, next) {
            (Stage::After, Some(((section, entry), _)), _) => sections[section].come.push((Some(entry), come)),
            // It follows a module of another section, so it comes before all that stay in this one.
            (Stage::Before, _, Some(((section, _), _))) => sections[section].come.push((None, come)),
            (Stage::New(name), ..) => {
                let above = come.above.trim_start();
                let margin = if above.is_empty() { String::new() } else { " ".repeat(ENTRY) };
                begin(self.begun, name, Kind::Module, format!("{above}{margin}{}", come.text));
            }
            _ => {}
        }
    }

    fn stage_for(&self, sections: &[Section<'_>], area: &str, next: Option<Neighbour<'_>>) -> Stage {
        let of = |neighbour: Option<Neighbour<'_>>| neighbour.map(|((section, _), area)| (section, area.to_owned()));
        let (after, before) = (of(self.after), of(next));
        let own = |side: &Option<(usize, String)>| side.as_ref().is_some_and(|(_, own)| own == area);
        let between = after.is_some() && after.as_ref().map(|side| side.0) == before.as_ref().map(|side| side.0);
        if self.stage == Stage::Before || between || self.stage == Stage::After && own(&after) {
            return if between { Stage::After } else { self.stage.clone() };
        }
        if own(&before) {
            return Stage::Before;
        }
        let file =
            |side: Option<(usize, String)>| side.map(|(section, _)| self.files[sections[section].file].name.clone());
        match (self.new_file(area, file(after.clone()), file(before.clone())), &self.stage) {
            (Some(name), _) => Stage::New(name),
            (None, Stage::After) if after.is_none() => Stage::Before,
            (None, stage) => stage.clone(),
        }
    }

    /// The area's own file, when it may be begun between the files of the two neighbours.
    fn new_file(&self, area: &str, after: Option<String>, before: Option<String>) -> Option<String> {
        let plain = !area.is_empty() && area.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let name = if plain { format!("{area}.ron") } else { "modules.ron".to_owned() };
        if self.stage == Stage::New(name.clone()) {
            return Some(name);
        }
        let low = match &self.stage {
            Stage::New(low) => Some(low.clone()),
            _ => after,
        };
        let fits = low.is_none_or(|low| name > low) && before.is_none_or(|before| name < before);
        let free = self.files.iter().all(|file| file.name != name);
        (fits && free).then_some(name)
    }
}
