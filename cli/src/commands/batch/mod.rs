//! `transom batch`: JSON lines in, JSON lines out, each answered on its own.

pub(crate) mod answer;
pub(crate) mod exchange;
mod line;
pub(crate) mod methods;
mod pool;
mod sink;
mod templates;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use transom::{Dialect, Options};

use crate::args::{BatchArguments, options};
use crate::console::Console;
use crate::diagnostic::Diagnostic;
use crate::input::{is_stdin, unreadable};
use crate::report::report;
use crate::run::WRONG_INPUT;
use crate::stop::Stop;

use answer::answer;
use methods::Methods;
use sink::Sink;
use templates::Templates;

/// What lines that are alike compile only once.
#[derive(Default)]
struct Compiled {
    templates: Templates,
    methods: Methods,
}

/// How much is read at once.
const BUFFER: usize = 64 * 1024;

/// Answers every line of every input. 1 means that an input could not be read.
pub(crate) fn run(arguments: &BatchArguments, console: &mut Console<'_>) -> Result<u8, Stop> {
    let standard_input = [PathBuf::from("-")];
    let inputs = if arguments.files.is_empty() { &standard_input[..] } else { &arguments.files };
    let compiled = Compiled {
        templates: Templates::new(arguments.escape_slashes, arguments.json_path.into()),
        methods: Methods::new(Options {
            escape_slashes: arguments.escape_slashes,
            json_path: arguments.json_path.into(),
            ..options(Dialect::ApiGateway)
        }),
    };
    let jobs = match arguments.jobs {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        jobs => usize::from(jobs),
    };
    let sink = Sink::new(console.stdout);
    let mut code = 0;
    for path in inputs {
        let read = if is_stdin(path) {
            answer_all(console.stdin, path, jobs, &compiled, &sink)?
        } else {
            match File::open(path) {
                Ok(mut file) => answer_all(&mut file, path, jobs, &compiled, &sink)?,
                Err(error) => Err(unreadable(path, &error)),
            }
        };
        if let Err(found) = read {
            let _ = console.stderr.write_all(report(&found, console.stderr_look).as_bytes());
            code = WRONG_INPUT;
        }
    }
    sink.flush()?;
    Ok(code)
}

/// The outer result is about the output, the inner one about the input.
fn answer_all(
    input: &mut dyn Read,
    path: &Path,
    jobs: usize,
    compiled: &Compiled,
    sink: &Sink<'_>,
) -> Result<Result<(), Box<Diagnostic>>, Stop> {
    let mut lines = Lines { reader: BufReader::with_capacity(BUFFER, input), first: true };
    let done = if jobs > 1 {
        pool::answer_all(&mut lines, jobs, compiled, sink)?
    } else {
        in_turn(&mut lines, compiled, sink)?
    };
    Ok(done.map_err(|error| unreadable(path, &error)))
}

fn in_turn(
    lines: &mut Lines<'_>,
    compiled: &Compiled,
    sink: &Sink<'_>,
) -> Result<io::Result<()>, Stop> {
    let mut line = Vec::new();
    loop {
        if lines.would_wait() {
            sink.flush()?;
        }
        match lines.next_into(&mut line) {
            Ok(true) => sink.write(&answer(&line, compiled))?,
            Ok(false) => return Ok(Ok(())),
            Err(error) => return Ok(Err(error)),
        }
    }
}

/// Lines as bytes: a line that is not UTF-8 is one wrong line, not the end.
struct Lines<'a> {
    reader: BufReader<&'a mut dyn Read>,
    first: bool,
}

impl Lines<'_> {
    /// Whether the next line is not here yet.
    fn would_wait(&self) -> bool {
        !self.reader.buffer().contains(&b'\n')
    }

    /// The next line that is not blank, without its end; false at the end of the input.
    fn next_into(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        loop {
            line.clear();
            if self.reader.read_until(b'\n', line)? == 0 {
                return Ok(false);
            }
            if std::mem::take(&mut self.first) && line.starts_with("\u{feff}".as_bytes()) {
                line.drain(.."\u{feff}".len());
            }
            if !line.trim_ascii().is_empty() {
                return Ok(true);
            }
        }
    }
}
