//! `varjedag diff`: what changed between two curricula?

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;

use super::Format;
use super::impact::Told;
use crate::clock;
use crate::curriculum::model::Curriculum;
use crate::curriculum::{diagnose, diff, judge, load};
use crate::designer::service::impact_between;
use crate::engine::Transition;
use crate::store::{Settings, Store, migrate};
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
    let impact = args.database.as_deref().map(|url| impact(url, &args.old, &new)).transpose()?;
    let mut out = io::stdout().lock();
    match (args.format, &impact) {
        (Format::Json, None) => writeln!(out, "{}", serde_json::to_string_pretty(&changes)?)?,
        (Format::Json, Some(impact)) => {
            let both = serde_json::json!({ "changes": changes, "impact": impact });
            writeln!(out, "{}", serde_json::to_string_pretty(&both)?)?;
        }
        (Format::Text, _) if changes.is_empty() => writeln!(out, "nothing has changed")?,
        (Format::Text, _) => write!(out, "{}", diff::render(&changes))?,
    }
    if let (Format::Text, Some(impact)) = (args.format, &impact) {
        write!(out, "{}", impact.text())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What happens to everybody in the database when `new` follows on `old`, as if `old` had been the first version.
fn impact(url: &str, old: &Path, new: &Curriculum) -> anyhow::Result<Told> {
    let store = Store::open(&Settings::new(url))?;
    migrate::run(&store)?;
    let today = clock::today();
    let first = store.read(rows::all)?.first().map_or(today, |first| clock::day_of(first.at));
    let before = Published::new(0, String::new(), &load::read_dir(old)?, first)?;
    let after = before.followed_by(new, &Transition::default(), today)?;
    Ok(Told::from(&impact_between(&store, &before, &after, today)?))
}

fn read(directory: &Path) -> anyhow::Result<Curriculum> {
    let judged = judge(&load::read_dir(directory)?);
    let Some(curriculum) = judged.curriculum else {
        let (directory, counts) = (directory.display(), diagnose::counts(&judged.problems));
        bail!("{directory} cannot be compared, it has {counts}: run `varjedag check {directory}`");
    };
    Ok(curriculum)
}
