//! What a draft changes in the picture, in words.

use serde::Serialize;

use super::Wish;
use super::view::Place;
use crate::curriculum::model::Language;
use crate::curriculum::picture::{News, class, word};
use crate::designer::pictures::Drawn;
use crate::words;

/// The changes of the pieces that the picture shows.
#[derive(Serialize)]
pub struct Told {
    pieces: Vec<Piece>,
    /// "M4 bygger nu på M2.", "M4 bygger inte längre på M3.", "M5 Påverkansdiagram är borttagen."
    says: Vec<String>,
}

#[derive(Serialize)]
struct Piece {
    class: &'static str,
    code: String,
    title: String,
    /// "Ny", "Ändrad".
    word: &'static str,
    /// This page with its way lit.
    href: String,
}

/// None when nothing is different.
pub fn told(language: Language, place: Place, wish: &Wish, drawn: &Drawn, news: &News) -> Option<Told> {
    let graph = &drawn.graph;
    let piece = |(&at, novelty): (&usize, &_)| {
        let node = &graph.nodes[at];
        Piece {
            class: class(graph.areas[node.area].colour),
            code: node.code.clone(),
            title: node.title.clone(),
            word: word(*novelty, language),
            href: format!("{}{}#whole-way", place.here, wish.lighting(Some(&node.id))),
        }
    };
    let line = |key: &'static str, &(from, to): &(usize, usize)| {
        let code = |at: usize| words::Value::from(graph.nodes[at].code.as_str());
        words::text(language, key, &[("code", code(to)), ("on", code(from))])
    };
    let added = news.added.iter().map(|pair| line("designer-builds-now", pair));
    let removed = news.removed.iter().map(|pair| line("designer-builds-no-more", pair));
    let gone = |module: &String| words::text(language, "designer-gone", &[("module", module.as_str().into())]);
    let says = added.chain(removed).chain(news.gone.iter().map(gone)).collect();
    (!news.is_empty()).then(|| Told { pieces: news.pieces.iter().map(piece).collect(), says })
}
