//! What can go wrong between the rooms and the database, and what to do about it.

use diesel::result::{DatabaseErrorKind, Error as Diesel};

pub type Result<T> = std::result::Result<T, Error>;

/// A failure of the database. "Not found" is no failure: queries that may find nothing return an `Option`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the database did not answer in time; try again in a moment")]
    Busy,
    #[error("the database cannot be written to (disk full or read-only): {0}; free some space and try again")]
    ReadOnly(String),
    #[error("no connection to the database: {0}; check DATABASE_URL and that the database runs")]
    Connection(String),
    #[error("the server is stopping; try again in a moment")]
    Stopped,
    /// The row exists already; the text names the constraint or the columns.
    #[error("it exists already: {0}")]
    Duplicate(String),
    /// Two writers met; [`super::Store::write`] has already tried again several times.
    #[error("somebody else changed the same thing at the same time; try again")]
    Conflict,
    #[error("{0}")]
    Migration(String),
    #[error("database error: {0}")]
    Other(Diesel),
}

impl From<Diesel> for Error {
    fn from(error: Diesel) -> Self {
        match error {
            Diesel::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => Error::Duplicate(info.message().into()),
            Diesel::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => Error::Conflict,
            Diesel::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, info) => {
                Error::ReadOnly(info.message().into())
            }
            Diesel::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                info,
            ) => Error::Connection(info.message().into()),
            Diesel::DatabaseError(kind, info) => from_message(kind, info),
            other => Error::Other(other),
        }
    }
}

/// SQLite calls a quota that is used up, and a file system that has become read-only, a disk I/O error.
const UNWRITABLE: [&str; 4] = ["disk is full", "disk I/O error", "readonly database", "No space"];

/// Some states have no kind of their own in diesel; their messages are stable in both databases.
fn from_message(
    kind: DatabaseErrorKind,
    info: Box<dyn diesel::result::DatabaseErrorInformation + Send + Sync>,
) -> Error {
    let message = info.message();
    if message.contains("database is locked") || message.contains("database table is locked") {
        Error::Busy
    } else if message.contains("deadlock detected") || message.contains("could not serialize") {
        Error::Conflict
    } else if UNWRITABLE.iter().any(|words| message.contains(words)) {
        Error::ReadOnly(message.into())
    } else {
        Error::Other(Diesel::DatabaseError(kind, info))
    }
}

/// An error of a use case that may carry a database error inside, so that conflicts can be tried again.
pub trait Failure: From<Error> {
    fn store_error(&self) -> Option<&Error>;
}

impl Failure for Error {
    fn store_error(&self) -> Option<&Error> {
        Some(self)
    }
}

impl Failure for anyhow::Error {
    fn store_error(&self) -> Option<&Error> {
        self.downcast_ref()
    }
}
