//! The folder that a demonstration lies in, and what may be taken away with it.

use std::path::Path;

use anyhow::{Context, Result, ensure};

/// A file that says that a folder holds a demonstration.
pub const MARK: &str = "demonstration.json";

/// Takes a whole demonstration away: the folder must be one, or empty, or not there.
pub fn forget(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let is_ours = |name: &str| name.starts_with("varjedag.sqlite") || name == "mail" || name == MARK;
    let names: Vec<String> = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_>>()?;
    ensure!(
        names.is_empty() || (names.iter().any(|n| n == MARK) && names.iter().all(|n| is_ours(n))),
        "{} holds more than a demonstration; choose another folder with --data",
        folder.display()
    );
    std::fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))
}
