//! The laws of the house (ARCHITECTURE.md), read from the sources: which crate, which room, which clock goes where.
//!
//! Test files and inline test modules are free. Each breach names its file and line and says the law.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A file as the laws see it: without comments and without its inline tests.
struct Source {
    /// Relative to `src`, such as `learning/store.rs`.
    path: String,
    text: String,
}

/// A law about which files may name what.
struct Law {
    says: &'static str,
    /// Files that are free to.
    free: fn(&str) -> bool,
    /// Names, or paths of names, that all others leave alone.
    names: &'static [&'static str],
}

const LAWS: &[Law] = &[
    Law {
        says: "petgraph appears only in curriculum and engine",
        free: |path| in_room(path, &["curriculum", "engine"]),
        names: &["petgraph"],
    },
    Law {
        says: "diesel appears only in store/ and in files named store.rs",
        free: |path| file(path) == "store.rs" || path.split('/').any(|part| part == "store"),
        names: &["diesel", "diesel_migrations"],
    },
    Law {
        says: "actix appears only in web/, routes.rs, app.rs, pages.rs, api.rs and the blocking helper of store",
        free: |path| {
            in_room(path, &["web"])
                || ["routes.rs", "app.rs", "store/mod.rs"].contains(&path)
                || ["pages.rs", "api.rs"].contains(&file(path))
                || path.split('/').any(|part| part == "pages" || part == "api")
        },
        names: &["actix_web", "actix_rt", "actix"],
    },
    Law { says: "lettre appears only in notices/", free: |path| in_room(path, &["notices"]), names: &["lettre"] },
    Law {
        says: "curriculum and engine do no IO and know no clock, except curriculum/load.rs, which reads files",
        free: |path| !in_room(path, &["curriculum", "engine"]) || path == "curriculum/load.rs",
        names: &[
            "std::fs",
            "std::io",
            "std::env",
            "std::net",
            "std::process",
            "Instant",
            "SystemTime",
            "Utc",
            "Local",
            "tokio",
            "crate::clock",
            "crate::store",
            "crate::config",
        ],
    },
    Law {
        says: "curriculum and engine start no threads, except engine/impact/spread.rs, which counts people on two",
        free: |path| !in_room(path, &["curriculum", "engine"]) || path == "engine/impact/spread.rs",
        names: &["std::thread"],
    },
    Law {
        says: "only clock.rs asks what time it is; everything else is told",
        free: |path| path == "clock.rs",
        names: &["Utc::now", "Local::now", "SystemTime::now", "Instant::now", "dsl::now"],
    },
    Law {
        says: "nothing unwraps or panics: an error says what to do next, an expect why it cannot happen",
        free: |_| false,
        names: &["unwrap", "panic!", "unreachable!", "unimplemented!", "todo!"],
    },
    Law {
        says: "only the command line and the demonstration know app.rs, and nobody knows the command line",
        free: |path| in_room(path, &["cli", "demo"]) || ["main.rs", "lib.rs", "app.rs"].contains(&path),
        names: &["crate::cli", "crate::app"],
    },
];

/// The ground floors, which know no room above them.
const FLOORS: &[&str] = &["web", "store", "engine", "curriculum", "words", "clock", "config", "ids", "logging", POLICY];

/// Who may do what: pure, asked by every room, and so a floor of its own though it stands in accounts.
const POLICY: &str = "policy";

/// Not rooms: they see the whole house.
const ABOVE: &[&str] = &["cli", "demo", "api", "app", "routes", "main", "lib"];

/// Uses that point up and are meant to, with the reason.
const UPWARDS: &[(&str, &str, &str)] = &[
    ("web/session.rs", "accounts", "the doorkeeper asks accounts who comes"),
    ("web/session.rs", "routes", "the frame of a page shows the menu of who is signed in"),
];

