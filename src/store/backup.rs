//! Copies of an SQLite database: taken while it is in use, and looked at before one takes the place of another.
//!
//! PostgreSQL has tools of its own for this and is refused here. What a copy holds is nothing this floor knows.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{Conn, Error, Settings, Store, failure, migrate};

/// Why a copy is not taken or not put in place.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("the database is PostgreSQL, which is copied by pg_dump and brought back by pg_restore: see {HELP}")]
    NotSqlite,
    #[error("{0} is there already; choose another name, or write over it with --force")]
    InTheWay(PathBuf),
    #[error("there is a database already, {0}; stop its server, then let the copy take its place with --force")]
    Occupied(PathBuf),
    #[error("there is no file {0}; check the path")]
    NotThere(PathBuf),
    #[error("{0} is the database itself; name a copy of it")]
    Itself(PathBuf),
    #[error("{0} is not a whole database of Varjedag ({1}); name a file that `varjedag backup` wrote")]
    NotOurs(PathBuf, String),
    #[error("{0} comes from a newer version of this program (it has {1}); restore it with that version")]
    Newer(PathBuf, String),
    #[error("{0} is in use; stop the server, then try again")]
    InUse(PathBuf),
    #[error("{0}: {1}; see that the folder can be written to and has room")]
    File(PathBuf, io::Error),
    #[error(transparent)]
    Store(#[from] Error),
}

const HELP: &str = "`varjedag restore --help`";

failure!(Refusal);

/// A copy that has been looked at and lies beside the database whose place it is to take.
pub struct Staged {
    /// The copy, opened: what must be done before anybody works with it is done here.
    pub store: Store,
    copy: PathBuf,
    target: PathBuf,
}

/// Writes a whole and consistent copy to `to` while others read and write. Only the owner may read the file.
pub fn take(settings: &Settings, to: &Path, force: bool) -> Result<(), Refusal> {
    let from = settings.file().ok_or(Refusal::NotSqlite)?;
    if !from.is_file() {
        return Err(Refusal::NotThere(from));
    }
    if to.exists() && same(&from, to) {
        return Err(Refusal::Itself(to.into()));
    }
    if to.exists() && !force {
        return Err(Refusal::InTheWay(to.into()));
    }
    let part = beside(to, "part");
    let copied = copy_by_database(settings, &part).and_then(|()| settle(&part, to));
    if copied.is_err() {
        let _ = fs::remove_file(&part);
    }
    copied
}

fn copy_by_database(settings: &Settings, part: &Path) -> Result<(), Refusal> {
    private(part)?;
    let name = part.to_str().ok_or_else(|| Refusal::NotThere(part.into()))?;
    let store = Store::open(&Settings { connections: 1, ..settings.clone() })?;
    store.read(|conn| {
        diesel::sql_query("VACUUM INTO $1").bind::<Text, _>(name).execute(conn).map_err(Error::from)?;
        Ok(())
    })
}

/// Copies `from` beside the database, brings the copy up to date, and refuses what is no database of ours. The
/// database itself is not touched yet; one that is there needs `force` and must not be in use.
pub fn stage(from: &Path, settings: &Settings, force: bool) -> Result<Staged, Refusal> {
    let target = settings.file().ok_or(Refusal::NotSqlite)?;
    if !from.is_file() {
        return Err(Refusal::NotThere(from.into()));
    }
    if target.exists() {
        if same(from, &target) {
            return Err(Refusal::Itself(from.into()));
        }
        if !force {
            return Err(Refusal::Occupied(target));
        }
        release(&target)?;
    }
    if !has_header(from).map_err(|e| Refusal::File(from.into(), e))? {
        return Err(Refusal::NotOurs(from.into(), "it is not SQLite".into()));
    }
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(|e| Refusal::File(folder.into(), e))?;
    }
    let copy = beside(&target, "restoring");
    let staged = open_copy(from, &copy);
    match staged {
        Ok(store) => Ok(Staged { store, copy, target }),
        Err(refusal) => {
            forget(&copy);
            Err(refusal)
        }
    }
}

