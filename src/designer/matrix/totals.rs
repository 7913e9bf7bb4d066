//! Sums: what a column's people have to do in all, and how many people a row concerns.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Asked, Cell, Column, Key, Row};
use crate::curriculum::model::{Curriculum, Text, Title};
use crate::engine::metrics::{Figures, metrics};
use crate::engine::model::{Assignment, Budget, Facts, Holding, Source};
use crate::engine::{Compiled, path};

/// What somebody new in a column has to do in all: the cheapest way to everything that is asked, recommended aside.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Totals {
    pub hours: f64,
    /// Hours by the hours of a course day.
    pub days: f64,
    pub pieces: usize,
    /// False when the cheapest way could not be found, because of errors or of very many choices: the sums are then
    /// the least that it can be.
    pub exact: bool,
}

/// How many people hold what, each combination once; `Everyone` is held by all of them without saying so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holders(pub Vec<(Vec<Key>, u32)>);

impl Holders {
    /// How many people hold it.
    pub fn of(&self, key: &Key) -> u32 {
        let held = |(keys, _): &&(Vec<Key>, u32)| *key == Key::Everyone || keys.contains(key);
        self.0.iter().filter(held).map(|(_, people)| people).sum()
    }
}

/// Search nodes for one column; far more than real curricula need.
const BUDGET: Budget = Budget { nodes: 500 };

/// The curriculum as the engine asks it, with stand-ins for groups; none when errors leave no answer.
pub(super) fn compiled(curriculum: &Curriculum) -> Option<Compiled> {
    Compiled::new(&with_stand_ins(curriculum)).ok()
}

pub(super) fn columns(
    curriculum: &Curriculum,
    compiled: Option<&Compiled>,
    columns: &mut [Column],
    rows: &[Row],
    parts: &[Vec<Cell>],
) {
    for (column, cells) in columns.iter_mut().zip(parts) {
        let exact = compiled.and_then(|compiled| cheapest(compiled, column));
        column.totals = exact.unwrap_or_else(|| least(rows, cells));
        if curriculum.about.day_hours > 0.0 {
            column.totals.days = column.totals.hours / curriculum.about.day_hours;
        }
    }
}

pub(super) fn rows(
    curriculum: &Curriculum,
    holders: &Holders,
    columns: &[Column],
    rows: &mut [Row],
    parts: &[Vec<Cell>],
) {
    let place = |key: &Key| columns.iter().position(|column| column.key == *key);
    let held: Vec<(Vec<usize>, u32)> = holders
        .0
        .iter()
        .map(|(keys, people)| ([Key::Everyone].iter().chain(keys).filter_map(place).collect(), *people))
        .collect();
    for (at, row) in rows.iter_mut().enumerate() {
        let names = |dose: &&_| super::asked(dose, &row.module).0 != Asked::Off;
        row.doses = curriculum.doses.values().filter(names).count();
        let bound = |(columns, _): &&(Vec<usize>, u32)| columns.iter().any(|&column| parts[column][at].binds());
        row.people = held.iter().filter(bound).map(|(_, people)| people).sum();
    }
}

/// What each row holds up.
pub(super) fn figures(compiled: &Compiled, rows: &mut [Row]) {
    let mut all: BTreeMap<&str, Figures> =
        metrics(compiled).modules.into_iter().map(|figures| (compiled.id(figures.module), figures)).collect();
    rows.iter_mut().for_each(|row| row.figures = all.remove(row.module.as_str()));
}

/// The curriculum with one title more for each group, which stands for the group alone.
fn with_stand_ins(curriculum: &Curriculum) -> Curriculum {
    let mut with = curriculum.clone();
    let stand_in = |id: &String| Title {
        title: Text::default(),
        group: id.clone(),
        dose: None,
        names: Vec::new(),
        codes: Vec::new(),
    };
    with.titles.extend(curriculum.groups.keys().map(|id| (stand_in_for(id), stand_in(id))));
    with
}

/// No id can look like this.
fn stand_in_for(group: &str) -> String {
    format!("group {group}")
}

/// The path of somebody who has nothing yet; none when the search gave up.
fn cheapest(compiled: &Compiled, column: &Column) -> Option<Totals> {
    let day = NaiveDate::default();
    let held = |holding| Assignment { holding, from: day, to: None, source: Source::Hand };
    let mut assignments = vec![held(Holding::Everyone)];
    assignments.extend(match &column.key {
        Key::Everyone => None,
        Key::Role(id) => Some(held(Holding::Role(id.clone()))),
        Key::Group(id) => Some(held(Holding::Title(stand_in_for(id)))),
        Key::Title(id) => Some(held(Holding::Title(id.clone()))),
    });
    let path = path(compiled, &Facts { assignments, ..Facts::default() }, day, &BUDGET);
    let proved = path.proof == crate::engine::model::Proof::Optimal;
    let hours = f64::from(path.quarters_left) / 4.0;
    proved.then_some(Totals { hours, days: 0.0, pieces: path.steps.len(), exact: true })
}

/// What is certain; what is to be chosen is left out.
fn least(rows: &[Row], cells: &[Cell]) -> Totals {
    let certain = |cell: &Cell| cell.asked() == Asked::Required || !cell.follows.is_empty();
    let certain: Vec<f64> =
        rows.iter().zip(cells).filter(|(_, cell)| certain(cell)).map(|(row, _)| row.hours).collect();
    Totals { hours: certain.iter().sum(), days: 0.0, pieces: certain.len(), exact: false }
}