/// Which room writes which tables.
const OWNERS: &[(&str, &[&str])] = &[
    ("attendance", &["door_codes", "part_marks", "self_ratings"]),
    ("accounts", &["hats", "sessions", "sign_in_links", "api_tokens"]),
    ("designer", &["draft_approvals", "draft_changes", "drafts", "publications"]),
    ("diary", &["calendar_links", "notes"]),
    ("diplomas", &["diplomas"]),
    ("versions", &["versions"]),
    ("courses", &["group_plans"]),
    ("learning", &["achievements", "assessments", "assessment_steps"]),
    (
        "occasions",
        &[
            "booking_log",
            "bookings",
            "days_off",
            "occasion_materials",
            "occasion_parts",
            "occasion_trainers",
            "occasions",
            "wanted_days",
        ],
    ),
    ("notices", &["outbox"]),
    ("organisation", &["absences", "assignments", "people", "unit_managers", "unit_revision", "units"]),
    (
        "recognition",
        &["attests", "evidence", "evidence_files", "recognition_delegates", "recognition_log", "recognitions"],
    ),
    ("programme", &["editions", "enrolments", "milestones"]),
    ("store", &["audit", "journal"]),
];

/// Writes into another room's table that are meant, with the reason.
const NEIGHBOURLY: &[(&str, &str, &str)] = &[
    ("accounts", "people", "the first administrator of an empty installation, and one's own language"),
    ("programme", "assignments", "an enrolment is an assignment, in the same statement of truth"),
];

