//! Which database a command works on: the same answer for every command.

use std::path::PathBuf;

use crate::config::{Config, Planning};
use crate::store::{Settings, Store, migrate};

/// Options that commands with a database share.
#[derive(Debug, clap::Args)]
pub struct Database {
    /// postgres://… or an SQLite file [default: as in the settings file, else varjedag-data/varjedag.sqlite]
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    database: Option<String>,
    /// Settings file [default: varjedag.toml when it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Database {
    /// Which database it is.
    pub fn settings(&self) -> anyhow::Result<Settings> {
        let url = match &self.database {
            Some(url) => url.clone(),
            None => Config::read(self.config.as_deref())?.database,
        };
        Ok(Settings::new(url))
    }

    /// What course days and costs are counted with.
    pub fn planning(&self) -> anyhow::Result<Planning> {
        Ok(Config::read(self.config.as_deref())?.planning)
    }

    /// Opens the database and brings it up to date.
    pub fn open(&self) -> anyhow::Result<Store> {
        let store = Store::open(&self.settings()?)?;
        migrate::run(&store)?;
        Ok(store)
    }

    /// The same for a command that only asks: a database that is not there is not made.
    pub fn existing(&self) -> anyhow::Result<Store> {
        let store = Store::open_existing(&self.settings()?)?;
        migrate::run(&store)?;
        Ok(store)
    }
}
