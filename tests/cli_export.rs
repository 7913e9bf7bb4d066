//! `varjedag export curriculum` and `varjedag metrics` as an operator uses them.

use std::fs;
use std::path::Path;

use crate::support::program::{Ran, good, program, ran, refused};
use crate::support::{SMALL, World, build, on_both};

on_both![
    a_version_comes_back_as_it_was_published,
    files_that_are_there_keep_what_did_not_change,
    a_draft_is_written_as_it_stands,
];

fn run(database: &str, folder: &Path, args: &[&str]) -> Ran {
    ran(program().args(args).env("DATABASE_URL", database).current_dir(folder))
}

fn a_version_comes_back_as_it_was_published(world: World) {
    build::publish_small(&world.store);
    let folder = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| run(world.url(), folder.path(), args);
    let told = good(run(&["export", "curriculum", "--to", "new/ours"]));
    assert!(told.contains("Written: curriculum.ron, modules.ron, programme.ron, roles.ron."), "{told}");
    for name in ["curriculum.ron", "modules.ron", "programme.ron", "roles.ron"] {
        let read = |directory: &Path| fs::read_to_string(directory.join(name)).expect("a file");
        assert_eq!(read(&folder.path().join("new/ours")), read(Path::new(SMALL)));
    }
    assert_eq!(good(run(&["diff", SMALL, "new/ours"])), "nothing has changed\n");
    assert!(good(run(&["export", "curriculum", "--to", "new/ours"])).contains("nothing was written"));
    refused(run(&["export", "curriculum", "--version", "1999.9", "--to", "new"]), "there is no version 1999.9");
}

fn files_that_are_there_keep_what_did_not_change(world: World) {
    build::publish_small(&world.store);
    let folder = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| run(world.url(), folder.path(), args);
    good(run(&["export", "curriculum", "--to", "ours"]));
    let file = folder.path().join("ours/modules.ron");
    let published = fs::read_to_string(&file).expect("a file");
    let noted = published.replace("            hours: 14,", "            // Two days.\n            hours: 14,");
    fs::write(&file, noted.replace("hours: 14,", "hours: 7,")).expect("written");
    let told = good(run(&["export", "curriculum", "--to", "ours", "--format", "json"]));
    assert!(told.contains("\"written\": [\n    \"modules.ron\"\n  ],\n  \"unchanged\": 3"), "{told}");
    assert_eq!(fs::read_to_string(&file).expect("a file"), noted);
    assert_eq!(good(run(&["diff", SMALL, "ours"])), "nothing has changed\n");
    fs::write(&file, noted.replace("hours: 14,", "hours 14,")).expect("written");
    refused(run(&["export", "curriculum", "--to", "ours"]), "run `varjedag check ours`");
    assert!(fs::read_to_string(&file).expect("a file").contains("hours 14,"));
}

fn a_draft_is_written_as_it_stands(world: World) {
    build::publish_small(&world.store);
    let developer = build::person(&world.store, "Exempla Utvecklarsson", None);
    build::hat(&world.store, "developer", &developer);
    let draft = build::draft(&world.store, "Hösten", &developer);
    let client = world.sign_in(&developer);
    let cell = [("at", "role.ledare~coacha"), ("state", "required"), ("revision", "0")];
    assert_eq!(client.post(&format!("/designer/drafts/{draft}/cells"), &cell).status, 303);
    let folder = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| run(world.url(), folder.path(), args);

    let told = good(run(&["export", "curriculum", "--draft", "Hösten", "--to", "new"]));
    assert!(told.starts_with("new says what the draft \"Hösten\" says. Written: curriculum.ron,"), "{told}");
    good(run(&["check", "new"]));
    // Into the files that it began from, only what the draft has changed is written.
    good(run(&["export", "curriculum", "--to", "ours"]));
    let told = good(run(&["export", "curriculum", "--draft", &draft.to_string(), "--to", "ours", "--format", "json"]));
    assert!(told.contains("\"draft\": \"Hösten\"") && told.contains("[\n    \"roles.ron\"\n  ]"), "{told}");
    assert_eq!(good(run(&["diff", "new", "ours"])), "nothing has changed\n");
    let changed = good(run(&["diff", SMALL, "new"]));
    let page = client.get(&format!("/designer/drafts/{draft}/changed"));
    assert_eq!((changed.matches('~').count(), page.texts(".diff h3").len()), (1, 1), "{changed}");
    assert!(changed.contains("~ ledare (Förbättringsledare)") && changed.contains("required: now coacha"), "{changed}");

    refused(
        run(&["export", "curriculum", "--draft", "Våren", "--to", "x"]),
        &format!("choose one of {draft} (Hösten)"),
    );
    let other = build::draft(&world.store, "Hösten", &developer);
    let several = run(&["export", "curriculum", "--draft", "Hösten", "--to", "x"]);
    refused(several, &format!("choose one by its number, {other} (Hösten), {draft} (Hösten)"));
}

#[test]
fn nothing_published_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("new.sqlite").display().to_string();
    good(run(&database, folder.path(), &["migrate"]));
    refused(run(&database, folder.path(), &["export", "curriculum", "--to", "ours"]), "nothing is published yet");
}

#[test]
fn metrics_are_told_in_figures_and_words() {
    let told = good(run("", Path::new("."), &["metrics", SMALL]));
    let line = told.lines().find(|line| line.starts_with("intro ")).expect("the module").split_whitespace();
    assert_eq!(line.collect::<Vec<_>>().join(" "), "intro 12 7 7 5 0 holds back 7 others");
    assert!(told.lines().last().is_some_and(|line| line.starts_with("in all ")), "{told}");
    let json = good(run("", Path::new("."), &["metrics", "--format", "json", SMALL]));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["modules"][0]["id"], "intro");
    assert_eq!(json["modules"][0]["certain"], 7);
}
