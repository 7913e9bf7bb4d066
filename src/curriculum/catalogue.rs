//! A course catalogue from elsewhere: its rows, and the curriculum that it can be the beginning of.
//!
//! [`read`](read::read) understands the format of Curricular Analytics (curricularanalytics.org: a header block, then a
//! table of courses) and a plain table with id, title, hours and prerequisites. [`skeleton`] makes a sound curriculum of
//! it and says what it could not carry over. Where rows come from, a CSV file or a spreadsheet, is the caller's business.

use thiserror::Error;

mod read;
mod skeleton;
#[cfg(test)]
mod tests;

pub use read::read;
pub use skeleton::{Skeleton, skeleton};

/// Most courses: no more than `check` lets a curriculum have.
pub const MOST_COURSES: usize = 2000;

/// One line of a table, 1 first, and its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub line: u64,
    pub cells: Vec<String>,
}

/// A catalogue as it is written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    /// Empty when it does not say.
    pub name: String,
    pub institution: String,
    pub courses: Vec<Course>,
    /// What was passed over, in sentences.
    pub notes: Vec<String>,
}

/// One course. Requisites are ids of other courses, as written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Course {
    pub line: u64,
    pub id: String,
    pub title: String,
    /// Prefix and number, such as `BW` and `101`; empty when there is none.
    pub prefix: String,
    pub number: String,
    /// As written; empty when there are none.
    pub hours: String,
    pub before: Vec<String>,
    /// Before or together.
    pub together: Vec<String>,
    /// Together only.
    pub strictly_together: Vec<String>,
}

/// Why rows are no catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CatalogueError {
    #[error("there are no rows: give a table whose first row names the columns")]
    Empty,
    #[error("the column {wanted} is missing: name one `{wanted}`; there is {there}")]
    NoColumn { wanted: &'static str, there: String },
    #[error("there are no courses below the names of the columns")]
    NoCourses,
    #[error("there are more than {MOST_COURSES} courses: divide the catalogue")]
    TooMany,
    #[error("line {line}: the id {id} stands on line {first} too: each course needs its own")]
    Twice { line: u64, first: u64, id: String },
}
