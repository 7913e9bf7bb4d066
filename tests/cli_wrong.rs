//! What an operator gets wrong is told in one sentence, and leaves nothing behind.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::SMALL;
use crate::support::program::{Ran, good, program, ran, refused};

/// An empty folder, with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn run(folder: &Path, args: &[&str]) -> Ran {
    ran(program().args(args).current_dir(folder))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn whoever_only_asks_makes_no_database() {
    for args in [
        &["export", "curriculum", "--to", "ours"][..],
        &["backup", "copy.sqlite"],
        &["restore", "--hold-mail"],
        &["diff", SMALL, SMALL, "--database", "varjedag-data/varjedag.sqlite"],
    ] {
        let folder = folder(&[]);
        refused(run(folder.path(), args), "there is no file varjedag-data/varjedag.sqlite");
        assert!(names(folder.path()).is_empty(), "{args:?}: {:?}", names(folder.path()));
    }
}

#[test]
fn the_first_administrator_has_an_address_that_mail_can_reach() {
    let folder = folder(&[]);
    for wrong in ["prov", "prov@exempel", "", "prov provsson@exempel.se"] {
        refused(run(folder.path(), &["login-link", wrong]), "is not an e-mail address; write it like");
    }
    assert!(
        good(run(folder.path(), &["login-link", " prov@exempel.se "])).starts_with("http://127.0.0.1:8080/sign-in/")
    );
}

#[test]
fn what_is_no_database_is_told() {
    let check = |url: &str, expected: &str| {
        let folder = folder(&[("text", "text")]);
        refused(ran(program().arg("migrate").env("DATABASE_URL", url).current_dir(folder.path())), expected);
        assert_eq!(names(folder.path()), ["text"], "{url}");
    };
    check("mysql://varjedag:secret@db/varjedag", "mysql:// is no database known here, write postgres://… or");
    check("text/varjedag.sqlite", "no connection to the database: text: ");
    check("postgres://nobody@127.0.0.1:1/none?connect_timeout=1", "Connection refused");
}

#[test]
fn settings_that_cannot_be_read_are_told_with_where_they_stand() {
    let check = |text: &str, variable: (&str, &str), expected: &str| {
        let folder = folder(&[("varjedag.toml", text)]);
        let (code, _, err) = ran(program().arg("migrate").env(variable.0, variable.1).current_dir(folder.path()));
        assert_eq!(code, Some(1), "{err}");
        assert!(err.starts_with("error: ") && err.contains(expected), "{err}");
        assert_eq!(names(folder.path()), ["varjedag.toml"], "{text}");
    };
    let nothing = ("VARJEDAG_REGION", "Region Prov");
    check("databse = \"a\"", nothing, "error: in varjedag.toml: ");
    check("listen = \"127.0.0.1:99999\"", nothing, "is no address to listen on; write it like 127.0.0.1:8080");
    check("", ("VARJEDAG_MAIL_LEASE_SECONDS", "soon"), "error: VARJEDAG_MAIL_LEASE_SECONDS is not a whole number");
    check("", ("VARJEDAG_PUBLIC_URL", "varjedag"), "error: VARJEDAG_PUBLIC_URL is not a web address");
}

#[test]
fn settings_that_are_there_and_cannot_be_read_are_not_passed_over() {
    let folder = folder(&[]);
    fs::create_dir(folder.path().join("varjedag.toml")).expect("made");
    refused(run(folder.path(), &["migrate"]), "cannot read varjedag.toml: ");
    refused(run(folder.path(), &["migrate", "--config", "nowhere.toml"]), "cannot read nowhere.toml: ");
    assert_eq!(names(folder.path()), ["varjedag.toml"]);
}
