//! `varjedag publish`: a curriculum becomes the current version.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use super::Format;
use super::database::Database;
use crate::clock;
use crate::curriculum::load::{self, Sources};
use crate::curriculum::{diagnose, diff, judge};
use crate::designer::service::{self, Outcome, Publication};

/// Makes a curriculum the current version, which every requirement and path follows at once
///
/// The curriculum is checked first; one with errors is not published. A version is never changed afterwards.
/// People whose job title the new version knows by name or code get that title's dose.
/// Publishing the same files again changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The directory that holds the curriculum's .ron files
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// What is new, for those who read the list of versions
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    #[command(flatten)]
    database: Database,
    /// How to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  varjedag publish curricula/varjedag
  varjedag publish curricula/varjedag --note \"Shorter dose for controllers\" --database postgres://localhost/varjedag

Exit code: 0 when the version is current, 1 when it is not, 2 when the command is wrong.";

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let sources = load::read_dir(&args.directory)?;
    show_problems(&sources)?;
    let store = args.database.open()?;
    let outcome = service::publish(
        &store,
        &Publication { note: args.note.trim(), ..Publication::of(&sources) },
        clock::now(),
        &|_, _| (),
    )?;
    let mut out = io::stdout().lock();
    match args.format {
        Format::Text => write!(out, "{}", told(&outcome))?,
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&outcome)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Warnings too: whoever publishes should see them.
fn show_problems(sources: &Sources) -> io::Result<()> {
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    io::stderr().write_all(diagnose::render(&judge(sources).problems, sources, colour).as_bytes())
}

fn told(outcome: &Outcome) -> String {
    if !outcome.new {
        return format!("Nothing has changed since {}, which stays the current version.\n", outcome.number);
    }
    let mut text = format!("Published as {}.\n{}", outcome.number, diff::render(&outcome.changes));
    if outcome.titles_moved > 0 {
        text.push_str(&format!("Titles of people that began, ended or moved: {}.\n", outcome.titles_moved));
    }
    text
}
