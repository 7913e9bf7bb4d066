//! `varjedag restore`: a copy becomes the database, and no mail of then goes out by surprise.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::database::Database;
use crate::clock;
use crate::learning::daily;
use crate::notices::service;
use crate::store::{Store, backup};
use crate::versions::published::Shelf;

/// Makes a copy the database, and holds back the mail that waited when it was taken
///
/// The copy is looked at and brought up to date first; the database that was there is kept beside it. Mail that waits
/// in a copy may have been sent since. It is held until somebody opens it on the page Mail and sends it again.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A file that `varjedag backup` wrote
    #[arg(value_name = "FILE", required_unless_present = "hold_mail")]
    file: Option<PathBuf>,
    /// Take the place of a database that is there; stop the server first
    #[arg(long, conflicts_with = "hold_mail")]
    force: bool,
    /// Only hold the mail, in a database that has been restored by other means
    #[arg(long, conflicts_with = "file")]
    hold_mail: bool,
    #[command(flatten)]
    database: Database,
}

const EXAMPLES: &str = "\
Examples:
  varjedag restore /backup/varjedag-2027-03-01.sqlite
  varjedag restore /backup/varjedag-2027-03-01.sqlite --force

PostgreSQL is brought back by its own tool; then, before any server starts, hold the mail:
  pg_restore --clean --if-exists --no-owner --dbname=\"$DATABASE_URL\" varjedag.dump
  varjedag restore --hold-mail

What was changed after the copy was taken is gone, permissions and revoked tokens too: look through them.";

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    match &args.file {
        Some(file) => restore(&args, file)?,
        None => println!("{}", told(hold(&args.database.existing()?)?)),
    }
    Ok(ExitCode::SUCCESS)
}

fn restore(args: &Args, file: &Path) -> anyhow::Result<()> {
    let staged = backup::stage(file, &args.database.settings()?, args.force)?;
    // Before anybody can start a server on it.
    let held = match hold(&staged.store) {
        Ok(held) => held,
        Err(error) => {
            staged.give_up();
            return Err(error);
        }
    };
    match staged.place()? {
        Some(kept) => println!("Restored. The database that was there is kept as {}.", kept.display()),
        None => println!("Restored."),
    }
    println!("{}", told(held));
    Ok(())
}

/// Also today's reminders, which were perhaps queued after the copy was taken: they are queued here, and held.
fn hold(store: &Store) -> anyhow::Result<usize> {
    let now = clock::now();
    if let Some(published) = Shelf::default().current(store)? {
        daily::queue(store, &published, clock::day_of(now), now)?;
    }
    Ok(service::hold_after_restore(store, now)?)
}

fn told(held: usize) -> String {
    match held {
        0 => "No mail waited.".into(),
        _ => format!(
            "Mails held: {held}. They may have been sent since the copy was taken. To send one after all, open it \
             on the page Mail, under Held, and press \"Send again\"."
        ),
    }
}
