//! The columns of the picture: a module stands as many columns in as there are steps before it, and a line
//! that passes a column has a point there.
//!
//! Lines from the same module share their points, so that they run as one trunk and part as late as possible.

use std::collections::BTreeMap;

use super::graph::{Edge, Graph};

/// A module or a point of a passing line: items below `Layers::modules` are the graph's nodes.
pub type Item = usize;

/// Items in columns, and the pieces of line between neighbouring columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Layers {
    /// How many of the items are modules.
    pub modules: usize,
    /// The column of each item.
    pub column: Vec<usize>,
    /// The module where each item's line begins; a module's own index.
    pub source: Vec<usize>,
    /// Pieces of line from each column to the next, without repetition.
    pub links: Vec<Vec<Link>>,
    /// The drawn edges, each with the items it runs through, both modules included.
    pub routes: Vec<(Edge, Vec<Item>)>,
}

/// A piece of line from an item to an item in the next column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub from: Item,
    pub to: Item,
    /// The choice that the line is a branch of, where it arrives.
    pub gate: Option<usize>,
    /// One branch of a choice, all along.
    pub dashed: bool,
}

impl Layers {
    pub fn of(graph: &Graph) -> Layers {
        let column = graph.steps();
        let modules = column.len();
        let columns = column.iter().max().map_or(0, |last| last + 1);
        let links = vec![Vec::new(); columns.saturating_sub(1)];
        let mut layers = Layers { modules, column, source: (0..modules).collect(), links, routes: Vec::new() };
        let mut trunks = BTreeMap::new();
        for &edge in graph.edges.iter().filter(|edge| !edge.implied) {
            layers.route(edge, &mut trunks);
        }
        for links in &mut layers.links {
            links.sort_unstable();
            links.dedup();
        }
        layers
    }

    pub fn columns(&self) -> usize {
        self.links.len() + usize::from(self.modules > 0)
    }

    fn route(&mut self, edge: Edge, trunks: &mut BTreeMap<(usize, bool, usize), Item>) {
        let dashed = edge.choice.is_some();
        let mut items = vec![edge.from];
        for column in self.column[edge.from] + 1..self.column[edge.to] {
            let next = self.column.len();
            let item = *trunks.entry((edge.from, dashed, column)).or_insert(next);
            if item == next {
                self.column.push(column);
                self.source.push(edge.from);
            }
            items.push(item);
        }
        items.push(edge.to);
        for pair in items.windows(2) {
            let gate = edge.choice.filter(|_| pair[1] == edge.to);
            self.links[self.column[pair[0]]].push(Link { from: pair[0], to: pair[1], gate, dashed });
        }
        self.routes.push((edge, items));
    }
}
