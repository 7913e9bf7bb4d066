//! `varjedag check` as a person and a program use it: what it prints, where, and how it exits.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::SMALL;
use crate::support::program::{Ran, plain, program, ran};

fn varjedag(args: &[&str]) -> Ran {
    ran(program().args(args))
}

fn check(directory: &Path, args: &[&str]) -> Ran {
    varjedag(&[&["check", plain(directory)], args].concat())
}

/// The small curriculum, with these files added or replaced.
fn small_with(files: &[(&str, &[u8])]) -> TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    for entry in fs::read_dir(SMALL).expect("the small curriculum") {
        let entry = entry.expect("a file");
        fs::copy(entry.path(), directory.path().join(entry.file_name())).expect("a copy");
    }
    for (name, bytes) in files {
        fs::write(directory.path().join(name), bytes).expect("a file");
    }
    directory
}

/// The codes that are told, in their order, and that it took less than `limit`.
fn codes_in_time(directory: &Path) -> Vec<String> {
    let start = Instant::now();
    let (_, out, _) = check(directory, &["--format", "json"]);
    let limit = Duration::from_secs(if cfg!(debug_assertions) { 8 } else { 1 });
    assert!(start.elapsed() < limit, "{:?}", start.elapsed());
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    let problems = answer["problems"].as_array().expect("problems");
    problems.iter().map(|problem| problem["code"].as_str().expect("a code").to_owned()).collect()
}

#[test]
fn a_sound_curriculum_is_told_in_one_line() {
    let (code, out, err) = check(Path::new(SMALL), &[]);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "8 modules, no problems\n", ""));
}

#[test]
fn errors_fail_and_show_the_place_on_stderr() {
    let directory = small_with(&[("more.ron", b"(modules: {\"x\": (hours: \"1\")})")]);
    let (code, out, err) = check(directory.path(), &[]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("error[V012]: `hours` should be a number, but is a text"), "{err}");
    let place = format!("{}:1:25", directory.path().join("more.ron").display());
    assert!(err.contains(&place), "{err}");
    assert!(err.contains("\n2 errors; `varjedag check --explain V011` tells more"), "{err}");
}

#[test]
fn warnings_fail_only_when_strict() {
    let dose = "(doses: {\"till\": (title: (sv: \"a\", en: \"a\"), within_days: 9, required: [\"intro\"])})";
    let directory = small_with(&[("more.ron", dose.as_bytes())]);
    let (code, _, err) = check(directory.path(), &[]);
    assert_eq!(code, Some(0));
    assert!(err.contains("warning[V054]: nothing has the dose `till`"), "{err}");
    assert!(err.contains("8 modules, 1 warning;"), "{err}");
    assert_eq!(check(directory.path(), &["--strict"]).0, Some(1));
}

#[test]
fn json_gives_lines_and_columns_in_characters() {
    let directory = small_with(&[("more.ron", "(legs: {\"x\": (title: (sv: \"å\", en: 1), order: 3)})".as_bytes())]);
    let (code, out, err) = check(directory.path(), &["--format", "json"]);
    assert_eq!((code, err.as_str()), (Some(1), ""));
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(answer["sound"], false);
    assert_eq!((&answer["errors"], &answer["warnings"]), (&1.into(), &0.into()));
    let problem = &answer["problems"][0];
    assert_eq!(problem["code"], "V012");
    assert_eq!(problem["severity"], "error");
    let place = ["line", "column", "end_line", "end_column"].map(|field| problem[field].as_u64());
    assert_eq!(place, [Some(1), Some(36), Some(1), Some(37)]);
    assert!(problem["file"].as_str().is_some_and(|file| file.ends_with("/more.ron")));
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_problem() {
    let text = fs::read_to_string(Path::new(SMALL).join("roles.ron")).expect("a file");
    let directory = small_with(&[("roles.ron", format!("\u{feff}{}", text.replace('\n', "\r\n")).as_bytes())]);
    assert_eq!(check(directory.path(), &["--strict"]).0, Some(0));
}

#[test]
fn a_broken_file_hides_no_other() {
    let directory = small_with(&[("a.ron", b"(modules: {"), ("b.ron", b"\xff"), ("c.ron", b"(legs: {\"x\": 1})")]);
    assert_eq!(codes_in_time(directory.path()), ["V003", "V001", "V012"]);
}

#[test]
fn bytes_that_are_not_utf8_are_told_with_their_line() {
    let directory = small_with(&[("b.ron", b"(\n  legs: {\"\xe5\": 1})")]);
    let (code, _, err) = check(directory.path(), &[]);
    assert_eq!(code, Some(1));
    assert!(err.contains("error[V001]: the file is not UTF-8: line 2, byte 12"), "{err}");
}

#[test]
fn large_and_deep_files_are_refused_in_time() {
    let directory = small_with(&[("a.ron", &vec![b'a'; 10 * 1024 * 1024]), ("b.ron", "[".repeat(10_000).as_bytes())]);
    assert_eq!(codes_in_time(directory.path()), ["V001", "V002"]);
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_refused_and_loops_end() {
    let directory = small_with(&[]);
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, directory.path().join(name)).expect("a link");
    link(".", "loop");
    link("/etc/passwd", "passwd.ron");
    link("b.ron", "a.ron");
    link("a.ron", "b.ron");
    assert_eq!(codes_in_time(directory.path()), ["V001"; 4]);
}

#[test]
fn what_is_no_curriculum_is_told_in_one_sentence() {
    let empty = tempfile::tempdir().expect("a directory");
    let file = Path::new(SMALL).join("roles.ron");
    for (directory, expected) in [
        (Path::new("/no/such/directory"), "error: there is no directory /no/such/directory: give the directory"),
        (empty.path(), "error: no .ron file in "),
        (file.as_path(), "is not a directory: give the directory"),
    ] {
        let (code, out, err) = check(directory, &[]);
        assert_eq!((code, out.as_str()), (Some(1), ""));
        assert!(err.contains(expected) && err.lines().count() == 1, "{err}");
    }
    assert_eq!(varjedag(&["check"]).0, Some(2));
}

#[test]
fn too_many_files_are_refused() {
    let directory = tempfile::tempdir().expect("a directory");
    for at in 0..501 {
        fs::write(directory.path().join(format!("{at}.ron")), "()").expect("a file");
    }
    let (code, _, err) = check(directory.path(), &[]);
    assert_eq!(code, Some(1));
    assert!(err.starts_with("error: more than 500 .ron files in "), "{err}");
}

#[test]
fn every_code_is_explained() {
    let (code, list, _) = varjedag(&["check", "--codes"]);
    assert_eq!(code, Some(0));
    assert!(list.lines().count() > 30, "{list}");
    for line in list.lines() {
        let (code, out, _) = varjedag(&["check", "--explain", &line[..4]]);
        assert_eq!(code, Some(0));
        assert!(out.starts_with(&line[..4]) && out.lines().count() >= 3, "{out}");
    }
    let (code, _, err) = varjedag(&["check", "--explain", "V999"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("`varjedag check --codes` lists them"), "{err}");
}
