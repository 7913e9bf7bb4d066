//! Reads a curriculum's directory: the only place of this room that touches the file system.
//!
//! Everything is bounded, because a directory can come from anywhere: files, bytes, folders and depth. What is
//! wrong with one file is kept beside the others ([`Unread`]), so that it hides none of them.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Largest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 1024 * 1024;
/// Largest curriculum, in bytes.
pub const MAX_TOTAL_BYTES: u64 = 8 * 1024 * 1024;
/// Most `.ron` files in a curriculum.
pub const MAX_FILES: usize = 500;
/// Most directory entries looked at, whatever they are.
const MAX_ENTRIES: usize = 20_000;
/// Deepest folder within the curriculum's directory.
const MAX_FOLDERS_DEEP: usize = 8;

/// A curriculum's texts: what is checked, published and kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    /// Sorted by name.
    pub files: Vec<SourceFile>,
    /// Files that could not be read. Never kept: a curriculum with such a file has errors.
    #[serde(skip)]
    pub unread: Vec<Unread>,
}

/// One `.ron` file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Relative to the curriculum's directory, with `/` between folders.
    pub name: String,
    /// Without byte order mark; lines end with a plain line feed.
    pub text: String,
}

/// A file that is there but cannot be part of a curriculum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub name: String,
    pub why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Line (1 first) and byte offset within the file (0 first) of the first byte that is not UTF-8.
    NotUtf8 {
        line: usize,
        offset: usize,
    },
    /// Larger than [`MAX_FILE_BYTES`].
    TooLarge,
    SymbolicLink,
    /// A pipe, a socket or a device.
    NotAFile,
    /// Folders nested too deeply.
    TooDeep,
    Io(String),
}

/// Why a directory cannot be read as a curriculum at all.
#[derive(Debug, Error)]
pub enum LoadError {
    #[error("there is no directory {0}: give the directory that holds the curriculum's .ron files")]
    Missing(PathBuf),
    #[error("{0} is not a directory: give the directory that holds the curriculum's .ron files")]
    NotADirectory(PathBuf),
    #[error("no .ron file in {0}: give the directory that holds the curriculum's .ron files")]
    NoFiles(PathBuf),
    #[error("more than {MAX_FILES} .ron files in {0}: a curriculum is a handful, is this the right directory?")]
    TooManyFiles(PathBuf),
    #[error("more than {MAX_ENTRIES} entries in {0}: is this the right directory?")]
    TooManyEntries(PathBuf),
    #[error("the .ron files in {0} are larger than {limit} MiB together: is this the right directory?", limit = MAX_TOTAL_BYTES / 1024 / 1024)]
    TooLarge(PathBuf),
    #[error("cannot read {path}: {source}")]
    Io { path: PathBuf, source: io::Error },
}

impl SourceFile {
    /// A file as an editor may have saved it: a byte order mark and CRLF line ends are taken away.
    pub fn new(name: impl Into<String>, text: &str) -> SourceFile {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        SourceFile { name: name.into(), text: text.replace("\r\n", "\n") }
    }
}

impl Sources {
    /// Texts that are already in memory, as tests and editors have them.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Sources {
        let mut files: Vec<SourceFile> = files.into_iter().map(|(name, text)| SourceFile::new(name, text)).collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Sources { files, unread: Vec::new() }
    }

    /// The same texts with `directory` before their names, for messages that an editor or a terminal can follow.
    pub fn under(mut self, directory: &Path) -> Sources {
        let full = |name: &mut String| *name = directory.join(&*name).display().to_string();
        self.files.iter_mut().for_each(|file| full(&mut file.name));
        self.unread.iter_mut().for_each(|unread| full(&mut unread.name));
        self
    }
}

/// Reads every `.ron` file below `directory`, in the order of their names.
///
/// Symbolic links below `directory` are not followed, hidden names are skipped.
pub fn read_dir(directory: &Path) -> Result<Sources, LoadError> {
    let about = fs::metadata(directory).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => LoadError::Missing(directory.into()),
        _ => LoadError::Io { path: directory.into(), source: error },
    })?;
    if !about.is_dir() {
        return Err(LoadError::NotADirectory(directory.into()));
    }
    let mut reader = Reader { root: directory, sources: Sources::default(), entries: 0, bytes: 0 };
    reader.folder(directory, "", 0)?;
    let mut sources = reader.sources;
    if sources.files.is_empty() && sources.unread.is_empty() {
        return Err(LoadError::NoFiles(directory.into()));
    }
    sources.files.sort_by(|a, b| a.name.cmp(&b.name));
    sources.unread.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(sources)
}

/// What one reading has come to so far.
struct Reader<'a> {
    root: &'a Path,
    sources: Sources,
    entries: usize,
    bytes: u64,
}

impl Reader<'_> {
    fn folder(&mut self, path: &Path, prefix: &str, depth: usize) -> Result<(), LoadError> {
        let failed = |source| LoadError::Io { path: path.into(), source };
        for entry in fs::read_dir(path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            self.entries += 1;
            if self.entries > MAX_ENTRIES {
                return Err(LoadError::TooManyEntries(self.root.into()));
            }
            let file_name = entry.file_name().to_string_lossy().into_owned();
            if file_name.starts_with('.') {
                continue;
            }
            let name = format!("{prefix}{file_name}");
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_dir() {
                if depth + 1 > MAX_FOLDERS_DEEP {
                    self.unread(name, Why::TooDeep);
                } else {
                    self.folder(&entry.path(), &format!("{name}/"), depth + 1)?;
                }
            } else if kind.is_symlink() {
                // A link to a folder could be a loop, a link to a file could lead outside the curriculum.
                if file_name.ends_with(".ron") || entry.path().is_dir() {
                    self.unread(name, Why::SymbolicLink);
                }
            } else if file_name.ends_with(".ron") {
                self.file(&entry.path(), name, kind.is_file())?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, name: String, regular: bool) -> Result<(), LoadError> {
        if self.sources.files.len() + self.sources.unread.len() >= MAX_FILES {
            return Err(LoadError::TooManyFiles(self.root.into()));
        }
        if !regular {
            self.unread(name, Why::NotAFile);
            return Ok(());
        }
        match read(path) {
            Ok(text) => {
                self.bytes += text.len() as u64;
                if self.bytes > MAX_TOTAL_BYTES {
                    return Err(LoadError::TooLarge(self.root.into()));
                }
                self.sources.files.push(SourceFile::new(name, &text));
            }
            Err(why) => self.unread(name, why),
        }
        Ok(())
    }

    fn unread(&mut self, name: String, why: Why) {
        self.sources.unread.push(Unread { name, why });
    }
}

fn read(path: &Path) -> Result<String, Why> {
    let failed = |error: io::Error| Why::Io(error.to_string());
    let file = fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Why::TooLarge);
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..offset].iter().filter(|&&byte| byte == b'\n').count();
        Why::NotUtf8 { line, offset }
    })
}
