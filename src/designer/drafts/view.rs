//! The matrix as its page shows it. Decides what is shown where; every word is in the catalogue.

use serde::Serialize;

use super::label::{Labels, sign};
use crate::curriculum::picture::class;
use crate::designer::matrix::{AreaHead, Key, Matrix, Totals};
use crate::words;

/// Which columns a reader hides and pins, and the order of the rows; kept in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    pub hide: Vec<Key>,
    pub pin: Vec<Key>,
    /// What holds back most first, not by area.
    pub by_holds: bool,
}

/// The value of `sort` in an address.
const BY_HOLDS: &str = "holds";

impl Choice {
    /// From the query of an address; what is no column is passed over.
    pub fn of(query: &str) -> Choice {
        let mut choice = Choice::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            choice.put(&name, &value);
        }
        choice
    }

    /// Takes in one name and value of an address or a form.
    pub fn put(&mut self, name: &str, value: &str) {
        match (name, value.parse::<Key>()) {
            ("hide", Ok(key)) => self.hide.push(key),
            ("pin", Ok(key)) => self.pin.push(key),
            ("sort", _) => self.by_holds = value == BY_HOLDS,
            _ => {}
        }
    }

    /// As names and values.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let hide = self.hide.iter().map(|key| ("hide", key.to_string()));
        let pin = self.pin.iter().map(|key| ("pin", key.to_string()));
        let sort = self.by_holds.then(|| ("sort", BY_HOLDS.to_owned()));
        hide.chain(pin).chain(sort).collect()
    }

    /// `here` with the choice behind it, and the place of a cell.
    pub fn on(&self, here: &str, at: Option<&str>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(at.map(|at| ("cell", at))).extend_pairs(self.pairs());
        let query = query.finish();
        if query.is_empty() { here.to_owned() } else { format!("{here}?{query}") }
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
    /// So many are pinned; at most [`MOST_HELD`] is said.
    pub held: usize,
    /// The page with its rows in the other order.
    pub sort: String,
    /// What holds back most stands first.
    pub by_holds: bool,
}

/// Style sheets know the places of so many pinned columns.
const MOST_HELD: usize = 9;

/// A head over several columns.
#[derive(Debug, Serialize)]
pub struct Head {
    pub text: &'static str,
    pub span: usize,
    pub pinned: bool,
}

