//! `transom check`: compiles templates, and all that a definition of an API has, and says what is wrong with them.

use std::path::Path;
use std::rc::Rc;

use transom::{Options, Template};
use transom_definition::{Definition, Parameters};

use crate::args::{CheckArguments, Format, options};
use crate::console::Console;
use crate::definition::{self, Sources};
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
    let parameters = definition::parameters(&arguments.definition)?;
    let mut found = Vec::new();
    for path in &arguments.files {
        if path.is_dir() {
            match definition::read_folder(path, &parameters) {
                Ok(definition) => tell(definition, arguments, &mut Sources::default(), &mut found),
                Err(problem) => found.push(Sources::default().diagnostic(problem)),
            }
            continue;
        }
        match read_text(path, console.stdin) {
            Ok(source) if may_be_definition(path, &source.text) => {
                check_definition(path, source, &options, &parameters, arguments, &mut found);
            }
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

/// YAML is no template; JSON can be one, and so can what has no name.
fn may_be_definition(path: &Path, text: &str) -> bool {
    let json = || text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    is_yaml(path) || path.extension().is_none_or(|end| end == "json") && json()
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "yaml" || end == "yml")
}

fn check_definition(
    path: &Path,
    source: Source,
    options: &Options,
    parameters: &Parameters,
    arguments: &CheckArguments,
    found: &mut Vec<Diagnostic>,
) {
    let mut sources = Sources::default();
    let definition = match definition::read(path, source.text.clone(), parameters) {
        Ok(Some(definition)) => definition,
        Ok(None) if is_yaml(path) => {
            found.push(*definition::unknown(source));
            return;
        }
        Err(problem) if is_yaml(path) => {
            found.push(sources.diagnostic(problem));
            return;
        }
        _ => return check(&Rc::new(source), options, arguments, found),
    };
    tell(definition, arguments, &mut sources, found);
}

/// All that is wrong with what a definition defines.
fn tell(
    definition: Definition,
    arguments: &CheckArguments,
    sources: &mut Sources,
    found: &mut Vec<Diagnostic>,
) {
    let checked = definition.apis.iter().flat_map(transom_definition::Api::check);
    let problems = definition.problems.into_iter().chain(checked);
    let wanted = problems.filter(|problem| !arguments.quiet || problem.is_error());
    found.extend(wanted.map(|problem| sources.diagnostic(problem)));
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
