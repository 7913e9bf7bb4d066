//! What has changed since a revision, for the script that keeps a page up to date: only that, and in few bytes.

use serde::Serialize;

use super::desk::Desk;
use super::label::{Labels, sign};
use super::view::{Sums, sums};
use crate::designer::matrix::Matrix;

/// Changes to paint.
#[derive(Debug, Serialize)]
pub struct Painted {
    /// The table has other rows or columns, or is not known any more: the page must be loaded again.
    pub layout: bool,
    /// Row, column, sign, words, whether the draft changed it.
    pub cells: Vec<(usize, usize, &'static str, String, bool)>,
    pub columns: Vec<(usize, Sums)>,
    /// Row, doses, people.
    pub rows: Vec<(usize, usize, String)>,
}

/// From what the page showed at `since` to what `labels` show.
pub fn painted(desk: &Desk, draft: i64, since: i64, labels: &Labels) -> Painted {
    let nothing = |layout| Painted { layout, cells: Vec::new(), columns: Vec::new(), rows: Vec::new() };
    let Some(old) = desk.past(draft, since) else { return nothing(true) };
    let new = labels.matrix;
    if !same_layout(&old, new) {
        return nothing(true);
    }
    let mut painted = nothing(false);
    let width = new.columns.len();
    let changed = old.cells.iter().zip(&new.cells).enumerate().filter(|(_, (old, new))| old != new);
    for (at, (_, cell)) in changed {
        let (row, column) = (at / width, at % width);
        painted.cells.push((row, column, sign(cell), labels.short(row, column), labels.changed(row, column)));
    }
    for (at, (old, new)) in old.columns.iter().zip(&new.columns).enumerate() {
        if old.totals != new.totals {
            painted.columns.push((at, sums(labels, at)));
        }
    }
    for (at, (old, new)) in old.rows.iter().zip(&new.rows).enumerate() {
        if (old.doses, old.people) != (new.doses, new.people) {
            painted.rows.push((at, new.doses, crate::words::number(labels.language, f64::from(new.people))));
        }
    }
    painted
}

fn same_layout(old: &Matrix, new: &Matrix) -> bool {
    let same_rows = old.rows.len() == new.rows.len()
        && old.rows.iter().zip(&new.rows).all(|(a, b)| {
            (&a.module, &a.code, &a.title, a.hours, a.area, &a.figures)
                == (&b.module, &b.code, &b.title, b.hours, b.area, &b.figures)
        });
    let same_columns = old.columns.len() == new.columns.len()
        && old
            .columns
            .iter()
            .zip(&new.columns)
            .all(|(a, b)| (&a.key, &a.title, &a.shared) == (&b.key, &b.title, &b.shared));
    same_rows && same_columns && old.areas == new.areas
}
