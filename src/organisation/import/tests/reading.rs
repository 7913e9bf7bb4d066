//! What is read, and what is refused.

use std::io::Cursor;

use super::table;
use crate::organisation::import::read::{self, Encoding, ReadError, Separator};

#[track_caller]
fn refused(bytes: impl AsRef<[u8]>) -> String {
    read::table(Cursor::new(bytes)).unwrap_err().to_string()
}

#[test]
fn encoding_and_separator_are_found_by_themselves() {
    let check = |bytes: &[u8], encoding, separator| {
        let table = read::table(Cursor::new(bytes)).unwrap();
        assert_eq!((table.form.encoding, table.form.separator), (encoding, separator));
        assert_eq!(table.header.iter().collect::<Vec<_>>(), ["id", "näme"]);
        assert_eq!(table.rows[0].fields.iter().collect::<Vec<_>>(), ["1", "Åsa, \"Ö\""]);
        assert_eq!(table.rows[0].line, 2);
    };
    check("id,näme\n1,\"Åsa, \"\"Ö\"\"\"\n".as_bytes(), Encoding::Utf8, Separator::Comma);
    check("\u{feff}id;näme\r\n1;\"Åsa, \"\"Ö\"\"\"\r\n".as_bytes(), Encoding::Utf8, Separator::Semicolon);
    check("id\tnäme\r1\t\"Åsa, \"\"Ö\"\"\"\r".as_bytes(), Encoding::Utf8, Separator::Tab);
    let latin: Vec<u8> = "id;näme\n1;\"Åsa, \"\"Ö\"\"\"".chars().map(|c| c as u8).collect();
    check(&latin, Encoding::Windows1252, Separator::Semicolon);
}

#[test]
fn a_character_cut_by_the_end_of_a_chunk_is_still_utf8() {
    for shift in 0..4 {
        let long = format!("id\n{}{}", "x".repeat(shift), "å\n".repeat(100_000));
        assert_eq!(table(&long).form.encoding, Encoding::Utf8);
    }
    let cut = &"id\nå".as_bytes()[..4];
    assert_eq!(read::table(Cursor::new(cut)).unwrap().form.encoding, Encoding::Windows1252);
}

#[test]
fn lines_count_also_within_quotes_and_empty_rows_do_not_matter() {
    let table = table("id,name\n1,\"two\nlines\"\n\n,\n , \n\n2,b\n");
    let rows: Vec<_> = table.rows.iter().map(|row| (row.line, row.fields[0].to_owned())).collect();
    assert_eq!(rows, [(2, "1".to_owned()), (8, "2".to_owned())]);
}

#[test]
fn what_is_no_csv_is_refused_in_words() {
    insta::assert_snapshot!(refused(""), @"the file is empty; the first line must name the columns");
    insta::assert_snapshot!(refused("\n;;\n\n"), @"the file is empty; the first line must name the columns");
    insta::assert_snapshot!(refused(b"PK\x03\x04xl/workbook.xml"), @"the file is a spreadsheet; save it as CSV (UTF-8) and import that");
    insta::assert_snapshot!(refused(b"\xff\xfei\0d\0"), @"the file is UTF-16; save it as CSV (UTF-8) and import that");
    insta::assert_snapshot!(refused(b"id;name\n1;\0\n"), @"the file is not text; give a CSV file in UTF-8 or Windows-1252");
}

#[test]
fn every_bound_is_held() {
    let rows = "id\n".to_owned() + &"x\n".repeat(read::MAX_ROWS);
    assert_eq!(table(&rows).rows.len(), read::MAX_ROWS);
    insta::assert_snapshot!(refused(rows + "x\n"), @"the file has more than 200000 rows; divide it");
    let field = format!("id\n{}\n", "å".repeat(read::MAX_FIELD));
    assert_eq!(table(&field).rows.len(), 1);
    insta::assert_snapshot!(refused(format!("id\n\n{}x", "å".repeat(read::MAX_FIELD))), @"line 3: a field is longer than 10000 characters; is a quotation mark missing?");
    insta::assert_snapshot!(refused(format!("id\n1\n\"{}", "a,b\n".repeat(1_000_000))), @"line 3: the row is longer than 1 MiB; is a quotation mark missing?");
    insta::assert_snapshot!(refused(",".repeat(read::MAX_COLUMNS)), @"the file has more than 200 columns; is it the right file?");
}

/// Gives zeros, or spaces, for ever, and counts.
struct Endless {
    byte: u8,
    given: u64,
}

impl std::io::Read for &mut Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        buffer.fill(self.byte);
        self.given += buffer.len() as u64;
        Ok(buffer.len())
    }
}

impl std::io::Seek for &mut Endless {
    fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
        Ok(0)
    }
}

#[test]
fn a_file_without_an_end_is_not_read_to_its_end() {
    let mut spaces = Endless { byte: b' ', given: 0 };
    assert!(matches!(read::table(&mut spaces), Err(ReadError::TooLarge)));
    assert!(spaces.given <= read::MAX_BYTES + 64 * 1024);
}
