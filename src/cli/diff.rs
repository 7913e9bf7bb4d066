//! `varjedag diff`: what changed between two curricula?

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;

use super::{Format, impact};
use crate::clock;
use crate::config::Config;
use crate::curriculum::model::Curriculum;
use crate::curriculum::{diagnose, diff, judge, load};
use crate::designer::consequences::region::snapshot;
use crate::designer::effect::{Effect, between};
use crate::engine::Transition;
use crate::store::{Conn, Settings, Store, migrate};
use crate::versions::published::Published;
use crate::versions::store as rows;

/// What changed between two curricula? Added (+), removed (-) and changed (~) things, field by field
///
/// Both must be without errors. Long texts are shown by their beginnings; `--format json` gives them whole.
/// With a database also what it would do to the people there, if NEW were published today for everyone.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The directory of the curriculum as it was
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The directory of the curriculum as it is now
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Tell what it does to the people in this database: postgres://… or an SQLite file
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Settings file, for the prices and the seats of a course [default: varjedag.toml when it is there]
    #[arg(long, value_name = "FILE", requires = "database")]
    config: Option<PathBuf>,
    /// How to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  varjedag diff last-year/varjedag curricula/varjedag
  varjedag diff --format json last-year/varjedag curricula/varjedag
  varjedag diff last-year/varjedag curricula/varjedag --database varjedag-data/varjedag.sqlite

Exit code: 0 when the two could be compared, changed or not; 1 when one has errors, 2 when the command is wrong.";

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let (old, new) = (read(&args.old)?, read(&args.new)?);
    let changes = diff::between(&old, &new);
    let effect = args.database.as_deref().map(|url| effect(url, &args, &new)).transpose()?;
    let mut out = io::stdout().lock();
    match (args.format, &effect) {
        (Format::Json, None) => writeln!(out, "{}", serde_json::to_string_pretty(&changes)?)?,
        (Format::Json, Some(effect)) => {
            let both = serde_json::json!({ "changes": changes, "impact": effect });
            writeln!(out, "{}", serde_json::to_string_pretty(&both)?)?;
        }
        (Format::Text, _) if changes.is_empty() => writeln!(out, "nothing has changed")?,
        (Format::Text, _) => write!(out, "{}", diff::render(&changes))?,
    }
    if let (Format::Text, Some(effect)) = (args.format, &effect) {
        write!(out, "{}", impact::told(effect))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What happens to everybody in the database when `new` follows on the old one, as if that had been the first version.
fn effect(url: &str, args: &Args, new: &Curriculum) -> anyhow::Result<Effect> {
    let planning = Config::read(args.config.as_deref())?.planning;
    let store = Store::open_existing(&Settings::new(url))?;
    migrate::run(&store)?;
    let today = clock::today();
    let first = store.read(rows::all)?.first().map_or(today, |first| clock::day_of(first.at));
    let before = Published::new(0, String::new(), &load::read_dir(&args.old)?, first)?;
    let after = before.followed_by(new, &Transition::default(), today)?;
    let count = |conn: &mut Conn| {
        let snapshot = snapshot(conn, today)?;
        between(conn, &snapshot, &before, (new, &after), &planning, today)
    };
    Ok(store.read(count)?)
}

fn read(directory: &Path) -> anyhow::Result<Curriculum> {
    let judged = judge(&load::read_dir(directory)?);
    let Some(curriculum) = judged.curriculum else {
        let (directory, counts) = (directory.display(), diagnose::counts(&judged.problems));
        bail!("{directory} cannot be compared, it has {counts}: run `varjedag check {directory}`");
    };
    Ok(curriculum)
}
