//! The picture of a curriculum's modules: what builds on what, as SVG, as words, and for other programs.
//!
//! Pure: a curriculum in, text out. Nothing is cached here; whoever shows the same picture often keeps it.
//! Modules stand in bands by area and in columns by the number of steps before them, which a general layout
//! library does not offer; it also lets every line be led past the boxes by construction.

mod arrange;
mod formats;
mod graph;
mod layers;
mod layout;
mod lines;
mod lit;
mod needs;
mod news;
mod place;
mod route;
mod select;
mod style;
mod svg;
mod text;
mod ways;
mod words;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use formats::{dot, json, mermaid};
pub use graph::{Area, Choice, Edge, Graph, Node};
pub use layout::Layout;
pub use lines::{Line, lines};
pub use lit::Lit;
pub use news::{News, Novelty, word};
pub use select::{Asked, Selection, Unknown};
pub use style::class;
pub use svg::{Mode, description, laid_out, svg};
pub use ways::{Way, Ways};
