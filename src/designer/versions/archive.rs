//! A version's files as one ZIP archive, which every system opens. The files are stored as they are: they are small, and
//! what is not compressed can be read by anything.
//!
//! The format is APPNOTE.TXT 6.3 of PKWARE: a head before each file, a directory of them all, and its end.

use chrono::{Datelike, NaiveDateTime, Timelike};
use flate2::Crc;

/// 2.0, the oldest version that knows folders.
const NEEDS: u16 = 20;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;

/// The archive of named texts, which all carry the time `at`.
pub fn zip<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>, at: NaiveDateTime) -> Vec<u8> {
    let (mut archive, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for (name, text) in files {
        let about = about(name, text, at);
        let place = archive.len() as u32;
        put(&mut archive, b"PK\x03\x04", &about);
        archive.extend([name.as_bytes(), text.as_bytes()].concat());
        put(&mut directory, b"PK\x01\x02", &[&NEEDS.to_le_bytes(), &about[..]].concat());
        // No remark, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(place.to_le_bytes());
        directory.extend(name.as_bytes());
        count += 1;
    }
    let place = archive.len() as u32;
    archive.extend(&directory);
    let counts = [count.to_le_bytes(), count.to_le_bytes()].concat();
    let sizes = [(directory.len() as u32).to_le_bytes(), place.to_le_bytes()].concat();
    put(&mut archive, b"PK\x05\x06", &[&[0; 4], &counts[..], &sizes[..], &[0; 2]].concat());
    archive
}

/// What is said of a file, both before it and in the directory: from the version that is needed to the lengths.
fn about(name: &str, text: &str, at: NaiveDateTime) -> Vec<u8> {
    let mut sum = Crc::new();
    sum.update(text.as_bytes());
    let time = ((at.hour() << 11) | (at.minute() << 5) | (at.second() / 2)) as u16;
    let year = (at.year().clamp(1980, 2107) - 1980) as u32;
    let day = ((year << 9) | (at.month() << 5) | at.day()) as u16;
    let size = (text.len() as u32).to_le_bytes();
    let mut about = Vec::new();
    for number in [NEEDS, FLAGS, 0, time, day] {
        about.extend(number.to_le_bytes());
    }
    about.extend([sum.sum().to_le_bytes(), size, size].concat());
    about.extend((name.len() as u16).to_le_bytes());
    about.extend([0; 2]);
    about
}

fn put(to: &mut Vec<u8>, sign: &[u8], rest: &[u8]) {
    to.extend(sign);
    to.extend(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_is_as_the_format_says_to_the_byte() {
        let at = "2026-11-23T18:05:10".parse().unwrap();
        let archive = zip([("roller.ron", "()\n"), ("a/ö.ron", "(om: 1)\n")], at);
        let number = |place: usize| u32::from_le_bytes(archive[place..place + 4].try_into().unwrap()) as usize;
        let end = archive.len() - 22;
        assert_eq!(&archive[end..end + 12], b"PK\x05\x06\0\0\0\0\x02\0\x02\0");
        let (size, place) = (number(end + 12), number(end + 16));
        assert_eq!(place + size, end);
        assert_eq!(&archive[place..place + 4], b"PK\x01\x02");
        // The sum of "()\n" by another program; the time 18:05:10 and the day, packed.
        assert_eq!(number(place + 16), 0x6d8c_b8bf);
        assert_eq!(&archive[place + 12..place + 16], [0xa5, 0x90, 0x77, 0x5d]);
        assert_eq!(&archive[30..43], b"roller.ron()\n");
        let second = number(place + 46 + "roller.ron".len() + 42);
        assert_eq!(&archive[second..second + 4], b"PK\x03\x04");
        assert_eq!(&archive[second + 30..place], "a/ö.ron(om: 1)\n".as_bytes());
    }
}
