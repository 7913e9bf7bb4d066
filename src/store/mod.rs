//! The only place that knows there are two databases: connection, schema, migrations, transactions.
//!
//! Rooms keep their queries in files named `store.rs`, written once against [`Conn`]. A use case reads with
//! [`Store::read`] and writes with [`Store::write`]; handlers wrap either in [`blocking`].

mod among;
pub mod audit;
pub mod backup;
mod connection;
mod error;
pub mod journal;
pub mod migrate;
pub mod schema;
#[cfg(test)]
mod tests;

pub use among::{among, named};
pub use connection::{Backend, Conn, Database, Settings, Store};
pub use error::{Error, Failure, Result};

/// One diesel expression on whichever connection it is, for what the common dialect cannot say: batch inserts.
macro_rules! on_both {
    ($conn:expr, $c:ident => $work:expr) => {
        match $conn {
            $crate::store::Conn::Sqlite($c) => $work,
            $crate::store::Conn::Postgres($c) => $work,
        }
    };
}
pub(crate) use on_both;

/// Columns of one table in the order of a row, written once: the type of the selection and the selection.
macro_rules! columns {
    ($vis:vis $name:ident: $type:ident = $table:ident { $($column:ident),+ $(,)? }) => {
        $vis type $type = ($($table::$column,)+);

        $vis const $name: $type = ($($table::$column,)+);
    };
}
pub(crate) use columns;

/// An error of a use case whose variant `Store` carries that of the database, as may one of another use case within it.
macro_rules! failure {
    ($name:ident $(, $nested:ident)?) => {
        impl $crate::store::Failure for $name {
            fn store_error(&self) -> Option<&$crate::store::Error> {
                match self {
                    $name::Store(error) => Some(error),
                    $($name::$nested(error) => $crate::store::Failure::store_error(error),)?
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use failure;

/// Asks the database for nothing, to see whether it answers.
pub fn ping(conn: &mut Conn) -> Result<()> {
    use diesel::connection::SimpleConnection;
    Ok(conn.batch_execute("SELECT 1")?)
}

/// After much has been written at once: lets PostgreSQL count what its tables hold. Until it does so by itself, within
/// a minute or so, it guesses, and reads whole tables to find thirty people. SQLite goes by the indexes.
///
/// # Errors
/// When the database cannot be reached.
pub fn count_anew(store: &Store) -> Result<()> {
    use diesel::connection::SimpleConnection;
    match store.backend() {
        Backend::Sqlite => Ok(()),
        Backend::Postgres => store.write(|conn| Ok::<_, Error>(conn.batch_execute("ANALYZE")?)),
    }
}

/// Runs database work on the thread pool for blocking work, so that no connection is held across an await.
pub async fn blocking<T, E>(
    work: impl FnOnce() -> std::result::Result<T, E> + Send + 'static,
) -> std::result::Result<T, E>
where
    T: Send + 'static,
    E: Failure + Send + 'static,
{
    match actix_web::web::block(work).await {
        Ok(result) => result,
        Err(_) => Err(Error::Stopped.into()),
    }
}
