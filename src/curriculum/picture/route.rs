//! How the lines run: horizontally past the boxes, vertically only in the space between two columns, where
//! every trunk has a track of its own.

use super::graph::Graph;
use super::layers::{Item, Layers, Link};
use super::place::{self, Arrival, Heights};

pub type Point = (f64, f64);

/// From a box's edge to the first track.
const STEM: f64 = 12.0;
/// From one track to the next.
const TRACK: f64 = 9.0;
/// From the last track to the box: the arrow and a piece of straight line before it.
const ARROW: f64 = 20.0;
const LEAST_GAP: f64 = 44.0;
/// Trunks on the same track are at least this far from each other, so that they do not look like one.
const APART: f64 = 24.0;

/// The horizontal places, and every line's corners.
#[derive(Debug, Clone, PartialEq)]
pub struct Routing {
    /// The left edge of each column.
    pub columns: Vec<f64>,
    /// The right edge of the last column.
    pub right: f64,
    /// As `Layers::routes`: from the box's right edge to the next box, or to the left edge of a choice's label.
    pub lines: Vec<Vec<Point>>,
    /// As `Graph::choices`: where the label's middle left is; none when the choice has no branch.
    pub gates: Vec<Option<Point>>,
}

/// Lines from one item that run on one track.
#[derive(Debug, Clone, PartialEq)]
struct Trunk {
    from: (Item, bool),
    y: f64,
    ends: Vec<f64>,
}

impl Trunk {
    fn top(&self) -> f64 {
        self.ends.iter().copied().fold(self.y, f64::min)
    }

    fn bottom(&self) -> f64 {
        self.ends.iter().copied().fold(self.y, f64::max)
    }

    fn is_straight(&self) -> bool {
        self.bottom() - self.top() < 0.5
    }

    fn meets(&self, other: &Trunk) -> bool {
        self.top() < other.bottom() + APART && other.top() < self.bottom() + APART
    }

    /// What it costs the eye that this trunk's track lies to the left of the other's: crossings, and, far worse,
    /// lines that lie on each other.
    fn cost_left_of(&self, other: &Trunk) -> u32 {
        let within = |y: f64, trunk: &Trunk| y > trunk.top() + 0.5 && y < trunk.bottom() - 0.5;
        let crossings = self.ends.iter().filter(|&&y| within(y, other)).count() + usize::from(within(other.y, self));
        let overlaps = self.ends.iter().filter(|&&y| (y - other.y).abs() < 4.0).count();
        (crossings + 20 * overlaps) as u32
    }
}

impl Routing {
    pub fn of(graph: &Graph, layers: &Layers, heights: &Heights) -> Routing {
        let ports = Ports { graph, layers, heights };
        let width = place::box_width(layers.columns());
        let (mut columns, mut tracks, mut left) = (Vec::new(), Vec::new(), 0.0);
        for column in 0..layers.columns() {
            columns.push(left);
            if let Some(links) = layers.links.get(column) {
                let trunks = ordered(ports.trunks(links));
                let gates = links.iter().filter_map(|link| link.gate).map(|gate| ports.gate_room(gate));
                let title = if column == 0 { place::band_title_room(graph, layers.columns()) - width } else { 0.0 };
                let (gap, xs) = space(&trunks, gates.fold(0.0, f64::max), left + width + title);
                left += width + title + gap;
                tracks.push(xs);
            }
        }
        let right = columns.last().map_or(0.0, |left| left + width);
        let lines = layers.routes.iter().map(|route| ports.line(route, &columns, &tracks, width)).collect();
        let gates = (0..graph.choices.len()).map(|gate| ports.gate_point(gate, &columns)).collect();
        Routing { columns, right, lines, gates }
    }
}

/// The x of each trunk's track.
type Tracks = Vec<((Item, bool), f64)>;

/// Puts trunks in the order from left to right that crosses least, by moving one at a time while that helps.
fn ordered(mut trunks: Vec<Trunk>) -> Vec<Trunk> {
    for _ in 0..12 {
        let mut moved = false;
        for from in 0..trunks.len() {
            let to = best_position(&trunks, from);
            let trunk = trunks.remove(from);
            trunks.insert(to, trunk);
            moved |= to != from;
        }
        if !moved {
            break;
        }
    }
    trunks
}

