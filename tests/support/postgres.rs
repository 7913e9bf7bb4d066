//! A private PostgreSQL server for one run of the tests, reached by a socket in its own folder, gone afterwards.
//!
//! Durability is off. Text sorts by Swedish rules inside the server, so that a query that leaves sorting to the
//! database shows itself.

use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use varjedag::store::{Settings, Store, migrate};

/// The URL of a new database that has all migrations; the error says what the machine lacks.
pub fn migrated_database() -> Result<String, &'static str> {
    Ok(server()?.new_database(TEMPLATE))
}

/// The URL of a new database without a table.
pub fn empty_database() -> Result<String, &'static str> {
    Ok(server()?.new_database("template0"))
}

fn server() -> Result<&'static Server, &'static str> {
    static SERVER: OnceLock<Result<Server, &'static str>> = OnceLock::new();
    SERVER.get_or_init(Server::start).as_ref().map_err(|why| *why)
}

struct Server {
    folder: PathBuf,
    databases: Mutex<u32>,
    /// Lives as long as this process holds its standard input; then it stops the server and removes the folder.
    _undertaker: Child,
}

const TEMPLATE: &str = "migrated";

impl Server {
    fn start() -> Result<Server, &'static str> {
        let programs = programs().ok_or("PostgreSQL is not installed (initdb not found)")?;
        let owner = owner()?;
        let folder = tempfile::Builder::new().prefix("varjedag-pg").tempdir().expect("a temporary folder").keep();
        if let Some((user, group)) = owner {
            chown(&folder, Some(user), Some(group)).expect("root gives a folder away");
        }
        let run = |program: &str, arguments: &[&str]| run(owner, &folder, &programs.join(program), arguments);
        run(
            "initdb",
            &[
                "-D",
                "data",
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
                "--locale=C.UTF-8",
                "--locale-provider=icu",
                "--icu-locale=sv-SE",
            ],
        );
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories={} -c fsync=off -c synchronous_commit=off \
             -c full_page_writes=off -c max_connections=400 -c shared_buffers=64MB",
            folder.display()
        );
        run("pg_ctl", &["-D", "data", "-l", "log", "-w", "-o", &options, "start"]);
        let server = Server { _undertaker: undertaker(owner, &folder, &programs), folder, databases: Mutex::new(0) };
        server.make_template();
        Ok(server)
    }

    fn url(&self, database: &str) -> String {
        let folder: String = url::form_urlencoded::byte_serialize(self.folder.to_string_lossy().as_bytes()).collect();
        format!("postgres://postgres@/{database}?host={folder}")
    }

    fn execute(&self, sql: &str) {
        let mut conn = PgConnection::establish(&self.url("postgres")).expect("the server answers");
        conn.batch_execute(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    }

    fn make_template(&self) {
        self.execute(&format!("CREATE DATABASE {TEMPLATE}"));
        let store = Store::open(&Settings::new(self.url(TEMPLATE))).expect("the template opens");
        migrate::run(&store).expect("the migrations run");
    }

    fn new_database(&self, template: &str) -> String {
        // One at a time: a template cannot be copied twice at once.
        let mut count = self.databases.lock().unwrap_or_else(PoisonError::into_inner);
        *count += 1;
        let name = format!("test{count}");
        self.execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
        self.url(&name)
    }
}

/// The folder with `initdb` and the rest: in PATH, or where Debian puts them.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<PathBuf> = debian.map(|version| version.path().join("bin")).collect();
    versions.sort();
    std::env::split_paths(&path).chain(versions.into_iter().rev()).find(|folder| folder.join("pg_ctl").exists())
}

/// PostgreSQL refuses to run as root: then the system's own user for it.
fn owner() -> Result<Option<(u32, u32)>, &'static str> {
    let id = Command::new("id").arg("-u").output().expect("id is everywhere");
    if id.stdout != b"0\n" {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let line = users.lines().find(|line| line.starts_with("postgres:"));
    let mut fields = line.ok_or("PostgreSQL has no user to run as (no postgres in /etc/passwd)")?.split(':').skip(2);
    let mut number = || fields.next().and_then(|field| field.parse().ok());
    Ok(number().zip(number()))
}

fn command(owner: Option<(u32, u32)>, folder: &Path, program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
    command
}

fn run(owner: Option<(u32, u32)>, folder: &Path, program: &Path, arguments: &[&str]) {
    let log = std::fs::File::create(folder.join("output")).expect("a file for output");
    let outputs = (log.try_clone().expect("a handle"), log);
    let status = command(owner, folder, program).args(arguments).stdout(outputs.0).stderr(outputs.1).status();
    let output = || std::fs::read_to_string(folder.join("output")).unwrap_or_default();
    assert!(status.expect("the program starts").success(), "{} failed: {}", program.display(), output());
}

/// Waits for the end of this process, however it ends, and clears up.
fn undertaker(owner: Option<(u32, u32)>, folder: &Path, programs: &Path) -> Child {
    let script = "read nothing; \"$0\"/pg_ctl -D data -m immediate stop; rm -rf \"$PWD\"";
    let mut shell = command(owner, folder, Path::new("/bin/sh"));
    shell.arg("-c").arg(script).arg(programs).process_group(0);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a shell")
}
