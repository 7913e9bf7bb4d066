//! `varjedag login-link`: a sign-in link for the operator to hand over.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::accounts::service;
use crate::config::Config;
use crate::{app, clock};

/// Makes a sign-in link for a person, and on an empty installation the first administrator
///
/// The link works once, for fifteen minutes. While nobody is administrator, the address becomes the first:
/// administrator and developer.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  varjedag login-link prov.provsson@exempel.se")]
pub struct Args {
    /// The person's e-mail address
    email: String,
    /// Settings file [default: varjedag.toml when it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let config = Config::read(args.config.as_deref())?;
    let store = app::open_store(&config)?;
    let link = service::operator_link(&store, &args.email, clock::now())?;
    println!("{}", config.site.link(&format!("/sign-in/{}", link.secret)));
    Ok(ExitCode::SUCCESS)
}
