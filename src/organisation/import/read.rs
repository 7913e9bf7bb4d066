//! From bytes to rows of text: bounds, encoding, separator. Knows no columns.
//!
//! A file is read three times from its start, so that one that is refused has taken no memory: once for its size and
//! encoding, once for its bounds, once for its rows.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use csv::{ByteRecord, StringRecord};
use serde::Serialize;

use super::lines::{Lines, Metered};
use super::sniff::{Sniffed, sniff};

/// Largest file, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Most rows, without the header.
pub const MAX_ROWS: usize = 200_000;
/// Longest field, in characters.
pub const MAX_FIELD: usize = 10_000;
/// Most columns.
pub const MAX_COLUMNS: usize = 200;
/// Longest row, in bytes.
pub const MAX_ROW_BYTES: usize = 1024 * 1024;

/// A file's rows as text.
#[derive(Debug, Clone)]
pub struct Table {
    pub form: Form,
    pub header: StringRecord,
    /// Rows with at least one character in them.
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone)]
pub struct Row {
    /// The line it begins on, 1 first.
    pub line: u64,
    pub fields: StringRecord,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Form {
    pub encoding: Encoding,
    pub separator: Separator,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Encoding {
    #[serde(rename = "UTF-8")]
    Utf8,
    /// What older Swedish systems write; assumed when the bytes are no UTF-8.
    #[serde(rename = "Windows-1252")]
    Windows1252,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Separator {
    Comma,
    Semicolon,
    Tab,
}

/// Why a file cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("the file is larger than {} MiB; is it the right file?", MAX_BYTES / 1024 / 1024)]
    TooLarge,
    #[error("the file has more than {MAX_ROWS} rows; divide it")]
    TooManyRows,
    #[error("the file has more than {MAX_COLUMNS} columns; is it the right file?")]
    TooManyColumns,
    #[error("line {0}: a field is longer than {MAX_FIELD} characters; is a quotation mark missing?")]
    FieldTooLong(u64),
    #[error("line {0}: the row is longer than 1 MiB; is a quotation mark missing?")]
    RowTooLong(u64),
    #[error("the file is a spreadsheet; save it as CSV (UTF-8) and import that")]
    Spreadsheet,
    #[error("the file is UTF-16; save it as CSV (UTF-8) and import that")]
    Utf16,
    #[error("the file is not text; give a CSV file in UTF-8 or Windows-1252")]
    Binary,
    #[error("the file is empty; the first line must name the columns")]
    Empty,
    #[error("the column {0} is missing; the first line has {1}")]
    ColumnMissing(&'static str, String),
    #[error("the column {0} is there twice, as {1} and {2}; keep one")]
    ColumnTwice(&'static str, String, String),
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
}

/// Reads a whole file within the bounds.
pub fn table(mut source: impl Read + Seek) -> Result<Table, ReadError> {
    let sniffed = sniff(&mut source)?;
    scan(&mut source, &sniffed, |_, _| {})?;
    let mut records = Vec::new();
    scan(&mut source, &sniffed, |line, record| {
        if record.iter().any(|field| !field.trim_ascii().is_empty()) {
            records.push(Row { line, fields: decode(record, sniffed.form.encoding) });
        }
    })?;
    let mut rows = records.into_iter();
    let header = rows.next().ok_or(ReadError::Empty)?.fields;
    Ok(Table { form: sniffed.form, header, rows: rows.collect() })
}

/// Gives each record with its line to `each`; stops at the first bound that is broken.
fn scan(
    source: &mut (impl Read + Seek),
    sniffed: &Sniffed,
    mut each: impl FnMut(u64, &ByteRecord),
) -> Result<(), ReadError> {
    source.seek(SeekFrom::Start(sniffed.mark))?;
    let lines = RefCell::new(Lines::default());
    let metered = Metered { inner: BufReader::new(source.take(MAX_BYTES)), lines: &lines };
    let mut csv = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(match sniffed.form.separator {
            Separator::Comma => b',',
            Separator::Semicolon => b';',
            Separator::Tab => b'\t',
        })
        .from_reader(metered);
    let mut record = ByteRecord::new();
    let mut count = 0;
    loop {
        let start = csv.position().byte();
        let more = csv.read_byte_record(&mut record);
        let line = lines.borrow_mut().of_record(start);
        match more {
            Ok(false) => return Ok(()),
            Ok(true) => bounds(&record, line, sniffed.form.encoding)?,
            Err(error) => return Err(because(error, line)),
        }
        // The header is one record more.
        if count > MAX_ROWS {
            return Err(ReadError::TooManyRows);
        }
        count += 1;
        each(line, &record);
    }
}

fn bounds(record: &ByteRecord, line: u64, encoding: Encoding) -> Result<(), ReadError> {
    if record.len() > MAX_COLUMNS {
        return Err(ReadError::TooManyColumns);
    }
    let characters = |field: &[u8]| match encoding {
        // Every byte but a continuation begins a character.
        Encoding::Utf8 => field.iter().filter(|byte| **byte & 0xc0 != 0x80).count(),
        Encoding::Windows1252 => field.len(),
    };
    if record.iter().any(|field| field.len() > MAX_FIELD && characters(field) > MAX_FIELD) {
        return Err(ReadError::FieldTooLong(line));
    }
    Ok(())
}

fn because(error: csv::Error, line: u64) -> ReadError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::InvalidData => ReadError::RowTooLong(line),
        csv::ErrorKind::Io(error) => ReadError::Io(error),
        _ => ReadError::Binary,
    }
}

/// Both encodings keep ASCII, so that fields can be decoded after they were parted.
fn decode(record: &ByteRecord, encoding: Encoding) -> StringRecord {
    record.iter().map(|field| text(field, encoding)).collect()
}

fn text(field: &[u8], encoding: Encoding) -> Cow<'_, str> {
    match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(field),
        Encoding::Windows1252 => encoding_rs::WINDOWS_1252.decode_without_bom_handling(field).0,
    }
}