/// Where the trunk at `from` crosses least; its own position unless another is better.
fn best_position(trunks: &[Trunk], from: usize) -> usize {
    let trunk = &trunks[from];
    let gain = |left: &Trunk, right: &Trunk| i64::from(left.cost_left_of(right)) - i64::from(right.cost_left_of(left));
    let (mut best, mut position) = (0, from);
    let mut change = 0;
    for at in (0..from).rev() {
        change -= gain(&trunks[at], trunk);
        if change < best {
            (best, position) = (change, at);
        }
    }
    change = 0;
    for (at, passed) in trunks.iter().enumerate().skip(from + 1) {
        change -= gain(trunk, passed);
        if change < best {
            (best, position) = (change, at);
        }
    }
    position
}

/// The width of a gap between columns, and its tracks: trunks that do not meet may share one.
fn space(trunks: &[Trunk], gate_room: f64, left: f64) -> (f64, Tracks) {
    let mut taken: Vec<(usize, &Trunk)> = Vec::new();
    for trunk in trunks {
        let track = taken.iter().filter(|(_, other)| trunk.meets(other)).map(|(track, _)| track + 1).max();
        taken.push((track.unwrap_or(0), trunk));
    }
    let last = taken.iter().map(|(track, _)| *track).max().unwrap_or(0) as f64;
    let needed = STEM + last * TRACK + ARROW;
    let gap = needed.max(LEAST_GAP) + gate_room;
    let first = left + STEM + (needed.max(LEAST_GAP) - needed) / 2.0;
    let tracks = taken.into_iter().map(|(track, trunk)| (trunk.from, first + track as f64 * TRACK));
    (gap, tracks.collect())
}

/// Where lines leave and arrive.
struct Ports<'a> {
    graph: &'a Graph,
    layers: &'a Layers,
    heights: &'a Heights,
}

