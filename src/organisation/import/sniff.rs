//! How a file is written: its size, encoding and separator, without keeping any of it.

use std::io::{Read, Seek, SeekFrom};

use super::read::{Encoding, Form, MAX_BYTES, ReadError, Separator};

/// How a file is written, and where it begins.
pub struct Sniffed {
    pub form: Form,
    /// Bytes before the first character.
    pub mark: u64,
}

/// Reads all bytes once and keeps none.
pub fn sniff(source: &mut (impl Read + Seek)) -> Result<Sniffed, ReadError> {
    source.seek(SeekFrom::Start(0))?;
    let mut source = source.take(MAX_BYTES + 1);
    let mut utf8 = Utf8::default();
    let mut start = Vec::new();
    let mut total = 0;
    let mut chunk = [0; 64 * 1024];
    loop {
        let bytes = match source.read(&mut chunk)? {
            0 => break,
            n => &chunk[..n],
        };
        if start.is_empty() {
            start.extend_from_slice(bytes);
        }
        total += bytes.len() as u64;
        refuse_foreign(&start, bytes)?;
        utf8.feed(bytes);
    }
    if total > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    let encoding = if utf8.valid() { Encoding::Utf8 } else { Encoding::Windows1252 };
    let mark = if start.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    Ok(Sniffed { form: Form { encoding, separator: separator(&start) }, mark })
}

fn refuse_foreign(start: &[u8], bytes: &[u8]) -> Result<(), ReadError> {
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(ReadError::Spreadsheet);
    }
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        return Err(ReadError::Utf16);
    }
    if bytes.contains(&0) { Err(ReadError::Binary) } else { Ok(()) }
}

/// The separator that the first line with something on it has most of, outside quotation marks.
fn separator(start: &[u8]) -> Separator {
    let mut quoted = false;
    let mut counts = [(0, Separator::Tab), (0, Separator::Semicolon), (0, Separator::Comma)];
    for byte in start.trim_ascii_start() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            b'\t' if !quoted => counts[0].0 += 1,
            b';' if !quoted => counts[1].0 += 1,
            b',' if !quoted => counts[2].0 += 1,
            _ => {}
        }
    }
    counts.into_iter().max_by_key(|(count, _)| *count).map_or(Separator::Comma, |(_, separator)| separator)
}

/// Whether bytes that come in pieces are UTF-8.
#[derive(Default)]
struct Utf8 {
    invalid: bool,
    /// The beginning of a character whose end is in the next piece.
    rest: Vec<u8>,
}

impl Utf8 {
    fn feed(&mut self, bytes: &[u8]) {
        let mut piece = std::mem::take(&mut self.rest);
        piece.extend_from_slice(bytes);
        if let Err(error) = std::str::from_utf8(&piece) {
            self.invalid |= error.error_len().is_some();
            if !self.invalid {
                self.rest = piece.split_off(error.valid_up_to());
            }
        }
    }

    fn valid(&self) -> bool {
        !self.invalid && self.rest.is_empty()
    }
}
