//! The program itself, `varjedag serve`, in a process of its own that can be killed, frozen and asked to end.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use super::smtp::Sink;
use super::{Client, Database};

/// What the servers of a test believe their address is.
const PUBLIC_URL: &str = "http://varjedag.example";

/// A running server. It is killed when the value is dropped.
pub struct Server {
    child: Child,
    log: PathBuf,
    pub address: SocketAddr,
}

impl Server {
    /// Starts at once; see [`Server::wait_until_ready`].
    pub fn start(database: &Database, mail: SocketAddr, address: SocketAddr, lease_seconds: u32) -> Server {
        let command = Command::new(env!("CARGO_BIN_EXE_varjedag"));
        Server::start_through(command, database, mail, address, lease_seconds)
    }

    /// The same through a command that ends by becoming the program with the arguments it is given.
    pub fn start_through(
        mut command: Command,
        database: &Database,
        mail: SocketAddr,
        address: SocketAddr,
        lease_seconds: u32,
    ) -> Server {
        let folder = database.folder.path();
        let log = folder.join(format!("log-{}", address.port()));
        let lines = File::options().create(true).append(true).open(&log).expect("a file for the log");
        let child = command
            .args(["serve", "--listen", &address.to_string()])
            .current_dir(folder)
            .env("DATABASE_URL", &database.url)
            .env("VARJEDAG_PUBLIC_URL", PUBLIC_URL)
            .env("VARJEDAG_SMTP_HOST", mail.ip().to_string())
            .env("VARJEDAG_SMTP_PORT", mail.port().to_string())
            .env("VARJEDAG_SMTP_TLS", "none")
            .env("VARJEDAG_MAIL_LEASE_SECONDS", lease_seconds.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(lines)
            .spawn()
            .expect("the program starts");
        Server { child, log, address }
    }

    /// An empty database's server with mail to `sink`, on a free port, ready.
    pub fn ready(database: &Database, sink: &Sink, lease_seconds: u32) -> Server {
        let mut server = Server::start(database, sink.address, free_address(), lease_seconds);
        server.wait_until_ready();
        server
    }

    pub fn wait_until_ready(&mut self) {
        let started = Instant::now();
        let client = self.client();
        while client.attempt(super::Ask::get("/livez")).is_err() {
            let ended = self.child.try_wait().expect("a process to ask");
            assert!(ended.is_none(), "the server ended: {}", self.log());
            assert!(started.elapsed() < Duration::from_secs(30), "the server does not answer: {}", self.log());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Somebody who is not signed in.
    pub fn client(&self) -> Client {
        Client::new(&format!("http://{}", self.address), PUBLIC_URL)
    }

    /// SIGKILL: nothing is finished and nothing is given back.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    /// `name` is TERM, STOP or CONT.
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(status.expect("kill is everywhere").success());
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, or none when it has not within this time.
    pub fn wait_for_end(&mut self, within: Duration) -> Option<ExitStatus> {
        let started = Instant::now();
        while started.elapsed() < within {
            if let Some(status) = self.child.try_wait().expect("a process to ask") {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        None
    }

    /// All that it has written to standard error.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // An error means that it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port outside the range from which systems take ports for outgoing connections, so that a server that is started
/// again finds it free.
pub fn free_address() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 12_000 + (std::process::id() % 1_500) as u16 * 12;
    (0..200)
        .map(|_| SocketAddr::from(([127, 0, 0, 1], first + NEXT.fetch_add(1, Ordering::Relaxed))))
        .find(|address| TcpListener::bind(address).is_ok())
        .expect("a free port")
}
