//! The `transom` command: hands the process's arguments and streams to [`run::run`], and its exit code to the shell.
#![forbid(unsafe_code)]

mod args;
mod commands;
mod console;
mod definition;
mod diagnostic;
mod event;
mod formats;
mod input;
mod report;
mod request;
mod run;
mod stop;

use std::io;
use std::process::ExitCode;

use crate::console::{Console, Look};

fn main() -> ExitCode {
    let (mut stdin, mut stdout, mut stderr) = (io::stdin(), io::stdout(), io::stderr());
    let (stdout_look, stderr_look) = (Look::of(&stdout), Look::of(&stderr));
    let mut console = Console {
        stdin: &mut stdin,
        stdout: &mut stdout,
        stderr: &mut stderr,
        stdout_look,
        stderr_look,
    };
    ExitCode::from(run::run(std::env::args_os(), &mut console))
}
