//! `varjedag publish` and `varjedag diff` as an operator uses them.

use tempfile::TempDir;

use crate::support::program::{Ran, good, plain, program, ran, refused};
use crate::support::{SMALL, World, build, on_both, small_with};

on_both![
    a_version_is_tried_and_then_published,
    a_version_that_somebody_overtook_is_refused,
    two_directories_are_compared_for_whom
];

fn run(database: &str, args: &[&str]) -> Ran {
    ran(program().args(args).env("DATABASE_URL", database))
}

/// The small curriculum in which leaders need not lead the team.
fn shorter() -> TempDir {
    small_with("required: [\"mata\", \"leda\"]", "required: [\"mata\"]")
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
    let tried = good(publish(&["publish", plain(new.path()), "--dry-run"]));
    assert!(tried.contains("; nothing was changed.\ndoses\n  ~ ledare (Förbättringsledare)\n"), "{tried}");
    assert!(tried.contains("1 of 1 people get another path: 0 get more hours, 1 fewer"), "{tried}");
    assert!(tried.contains("Course days needed: -1 (20 seats on each).\nCost: -14800 kronor.\n"), "{tried}");
    assert!(tried.contains("1 would get a mail"), "{tried}");
    let done = good(publish(&["publish", plain(new.path()), "--note", "Kortare", "--format", "json"]));
    let done: serde_json::Value = serde_json::from_str(&done).expect("JSON");
    assert_eq!((&done["published"], &done["told"], &done["impact"]["less"]), (&true.into(), &1.into(), &1.into()));
    assert!(good(publish(&["publish", plain(new.path())])).starts_with("Nothing has changed since"));
}

fn a_version_that_somebody_overtook_is_refused(world: World) {
    with_a_leader(&world);
    let new = shorter();
    let publish = |args: &[&str]| run(world.url(), &[&["publish", plain(new.path())], args].concat());
    refused(publish(&["--after", "1999.1"]), "the published version is now ");
    refused(publish(&["--credit", "intro=borta"]), "\"intro\" cannot count as \"borta\"");
    let (code, _, err) = publish(&["--dose", "ledare=nobody"]);
    assert!(code == Some(2) && err.contains("everyone, not-started or new-assignments"), "{err}");
    let kept = good(publish(&["--dose", "ledare=new-assignments"]));
    assert!(kept.contains("Nobody's path changes (1 people)."), "{kept}");
}

fn two_directories_are_compared_for_whom(world: World) {
    with_a_leader(&world);
    let new = shorter();
    let told = good(run("", &["diff", SMALL, plain(new.path()), "--database", world.url()]));
    assert!(told.contains("required: no longer leda"), "{told}");
    assert!(told.contains("1 of 1 people get another path: 0 get more hours, 1 fewer"), "{told}");
    assert!(told.contains("Course days needed: -1 (20 seats on each).\nCost: -14800 kronor.\n"), "{told}");
    let settings = new.path().join("settings.toml");
    std::fs::write(&settings, "[planning]\nparticipants = 8\nhour_price = 100\ncourse_day_price = 0\n")
        .expect("a file");
    let settings = settings.to_str().expect("a path");
    let told = good(run("", &["diff", SMALL, plain(new.path()), "--database", world.url(), "--config", settings]));
    assert!(told.contains("(8 seats on each).\nCost: -700 kronor.\n"), "{told}");
}
