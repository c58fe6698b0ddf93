//! The traces of all cases → what of their templates was rendered.
//!
//! ```text
//! lines.rs     pieces → lines
//! summary.rs   a table for the terminal
//! lcov.rs      for the tools that read lcov
//! html.rs      a page with the templates in colours
//! ```

mod html;
mod lcov;
mod lines;
mod summary;

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use transom::{Coverage, Template};

use super::subject::Subject;
use super::{Answer, TestFile};
use crate::args::TestArguments;
use crate::console::Console;
use crate::diagnostic::{Diagnostic, Source};
use crate::stop::Stop;

/// A template and what of it was rendered.
pub(super) struct Measured {
    /// The file, or the words that name a template inside a method
    name: String,
    /// Whether it has a file of its own
    is_file: bool,
    text: String,
    coverage: Coverage,
}

/// How many, and how many of them were rendered.
#[derive(Clone, Copy, Default)]
struct Part {
    all: usize,
    rendered: usize,
}

impl Part {
    fn of<T>(counts: impl IntoIterator<Item = T>, is_rendered: impl Fn(&T) -> bool) -> Part {
        counts.into_iter().fold(Part::default(), |part, one| Part {
            all: part.all + 1,
            rendered: part.rendered + usize::from(is_rendered(&one)),
        })
    }

    fn and(self, other: Part) -> Part {
        Part { all: self.all + other.all, rendered: self.rendered + other.rendered }
    }

    /// Nothing to render is rendered in full.
    fn percent(self) -> f64 {
        if self.all == 0 { 100.0 } else { 100.0 * self.rendered as f64 / self.all as f64 }
    }
}

impl Measured {
    fn new(name: String, is_file: bool, template: &Template) -> Measured {
        let text = template.source().to_owned();
        Measured { name, is_file, text, coverage: Coverage::new(template) }
    }

    fn lines(&self) -> Part {
        Part::of(lines::counts(&self.text, &self.coverage), |(_, count)| *count > 0)
    }

    fn branches(&self) -> Part {
        Part::of(self.coverage.branches(), |branch| branch.count > 0)
    }
}

/// Adds up the traces. A template that no case renders is there too, if a case names it.
pub(super) fn measure(files: &[TestFile], answers: &[Option<Answer>]) -> Vec<Measured> {
    let mut measured: Vec<Measured> = Vec::new();
    let mut of_subject: HashMap<*const Subject, Vec<usize>> = HashMap::new();
    let cases = files.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case)));
    for ((file, case), answer) in cases.zip(answers) {
        let places = of_subject.entry(Arc::as_ptr(&case.subject)).or_insert_with(|| {
            let first = measured.len();
            match &*case.subject {
                Subject::Template(template) => {
                    if let Ok(compiled) = &template.compiled {
                        measured.push(Measured::new(template.name.clone(), true, compiled));
                    }
                }
                Subject::Method(method) => {
                    for one in &method.templates {
                        let name = match one.is_file {
                            true => one.name.clone(),
                            false => format!("{}: {}", file.source.name, one.name),
                        };
                        measured.push(Measured::new(name, one.is_file, &one.template));
                    }
                }
            }
            (first..measured.len()).collect()
        });
        for (text, trace) in answer.iter().flat_map(|answer| &answer.traces) {
            for at in &*places {
                if let Some(one) = measured.get_mut(*at).filter(|one| one.text == *text) {
                    one.coverage.add(trace);
                }
            }
        }
    }
    measured
}

/// Writes what is asked for; `false` where it is less than `--fail-under`.
pub(super) fn tell(
    measured: &[Measured],
    arguments: &TestArguments,
    console: &mut Console<'_>,
) -> Result<bool, Stop> {
    let total = measured
        .iter()
        .fold(Part::default(), |part, one| part.and(one.lines()).and(one.branches()));
    let table = summary::table(measured, total);
    // A document for programs on standard output stays one.
    if arguments.is_for_programs() {
        console.stderr.write_all(table.as_bytes())?;
    } else {
        console.stdout.write_all(table.as_bytes())?;
    }
    if let Some(path) = &arguments.lcov {
        let left_out = measured.iter().filter(|one| !one.is_file).count();
        write(path, &lcov::document(measured))?;
        if left_out > 0 {
            let _ = writeln!(
                console.stderr,
                "note: {left_out} templates inside methods have no file, so lcov leaves them out"
            );
        }
    }
    if let Some(path) = &arguments.html {
        write(path, &html::page(measured, total))?;
    }
    match arguments.fail_under {
        Some(least) if total.percent() < least => {
            let _ = writeln!(
                console.stderr,
                "error: {:.1} % of lines and branches is less than {least} %",
                total.percent()
            );
            Ok(false)
        }
        _ => Ok(true),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Stop> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let written = parent.map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.map_err(|error| {
        let name = path.display().to_string();
        let message = format!("cannot write `{name}`: {error}");
        Stop::Input(Diagnostic::input(message, Source { name, text: String::new() }, None))
    })
}
