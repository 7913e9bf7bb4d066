//! What is drawn: the chosen modules, what each builds on, and in which words, in one language.
//!
//! References to modules that do not exist and edges that close a circle are left out: `check` reports those,
//! and a picture of the rest helps to find them.

use std::collections::{BTreeMap, BTreeSet};

use super::needs::{self, Branches};
use super::select::Selection;
use super::ways::Ways;
use crate::curriculum::model::{Colour, Curriculum, Language};

/// Modules and what they build on, ready to be drawn or listed. Indices are places in these lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    pub language: Language,
    /// The curriculum's name.
    pub name: String,
    /// In the curriculum's order; only areas that have a module here.
    pub areas: Vec<Area>,
    /// By area, then as written.
    pub nodes: Vec<Node>,
    /// By the module that builds on the other.
    pub edges: Vec<Edge>,
    pub choices: Vec<Choice>,
    pub ways: Ways,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    pub id: String,
    pub title: String,
    pub colour: Colour,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub id: String,
    /// Area letter and number within the area, "M6".
    pub code: String,
    pub title: String,
    /// With soft hyphens (U+00AD) where it may break.
    pub short: String,
    pub hours: f64,
    /// 1–5; none for deepening.
    pub level: Option<u8>,
    pub area: usize,
    /// The prerequisite in words and codes, "M5, M6 and one of V2, V3"; empty when there is none.
    pub needs: String,
}

/// `to` builds on `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    pub to: usize,
    pub from: usize,
    /// The choice that this edge is one branch of; none = needed in any case.
    pub choice: Option<usize>,
    /// Already implied by the module's other prerequisites: told in lists, not drawn.
    pub implied: bool,
}

/// `to` needs at least `least` of several branches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    pub to: usize,
    pub least: u32,
}

impl Graph {
    /// The modules of `selection` in `language`.
    pub fn of(curriculum: &Curriculum, selection: &Selection, language: Language) -> Graph {
        let (areas, nodes) = areas_and_nodes(curriculum, selection, language);
        let name = curriculum.about.name.of(language).to_owned();
        let shown: Vec<&str> = nodes.iter().map(|node| node.id.as_str()).collect();
        let ways = Ways::of(curriculum, &shown);
        let mut graph = Graph { language, name, areas, nodes, edges: Vec::new(), choices: Vec::new(), ways };
        graph.connect(curriculum);
        graph
    }

    /// The modules that build on `node`, and those it builds on.
    pub fn leads_to(&self, node: usize) -> Vec<usize> {
        unique(self.edges.iter().filter(|edge| edge.from == node).map(|edge| edge.to))
    }

    pub fn builds_on(&self, node: usize) -> Vec<usize> {
        unique(self.edges.iter().filter(|edge| edge.to == node).map(|edge| edge.from))
    }

    /// The number of steps that lie before each module: 0 for those that build on nothing.
    pub fn steps(&self) -> Vec<usize> {
        let mut steps = vec![0; self.nodes.len()];
        for _ in 0..self.nodes.len() {
            let before = steps.clone();
            for edge in &self.edges {
                steps[edge.to] = steps[edge.to].max(steps[edge.from] + 1);
            }
            if steps == before {
                break;
            }
        }
        steps
    }

    fn connect(&mut self, curriculum: &Curriculum) {
        let index: BTreeMap<&str, usize> =
            self.nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect();
        let codes = curriculum.codes();
        let (mut edges, mut choices, mut texts) = (BTreeSet::new(), Vec::new(), BTreeMap::new());
        for (id, module) in &curriculum.modules {
            let Some(&to) = index.get(id.as_str()) else { continue };
            texts.insert(to, needs::text(&module.builds_on, &codes, self.language));
            let mut branches = Branches { to, index: &index, edges: &mut edges, choices: &mut choices };
            branches.add(&module.builds_on, None);
        }
        for (at, text) in texts {
            self.nodes[at].needs = text;
        }
        self.choices = choices;
        self.edges = mark_implied(without_circles(edges, self.nodes.len()), self.nodes.len());
    }
}

fn unique(indices: impl Iterator<Item = usize>) -> Vec<usize> {
    indices.collect::<BTreeSet<_>>().into_iter().collect()
}

fn areas_and_nodes(curriculum: &Curriculum, selection: &Selection, language: Language) -> (Vec<Area>, Vec<Node>) {
    let codes = curriculum.codes();
    let mut ordered: Vec<_> = curriculum.areas.iter().collect();
    ordered.sort_by_key(|(id, area)| (area.order, id.as_str()));
    let (mut areas, mut nodes) = (Vec::new(), Vec::<Node>::new());
    for (area_id, area) in ordered {
        let before = nodes.len();
        for (id, module) in curriculum.modules.iter().filter(|(_, module)| module.area == *area_id) {
            if !selection.has(id) || nodes[before..].iter().any(|node| node.id == *id) {
                continue;
            }
            nodes.push(Node {
                id: id.clone(),
                code: codes.get(id.as_str()).cloned().unwrap_or_default(),
                title: module.title.of(language).to_owned(),
                short: module.short.of(language).to_owned(),
                hours: module.hours,
                level: module.level.number(),
                area: areas.len(),
                needs: String::new(),
            });
        }
        if nodes.len() > before {
            let title = area.title.of(language).to_owned();
            areas.push(Area { id: area_id.clone(), title, colour: area.colour });
        }
    }
    (areas, nodes)
}

/// The edges without those that would close a circle, in their order.
fn without_circles(edges: BTreeSet<Edge>, nodes: usize) -> Vec<Edge> {
    let mut kept: Vec<Edge> = Vec::new();
    let mut after = vec![BTreeSet::new(); nodes];
    for edge in edges {
        if !reaches(&after, edge.to, edge.from) {
            after[edge.from].insert(edge.to);
            kept.push(edge);
        }
    }
    kept
}

fn reaches(after: &[BTreeSet<usize>], from: usize, to: usize) -> bool {
    let (mut seen, mut stack) = (BTreeSet::new(), vec![from]);
    while let Some(at) = stack.pop() {
        if at == to {
            return true;
        }
        stack.extend(after[at].iter().filter(|&&next| seen.insert(next)));
    }
    false
}

/// An edge is implied when another sure prerequisite of the same module surely builds on the same module.
fn mark_implied(mut edges: Vec<Edge>, nodes: usize) -> Vec<Edge> {
    let mut after = vec![BTreeSet::new(); nodes];
    for edge in edges.iter().filter(|edge| edge.choice.is_none()) {
        after[edge.from].insert(edge.to);
    }
    for edge in &mut edges {
        let detour = |next: &usize| *next != edge.to && reaches(&after, *next, edge.to);
        edge.implied = edge.choice.is_none() && after[edge.from].iter().any(detour);
    }
    edges
}
