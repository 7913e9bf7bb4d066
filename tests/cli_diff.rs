//! `varjedag diff` as a person and a program use it.

use std::path::Path;

use crate::support::program::{Ran, program, ran};
use crate::support::{SMALL, small_with};

fn diff(old: &Path, new: &Path, args: &[&str]) -> Ran {
    ran(program().arg("diff").args([old, new]).args(args))
}

#[test]
fn a_change_is_told_in_words_and_as_json() {
    let new = small_with("hours: 14", "hours: 10.5");
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
    let new = small_with("hours: 14", "hours: -1");
    let (code, out, err) = diff(Path::new(SMALL), new.path(), &[]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("cannot be compared, it has 1 error: run `varjedag check "), "{err}");
}
