//! An empty, migrated database of its own for one test.

use tempfile::TempDir;
use varjedag::store::{Settings, Store, migrate};

use super::{Stage, postgres};

/// A database and the folder that belongs to it; the folder goes away with the value.
pub struct Database {
    pub store: Store,
    /// As `DATABASE_URL` would name it.
    pub url: String,
    pub folder: TempDir,
}

impl Stage for Database {
    fn sqlite() -> Database {
        let folder = folder();
        let url = folder.path().join("varjedag.sqlite").to_string_lossy().into_owned();
        let store = open(&url);
        migrate::run(&store).expect("the migrations run");
        Database { store, url, folder }
    }

    fn postgresql() -> Result<Database, &'static str> {
        let url = postgres::migrated_database()?;
        Ok(Database { store: open(&url), url, folder: folder() })
    }
}

/// Where a database can be that has nothing in it yet, not even tables.
pub struct Empty {
    pub url: String,
    _folder: TempDir,
}

impl Stage for Empty {
    fn sqlite() -> Empty {
        let folder = folder();
        Empty { url: folder.path().join("empty.sqlite").to_string_lossy().into_owned(), _folder: folder }
    }

    fn postgresql() -> Result<Empty, &'static str> {
        Ok(Empty { url: postgres::empty_database()?, _folder: folder() })
    }
}

impl Empty {
    /// Another program's own way in.
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
