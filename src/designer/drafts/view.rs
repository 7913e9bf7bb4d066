//! The matrix as its page shows it. Decides what is shown where; every word is in the catalogue.

use serde::Serialize;

use super::label::{Labels, sign};
use crate::curriculum::picture::class;
use crate::designer::matrix::{Key, Matrix, Totals};
use crate::words;

/// Which columns a reader hides and pins; kept in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    pub hide: Vec<Key>,
    pub pin: Vec<Key>,
}

impl Choice {
    /// From the query of an address; what is no column is passed over.
    pub fn of(query: &str) -> Choice {
        let mut choice = Choice::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let Ok(key) = value.parse::<Key>() else { continue };
            match name.as_ref() {
                "hide" => choice.hide.push(key),
                "pin" => choice.pin.push(key),
                _ => {}
            }
        }
        choice
    }

    /// The columns to show, pinned ones first.
    pub fn columns(&self, matrix: &Matrix) -> Vec<usize> {
        let key = |&at: &usize| &matrix.columns[at].key;
        let shown = || (0..matrix.columns.len()).filter(|at| !self.hide.contains(key(at)));
        let pinned = shown().filter(|at| self.pin.contains(key(at)));
        pinned.chain(shown().filter(|at| !self.pin.contains(key(at)))).collect()
    }
}

/// The table.
#[derive(Debug, Serialize)]
pub struct Table {
    pub heads: Vec<Head>,
    pub columns: Vec<ColumnHead>,
    pub areas: Vec<AreaRows>,
    /// Columns with module, hours and totals.
    pub width: usize,
    /// For whoever hides and pins.
    pub choices: Vec<Tick>,
    /// So many are hidden.
    pub hidden: usize,
}

/// A head over several columns.
#[derive(Debug, Serialize)]
pub struct Head {
    pub text: &'static str,
    pub span: usize,
}

#[derive(Debug, Serialize)]
pub struct ColumnHead {
    pub at: usize,
    pub key: String,
    pub title: String,
    pub split: bool,
    pub pinned: bool,
    /// Who has the same dose, in words.
    pub shared: Option<String>,
    pub sums: Sums,
}

/// Totals as they are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sums {
    pub hours: String,
    pub days: String,
    pub pieces: String,
    /// "+3,5" beside the base; none when nothing changed.
    pub delta: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct AreaRows {
    pub class: &'static str,
    pub title: String,
    pub rows: Vec<RowView>,
}

#[derive(Debug, Serialize)]
pub struct RowView {
    pub at: usize,
    pub module: String,
    pub code: String,
    pub title: String,
    pub hours: String,
    pub cells: Vec<CellView>,
    pub doses: usize,
    pub people: String,
}

