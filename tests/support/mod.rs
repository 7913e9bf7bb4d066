//! What black-box tests stand on: a fresh database for each test, the real server on a free port, and a client.
//!
//! A test is a plain function over a [`World`] (a database with a running server), a [`Database`] (without a server)
//! or an [`Empty`] one, named by [`on_both!`], which runs it on SQLite and on PostgreSQL. Helpers that act through public routes are
//! methods of [`Client`]; builders that write to the database live in [`build`]; a test says by its calls which it is.

pub mod build;
pub mod chrome;
mod client;
mod database;
mod every_table;
mod postgres;
pub mod process;
pub mod program;
pub mod sheet;
mod small;
pub mod smtp;
mod world;

pub use client::{Answer, Ask, Client};
pub use database::{Database, Empty};
pub use every_table::a_row_in_every_table;
pub use process::Server;
pub use small::{SMALL, small, small_with};
pub use world::World;

/// Makes each function two tests, `sqlite::NAME` and `postgresql::NAME`. A function that is not named here is dead
/// code, which fails the build.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test]
            fn $name() {
                $crate::support::on_sqlite(super::$name);
            })+
        }
        mod postgresql {
            $(#[test]
            fn $name() {
                $crate::support::on_postgresql(super::$name);
            })+
        }
    };
}
pub(crate) use on_both;

/// What a test can be given, made from an empty migrated database.
pub trait Stage {
    fn set(database: Database) -> Self;
}

pub fn on_sqlite<S: Stage>(test: fn(S)) {
    test(S::set(Database::sqlite()));
}

pub fn on_postgresql<S: Stage>(test: fn(S)) {
    match Database::postgresql() {
        Ok(database) => test(S::set(database)),
        Err(why) => skipped(why),
    }
}

/// Says what was left out, past the test harness, which swallows what passing tests print. In CI nothing may be
/// left out.
pub fn skipped(why: &str) {
    use std::io::Write;
    assert!(std::env::var_os("CI").is_none(), "left out, which CI does not allow: {why}");
    let name = std::thread::current().name().unwrap_or("a test").to_owned();
    writeln!(std::io::stderr(), "skipped: {name}: {why}").expect("standard error takes text");
}
