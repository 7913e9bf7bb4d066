//! Pictures of curricula, laid out once for each state, language and selection: laying out is most of the work. With
//! each picture what its modules hold up.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use crate::curriculum::model::{Curriculum, Language};
use crate::curriculum::picture::{Asked, Graph, Layout, Line, Lit, Mode, News, Selection, laid_out, lines};
use crate::engine::Compiled;
use crate::engine::metrics::{Figures, metrics};

/// Most pictures kept: readers may ask for any mix of doses.
const MOST: usize = 64;

/// A curriculum in one state, which its picture is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edition {
    /// A published version.
    Version(i64),
    /// A draft at a revision.
    Draft(i64, i64),
}

/// Which modules. Ids are sorted; none = all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Choice {
    pub asked: Asked,
    pub areas: Vec<String>,
}

/// A picture and the same in words.
#[derive(Debug)]
pub struct Drawn {
    pub graph: Graph,
    pub layout: Layout,
    /// In an order in which nothing comes before what it builds on.
    pub lines: Vec<Line>,
    /// What each module holds up, by its id; none of a draft whose modules build on each other in a circle.
    pub figures: HashMap<String, Figures>,
}

type Key = (Edition, Language, Choice);

/// Pictures drawn so far; shared by all workers.
#[derive(Debug, Default)]
pub struct Pictures {
    kept: RwLock<HashMap<Key, Arc<Drawn>>>,
}

impl Pictures {
    /// The picture, laid out now if nobody has asked for it yet.
    pub fn of(&self, edition: Edition, curriculum: &Curriculum, language: Language, choice: Choice) -> Arc<Drawn> {
        let key = (edition, language, choice);
        if let Some(drawn) = self.kept.read().unwrap_or_else(|e| e.into_inner()).get(&key) {
            return drawn.clone();
        }
        let drawn = Arc::new(Drawn::of(curriculum, language, &key.2));
        let mut kept = self.kept.write().unwrap_or_else(|e| e.into_inner());
        kept.retain(|(other, ..), _| !edition.follows(other));
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, drawn.clone());
        drawn
    }
}

impl Edition {
    /// Whether nobody will ask for the other any more.
    fn follows(&self, other: &Edition) -> bool {
        match (self, other) {
            (Edition::Version(this), Edition::Version(other)) => this != other,
            (Edition::Draft(this, newer), Edition::Draft(other, older)) => this == other && newer > older,
            _ => false,
        }
    }
}

impl Choice {
    /// What the curriculum does not have is passed over.
    pub fn known_to(mut self, curriculum: &Curriculum) -> Choice {
        let Choice { asked, areas } = &mut self;
        asked.roles.retain(|id| curriculum.roles.contains_key(id));
        asked.titles.retain(|id| curriculum.titles.contains_key(id));
        asked.groups.retain(|id| curriculum.groups.contains_key(id));
        asked.doses.retain(|id| curriculum.doses.contains_key(id));
        areas.retain(|id| curriculum.areas.contains_key(id));
        for ids in [&mut asked.roles, &mut asked.titles, &mut asked.groups, &mut asked.doses, areas] {
            ids.sort();
            ids.dedup();
        }
        self
    }
}

impl Drawn {
    fn of(curriculum: &Curriculum, language: Language, choice: &Choice) -> Drawn {
        let selection = Selection::of(curriculum, &choice.asked).unwrap_or_default().within(curriculum, &choice.areas);
        let graph = Graph::of(curriculum, &selection, language);
        Drawn { layout: Layout::of(&graph), lines: lines(&graph), graph, figures: figures(curriculum) }
    }

    /// The picture for a page, where every module is a link to `base` followed by its id; with what a draft changes.
    pub fn svg(&self, base: &str, lit: Lit, news: Option<&News>) -> String {
        laid_out(&self.graph, &self.layout, Mode::Inline { base, lit, news })
    }
}

fn figures(curriculum: &Curriculum) -> HashMap<String, Figures> {
    let Ok(compiled) = Compiled::new(curriculum) else { return HashMap::new() };
    let all = metrics(&compiled).modules;
    all.into_iter().map(|figures| (compiled.id(figures.module).to_owned(), figures)).collect()
}
