//! The rows of a spreadsheet's first sheet. Bounded, because a small archive can hold a large sheet.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

/// Largest file, in bytes.
pub const MAX_BYTES: u64 = 4 * 1024 * 1024;
/// Most that the archive may say it holds, in bytes: what is read of it takes up to four times that.
const MAX_UNPACKED: u64 = 12 * 1024 * 1024;
const MAX_ROWS: u32 = 20_000;
const MAX_COLUMNS: u32 = 200;
/// Most cells in all, empty ones to the left of a full one included.
const MAX_CELLS: usize = 400_000;

/// Why a spreadsheet is not read.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    #[error("the spreadsheet is larger than {} MiB: is it the right file?", MAX_BYTES / 1024 / 1024)]
    TooLarge,
    #[error("the spreadsheet unpacks to more than {} MiB: save it as CSV", MAX_UNPACKED / 1024 / 1024)]
    Bomb,
    #[error("the file is a broken archive, or not a spreadsheet: save it as CSV")]
    NoArchive,
    #[error("the file is not a spreadsheet (XLSX) that can be read: save it as CSV")]
    Broken,
    #[error(
        "the sheet has more than {MAX_ROWS} rows, {MAX_COLUMNS} columns or {MAX_CELLS} cells: is it the right file?"
    )]
    TooMany,
}

/// A row with its line, 1 first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    pub line: u64,
    pub cells: Vec<String>,
}

/// Whether bytes begin as a zip archive does, which a spreadsheet is.
pub fn is_sheet(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// The rows with something in them.
pub fn rows(bytes: &[u8]) -> Result<Vec<SheetRow>, SheetError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(SheetError::TooLarge);
    }
    match unpacked(bytes) {
        Some(size) if size <= MAX_UNPACKED => {}
        Some(_) => return Err(SheetError::Bomb),
        None => return Err(SheetError::NoArchive),
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| SheetError::Broken)?;
    let sheet = book.sheet_names().first().cloned().ok_or(SheetError::Broken)?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(|_| SheetError::Broken)?;
    let mut rows: Vec<SheetRow> = Vec::new();
    let mut held = 0;
    while let Some(cell) = cells.next_cell().map_err(|_| SheetError::Broken)? {
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(SheetError::TooMany);
        }
        let line = u64::from(row) + 1;
        if rows.last().is_none_or(|row| row.line != line) {
            rows.push(SheetRow { line, cells: Vec::new() });
        }
        let Some(last) = rows.last_mut() else { continue };
        let width = last.cells.len().max(column as usize + 1);
        held += width - last.cells.len();
        if held > MAX_CELLS {
            return Err(SheetError::TooMany);
        }
        last.cells.resize(width, String::new());
        last.cells[column as usize] = text;
    }
    Ok(rows)
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        // Dates and errors have no place in a catalogue.
        _ => String::new(),
    }
}

/// What a zip archive says all its files come to, in bytes; none when it is broken or of the 64-bit kind.
fn unpacked(bytes: &[u8]) -> Option<u64> {
    let end = bytes.windows(4).rposition(|mark| mark == b"PK\x05\x06")?;
    let short = |at: usize| bytes.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]));
    let long = |at: usize| bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    let mut at = long(end + 16)? as usize;
    let mut sum = 0;
    for _ in 0..short(end + 10)? {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        sum += u64::from(long(at + 24)?);
        at += 46 + usize::from(short(at + 28)?) + usize::from(short(at + 30)?) + usize::from(short(at + 32)?);
    }
    Some(sum)
}
