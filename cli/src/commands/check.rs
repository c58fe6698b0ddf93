//! `transom check`: compiles templates and says what is wrong with them.

use std::path::Path;
use std::rc::Rc;

use transom::{Options, Template};

use crate::args::{CheckArguments, Format, options};
use crate::console::Console;
use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::formats::{github, json, sarif};
use crate::input::{is_stdin, one_stdin, read_text};
use crate::report::report;
use crate::run::WRONG_INPUT;
use crate::stop::Stop;

/// Checks every file, then says it all: a machine-readable document is whole or not there.
pub(crate) fn run(arguments: &CheckArguments, console: &mut Console<'_>) -> Result<u8, Stop> {
    let stdins: Vec<(&str, Option<&Path>)> = arguments
        .files
        .iter()
        .filter(|path| is_stdin(path))
        .map(|path| ("FILE", Some(path.as_path())))
        .collect();
    one_stdin("check", &stdins)?;

    let options = options(arguments.dialect.into());
    let mut found = Vec::new();
    for path in &arguments.files {
        match read_text(path, console.stdin) {
            Ok(source) => check(&Rc::new(source), &options, arguments, &mut found),
            Err(unreadable) => found.push(*unreadable),
        }
    }
    match arguments.format {
        Format::Human => {
            for one in &found {
                console.stdout.write_all(report(one, console.stdout_look).as_bytes())?;
            }
        }
        Format::Json => console.stdout.write_all(json::document(&found).as_bytes())?,
        Format::Github => console.stdout.write_all(github::document(&found).as_bytes())?,
        Format::Sarif => console.stdout.write_all(sarif::document(&found).as_bytes())?,
    }
    console.stdout.flush()?;

    let of = |severity| found.iter().filter(|one| one.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    if arguments.format == Format::Human && !found.is_empty() && !arguments.quiet {
        let files = count(arguments.files.len(), "file");
        let said = match of(Severity::Hint) {
            0 => format!("{} and {}", count(errors, "error"), count(warnings, "warning")),
            hints => format!(
                "{}, {} and {}",
                count(errors, "error"),
                count(warnings, "warning"),
                count(hints, "hint")
            ),
        };
        let _ = writeln!(console.stderr, "{said} in {files}");
    }
    Ok(if errors > 0 || arguments.deny_warnings && warnings > 0 { WRONG_INPUT } else { 0 })
}

fn check(
    source: &Rc<Source>,
    options: &Options,
    arguments: &CheckArguments,
    found: &mut Vec<Diagnostic>,
) {
    match Template::compile(&source.text, options) {
        Ok(_) if arguments.quiet => {}
        Ok(template) => found
            .extend(template.warnings().iter().map(|warning| Diagnostic::warning(warning, source))),
        Err(error) => found.push(Diagnostic::error(&error, source, arguments.aws_words)),
    }
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
