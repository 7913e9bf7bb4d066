//! What is promised about the server's speed: `cargo bench --bench server` (`-- --quick` for a first look).
//!
//! For SQLite, and for PostgreSQL when the machine has it: builds a made-up region of 10,000 people, starts the
//! release binary over it, signs people in by operator links and asks for pages over keep-alive connections to
//! 127.0.0.1. Times are those of the client, on the same machine, so the server's own are shorter. One table at the
//! end; the ratio to `/livez`, which touches no database, is from the same run.

mod client;
mod figures;
#[path = "../../tests/support/postgres.rs"]
#[expect(dead_code, reason = "the tests use the rest of it")]
mod postgres;
mod stage;

use std::io::Write;
use std::time::Duration;

use client::Visitor;
use figures::{Figures, Times};
use stage::Stage;

/// How much is measured.
struct Size {
    people: usize,
    /// Requests one after the other.
    single: usize,
    /// Of closed-loop load on [`CONNECTIONS`] connections.
    load: Duration,
    starts: usize,
}

const CONNECTIONS: usize = 8;
const WARM_UP: usize = 200;

const FULL: Size = Size { people: 10_000, single: 3_000, load: Duration::from_secs(8), starts: 7 };
const QUICK: Size = Size { people: 1_000, single: 300, load: Duration::from_secs(1), starts: 3 };

fn main() {
    let size = if std::env::args().any(|argument| argument == "--quick") { QUICK } else { FULL };
    let folder = || tempfile::tempdir().expect("a temporary folder");
    let sqlite = folder();
    let file = sqlite.path().join("varjedag.sqlite").to_string_lossy().into_owned();
    let mut columns = vec![("SQLite", measure(Stage::build(sqlite, file, size.people), &size))];
    match postgres::migrated_database() {
        Ok(url) => columns.push(("PostgreSQL", measure(Stage::build(folder(), url, size.people), &size))),
        Err(why) => println!("PostgreSQL is left out: {why}"),
    }
    println!("\n{} people, {CONNECTIONS} connections, load generator on the same machine\n", size.people);
    figures::print(&columns);
}

/// Everything about one database.
fn measure(mut stage: Stage, size: &Size) -> Figures {
    let mut figures = Figures::default();
    let starts: Vec<Duration> = (0..size.starts).map(|_| stage.start()).collect();
    stage.wait_until_idle();
    let participants: Vec<Visitor> = stage.participants(CONNECTIONS).iter().map(|who| stage.sign_in(who)).collect();
    let managers: Vec<Visitor> = stage.managers(CONNECTIONS).iter().map(|who| stage.sign_in(who)).collect();
    let pages =
        [("livez", "/livez", &participants), ("my path", "/", &participants), ("team page", "/team", &managers)];
    let mut livez = None;
    for (name, path, visitors) in pages {
        let (times, bytes) = one_by_one(&visitors[0], path, size.single);
        let ratio = *livez.get_or_insert(times.at(50.0));
        figures.line(&format!("{name}, one at a time, ms: median"), format!("{:.2}", times.at(50.0)));
        figures.line(&format!("{name}, ms: p90 / p99"), format!("{:.2} / {:.2}", times.at(90.0), times.at(99.0)));
        figures.line(&format!("{name}, median to that of livez"), format!("{:.1}", times.at(50.0) / ratio));
        figures.line(&format!("{name}, kB uncompressed"), format!("{:.1}", bytes as f64 / 1e3));
    }
    for (name, path, visitors) in pages {
        let before = stage.cpu_ms();
        let times = together(visitors, path, size.load);
        let cpu = (stage.cpu_ms() - before) / times.count() as f64;
        let rate = times.count() as f64 / size.load.as_secs_f64();
        figures.line(&format!("{name}, {CONNECTIONS} connections, requests/s"), format!("{rate:.0}"));
        let tails = format!("{:.2} / {:.2}", times.at(50.0), times.at(99.0));
        figures.line(&format!("{name}, {CONNECTIONS} connections, ms: median / p99"), tails);
        figures.line(&format!("{name}, server's processor time, ms a request"), format!("{cpu:.2}"));
    }
    figures.line("memory after that, MB: now / most", {
        let (now, most) = stage.memory();
        format!("{:.1} / {:.1}", now as f64 / 1e6, most as f64 / 1e6)
    });
    let starts = Times::of(starts);
    figures.line(
        "start to first answer, ms: median / slowest",
        format!("{:.0} / {:.0}", starts.at(50.0), starts.at(100.0)),
    );
    figures.line("binary, MB", format!("{:.1}", stage::binary_bytes() as f64 / 1e6));
    figures
}

/// The times of `count` requests, and the size of the last answer's body.
fn one_by_one(visitor: &Visitor, path: &str, count: usize) -> (Times, usize) {
    let mut connection = visitor.connect();
    let mut bytes = 0;
    for _ in 0..WARM_UP {
        bytes = connection.get(path).1;
    }
    (Times::of((0..count).map(|_| connection.get(path).0).collect()), bytes)
}

/// Every visitor asks again as soon as there is an answer, until `during` has passed.
fn together(visitors: &[Visitor], path: &str, during: Duration) -> Times {
    let _ = std::io::stdout().flush();
    let times = std::thread::scope(|scope| {
        let running: Vec<_> =
            visitors.iter().map(|visitor| scope.spawn(move || visitor.connect().keep_asking(path, during))).collect();
        running.into_iter().flat_map(|thread| thread.join().expect("no visitor fails")).collect()
    });
    Times::of(times)
}
