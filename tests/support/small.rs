//! The small curriculum that most tests publish.

use std::fs;

use tempfile::TempDir;
use varjedag::curriculum::load::{Sources, read_dir};

/// Its directory.
pub const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/small");

/// Its files.
pub fn small() -> Sources {
    read_dir(SMALL.as_ref()).expect("the small curriculum")
}

/// A copy of it with a text replaced wherever it stands.
pub fn small_with(from: &str, to: &str) -> TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    for entry in fs::read_dir(SMALL).expect("the small curriculum") {
        let entry = entry.expect("a file");
        let text = fs::read_to_string(entry.path()).expect("a text");
        fs::write(directory.path().join(entry.file_name()), text.replace(from, to)).expect("a file");
    }
    directory
}
