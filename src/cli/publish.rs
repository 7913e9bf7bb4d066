//! `varjedag publish`: a curriculum becomes the current version.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;
use clap::ValueEnum;
use serde::Serialize;

use super::database::Database;
use super::{Format, impact, progress};
use crate::clock;
use crate::curriculum::diff::Change;
use crate::curriculum::load::{self, Sources};
use crate::curriculum::{diagnose, diff, judge};
use crate::designer::effect::Effect;
use crate::designer::prepare::{New, Prepared, prepare};
use crate::designer::service::{self, Outcome, Publication};
use crate::engine::{Transition, Who};

/// Makes a curriculum the current version, which every requirement and path follows at once
///
/// The curriculum is checked first; one with errors is not published. A version is never changed afterwards.
/// People whose job title the new version knows by name or code get that title's dose. Everybody whose path changes
/// is told in one mail: what is new, what falls away, by when and why. Publishing the same files again changes nothing.
///
/// What a version adds is due so many days after its publication as the dose says, and never before the grace has
/// passed; nothing becomes overdue by being published, and what has been done stays done.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The directory that holds the curriculum's .ron files
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// Who gets doses that are changed
    #[arg(long, value_enum, value_name = "WHO", default_value_t)]
    transition: Given,
    /// Who gets this dose, when that is somebody else; again for another dose
    #[arg(long = "dose", value_name = "DOSE=WHO", value_parser = dose)]
    doses: Vec<(String, Who)>,
    /// An old module that counts as a new one; again for another
    #[arg(long, value_name = "OLD=NEW", value_parser = pair)]
    credit: Vec<(String, String)>,
    /// Nothing that is new is due before so many days
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    grace: u32,
    /// What is new and why, for the list of versions and for those whose path changes
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Publish only if this is still the current version
    #[arg(long, value_name = "NUMBER")]
    after: Option<String>,
    /// Tell what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    database: Database,
    /// How to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Who gets a changed dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Given {
    /// All who hold it
    #[default]
    Everyone,
    /// Those who have none of the modules of the old dose
    NotStarted,
    /// Those who get the role or the title from now on
    NewAssignments,
}

impl From<Given> for Who {
    fn from(given: Given) -> Who {
        match given {
            Given::Everyone => Who::Everyone,
            Given::NotStarted => Who::NotStarted,
            Given::NewAssignments => Who::NewAssignments,
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  varjedag publish curricula/varjedag --dry-run
  varjedag publish curricula/varjedag --note \"Shorter dose for controllers\" --transition not-started
  varjedag publish curricula/varjedag --dose chef=new-assignments --credit matplan=matplan-och-data --grace 60

Exit code: 0 when the version is current (or could be), 1 when it is not, 2 when the command is wrong.";

/// The answer for programs.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    outcome: &'a Outcome,
    /// False when it was only tried.
    published: bool,
    /// None for a first version, and when nothing has changed.
    impact: Option<Effect>,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let sources = load::read_dir(&args.directory)?;
    show_problems(&sources)?;
    let store = args.database.open()?;
    let transition = transition(&args);
    let expected = args.after.as_deref();
    let planning = args.database.planning()?;
    let publication =
        Publication { note: args.note.trim(), transition, expected, planning, ..Publication::of(&sources) };
    let now = clock::now();
    let bar = progress::bar("people looked at");
    let prepared = prepare(&store, &publication, now, &|done, all| progress::show(&bar, done, all));
    bar.finish_and_clear();
    let (outcome, impact) = match prepared? {
        Prepared::Same(number) => (unchanged(number), None),
        Prepared::New(new) => {
            let outcome = match args.dry_run {
                true => foreseen(&new),
                false => service::commit(&store, &publication, &new, now)?,
            };
            (outcome, new.effect)
        }
    };
    let answer = Answer { published: outcome.new && !args.dry_run, outcome: &outcome, impact };
    let mut out = io::stdout().lock();
    match args.format {
        Format::Text => write!(out, "{}", told(&answer))?,
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&answer)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn transition(args: &Args) -> Transition {
    Transition {
        default: args.transition.into(),
        doses: args.doses.iter().cloned().collect(),
        grace_days: args.grace,
        credit: args.credit.iter().cloned().collect(),
    }
}

fn pair(text: &str) -> anyhow::Result<(String, String)> {
    let pair = text.split_once('=').filter(|(left, right)| !left.is_empty() && !right.is_empty());
    let (left, right) = pair.ok_or_else(|| anyhow!("write two names with = between them"))?;
    Ok((left.to_owned(), right.to_owned()))
}

fn dose(text: &str) -> anyhow::Result<(String, Who)> {
    let (dose, who) = pair(text)?;
    let given = Given::from_str(&who, false).map_err(|_| anyhow!("write everyone, not-started or new-assignments"))?;
    Ok((dose, given.into()))
}

/// Warnings too: whoever publishes should see them.
fn show_problems(sources: &Sources) -> io::Result<()> {
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    io::stderr().write_all(diagnose::render(&judge(sources).problems, sources, colour).as_bytes())
}

fn unchanged(number: String) -> Outcome {
    Outcome { number, new: false, changes: Vec::new(), titles_moved: 0, told: 0 }
}

fn foreseen(new: &New) -> Outcome {
    let (number, changes) = (new.after.number.clone(), new.changes.clone());
    Outcome { number, new: true, changes, titles_moved: 0, told: new.told.len() }
}

fn told(answer: &Answer<'_>) -> String {
    let Outcome { number, new, changes, titles_moved, told } = answer.outcome;
    if !new {
        return format!("Nothing has changed since {number}, which stays the current version.\n");
    }
    let changes: &[Change] = changes;
    let mut text = match answer.published {
        true => format!("Published as {number}.\n{}", diff::render(changes)),
        false => format!("Would be published as {number}; nothing was changed.\n{}", diff::render(changes)),
    };
    text.push_str(&answer.impact.as_ref().map(impact::told).unwrap_or_default());
    if *titles_moved > 0 {
        text.push_str(&format!("Titles of people that began, ended or moved: {titles_moved}.\n"));
    }
    if *told > 0 {
        let will = if answer.published { "get" } else { "would get" };
        text.push_str(&format!("{told} {will} a mail about what changes for them.\n"));
    }
    text
}
