//! Workflow commands of GitHub Actions, one for each thing that differs, and a summary.

use std::rc::Rc;

use super::human::{line, words};
use super::{Summary, failures};
use crate::commands::test::Told;
use crate::console::Look;
use crate::diagnostic::Diagnostic;
use crate::formats::github;

/// The whole report.
pub(super) fn document(told: &[Told<'_>], wrong: &[Diagnostic], summary: &Summary) -> String {
    let mut found = wrong.to_vec();
    for (one, problems) in failures(told, summary) {
        for problem in problems {
            let mut message = format!("{}: {}", one.case.name, words(problem, false));
            for reason in &one.reasons {
                message.push('\n');
                message.push_str(reason);
            }
            let source = Rc::clone(&one.file.source);
            let diagnostic = Diagnostic::at(&source, problem.span, message, None);
            found.push(Diagnostic { kind: "test failed", ..diagnostic });
        }
    }
    github::document(&found) + &line(summary, Look::default())
}
