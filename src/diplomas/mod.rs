//! What somebody has done, told on paper and as data: the own history, diplomas of modules and editions, the record of
//! learning, and the page at which anybody who is shown a diploma can see that it is genuine.
//!
//! A diploma keeps what it said on the day it was made. Its code is 100 random bits in an alphabet without letters that
//! look alike: whoever guesses a billion times a second needs longer than the world has stood. A diploma is genuine until
//! its owner ends it, or what it says is taken back.

use crate::curriculum::model::Language;

pub mod content;
pub mod history;
pub mod pages;
pub mod pdf;
pub mod service;
mod sheet;
pub mod store;
mod view;

/// A diploma's file in a language; `address` is where it can be verified.
///
/// # Errors
/// As [`pdf::file`].
pub fn written(diploma: &store::Diploma, language: Language, address: &str) -> Result<Vec<u8>, pdf::Unwritable> {
    let telling = sheet::Telling { language, address, code: &diploma.code };
    pdf::file(&telling.document(&diploma.content))
}
