//! `varjedag check`: is this curriculum sound?

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use serde::Serialize;

use super::Format;
use crate::curriculum::diagnose::{self, Report};
use crate::curriculum::load::{self, Sources};
use crate::curriculum::rules::{self, Severity};
use crate::curriculum::{Judged, judge};

/// Is this curriculum sound? Shows every problem at once, each with its place
///
/// Reads every .ron file below DIR as one curriculum. Each problem has a code, the place in the file, one sentence
/// and what to do about it. Errors keep a curriculum from being published; warnings do not.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The directory that holds the curriculum's .ron files
    #[arg(value_name = "DIR", required_unless_present_any = ["explain", "codes"])]
    directory: Option<PathBuf>,
    /// Warnings make the check fail too
    #[arg(long)]
    strict: bool,
    /// How to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Explain one kind of problem
    #[arg(long, value_name = "CODE", conflicts_with = "directory")]
    explain: Option<String>,
    /// List every kind of problem
    #[arg(long, conflicts_with_all = ["directory", "explain"])]
    codes: bool,
}

const EXAMPLES: &str = "\
Examples:
  varjedag check curricula/varjedag                  show every problem
  varjedag check --strict curricula/varjedag         as before publishing: warnings count
  varjedag check --format json curricula/varjedag    for an editor
  varjedag check --explain V030                      what does this code mean?

Exit code: 0 when there are no errors (with --strict: no problems), 1 when there are, 2 when the command is wrong.";

/// What `--format json` prints.
#[derive(Serialize)]
struct Answer<'a> {
    /// Nothing keeps the curriculum from being used.
    sound: bool,
    errors: usize,
    warnings: usize,
    /// None when there are errors.
    modules: Option<usize>,
    problems: Vec<Report<'a>>,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    if let Some(code) = &args.explain {
        return explain(code, &mut out);
    }
    if args.codes {
        for rule in rules::ALL {
            writeln!(out, "{}  {:7}  {}", rule.code, word(rule.severity), rule.title)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let directory = args.directory.context("give the directory that holds the curriculum")?;
    let sources = load::read_dir(&directory)?.under(&directory);
    let judged = judge(&sources);
    match args.format {
        Format::Text => show(&judged, &sources, &mut out)?,
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&answer(&judged, &sources))?)?,
    }
    let failed = if args.strict { !judged.problems.is_empty() } else { judged.curriculum.is_none() };
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Problems go to stderr, the summary to stdout when all is well.
fn show(judged: &Judged, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let problems = &judged.problems;
    io::stderr().write_all(diagnose::render(problems, sources, colour).as_bytes())?;
    let summary = match &judged.curriculum {
        Some(curriculum) => format!("{} modules, {}", curriculum.modules.len(), diagnose::counts(problems)),
        None => diagnose::counts(problems),
    };
    match problems.first() {
        None => writeln!(out, "{summary}"),
        Some(first) => {
            writeln!(io::stderr(), "{summary}; `varjedag check --explain {}` tells more about the first", first.code)
        }
    }
}

fn answer<'a>(judged: &'a Judged, sources: &Sources) -> Answer<'a> {
    let errors = judged.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    Answer {
        sound: errors == 0,
        errors,
        warnings: judged.problems.len() - errors,
        modules: judged.curriculum.as_ref().map(|curriculum| curriculum.modules.len()),
        problems: diagnose::reports(&judged.problems, sources),
    }
}

fn explain(code: &str, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let Some(rule) = rules::find(code) else {
        bail!("there is no problem with the code {code}: `varjedag check --codes` lists them");
    };
    writeln!(out, "{} ({}): {}\n\n{}", rule.code, word(rule.severity), rule.title, rule.explanation)?;
    Ok(ExitCode::SUCCESS)
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
