//! `varjedag import attendance`: who was at an occasion, from a list.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use serde::Serialize;

use super::super::Format;
use super::super::database::Database;
use crate::attendance::import::{self, Options, Report};
use crate::attendance::words;
use crate::clock;
use crate::curriculum::model::Language;
use crate::versions::published::Shelf;

/// Changes shown to people, at most.
const SHOWN: usize = 20;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// A CSV file or a spreadsheet (XLSX), whose first sheet is read
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The occasion's id, as in the address of its page
    #[arg(long, value_name = "ID")]
    occasion: i64,
    /// Do it, in one transaction; without this nothing changes
    #[arg(long)]
    apply: bool,
    /// Leave out rows with errors and import the others
    #[arg(long)]
    skip_bad: bool,
    #[command(flatten)]
    database: Database,
    /// How to answer; json holds everything, text the first 20
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub const HELP: &str = "\
The first line names the columns, in any order, in Swedish or English, in any case; others are ignored:
  id          the employment number; or else                       anställningsnummer, person-id
  email       the address                                          e-post, e-postadress, mejl
  attendance  needed: here, away, yes, no, 1, 0, här, borta …      närvaro, närvarande
  part        1, 2 …; left out: all parts that have been           del

A row without attendance changes nothing. Only people with a seat are marked. Marks are kept with their history; the
latest counts, and achievements follow as after marking by hand. The same file again changes nothing.

Example:
  varjedag import attendance list.xlsx --occasion 12           what would change?
  varjedag import attendance list.xlsx --occasion 12 --apply   do it

Exit code: 0 when every row is good (or left out with --skip-bad), 1 when not, 2 when the command is wrong.";

/// The report for programs.
#[derive(Serialize)]
struct Told {
    rows: usize,
    bad_rows: usize,
    unchanged: usize,
    applied: bool,
    findings: Vec<Slip>,
    changes: Vec<Change>,
}

#[derive(Serialize)]
struct Slip {
    line: u64,
    reason: String,
}

#[derive(Serialize)]
struct Change {
    line: u64,
    person: i64,
    name: String,
    part: i32,
    from: &'static str,
    to: &'static str,
}

pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let name = args.file.display();
    let mut bytes = Vec::new();
    super::open(&args.file)?.read_to_end(&mut bytes).with_context(|| format!("cannot read {name}"))?;
    let list = import::list(&bytes).with_context(|| format!("{name}"))?;
    let store = args.database.open()?;
    let published = Shelf::default().current(&store)?.context("no curriculum is published yet; publish one first")?;
    let options = Options { apply: args.apply, skip_bad: args.skip_bad };
    let work = |conn: &mut _| import::run(conn, &published, args.occasion, &list, options, None, clock::now());
    let report = if args.apply { store.write(work) } else { store.read(work) };
    let report = told(report.with_context(|| format!("{name}"))?);
    let good = report.bad_rows == 0 || args.skip_bad;
    match args.format {
        Format::Json => writeln!(io::stdout().lock(), "{}", serde_json::to_string_pretty(&report)?)?,
        Format::Text => tell(args, &report)?,
    }
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn told(report: Report) -> Told {
    let slip =
        |finding: &import::Finding| Slip { line: finding.line, reason: words::slip(&finding.slip, Language::En) };
    let change = |change: import::Change| Change {
        line: change.line,
        person: change.person,
        name: change.name,
        part: change.no,
        from: change.from.code(),
        to: change.to.code(),
    };
    Told {
        rows: report.rows,
        bad_rows: report.bad_rows,
        unchanged: report.unchanged,
        applied: report.applied,
        findings: report.findings.iter().map(slip).collect(),
        changes: report.changes.into_iter().map(change).collect(),
    }
}

/// Findings go to stderr, what changes to stdout.
fn tell(args: &Args, report: &Told) -> io::Result<()> {
    let mut err = io::stderr().lock();
    for slip in &report.findings {
        writeln!(err, "error: line {}: {}", slip.line, slip.reason)?;
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{} rows, {} marks change, {} are so already", report.rows, report.changes.len(), report.unchanged)?;
    for change in report.changes.iter().take(SHOWN) {
        writeln!(out, "  {}, part {}: {} → {}", change.name, change.part, change.from, change.to)?;
    }
    if report.changes.len() > SHOWN {
        writeln!(out, "  … and {} more; --format json has all", report.changes.len() - SHOWN)?;
    }
    writeln!(out, "{}", verdict(args, report))
}

/// What was done, or what to do next.
fn verdict(args: &Args, report: &Told) -> String {
    match (report.applied, report.bad_rows, args.skip_bad) {
        (_, 0, _) if report.changes.is_empty() => "Nothing to change.".into(),
        (true, 0, _) => "Done.".into(),
        (true, bad, _) => format!("Done, without {bad} rows that have errors."),
        (false, 0, _) | (false, _, true) => "Nothing has been changed; run it again with --apply.".into(),
        (false, bad, false) => {
            format!(
                "Nothing has been changed: {bad} rows have errors. Correct them, or leave them out with --skip-bad."
            )
        }
    }
}
