//! What a module holds up, in plain words; the figures are those of `engine::metrics`.

use std::cmp::Reverse;

use serde::Serialize;

use super::Wish;
use super::view::Place;
use crate::curriculum::model::Language;
use crate::curriculum::picture::class;
use crate::designer::pictures::Drawn;
use crate::engine::metrics::Figures;
use crate::words;

/// A module that much hangs on.
#[derive(Serialize)]
pub struct Bottleneck {
    class: &'static str,
    code: String,
    title: String,
    /// "Håller tillbaka 11 andra. Den längsta kedjan genom den har 6 moduler."
    says: String,
    /// This page with its way lit.
    href: String,
}

/// Most that are shown: those that follow hold up little.
const MOST: usize = 5;

/// The modules of the picture with the highest structural complexity of those that others build on.
pub fn bottlenecks(language: Language, place: Place, wish: &Wish, drawn: &Drawn) -> Vec<Bottleneck> {
    let nodes = drawn.graph.nodes.iter();
    let mut held: Vec<_> = nodes.filter_map(|node| Some((drawn.figures.get(&node.id)?, node))).collect();
    held.retain(|(figures, _)| figures.blocking > 0);
    held.sort_by_key(|(figures, _)| (Reverse(figures.complexity), Reverse(figures.certain), figures.module));
    let bottleneck = |(figures, node): (&Figures, &crate::curriculum::picture::Node)| Bottleneck {
        class: class(drawn.graph.areas[node.area].colour),
        code: node.code.clone(),
        title: node.title.clone(),
        says: in_words(language, figures),
        href: format!("{}{}#whole-way", place.here, wish.lighting(Some(&node.id))),
    };
    held.into_iter().take(MOST).map(bottleneck).collect()
}

/// "Håller tillbaka 11 andra. Den längsta kedjan genom den har 6 moduler."
pub fn in_words(language: Language, figures: &Figures) -> String {
    let chain = words::text(language, "designer-chain", &[("count", figures.delay.into())]);
    let held = match figures.blocking {
        0 => words::text(language, "designer-holds-nothing", &[]),
        _ => holds(language, figures),
    };
    format!("{held} {chain}")
}

/// "Håller tillbaka 11 andra."; empty when nothing builds on it.
pub fn holds(language: Language, figures: &Figures) -> String {
    let (all, certain) = (figures.blocking, figures.certain);
    let args = [("count", all.into()), ("certain", certain.into()), ("more", (all - certain).into())];
    match (all, certain) {
        (0, _) => String::new(),
        (all, certain) if all == certain => words::text(language, "designer-holds", &args[..1]),
        (_, 0) => words::text(language, "designer-may-hold", &args[..1]),
        _ => words::text(language, "designer-holds-more", &args[1..]),
    }
}
