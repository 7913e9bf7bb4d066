//! A database that cannot be written to: a change is refused in words, nothing is half written, reading goes on, and
//! all is well again without a restart once there is room.

use std::process::Command;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use varjedag::store::Error;

use super::scene::{Developer, Scene};
use crate::support::build::Person;
use crate::support::process::free_address;
use crate::support::{Database, Server, Stage, on_postgresql, skipped};

/// The quota is a limit on the size of files that the system holds for this process alone: works for every user and
/// every file system.
#[test]
fn sqlite_with_a_full_disk() {
    let scene = Scene::set(Database::sqlite());
    if Command::new("prlimit").arg("--version").output().is_err() {
        return skipped("the program prlimit is not installed (package util-linux)");
    }
    let people = scene.people(20);
    let mut shell = Command::new("/bin/sh");
    // Without the trap the system would end the process at the first octet too many.
    shell.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_varjedag")]);
    let mut server = Server::start_through(shell, &scene.database, scene.sink.address, free_address(), 3);
    server.wait_until_ready();
    let developer = scene.developer(server.client());
    let limit = |octets: &str| {
        let (id, limit) = (server.id().to_string(), format!("--fsize={octets}:"));
        assert!(Command::new("prlimit").args(["--pid", &id, &limit]).status().expect("prlimit runs").success());
    };
    goes_on(&scene, &server, &developer, &people[..10]);
    limit("8192");
    is_refused_in_words(&scene, &server, &developer, &people[10..]);
    assert_eq!(scene.enrolled().len(), 10);
    limit("unlimited");
    goes_on(&scene, &server, &developer, &people[10..]);
}

/// As after a change of leaders, or when an operator or the provider makes a full database read-only.
#[test]
fn postgresql_that_has_become_read_only() {
    on_postgresql(|scene: Scene| {
        let people = scene.people(10);
        let server = Server::ready(&scene.database, &scene.sink, 3);
        let developer = scene.developer(server.client());
        make_read_only(&scene, true);
        is_refused_in_words(&scene, &server, &developer, &people);
        assert!(scene.enrolled().is_empty());
        make_read_only(&scene, false);
        goes_on(&scene, &server, &developer, &people);
    });
}

fn is_refused_in_words(scene: &Scene, server: &Server, developer: &Developer, people: &[Person]) {
    let answer = developer.enrol(scene, people).unwrap();
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert_eq!(answer.header("retry-after"), "5");
    assert!(answer.text("h1").contains("upptagen"), "{}", answer.body);
    let board = developer.open_board(scene);
    assert_eq!(board.status, 200, "reading goes on: {}", server.log());
    scene.assert_no_half_change();
}

fn goes_on(scene: &Scene, server: &Server, developer: &Developer, people: &[Person]) {
    let before = scene.enrolled().len();
    let answer = developer.enrol(scene, people).unwrap();
    assert_eq!(answer.status, 303, "{} {}", answer.body, server.log());
    assert_eq!(scene.enrolled().len(), before + people.len());
    scene.wait_until_all_is_sent(Duration::from_secs(60));
    scene.assert_no_half_change();
}

/// For every connection from now on; the ones there are end, as when a server gives way to another.
fn make_read_only(scene: &Scene, read_only: bool) {
    let name = scene.database.url.split(['/', '?']).nth(3).expect("a database's name");
    let setting = format!("ALTER DATABASE {name} SET default_transaction_read_only = {read_only}");
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                  WHERE datname = current_database() AND pid <> pg_backend_pid()";
    // Outside the default, so that it can be taken back.
    let writable = "SET TRANSACTION READ WRITE";
    let started = Instant::now();
    let work = |conn: &mut varjedag::store::Conn| {
        diesel::sql_query(writable).execute(conn)?;
        diesel::sql_query(&setting).execute(conn)?;
        diesel::sql_query(others).execute(conn)?;
        Ok::<_, Error>(())
    };
    scene.store().write(work).unwrap();
    // Once more after the commit: a connection made meanwhile has the old setting.
    scene.store().read(|conn| Ok::<_, Error>(diesel::sql_query(others).execute(conn)?)).unwrap();
    assert!(started.elapsed() < Duration::from_secs(10));
}
