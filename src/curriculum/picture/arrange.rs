//! Who stands where: each module gets a row within its area's band, each passing line a gap between rows,
//! so that lines are short, straight and cross little.
//!
//! The best arrangement is not sought (the problem is NP-hard): a descent to where no single move helps,
//! repeated from disturbed arrangements. The disturbances come from a fixed sequence, so that the same
//! curriculum always gives the same picture.

use super::graph::Graph;
use super::layers::{Item, Layers, Link};

/// The cost of a crossing, and of a line that is not straight, in rows of line length.
const CROSSING: f64 = 3.0;
const BEND: f64 = 0.7;
/// Repetitions times the square of the number of items: large pictures get one descent, small ones many.
const TRIES: usize = 60_000;

/// Rows and the place of every item.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrangement {
    /// The first row of each area's band, and at the end the number of rows.
    pub first_row: Vec<usize>,
    /// A module's row; for a passing line the gap above row `g` is `g - 0.5`.
    pub place: Vec<f64>,
}

impl Arrangement {
    pub fn of(graph: &Graph, layers: &Layers) -> Arrangement {
        let first_row = bands(graph, layers);
        let mut search = Search::new(graph, layers, first_row);
        search.descend();
        let mut best = (search.cost(), search.place.clone());
        let tries = TRIES.checked_div(layers.column.len().pow(2)).map_or(0, |tries| tries.min(40));
        let mut noise = Noise(0x5eed);
        for _ in 0..tries {
            search.place.clone_from(&best.1);
            (0..3).for_each(|_| search.disturb(&mut noise));
            search.descend();
            let cost = search.cost();
            if cost < best.0 - 1e-9 {
                best = (cost, search.place.clone());
            }
        }
        Arrangement { first_row: search.first_row, place: best.1 }
    }
}

/// A band is as high as its fullest column.
fn bands(graph: &Graph, layers: &Layers) -> Vec<usize> {
    let mut first_row = vec![0];
    for area in 0..graph.areas.len() {
        let in_column = |column: usize| {
            (0..layers.modules).filter(|&m| graph.nodes[m].area == area && layers.column[m] == column).count()
        };
        let rows = (0..layers.columns()).map(in_column).max().unwrap_or(0);
        first_row.push(first_row[area] + rows);
    }
    first_row
}

struct Search<'a> {
    graph: &'a Graph,
    layers: &'a Layers,
    first_row: Vec<usize>,
    place: Vec<f64>,
    /// The links at each item.
    at: Vec<Vec<Link>>,
    /// The modules of each column.
    in_column: Vec<Vec<Item>>,
}

impl<'a> Search<'a> {
    fn new(graph: &'a Graph, layers: &'a Layers, first_row: Vec<usize>) -> Search<'a> {
        let mut at = vec![Vec::new(); layers.column.len()];
        for link in layers.links.iter().flatten() {
            at[link.from].push(*link);
            at[link.to].push(*link);
        }
        let mut in_column = vec![Vec::new(); layers.columns()];
        (0..layers.modules).for_each(|module| in_column[layers.column[module]].push(module));
        let place = vec![0.0; layers.column.len()];
        let mut search = Search { graph, layers, first_row, place, at, in_column };
        search.start();
        search
    }

    /// Modules from the top of their band in the order written; lines beside the module they come from.
    fn start(&mut self) {
        for item in 0..self.place.len() {
            self.place[item] = if item < self.layers.modules {
                let column = self.layers.column[item];
                let area = self.graph.nodes[item].area;
                let same = |m: &usize| self.graph.nodes[*m].area == area && self.layers.column[*m] == column;
                (self.first_row[area] + (0..item).filter(same).count()) as f64
            } else {
                self.place[self.layers.source[item]] + 0.5
            };
        }
    }

    /// Moves one item at a time while that lowers the cost; few rounds suffice, and their number is bounded.
    fn descend(&mut self) {
        for _ in 0..12 {
            let mut moved = false;
            for item in 0..self.place.len() {
                moved |= self.improve(item);
            }
            if !moved {
                return;
            }
        }
    }

    fn improve(&mut self, item: Item) -> bool {
        let start = self.place[item];
        let (mut best, mut gain) = (start, 1e-9);
        for candidate in self.candidates(item) {
            let other = self.occupant(item, candidate);
            let before = self.local(item) + other.map_or(0.0, |other| self.local(other));
            self.move_to(item, candidate, other, start);
            let after = self.local(item) + other.map_or(0.0, |other| self.local(other));
            self.move_to(item, start, other, candidate);
            if before - after > gain {
                (best, gain) = (candidate, before - after);
            }
        }
        let other = self.occupant(item, best);
        self.move_to(item, best, other, start);
        best != start
    }

    fn move_to(&mut self, item: Item, place: f64, other: Option<Item>, others_place: f64) {
        self.place[item] = place;
        if let Some(other) = other {
            self.place[other] = others_place;
        }
    }

    fn candidates(&self, item: Item) -> Vec<f64> {
        if item < self.layers.modules {
            let area = self.graph.nodes[item].area;
            return (self.first_row[area]..self.first_row[area + 1]).map(|row| row as f64).collect();
        }
        // Anywhere else the line would only be longer.
        let ends = self.at[item].iter().flat_map(|link| [self.place[link.from], self.place[link.to]]);
        let (top, bottom) = ends.fold((f64::MAX, 0.0f64), |(top, bottom), end| (top.min(end), bottom.max(end)));
        let rows = self.first_row.last().copied().unwrap_or(0);
        let gaps = (top - 0.5).max(0.0) as usize..=((bottom + 1.0) as usize).min(rows);
        gaps.map(|gap| gap as f64 - 0.5).collect()
    }

    /// The module that `item` would change places with.
    fn occupant(&self, item: Item, place: f64) -> Option<Item> {
        if item >= self.layers.modules {
            return None;
        }
        let neighbours = &self.in_column[self.layers.column[item]];
        neighbours.iter().copied().find(|&other| other != item && self.place[other] == place)
    }

    fn disturb(&mut self, noise: &mut Noise) {
        let item = noise.below(self.place.len());
        let candidates = self.candidates(item);
        let candidate = candidates[noise.below(candidates.len())];
        let other = self.occupant(item, candidate);
        self.move_to(item, candidate, other, self.place[item]);
    }

    fn cost(&self) -> f64 {
        (0..self.place.len()).map(|item| self.local(item)).sum()
    }

    /// What the lines at `item` cost.
    fn local(&self, item: Item) -> f64 {
        self.at[item].iter().map(|link| self.length(link) + CROSSING * self.crossings(link)).sum()
    }

    fn length(&self, link: &Link) -> f64 {
        let rows = (self.place[link.from] - self.place[link.to]).abs();
        if rows < 0.1 { 0.0 } else { rows + BEND }
    }

    fn crossings(&self, link: &Link) -> f64 {
        let links = &self.layers.links[self.layers.column[link.from]];
        let crosses = |other: &&Link| {
            let left = self.place[link.from] - self.place[other.from];
            let right = self.place[link.to] - self.place[other.to];
            left * right < 0.0
        };
        links.iter().filter(crosses).count() as f64
    }
}

/// A fixed sequence of numbers without pattern (a linear congruential generator, Knuth's constants).
struct Noise(u64);

impl Noise {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }
}
