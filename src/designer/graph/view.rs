//! What the page shows, from a curriculum and what the address asks for.

use std::collections::BTreeSet;

use serde::Serialize;

use super::holds::{Bottleneck, bottlenecks};
use super::news::{Told, told};
use super::tables::{AreaTable, tables};
use super::way::{WholeWay, whole_way};
use super::{KINDS, Wish};
use crate::curriculum::model::{Curriculum, Language};
use crate::curriculum::picture::{Lit, News, Node};
use crate::designer::drafts::pages::Bar;
use crate::designer::pictures::Drawn;
use crate::web::Svg;
use crate::words;

/// Where the page stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The page's own address.
    pub here: &'a str,
    /// The address of a module's page, without its id.
    pub modules: &'a str,
}

#[derive(Serialize)]
pub struct GraphPage {
    /// Of a draft; for the caller to fill in.
    pub bar: Option<Bar>,
    here: String,
    name: String,
    purpose: String,
    /// "Version 2026.1, publicerad 3 mars"; for the caller to fill in.
    pub version: String,
    /// "30 moduler, 108,5 timmar. 3 av dem innehåller ”mät”."
    size: String,
    search: String,
    /// Whether some modules may be left out.
    filtered: bool,
    sifts: Vec<Sift>,
    picture: Svg,
    /// Whether it is too wide to be seen as a whole.
    large: bool,
    way: Option<WholeWay>,
    /// What the draft changes.
    news: Option<Told>,
    bottlenecks: Vec<Bottleneck>,
    areas: Vec<AreaTable>,
}

/// A list of boxes to tick.
#[derive(Serialize)]
struct Sift {
    name: &'static str,
    legend: String,
    ticks: Vec<Tick>,
}

#[derive(Serialize)]
struct Tick {
    id: String,
    title: String,
    checked: bool,
}

/// Wider than this, in CSS pixels, and words would be too small if all were seen at once.
const LARGE: f64 = 1600.0;

/// The page; of a draft, `before` is what it began from.
pub fn view(
    curriculum: &Curriculum,
    before: Option<&Curriculum>,
    language: Language,
    place: Place,
    wish: &Wish,
    drawn: &Drawn,
) -> GraphPage {
    let graph = &drawn.graph;
    let news = before.map(|before| News::of(graph, before, curriculum)).unwrap_or_default();
    let node = |id: &String| graph.nodes.iter().position(|node| node.id == *id);
    let way = wish.module.as_ref().and_then(node).map(|at| graph.way(at));
    let found = found(drawn, &wish.search);
    let lit = match (&way, &found) {
        (Some(way), _) => Lit::Way(way),
        (None, Some(found)) if !found.is_empty() => Lit::Found(found),
        _ => Lit::Nothing,
    };
    let sifts: Vec<Sift> = KINDS.iter().map(|name| sift(curriculum, language, wish, name)).collect();
    GraphPage {
        bar: None,
        here: place.here.to_owned(),
        name: curriculum.about.name.of(language).to_owned(),
        purpose: curriculum.about.purpose.of(language).to_owned(),
        version: String::new(),
        size: size(language, drawn, wish, found.as_ref()),
        search: wish.search.clone(),
        filtered: sifts.iter().any(|sift| sift.ticks.iter().any(|tick| tick.checked)),
        sifts: sifts.into_iter().filter(|sift| !sift.ticks.is_empty()).collect(),
        picture: Svg(drawn.svg(place.modules, lit, Some(&news))),
        large: drawn.layout.width > LARGE,
        way: wish.module.as_ref().and_then(|module| whole_way(curriculum, language, place, wish, graph, module)),
        news: told(language, place, wish, drawn, &news),
        bottlenecks: bottlenecks(language, place, wish, drawn),
        areas: tables(curriculum, language, place, wish, (drawn, &news), found.as_ref()),
    }
}

/// The nodes with that code, or else those whose code and title have every word; `None` when nothing is looked for.
fn found(drawn: &Drawn, search: &str) -> Option<BTreeSet<usize>> {
    let key = words::search_key(search);
    let wanted: Vec<&str> = key.split_whitespace().collect();
    let nodes = || drawn.graph.nodes.iter().enumerate();
    let coded: BTreeSet<usize> =
        nodes().filter(|(_, node)| words::search_key(&node.code) == key).map(|(at, _)| at).collect();
    if wanted.is_empty() || !coded.is_empty() {
        return (!wanted.is_empty()).then_some(coded);
    }
    let text = |node: &Node| words::search_key(&format!("{} {}", node.code, node.title));
    let matches = |text: String| wanted.iter().all(|word| text.contains(word));
    Some(nodes().filter(|(_, node)| matches(text(node))).map(|(at, _)| at).collect())
}

fn size(language: Language, drawn: &Drawn, wish: &Wish, found: Option<&BTreeSet<usize>>) -> String {
    let hours: f64 = drawn.lines.iter().map(|line| line.hours).sum();
    let args = [("count", drawn.lines.len().into()), ("hours", hours.into())];
    let size = words::text(language, "designer-size", &args);
    let Some(found) = found else { return size };
    let args = [("count", found.len().into()), ("search", wish.search.as_str().into())];
    format!("{size} {}", words::text(language, "designer-found", &args))
}

fn sift(curriculum: &Curriculum, language: Language, wish: &Wish, name: &'static str) -> Sift {
    let mut all: Vec<(u32, &str, &str)> = match name {
        "area" => curriculum.areas.iter().map(|(id, area)| (area.order, &**id, area.title.of(language))).collect(),
        "role" => curriculum.roles.iter().map(|(id, role)| (role.order, &**id, role.title.of(language))).collect(),
        "group" => {
            let groups = curriculum.groups.iter();
            groups.map(|(id, group)| (group.order, &**id, group.title.of(language))).collect()
        }
        "title" => curriculum.titles.iter().map(|(id, title)| (0, &**id, title.title.of(language))).collect(),
        _ => curriculum.doses.iter().map(|(id, dose)| (0, &**id, dose.title.of(language))).collect(),
    };
    all.sort_by_cached_key(|(order, id, title)| (*order, words::sort_key(title), *id));
    let chosen = wish.choice.ids(name);
    let tick = |(_, id, title): (u32, &str, &str)| Tick {
        id: id.to_owned(),
        title: title.to_owned(),
        checked: chosen.iter().any(|chosen| chosen == id),
    };
    let legend = match name {
        "area" => words::text(language, "designer-areas", &[]),
        "role" => words::text(language, "designer-roles", &[]),
        "group" => words::text(language, "designer-groups", &[]),
        "title" => words::text(language, "designer-titles", &[]),
        _ => words::text(language, "designer-doses", &[]),
    };
    Sift { name, legend, ticks: all.into_iter().map(tick).collect() }
}
