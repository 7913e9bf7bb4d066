//! One connection type over both databases, a pool of them, and how a transaction begins on each.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, Connection, SimpleConnection, TransactionManager};
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};
use diesel::{MultiConnection, PgConnection, SqliteConnection};

use super::error::{Error, Failure, Result};

/// A connection to whichever database `DATABASE_URL` names.
#[derive(MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// The dialect of [`Conn`], for the types of boxed queries.
pub type Database = <Conn as Connection>::Backend;

/// Which database it is; only this room and tests ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// Where the database is and how many connections may be open.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `postgres://…`, or a path to an SQLite file (with or without `sqlite:`).
    pub url: String,
    pub connections: u32,
    /// How long a request waits for a connection or a lock before it is told that the database is busy.
    pub patience: Duration,
}

impl Settings {
    pub fn new(url: impl Into<String>) -> Self {
        Settings { url: url.into(), connections: connections(), patience: Duration::from_secs(10) }
    }

    pub fn backend(&self) -> Backend {
        match self.url.split(':').next() {
            Some("postgres" | "postgresql") => Backend::Postgres,
            _ => Backend::Sqlite,
        }
    }

    /// The file of an SQLite database; none for PostgreSQL.
    pub fn file(&self) -> Option<PathBuf> {
        (self.backend() == Backend::Sqlite).then(|| self.sqlite_path())
    }

    fn sqlite_path(&self) -> PathBuf {
        let url = self.url.strip_prefix("sqlite:").unwrap_or(&self.url);
        PathBuf::from(url.strip_prefix("//").unwrap_or(url))
    }
}

/// Two for each core, at least four: more only take turns, and the slowest answers then take many times as long.
fn connections() -> u32 {
    std::thread::available_parallelism().map_or(4, |cores| (2 * cores.get() as u32).max(4))
}

/// The database: clone it freely, all clones share one pool.
#[derive(Clone)]
pub struct Store {
    pool: Pool<Manager>,
    backend: Backend,
    /// Who may write now. SQLite has one writer: waiting here is fair and cheap, its own lock is polled and neither.
    /// In PostgreSQL many write side by side, and whoever has met others too often gets a turn alone.
    turn: Arc<RwLock<()>>,
}