/// Column, its place in the address, sign, words, style.
pub type CellView = (usize, String, &'static str, String, String);

#[derive(Debug, Serialize)]
pub struct Tick {
    pub key: String,
    pub title: String,
    pub shown: bool,
    pub pinned: bool,
}

/// The table of a matrix; `picked` is the row and the column of the cell that is looked at.
pub fn table(labels: &Labels, choice: &Choice, picked: Option<(usize, usize)>) -> Table {
    let matrix = labels.matrix;
    let shown = choice.columns(matrix);
    let splits = splits(matrix, &shown, choice);
    let columns: Vec<ColumnHead> =
        shown.iter().map(|&at| column_head(labels, choice, at, splits.contains(&at))).collect();
    let area = |(index, area): (usize, &crate::designer::matrix::AreaHead)| {
        let rows = matrix.rows.iter().enumerate().filter(|(_, row)| row.area == index);
        let rows = rows.map(|(at, _)| row_view(labels, &shown, &splits, at, picked)).collect();
        let title = area.title.of(labels.language);
        let title = if title.is_empty() { labels.word("drafts-no-area") } else { title };
        AreaRows { class: class(area.colour), title: title.to_owned(), rows }
    };
    Table {
        heads: heads(labels, &shown, choice),
        width: columns.len() + 4,
        columns,
        areas: matrix.areas.iter().enumerate().map(area).collect(),
        choices: matrix.columns.iter().map(|column| tick(labels, choice, column)).collect(),
        hidden: matrix.columns.len() - shown.len(),
    }
}

fn tick(labels: &Labels, choice: &Choice, column: &crate::designer::matrix::Column) -> Tick {
    Tick {
        key: column.key.to_string(),
        title: labels.title(column).to_owned(),
        shown: !choice.hide.contains(&column.key),
        pinned: choice.pin.contains(&column.key),
    }
}

fn column_head(labels: &Labels, choice: &Choice, at: usize, split: bool) -> ColumnHead {
    let column = &labels.matrix.columns[at];
    ColumnHead {
        at,
        key: column.key.to_string(),
        title: labels.title(column).to_owned(),
        split,
        pinned: choice.pin.contains(&column.key),
        shared: labels.shared(column),
        sums: sums(labels, at),
    }
}

/// A column's totals as they are written; `≥` when they are only the least that it can be.
pub fn sums(labels: &Labels, at: usize) -> Sums {
    let column = &labels.matrix.columns[at];
    let Totals { hours, days, pieces, exact } = column.totals;
    let number = |value: f64| words::number(labels.language, (value * 10.0).round() / 10.0);
    let least = if exact { "" } else { "≥\u{a0}" };
    let before = labels.base.column_of(&column.key).map(|at| labels.base.columns[at].totals);
    let more = before.filter(|before| before.exact && exact).map(|before| hours - before.hours);
    let delta = more.filter(|more| *more != 0.0).map(|more| {
        let sign = if more > 0.0 { "+" } else { "−" };
        format!("{sign}{}", words::number(labels.language, more.abs()))
    });
    Sums {
        hours: format!("{least}{}", words::number(labels.language, hours)),
        days: format!("{least}{}", number(days)),
        pieces: format!("{least}{pieces}"),
        delta,
    }
}

fn row_view(labels: &Labels, shown: &[usize], splits: &[usize], at: usize, picked: Option<(usize, usize)>) -> RowView {
    let row = &labels.matrix.rows[at];
    let cell = |&column: &usize| {
        let style = [
            (splits.contains(&column), "split"),
            (picked == Some((at, column)), "is-picked"),
            (labels.changed(at, column), "is-changed"),
        ];
        let style: Vec<&str> = style.iter().filter(|(is, _)| *is).map(|(_, class)| *class).collect();
        let key = labels.matrix.columns[column].key.to_string();
        (column, key, sign(labels.matrix.cell(at, column)), labels.short(at, column), style.join(" "))
    };
    RowView {
        at,
        module: row.module.clone(),
        code: row.code.clone(),
        title: row.title.of(labels.language).to_owned(),
        hours: words::number(labels.language, row.hours),
        cells: shown.iter().map(cell).collect(),
        doses: row.doses,
        people: words::number(labels.language, f64::from(row.people)),
    }
}

/// Pinned columns have one head, the others one for each kind.
fn kind(labels: &Labels, choice: &Choice, at: usize) -> &'static str {
    let key = &labels.matrix.columns[at].key;
    if choice.pin.contains(key) {
        return labels.word("drafts-pinned");
    }
    match key {
        Key::Everyone => "",
        Key::Role(_) => labels.word("drafts-roles"),
        Key::Group(_) => labels.word("drafts-groups"),
        Key::Title(_) => labels.word("drafts-titles"),
    }
}

fn heads(labels: &Labels, shown: &[usize], choice: &Choice) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    for &at in shown {
        let text = kind(labels, choice, at);
        match heads.last_mut() {
            Some(last) if last.text == text => last.span += 1,
            _ => heads.push(Head { text, span: 1 }),
        }
    }
    heads
}

/// Columns before which a line is drawn: where the kind changes.
fn splits(matrix: &Matrix, shown: &[usize], choice: &Choice) -> Vec<usize> {
    let class = |at: usize| {
        let key = &matrix.columns[at].key;
        (!choice.pin.contains(key), std::mem::discriminant(key))
    };
    let pinned_apart = |a: usize, b: usize| {
        let (a, b) = (class(a), class(b));
        a.0 != b.0 || a.0 && a.1 != b.1
    };
    shown.windows(2).filter(|pair| pinned_apart(pair[0], pair[1])).map(|pair| pair[1]).collect()
}
