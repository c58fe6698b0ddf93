//! `transom test`: runs the cases of test files and says what differs.
//!
//! ```text
//! discover.rs   paths → test files
//! yaml.rs       text → tree with places
//! file.rs       tree → cases; given.rs, subject.rs and table.rs read their parts
//! perform.rs    case → answer
//! expect.rs     answer × expectation → problems
//! bless.rs      problems → the file rewritten
//! report/       problems → for people and programs
//! coverage/     traces → what of the templates was rendered
//! ```

mod bless;
mod coverage;
mod diff;
mod discover;
mod expect;
mod file;
mod given;
pub(crate) mod init;
mod perform;
mod report;
mod run;
mod same;
mod subject;
mod table;
mod watch;
mod yaml;

use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::args::{Reporter, TestArguments};
use crate::console::Console;
use crate::diagnostic::{Diagnostic, Source};
use crate::input::read_text;
use crate::run::WRONG_INPUT;
use crate::stop::Stop;

use expect::Problem;
use file::Case;
use perform::Answer;
use subject::Subjects;

/// How a test file is written, for editors.
const SCHEMA: &str = include_str!("schema.json");

/// A test file that could be read.
struct TestFile {
    path: PathBuf,
    source: Rc<Source>,
    cases: Vec<Case>,
}

/// What came of a case.
enum Outcome {
    Passed,
    Skipped(String),
    Failed(Vec<Problem>),
}

/// A case, where it stands, and what came of it.
struct Told<'r> {
    file: &'r TestFile,
    case: &'r Case,
    outcome: Outcome,
    reasons: Vec<String>,
    seconds: f64,
}

/// Runs all tests; 1 means that one failed or a file is wrong.
pub(crate) fn run(arguments: &TestArguments, console: &mut Console<'_>) -> Result<u8, Stop> {
    if arguments.schema {
        console.stdout.write_all(SCHEMA.as_bytes())?;
        return Ok(0);
    }
    if arguments.watch { watch::run(arguments, console) } else { once(arguments, console) }
}

fn once(arguments: &TestArguments, console: &mut Console<'_>) -> Result<u8, Stop> {
    let started = std::time::Instant::now();
    let paths = discover::discover(&arguments.paths)?;
    if paths.is_empty() {
        return Err(Stop::Input(
            Diagnostic::input(
                format!("there is no test file here: none ends in `{}`", discover::ENDING),
                Source { name: ".".to_owned(), text: String::new() },
                None,
            )
            .with_help("`transom init TEMPLATE` writes a first one"),
        ));
    }
    let mut subjects = Subjects::default();
    let (mut files, mut wrong) = (Vec::new(), Vec::new());
    for path in &paths {
        match read(path, &mut subjects, console) {
            Ok(file) => files.push(file),
            Err(found) => wrong.push(*found),
        }
    }
    for file in &mut files {
        file.cases.retain(|case| chosen(arguments, &file.source.name, &case.name));
    }
    if arguments.list {
        for (file, case) in files.iter().flat_map(|f| f.cases.iter().map(move |case| (f, case))) {
            let at = case.span.position(&file.source.text);
            writeln!(console.stdout, "{}:{}: {}", file.source.name, at.line, case.name)?;
        }
        report::wrong(&wrong, arguments, console)?;
        return Ok(if wrong.is_empty() { 0 } else { WRONG_INPUT });
    }
    let wants_coverage = arguments.wants_coverage();
    let (told, answers) = run::all(&files, arguments, wants_coverage, console)?;
    let mut blessed = None;
    if arguments.bless {
        blessed = Some(bless_all(&files, &told)?);
    }
    let summary = report::Summary::of(&told, &wrong, blessed, started.elapsed().as_secs_f64());
    report::all(&told, &wrong, &summary, arguments, console)?;
    let mut fine = summary.is_fine();
    if wants_coverage {
        let measured = coverage::measure(&files, &answers);
        fine &= coverage::tell(&measured, arguments, console)?;
    }
    Ok(if fine { 0 } else { WRONG_INPUT })
}

fn chosen(arguments: &TestArguments, file: &str, name: &str) -> bool {
    let wanted = |filter: &String| name.contains(filter.as_str()) || file.contains(filter.as_str());
    arguments.filter.is_empty() || arguments.filter.iter().any(wanted)
}

fn read(
    path: &Path,
    subjects: &mut Subjects,
    console: &mut Console<'_>,
) -> Result<TestFile, Box<Diagnostic>> {
    let source = Rc::new(read_text(path, console.stdin)?);
    let directory = path.parent().unwrap_or(Path::new(""));
    let cases = yaml::parse(&source.text)
        .and_then(|root| file::read(&root, &source.text, directory, subjects));
    match cases {
        Ok(cases) => Ok(TestFile { path: path.to_owned(), source, cases }),
        Err(wrong) => Err(Box::new(Diagnostic::at(&source, wrong.span, wrong.message, wrong.help))),
    }
}

/// Rewrites the files; how many expectations it wrote.
fn bless_all(files: &[TestFile], told: &[Told<'_>]) -> Result<usize, Stop> {
    let mut count = 0;
    for file in files {
        let of_file = told.iter().filter(|one| std::ptr::eq(one.file, file));
        let mut edits = Vec::new();
        for one in of_file {
            if let Outcome::Failed(problems) = &one.outcome {
                edits.extend(problems.iter().flat_map(|problem| problem.edits.iter().cloned()));
            }
        }
        if edits.is_empty() {
            continue;
        }
        count += edits.len();
        let text = bless::apply(&file.source.text, edits);
        std::fs::write(&file.path, text).map_err(|error| {
            let message = format!("cannot write `{}`: {error}", file.source.name);
            let source = Source { name: file.source.name.clone(), text: String::new() };
            Diagnostic::input(message, source, None)
        })?;
    }
    Ok(count)
}

impl TestArguments {
    /// Whether anything asks for coverage.
    fn wants_coverage(&self) -> bool {
        self.coverage || self.lcov.is_some() || self.html.is_some() || self.fail_under.is_some()
    }

    /// Whether standard output is a document for programs.
    fn is_for_programs(&self) -> bool {
        !matches!(self.reporter, Reporter::Human)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{expect, file, given, table};

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        let schema: Value = serde_json::from_str(super::SCHEMA).expect("JSON");
        let keys = |place: &Value| -> Vec<String> {
            let mut keys: Vec<String> =
                place["properties"].as_object().expect("properties").keys().cloned().collect();
            keys.sort();
            keys
        };
        let check = |place: &Value, known: &[&str]| {
            let mut known: Vec<String> = known.iter().map(|key| (*key).to_owned()).collect();
            known.sort();
            assert_eq!(keys(place), known);
        };
        let definitions = &schema["definitions"];
        let (given, expect) = (&definitions["given"], &definitions["expect"]);
        check(&schema, file::FILE);
        check(&definitions["case"], file::CASE);
        check(&definitions["table"], table::TABLE);
        check(given, given::GIVEN);
        check(&given["properties"]["params"], given::PARAMS);
        check(&given["properties"]["request"], given::REQUEST);
        check(&given["properties"]["refuse"], given::REFUSE);
        check(&given["properties"]["backend"]["anyOf"][1], given::BACKEND);
        check(expect, &[expect::OF_TEMPLATE, expect::OF_METHOD].concat());
        check(&expect["properties"]["error"]["anyOf"][1], expect::ERROR);
        check(&expect["properties"]["integrationRequest"], expect::REQUEST);
        check(&expect["properties"]["response"], expect::RESPONSE);
    }
}