/// Held while a write goes on.
#[expect(dead_code, reason = "what is inside is only held")]
enum Turn<'a> {
    Alone(RwLockWriteGuard<'a, ()>),
    Together(RwLockReadGuard<'a, ()>),
}

/// libpq gives hints on lines of their own.
fn one_line(told: &str) -> String {
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tries of a write that met another writer.
const TRIES: u32 = 12;

/// How many of them go side by side with others. Then nobody else of this process writes meanwhile, so that a crowd
/// on a slow machine turns nobody away who had only bad luck.
const SIDE_BY_SIDE: u32 = 4;

impl Store {
    /// Connects to a database that is there: for whoever only asks, and would be told that nothing is in it.
    pub fn open_existing(settings: &Settings) -> Result<Store> {
        match settings.file().filter(|file| !file.exists()) {
            Some(missing) => Err(Error::Connection(format!("there is no file {}", missing.display()))),
            None => Store::open(settings),
        }
    }

    /// Connects; creates an SQLite file and its folder when they are missing. Does not migrate.
    pub fn open(settings: &Settings) -> Result<Store> {
        let backend = settings.backend();
        if let (Backend::Sqlite, Some((scheme, _))) = (backend, settings.url.split_once("://"))
            && scheme != "sqlite"
        {
            let known = "write postgres://… or the path of an SQLite file";
            return Err(Error::Connection(format!("{scheme}:// is no database known here, {known}")));
        }
        if backend == Backend::Sqlite
            && let Some(folder) = settings.sqlite_path().parent()
        {
            std::fs::create_dir_all(folder).map_err(|e| Error::Connection(format!("{}: {e}", folder.display())))?;
        }
        let manager = Manager { settings: settings.clone(), backend };
        let pool = Pool::builder()
            .max_size(settings.connections)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(settings.patience)
            .error_handler(Box::new(diesel::r2d2::NopErrorHandler))
            .build(manager)
            .map_err(|e| Error::Connection(one_line(&e.to_string())))?;
        Ok(Store { pool, backend, turn: Arc::default() })
    }

    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// Runs queries that change nothing. Tried again when a kept connection turns out to be dead, as all of them are
    /// after the database has restarted.
    pub fn read<T, E: Failure>(
        &self,
        work: impl Fn(&mut Conn) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut kept = self.pool.max_size();
        loop {
            let mut conn = self.connection()?;
            let result = work(&mut conn);
            let dead = matches!(&result, Err(e) if matches!(e.store_error(), Some(Error::Connection(_))));
            if !dead || kept == 0 {
                return result;
            }
            // Fails, and thereby tells the pool to throw it away: a query that could not be prepared does not.
            let _ = super::ping(&mut conn);
            kept -= 1;
        }
    }

    /// Runs `work` in one serialisable transaction: committed when it returns `Ok`, else rolled back.
    /// It may run several times when other writers interfere, so it must do nothing but database work.
    pub fn write<T, E: Failure>(
        &self,
        work: impl Fn(&mut Conn) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut tried = 0;
        loop {
            let result = {
                let _turn = self.turn(self.backend == Backend::Sqlite || tried >= SIDE_BY_SIDE);
                self.attempt(&work)
            };
            tried += 1;
            let conflict = matches!(&result, Err(e) if matches!(e.store_error(), Some(Error::Conflict)));
            if !conflict || tried == TRIES {
                return result;
            }
            std::thread::sleep(pause(tried));
        }
    }

    /// Waits for a turn to write, alone or side by side with others.
    fn turn(&self, alone: bool) -> Turn<'_> {
        if alone {
            Turn::Alone(self.turn.write().unwrap_or_else(PoisonError::into_inner))
        } else {
            Turn::Together(self.turn.read().unwrap_or_else(PoisonError::into_inner))
        }
    }

    fn attempt<T, E: Failure>(
        &self,
        work: &impl Fn(&mut Conn) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut conn = self.begun()?;
        match work(&mut conn) {
            Ok(value) => match commit(&mut conn) {
                Ok(()) => Ok(value),
                Err(error) => Err(error.into()),
            },
            Err(error) => {
                rollback(&mut conn);
                Err(error)
            }
        }
    }

    /// A connection with a transaction just begun. Nothing has happened in it yet, so a dead one is replaced.
    fn begun(&self) -> Result<PooledConnection<Manager>> {
        let mut kept = self.pool.max_size();
        loop {
            let mut conn = self.connection()?;
            match begin(&mut conn) {
                Ok(()) => return Ok(conn),
                Err(Error::Connection(_)) if kept > 0 => kept -= 1,
                Err(error) => return Err(error),
            }
        }
    }

    fn connection(&self) -> Result<PooledConnection<Manager>> {
        self.pool.get().map_err(|error| {
            let text = error.to_string();
            if text.contains("timed out") && self.pool.state().connections > 0 {
                Error::Busy
            } else {
                Error::Connection(text)
            }
        })
    }
}

/// Grows, and differs between threads that met each other.
fn pause(tried: u32) -> Duration {
    let mut noise = [0u8; 2];
    getrandom::fill(&mut noise).unwrap_or_default();
    let spread = u64::from(u16::from_le_bytes(noise)) % 1000;
    Duration::from_micros((1 << tried.min(8)) * (500 + spread))
}

fn begin(conn: &mut Conn) -> Result<()> {
    // A deferred SQLite transaction that reads and then writes fails at once when another has written meanwhile.
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?,
        Conn::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL SERIALIZABLE")?,
    }
    Ok(())
}

fn commit(conn: &mut Conn) -> Result<()> {
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::commit_transaction(c)?,
        Conn::Postgres(c) => AnsiTransactionManager::commit_transaction(c)?,
    }
    Ok(())
}

/// A failed rollback means a dead connection, which the database rolls back by itself and the pool throws away.
fn rollback(conn: &mut Conn) {
    let _ = match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::rollback_transaction(c),
        Conn::Postgres(c) => AnsiTransactionManager::rollback_transaction(c),
    };
}

/// Opens connections for the pool. The derived `establish` would hide the real error and sets no pragmas.
struct Manager {
    settings: Settings,
    backend: Backend,
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> std::result::Result<Conn, Self::Error> {
        match self.backend {
            Backend::Sqlite => self.sqlite(),
            Backend::Postgres => PgConnection::establish(&self.settings.url)
                .map(Conn::Postgres)
                .map_err(diesel::r2d2::Error::ConnectionError),
        }
    }

    fn is_valid(&self, conn: &mut Conn) -> std::result::Result<(), Self::Error> {
        conn.batch_execute("SELECT 1").map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || is_broken(conn)
    }
}

fn is_broken(conn: &mut Conn) -> bool {
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::is_broken_transaction_manager(c),
        Conn::Postgres(c) => AnsiTransactionManager::is_broken_transaction_manager(c),
    }
}

impl Manager {
    fn sqlite(&self) -> std::result::Result<Conn, diesel::r2d2::Error> {
        let path = self.settings.sqlite_path();
        let mut conn =
            SqliteConnection::establish(&path.to_string_lossy()).map_err(diesel::r2d2::Error::ConnectionError)?;
        // The order matters: switching to WAL itself may have to wait for a lock. Half of the usual cache for each
        // connection, in KiB: what all of them read again is in the system's cache, once.
        conn.batch_execute(&format!(
            "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
             PRAGMA cache_size = -1000;",
            self.settings.patience.as_millis()
        ))
        .map_err(diesel::r2d2::Error::QueryError)?;
        Ok(Conn::Sqlite(conn))
    }
}
