//! Outcomes → what is told of them.

mod github;
mod human;
mod json;
mod junit;

use crate::args::{Reporter, TestArguments};
use crate::console::Console;
use crate::diagnostic::Diagnostic;
use crate::report::report;
use crate::stop::Stop;

use super::expect::Problem;
use super::{Outcome, Told};

/// How many of each.
pub(super) struct Summary {
    passed: usize,
    failed: usize,
    skipped: usize,
    /// Files that could not be read
    wrong: usize,
    files: usize,
    /// Expectations that were rewritten, where that was asked for
    blessed: Option<usize>,
    seconds: f64,
}

impl Summary {
    pub(super) fn of(
        told: &[Told<'_>],
        wrong: &[Diagnostic],
        blessed: Option<usize>,
        seconds: f64,
    ) -> Summary {
        let mut summary = Summary {
            passed: 0,
            failed: 0,
            skipped: 0,
            wrong: wrong.len(),
            files: 0,
            blessed,
            seconds,
        };
        let mut last = None;
        for one in told {
            summary.files += usize::from(last != Some(std::ptr::from_ref(one.file)));
            last = Some(std::ptr::from_ref(one.file));
            match &one.outcome {
                Outcome::Passed => summary.passed += 1,
                Outcome::Skipped(_) => summary.skipped += 1,
                Outcome::Failed(problems) if blessed.is_some() && all_written(problems) => {
                    summary.passed += 1;
                }
                Outcome::Failed(_) => summary.failed += 1,
            }
        }
        summary
    }

    /// Whether everything is as expected, and there was something.
    pub(super) fn is_fine(&self) -> bool {
        self.failed == 0 && self.wrong == 0 && self.passed + self.skipped > 0
    }
}

/// Whether `--bless` has put everything right.
fn all_written(problems: &[Problem]) -> bool {
    problems.iter().all(|problem| !problem.edits.is_empty())
}

/// Those that are to be told: what was blessed is no failure any more.
fn failures<'t, 'r>(
    told: &'t [Told<'r>],
    summary: &Summary,
) -> impl Iterator<Item = (&'t Told<'r>, &'t [Problem])> {
    let blessed = summary.blessed.is_some();
    told.iter().filter_map(move |one| match &one.outcome {
        Outcome::Failed(problems) if !(blessed && all_written(problems)) => {
            Some((one, problems.as_slice()))
        }
        _ => None,
    })
}

/// Tells it all.
pub(super) fn all(
    told: &[Told<'_>],
    wrong_files: &[Diagnostic],
    summary: &Summary,
    arguments: &TestArguments,
    console: &mut Console<'_>,
) -> Result<(), Stop> {
    let document = match arguments.reporter {
        Reporter::Human => human::document(told, summary, console.stdout_look),
        Reporter::Json => json::document(told, wrong_files, summary),
        Reporter::Junit => junit::document(told, wrong_files, summary),
        Reporter::Github => github::document(told, wrong_files, summary),
    };
    wrong(wrong_files, arguments, console)?;
    console.stdout.write_all(document.as_bytes())?;
    console.stdout.flush()?;
    Ok(())
}

/// Tells people of files that are wrong; a document for programs has them in it.
pub(super) fn wrong(
    found: &[Diagnostic],
    arguments: &TestArguments,
    console: &mut Console<'_>,
) -> Result<(), Stop> {
    if arguments.list || !arguments.is_for_programs() {
        for one in found {
            console.stderr.write_all(report(one, console.stderr_look).as_bytes())?;
        }
    }
    Ok(())
}
