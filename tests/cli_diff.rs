//! `varjedag diff` as a person and a program use it.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/small");

fn diff(old: &Path, new: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_varjedag"));
    let output = command.arg("diff").args([old, new]).args(args).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// The small curriculum with one text replaced in its modules.
fn changed(from: &str, to: &str) -> TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    for entry in fs::read_dir(SMALL).expect("the small curriculum") {
        let entry = entry.expect("a file");
        let text = fs::read_to_string(entry.path()).expect("a text");
        fs::write(directory.path().join(entry.file_name()), text.replace(from, to)).expect("a file");
    }
    directory
}

#[test]
fn a_change_is_told_in_words_and_as_json() {
    let new = changed("hours: 14", "hours: 10.5");
    let (code, out, err) = diff(Path::new(SMALL), new.path(), &[]);
    let expected = "modules\n  ~ coacha (Coacha team)\n      hours: 14 → 10.5\n";
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), expected, ""));
    let (_, out, _) = diff(Path::new(SMALL), new.path(), &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(json[0]["fields"][0]["to"], "10.5");
}

#[test]
fn the_same_is_told_to_be_the_same() {
    let (code, out, _) = diff(Path::new(SMALL), Path::new(SMALL), &[]);
    assert_eq!((code, out.as_str()), (Some(0), "nothing has changed\n"));
}

#[test]
fn a_curriculum_with_errors_is_not_compared() {
    let new = changed("hours: 14", "hours: -1");
    let (code, out, err) = diff(Path::new(SMALL), new.path(), &[]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("cannot be compared, it has 1 error: run `varjedag check "), "{err}");
}
