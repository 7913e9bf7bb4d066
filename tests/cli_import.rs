//! `varjedag publish` and `varjedag import` as an operator uses them, also with files that mean no good.

use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::SMALL;
use crate::support::program::{Ran, program, ran};

/// A folder with a database in which the small curriculum is published.
struct Installation {
    folder: TempDir,
}

impl Installation {
    fn new() -> Installation {
        let new = Installation { folder: tempfile::tempdir().expect("a directory") };
        let (code, out, _) = new.run(&["publish", SMALL]);
        assert_eq!(code, Some(0));
        assert!(out.starts_with("Published as "), "{out}");
        new
    }

    fn run(&self, args: &[&str]) -> Ran {
        let database = self.folder.path().join("test.sqlite");
        ran(program().args(args).env("DATABASE_URL", database).current_dir(self.folder.path()))
    }

    fn file(&self, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join("file.csv");
        fs::write(&path, bytes).expect("a file");
        path
    }

    fn import(&self, what: &str, bytes: impl AsRef<[u8]>, options: &[&str]) -> Ran {
        let path = self.file(bytes);
        self.run(&[&["import", what, path.to_str().expect("a plain path")], options].concat())
    }

    /// The whole report.
    fn report(&self, what: &str, bytes: impl AsRef<[u8]>, options: &[&str]) -> Value {
        let (_, out, _) = self.import(what, bytes, &[&["--format", "json"], options].concat());
        serde_json::from_str(&out).expect("JSON")
    }
}

const UNITS: &str = "id;namn;överordnad;chefer\n1;Region Exempel;;\n2;Medicinkliniken;1;E1 E2\n";
const PEOPLE: &str = "id;namn;e-post;enhet;befattning;från\n\
                      E1;Prov Provsson;prov@exempel.se;1;Okänd;2024-08-01\n\
                      E2;Åsa Öberg;asa@exempel.se;2;;\n";

