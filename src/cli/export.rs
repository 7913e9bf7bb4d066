//! `varjedag export`: what the database holds, as files that people and other programs read.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Subcommand;
use serde::Serialize;

use super::Format;
use super::database::Database;
use crate::curriculum::load::{self, LoadError, Sources};
use crate::curriculum::rewrite::rewrite;
use crate::curriculum::{diagnose, judge, parse};
use crate::designer::drafts::{Draft, store as drafts};
use crate::store::Store;
use crate::versions::store as rows;

/// What the database holds, as files
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A published version of the curriculum, or a draft of the next, as .ron files
    ///
    /// In an empty or new directory the files are written as they were published, or as they stand in the draft. Where there are .ron files already,
    /// they are changed so that they say the same as the version: only what differs is touched, and comments, order
    /// and blank lines stay. Nothing is deleted.
    #[command(after_help = EXAMPLES)]
    Curriculum(Curriculum),
}

#[derive(Debug, clap::Args)]
struct Curriculum {
    /// The version's number, such as 2026.1 [default: the current one]
    #[arg(long, value_name = "NUMBER")]
    version: Option<String>,
    /// A draft instead, by its name or by the number in its address
    #[arg(long, value_name = "DRAFT", conflicts_with = "version")]
    draft: Option<String>,
    /// The directory to write to
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    #[command(flatten)]
    database: Database,
    /// How to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  varjedag export curriculum --to curricula/ours                    the current version
  varjedag export curriculum --version 2026.1 --to curricula/ours   an older one
  varjedag export curriculum --draft Hösten --to curricula/autumn   a draft of the next one
  varjedag diff curricula/ours curricula/theirs                     afterwards: what is different elsewhere?

Exit code: 0 when the files say what was asked for, 1 when they could not be written, 2 when the command is wrong.";

/// What `--format json` prints.
#[derive(Debug, Serialize)]
struct Answer {
    #[serde(flatten)]
    of: Of,
    /// Names of files, relative to the directory, that are new or have changed.
    written: Vec<String>,
    /// How many files said the same already.
    unchanged: usize,
}

/// Which curriculum was written.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Of {
    /// Its number.
    Version(String),
    /// Its name.
    Draft(String),
}

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Of::Version(number) => write!(f, "{number}"),
            Of::Draft(name) => write!(f, "the draft {name:?}"),
        }
    }
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let What::Curriculum(args) = args.what;
    let store = args.database.existing()?;
    let (of, kept) = match &args.draft {
        Some(asked) => draft(&store, asked)?,
        None => version(&store, args.version)?,
    };
    let there = there(&args.to)?;
    let sources = match &there {
        Some(there) => changed(there, &kept, &args.to)?,
        None => kept,
    };
    let old = there.map(|there| there.files).unwrap_or_default();
    let new = sources.files.iter().filter(|file| !old.contains(file));
    let written: Vec<String> = new.clone().map(|file| file.name.clone()).collect();
    new.clone().try_for_each(|file| write(&args.to, &file.name, &file.text))?;
    let answer = Answer { of, unchanged: sources.files.len() - written.len(), written };
    let mut out = io::stdout().lock();
    match args.format {
        Format::Text => write!(out, "{}", told(&answer, &args.to))?,
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&answer)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn version(store: &Store, number: Option<String>) -> anyhow::Result<(Of, Sources)> {
    let Some(number) = number else {
        let current = store.read(rows::current)?;
        let (_, number, sources) = current.context("nothing is published yet: publish a curriculum first")?;
        return Ok((Of::Version(number), sources));
    };
    match store.read(|conn| rows::sources_of(conn, &number))? {
        Some(sources) => Ok((Of::Version(number), sources)),
        None => {
            let numbers = store.read(rows::numbers)?.join(", ");
            bail!("there is no version {number}: choose one of {numbers}");
        }
    }
}

/// A draft that is worked on, by its number or its name; a name may be that of several.
fn draft(store: &Store, asked: &str) -> anyhow::Result<(Of, Sources)> {
    let open = store.read(drafts::open)?;
    let numbered = open.iter().find(|draft| asked.parse() == Ok(draft.id));
    let named: Vec<&Draft> = open.iter().filter(|draft| draft.name == asked).collect();
    let draft = match (numbered, &named[..]) {
        (_, [draft]) => draft,
        (Some(draft), []) => draft,
        (_, []) if open.is_empty() => bail!("nobody works on a draft: begin one in the designer"),
        (_, []) => bail!("there is no draft {asked:?}: choose one of {}", names(open.iter())),
        _ => bail!("several drafts are called {asked:?}: choose one by its number, {}", names(named)),
    };
    Ok((Of::Draft(draft.name.clone()), store.read(|conn| drafts::sources(conn, draft.id))?))
}

/// "3 (Hösten), 5 (Våren)".
fn names<'a>(drafts: impl IntoIterator<Item = &'a Draft>) -> String {
    drafts.into_iter().map(|draft| format!("{} ({})", draft.id, draft.name)).collect::<Vec<_>>().join(", ")
}

/// The files that lie in the directory; none when it is empty or not there.
fn there(directory: &Path) -> anyhow::Result<Option<Sources>> {
    match load::read_dir(directory) {
        Ok(sources) => Ok(Some(sources)),
        Err(LoadError::Missing(_) | LoadError::NoFiles(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// `there` saying what `kept` says.
fn changed(there: &Sources, kept: &Sources, directory: &Path) -> anyhow::Result<Sources> {
    let directory = directory.display();
    let Some(curriculum) = judge(kept).curriculum else {
        bail!(
            "what is to be written has errors by the rules of this program: give an empty directory to see its files"
        );
    };
    let (_, _, problems) = parse::parse(there);
    let changed = rewrite(there, &curriculum);
    // Files written anew would stand beside those that are there and say everything twice.
    let in_place = there.files.iter().all(|file| changed.files.iter().any(|other| other.name == file.name));
    if !there.unread.is_empty() || !in_place || crate::curriculum::has_errors(&problems) {
        let counts = diagnose::counts(&problems);
        bail!(
            "the files in {directory} cannot be changed, they have {counts}: run `varjedag check {directory}`, or give an empty directory"
        );
    }
    Ok(changed)
}

/// The file is there as it was or as it is to be, never half.
fn write(directory: &Path, name: &str, text: &str) -> anyhow::Result<()> {
    let path = directory.join(name);
    let failed = || format!("cannot write {}", path.display());
    fs::create_dir_all(path.parent().unwrap_or(directory)).with_context(failed)?;
    let beside = path.with_extension("ron.new");
    fs::write(&beside, text).with_context(failed)?;
    fs::rename(&beside, &path).with_context(failed)
}

fn told(answer: &Answer, directory: &Path) -> String {
    let (directory, Answer { of, written, unchanged }) = (directory.display(), answer);
    if written.is_empty() {
        return format!("{directory} says what {of} says; nothing was written.\n");
    }
    let files = if *unchanged == 1 { "1 file was".to_owned() } else { format!("{unchanged} files were") };
    let rest = if *unchanged == 0 { String::new() } else { format!("; {files} so already") };
    format!("{directory} says what {of} says. Written: {}{rest}.\n", written.join(", "))
}
