//! Where everything lies, in CSS pixels: boxes on even rows and columns, bands around them, lines between.
//!
//! Boxes of a row are equally high and boxes of a column lie under each other, so they cannot overlap.
//! A line passes a column only in the free interval between two boxes, so it cannot pass through one.

use super::arrange::Arrangement;
use super::graph::Graph;
use super::layers::{Item, Layers, Link};
use super::text;
use super::words;

pub const TITLE_SIZE: f64 = 14.0;
pub const SMALL_SIZE: f64 = 13.0;
pub const LINE: f64 = 17.0;
pub const PAD: f64 = 10.0;
/// From a line to the next beside it, and to a box that it passes.
const SPACING: f64 = 8.0;
const ROW_GAP: f64 = 18.0;
const BAND_PAD: f64 = 14.0;
const BAND_GAP: f64 = 10.0;
const LONGEST_BAND_WORD: f64 = 240.0;
/// Between the places where lines arrive at one box.
const PORT: f64 = 12.0;
/// The same beside a choice, whose label is this high or higher.
const GATE_PORT: f64 = 24.0;
pub const GATE_HEIGHT: f64 = 20.0;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    pub fn right(&self) -> f64 {
        self.x + self.width
    }
}

/// The vertical places; `super::route` adds the horizontal ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Heights {
    /// Top and height of each row.
    pub rows: Vec<(f64, f64)>,
    /// Top and height of each area's band.
    pub bands: Vec<(f64, f64)>,
    /// The middle of each module, the height of each passing line.
    pub y: Vec<f64>,
    pub height: f64,
}

/// The width of every box: the longest chains get narrower boxes so that the picture fits a wide page.
pub fn box_width(columns: usize) -> f64 {
    if columns > 6 { 130.0 } else { 150.0 }
}

pub fn title_lines(short: &str, box_width: f64) -> Vec<String> {
    text::wrap(short, TITLE_SIZE, box_width - 2.0 * PAD)
}

/// The room for the areas' titles at the left of their bands, clear of the lines between the first two columns:
/// a little more than a box, or the longest word.
pub fn band_title_room(graph: &Graph, columns: usize) -> f64 {
    let words = graph.areas.iter().flat_map(|area| area.title.split_whitespace());
    let widths = words.map(|word| text::width(word, SMALL_SIZE * text::BOLD).ceil());
    widths.fold(box_width(columns), f64::max).min(LONGEST_BAND_WORD)
}

/// An area's title in lines.
pub fn band_title(title: &str, room: f64) -> Vec<String> {
    text::wrap(title, SMALL_SIZE * text::BOLD, room)
}

pub fn gate_width(least: u32, graph: &Graph) -> f64 {
    (text::width(&words::gate(least, graph.language), SMALL_SIZE) + 14.0).ceil()
}

/// Where lines arrive at a module: one place for each line, one for each choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arrival {
    Line(Item, bool),
    Gate(usize),
}

impl Arrival {
    pub fn of(link: &Link) -> Arrival {
        link.gate.map_or(Arrival::Line(link.from, link.dashed), Arrival::Gate)
    }
}

/// The distance from one arrival to the next beside it.
pub fn port_distance(one: &Arrival, next: &Arrival) -> f64 {
    if matches!((one, next), (Arrival::Line(..), Arrival::Line(..))) { PORT } else { GATE_PORT }
}

impl Heights {
    pub fn of(graph: &Graph, layers: &Layers, arrangement: &Arrangement) -> Heights {
        let row_heights = row_heights(graph, layers, arrangement);
        let mut gaps = gaps(graph, layers, arrangement);
        widen_for_lines(layers, arrangement, &row_heights, &mut gaps);
        let (mut rows, mut top) = (Vec::new(), 0.0);
        for (row, height) in row_heights.iter().enumerate() {
            top += gaps[row];
            rows.push((top, *height));
            top += height;
        }
        let height = top + gaps.last().copied().unwrap_or(0.0);
        let bands = bands(graph, layers, arrangement, &rows, &gaps);
        let mut heights = Heights { rows, bands, y: vec![0.0; layers.column.len()], height };
        heights.place_items(layers, arrangement);
        heights
    }