#[test]
fn nothing_changes_without_apply_and_nothing_more_the_second_time() {
    let here = Installation::new();
    let (code, out, err) = here.import("units", UNITS, &[]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!(out, @r"
    2 rows, UTF-8, parted by semicolons
    units: 2 new, 0 changed, 0 ended, 0 unchanged

    New
      1  Region Exempel
      2  Medicinkliniken under 1
    Nothing has been changed; run it again with --apply.
    ");
    insta::assert_snapshot!(err, @r#"
    warning: line 3: managers "E1" is not among the people; import people, then units once more
    warning: line 3: managers "E2" is not among the people; import people, then units once more
    "#);
    assert!(here.import("units", UNITS, &["--apply"]).1.ends_with("Done.\n"));
    assert!(here.import("people", PEOPLE, &["--apply"]).1.ends_with("Done.\n"));
    let (code, out, err) = here.import("units", UNITS, &["--apply"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(out, @r#"
    2 rows, UTF-8, parted by semicolons
    units: 0 new, 1 changed, 0 ended, 1 unchanged

    Changed
      2  Medicinkliniken
          managers: "" → "E1 E2"
    Done.
    "#);
    for (what, file) in [("units", UNITS), ("people", PEOPLE)] {
        let (code, out, _) = here.import(what, file, &["--apply", "--full"]);
        assert_eq!(code, Some(0));
        assert!(out.ends_with("Nothing to change.\n"), "{out}");
    }
}

#[test]
fn bad_rows_fail_and_stop_everything_unless_they_are_left_out() {
    let here = Installation::new();
    here.import("units", UNITS, &["--apply"]);
    let file = format!("{PEOPLE}E3;Utan adress;;2;;\nE4;Ingenstans;e4@exempel.se;99;;31/12\n");
    let (code, out, err) = here.import("people", &file, &["--apply"]);
    assert_eq!(code, Some(1));
    assert!(out.ends_with("2 rows have errors. Correct them, or leave them out with --skip-bad.\n"), "{out}");
    insta::assert_snapshot!(err, @r#"
    error: line 4: email is missing
    error: line 5: from "31/12" is not a day; write it as 2027-03-28
    "#);
    assert_eq!(here.report("people", PEOPLE, &[])["plan"]["people"]["add"].as_array().map(Vec::len), Some(2));
    let (code, out, _) = here.import("people", &file, &["--apply", "--skip-bad"]);
    assert_eq!(code, Some(0));
    assert!(out.ends_with("Done, without 2 rows that have errors.\n"), "{out}");
    assert_eq!(here.report("people", PEOPLE, &[])["plan"]["people"]["unchanged"], 2);
}

#[test]
fn windows_1252_with_crlf_and_quotes_is_read_as_it_was_meant() {
    let here = Installation::new();
    here.import("units", UNITS, &["--apply"]);
    let text = "id;namn;e-post;enhet\r\nE1;\"Åsa \"\"Ö\"\"\r\nProv–Påhitt; med semikolon\";asa@exempel.se;2\r\n";
    let bytes: Vec<u8> = text.chars().map(|c| if c == '–' { 0x96 } else { c as u8 }).collect();
    let report = here.report("people", bytes, &[]);
    assert_eq!(report["form"]["encoding"], "Windows-1252");
    assert_eq!(report["plan"]["people"]["add"][0]["name"], "Åsa \"Ö\" Prov–Påhitt; med semikolon");
}

#[test]
fn names_come_in_clean_and_formulas_do_not_come_in() {
    let here = Installation::new();
    here.import("units", UNITS, &["--apply"]);
    let file = "id,name,email,unit\nE1,\"A\u{202e}sa\u{7}\nBcc: x\",a@exempel.se,2\nE2,=1+1,b@exempel.se,2\n";
    let report = here.report("people", file, &["--skip-bad"]);
    assert_eq!(report["plan"]["people"]["add"][0]["name"], "Asa Bcc: x");
    assert_eq!(report["bad_rows"], 1);
    assert!(report["findings"][0]["reason"].as_str().expect("a reason").contains("formula"));
}

/// One sentence on stderr, nothing on stdout, exit code 1.
#[track_caller]
fn refused((code, out, err): Ran) -> String {
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(err.lines().count(), 1, "{err}");
    err.rsplit("file.csv: ").next().unwrap_or_default().trim_end().to_owned()
}

#[test]
fn what_is_no_such_file_is_refused_in_one_sentence() {
    let here = Installation::new();
    let check = |bytes: &[u8]| refused(here.import("people", bytes, &["--apply"]));
    insta::assert_snapshot!(check(b""), @"the file is empty; the first line must name the columns");
    insta::assert_snapshot!(check(b"id;namn;enhet\n"), @"the column email is missing; the first line has id, namn, enhet");
    insta::assert_snapshot!(check(b"PK\x03\x04\x14\x00"), @"the file is a spreadsheet; save it as CSV (UTF-8) and import that");
    insta::assert_snapshot!(check(b"\x7fELF\x02\x01\x00"), @"the file is not text; give a CSV file in UTF-8 or Windows-1252");
    insta::assert_snapshot!(check(format!("id\n\"{}", "a,b\n".repeat(500_000)).as_bytes()), @"line 2: the row is longer than 1 MiB; is a quotation mark missing?");
    let folder = here.folder.path().to_str().expect("a plain path");
    assert!(refused(here.run(&["import", "people", folder])).ends_with("is not a file; give a CSV file"));
    assert!(refused(here.run(&["import", "people", "nowhere.csv"])).contains("cannot open nowhere.csv"));
}

/// The most memory the program had at once when it imports the file, in KiB, and what it said.
#[cfg(target_os = "linux")]
fn peak_memory(here: &Installation) -> (u64, String) {
    let path = here.folder.path().join("file.csv");
    let mut child = program()
        .args(["import", "people"])
        .arg(path)
        .env("DATABASE_URL", here.folder.path().join("test.sqlite"))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut peak = 0;
    while child.try_wait().expect("a child").is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = now.unwrap_or(peak).max(peak);
        std::thread::sleep(Duration::from_millis(1));
    }
    let mut said = String::new();
    child.stderr.take().expect("stderr").read_to_string(&mut said).expect("UTF-8");
    (peak, said)
}

#[test]
#[cfg(target_os = "linux")]
fn a_bomb_is_refused_before_it_takes_memory() {
    let here = Installation::new();
    let header = "id;namn;e-post;enhet\n";
    let almost = 63 * 1024 * 1024;
    let long_row = format!("E1;{};a@b.se;1\n", "å".repeat(150));
    let files = [
        ("longer than 1 MiB", format!("{header}\"{}", "a;\n".repeat(almost / 3))),
        ("more than 200000 rows", format!("{header}{}", long_row.repeat(200_001))),
        ("larger than 64 MiB", "x".repeat(almost + 2 * 1024 * 1024)),
    ];
    for (expected, file) in files {
        here.file(file);
        let (peak, said) = peak_memory(&here);
        assert!(said.contains(expected), "{said}");
        assert!((1..64 * 1024).contains(&peak), "{expected}: {peak} KiB");
    }
}

#[test]
fn a_pipe_is_no_file() {
    let here = Installation::new();
    assert!(refused(here.run(&["import", "units", "/dev/zero"])).contains("is not a file"));
}
