//! A database with a region in it, and the release binary that serves it.

use std::fs::{File, read_to_string};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use tempfile::TempDir;
use varjedag::accounts::service::operator_link;
use varjedag::config::Config;
use varjedag::demo::region::{SHOWN_UNIT, region};
use varjedag::demo::story::{self, Wish};
use varjedag::store::schema::{enrolments, people};
use varjedag::store::{Error, Store};
use varjedag::{app, clock};

use crate::client::{self, Visitor};

const BINARY: &str = env!("CARGO_BIN_EXE_varjedag");
const SEED: u64 = 1;
/// How long the server may take to start, and to finish what it does by itself after a start.
const PATIENCE: Duration = Duration::from_secs(180);

pub struct Stage {
    folder: TempDir,
    database: String,
    people: usize,
    store: Store,
    server: Option<(Child, SocketAddr)>,
}

impl Stage {
    /// Builds the region through the use cases of the demonstration.
    pub fn build(folder: TempDir, database: String, people: usize) -> Stage {
        let start = Instant::now();
        let mut config = Config::in_folder(folder.path(), "127.0.0.1:0").expect("a configuration");
        config.database = database.clone();
        let store = app::open_store(&config).expect("the database opens");
        let wish = Wish { people, seed: SEED };
        story::tell(&config, &store, wish, clock::now(), &|_| ()).expect("the region is made up");
        println!("{:?}: {people} people made up in {:.1} s", store.backend(), start.elapsed().as_secs_f64());
        Stage { folder, database, people, store, server: None }
    }

    /// Starts the server anew; the time from there to the first answer.
    pub fn start(&mut self) -> Duration {
        self.stop();
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
        let log = File::create(self.folder.path().join("log")).expect("a file");
        let mut command = Command::new(BINARY);
        command.arg("serve").args(["--listen", &port.to_string()]).current_dir(self.folder.path());
        command.env("DATABASE_URL", &self.database).env_remove("VARJEDAG_PUBLIC_URL");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let start = Instant::now();
        self.server = Some((command.spawn().expect("the binary starts"), port));
        while !client::is_alive(port) {
            assert!(start.elapsed() < PATIENCE, "the server does not start: {}", self.log());
            std::thread::sleep(Duration::from_micros(500));
        }
        start.elapsed()
    }

    fn stop(&mut self) {
        if let Some((mut server, _)) = self.server.take() {
            server.kill().expect("the server is ours");
            server.wait().expect("the server ends");
        }
    }

    fn log(&self) -> String {
        read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn address(&self) -> SocketAddr {
        self.server.as_ref().expect("the server runs").1
    }

    /// A file of the server's in /proc.
    fn proc(&self, file: &str) -> String {
        let id = self.server.as_ref().expect("the server runs").0.id();
        read_to_string(format!("/proc/{id}/{file}")).expect("the server lives, on Linux")
    }

    /// Waits for what the server does by itself after a start: the day's reminders, mail.
    pub fn wait_until_idle(&self) {
        let start = Instant::now();
        loop {
            let before = self.cpu_ms();
            std::thread::sleep(Duration::from_secs(2));
            if self.cpu_ms() - before <= 20.0 {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "the server is never idle: {}", self.log());
        }
    }

    /// Processor time spent so far, in steps of ten milliseconds.
    pub fn cpu_ms(&self) -> f64 {
        let stat = self.proc("stat");
        let fields = stat.rsplit(')').next().expect("what follows the name");
        // utime and stime, the 14th and 15th of all, in hundredths of a second.
        fields.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * 10.0
    }

    /// Resident memory in bytes: now, and the most so far.
    pub fn memory(&self) -> (u64, u64) {
        let status = self.proc("status");
        let bytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a known line");
            line.trim().trim_end_matches(" kB").parse::<u64>().expect("kilobytes") * 1024
        };
        (bytes("VmRSS:"), bytes("VmHWM:"))
    }

    /// Addresses of people with much on their path: they take part in the edition.
    pub fn participants(&self, count: usize) -> Vec<String> {
        let enrolled = enrolments::table.inner_join(people::table).order(enrolments::id);
        let found =
            self.store.read(|conn| Ok::<_, Error>(enrolled.select(people::email).limit(count as i64).load(conn)?));
        found.expect("the database answers")
    }

    /// Addresses of managers of units of the same kind, of about thirty people each.
    pub fn managers(&self, count: usize) -> Vec<String> {
        let region = region(self.people, SEED, clock::today());
        let like = region.units[SHOWN_UNIT].id.clone();
        let units = region.units.iter().filter(|unit| unit.id.starts_with(&like));
        units.cycle().take(count).map(|unit| region.people[unit.manager].email.clone()).collect()
    }

    pub fn sign_in(&self, email: &str) -> Visitor {
        let link = operator_link(&self.store, email, clock::now()).expect("a link");
        client::sign_in(self.address(), &link.secret)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.stop();
    }
}

pub fn binary_bytes() -> u64 {
    std::fs::metadata(BINARY).expect("the binary").len()
}