    fn place_items(&mut self, layers: &Layers, arrangement: &Arrangement) {
        for module in 0..layers.modules {
            let (top, height) = self.rows[arrangement.place[module] as usize];
            self.y[module] = top + height / 2.0;
        }
        for column in 0..layers.columns() {
            for interval in intervals(layers, arrangement, column) {
                let low = interval.above.map_or(0.0, |row| self.rows[row].0 + self.rows[row].1);
                let high = interval.below.map_or(self.height, |row| self.rows[row].0);
                self.spread(layers, &interval.lines, low + SPACING, high - SPACING);
            }
        }
    }

    /// Each line as straight on as the interval and the other lines in it allow.
    fn spread(&mut self, layers: &Layers, lines: &[Item], low: f64, high: f64) {
        let before = |item: Item| layers.links[layers.column[item] - 1].iter().find(|link| link.to == item);
        let wish = |item: Item| before(item).map_or(low, |link| self.y[link.from]).clamp(low, high.max(low));
        let mut wished: Vec<(f64, Item)> = lines.iter().map(|&item| (wish(item), item)).collect();
        let mut next = low;
        for (y, _) in &mut wished {
            *y = y.max(next);
            next = *y + SPACING;
        }
        let mut limit = high.max(low);
        for (y, _) in wished.iter_mut().rev() {
            *y = y.min(limit);
            limit = *y - SPACING;
        }
        wished.into_iter().for_each(|(y, item)| self.y[item] = y);
    }
}

fn row_heights(graph: &Graph, layers: &Layers, arrangement: &Arrangement) -> Vec<f64> {
    let mut heights = vec![0.0f64; arrangement.first_row.last().copied().unwrap_or(0)];
    let width = box_width(layers.columns());
    for module in 0..layers.modules {
        let lines = title_lines(&graph.nodes[module].short, width).len() as f64;
        let words = LINE + 5.0 + lines * LINE + 2.0 * PAD - 3.0;
        let row = &mut heights[arrangement.place[module] as usize];
        *row = row.max(words).max(ports_height(layers, module));
    }
    heights
}

fn ports_height(layers: &Layers, module: Item) -> f64 {
    let arrivals = arrivals(layers, module);
    arrivals.windows(2).map(|pair| port_distance(&pair[0], &pair[1])).sum::<f64>() + 2.0 * PORT
}

/// The arrivals of a module, in no meaningful order; lines first.
pub fn arrivals(layers: &Layers, module: Item) -> Vec<Arrival> {
    let Some(column) = layers.column[module].checked_sub(1) else { return Vec::new() };
    let mut arrivals: Vec<_> = layers.links[column].iter().filter(|link| link.to == module).map(Arrival::of).collect();
    arrivals.sort_unstable();
    arrivals.dedup();
    arrivals
}

/// The free space above each row, and at the end below the last.
fn gaps(graph: &Graph, layers: &Layers, arrangement: &Arrangement) -> Vec<f64> {
    let mut gaps = vec![ROW_GAP; arrangement.first_row.last().copied().unwrap_or(0) + 1];
    for area in 0..graph.areas.len() {
        let row = arrangement.first_row[area];
        let outside = if area == 0 { 0.0 } else { BAND_PAD + BAND_GAP };
        gaps[row] = outside + band_head(graph, layers, arrangement, area);
    }
    if let Some(last) = gaps.last_mut() {
        *last = BAND_PAD;
    }
    gaps
}

/// The space at the top of a band: its title needs room only where a box stands under it.
fn band_head(graph: &Graph, layers: &Layers, arrangement: &Arrangement, area: usize) -> f64 {
    let row = arrangement.first_row[area] as f64;
    let under = |m: usize| layers.column[m] == 0 && arrangement.place[m] == row;
    if !(0..layers.modules).any(under) {
        return BAND_PAD;
    }
    band_title(&graph.areas[area].title, band_title_room(graph, layers.columns())).len() as f64 * LINE + BAND_PAD
}

