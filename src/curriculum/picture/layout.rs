//! The finished drawing before it is written down: every box, band, line and label with its place.

use super::arrange::Arrangement;
use super::graph::{Edge, Graph};
use super::layers::Layers;
use super::place::{self, Heights, Rect};
use super::route::{Point, Routing};

/// Around the bands.
const MARGIN: f64 = 2.0;
/// From a band's edge to the boxes in it.
const BAND_SIDE: f64 = 14.0;

/// In CSS pixels from the top left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    pub width: f64,
    pub height: f64,
    /// As the graph's areas; their titles stand in `title_room`.
    pub bands: Vec<Rect>,
    pub title_room: f64,
    /// As the graph's nodes.
    pub boxes: Vec<Rect>,
    pub lines: Vec<Line>,
    pub gates: Vec<Gate>,
}

/// A drawn edge; the arrow's tip is its last point.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub edge: Edge,
    pub points: Vec<Point>,
}

/// The label where the branches of a choice meet, and the box that its arrow goes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    pub choice: usize,
    pub label: Rect,
    /// The arrow's tip.
    pub tip: Point,
}

impl Layout {
    /// The same graph always gives the same layout. The work grows with the square of the modules;
    /// whoever shows the same picture often keeps it.
    pub fn of(graph: &Graph) -> Layout {
        let layers = Layers::of(graph);
        let arrangement = Arrangement::of(graph, &layers);
        let heights = Heights::of(graph, &layers, &arrangement);
        let routing = Routing::of(graph, &layers, &heights);
        let (dx, dy) = (MARGIN + BAND_SIDE, MARGIN);
        let width = routing.right + 2.0 * dx;
        let band = |&(top, height): &(f64, f64)| Rect { x: MARGIN, y: top + dy, width: width - 2.0 * MARGIN, height };
        let boxes = boxes(&layers, &arrangement, &heights, &routing, (dx, dy));
        Layout {
            width,
            height: heights.height + 2.0 * dy,
            title_room: place::band_title_room(graph, layers.columns()),
            bands: heights.bands.iter().map(band).collect(),
            gates: gates(graph, &routing, &boxes, (dx, dy)),
            boxes,
            lines: lines(&layers, &routing, (dx, dy)),
        }
    }
}

fn boxes(layers: &Layers, arrangement: &Arrangement, heights: &Heights, routing: &Routing, by: Point) -> Vec<Rect> {
    let width = place::box_width(layers.columns());
    let place = |module: usize| {
        let (top, height) = heights.rows[arrangement.place[module] as usize];
        Rect { x: routing.columns[layers.column[module]] + by.0, y: top + by.1, width, height }
    };
    (0..layers.modules).map(place).collect()
}

fn lines(layers: &Layers, routing: &Routing, by: Point) -> Vec<Line> {
    let moved = |points: &Vec<Point>| points.iter().map(|(x, y)| (x + by.0, y + by.1)).collect();
    let edges = layers.routes.iter().map(|(edge, _)| *edge);
    edges.zip(&routing.lines).map(|(edge, points)| Line { edge, points: moved(points) }).collect()
}

fn gates(graph: &Graph, routing: &Routing, boxes: &[Rect], by: Point) -> Vec<Gate> {
    let places = graph.choices.iter().zip(&routing.gates).enumerate();
    places
        .filter_map(|(choice, (written, point))| {
            let (x, y) = (*point)?;
            let width = place::gate_width(written.least, graph);
            let height = place::GATE_HEIGHT;
            let label = Rect { x: x + by.0, y: y + by.1 - height / 2.0, width, height };
            Some(Gate { choice, label, tip: (boxes[written.to].x, y + by.1) })
        })
        .collect()
}
