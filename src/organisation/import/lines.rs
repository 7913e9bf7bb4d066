//! Which line a record begins on, and a stop for records without an end.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Read};

use super::read::MAX_ROW_BYTES;

/// Counts lines on the way to the CSV reader, and stops a record without an end, which that would gather in memory.
pub struct Metered<'a, R> {
    pub inner: R,
    pub lines: &'a RefCell<Lines>,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let mut lines = self.lines.borrow_mut();
        lines.feed(&buffer[..n]);
        if lines.since_record > MAX_ROW_BYTES { Err(io::ErrorKind::InvalidData.into()) } else { Ok(n) }
    }
}

/// Where lines begin. The CSV reader's own count leaves out a lone CR and places a record before the empty lines
/// that precede it.
#[derive(Default)]
pub struct Lines {
    offset: u64,
    /// Complete lines so far.
    ended: u64,
    /// Something stands on the line already.
    begun: bool,
    after_cr: bool,
    since_record: usize,
    /// Offset and number, 1 first, of the lines that are not empty, from the last record's on.
    starts: VecDeque<(u64, u64)>,
}

impl Lines {
    fn feed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\n' if self.after_cr => self.after_cr = false,
                b'\n' | b'\r' => {
                    self.ended += 1;
                    self.begun = false;
                    self.after_cr = *byte == b'\r';
                }
                _ => {
                    if !self.begun {
                        self.starts.push_back((self.offset, self.ended + 1));
                    }
                    self.begun = true;
                    self.after_cr = false;
                }
            }
            self.offset += 1;
        }
        self.since_record += bytes.len();
    }

    /// The line of the first record that begins at `offset` or after it.
    pub fn of_record(&mut self, offset: u64) -> u64 {
        self.since_record = 0;
        while self.starts.front().is_some_and(|(start, _)| *start < offset) {
            self.starts.pop_front();
        }
        self.starts.front().map_or(self.ended + 1, |(_, line)| *line)
    }
}