#[derive(Debug, Serialize)]
pub struct ColumnHead {
    pub at: usize,
    pub key: String,
    pub title: String,
    /// Classes of its cells.
    pub style: String,
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
    /// How many modules it holds back; none while that cannot be said.
    pub holds: Option<u32>,
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
pub fn table(labels: &Labels, choice: &Choice, here: &str, picked: Option<(usize, usize)>) -> Table {
    let matrix = labels.matrix;
    let shown = choice.columns(matrix);
    let styles = styles(matrix, &shown, choice);
    let columns: Vec<ColumnHead> =
        shown.iter().zip(&styles).map(|(&at, style)| column_head(labels, at, style.clone())).collect();
    let row = |at: usize| row_view(labels, &shown, &styles, at, picked);
    let other = Choice { by_holds: !choice.by_holds, ..choice.clone() };
    Table {
        heads: heads(labels, &shown, choice),
        width: columns.len() + 5,
        columns,
        areas: if choice.by_holds { by_holds(labels, row) } else { by_area(labels, row) },
        choices: matrix.columns.iter().map(|column| tick(labels, choice, column)).collect(),
        hidden: matrix.columns.len() - shown.len(),
        held: pinned(matrix, &shown, choice).min(MOST_HELD),
        sort: other.on(here, None),
        by_holds: choice.by_holds,
    }
}

fn by_area(labels: &Labels, row: impl Fn(usize) -> RowView) -> Vec<AreaRows> {
    let matrix = labels.matrix;
    let area = |(index, area): (usize, &AreaHead)| {
        let rows = (0..matrix.rows.len()).filter(|&at| matrix.rows[at].area == index).map(&row).collect();
        let title = area.title.of(labels.language);
        let title = if title.is_empty() { labels.word("drafts-no-area") } else { title };
        AreaRows { class: class(area.colour), title: title.to_owned(), rows }
    };
    matrix.areas.iter().enumerate().map(area).collect()
}

/// All rows under one head: what holds back most, then what has the longest chain through it, first.
fn by_holds(labels: &Labels, row: impl Fn(usize) -> RowView) -> Vec<AreaRows> {
    let rows = &labels.matrix.rows;
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let figures = |&at: &usize| rows[at].figures.as_ref().map_or((0, 0), |f| (f.blocking, f.delay));
    order.sort_by_key(|at| std::cmp::Reverse(figures(at)));
    let title = labels.word("drafts-most-held").to_owned();
    vec![AreaRows { class: "", title, rows: order.into_iter().map(row).collect() }]
}

fn tick(labels: &Labels, choice: &Choice, column: &crate::designer::matrix::Column) -> Tick {
    Tick {
        key: column.key.to_string(),
        title: labels.title(column).to_owned(),
        shown: !choice.hide.contains(&column.key),
        pinned: choice.pin.contains(&column.key),
    }
}

fn column_head(labels: &Labels, at: usize, style: String) -> ColumnHead {
    let column = &labels.matrix.columns[at];
    ColumnHead {
        at,
        key: column.key.to_string(),
        title: labels.title(column).to_owned(),
        style,
        shared: labels.shared(column),
        sums: sums(labels, at),
    }
}

/// A column's totals as they are written; `≥` when they are only the least that it can be.
pub fn sums(labels: &Labels, at: usize) -> Sums {
    let column = &labels.matrix.columns[at];
    let Totals { hours, days, pieces, exact } = column.totals;
    let number = |value: f64| words::number(labels.language, (value * 10.0).round() / 10.0);
    let least = if exact { "" } else { "≥" };
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

fn row_view(labels: &Labels, shown: &[usize], styles: &[String], at: usize, picked: Option<(usize, usize)>) -> RowView {
    let row = &labels.matrix.rows[at];
    let cell = |(&column, style): (&usize, &String)| {
        let picked = if picked == Some((at, column)) { "is-picked" } else { "" };
        let changed = if labels.changed(at, column) { "is-changed" } else { "" };
        let style = [style.as_str(), picked, changed].into_iter().filter(|class| !class.is_empty());
        let key = labels.matrix.columns[column].key.to_string();
        let style = style.collect::<Vec<_>>().join(" ");
        (column, key, sign(labels.matrix.cell(at, column)), labels.short(at, column), style)
    };
    RowView {
        at,
        module: row.module.clone(),
        code: row.code.clone(),
        title: row.title.of(labels.language).to_owned(),
        hours: words::number(labels.language, row.hours),
        holds: row.figures.as_ref().map(|figures| figures.blocking),
        cells: shown.iter().zip(styles).map(cell).collect(),
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
            _ => heads.push(Head { text, span: 1, pinned: choice.pin.contains(&labels.matrix.columns[at].key) }),
        }
    }
    heads
}

/// How many of the columns shown are pinned; they stand first.
fn pinned(matrix: &Matrix, shown: &[usize], choice: &Choice) -> usize {
    shown.iter().filter(|&&at| choice.pin.contains(&matrix.columns[at].key)).count()
}

/// The classes of each column shown: the place of a pinned one, a line after the last of them and where the kind
/// changes.
fn styles(matrix: &Matrix, shown: &[usize], choice: &Choice) -> Vec<String> {
    let pinned = pinned(matrix, shown, choice);
    let kind = |place: usize| std::mem::discriminant(&matrix.columns[shown[place]].key);
    let style = |place: usize| match place {
        place if place < pinned.min(MOST_HELD) => {
            let end = if place + 1 == pinned.min(MOST_HELD) { " pin-end" } else { "" };
            format!("pin pin-{place}{end}")
        }
        place if place > 0 && (place == pinned || place > pinned && kind(place) != kind(place - 1)) => "split".into(),
        _ => String::new(),
    };
    (0..shown.len()).map(style).collect()
}
