//! Files that are what they say, and files that are not.

use proptest::prelude::*;

use super::*;

/// A ZIP archive of empty parts, as a document's directory looks.
fn archive(names: &[&str], size: u32) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04".to_vec();
    let start = bytes.len() as u32;
    for name in names {
        let mut entry = vec![0_u8; 46];
        entry[..4].copy_from_slice(b"PK\x01\x02");
        entry[24..28].copy_from_slice(&size.to_le_bytes());
        entry[28..30].copy_from_slice(&(name.len() as u16).to_le_bytes());
        bytes.extend(entry);
        bytes.extend(name.as_bytes());
    }
    let mut end = vec![0_u8; 22];
    end[..4].copy_from_slice(b"PK\x05\x06");
    end[10..12].copy_from_slice(&(names.len() as u16).to_le_bytes());
    end[16..20].copy_from_slice(&start.to_le_bytes());
    bytes.extend(end);
    bytes
}

const DOCX: &[&str] = &["[Content_Types].xml", "word/document.xml"];

#[test]
fn a_file_is_what_its_bytes_say() {
    let check = |name: &str, bytes: &[u8], expected| assert_eq!(judge(name, bytes), expected, "{name}");
    check("Rapport.PDF", b"%PDF-1.7 ...", Ok(Kind::Pdf));
    check("a.png", b"\x89PNG\r\n\x1a\nrest", Ok(Kind::Png));
    check("a.jpeg", b"\xff\xd8\xff\xe0rest", Ok(Kind::Jpeg));
    check("a.txt", "Vi mätte väntetiden.\r\n".as_bytes(), Ok(Kind::Text));
    check("a.docx", &archive(DOCX, 10), Ok(Kind::Docx));
    check("a.xlsx", &archive(&["xl/workbook.xml", "[Content_Types].xml"], 10), Ok(Kind::Xlsx));
}

#[test]
fn what_is_called_one_thing_and_is_another_is_refused() {
    let check = |name: &str, bytes: &[u8], expected| assert_eq!(judge(name, bytes), Err(expected), "{name}");
    check("a.pdf", b"MZ\x90\0", Slip::NotWhatItSays);
    check("a.png", b"%PDF-1.7", Slip::NotWhatItSays);
    check("a.pdf", b"<html><script>", Slip::NotWhatItSays);
    check("a.txt", b"a\0b", Slip::NotWhatItSays);
    check("a.txt", b"\xff\xfea\0", Slip::NotWhatItSays);
    check("a.txt", b"%PDF-1.7", Slip::NotWhatItSays);
    check("a.docx", &archive(&["[Content_Types].xml", "xl/workbook.xml"], 1), Slip::NotWhatItSays);
    check("a.docx", &archive(&["evil.exe"], 1), Slip::NotWhatItSays);
    check("a.docx", b"PK\x03\x04 cut off", Slip::NotWhatItSays);
    for name in ["a.html", "a.svg", "a.pdf.exe", "a", "", "a.docm", ".pdf.", "a.txt\u{0}"] {
        check(name, b"%PDF-1.7", Slip::Unknown);
    }
    check("a.pdf", b"", Slip::Empty);
    check("a.docx", &archive(&[DOCX, &["word/vbaProject.bin"]].concat(), 1), Slip::Macros);
    check("a.docx", &archive(DOCX, u32::MAX), Slip::Bomb);
}

#[test]
fn names_can_do_no_harm() {
    let check = |raw: &str, expected: &str| assert_eq!(clean_name(raw, Kind::Pdf), expected, "{raw:?}");
    check("Min rapport.pdf", "Min rapport.pdf");
    check("../../etc/passwd.pdf", "passwd.pdf");
    check("C:\\temp\\å ä ö.PDF", "å ä ö.pdf");
    check("a\"; filename=\"b.pdf", "a filename=b.pdf");
    check("x\r\nSet-Cookie: a.pdf", "x Set-Cookie a.pdf");
    check("rap\u{202e}fdp.exe.pdf", "rapfdp.exe.pdf");
    check("....pdf", "underlag.pdf");
    check("", "underlag.pdf");
    check(&format!("{}.pdf", "y".repeat(500)), &format!("{}.pdf", "y".repeat(100)));
}

#[test]
fn a_header_carries_every_name() {
    assert_eq!(attachment("Mätt.pdf"), "attachment; filename=\"M_tt.pdf\"; filename*=UTF-8''M%C3%A4tt.pdf");
}

proptest! {
    #[test]
    fn no_bytes_and_no_name_break_anything(name in "\\PC{0,40}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = judge(&name, &bytes);
        let zip: Vec<u8> = [b"PK\x03\x04".as_slice(), &bytes, b"PK\x05\x06", &bytes].concat();
        let _ = judge("a.docx", &zip);
        for kind in Kind::ALL {
            let clean = clean_name(&name, kind);
            prop_assert!(!clean.contains(['/', '\\', '"', '\r', '\n', '\0']) && clean.chars().count() <= NAME_MOST + 6);
            prop_assert!(attachment(&clean).is_ascii());
            prop_assert_eq!(clean_name(&clean, kind), clean, "cleaning again changes nothing");
        }
    }
}
