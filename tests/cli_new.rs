//! `varjedag new` as a person uses it, also with files that mean no good.

use std::fs;
use std::path::Path;

use crate::support::program::{self, Ran, good, program, ran};
use crate::support::sheet::{archive, spreadsheet, workbook};

fn run(folder: &Path, args: &[&str]) -> Ran {
    ran(program().args(args).current_dir(folder))
}

/// What is said about a file with this content.
fn refused(content: &[u8], expected: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("file"), content).expect("written");
    program::refused(run(folder.path(), &["new", "--from", "file", "--to", "ours"]), expected);
    assert!(!folder.path().join("ours").exists());
}

#[test]
fn a_catalogue_becomes_a_curriculum_that_check_accepts() {
    let folder = tempfile::tempdir().expect("a folder");
    let catalogue = "Curriculum,Korgflätning\nCourses,\nCourse ID,Course Name,Prefix,Number,Prerequisites,Corequisites,Strict-Corequisites,Credit Hours\n1,Korgar I,KO,1,,,,3\n2,Korgar II,KO,2,1,,,3\n3,Laboration,KO,2L,,2,,1\n";
    fs::write(folder.path().join("catalogue.csv"), catalogue).expect("written");
    let told = good(run(folder.path(), &["new", "--from", "catalogue.csv", "--to", "ours/korgar"]));
    assert!(told.starts_with("Wrote 3 modules to ours/korgar.\n"), "{told}");
    assert!(told.contains("the corequisite 2 of KO 2L became something it builds on"), "{told}");
    assert_eq!(good(run(folder.path(), &["check", "ours/korgar"])), "3 modules, no problems\n");
    let again = run(folder.path(), &["new", "--from", "catalogue.csv", "--to", "ours/korgar"]);
    program::refused(again, "holds a curriculum already");
}

#[test]
fn a_spreadsheet_is_read_too() {
    let sheet = spreadsheet(&[&["id", "titel", "timmar"], &["intro", "Introduktion", "3.5"]]);
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("catalogue.xlsx"), sheet).expect("written");
    let told = good(run(folder.path(), &["new", "--from", "catalogue.xlsx", "--to", "ours", "--format", "json"]));
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(told["modules"], 1);
    let modules = fs::read_to_string(folder.path().join("ours/kurser.ron")).expect("a file");
    assert!(modules.contains("hours: 3.5,"), "{modules}");
    assert_eq!(good(run(folder.path(), &["check", "ours"])), "1 modules, no problems\n");
}

#[test]
fn files_that_are_no_catalogue_are_told() {
    refused(b"", "the file is empty");
    refused(b"\x00\x01\x02\x03\xff\xfe binary \x00", "not text");
    refused(b"name;teacher\nA;B\n", "the column id is missing");
    refused(b"PK\x03\x04 and nothing more", "broken archive");
    refused(&archive(&[("readme.txt", "no sheet")]), "not a spreadsheet");
    refused(&workbook(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#), "more than 20000 rows");
    let mut bomb = archive(&[("a", "b")]);
    let directory = bomb.windows(4).position(|mark| mark == b"PK\x01\x02").expect("a directory");
    bomb[directory + 24..directory + 28].copy_from_slice(&0x7fff_ffffu32.to_le_bytes());
    refused(&bomb, "unpacks to more than 12 MiB");
}
