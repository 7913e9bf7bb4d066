//! The program as somebody runs it in a shell: what it answers, and whether that is an answer or a refusal.

use std::path::Path;
use std::process::{Command, Output};

/// Exit code, stdout, stderr.
pub type Ran = (Option<i32>, String, String);

/// The program, without what the environment of the tests would tell it.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_varjedag"));
    command.env_remove("DATABASE_URL").env_remove("RUST_LOG");
    command
}

/// Runs it to its end.
pub fn ran(command: &mut Command) -> Ran {
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

/// What it answered; it must have succeeded.
pub fn good((code, out, err): Ran) -> String {
    assert_eq!(code, Some(0), "{out}{err}");
    out
}

/// It must have refused with one sentence, and that sentence have these words.
pub fn refused((code, _, err): Ran, expected: &str) {
    assert_eq!(code, Some(1), "{err}");
    assert!(err.starts_with("error: ") && err.contains(expected), "{err}");
    assert!(!err.contains("panicked") && err.trim_end().lines().count() == 1, "{err}");
}

/// A path as an argument.
pub fn plain(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}
