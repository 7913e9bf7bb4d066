//! `varjedag serve`: the web app and its mail worker.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::config::Config;
use crate::{app, logging};

/// Runs the web app and its mail worker until it is stopped (SIGTERM or Ctrl-C)
///
/// Settings come from varjedag.toml in the working directory, the environment wins over the file, a flag over both.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Environment: DATABASE_URL, VARJEDAG_LISTEN, VARJEDAG_PUBLIC_URL, VARJEDAG_REGION, VARJEDAG_SMTP_HOST,
VARJEDAG_SMTP_PORT, VARJEDAG_SMTP_TLS (none, starttls, tls), VARJEDAG_SMTP_USERNAME, VARJEDAG_SMTP_PASSWORD or
VARJEDAG_SMTP_PASSWORD_FILE, VARJEDAG_MAIL_LEASE_SECONDS (how long the mails of a killed instance wait before
another one sends them, 120), and RUST_LOG for what is logged.

Examples:
  varjedag serve
  DATABASE_URL=postgres://varjedag@db/varjedag varjedag serve --listen 0.0.0.0:8080")]
pub struct Args {
    /// Settings file [default: varjedag.toml when it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    logging::start();
    let mut config = Config::read(args.config.as_deref())?;
    if let Some(listen) = args.listen {
        config.listen_on(listen)?;
    }
    let store = app::open_store(&config)?;
    app::serve(config, store, |running| {
        eprintln!("Varjedag answers at {} (listening on {})", running.site.public_url, running.address);
    })?;
    Ok(ExitCode::SUCCESS)
}
