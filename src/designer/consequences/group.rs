//! Groups of people as a page names them.

use std::collections::BTreeSet;

use crate::curriculum::model::{Curriculum, Language};
use crate::engine::impact::{Group, Week};
use crate::organisation::Tree;
use crate::words::{self, Value, text};

/// A group with the key that addresses and names go by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    All,
    /// Those directly in a unit, or in none.
    Unit(Option<i64>),
    /// A unit with all below it.
    Branch(i64),
    Title(String),
    Role(String),
    Module(String),
    Week(Week),
}

impl Named {
    /// As the engine asks for it.
    pub fn group(&self, tree: &Tree) -> Group {
        match self {
            Named::All => Group::All,
            Named::Unit(unit) => Group::Units(BTreeSet::from([*unit])),
            Named::Branch(unit) => Group::Units(tree.below(&[*unit]).into_iter().map(Some).collect()),
            Named::Title(id) => Group::Title(id.clone()),
            Named::Role(id) => Group::Role(id.clone()),
            Named::Module(id) => Group::Module(id.clone()),
            Named::Week(week) => Group::Week(*week),
        }
    }
}

/// What groups are called: by the draft, else by what is published, else by their ids.
pub struct Grouping<'a> {
    pub draft: &'a Curriculum,
    pub published: &'a Curriculum,
    pub units: &'a Tree,
}

impl Grouping<'_> {
    pub fn name(&self, language: Language, group: &Named) -> String {
        let both = [self.draft, self.published];
        let found = match group {
            Named::All => return text(language, "consequences-everybody", &[]),
            Named::Unit(None) => return text(language, "consequences-no-unit", &[]),
            Named::Unit(Some(unit)) if !self.units.children(*unit).is_empty() => {
                let unit = self.unit(language, *unit);
                return text(language, "consequences-directly", &[("unit", unit.into())]);
            }
            Named::Unit(Some(unit)) | Named::Branch(unit) => return self.unit(language, *unit),
            Named::Title(id) => both.iter().find_map(|c| c.titles.get(id)).map(|title| title.title.of(language)),
            Named::Role(id) => both.iter().find_map(|c| c.roles.get(id)).map(|role| role.title.of(language)),
            Named::Module(id) => both
                .iter()
                .find_map(|c| c.modules.iter().find(|(known, _)| known == id))
                .map(|(_, module)| module.title.of(language)),
            Named::Week(week) => return week_name(language, *week),
        };
        match (found, group) {
            (Some(name), _) => name.to_owned(),
            (None, Named::Title(id) | Named::Role(id) | Named::Module(id)) => id.clone(),
            (None, _) => text(language, "consequences-no-unit", &[]),
        }
    }

    /// The same where nothing says that a unit has others below it.
    pub fn whole_name(&self, language: Language, group: &Named) -> String {
        let name = self.name(language, group);
        match group {
            Named::Branch(unit) if !self.units.children(*unit).is_empty() => {
                text(language, "consequences-with-below", &[("unit", name.into())])
            }
            _ => name,
        }
    }

    fn unit(&self, language: Language, unit: i64) -> String {
        match self.units.unit(unit) {
            Some(unit) => unit.name.clone(),
            None => text(language, "consequences-no-unit", &[]),
        }
    }
}

fn week_name(language: Language, week: Week) -> String {
    let args = [("week", Value::from(week.week.to_string())), ("year", Value::from(week.year.to_string()))];
    words::text(language, "consequences-week", &args)
}
