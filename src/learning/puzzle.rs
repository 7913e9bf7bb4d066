//! The outlines of puzzle pieces: a tab points forward (right and down), a blank receives it, the frame is flat.
//!
//! Each distinct outline is drawn once in a page and used by all pieces that have it. An outline says where a piece
//! lies among its neighbours and nothing about what it builds on: that stands in words.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

use serde::Serialize;

/// A piece's outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shape {
    pub form: Form,
    /// Top, right, bottom, left.
    pub edges: [Edge; 4],
}

/// Pieces lie in rows on a wide page and under each other on a narrow one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    Wide,
    Tall,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edge {
    Flat,
    Tab,
    Blank,
}

/// An outline as a page draws it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawn {
    /// Names it for `<use>`.
    pub id: String,
    /// The path's data, in the form's own units.
    pub d: String,
}

/// Piece `index` of `count` that fill a frame row by row.
pub fn wide(index: usize, count: usize, columns: usize) -> Shape {
    let edge = |there, edge| if there { edge } else { Edge::Flat };
    let column = index % columns;
    Shape {
        form: Form::Wide,
        edges: [
            edge(index >= columns, Edge::Blank),
            edge(column + 1 < columns && index + 1 < count, Edge::Tab),
            edge(index + columns < count, Edge::Tab),
            edge(column > 0, Edge::Blank),
        ],
    }
}

/// Piece `index` of `count` that stand under each other.
pub fn tall(index: usize, count: usize) -> Shape {
    Shape { form: Form::Tall, ..wide(index, count, 1) }
}

impl Shape {
    /// Such as `w0tt0`.
    pub fn id(&self) -> &'static str {
        OUTLINES.get(self).map_or("", |drawn| &drawn.id)
    }
}

/// The outlines of `shapes`.
pub fn drawn(shapes: &BTreeSet<Shape>) -> Vec<&'static Drawn> {
    shapes.iter().filter_map(|shape| OUTLINES.get(shape)).collect()
}

/// Every outline that [`wide`] and [`tall`] can give.
static OUTLINES: LazyLock<BTreeMap<Shape, Drawn>> = LazyLock::new(|| {
    let mut outlines = BTreeMap::new();
    for mask in 0..16 {
        let edge = |bit: usize, edge| if mask >> bit & 1 == 1 { edge } else { Edge::Flat };
        let edges = [edge(0, Edge::Blank), edge(1, Edge::Tab), edge(2, Edge::Tab), edge(3, Edge::Blank)];
        for form in [Form::Wide, Form::Tall] {
            let shape = Shape { form, edges };
            outlines.insert(shape, Drawn { id: name(&shape), d: outline(&shape) });
        }
    }
    outlines
});

fn name(shape: &Shape) -> String {
    let letter = |edge| match edge {
        Edge::Flat => '0',
        Edge::Tab => 't',
        Edge::Blank => 'b',
    };
    let form = if shape.form == Form::Wide { 'w' } else { 't' };
    std::iter::once(form).chain(shape.edges.map(letter)).collect()
}

/// Every edge lies this far inside, which leaves an even seam between pieces.
const INSET: f64 = 1.75;
const CORNER: f64 = 6.0;
/// A knob: a circle whose centre lies outside the edge, joined to it by fillets.
const KNOB: f64 = 10.0;
const KNOB_OUT: f64 = 12.5;
const FILLET: f64 = 4.5;

fn outline(shape: &Shape) -> String {
    // The knobs of upper and lower edges, and of the sides: how far along the edge from left or from above.
    let (width, height, upper, side) = match shape.form {
        Form::Wide => (192.0, 144.0, 96.0, 72.0),
        Form::Tall => (288.0, 92.0, 248.0, 46.0),
    };
    let [top, right, bottom, left] = shape.edges;
    let sides = [
        Side { from: (0.0, 0.0), along: (1.0, 0.0), length: width, knob: upper, edge: top },
        Side { from: (width, 0.0), along: (0.0, 1.0), length: height, knob: side, edge: right },
        Side { from: (width, height), along: (-1.0, 0.0), length: width, knob: width - upper, edge: bottom },
        Side { from: (0.0, height), along: (0.0, -1.0), length: height, knob: height - side, edge: left },
    ];
    let mut path = String::new();
    for (index, side) in sides.iter().enumerate() {
        if index == 0 {
            path.push_str(&format!("M{}", side.at(INSET + CORNER, -INSET)));
        }
        side.draw(&mut path);
        let next = &sides[(index + 1) % 4];
        arc(&mut path, CORNER, 0, 1, &next.at(INSET + CORNER, -INSET));
    }
    path.push('Z');
    path
}

/// One edge, walked clockwise.
struct Side {
    from: (f64, f64),
    along: (f64, f64),
    length: f64,
    /// Where the knob's centre is, along the edge.
    knob: f64,
    edge: Edge,
}