impl Ports<'_> {
    /// The lines that turn in a gap, gathered by where they come from.
    fn trunks(&self, links: &[Link]) -> Vec<Trunk> {
        let mut trunks: Vec<Trunk> = Vec::new();
        for link in links {
            let from = (link.from, link.dashed);
            let end = self.arrival_y(link);
            match trunks.iter_mut().find(|trunk| trunk.from == from) {
                Some(trunk) => trunk.ends.push(end),
                None => trunks.push(Trunk { from, y: self.leave_y(link.from, link.dashed), ends: vec![end] }),
            }
        }
        trunks.retain(|trunk| !trunk.is_straight());
        trunks
    }

    /// The middle of the box; a module with both kinds of line sends them off beside each other.
    fn leave_y(&self, item: Item, dashed: bool) -> f64 {
        let y = self.heights.y[item];
        let both = item < self.layers.modules
            && [true, false].iter().all(|&kind| {
                let links = self.layers.links.get(self.layers.column[item]);
                links.is_some_and(|links| links.iter().any(|link| link.from == item && link.dashed == kind))
            });
        match (both, dashed) {
            (false, _) => y,
            (true, true) => y + 5.0,
            (true, false) => y - 5.0,
        }
    }

    fn arrival_y(&self, link: &Link) -> f64 {
        if link.to >= self.layers.modules {
            return self.heights.y[link.to];
        }
        self.port(link.to, Arrival::of(link))
    }

    /// Arrivals stand above each other in the order of where they come from. One that comes straight on gets
    /// the middle, if the others find room beside it.
    fn port(&self, module: Item, wanted: Arrival) -> f64 {
        let mut arrivals: Vec<(f64, Arrival)> =
            place::arrivals(self.layers, module).into_iter().map(|arrival| (self.origin(arrival), arrival)).collect();
        arrivals.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut offsets = vec![0.0];
        for pair in arrivals.windows(2) {
            offsets.push(offsets[offsets.len() - 1] + place::port_distance(&pair[0].1, &pair[1].1));
        }
        let middle = self.heights.y[module];
        let span = offsets[offsets.len() - 1];
        let straight = arrivals.iter().position(|(origin, _)| (origin - middle).abs() < 0.5);
        let row = self.heights.rows.iter().find(|(top, height)| *top <= middle && middle <= top + height);
        let room = row.map_or(0.0, |(_, height)| height / 2.0 - 12.0);
        let shift =
            straight.map(|at| offsets[at]).filter(|shift| *shift <= room && span - shift <= room).unwrap_or(span / 2.0);
        let at = arrivals.iter().position(|(_, arrival)| *arrival == wanted).unwrap_or(0);
        middle - shift + offsets[at]
    }

    fn origin(&self, arrival: Arrival) -> f64 {
        match arrival {
            Arrival::Line(item, dashed) => self.leave_y(item, dashed),
            Arrival::Gate(gate) => {
                let links = self.layers.links.iter().flatten().filter(|link| link.gate == Some(gate));
                let ys: Vec<f64> = links.map(|link| self.leave_y(link.from, link.dashed)).collect();
                ys.iter().sum::<f64>() / ys.len().max(1) as f64
            }
        }
    }

    /// The room that a choice's label takes before the box: the label and the line from it to the box.
    fn gate_room(&self, gate: usize) -> f64 {
        place::gate_width(self.graph.choices[gate].least, self.graph) + 10.0
    }

    fn gate_point(&self, gate: usize, columns: &[f64]) -> Option<Point> {
        let link = self.layers.links.iter().flatten().find(|link| link.gate == Some(gate))?;
        let x = columns[self.layers.column[link.to]] - self.gate_room(gate) - 4.0;
        Some((x, self.port(link.to, Arrival::Gate(gate))))
    }

    /// Where a branch coming from `x` ends: at the next branch of the same choice, so that dashes do not lie on
    /// dashes, and the last one at the label.
    fn joins(&self, gate: usize, x: f64, tracks: &Tracks, columns: &[f64]) -> Option<f64> {
        let branches = self.layers.links.iter().flatten().filter(|link| link.gate == Some(gate));
        let from: Vec<(Item, bool)> = branches.map(|link| (link.from, link.dashed)).collect();
        let others = tracks.iter().filter(|(trunk, other)| from.contains(trunk) && *other > x).map(|(_, x)| *x);
        // Past the rounded corner of the other branch.
        let next = others.map(|other| other + TRACK).fold(f64::INFINITY, f64::min);
        self.gate_point(gate, columns).map(|(label, _)| label.min(next))
    }

    fn line(
        &self,
        (edge, items): &(super::graph::Edge, Vec<Item>),
        columns: &[f64],
        tracks: &[Tracks],
        width: f64,
    ) -> Vec<Point> {
        let dashed = edge.choice.is_some();
        let mut points = vec![(columns[self.layers.column[edge.from]] + width, self.leave_y(edge.from, dashed))];
        for pair in items.windows(2) {
            let column = self.layers.column[pair[0]];
            let gate = edge.choice.filter(|_| pair[1] == edge.to);
            let end = self.arrival_y(&Link { from: pair[0], to: pair[1], gate, dashed });
            let start = points[points.len() - 1].1;
            let track = tracks[column].iter().find(|(from, _)| *from == (pair[0], dashed));
            if let Some(&(_, x)) = track.filter(|_| (start - end).abs() >= 0.5) {
                points.extend([(x, start), (x, end)]);
            }
            let last = points[points.len() - 1];
            let gate_x = gate.and_then(|gate| self.joins(gate, last.0, &tracks[column], columns));
            let x = gate_x.unwrap_or(columns[column + 1]);
            let x = if pair[1] < self.layers.modules { x } else { x + width };
            points.push((x, last.1));
        }
        straightened(points)
    }
}

/// Without points in the middle of a straight piece.
fn straightened(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for point in points {
        if let [.., before, last] = kept[..] {
            let on_line = (before.1 - last.1).abs() < 1e-6 && (last.1 - point.1).abs() < 1e-6;
            if on_line {
                kept.pop();
            }
        }
        kept.push(point);
    }
    kept
}
