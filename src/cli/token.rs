//! `varjedag token`: a bearer token for the interface for programs.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::accounts::service;
use crate::config::Config;
use crate::{app, clock};

/// Makes a bearer token for /api/v1; it acts as a person, with that person's rights
///
/// The token is printed once and kept only as a hash.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  TOKEN=$(varjedag token \"HR nightly\" --as prov.provsson@exempel.se --days 365)
  curl -H \"Authorization: Bearer $TOKEN\" http://127.0.0.1:8080/api/v1/people")]
pub struct Args {
    /// What the token is for, as the audit log shows it
    name: String,
    /// E-mail address of the person whose rights it has
    #[arg(long = "as", value_name = "EMAIL")]
    person: String,
    /// Days until it ends
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=3660))]
    days: u32,
    /// Settings file [default: varjedag.toml when it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let config = Config::read(args.config.as_deref())?;
    let store = app::open_store(&config)?;
    println!("{}", service::make_token(&store, &args.person, &args.name, args.days, clock::now())?);
    Ok(ExitCode::SUCCESS)
}
