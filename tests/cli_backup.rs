//! `varjedag backup` and `varjedag restore` as an operator uses them: a copy taken while the server works
//! becomes a working installation, nothing that was mailed is mailed again, and nothing is overwritten by mistake.

use std::fs;
use std::path::PathBuf;

use varjedag::notices::outbox::State;
use varjedag::notices::store as outbox;
use varjedag::store::{Settings, Store};

use crate::support::program::{Ran, good, plain, program, ran, refused};
use crate::support::{Database, World, build, on_both};

on_both![mail_that_waits_is_held_when_asked];

/// The answer of the program when it works on `database`.
fn run(database: &str, args: &[&str]) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    ran(program().args(args).env("DATABASE_URL", database).current_dir(folder.path()))
}

fn states(store: &Store) -> Vec<(State, String)> {
    let rows = store.read(|conn| outbox::in_states(conn, &State::ALL, 100, 0)).expect("rows");
    rows.into_iter().map(|row| (row.state(), row.answer)).collect()
}

/// A server with somebody who has a mail that waits for tomorrow, and a copy taken while it runs.
fn copied() -> (World, PathBuf) {
    let world = World::with(Database::sqlite(), |_| {});
    build::publish_small(&world.store);
    let person = build::person(&world.store, "Pia Provsson", None);
    let payload = r#"{"kind":"achieved","module":"Modellen","next":null,"link":"/"}"#;
    build::mail(&world.store, &person, "achieved", payload, "waiting", "");
    let copy = world.folder().join("copy.sqlite");
    assert!(good(run(world.url(), &["backup", plain(&copy)])).starts_with("Wrote "));
    (world, copy)
}

#[test]
fn a_copy_taken_while_the_server_runs_restores_and_sends_nothing_of_then() {
    use std::os::unix::fs::PermissionsExt;
    let (world, copy) = copied();
    assert_eq!(fs::metadata(&copy).expect("a file").permissions().mode() & 0o777, 0o600);
    let target = world.folder().join("elsewhere/new.sqlite");
    let told = good(run(plain(&target), &["restore", plain(&copy)]));
    assert!(told.contains("Mails held: 1.") && told.contains("Send again"), "{told}");
    let store = Store::open(&Settings::new(plain(&target))).expect("it opens");
    assert_eq!(states(&store), [(State::Held, "restored".to_owned())]);
    let people = store.read(varjedag::organisation::store::everybody);
    assert_eq!(people.expect("people").len(), 1);
    let left: Vec<_> = fs::read_dir(target.parent().expect("a folder")).expect("a list").flatten().collect();
    assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().contains("restoring")), "{left:?}");
    assert_eq!(states(&world.store)[0].0, State::Waiting, "the database that was copied goes on as before");
}

#[test]
fn a_database_in_use_or_in_the_way_is_not_overwritten() {
    let (world, copy) = copied();
    let url = world.url().to_owned();
    refused(run(&url, &["backup", plain(&copy)]), "--force");
    refused(run(&url, &["backup", &url, "--force"]), "is the database itself");
    refused(run(&url, &["restore", plain(&copy)]), "--force");
    refused(run(&url, &["restore", plain(&copy), "--force"]), "stop the server");
    refused(run(&url, &["restore", &url, "--force"]), "is the database itself");
    let database = world.stop();
    build::person(&database.store, "Nils Nyttosson", None);
    let Database { store, folder, .. } = database;
    drop(store);
    let told = good(run(&url, &["restore", plain(&copy), "--force"]));
    let kept = folder.path().join("varjedag.sqlite.before-restore");
    assert!(told.contains(plain(&kept)), "{told}");
    let people = |path: &str| {
        let store = Store::open(&Settings::new(path)).expect("it opens");
        store.read(varjedag::organisation::store::everybody).expect("people").len()
    };
    assert_eq!((people(&url), people(plain(&kept))), (1, 2));
}

#[test]
fn what_is_no_database_of_ours_is_refused_and_nothing_is_left_behind() {
    let (world, copy) = copied();
    let target = world.folder().join("new.sqlite");
    let file = world.folder().join("file");
    let check = |octets: &[u8], expected: &str| {
        fs::write(&file, octets).expect("written");
        refused(run(plain(&target), &["restore", plain(&file)]), expected);
        assert!(!target.exists());
    };
    check(b"", "not SQLite");
    check(b"id;namn\n1;Prov\n", "not SQLite");
    let whole = fs::read(&copy).expect("a file");
    check(&whole[..whole.len() / 2], "not a whole database");
    check(&[&whole[..100], &[7; 8192]].concat(), "not a whole database");
    let other = world.folder().join("other.sqlite");
    let store = Store::open(&Settings::new(plain(&other))).expect("it opens");
    build::execute(&store, "CREATE TABLE other (id INTEGER)");
    drop(store);
    refused(run(plain(&target), &["restore", plain(&other)]), "something else");
    let newer = Store::open(&Settings::new(plain(&copy))).expect("it opens");
    build::execute(&newer, "INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101')");
    drop(newer);
    refused(run(plain(&target), &["restore", plain(&copy)]), "newer version");
    refused(run(plain(&target), &["restore", plain(&world.folder().join("none"))]), "no file");
    refused(run(plain(&target), &["backup", plain(&file), "--force"]), "no file");
    assert!(!target.exists());
}

fn mail_that_waits_is_held_when_asked(database: Database) {
    let person = build::person(&database.store, "Pia Provsson", None);
    build::mail(&database.store, &person, "achieved", "{}", "waiting", "");
    assert!(good(run(&database.url, &["restore", "--hold-mail"])).contains("Mails held: 1."));
    assert!(good(run(&database.url, &["restore", "--hold-mail"])).contains("No mail waited"));
    assert_eq!(states(&database.store)[0].0, State::Held);
    if database.url.starts_with("postgres") {
        refused(run(&database.url, &["restore", "copy.dump"]), "pg_restore");
        refused(run(&database.url, &["backup", "copy.dump"]), "pg_dump");
    }
}
