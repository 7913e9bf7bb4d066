//! An empty, migrated database of its own for one test.

use tempfile::TempDir;
use varjedag::store::{Backend, Settings, Store, migrate};

use super::{Stage, postgres};

/// A database and the folder that belongs to it; the folder goes away with the value.
pub struct Database {
    pub store: Store,
    /// As `DATABASE_URL` would name it.
    pub url: String,
    pub folder: TempDir,
}

impl Database {
    pub fn sqlite() -> Database {
        let folder = folder();
        let url = folder.path().join("varjedag.sqlite").to_string_lossy().into_owned();
        let store = open(&url);
        migrate::run(&store).expect("the migrations run");
        Database { store, url, folder }
    }

    /// The error says in plain words what the machine lacks.
    pub fn postgresql() -> Result<Database, &'static str> {
        let url = postgres::migrated_database()?;
        Ok(Database { store: open(&url), url, folder: folder() })
    }
}

impl Stage for Database {
    fn set(database: Database) -> Self {
        database
    }
}

/// A database that has nothing in it yet, not even tables.
pub struct Empty {
    pub url: String,
    _folder: TempDir,
}

impl Stage for Empty {
    fn set(database: Database) -> Self {
        let folder = database.folder;
        let url = match database.store.backend() {
            Backend::Sqlite => folder.path().join("empty.sqlite").to_string_lossy().into_owned(),
            Backend::Postgres => postgres::empty_database().expect("the server runs already"),
        };
        Empty { url, _folder: folder }
    }
}

impl Empty {
    /// One program's own way in.
    pub fn open(&self) -> Store {
        open(&self.url)
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn open(url: &str) -> Store {
    Store::open(&Settings::new(url)).expect("the database opens")
}
