//! Brings the database up to the version of this program. Safe to run from several instances at once, and again
//! after a run that was killed: every migration is one transaction.

use std::time::Duration;

use diesel::backend::Backend;
use diesel::migration::{self, MigrationSource};
use diesel::pg::Pg;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Conn, Error, Result, Store};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRESQL: EmbeddedMigrations = embed_migrations!("migrations/postgresql");

/// Runs what has not been run yet and returns the names, oldest first.
pub fn run(store: &Store) -> Result<Vec<String>> {
    let (mut names, mut tries) = (Vec::new(), 0);
    loop {
        match store.read(run_next) {
            Ok(Some(name)) => names.push(name),
            Ok(None) => return Ok(names),
            // Another instance may have run the same migration a moment before: look again.
            Err(_) if tries < 20 => {
                tries += 1;
                std::thread::sleep(Duration::from_millis(100 * tries));
            }
            Err(error) => return Err(error),
        }
    }
}

/// One at a time, so that what this instance ran is known also when another one comes between.
fn run_next(conn: &mut Conn) -> Result<Option<String>> {
    let ran = match conn {
        Conn::Sqlite(c) => next_of(c, || SQLITE),
        Conn::Postgres(c) => next_of(c, || POSTGRESQL),
    };
    let help = "name an empty database, or one of this program's";
    ran.map_err(|e| Error::Migration(format!("the database could not be brought up to date: {e}; {help}")))
}

fn next_of<DB: Backend>(
    conn: &mut impl MigrationHarness<DB>,
    source: fn() -> EmbeddedMigrations,
) -> migration::Result<Option<String>> {
    if !conn.has_pending_migration(source())? {
        return Ok(None);
    }
    conn.run_next_migration(source()).map(|version| Some(version.to_string()))
}

/// Migrations that the database has had and this program does not know: a newer one made it.
pub fn unknown(conn: &mut Conn) -> Result<Vec<String>> {
    let failed = |e| Error::Migration(format!("the database does not say which version it has: {e}"));
    let (applied, known) = match conn {
        Conn::Sqlite(c) => (c.applied_migrations(), versions::<Sqlite>(&SQLITE)),
        Conn::Postgres(c) => (c.applied_migrations(), versions::<Pg>(&POSTGRESQL)),
    };
    let known = known.map_err(failed)?;
    let applied = applied.map_err(failed)?.into_iter().map(|version| version.to_string());
    Ok(applied.filter(|version| !known.contains(version)).collect())
}

fn versions<DB: Backend>(source: &EmbeddedMigrations) -> migration::Result<Vec<String>> {
    let all = MigrationSource::<DB>::migrations(source)?;
    Ok(all.iter().map(|one| one.name().version().to_string()).collect())
}

/// Takes back the newest migration: how the tests see that each can be.
pub fn revert_newest(store: &Store) -> Result<String> {
    store.read(|conn| {
        let reverted = match conn {
            Conn::Sqlite(c) => c.revert_last_migration(SQLITE).map(|v| v.to_string()),
            Conn::Postgres(c) => c.revert_last_migration(POSTGRESQL).map(|v| v.to_string()),
        };
        reverted.map_err(|e| Error::Migration(format!("the newest migration could not be taken back: {e}")))
    })
}
