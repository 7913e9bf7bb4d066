//! The bar of what takes long.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

/// Only on a terminal; shows itself when there is something to do. `what` says what is counted: "rows saved".
pub fn bar(what: &str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(&format!("{{wide_bar}} {{pos}} of {{len}} {what}, {{eta}} left"));
    ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Shows that so many of so many are done.
pub fn show(bar: &ProgressBar, done: usize, all: usize) {
    bar.set_length(all as u64);
    bar.set_position(done as u64);
}
