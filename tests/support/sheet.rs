//! Spreadsheets, as small as they can be.

use std::fmt::Write;

/// A spreadsheet with these cells: what looks like a number is one, TRUE and FALSE are what they say, and an empty cell
/// is not there, as spreadsheet programs write them.
pub fn spreadsheet(rows: &[&[&str]]) -> Vec<u8> {
    let mut sheet = String::new();
    for (row, cells) in rows.iter().enumerate() {
        write!(sheet, r#"<row r="{}">"#, row + 1).expect("text takes text");
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let place = format!("{}{}", char::from(b'A' + column as u8), row + 1);
            let written = match *cell {
                "TRUE" | "FALSE" => format!(r#"<c r="{place}" t="b"><v>{}</v></c>"#, u8::from(*cell == "TRUE")),
                number if number.parse::<f64>().is_ok() => format!(r#"<c r="{place}"><v>{number}</v></c>"#),
                text => format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#),
            };
            sheet.push_str(&written);
        }
        sheet.push_str("</row>");
    }
    workbook(&sheet)
}

/// A zip archive of files that are only stored.
pub fn archive(files: &[(&str, &str)]) -> Vec<u8> {
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

/// A spreadsheet with these rows of its first sheet, as they are written in XML.
pub fn workbook(sheet: &str) -> Vec<u8> {
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
