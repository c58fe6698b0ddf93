//! One JSON object.

use serde_json::{Value, json};

use super::{Summary, all_written};
use crate::commands::test::expect::{Detail, Problem};
use crate::commands::test::{Outcome, Told};
use crate::diagnostic::Diagnostic;
use crate::formats::json::finding;

/// The whole report, as `transom test --help` describes it.
pub(super) fn document(told: &[Told<'_>], wrong: &[Diagnostic], summary: &Summary) -> String {
    let cases: Vec<Value> = told.iter().map(|one| case(one, summary)).collect();
    let document = json!({
        "summary": {
            "passed": summary.passed,
            "failed": summary.failed,
            "skipped": summary.skipped,
            "files": summary.files,
            "wrongFiles": summary.wrong,
            "written": summary.blessed,
            "seconds": summary.seconds,
        },
        "errors": wrong.iter().map(finding).collect::<Vec<_>>(),
        "cases": cases,
    });
    format!("{document}\n")
}

fn case(one: &Told<'_>, summary: &Summary) -> Value {
    let at = one.case.span.position(&one.file.source.text);
    let mut out = json!({
        "name": one.case.name,
        "file": one.file.source.name,
        "line": at.line,
        "column": at.column,
        "seconds": one.seconds,
    });
    match &one.outcome {
        Outcome::Passed => out["status"] = "passed".into(),
        Outcome::Skipped(reason) => {
            out["status"] = "skipped".into();
            out["reason"] = reason.as_str().into();
        }
        Outcome::Failed(problems) => {
            let written = summary.blessed.is_some() && all_written(problems);
            out["status"] = if written { "written" } else { "failed" }.into();
            out["problems"] = problems.iter().map(|p| problem(p, one)).collect();
            if !one.reasons.is_empty() {
                out["log"] = one.reasons.clone().into();
            }
        }
    }
    out
}

fn problem(problem: &Problem, one: &Told<'_>) -> Value {
    let at = problem.span.position(&one.file.source.text);
    let mut out = json!({"what": problem.what, "line": at.line, "column": at.column});
    match &problem.detail {
        Detail::Texts { expected, actual } => {
            out["expected"] = expected.as_str().into();
            out["actual"] = actual.as_str().into();
        }
        Detail::Message(message) => out["message"] = message.as_str().into(),
    }
    out
}
