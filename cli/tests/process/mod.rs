//! Runs the binary and collects what it wrote.
#![allow(dead_code, reason = "each test file uses a part")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// What a run left.
pub(crate) struct Done {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The binary, with three pipes.
pub(crate) fn start(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_transom"))
        .args(arguments)
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts")
}

/// Runs it to its end with this input.
pub(crate) fn transom_with(arguments: &[&str], input: impl AsRef<[u8]>) -> Done {
    let mut child = start(arguments);
    // A program that does not read its input closes the pipe.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_ref());
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Done { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Runs it to its end without input.
pub(crate) fn transom(arguments: &[&str]) -> Done {
    transom_with(arguments, "")
}

/// A file for one test, in a directory of its own.
pub(crate) fn file(test: &str, name: &str, content: impl AsRef<[u8]>) -> String {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    std::fs::create_dir_all(&directory).expect("a directory");
    let path = directory.join(name);
    std::fs::write(&path, content).expect("a file");
    path.display().to_string()
}
