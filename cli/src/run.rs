//! From arguments and streams to an exit code, without a process.

use std::ffi::OsString;
use std::io::ErrorKind;

use clap::Parser;

use crate::args::{Arguments, Command};
use crate::commands;
use crate::console::{Console, Look};
use crate::report::report;
use crate::stop::Stop;

/// The input is wrong: a template, a document, a file.
pub(crate) const WRONG_INPUT: u8 = 1;
/// What a shell reports for a program that a closed pipe ended: 128 + SIGPIPE.
const CLOSED_PIPE: u8 = 141;

/// Does what the arguments say. 0 = fine, 1 = the input is wrong, 2 = the command line is wrong.
pub(crate) fn run(arguments: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> u8 {
    match dispatch(arguments, console) {
        Ok(code) => code,
        Err(stop) => end(stop, console),
    }
}

fn dispatch(
    arguments: impl IntoIterator<Item = OsString>,
    console: &mut Console<'_>,
) -> Result<u8, Stop> {
    let arguments = Arguments::try_parse_from(arguments).map_err(Stop::Usage)?;
    console.colour(arguments.color);
    let code = match arguments.command {
        Command::Render(render) => commands::render::run(&render, console),
        Command::Check(check) => commands::check::run(&check, console),
        Command::Batch(batch) => commands::batch::run(&batch, console),
        Command::Test(test) => commands::test::run(&test, console),
        Command::Init(init) => commands::test::init::run(&init, console),
        Command::Completions(completions) => commands::completions::run(&completions, console),
    }?;
    console.stdout.flush()?;
    Ok(code)
}

/// A failing stderr leaves nobody to tell, so its errors are dropped here and nowhere else.
fn end(stop: Stop, console: &mut Console<'_>) -> u8 {
    match stop {
        Stop::Usage(error) => {
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            let written = if error.use_stderr() {
                console.stderr.write_all(usage(&error, console.stderr_look).as_bytes())
            } else {
                let text = usage(&error, console.stdout_look);
                console.stdout.write_all(text.as_bytes()).and_then(|()| console.stdout.flush())
            };
            match written {
                Err(e) if e.kind() == ErrorKind::BrokenPipe => CLOSED_PIPE,
                _ => code,
            }
        }
        Stop::Input(diagnostic) => {
            let _ = console.stderr.write_all(report(&diagnostic, console.stderr_look).as_bytes());
            WRONG_INPUT
        }
        Stop::Stream(error) if error.kind() == ErrorKind::BrokenPipe => CLOSED_PIPE,
        Stop::Stream(error) => {
            let _ = writeln!(console.stderr, "error: the output cannot be written: {error}");
            WRONG_INPUT
        }
    }
}

fn usage(error: &clap::Error, look: Look) -> String {
    let text = error.render();
    if look.colour { text.ansi().to_string() } else { text.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Done {
        code: u8,
        stdout: String,
        stderr: String,
    }

    fn on(look: Look, arguments: &[&str]) -> Done {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let mut console = Console {
            stdin: &mut "".as_bytes(),
            stdout: &mut stdout,
            stderr: &mut stderr,
            stdout_look: look,
            stderr_look: look,
        };
        let code = run(["transom"].iter().chain(arguments).map(OsString::from), &mut console);
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Done { code, stdout: text(stdout), stderr: text(stderr) }
    }

    const TERMINAL: Look = Look { terminal: true, colour: true, width: Some(80) };

    #[test]
    fn only_a_terminal_gets_a_newline_that_the_output_has_not() {
        assert_eq!(on(Look::default(), &["render", "-e", "a"]).stdout, "a");
        assert_eq!(on(TERMINAL, &["render", "-e", "a"]).stdout, "a\n");
        assert_eq!(on(TERMINAL, &["render", "-e", "a\n"]).stdout, "a\n");
        assert_eq!(on(TERMINAL, &["render", "-e", "$input.body", "-B", "\n"]).stdout, "\n");
    }

    #[test]
    fn colour_is_for_terminals_and_for_those_who_ask() {
        let coloured = |look, when| {
            on(look, &["render", "-e", "#if($a)", "--color", when]).stderr.contains('\u{1b}')
        };
        assert!(coloured(TERMINAL, "auto") && coloured(Look::default(), "always"));
        assert!(!coloured(TERMINAL, "never") && !coloured(Look::default(), "auto"));
    }

    #[test]
    fn help_is_output_and_wrong_usage_is_not() {
        let help = on(Look::default(), &["render", "--help"]);
        assert_eq!((help.code, help.stderr.as_str()), (0, ""));
        assert!(help.stdout.contains("--output json:"));
        let wrong = on(Look::default(), &["rendre"]);
        assert_eq!((wrong.code, wrong.stdout.as_str()), (2, ""));
        assert!(wrong.stderr.contains("render"), "{}", wrong.stderr);
    }
}
