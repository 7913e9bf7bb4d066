//! `varjedag new`: a course catalogue from elsewhere becomes the beginning of a curriculum.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use serde::Serialize;

use super::Format;
use crate::curriculum::catalogue::{self, Row};
use crate::curriculum::load::{self, LoadError};
use crate::curriculum::{diagnose, judge, write};
use crate::organisation::import::read::table;
use crate::organisation::import::sheet;

/// Begins a curriculum from a course catalogue: a CSV file or a spreadsheet (XLSX)
///
/// Reads the format of Curricular Analytics (a header block, then Course ID, Course Name, Prefix, Number,
/// Prerequisites, Corequisites, Strict-Corequisites, Credit Hours) and plain tables with the columns id, title, hours
/// and prerequisites, where ids are separated by `;`. What cannot be carried over is told.
///
/// Credit hours are taken as hours. A corequisite becomes something that the module builds on, because there is no
/// "together": paths then keep to the catalogue, but some come later than it would allow.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The catalogue; of a spreadsheet the first sheet is read
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The directory to write to; it must not hold a curriculum yet
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// How to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  varjedag new --from catalogue.csv --to curricula/ours
  varjedag check curricula/ours                           what is still to do?
  varjedag graph curricula/ours --out ours.svg

Exit code: 0 when the curriculum was written, 1 when it was not, 2 when the command is wrong.";

/// What `--format json` prints.
#[derive(Debug, Serialize)]
struct Answer {
    modules: usize,
    warnings: usize,
    /// What could not be carried over, in sentences.
    notes: Vec<String>,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    match load::read_dir(&args.to) {
        Err(LoadError::Missing(_) | LoadError::NoFiles(_)) => {}
        Err(error) => return Err(error.into()),
        Ok(_) => bail!("{} holds a curriculum already: give a new directory", args.to.display()),
    }
    let from = args.from.display();
    let rows = rows(&args.from).with_context(|| format!("cannot begin from {from}"))?;
    let read = catalogue::read(&rows).with_context(|| format!("cannot begin from {from}"))?;
    let name = args.from.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let made = catalogue::skeleton(&read, &name);
    let sources = write::write(&made.curriculum);
    let judged = judge(&sources);
    if judged.curriculum.is_none() {
        bail!("cannot begin from {from}: what comes of it has {}", diagnose::counts(&judged.problems));
    }
    fs::create_dir_all(&args.to).with_context(|| format!("cannot make {}", args.to.display()))?;
    for file in &sources.files {
        let path = args.to.join(&file.name);
        fs::write(&path, &file.text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let answer = Answer { modules: made.curriculum.modules.len(), warnings: judged.problems.len(), notes: made.notes };
    let mut out = io::stdout().lock();
    match args.format {
        Format::Text => write!(out, "{}", told(&answer, &args.to))?,
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&answer)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The rows of a spreadsheet, which is a zip archive, or of a CSV file.
fn rows(path: &Path) -> anyhow::Result<Vec<Row>> {
    let mut file = File::open(path)?;
    let mut head = [0; 4];
    let length = file.read(&mut head)?;
    if sheet::is_sheet(&head[..length]) {
        if file.metadata()?.len() > sheet::MAX_BYTES {
            return Err(sheet::SheetError::TooLarge.into());
        }
        let rows = sheet::rows(&fs::read(path)?)?.into_iter();
        return Ok(rows.map(|row| Row { line: row.line, cells: row.cells }).collect());
    }
    let table = table(file)?;
    let cells = |fields: &csv::StringRecord| fields.iter().map(str::to_owned).collect();
    let first = Row { line: 1, cells: cells(&table.header) };
    let rest = table.rows.iter().map(|row| Row { line: row.line, cells: cells(&row.fields) });
    Ok(std::iter::once(first).chain(rest).collect())
}

fn told(answer: &Answer, directory: &Path) -> String {
    let (directory, Answer { modules, warnings, notes }) = (directory.display(), answer);
    let mut text = format!("Wrote {modules} modules to {directory}.\n\nTo know:\n");
    notes.iter().for_each(|note| text.push_str(&format!("  {note}\n")));
    if *warnings > 0 {
        text.push_str(&format!("\n`varjedag check {directory}` has {warnings} warnings.\n"));
    }
    text
}
