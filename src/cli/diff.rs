//! `varjedag diff`: what changed between two curricula?

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;

use super::Format;
use crate::curriculum::model::Curriculum;
use crate::curriculum::{diagnose, diff, judge, load};

/// What changed between two curricula? Added (+), removed (-) and changed (~) things, field by field
///
/// Both must be without errors. Long texts are shown by their beginnings; `--format json` gives them whole.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The directory of the curriculum as it was
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The directory of the curriculum as it is now
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// How to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  varjedag diff last-year/varjedag curricula/varjedag
  varjedag diff --format json last-year/varjedag curricula/varjedag

Exit code: 0 when the two could be compared, changed or not; 1 when one has errors, 2 when the command is wrong.";

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let changes = diff::between(&read(&args.old)?, &read(&args.new)?);
    let mut out = io::stdout().lock();
    match args.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&changes)?)?,
        Format::Text if changes.is_empty() => writeln!(out, "nothing has changed")?,
        Format::Text => write!(out, "{}", diff::render(&changes))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn read(directory: &Path) -> anyhow::Result<Curriculum> {
    let judged = judge(&load::read_dir(directory)?);
    let Some(curriculum) = judged.curriculum else {
        let (directory, counts) = (directory.display(), diagnose::counts(&judged.problems));
        bail!("{directory} cannot be compared, it has {counts}: run `varjedag check {directory}`");
    };
    Ok(curriculum)
}
