//! `varjedag publish` and `varjedag diff` as an operator uses them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::support::{World, build, on_both};

on_both![
    a_version_is_tried_and_then_published,
    a_version_that_somebody_overtook_is_refused,
    two_directories_are_compared_for_whom
];

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/small");

fn run(database: &str, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_varjedag"));
    command.args(args).env("DATABASE_URL", database).output().expect("it starts")
}

fn good(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

fn refused(output: &Output, code: i32, expected: &str) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert!(told.contains(expected), "{told}");
}

/// The small curriculum in which leaders need not lead the team.
fn shorter() -> TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    for entry in fs::read_dir(SMALL).expect("the small curriculum") {
        let entry = entry.expect("a file");
        let text = fs::read_to_string(entry.path()).expect("a text");
        let text = text.replace("required: [\"mata\", \"leda\"]", "required: [\"mata\"]");
        fs::write(directory.path().join(entry.file_name()), text).expect("a file");
    }
    directory
}

fn path_of(directory: &TempDir) -> &str {
    Path::to_str(directory.path()).expect("a path")
}

/// Somebody who leads, so that a shorter dose changes something.
fn with_a_leader(world: &World) {
    build::publish_small(&world.store);
    let person = build::person(&world.store, "Led Ledsson", None);
    build::role(&world.store, &person, "ledare");
}

fn a_version_is_tried_and_then_published(world: World) {
    with_a_leader(&world);
    let (new, publish) = (shorter(), |args: &[&str]| run(world.url(), args));
    let tried = good(&publish(&["publish", path_of(&new), "--dry-run"]));
    assert!(tried.contains("; nothing was changed.\ndoses\n  ~ ledare (Förbättringsledare)\n"), "{tried}");
    assert!(tried.contains("1 of 1 people get another path: 0 get more hours, 1 fewer"), "{tried}");
    assert!(tried.contains("Course days needed: -1 (20 seats on each).\nCost: -14800 kronor.\n"), "{tried}");
    assert!(tried.contains("1 would get a mail"), "{tried}");
    let done = good(&publish(&["publish", path_of(&new), "--note", "Kortare", "--format", "json"]));
    let done: serde_json::Value = serde_json::from_str(&done).expect("JSON");
    assert_eq!((&done["published"], &done["told"], &done["impact"]["less"]), (&true.into(), &1.into(), &1.into()));
    assert!(good(&publish(&["publish", path_of(&new)])).starts_with("Nothing has changed since"));
}

fn a_version_that_somebody_overtook_is_refused(world: World) {
    with_a_leader(&world);
    let new = shorter();
    let publish = |args: &[&str]| run(world.url(), &[&["publish", path_of(&new)], args].concat());
    refused(&publish(&["--after", "1999.1"]), 1, "the published version is now ");
    refused(&publish(&["--credit", "intro=borta"]), 1, "\"intro\" cannot count as \"borta\"");
    refused(&publish(&["--dose", "ledare=nobody"]), 2, "everyone, not-started or new-assignments");
    let kept = good(&publish(&["--dose", "ledare=new-assignments"]));
    assert!(kept.contains("Nobody's path changes (1 people)."), "{kept}");
}

fn two_directories_are_compared_for_whom(world: World) {
    with_a_leader(&world);
    let new = shorter();
    let told = good(&run("", &["diff", SMALL, path_of(&new), "--database", world.url()]));
    assert!(told.contains("required: no longer leda"), "{told}");
    assert!(told.contains("1 of 1 people get another path: 0 get more hours, 1 fewer"), "{told}");
    assert!(told.contains("Course days needed: -1 (20 seats on each).\nCost: -14800 kronor.\n"), "{told}");
    let settings = new.path().join("settings.toml");
    fs::write(&settings, "[planning]\nparticipants = 8\nhour_price = 100\ncourse_day_price = 0\n").expect("a file");
    let settings = settings.to_str().expect("a path");
    let told = good(&run("", &["diff", SMALL, path_of(&new), "--database", world.url(), "--config", settings]));
    assert!(told.contains("(8 seats on each).\nCost: -700 kronor.\n"), "{told}");
}
