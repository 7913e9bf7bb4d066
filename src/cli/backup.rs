//! `varjedag backup`: a copy of the embedded database, taken while it is in use.

use std::path::PathBuf;
use std::process::ExitCode;

use super::database::Database;
use crate::store::backup;

/// Copies the SQLite database into one file, while the server runs
///
/// The copy is whole and consistent, and only you may read it: it holds everything about everybody.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The file to write
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    database: Database,
}

const EXAMPLES: &str = "\
Example, every night:
  varjedag backup /backup/varjedag-$(date +%F).sqlite

`varjedag restore FILE` brings it back. PostgreSQL has its own tool for this:
  pg_dump --format=custom --file=varjedag.dump \"$DATABASE_URL\"";

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    backup::take(&args.database.settings()?, &args.file, args.force)?;
    println!("Wrote {}.", args.file.display());
    Ok(ExitCode::SUCCESS)
}
