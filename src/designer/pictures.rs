//! Pictures of the published curriculum, drawn once for each version, language and selection.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use crate::curriculum::model::Language;
use crate::curriculum::picture::{Graph, Line, Mode, Selection, lines, svg};
use crate::versions::published::Published;

/// Where the picture's modules lead to: followed by a module's id.
pub const MODULES: &str = "/curriculum/modules/";

/// Most pictures kept: readers may ask for any mix of roles and titles.
const MOST: usize = 64;

/// Which modules: roles and titles, each sorted; none = all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Choice {
    pub roles: Vec<String>,
    pub titles: Vec<String>,
}

/// A picture and the same in words.
#[derive(Debug)]
pub struct Drawn {
    pub svg: String,
    /// By area, in the order in which they are shown.
    pub lines: Vec<Line>,
}

type Key = (i64, Language, Choice);

/// Pictures drawn so far; shared by all workers.
#[derive(Debug, Default)]
pub struct Pictures {
    kept: RwLock<HashMap<Key, Arc<Drawn>>>,
}

impl Pictures {
    /// The picture, drawn now if nobody has asked for it yet. Roles and titles that do not exist are passed over.
    pub fn of(&self, published: &Published, language: Language, choice: Choice) -> Arc<Drawn> {
        let choice = known(published, choice);
        let key = (published.id, language, choice);
        if let Some(drawn) = self.kept.read().unwrap_or_else(|e| e.into_inner()).get(&key) {
            return drawn.clone();
        }
        let drawn = Arc::new(draw(published, language, &key.2));
        let mut kept = self.kept.write().unwrap_or_else(|e| e.into_inner());
        kept.retain(|(version, ..), _| *version == published.id);
        if kept.len() < MOST {
            kept.insert(key, drawn.clone());
        }
        drawn
    }
}

fn known(published: &Published, mut choice: Choice) -> Choice {
    choice.roles.retain(|id| published.curriculum.roles.contains_key(id));
    choice.titles.retain(|id| published.curriculum.titles.contains_key(id));
    for ids in [&mut choice.roles, &mut choice.titles] {
        ids.sort();
        ids.dedup();
    }
    choice
}

fn draw(published: &Published, language: Language, choice: &Choice) -> Drawn {
    let selection = Selection::of(&published.curriculum, &choice.roles, &choice.titles).unwrap_or_default();
    let graph = Graph::of(&published.curriculum, &selection, language);
    Drawn { svg: svg(&graph, Mode::Inline { base: MODULES }), lines: lines(&graph) }
}
