//! The program's exit code, and nothing else.

use std::process::ExitCode;

/// A page is many small texts, and this takes a good part off the time of each.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    varjedag::cli::main()
}
