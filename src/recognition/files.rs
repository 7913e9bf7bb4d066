//! What a file that somebody sends is. Pure: judged by its first bytes and its inner list of names, never by what it
//! is called alone, and given a name that can do no harm. Nothing is unpacked or run.

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Pdf,
    Png,
    Jpeg,
    Text,
    Docx,
    Xlsx,
}

impl Kind {
    pub const ALL: [Kind; 6] = [Kind::Pdf, Kind::Png, Kind::Jpeg, Kind::Text, Kind::Docx, Kind::Xlsx];

    /// The name in the database and in the interface for programs.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Pdf => "pdf",
            Kind::Png => "png",
            Kind::Jpeg => "jpeg",
            Kind::Text => "text",
            Kind::Docx => "docx",
            Kind::Xlsx => "xlsx",
        }
    }

    pub fn of(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What a browser is told that it is.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Png => "image/png",
            Kind::Jpeg => "image/jpeg",
            Kind::Text => "text/plain; charset=utf-8",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// How names of this kind end.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Pdf => &["pdf"],
            Kind::Png => &["png"],
            Kind::Jpeg => &["jpg", "jpeg"],
            Kind::Text => &["txt"],
            Kind::Docx => &["docx"],
            Kind::Xlsx => &["xlsx"],
        }
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slip {
    Empty,
    /// Of no kind that is taken.
    Unknown,
    /// It is called one thing and is another.
    NotWhatItSays,
    /// It can do things by itself.
    Macros,
    /// It says that it becomes enormous when it is unpacked.
    Bomb,
}

/// What a file is, or why it is not taken.
pub fn judge(name: &str, bytes: &[u8]) -> Result<Kind, Slip> {
    if bytes.is_empty() {
        return Err(Slip::Empty);
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.trim().to_ascii_lowercase()).unwrap_or_default();
    let said = Kind::ALL.into_iter().find(|kind| kind.endings().contains(&ending.as_str())).ok_or(Slip::Unknown)?;
    match found(bytes, said)? {
        is if is == said => Ok(said),
        _ => Err(Slip::NotWhatItSays),
    }
}

fn found(bytes: &[u8], said: Kind) -> Result<Kind, Slip> {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
    match bytes {
        _ if bytes.starts_with(b"%PDF-") => Ok(Kind::Pdf),
        _ if bytes.starts_with(PNG) => Ok(Kind::Png),
        _ if bytes.starts_with(b"\xff\xd8\xff") => Ok(Kind::Jpeg),
        _ if bytes.starts_with(b"PK\x03\x04") => packed(bytes),
        _ if said == Kind::Text && is_text(bytes) => Ok(Kind::Text),
        _ => Err(Slip::NotWhatItSays),
    }
}

/// UTF-8 in lines, without control characters.
fn is_text(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    !text.chars().any(|letter| letter.is_control() && !['\n', '\r', '\t', '\u{c}'].contains(&letter))
}

/// How large the parts of a document may say they are together.
const UNPACKED_MOST: u64 = 200 * 1024 * 1024;
/// How many parts are looked at.
const PARTS_MOST: usize = 5_000;

/// Documents of text and sheets are ZIP archives; their kind stands in the names of their parts.
fn packed(bytes: &[u8]) -> Result<Kind, Slip> {
    let parts = directory(bytes).ok_or(Slip::NotWhatItSays)?;
    let has = |name: &str| parts.iter().any(|part| part.name == name);
    if parts.iter().any(|part| part.name.to_ascii_lowercase().ends_with("vbaproject.bin")) {
        return Err(Slip::Macros);
    }
    let unpacked = parts.iter().fold(0_u64, |sum, part| sum.saturating_add(u64::from(part.size)));
    if unpacked > UNPACKED_MOST {
        return Err(Slip::Bomb);
    }
    match has("[Content_Types].xml") {
        true if has("word/document.xml") => Ok(Kind::Docx),
        true if has("xl/workbook.xml") => Ok(Kind::Xlsx),
        _ => Err(Slip::NotWhatItSays),
    }
}

/// A part of an archive, as its directory says.
struct Part {
    name: String,
    /// Unpacked, in bytes.
    size: u32,
}

/// The directory at the end of an archive (PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16); none when it is broken.
fn directory(bytes: &[u8]) -> Option<Vec<Part>> {
    let tail = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    let end = tail + bytes[tail..].windows(4).rposition(|four| four == b"PK\x05\x06")?;
    let count = usize::from(u16_at(bytes, end + 10)?);
    let mut at = usize::try_from(u32_at(bytes, end + 16)?).ok()?;
    let mut parts = Vec::new();
    for _ in 0..count.min(PARTS_MOST) {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        let [name, extra, comment] = [28, 30, 32].map(|offset| u16_at(bytes, at + offset));
        let (name, extra, comment) = (usize::from(name?), usize::from(extra?), usize::from(comment?));
        let size = u32_at(bytes, at + 24)?;
        let written = bytes.get(at + 46..at + 46 + name)?;
        parts.push(Part { name: String::from_utf8_lossy(written).into_owned(), size });
        at += 46 + name + extra + comment;
    }
    (count <= PARTS_MOST).then_some(parts)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// The most letters of a file's name.
const NAME_MOST: usize = 100;

/// A name that can do no harm: without folders, characters that are not seen and what file systems give a meaning,
/// not longer than it needs to be, with the ending of its kind.
pub fn clean_name(raw: &str, kind: Kind) -> String {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let harmful = ['"', '<', '>', ':', '|', '?', '*', ';', '%'];
    let stem = crate::words::clean_name(stem).replace(harmful, "");
    let stem: String = stem.trim_matches(['.', ' ', '-']).chars().take(NAME_MOST).collect();
    let stem = if stem.is_empty() { "underlag" } else { stem.trim() };
    format!("{stem}.{}", kind.endings()[0])
}

/// A name as a header carries it (RFC 6266): plain letters for old readers, the whole name for others.
pub fn attachment(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || " ._-".contains(letter) { letter } else { '_' })
        .collect();
    let whole: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
