//! Log lines: on stderr, with fields, never with names, addresses, tokens or texts.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts logging once; `RUST_LOG` says how much. JSON when nobody watches a terminal.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,varjedag=info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start, as in tests, changes nothing.
    let _ = if std::io::stderr().is_terminal() { lines.try_init() } else { lines.json().try_init() };
}
