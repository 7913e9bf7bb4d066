//! The whole way of one module as lists, with what the picture leaves out.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Wish;
use super::view::Place;
use crate::curriculum::model::{Curriculum, Language};
use crate::curriculum::picture::{Graph, Line, Selection, class, lines};
use crate::words;

#[derive(Serialize)]
pub struct WholeWay {
    /// "Hela vägen för M6 Styrdiagram".
    title: String,
    /// "M6 bygger på 5 moduler, 9,5 timmar."
    before_says: String,
    before: Vec<Step>,
    after_says: String,
    after: Vec<Step>,
    /// The module's page.
    href: String,
    /// This page without a way.
    clear: String,
}

#[derive(Serialize)]
struct Step {
    class: &'static str,
    code: String,
    title: String,
    href: String,
    /// Not in the picture as it is filtered.
    left_out: bool,
}

/// `None` when the curriculum does not have the module.
pub fn whole_way(
    curriculum: &Curriculum,
    language: Language,
    place: Place,
    wish: &Wish,
    shown: &Graph,
    module: &str,
) -> Option<WholeWay> {
    let all = Graph::of(curriculum, &Selection::Everything, language);
    let at = all.nodes.iter().position(|node| node.id == module)?;
    let (way, lines) = (all.way(at), lines(&all));
    let part = |nodes: &BTreeSet<usize>| -> Vec<&Line> {
        let ids: BTreeSet<&str> = nodes.iter().map(|&node| all.nodes[node].id.as_str()).collect();
        lines.iter().filter(|line| ids.contains(line.id.as_str())).collect()
    };
    let step = |line: &&Line| Step {
        class: all.nodes.iter().find(|node| node.id == line.id).map_or("", |node| class(all.areas[node.area].colour)),
        code: line.code.clone(),
        title: line.title.clone(),
        href: format!("{}{}", place.modules, line.id),
        left_out: shown.nodes.iter().all(|node| node.id != line.id),
    };
    let node = &all.nodes[at];
    let (before, after) = (part(&way.before), part(&way.after));
    let args = |lines: &[&Line]| {
        let hours: f64 = lines.iter().map(|line| line.hours).sum();
        [("code", node.code.clone().into()), ("count", lines.len().into()), ("hours", hours.into())]
    };
    let name = [("code", node.code.as_str().into()), ("title", node.title.as_str().into())];
    Some(WholeWay {
        title: words::text(language, "designer-way-title", &name),
        before_says: words::text(language, "designer-way-before", &args(&before)),
        before: before.iter().map(step).collect(),
        after_says: words::text(language, "designer-way-after", &args(&after)),
        after: after.iter().map(step).collect(),
        href: format!("{}{module}", place.modules),
        clear: format!("{}{}", place.here, wish.lighting(None)),
    })
}
