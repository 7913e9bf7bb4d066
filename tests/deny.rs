//! What the program is built from is what deny.toml allows: licences, sources, and no crate that is banned.
//!
//! `cargo deny check` says the same and knows the advisories too, but is seldom installed; this needs only cargo.

use std::collections::BTreeSet;
use std::env::consts::ARCH;
use std::process::Command;

use serde_json::Value;
use toml::Table;

const DENY: &str = include_str!("../deny.toml");
const INDEX: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Every crate of Cargo.lock that is built here.
fn packages() -> Vec<Value> {
    let rules = rules();
    let targets = rules["graph"]["targets"].as_array().expect("targets").iter().filter_map(|target| target.as_str());
    let here = targets.into_iter().find(|target| target.starts_with(ARCH)).expect("deny.toml names this machine");
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", here]);
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

fn rules() -> Table {
    DENY.parse().expect("TOML")
}

fn allowed() -> BTreeSet<String> {
    let rules = rules();
    let list = rules["licenses"]["allow"].as_array().expect("a list");
    list.iter().map(|licence| licence.as_str().expect("an identifier").to_owned()).collect()
}

fn name(package: &Value) -> &str {
    package["name"].as_str().expect("a name")
}

#[test]
fn every_crate_has_a_licence_that_is_allowed_and_no_licence_is_allowed_in_vain() {
    let (allowed, packages) = (allowed(), packages());
    assert!(packages.len() > 200, "only {} crates were read", packages.len());
    let licence = |package: &Value| package["license"].as_str().unwrap_or("none").to_owned();
    let wrong: Vec<String> = packages
        .iter()
        .filter(|package| !is_allowed(&licence(package), &allowed))
        .map(|package| format!("{}: {}", name(package), licence(package)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let named: BTreeSet<String> = packages.iter().flat_map(|package| words(&licence(package))).collect();
    let vain: Vec<&String> = allowed.iter().filter(|licence| !named.contains(*licence)).collect();
    assert!(vain.is_empty(), "{vain:?}");
}

#[test]
fn every_crate_comes_from_the_package_index_and_none_is_banned() {
    let rules = rules();
    let banned: Vec<&str> = rules["bans"]["deny"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|ban| ban["crate"].as_str().expect("a crate"))
        .collect();
    for package in packages() {
        let (name, version) = (name(&package), package["version"].as_str().expect("a version"));
        let source = package["source"].as_str();
        assert!(source.is_none_or(|source| source == INDEX), "{name}: {source:?}");
        let ban = banned.iter().find(|ban| is_banned(ban, name, version));
        assert_eq!(ban, None, "{name} {version}");
    }
}

/// Identifiers, operators and parentheses of a licence expression (SPDX); a slash is the old form of OR.
fn words(expression: &str) -> Vec<String> {
    let spaced =
        expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "\u{a0}WITH\u{a0}");
    spaced.split(' ').filter(|word| !word.is_empty()).map(|word| word.replace('\u{a0}', " ")).collect()
}

fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let words = words(expression);
    let mut at = 0;
    any(&words, &mut at, allowed) && at == words.len()
}

fn any(words: &[String], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut fits = all(words, at, allowed);
    while words.get(*at).is_some_and(|word| word == "OR") {
        *at += 1;
        fits |= all(words, at, allowed);
    }
    fits
}

fn all(words: &[String], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut fits = one(words, at, allowed);
    while words.get(*at).is_some_and(|word| word == "AND") {
        *at += 1;
        fits &= one(words, at, allowed);
    }
    fits
}

fn one(words: &[String], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    *at += 1;
    match words.get(*at - 1).map(String::as_str) {
        Some("(") => {
            let fits = any(words, at, allowed);
            *at += 1;
            fits
        }
        word => word.is_some_and(|word| allowed.contains(word)),
    }
}

/// `ban` is a crate's name, or `name:<version` for what is older.
fn is_banned(ban: &str, name: &str, version: &str) -> bool {
    let parts =
        |version: &str| -> Vec<u64> { version.split(['.', '-', '+']).map_while(|part| part.parse().ok()).collect() };
    match ban.split_once(':') {
        None => ban == name,
        Some((banned, older)) => {
            let older = older.strip_prefix('<').expect("only `<` is known here");
            banned == name && parts(version) < parts(older)
        }
    }
}

#[test]
fn a_licence_is_judged_as_its_expression_says() {
    let allowed = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned).into();
    let check = |expression: &str, expected| assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    check("MIT", true);
    check("GPL-3.0", false);
    check("GPL-3.0 OR MIT", true);
    check("MIT/GPL-3.0", true);
    check("MIT AND GPL-3.0", false);
    check("MIT AND (GPL-3.0 OR ISC)", true);
    check("(MIT OR GPL-3.0) AND OpenSSL", false);
    check("Apache-2.0 WITH LLVM-exception", true);
    check("Apache-2.0", false);
    check("none", false);
}

#[test]
fn a_crate_is_banned_below_a_version_or_wholly() {
    let check = |ban, name, version, expected| assert_eq!(is_banned(ban, name, version), expected, "{ban} {version}");
    check("boring", "boring", "4.0.0", true);
    check("boring", "boring-sys", "4.0.0", false);
    check("h2:<0.4", "h2", "0.3.27", true);
    check("h2:<0.4", "h2", "0.4.0", false);
    check("diesel:<2.3.10", "diesel", "2.3.9", true);
    check("diesel:<2.3.10", "diesel", "2.3.14", false);
}
