//! Log lines: on stderr, with fields, never with names, addresses, tokens or texts.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts logging once; `RUST_LOG` says how much. JSON when nobody watches a terminal.
pub fn start() {
    start_with("warn,varjedag=info");
}

/// The same, with only what somebody must look at: for a demonstration.
pub fn start_quiet() {
    start_with("warn");
}

fn start_with(usual: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start, as in tests, changes nothing.
    let _ = if std::io::stderr().is_terminal() { lines.try_init() } else { lines.json().try_init() };
}
