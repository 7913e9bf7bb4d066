//! Which column is which: names in Swedish and English, in any case, with or without hyphens and spaces.

use csv::StringRecord;

use super::read::{ReadError, Row};
use crate::words::search_key;

/// A column that an import knows.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    /// Other names; compared like the first.
    pub also: &'static [&'static str],
    pub needed: bool,
}

/// Where the columns are in one file.
#[derive(Debug, Clone)]
pub struct Layout {
    places: Vec<(&'static str, usize)>,
    /// Columns that mean nothing here, as they are written.
    pub ignored: Vec<String>,
    pub width: usize,
}

impl Layout {
    /// Reads the header. A column that is there twice or missing is refused; unknown ones are ignored.
    pub fn of(header: &StringRecord, known: &[Column]) -> Result<Layout, ReadError> {
        let mut layout = Layout { places: Vec::new(), ignored: Vec::new(), width: header.len() };
        for (place, written) in header.iter().enumerate() {
            match known.iter().find(|column| column.means(written)) {
                Some(column) => match layout.place(column.name) {
                    None => layout.places.push((column.name, place)),
                    Some(first) => {
                        return Err(ReadError::ColumnTwice(column.name, header[first].into(), written.into()));
                    }
                },
                None if written.trim().is_empty() => {}
                None => layout.ignored.push(written.chars().take(40).collect()),
            }
        }
        match known.iter().find(|column| column.needed && layout.place(column.name).is_none()) {
            Some(missing) => Err(ReadError::ColumnMissing(missing.name, list(header))),
            None => Ok(layout),
        }
    }

    /// The field as it is written; none when the file has no such column. A short row has empty fields at its end.
    pub fn get<'a>(&self, row: &'a Row, column: &str) -> Option<&'a str> {
        self.place(column).map(|place| row.fields.get(place).unwrap_or_default())
    }

    /// Whether something stands to the right of the last column.
    pub fn overflows(&self, row: &Row) -> bool {
        row.fields.iter().skip(self.width).any(|field| !field.trim().is_empty())
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.places.iter().find(|(name, _)| *name == column).map(|(_, place)| *place)
    }
}

impl Column {
    fn means(&self, written: &str) -> bool {
        let written = plain(written);
        plain(self.name) == written || self.also.iter().any(|name| plain(name) == written)
    }
}

fn plain(name: &str) -> String {
    search_key(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What the first line has, shortly.
fn list(header: &StringRecord) -> String {
    let names: Vec<String> = header.iter().take(12).map(|name| name.chars().take(40).collect()).collect();
    names.join(", ")
}