fn bands(
    graph: &Graph,
    layers: &Layers,
    arrangement: &Arrangement,
    rows: &[(f64, f64)],
    gaps: &[f64],
) -> Vec<(f64, f64)> {
    let band = |area: usize| {
        let (first, last) = (arrangement.first_row[area], arrangement.first_row[area + 1] - 1);
        let head = band_head(graph, layers, arrangement, area);
        let spare = if area == 0 { gaps[0] - head } else { (gaps[first] - head - BAND_PAD - BAND_GAP) / 2.0 };
        let top = rows[first].0 - head - spare;
        let after = gaps[last + 1];
        let below = match graph.areas.get(area + 1) {
            Some(_) => (after - band_head(graph, layers, arrangement, area + 1) - BAND_PAD - BAND_GAP) / 2.0 + BAND_PAD,
            None => after,
        };
        (top, rows[last].0 + rows[last].1 + below - top)
    };
    (0..graph.areas.len()).map(band).collect()
}

/// Lines of a column between two boxes that stand above and below them, from top to bottom.
struct Interval {
    above: Option<usize>,
    below: Option<usize>,
    lines: Vec<Item>,
}

fn intervals(layers: &Layers, arrangement: &Arrangement, column: usize) -> Vec<Interval> {
    let mut rows: Vec<usize> = (0..layers.modules)
        .filter(|&module| layers.column[module] == column)
        .map(|module| arrangement.place[module] as usize)
        .collect();
    rows.sort_unstable();
    let mut lines: Vec<Item> = (layers.modules..layers.column.len()).filter(|&i| layers.column[i] == column).collect();
    lines.sort_by(|&a, &b| direction(layers, arrangement, a).total_cmp(&direction(layers, arrangement, b)));
    (0..=rows.len())
        .map(|at| {
            let above = at.checked_sub(1).map(|at| rows[at]);
            let below = rows.get(at).copied();
            let within = |item: &&Item| {
                let place = arrangement.place[**item];
                above.is_none_or(|row| place > row as f64) && below.is_none_or(|row| place < row as f64)
            };
            Interval { above, below, lines: lines.iter().filter(within).copied().collect() }
        })
        .filter(|interval| !interval.lines.is_empty())
        .collect()
}

/// Where a line comes from and goes to, as one number: lines in the same gap lie in this order.
fn direction(layers: &Layers, arrangement: &Arrangement, item: Item) -> f64 {
    let column = layers.column[item];
    let arrives = layers.links[column - 1].iter().filter(|link| link.to == item).map(|link| link.from);
    let leaves = layers.links[column].iter().filter(|link| link.from == item).map(|link| link.to);
    let mean = |items: &mut dyn Iterator<Item = Item>| {
        let places: Vec<f64> = items.map(|item| arrangement.place[item]).collect();
        places.iter().sum::<f64>() / places.len().max(1) as f64
    };
    arrangement.place[item] * 1000.0 + mean(&mut { arrives }) + mean(&mut { leaves })
}

/// Makes room where more lines pass between two boxes than the space between them holds.
fn widen_for_lines(layers: &Layers, arrangement: &Arrangement, row_heights: &[f64], gaps: &mut [f64]) {
    for column in 0..layers.columns() {
        for interval in intervals(layers, arrangement, column) {
            let from = interval.above.map_or(0, |row| row + 1);
            let to = interval.below.unwrap_or(row_heights.len());
            let free: f64 = gaps[from..=to].iter().sum::<f64>() + row_heights[from..to].iter().sum::<f64>();
            let needed = SPACING * (interval.lines.len() as f64 + 1.0);
            if needed > free {
                let at = (arrangement.place[interval.lines[0]] + 0.5) as usize;
                gaps[at] += needed - free;
            }
        }
    }
}
