//! `varjedag check`: is this curriculum sound?

use std::path::PathBuf;
use std::process::ExitCode;

use crate::curriculum::load;

/// Is this curriculum sound? Shows every problem at once, each with its place
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The directory that holds the curriculum's .ron files
    directory: PathBuf,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let sources = load::read_dir(&args.directory)?;
    println!("{} files read", sources.files.len());
    Ok(ExitCode::SUCCESS)
}
