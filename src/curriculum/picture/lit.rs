//! What stands out in a picture that is part of a page: what was searched for, or a module's whole way.
//!
//! Everything else steps back, but stays readable. What lies under the pointer is lit by the page's script, which
//! finds in the picture what it needs for that: each piece has the pieces it builds on next, each bundle of lines
//! where it comes from and where its parts lead.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::graph::{Edge, Graph};
use super::layout::{Gate, Layout};
use super::style;
use super::svg::{ARROW, arrow, rounded};
use super::ways::Way;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lit<'a> {
    Nothing,
    /// Some modules, by node.
    Found(&'a BTreeSet<usize>),
    Way(&'a Way),
}

impl Lit<'_> {
    pub fn is_any(self) -> bool {
        self != Lit::Nothing
    }

    /// To be added to a piece's class.
    pub fn class(self, node: usize) -> &'static str {
        match self {
            Lit::Found(found) if found.contains(&node) => " is-lit",
            Lit::Way(way) if way.at == node => " is-lit is-at",
            Lit::Way(way) if way.has(node) => " is-lit",
            _ => "",
        }
    }

    fn line(self, edge: &Edge) -> bool {
        matches!(self, Lit::Way(way) if way.has_line(edge.from, edge.to))
    }

    /// Whether a line that the label stands on is lit.
    pub fn gate(self, graph: &Graph, gate: &Gate) -> bool {
        graph.edges.iter().any(|edge| edge.choice == Some(gate.choice) && self.line(edge))
    }
}

/// Lines from the same module, of the same kind: where they run together the stroke is painted once.
#[derive(Default)]
pub struct Bundle {
    pub path: String,
    pub arrows: String,
    /// Where its parts lead, in their order.
    pub to: Vec<usize>,
}

/// The bundles of those lines that `wanted` names, by the module they come from and whether they are of a choice.
pub fn bundles(layout: &Layout, wanted: impl Fn(&Edge) -> bool) -> BTreeMap<(usize, bool), Bundle> {
    let mut bundles = BTreeMap::<(usize, bool), Bundle>::new();
    for line in layout.lines.iter().filter(|line| wanted(&line.edge)) {
        let choice = line.edge.choice.is_some();
        let bundle = bundles.entry((line.edge.from, choice)).or_default();
        let mut points = line.points.clone();
        if let Some(last) = points.last_mut().filter(|_| !choice) {
            bundle.arrows.push_str(&arrow(*last));
            last.0 -= ARROW - 2.0;
        }
        bundle.path.push_str(&rounded(&points));
        bundle.to.push(line.edge.to);
    }
    bundles
}

pub fn draw_bundle(out: &mut String, graph: &Graph, from: usize, choice: bool, bundle: &Bundle, named: bool) {
    let class = style::class(graph.areas[graph.nodes[from].area].colour);
    let dashed = if choice { " pic__line--choice" } else { "" };
    let names = if named { format!(r#" data-from="{from}" data-to="{}""#, numbers(&bundle.to)) } else { String::new() };
    let _ = write!(out, r#"<g class="{class}"{names}><path class="pic__line{dashed}" d="{}"/>"#, bundle.path);
    if !bundle.arrows.is_empty() {
        let _ = write!(out, r#"<path class="pic__arrow" d="{}"/>"#, bundle.arrows);
    }
    out.push_str("</g>\n");
}

/// The lit lines, above the others.
pub fn draw_lit(out: &mut String, graph: &Graph, layout: &Layout, lit: Lit) {
    out.push_str(r#"<g class="pic__lit is-lit">"#);
    for ((from, choice), bundle) in bundles(layout, |edge| lit.line(edge)) {
        draw_bundle(out, graph, from, choice, &bundle, false);
    }
    out.push_str("</g>\n");
}

/// "3 5 7"
pub fn numbers(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
}
