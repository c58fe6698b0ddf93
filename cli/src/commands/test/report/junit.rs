//! JUnit's XML: a suite for each file.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::human::words;
use super::{Summary, all_written};
use crate::commands::test::{Outcome, Told};
use crate::diagnostic::Diagnostic;

/// The whole report.
pub(super) fn document(told: &[Told<'_>], wrong: &[Diagnostic], summary: &Summary) -> String {
    let mut report = Report::new("transom");
    report.set_time(Duration::from_secs_f64(summary.seconds));
    let mut suites: Vec<TestSuite> = Vec::new();
    for one in told {
        let name = one.file.source.name.as_str();
        if suites.last().is_none_or(|suite| suite.name.as_str() != name) {
            suites.push(TestSuite::new(name));
        }
        if let Some(suite) = suites.last_mut() {
            suite.add_test_case(case(one, summary));
        }
    }
    for one in wrong {
        let mut suite = TestSuite::new(one.source.name.as_str());
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        let place = one.region().map(|at| format!("{}:{}: ", at.line, at.column));
        status.set_message(format!("{}{}", place.unwrap_or_default(), one.message));
        suite.add_test_case(TestCase::new("the file is readable", status));
        suites.push(suite);
    }
    report.add_test_suites(suites);
    // Writing into a String cannot fail.
    report.to_string().unwrap_or_default()
}

fn case(one: &Told<'_>, summary: &Summary) -> TestCase {
    let status = match &one.outcome {
        Outcome::Passed => TestCaseStatus::success(),
        Outcome::Skipped(reason) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(reason.as_str());
            status
        }
        Outcome::Failed(problems) if summary.blessed.is_some() && all_written(problems) => {
            TestCaseStatus::success()
        }
        Outcome::Failed(problems) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let what: Vec<&str> = problems.iter().map(|problem| problem.what.as_str()).collect();
            status.set_message(format!("not as expected: {}", what.join(", ")));
            let mut told: Vec<String> = problems
                .iter()
                .map(|problem| {
                    let at = problem.span.position(&one.file.source.text);
                    let file = &one.file.source.name;
                    format!("{file}:{}:{}: {}", at.line, at.column, words(problem, false))
                })
                .collect();
            told.extend(one.reasons.iter().cloned());
            status.set_description(told.join("\n"));
            status
        }
    };
    let mut case = TestCase::new(one.case.name.as_str(), status);
    case.set_classname(one.file.source.name.as_str());
    case.set_time(Duration::from_secs_f64(one.seconds));
    case
}