fn open_copy(from: &Path, copy: &Path) -> Result<Store, Refusal> {
    forget(copy);
    let mut file = private(copy)?;
    let failed = |e| Refusal::File(copy.into(), e);
    io::copy(&mut File::open(from).map_err(|e| Refusal::File(from.into(), e))?, &mut file).map_err(failed)?;
    drop(file);
    let name = copy.to_string_lossy().into_owned();
    let not_ours = |error: Error| Refusal::NotOurs(from.into(), error.to_string());
    // Nobody else has it open, so there is nothing to be patient for.
    let settings = Settings { connections: 1, patience: Duration::from_secs(2), ..Settings::new(name) };
    let store = Store::open(&settings).map_err(not_ours)?;
    if let Some(flaw) = store.read(flaw).map_err(not_ours)? {
        return Err(Refusal::NotOurs(from.into(), flaw));
    }
    let newer = store.read(migrate::unknown)?;
    if !newer.is_empty() {
        return Err(Refusal::Newer(from.into(), newer.join(", ")));
    }
    migrate::run(&store)?;
    Ok(store)
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    said: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// What keeps a file from being a whole database of ours.
fn flaw(conn: &mut Conn) -> Result<Option<String>, Error> {
    let checked: Vec<Said> = diesel::sql_query("SELECT quick_check AS said FROM pragma_quick_check").load(conn)?;
    if let Some(wrong) = checked.into_iter().find(|line| line.said != "ok") {
        return Ok(Some(wrong.said));
    }
    let tables: Count = diesel::sql_query(
        "SELECT COUNT(*) AS count FROM sqlite_master WHERE type = 'table' \
         AND name IN ('__diesel_schema_migrations', 'people', 'versions', 'outbox')",
    )
    .get_result(conn)?;
    Ok((tables.count != 4).then(|| "it holds something else".into()))
}

impl Staged {
    /// Puts the copy in the database's place in one step. Returns where the database that was there is kept.
    pub fn place(self) -> Result<Option<PathBuf>, Refusal> {
        let Staged { store, copy, target } = self;
        // Out of the log and into the file, because only the file is moved.
        store.read(|conn| Ok::<_, Error>(conn.batch_execute("PRAGMA journal_mode = DELETE")?))?;
        drop(store);
        let kept = if target.exists() { Some(keep(&target)?) } else { None };
        settle(&copy, &target)?;
        Ok(kept)
    }

    /// Leaves everything as it was.
    pub fn give_up(self) {
        let Staged { store, copy, .. } = self;
        drop(store);
        forget(&copy);
    }
}

/// A second name for the database, so that there is one under the first name at every instant.
fn keep(target: &Path) -> Result<PathBuf, Refusal> {
    release(target)?;
    let kept = beside(target, "before-restore");
    forget(&kept);
    let failed = |e| Refusal::File(kept.clone(), e);
    fs::hard_link(target, &kept).or_else(|_| fs::copy(target, &kept).map(drop)).map_err(failed)?;
    // A log that is left of a broken database would be read as if it were the new one's.
    for log in ["-wal", "-shm"] {
        let _ = fs::remove_file(named(target, log));
    }
    Ok(kept)
}

/// Writes the log of the database into its file, which works only when nobody has it open. A file that is no database
/// is nobody's.
fn release(target: &Path) -> Result<(), Refusal> {
    let Ok(mut conn) = SqliteConnection::establish(&target.to_string_lossy()) else { return Ok(()) };
    match conn.batch_execute("PRAGMA busy_timeout = 200; PRAGMA journal_mode = DELETE") {
        Err(error) if error.to_string().contains("locked") => Err(Refusal::InUse(target.into())),
        _ => Ok(()),
    }
}

fn has_header(file: &Path) -> io::Result<bool> {
    let mut begin = Vec::new();
    File::open(file)?.take(16).read_to_end(&mut begin)?;
    Ok(begin == b"SQLite format 3\0")
}

/// An empty file that only its owner may read.
fn private(path: &Path) -> Result<File, Refusal> {
    let opened = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    opened.map_err(|e| Refusal::File(path.into(), e))
}

/// Safe on the disk under its final name, all at once.
fn settle(part: &Path, name: &Path) -> Result<(), Refusal> {
    let moved = File::open(part).and_then(|file| file.sync_all()).and_then(|()| fs::rename(part, name));
    moved.map_err(|e| Refusal::File(name.into(), e))
}

fn same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

fn forget(path: &Path) {
    for end in ["", "-wal", "-shm", "-journal"] {
        let _ = fs::remove_file(named(path, end));
    }
}

fn beside(path: &Path, end: &str) -> PathBuf {
    named(path, &format!(".{end}"))
}

fn named(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
