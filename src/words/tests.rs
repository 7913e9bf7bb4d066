//! The laws of messages: both languages complete and alike, every key used, every used key there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use fluent_bundle::FluentResource;

use super::{
    catalogue::{ENGLISH, SWEDISH, keys},
    *,
};
use crate::curriculum::model::Language;

/// Key → names of its variables, over all rooms of a language.
fn variables(rooms: &[(&'static str, &'static str)]) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut found: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (_, source) in rooms {
        let mut key = "";
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some(next) = keys(line).next() {
                key = next;
            }
            let names = line.split('$').skip(1).filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
            found.entry(key).or_default().extend(names);
        }
    }
    found.remove("");
    found
}

/// Every source file and template of the crate.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ext| ext == "rs" || ext == "hbs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

#[test]
fn every_file_is_read_without_errors_and_no_key_is_written_twice() {
    for rooms in [SWEDISH, ENGLISH] {
        let mut seen = BTreeSet::new();
        for (room, source) in rooms {
            let read = FluentResource::try_new((*source).to_owned());
            assert!(read.is_ok(), "{room}: {:?}", read.err().map(|(_, errors)| errors));
            for key in keys(source) {
                assert!(seen.insert(key), "{key} is written twice");
                assert!(key.starts_with(&format!("{room}-")), "{key} in {room}.ftl should begin with {room}-");
            }
        }
    }
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_variables() {
    let (sv, en) = (variables(SWEDISH), variables(ENGLISH));
    assert!(!sv.is_empty());
    for key in sv.keys().chain(en.keys()) {
        assert_eq!(sv.get(key), en.get(key), "{key} differs between sv and en");
    }
}

#[test]
fn every_key_is_used_somewhere_as_a_whole_literal() {
    let sources = sources();
    for key in variables(SWEDISH).keys() {
        let literal = format!("\"{key}\"");
        assert!(sources.iter().any(|(_, text)| text.contains(&literal)), "{key} is used nowhere: remove it");
    }
}

#[test]
fn every_key_that_is_asked_for_exists() {
    let known = variables(SWEDISH);
    for (path, text) in sources().iter().filter(|(path, _)| !path.ends_with("words/tests.rs")) {
        for key in asked_for(path, text) {
            assert!(known.contains_key(key), "{}: there is no message {key}", path.display());
        }
    }
}

/// Keys in `{{t "…"}}` and `(t "…")` of templates, and in the calls of [`KEYED`] in code.
fn asked_for<'a>(path: &Path, text: &'a str) -> Vec<&'a str> {
    if path.extension().is_some_and(|ext| ext == "hbs") {
        let starts = ["{{t ", "(t ", "{{~t "];
        let rests = starts.iter().flat_map(|start| text.split(start).skip(1));
        return rests.filter_map(|rest| rest.strip_prefix('"')?.split('"').next()).collect();
    }
    let calls = KEYED.iter().flat_map(|call| text.match_indices(call).map(|(at, call)| (at, at + call.len())));
    calls.filter(|(at, _)| is_code(text, *at)).filter_map(|(_, from)| last_literal(arguments(&text[from..]))).collect()
}

/// Functions whose last literal is a key.
const KEYED: [&str; 6] = ["words::text(", "words::plain(", ".named(", "errors.add(", "errors.require(", " done("];

fn is_code(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    !line.trim_start().starts_with("//") && !line.contains("fn ")
}

/// What stands before the parenthesis that closes the call.
fn arguments(rest: &str) -> &str {
    let mut depth = 1;
    let end = rest.find(|c| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0
    });
    &rest[..end.unwrap_or(rest.len())]
}

/// The last literal that looks like a key; the names of arguments have no hyphen.
fn last_literal(arguments: &str) -> Option<&str> {
    let like_a_key = |text: &&str| {
        text.contains('-') && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    arguments.split('"').skip(1).step_by(2).filter(like_a_key).last()
}

#[test]
fn keys_are_found_wherever_they_are_asked_for() {
    let check = |path: &str, text, expected: &[&str]| assert_eq!(asked_for(Path::new(path), text), expected, "{text}");
    check(
        "a.hbs",
        r#"{{t "team-title"}} {{part "web/field" label=(t "team-name" n=1)}}"#,
        &["team-title", "team-name"],
    );
    check("a.rs", r#"words::text(of(chrome), "team-title", &[("n", 1.into())])"#, &["team-title"]);
    check("a.rs", r#"Ok(_) => done(&format!("/a/{id}"), "team-saved"), Err(_) => other("web-x")"#, &["team-saved"]);
    check("a.rs", r#"    // errors.add("name", "team-name")"#, &[]);
}

#[test]
fn an_unknown_key_is_seen_by_everyone() {
    assert_eq!(text(Language::Sv, "no-such-key", &[]), "⟦no-such-key⟧");
}

#[test]
fn plurals_follow_the_language() {
    let check = |language, count: i64, expected: &str| {
        assert_eq!(text(language, "web-results", &[("count", count.into())]), expected);
    };
    check(Language::Sv, 1, "1 träff");
    check(Language::Sv, 0, "0 träffar");
    check(Language::En, 1, "1 result");
    check(Language::Sv, 12345, "12\u{a0}345 träffar");
}
