//! What README.md and docs/ say is true, as far as it can be held cheaply: commands, options, columns, settings,
//! links, and the examples of a curriculum and of what the check says about it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use varjedag::config::Config;

const README: &str = include_str!("../README.md");
const CURRICULUM: &str = include_str!("../docs/curriculum.md");
const PAGES: &[(&str, &str)] = &[
    ("README.md", README),
    ("ARCHITECTURE.md", include_str!("../ARCHITECTURE.md")),
    ("CHANGELOG.md", include_str!("../CHANGELOG.md")),
    ("docs/curriculum.md", CURRICULUM),
];

#[test]
fn the_commands_named_are_those_there_are() {
    let help = help(&[]);
    let listed = help.split("Commands:").nth(1).and_then(|rest| rest.split("Options:").next()).expect("a list");
    let there: BTreeSet<String> = listed
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect();
    let named: BTreeSet<String> = uses(README).into_iter().filter_map(|words| words.first().cloned()).collect();
    assert_eq!(named, there);
}

#[test]
fn the_options_shown_are_those_of_their_commands() {
    for (page, text) in PAGES {
        for words in uses(text) {
            let deep = words.first().is_some_and(|name| name == "import" || name == "export");
            let name: Vec<&str> = words.iter().take(if deep { 2 } else { 1 }).map(String::as_str).collect();
            let help = help(&name);
            for option in words.iter().filter(|word| word.starts_with("--")) {
                assert!(
                    help.contains(&format!("{option} ")) || help.contains(&format!("{option}\n")),
                    "{page}: {words:?}"
                );
            }
        }
    }
}

#[test]
fn the_columns_listed_are_those_that_are_read() {
    for what in ["units", "people"] {
        let heading = format!("`varjedag import {what}`:");
        let table = README.split(&heading).nth(1).expect("a table").trim_start();
        let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
        let listed: Vec<&str> = rows.filter_map(|row| row.split('`').nth(1)).collect();
        let help = help(&["import", what]);
        let read =
            help.split("others are ignored:").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("columns");
        let read: Vec<&str> = read.lines().filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(listed, read, "{what}");
    }
}

#[test]
fn every_variable_of_the_environment_is_told_and_no_other() {
    let variables = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !(c.is_ascii_uppercase() || c == '_'));
        words.filter(|word| word.starts_with("VARJEDAG_") || *word == "DATABASE_URL").map(str::to_owned).collect()
    };
    assert_eq!(variables(README), variables(include_str!("../src/config.rs")));
}

#[test]
fn the_settings_shown_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let password = folder.path().join("password");
    fs::write(&password, "secret\n").expect("written");
    let shown = block(README, "toml").replace("/etc/varjedag/smtp-password", &password.to_string_lossy());
    let file = folder.path().join("varjedag.toml");
    fs::write(&file, shown).expect("written");
    let smtp = Config::read(Some(&file)).expect("it is read").mail.smtp.expect("a mail server");
    assert_eq!(smtp.password.as_deref(), Some("secret"));
}

#[test]
fn the_whole_curriculum_shown_is_sound_and_a_slip_in_it_is_told_as_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("my/curriculum.ron");
    fs::create_dir(folder.path().join("my")).expect("made");
    fs::write(&file, block(CURRICULUM, "ron")).expect("written");
    let check = || varjedag(folder.path(), &["check", "--strict", "my"]);
    assert_eq!(text(&check().stdout), "2 modules, no problems\n");

    fs::write(&file, block(CURRICULUM, "ron").replace("builds_on: \"intro\"", "builds_on: \"intor\""))
        .expect("written");
    let told = text(&check().stderr);
    let shown = README.split("```text\n").find(|shown| shown.starts_with("error[")).expect("an error is shown");
    let shown = shown.split("```").next().unwrap_or_default();
    assert!(told.starts_with(shown), "{told}");
}

#[test]
fn the_map_of_the_house_has_every_room_and_says_why_each_dependency_is_there() {
    let map = include_str!("../ARCHITECTURE.md");
    let rooms = fs::read_dir("src").expect("the sources").flatten().filter(|entry| entry.path().is_dir());
    for room in rooms.map(|room| room.file_name().to_string_lossy().into_owned()) {
        assert!(map.contains(&format!("  {room}/ ")), "src/{room} is not on the map in ARCHITECTURE.md");
    }
    let cargo: toml::Table = toml::from_str(include_str!("../Cargo.toml")).expect("TOML");
    for section in ["dependencies", "dev-dependencies"] {
        for name in cargo[section].as_table().expect("a table").keys() {
            assert!(map.contains(&format!("`{name}`")), "ARCHITECTURE.md does not say why {name} is there");
        }
    }
}

#[test]
fn links_lead_somewhere_and_pictures_are_light() {
    for (page, text) in PAGES {
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://")) {
            let path = Path::new(page).parent().unwrap_or(Path::new("")).join(target);
            let metadata = fs::metadata(&path).unwrap_or_else(|e| panic!("{page}: {target}: {e}"));
            let picture = path.extension().is_some_and(|ending| ending == "png");
            assert!(!picture || metadata.len() < 150_000, "{target} has {} octets", metadata.len());
        }
    }
}

/// The words after each `varjedag` in code that could be typed, up to the end of the command.
fn uses(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            found.extend(used(line));
        } else {
            found.extend(line.split('`').skip(1).step_by(2).filter_map(used));
        }
    }
    found
}

fn used(code: &str) -> Option<Vec<String>> {
    let code = code.split(" #").next().unwrap_or(code);
    let mut words = code.split_whitespace().skip_while(|word| !is_program(word)).skip(1);
    let first = words.next().filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))?;
    let rest = words.map(|word| word.trim_end_matches(')').to_owned());
    Some([first.to_owned()].into_iter().chain(rest).collect())
}

/// As it is written in a shell, in a unit file and after cargo.
fn is_program(word: &str) -> bool {
    ["varjedag", "--"].contains(&word) || word.ends_with("$(varjedag") || word.ends_with("/bin/varjedag")
}

/// The first fenced block in a language.
fn block<'a>(text: &'a str, language: &str) -> &'a str {
    let inside = text.split(&format!("```{language}\n")).nth(1).expect("such a block");
    inside.split("```").next().unwrap_or_default()
}

fn help(command: &[&str]) -> String {
    let arguments: Vec<&str> = command.iter().copied().chain(["--help"]).collect();
    text(&varjedag(Path::new("."), &arguments).stdout)
}

/// In a window so wide that no help is wrapped.
fn varjedag(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_varjedag"));
    command.args(arguments).current_dir(folder).env("COLUMNS", "400").output().expect("it starts")
}

fn text(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).into_owned()
}
