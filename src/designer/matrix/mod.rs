//! The dose matrix: modules × whoever asks for them, each cell with what it says, from where, and what follows along.
//!
//! Pure, and made for drafts: names that do not exist and circles are passed over, so that a curriculum with errors
//! still has a matrix. Says nothing about single people.

mod columns;
mod follow;
mod order;
#[cfg(test)]
mod tests;
mod totals;

use std::collections::BTreeMap;

use serde::Serialize;

pub use columns::{Column, Key};
pub use totals::{Holders, Totals};

use crate::curriculum::model::{Colour, Curriculum, Dose, Text};
use crate::engine::metrics::Figures;
use follow::Follow;

/// The whole view.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    pub areas: Vec<AreaHead>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Row by row, one for each column.
    pub cells: Vec<Cell>,
}

/// An area that has rows.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaHead {
    pub title: Text,
    pub colour: Colour,
}

/// A module.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub module: String,
    /// M1, V3, …; empty while its area does not exist.
    pub code: String,
    pub title: Text,
    pub hours: f64,
    /// Index into [`Matrix::areas`].
    pub area: usize,
    /// How many doses name it.
    pub doses: usize,
    /// How many people it is asked of, or follows along for. Recommended does not count.
    pub people: u32,
    /// What it holds up; none while modules build on each other in a circle or the like.
    pub figures: Option<Figures>,
}

/// What one column asks about one module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What the column's own dose says.
    pub own: Asked,
    /// The deadline that the dose gives this module by itself, in days from assignment.
    pub days: Option<u32>,
    /// The earliest deadline of all that asks for it, own or inherited; none when it is at most recommended.
    pub due: Option<u32>,
    /// The same asked by way of other columns, nearest first.
    pub inherited: Vec<Inherited>,
    /// Rows of what is required here and cannot be had without this one; only where this one is not required itself.
    pub follows: Vec<usize>,
    /// One of the ways to something that is required here; only where this one is at most recommended.
    pub way: Option<Way>,
}

/// How a dose names a module.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    Required,
    /// In the set at this place of the dose's `one_of`, of which so many are to be chosen.
    OneOf {
        set: usize,
        choose: u32,
    },
    Recommended,
    #[default]
    Off,
}

/// Asked by a dose that comes along with another column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inherited {
    /// The column whose own dose it is.
    pub from: Key,
    pub asked: Asked,
    /// In days from assignment; none when it is recommended.
    pub due: Option<u32>,
}

/// A choice among prerequisites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The row that builds on it.
    pub to: usize,
    /// Rows of the alternatives, this one among them.
    pub of: Vec<usize>,
}

impl Matrix {
    /// The view of `curriculum` for a region in which `holders` hold its roles and titles.
    pub fn of(curriculum: &Curriculum, holders: &Holders) -> Matrix {
        let (areas, mut rows) = order::rows(curriculum);
        let mut columns = columns::columns(curriculum);
        let at: BTreeMap<&str, usize> = rows.iter().enumerate().map(|(at, row)| (row.module.as_str(), at)).collect();
        let follow = Follow::new(curriculum, &at);
        let parts: Vec<Vec<Cell>> =
            columns.iter().map(|column| column_cells(curriculum, column, &at, &follow)).collect();
        let cells = (0..rows.len()).flat_map(|row| parts.iter().map(move |part| part[row].clone())).collect();
        let compiled = totals::compiled(curriculum);
        totals::columns(curriculum, compiled.as_ref(), &mut columns, &rows, &parts);
        totals::rows(curriculum, holders, &columns, &mut rows, &parts);
        if let Some(compiled) = &compiled {
            totals::figures(compiled, &mut rows);
        }
        Matrix { areas, columns, rows, cells }
    }

    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        &self.cells[row * self.columns.len() + column]
    }

    /// The cells of a row, in the order of the columns.
    pub fn row(&self, row: usize) -> &[Cell] {
        &self.cells[row * self.columns.len()..(row + 1) * self.columns.len()]
    }

    pub fn row_of(&self, module: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.module == module)
    }

    pub fn column_of(&self, key: &Key) -> Option<usize> {
        self.columns.iter().position(|column| column.key == *key)
    }
}

impl Cell {
    /// Whether people in this column must have the module, choose among such, or cannot do without it.
    pub fn binds(&self) -> bool {
        matches!(self.asked(), Asked::Required | Asked::OneOf { .. }) || !self.follows.is_empty()
    }

    /// The strongest of what is asked, own or inherited.
    pub fn asked(&self) -> Asked {
        self.inherited.iter().map(|inherited| inherited.asked).fold(self.own, Asked::min)
    }
}

/// What `dose` says about `module`: how it is asked, and its deadline in days.
pub fn asked(dose: &Dose, module: &str) -> (Asked, Option<u32>) {
    let named = |list: &[String]| list.iter().any(|other| other == module);
    let own = dose.deadlines.get(module).copied();
    if named(&dose.required) {
        return (Asked::Required, Some(own.unwrap_or(dose.within_days)));
    }
    if let Some((set, one_of)) = dose.one_of.iter().enumerate().find(|(_, one_of)| named(&one_of.from)) {
        let due = own.or(one_of.within_days).unwrap_or(dose.within_days);
        return (Asked::OneOf { set, choose: one_of.choose }, Some(due));
    }
    (if named(&dose.recommended) { Asked::Recommended } else { Asked::Off }, None)
}

fn column_cells(curriculum: &Curriculum, column: &Column, at: &BTreeMap<&str, usize>, follow: &Follow) -> Vec<Cell> {
    let mut cells = vec![Cell::default(); at.len()];
    for (module, &row) in at {
        cells[row] = asked_cell(curriculum, column, module);
    }
    let required: Vec<usize> = (0..cells.len()).filter(|&row| cells[row].asked() == Asked::Required).collect();
    follow.mark(&required, &mut cells);
    cells
}

/// What is asked about one module, without what follows along.
fn asked_cell(curriculum: &Curriculum, column: &Column, module: &str) -> Cell {
    let mut cell = Cell::default();
    if let Some(dose) = column.dose.as_ref().and_then(|id| curriculum.doses.get(id)) {
        (cell.own, cell.due) = asked(dose, module);
        cell.days = dose.deadlines.get(module).copied().filter(|_| cell.own != Asked::Off);
    }
    for (from, id) in &column.inherits {
        let Some(dose) = curriculum.doses.get(id) else { continue };
        let (asked, due) = asked(dose, module);
        if asked != Asked::Off {
            cell.due = cell.due.into_iter().chain(due).min();
            cell.inherited.push(Inherited { from: from.clone(), asked, due });
        }
    }
    cell
}
