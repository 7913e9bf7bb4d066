//! What a draft changes in the picture: new and changed pieces, new and removed lines, pieces that are gone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::graph::Graph;
use super::layout::Layout;
use super::lit::{bundles, draw_bundle};
use super::place::{Rect, SMALL_SIZE};
use super::select::{Asked, Selection};
use super::svg::{n, plain};
use super::text;
use super::words::{self, Phrases};
use crate::curriculum::model::{Curriculum, Language, Module};

/// Everything that is different, for the pieces that the picture shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// By node.
    pub pieces: BTreeMap<usize, Novelty>,
    /// From and to, by node.
    pub added: BTreeSet<(usize, usize)>,
    /// Lines between two pieces that are both still there.
    pub removed: BTreeSet<(usize, usize)>,
    /// "M5 Påverkansdiagram": pieces that are gone, by the codes that they had.
    pub gone: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Novelty {
    New,
    /// Anything of it says something else, its texts too.
    Changed,
}

impl News {
    /// From `before` to `now`, which `graph` shows all or some of.
    pub fn of(graph: &Graph, before: &Curriculum, now: &Curriculum) -> News {
        let was: BTreeMap<&str, &Module> = before.modules.iter().map(|(id, module)| (id.as_str(), module)).collect();
        let is: BTreeMap<&str, &Module> = now.modules.iter().map(|(id, module)| (id.as_str(), module)).collect();
        let novelty = |id: &str| match (was.get(id), is.get(id)) {
            (None, _) => Some(Novelty::New),
            (Some(was), Some(is)) if was != is => Some(Novelty::Changed),
            _ => None,
        };
        let pieces = graph.nodes.iter().enumerate();
        let at: BTreeMap<&str, usize> = pieces.clone().map(|(at, node)| (node.id.as_str(), at)).collect();
        let old = Graph::of(before, &Selection::of(before, &Asked::default()).unwrap_or_default(), graph.language);
        let place = |node: usize| at.get(old.nodes[node].id.as_str()).copied();
        let old_lines: BTreeSet<_> =
            old.edges.iter().filter_map(|edge| Some((place(edge.from)?, place(edge.to)?))).collect();
        let lines: BTreeSet<(usize, usize)> = graph.edges.iter().map(|edge| (edge.from, edge.to)).collect();
        let gone = old.nodes.iter().filter(|node| !is.contains_key(node.id.as_str()));
        News {
            pieces: pieces.filter_map(|(at, node)| Some((at, novelty(&node.id)?))).collect(),
            added: lines.difference(&old_lines).copied().collect(),
            removed: old_lines.difference(&lines).copied().collect(),
            gone: gone.map(|node| format!("{} {}", node.code, plain(&node.title))).collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == News::default()
    }
}

/// What a piece is called that is new or changed.
pub fn word(novelty: Novelty, language: Language) -> &'static str {
    let words = words::phrases(language);
    match novelty {
        Novelty::New => words.new,
        Novelty::Changed => words.changed,
    }
}

/// What the marks mean, for the explanations below the picture: how each looks, and the words.
pub fn keys(news: &News, words: &Phrases) -> Vec<(&'static str, String)> {
    let added = (!news.added.is_empty()).then(|| (" pic__key-line--new", words.new_line.to_owned()));
    let removed = (!news.removed.is_empty()).then(|| (" pic__key-line--gone", words.gone_line.to_owned()));
    let gone = news.gone.iter().map(|piece| (" pic__key-line--gone", format!("{}: {piece}", words.gone)));
    added.into_iter().chain(removed).chain(gone).collect()
}

/// New lines, broad above the others, and removed ones, dotted and crossed out, straight from piece to piece.
pub fn draw_lines(out: &mut String, graph: &Graph, layout: &Layout, news: &News) {
    out.push_str(r#"<g class="pic__news">"#);
    for ((from, choice), bundle) in bundles(layout, |edge| news.added.contains(&(edge.from, edge.to))) {
        draw_bundle(out, graph, from, choice, &bundle, false);
    }
    for &(from, to) in &news.removed {
        let (from, to) = (&layout.boxes[from], &layout.boxes[to]);
        let ends = ((from.right(), from.y + from.height / 2.0), (to.x, to.y + to.height / 2.0));
        let (x, y) = ((ends.0.0 + ends.1.0) / 2.0, (ends.0.1 + ends.1.1) / 2.0);
        let _ = write!(
            out,
            r#"<path class="pic__gone" d="M{} {}L{} {}"/><path class="pic__cross" d="M{} {}l10 10m0 -10l-10 10"/>"#,
            n(ends.0.0),
            n(ends.0.1),
            n(ends.1.0),
            n(ends.1.1),
            n(x - 5.0),
            n(y - 5.0),
        );
    }
    out.push_str("</g>\n");
}

/// A small sign on the upper edge of a piece.
pub fn draw_sign(out: &mut String, rect: &Rect, word: &str) {
    let width = text::width(word, SMALL_SIZE * text::BOLD) + 14.0;
    let left = rect.x + (rect.width - width) / 2.0;
    let _ = write!(
        out,
        r#"<rect class="pic__sign" x="{}" y="{}" width="{}" height="18" rx="9"/><text class="pic__sign-word" x="{}" y="{}" text-anchor="middle">{word}</text>"#,
        n(left),
        n(rect.y - 9.0),
        n(width),
        n(left + width / 2.0),
        n(rect.y + 4.5),
    );
}
