//! The page of the picture of a curriculum, published or not: which modules, what is looked for, whose way is lit.
//!
//! Everything is in the address, so that the page works without script and can be sent to a colleague. The script
//! `web/static/graph.js` asks for the same page while one types, and lights what is pointed at.

mod holds;
mod news;
mod tables;
mod view;
mod way;

#[cfg(test)]
mod tests;

pub use holds::in_words;
pub use view::{GraphPage, Place, view};

use url::form_urlencoded::{Serializer, parse};

use super::pictures::Choice;
use crate::curriculum::model::Curriculum;

/// What an address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    pub choice: Choice,
    /// Words of a title, or a code.
    pub search: String,
    /// The module whose whole way is lit.
    pub module: Option<String>,
}

impl Wish {
    /// `role`, `title`, `group`, `dose` and `area` may be given several times. What the curriculum does not have is
    /// passed over.
    pub fn of(query: &str, curriculum: &Curriculum) -> Wish {
        let mut wish = Wish::default();
        for (name, value) in parse(query.as_bytes()) {
            let value = value.into_owned();
            match name.as_ref() {
                "q" => wish.search = value.trim().to_owned(),
                "module" => wish.module = Some(value),
                name => wish.choice.ids_mut(name).into_iter().for_each(|ids| ids.push(value.clone())),
            }
        }
        wish.choice = wish.choice.known_to(curriculum);
        wish.module = wish.module.filter(|module| curriculum.modules.iter().any(|(id, _)| id == module));
        wish
    }

    /// The query of the same modules with another one's way lit; what was looked for is found by then.
    pub fn lighting(&self, module: Option<&str>) -> String {
        let mut query = Serializer::new(String::new());
        for name in KINDS {
            self.choice.ids(name).iter().for_each(|id| _ = query.append_pair(name, id));
        }
        module.into_iter().for_each(|module| _ = query.append_pair("module", module));
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }
}

/// The names in an address, in the order in which they are shown.
const KINDS: [&str; 5] = ["area", "role", "group", "title", "dose"];

impl Choice {
    fn ids(&self, name: &str) -> &[String] {
        match name {
            "role" => &self.asked.roles,
            "title" => &self.asked.titles,
            "group" => &self.asked.groups,
            "dose" => &self.asked.doses,
            "area" => &self.areas,
            _ => &[],
        }
    }

    fn ids_mut(&mut self, name: &str) -> Option<&mut Vec<String>> {
        match name {
            "role" => Some(&mut self.asked.roles),
            "title" => Some(&mut self.asked.titles),
            "group" => Some(&mut self.asked.groups),
            "dose" => Some(&mut self.asked.doses),
            "area" => Some(&mut self.areas),
            _ => None,
        }
    }
}