#[test]
fn the_sources_keep_the_laws_of_the_house() {
    let sources = sources();
    assert!(sources.len() > 100, "only {} files were read", sources.len());
    let found = [named(&sources), upward(&sources), circles(&sources), foreign_writes(&sources)].concat();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_templates_keep_the_laws_of_the_house() {
    let found: Vec<String> =
        files("src", &["hbs", "html"]).iter().flat_map(|(path, text)| marked(path, text)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |database: &str| {
        let entries = fs::read_dir(format!("migrations/{database}")).expect("migrations").flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgresql"));
}

#[test]
fn a_planted_breach_is_found() {
    let check = |path: &str, text: &str, expected: &str| {
        let planted =
            [source(path, text), source("web/mod.rs", ""), source("notices/mod.rs", "use crate::programme::x;")];
        let found = [named(&planted), upward(&planted), circles(&planted), foreign_writes(&planted)].concat();
        assert!(found.iter().any(|breach| breach.contains(expected)), "{text:?} gave {found:?}");
    };
    check("team/mod.rs", "use petgraph::graph::DiGraph;", "team/mod.rs:1: petgraph appears only");
    check("team/service.rs", "\nfn f() { diesel::select(1) }", "team/service.rs:2: diesel appears only");
    check("team/service.rs", "use actix_web::{web, HttpResponse};", "actix appears only");
    check("team/pages.rs", "use lettre::Message;", "lettre appears only");
    check("engine/path.rs", "use std::{collections::HashMap, fs};", "no IO");
    check("engine/path.rs", "fn f(t: &std::time::Instant) {}", "know no clock");
    check("team/service.rs", "let now = chrono::Utc::now();", "only clock.rs");
    check("team/service.rs", "use crate::cli::Format;", "only the command line and the demonstration");
    check("team/service.rs", "let first = found.first().unwrap();", "team/service.rs:1: nothing unwraps");
    check("team/service.rs", "None => panic!(\"nobody\"),", "nothing unwraps or panics");
    check("web/render.rs", "use crate::learning::view;", "web knows no room");
    check("accounts/policy.rs", "use crate::accounts::store::Account;", "policy knows no room");
    check("programme/mod.rs", "use crate::{clock, notices::enqueue};", "notices → programme → notices");
    check("team/store.rs", "diesel::delete(\n  outbox::table)", "team/store.rs writes outbox");
}

#[test]
fn what_is_free_is_not_a_breach() {
    let check = |path: &str, text: &str| {
        let found = named(&[source(path, text)]);
        assert!(found.is_empty(), "{found:?}");
    };
    check("team/service.rs", "//! diesel is not used here\n/// nor Utc::now()\nfn f() {}");
    check("team/service.rs", "fn f() {}\n#[cfg(test)]\nmod tests {\n use diesel::prelude::*;\n}");
    check("team/store.rs", "use diesel::prelude::*;");
    check("engine/path.rs", "struct Instants; fn utc() {}");
    check("team/service.rs", "let first = found.first().unwrap_or(&none);");
}

#[test]
fn planted_marks_in_templates_are_found() {
    let check = |text: &str| assert_eq!(marked("team/templates/a.hbs", text).len(), 1, "{text}");
    check("<p>{{{name}}}</p>");
    check("<p style=\"color: red\">");
    check("<script>alert(1)</script>");
    check("<button onclick=\"f()\">");
    assert!(marked("team/templates/a.hbs", "<script src=\"/static/a.js\"></script><p class=\"one\">").is_empty());
    assert!(marked("notices/templates/a.html", "<p style=\"color: red\">").is_empty(), "mail has no style sheets");
}

/// Names that a law keeps out of a file.
fn named(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for law in LAWS.iter().filter(|law| !(law.free)(&source.path)) {
            let line = law.names.iter().find_map(|name| line_with(&source.text, name));
            found.extend(line.map(|line| format!("{}:{line}: {}", source.path, law.says)));
        }
    }
    found
}

/// Ground floors that know a room.
fn upward(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| FLOORS.contains(&room(&source.path))) {
        for used in uses(source) {
            let meant = UPWARDS.iter().any(|(file, room, _)| *file == source.path && *room == used);
            if !meant && !FLOORS.contains(&used.as_str()) {
                found.push(format!("{}: {} knows no room above it, but uses {used}", source.path, room(&source.path)));
            }
        }
    }
    found
}

/// Rooms that use each other, directly or by way of others.
fn circles(sources: &[Source]) -> Vec<String> {
    let mut graph: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for source in sources.iter().filter(|source| is_room(room(&source.path))) {
        graph.entry(room(&source.path)).or_default().extend(uses(source).into_iter().filter(|used| is_room(used)));
    }
    let circle = graph.keys().find_map(|start| way_back(&graph, start, &mut vec![start]));
    circle.map(|circle| format!("no circles between rooms: {circle}")).into_iter().collect()
}

fn way_back<'a>(graph: &'a BTreeMap<&str, Vec<String>>, start: &str, way: &mut Vec<&'a str>) -> Option<String> {
    let here = way.last().copied().unwrap_or_default();
    for next in graph.get(here).into_iter().flatten() {
        if next == start {
            return Some(format!("{} → {start}", way.join(" → ")));
        }
        if !way.contains(&next.as_str()) {
            way.push(next);
            if let Some(circle) = way_back(graph, start, way) {
                return Some(circle);
            }
            way.pop();
        }
    }
    None
}

/// Rows that a room writes into a table of another's.
fn foreign_writes(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let writes =
            ["insert_into(", "update(", "delete("].into_iter().flat_map(|verb| source.text.split(verb).skip(1));
        for table in writes.filter_map(|after| after.trim_start().split_once("::table").map(|(path, _)| path)) {
            let table = table.rsplit("::").next().unwrap_or(table);
            let Some((owner, _)) = OWNERS.iter().find(|(_, tables)| tables.contains(&table)) else { continue };
            let room = room(&source.path);
            let meant = NEIGHBOURLY.iter().any(|(who, what, _)| *who == room && *what == table);
            if *owner != room && !meant {
                found.push(format!("{} writes {table}, which belongs to {owner}: call its functions", source.path));
            }
        }
    }
    found
}