impl Side {
    /// The point `s` along the edge and `out` outside it.
    fn at(&self, s: f64, out: f64) -> String {
        let (dx, dy) = self.along;
        format!("{} {}", short(self.from.0 + dx * s + dy * out), short(self.from.1 + dy * s - dx * out))
    }

    fn draw(&self, path: &mut String) {
        // A tab shrinks by the inset and its fillets grow by it; a blank the reverse.
        let (out, knob, fillet, sweep) = match self.edge {
            Edge::Flat => (0.0, 0.0, 0.0, 0),
            Edge::Tab => (1.0, KNOB - INSET, FILLET + INSET, 0),
            Edge::Blank => (-1.0, KNOB + INSET, FILLET - INSET, 1),
        };
        if knob > 0.0 {
            let fillet_out = -INSET + out * fillet;
            let rise = KNOB_OUT - out * fillet_out;
            let reach = ((knob + fillet).powi(2) - rise.powi(2)).sqrt();
            let share = fillet / (knob + fillet);
            let (near, joint) = (reach, reach * (1.0 - share));
            let joint_out = fillet_out + (out * KNOB_OUT - fillet_out) * share;
            let _ = write!(path, "L{}", self.at(self.knob - near, -INSET));
            arc(path, fillet, 0, sweep, &self.at(self.knob - joint, joint_out));
            arc(path, knob, 1, 1 - sweep, &self.at(self.knob + joint, joint_out));
            arc(path, fillet, 0, sweep, &self.at(self.knob + near, -INSET));
        }
        let _ = write!(path, "L{}", self.at(self.length - INSET - CORNER, -INSET));
    }
}

fn arc(path: &mut String, radius: f64, large: u8, sweep: u8, to: &str) {
    let radius = short(radius);
    let _ = write!(path, "A{radius} {radius} 0 {large} {sweep} {to}");
}

/// At most one decimal.
fn short(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(shapes: impl Iterator<Item = Shape>) -> Vec<&'static str> {
        shapes.map(|shape| shape.id()).collect()
    }

    #[test]
    fn tabs_point_to_what_comes_next_and_blanks_receive_them() {
        let rows = ids((0..6).map(|index| wide(index, 6, 4)));
        assert_eq!(rows, ["w0tt0", "w0ttb", "w0t0b", "w000b", "wbt00", "wb00b"]);
        assert_eq!(ids((0..3).map(|index| tall(index, 3))), ["t00t0", "tb0t0", "tb000"]);
        assert_eq!(ids([wide(0, 1, 2), tall(0, 1)].into_iter()), ["w0000", "t0000"]);
    }

    #[test]
    fn wherever_one_piece_has_a_tab_its_neighbour_has_a_blank() {
        for (count, columns) in [(1, 4), (5, 4), (12, 4), (7, 2), (30, 2)] {
            let shapes: Vec<Shape> = (0..count).map(|index| wide(index, count, columns)).collect();
            for (index, shape) in shapes.iter().enumerate() {
                let [_, right, bottom, _] = shape.edges;
                let beside = (index + 1) % columns != 0 && index + 1 < count;
                assert_eq!(right == Edge::Tab, beside);
                assert!(right != Edge::Tab || shapes[index + 1].edges[3] == Edge::Blank);
                assert_eq!(bottom == Edge::Tab, shapes.get(index + columns).is_some_and(|s| s.edges[0] == Edge::Blank));
            }
        }
    }

    #[test]
    fn the_outline_is_the_one_of_the_reviewed_design() {
        let path = drawn(&[wide(0, 12, 4)].into())[0];
        assert_eq!(path.id, "w0tt0");
        insta::assert_snapshot!(path.d, @"M7.8 1.8L184.2 1.8A6 6 0 0 1 190.2 7.8L190.2 59.9A6.2 6.2 0 0 0 199.9 65.1A8.2 8.2 0 1 1 199.9 78.9A6.2 6.2 0 0 0 190.2 84.1L190.2 136.2A6 6 0 0 1 184.2 142.2L108.1 142.2A6.2 6.2 0 0 0 102.9 151.9A8.2 8.2 0 1 1 89.1 151.9A6.2 6.2 0 0 0 83.9 142.2L7.8 142.2A6 6 0 0 1 1.8 136.2L1.8 7.8A6 6 0 0 1 7.8 1.8Z");
        let path = drawn(&[tall(1, 3)].into())[0];
        insta::assert_snapshot!(path.d, @"M7.8 1.8L235.9 1.8A2.8 2.8 0 0 1 238.2 6A11.8 11.8 0 1 0 257.8 6A2.8 2.8 0 0 1 260.1 1.8L280.2 1.8A6 6 0 0 1 286.2 7.8L286.2 84.2A6 6 0 0 1 280.2 90.2L260.1 90.2A6.2 6.2 0 0 0 254.9 99.9A8.2 8.2 0 1 1 241.1 99.9A6.2 6.2 0 0 0 235.9 90.2L7.8 90.2A6 6 0 0 1 1.8 84.2L1.8 7.8A6 6 0 0 1 7.8 1.8Z");
    }
}
