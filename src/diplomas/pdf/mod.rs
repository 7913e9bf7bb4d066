//! Blocks of text on A4, as a PDF that is tagged for screen readers (PDF/UA-1) and can be archived (PDF/A-2a).
//!
//! Pure. First everything is given its place on a page, then it is drawn; the `krilla` crate writes the file and refuses
//! to write one that does not keep what the two standards ask for.

use chrono::NaiveDate;
use krilla::configure::validate::{Accessibility, Archival};
use krilla::configure::{Configuration, ConfigurationBuilder};

mod draw;
pub mod ink;
mod lay;

/// A document.
#[derive(Debug, Clone)]
pub struct Document {
    pub title: String,
    pub author: String,
    /// A language's tag, such as `sv`.
    pub language: &'static str,
    pub made_on: NaiveDate,
    /// The pieces above the first page.
    pub pieces: Vec<Piece>,
    pub blocks: Vec<Block>,
    /// Stands at the foot of the last page.
    pub closing: Vec<Closing>,
    /// "Sida 1 av 2".
    pub page_of: fn(usize, usize) -> String,
}

/// A piece of the puzzle: its colour, that of what stands on it, and what stands on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub solid: (u8, u8, u8),
    pub on: (u8, u8, u8),
    pub code: String,
}

/// A paragraph at the foot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    pub text: String,
    /// The address to which it leads when it is chosen.
    pub leads_to: Option<String>,
}

/// A part of the text.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// What the document is; once.
    Title(String),
    Heading(String),
    /// Large and strong: a name, or what it is about.
    Large(String),
    Text(String),
    Soft(String),
    Bullets(Vec<String>),
    /// Terms and what they are.
    Facts(Vec<(String, String)>),
    Table(Table),
    Space(f32),
}

/// A table whose first column names the rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub head: Vec<String>,
    /// Shares of the width.
    pub shares: Vec<f32>,
    pub rows: Vec<Vec<String>>,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
#[error("the document does not keep what its standards ask for: {0}")]
pub struct Unwritable(String);

/// The file.
///
/// # Errors
/// [`Unwritable`] when the standards are not kept, which is a mistake of this program.
pub fn file(document: &Document) -> Result<Vec<u8>, Unwritable> {
    draw::file(document, &lay::pages(document))
}

fn standards() -> Result<Configuration, Unwritable> {
    ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| Unwritable(format!("{error:?}")))
}
