//! The mail of the story, delivered to files as of the days it was sent.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use chrono::{NaiveDateTime, TimeDelta};

use crate::app;
use crate::config::{Config, Smtp, Tls};
use crate::notices::deliver::Mailer;
use crate::notices::worker::Worker;
use crate::store::Store;
use crate::versions::published::Shelf;

/// Two workers that believe it is another day.
pub(super) struct Post {
    worker: Worker,
    /// A mail server at which nobody answers.
    away: Worker,
    runtime: tokio::runtime::Runtime,
}

pub(super) fn post(config: &Config, store: &Store) -> Result<Post> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let worker = Worker { daily: None, often: None, ..app::worker(config, store.clone(), Shelf::default())? };
    let nobody = Smtp { host: "localhost".into(), port: 1, tls: Tls::None, username: None, password: None };
    let mailer = Mailer::smtp(&nobody, "localhost", Duration::from_secs(1))?;
    Ok(Post { away: Worker { mailer, ..worker.clone() }, worker, runtime })
}

impl Post {
    pub(super) fn deliver(&self, at: NaiveDateTime) -> Result<()> {
        self.run(&self.worker, at)
    }

    /// Tries in vain for some time.
    pub(super) fn fail(&self, from: NaiveDateTime, until: NaiveDateTime) -> Result<()> {
        let hours = (until - from).num_hours().max(0);
        (0..hours).try_for_each(|hour| self.run(&self.away, from + TimeDelta::hours(hour)))
    }

    fn run(&self, worker: &Worker, at: NaiveDateTime) -> Result<()> {
        let worker = Worker { clock: Arc::new(move || at), ..worker.clone() };
        self.runtime.block_on(worker.deliver_due())?;
        Ok(())
    }
}
