//! `varjedag new` as a person uses it, also with files that mean no good.

use std::fs;
use std::path::Path;

use crate::support::program::{self, Ran, good, program, ran};

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

/// A zip archive of files that are only stored.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let crc = |bytes: &[u8]| {
        !bytes.iter().fold(!0u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
        })
    };
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let sizes = [crc(text.as_bytes()), text.len() as u32, text.len() as u32].map(u32::to_le_bytes).concat();
        let names = [name.len() as u16, 0].map(u16::to_le_bytes).concat();
        let offset = (out.len() as u32).to_le_bytes();
        out.extend(
            [b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0", &sizes[..], &names, name.as_bytes(), text.as_bytes()].concat(),
        );
        let head = [b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0", &sizes[..], &names, &[0; 10], &offset, name.as_bytes()];
        directory.extend(head.concat());
    }
    let count = (files.len() as u16).to_le_bytes();
    let ends = [(directory.len() as u32).to_le_bytes(), (out.len() as u32).to_le_bytes()].concat();
    [out, directory, [b"PK\x05\x06\0\0\0\0", &count[..], &count, &ends, &[0, 0]].concat()].concat()
}

fn workbook(sheet: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>"#
    );
    archive(&[
        ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Kurser" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
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
    let text = |cell: &str, text: &str| format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let sheet = [
        format!(r#"<row r="1">{}{}{}</row>"#, text("A1", "id"), text("B1", "titel"), text("C1", "timmar")),
        format!(r#"<row r="2">{}{}<c r="C2"><v>3.5</v></c></row>"#, text("A2", "intro"), text("B2", "Introduktion")),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("catalogue.xlsx"), workbook(&sheet.concat())).expect("written");
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
    refused(&bomb, "unpacks to more than 64 MiB");
}
