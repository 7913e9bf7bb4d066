//! A cell in a sign and in words. The letters of the signs are also the keys that set them.

use crate::curriculum::edit::Mark;
use crate::curriculum::model::Language;
use crate::designer::matrix::{Asked, Cell, Column, Key, Matrix};
use crate::words;

/// What cells are said with, in one language.
pub struct Labels<'a> {
    pub language: Language,
    pub matrix: &'a Matrix,
    /// The matrix of the version that the draft began from.
    pub base: &'a Matrix,
}

/// How the log of a draft names a mark.
pub fn mark_word(language: Language, mark: Mark) -> &'static str {
    let key = match mark {
        Mark::Required => "drafts-required",
        Mark::OneOf => "drafts-one-of",
        Mark::Recommended => "drafts-recommended",
        Mark::Off => "drafts-off",
    };
    words::plain(language, key).unwrap_or(key)
}

/// The sign of a cell: the name of its symbol and of its style.
pub fn sign(cell: &Cell) -> &'static str {
    let asked = cell.asked();
    if rank(cell.own) == rank(asked) && asked != Asked::Off {
        return match asked {
            Asked::Required => "k",
            Asked::OneOf { .. } => "e",
            _ => "r",
        };
    }
    match asked {
        Asked::Required => "a",
        // What follows anyhow is more than what may be chosen.
        _ if !cell.follows.is_empty() => "f",
        Asked::OneOf { .. } => "c",
        Asked::Recommended => "b",
        Asked::Off if cell.way.is_some() => "w",
        Asked::Off => "o",
    }
}

fn rank(asked: Asked) -> u8 {
    match asked {
        Asked::Required => 0,
        Asked::OneOf { .. } => 1,
        Asked::Recommended => 2,
        Asked::Off => 3,
    }
}

impl Labels<'_> {
    /// A message without arguments.
    pub fn word(&self, key: &'static str) -> &'static str {
        words::plain(self.language, key).unwrap_or(key)
    }

    /// Required, recommended, one of, off.
    pub fn asked(&self, asked: Asked) -> &'static str {
        match asked {
            Asked::Required => self.word("drafts-required"),
            Asked::OneOf { .. } => self.word("drafts-one-of"),
            Asked::Recommended => self.word("drafts-recommended"),
            Asked::Off => self.word("drafts-off"),
        }
    }

    /// The cell in a few words, for its own name: what it says, from where, and whether the draft changed it.
    pub fn short(&self, row: usize, column: usize) -> String {
        let cell = self.matrix.cell(row, column);
        let mut text = match sign(cell) {
            "a" | "b" | "c" => self.inherited(cell),
            "f" => format!("{} {}", self.word("drafts-follows"), self.codes(&cell.follows)),
            "w" => format!("{} {}", self.word("drafts-way"), cell.way.as_ref().map_or("", |way| self.code(way.to))),
            _ => self.asked(cell.own).to_owned(),
        };
        if let Some(days) = cell.days {
            text += &format!(", {days} {}", self.word("drafts-days"));
        }
        if self.changed(row, column) {
            text += &format!(", {}", self.word("drafts-changed"));
        }
        text
    }

    fn inherited(&self, cell: &Cell) -> String {
        let strongest = cell.asked();
        let from = cell.inherited.iter().find(|from| rank(from.asked) == rank(strongest));
        let name = from.map(|from| self.name(&from.from)).unwrap_or_default();
        format!("{} {name}: {}", self.word("drafts-inherited-from"), self.asked(strongest).to_lowercase())
    }

    /// Everything there is to say about a cell, a sentence each.
    pub fn long(&self, row: usize, column: usize) -> Vec<String> {
        let cell = self.matrix.cell(row, column);
        let text = |key, args: &[(&str, words::Value<'_>)]| words::text(self.language, key, args);
        let mut said = Vec::new();
        for from in &cell.inherited {
            let (name, asked) = (self.name(&from.from), self.asked(from.asked).to_lowercase());
            said.push(match from.due {
                Some(days) => text(
                    "drafts-says-inherited-within",
                    &[("from", name.into()), ("asked", asked.into()), ("days", days.into())],
                ),
                None => text("drafts-says-inherited", &[("from", name.into()), ("asked", asked.into())]),
            });
        }
        if !cell.follows.is_empty() {
            said.push(text("drafts-says-follows", &[("by", self.names(&cell.follows).into())]));
        }
        if let Some(way) = &cell.way {
            let to = self.matrix.rows[way.to].title.of(self.language);
            said.push(text("drafts-says-way", &[("to", to.into()), ("of", self.names(&way.of).into())]));
        }
        said
    }

    /// Whether the column's own dose says something else here than in the base.
    pub fn changed(&self, row: usize, column: usize) -> bool {
        let cell = self.matrix.cell(row, column);
        let at = |matrix: &Matrix| {
            let row = matrix.row_of(&self.matrix.rows[row].module)?;
            let column = matrix.column_of(&self.matrix.columns[column].key)?;
            let cell = matrix.cell(row, column);
            Some((rank(cell.own), cell.days))
        };
        at(self.base).unwrap_or((rank(Asked::Off), None)) != (rank(cell.own), cell.days)
    }

    /// What a column is called.
    pub fn name(&self, key: &Key) -> String {
        match self.matrix.column_of(key) {
            Some(at) => self.title(&self.matrix.columns[at]).to_owned(),
            None => key.to_string(),
        }
    }

    pub fn title<'a>(&self, column: &'a Column) -> &'a str {
        match column.key {
            Key::Everyone => self.word("drafts-everyone"),
            _ => column.title.of(self.language),
        }
    }

    /// Who else has the column's dose, as a sentence.
    pub fn shared(&self, column: &Column) -> Option<String> {
        let shared: Vec<String> = column.shared.iter().map(|key| self.name(key)).collect();
        let with = words::list(self.language, &shared);
        (!shared.is_empty()).then(|| words::text(self.language, "drafts-shared", &[("with", with.into())]))
    }

    pub fn code(&self, row: usize) -> &str {
        &self.matrix.rows[row].code
    }

    fn codes(&self, rows: &[usize]) -> String {
        rows.iter().map(|&row| self.code(row)).collect::<Vec<_>>().join(", ")
    }

    /// "M3 Från behov till mål och V1 Mäta".
    fn names(&self, rows: &[usize]) -> String {
        let name = |&row: &usize| format!("{} {}", self.code(row), self.matrix.rows[row].title.of(self.language));
        words::list(self.language, &rows.iter().map(name).collect::<Vec<_>>())
    }
}
