//! The same as the picture in words: a table for each area.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Wish;
use super::holds::holds;
use super::view::Place;
use crate::curriculum::model::{Curriculum, Language};
use crate::curriculum::picture::{Line, News, class, word};
use crate::designer::pictures::Drawn;
use crate::words;

#[derive(Serialize)]
pub struct AreaTable {
    class: &'static str,
    letter: String,
    title: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    code: String,
    title: String,
    href: String,
    hours: String,
    needs: String,
    leads_to: String,
    /// "5 före, 11 efter", leading to the page with that way lit.
    way: String,
    way_href: String,
    /// "Håller tillbaka 11 andra."; empty when it holds nothing, or is in a circle.
    holds: String,
    /// "Ny", "Ändrad" in a draft.
    word: Option<&'static str>,
}

/// The modules of the picture, or of them those that were found.
pub fn tables(
    curriculum: &Curriculum,
    language: Language,
    place: Place,
    wish: &Wish,
    (drawn, news): (&Drawn, &News),
    found: Option<&BTreeSet<usize>>,
) -> Vec<AreaTable> {
    let graph = &drawn.graph;
    let shown = (0..graph.nodes.len()).filter(|at| found.is_none_or(|found| found.contains(at)));
    let mut rows: Vec<Vec<Row>> = graph.areas.iter().map(|_| Vec::new()).collect();
    for at in shown {
        let node = &graph.nodes[at];
        let line = drawn.lines.iter().find(|line| line.id == node.id);
        rows[node.area].extend(line.map(|line| {
            let holds = drawn.figures.get(&line.id).map(|figures| holds(language, figures)).unwrap_or_default();
            let word = news.pieces.get(&at).map(|novelty| word(*novelty, language));
            Row { holds, word, ..row(language, place, wish, line, graph.ways.counts[at]) }
        }));
    }
    let table = |(area, rows): (&crate::curriculum::picture::Area, Vec<Row>)| AreaTable {
        class: class(area.colour),
        letter: curriculum.areas.get(&area.id).map(|area| area.letter.clone()).unwrap_or_default(),
        title: area.title.clone(),
        rows,
    };
    graph.areas.iter().zip(rows).filter(|(_, rows)| !rows.is_empty()).map(table).collect()
}

fn row(language: Language, place: Place, wish: &Wish, line: &Line, (before, after): (usize, usize)) -> Row {
    let args = [("before", before.into()), ("after", after.into())];
    Row {
        id: line.id.clone(),
        code: line.code.clone(),
        title: line.title.clone(),
        href: format!("{}{}", place.modules, line.id),
        hours: words::number(language, line.hours),
        needs: line.needs.clone(),
        leads_to: line.leads_to.join(", "),
        way: words::text(language, "designer-way-counts", &args),
        way_href: format!("{}{}#whole-way", place.here, wish.lighting(Some(&line.id))),
        holds: String::new(),
        word: None,
    }
}
