//! `varjedag migrate`: brings the database up to date without serving.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::config::Config;
use crate::store::{Settings, Store, migrate};

/// Brings the database up to this program's version; `serve` does it too at start
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  varjedag migrate\n  varjedag migrate --config /etc/varjedag/varjedag.toml")]
pub struct Args {
    /// Settings file [default: varjedag.toml when it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let config = Config::read(args.config.as_deref())?;
    let ran = migrate::run(&Store::open(&Settings::new(config.database))?)?;
    match ran.as_slice() {
        [] => println!("The database was up to date already."),
        names => println!("Ran {}.", names.join(", ")),
    }
    Ok(ExitCode::SUCCESS)
}