/// What the page kit promises about templates.
fn marked(path: &str, text: &str) -> Vec<String> {
    let mail = path.contains("notices/templates");
    let tags = || text.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or(tag));
    let handler = |tag: &str| tag.split_whitespace().skip(1).any(|word| word.starts_with("on") && word.contains("=\""));
    let laws = [
        (text.contains("{{{"), "no triple braces: what is shown is escaped"),
        (!mail && text.contains("style="), "no style attributes: the content security policy forbids them"),
        (
            tags().any(|tag| tag.starts_with("script") && !tag.contains("src=")),
            "no inline script: the policy forbids it",
        ),
        (tags().any(handler), "no event handlers in attributes: the policy forbids them"),
    ];
    laws.iter().filter(|(broken, _)| *broken).map(|(_, law)| format!("{path}: {law}")).collect()
}

/// The modules of this crate that a file names, without its own room.
fn uses(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for after in source.text.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None if after.starts_with("accounts::policy") => found.push(POLICY.to_owned()),
            Some(group) => found.extend(first_names(group)),
            None => found.push(identifier(after).to_owned()),
        }
    }
    found.retain(|used| used != room(&source.path));
    found.sort();
    found.dedup();
    found
}

/// The first name of each path in a group, up to its closing brace: `a, b::{c, d}, e::f}` gives a, b, e.
fn first_names(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut fresh) = (0, Vec::new(), true);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            _ if fresh && letter.is_alphabetic() => {
                names.push(identifier(&group[at..]).to_owned());
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

fn identifier(text: &str) -> &str {
    text.split(|letter: char| !is_word(letter)).next().unwrap_or_default()
}

/// The first line (1 first) that has `name` as whole words, also when a group of `use std::{…}` holds its end.
fn line_with(text: &str, name: &str) -> Option<usize> {
    let (head, tail) = name.split_once("::").unwrap_or((name, ""));
    let whole = |line: &str, name: &str| {
        line.match_indices(name)
            .any(|(at, _)| !line[..at].ends_with(is_word) && !line[at + name.len()..].starts_with(is_word))
    };
    let grouped = |line: &str| {
        let group = line.split_once(&format!("{head}::{{")).map(|(_, group)| group);
        group.is_some_and(|group| first_names(group).iter().any(|first| first == tail))
    };
    text.lines().position(|line| whole(line, name) || !tail.is_empty() && grouped(line)).map(|line| line + 1)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn is_room(name: &str) -> bool {
    !FLOORS.contains(&name) && !ABOVE.contains(&name)
}

fn in_room(path: &str, rooms: &[&str]) -> bool {
    rooms.contains(&room(path))
}

/// The folder under `src`, or the file's own name there; policy is its own.
fn room(path: &str) -> &str {
    if path == "accounts/policy.rs" {
        return POLICY;
    }
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

fn file(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn sources() -> Vec<Source> {
    let all = files("src", &["rs"]);
    let is_test = |path: &str| {
        let name = file(path).trim_end_matches(".rs");
        name == "tests" || name.ends_with("_tests") || name == "testing" || path.split('/').any(|part| part == "tests")
    };
    all.iter().filter(|(path, _)| !is_test(path)).map(|(path, text)| source(path, text)).collect()
}

/// The lines stay where they are, so that a breach can name its line.
fn source(path: &str, text: &str) -> Source {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let code: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap_or(line)).collect();
    Source { path: path.to_owned(), text: code.join("\n") }
}

/// All files below `directory` with one of the endings: path within it, and text.
fn files(directory: &str, endings: &[&str]) -> Vec<(String, String)> {
    let (mut found, mut left) = (Vec::new(), vec![Path::new(directory).to_path_buf()]);
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(&folder).expect("the sources are here").flatten() {
            let path = entry.path();
            if path.is_dir() {
                left.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                let inside = path.strip_prefix(directory).expect("inside").to_string_lossy().into_owned();
                found.push((inside, fs::read_to_string(&path).expect("UTF-8")));
            }
        }
    }
    found.sort();
    found
}
