//! For people: what differs, then how many of each.

use std::fmt::Write;

use annotate_snippets::normalize_untrusted_str;

use super::{Summary, failures};
use crate::commands::test::diff::diff;
use crate::commands::test::expect::{Detail, Problem};
use crate::commands::test::{Outcome, Told};
use crate::console::Look;

/// The whole report.
pub(super) fn document(told: &[Told<'_>], summary: &Summary, look: Look) -> String {
    let mut out = String::new();
    for (one, problems) in failures(told, summary) {
        let title = paint("FAIL", "1;31", look);
        // Writing into a String cannot fail.
        let _ = writeln!(out, "{title} {}", normalize_untrusted_str(&one.case.name));
        for problem in problems {
            let at = problem.span.position(&one.file.source.text);
            let place = format!("{}:{}:{}", one.file.source.name, at.line, at.column);
            let _ = writeln!(out, "  {place}: {}", words(problem, look.colour));
        }
        for reason in &one.reasons {
            let _ = writeln!(out, "  {}", normalize_untrusted_str(reason));
        }
        out.push('\n');
    }
    for one in told {
        if let Outcome::Skipped(reason) = &one.outcome {
            let title = paint("SKIP", "33", look);
            let name = normalize_untrusted_str(&one.case.name);
            let _ = writeln!(out, "{title} {name}: {}", normalize_untrusted_str(reason));
        }
    }
    out.push_str(&line(summary, look));
    out
}

/// A problem in full; the last line has no end.
pub(super) fn words(problem: &Problem, colour: bool) -> String {
    match &problem.detail {
        Detail::Texts { expected, actual } => {
            let difference = diff(expected, actual, colour);
            format!(
                "{} differs (- expected, + came out)\n{}",
                problem.what,
                difference.trim_end_matches('\n')
            )
        }
        Detail::Message(message) => {
            let message = normalize_untrusted_str(message.trim_end()).replace('\n', "\n    ");
            format!("{}: {message}", problem.what)
        }
    }
}

/// `3 passed, 1 failed in 2 files (0.01 s)`
pub(super) fn line(summary: &Summary, look: Look) -> String {
    let mut parts = Vec::new();
    if summary.failed > 0 {
        parts.push(paint(&format!("{} failed", summary.failed), "1;31", look));
    }
    parts.push(paint(&format!("{} passed", summary.passed), "32", look));
    if summary.skipped > 0 {
        parts.push(paint(&format!("{} skipped", summary.skipped), "33", look));
    }
    if let Some(blessed) = summary.blessed {
        parts.push(format!("{blessed} written"));
    }
    if summary.wrong > 0 {
        let files = if summary.wrong == 1 { "file" } else { "files" };
        parts.push(paint(&format!("{} {files} wrong", summary.wrong), "1;31", look));
    }
    let files = if summary.files == 1 { "file" } else { "files" };
    let none = summary.passed + summary.failed + summary.skipped == 0 && summary.wrong == 0;
    let hint = if none { "; no case has a name or file like that" } else { "" };
    let (count, seconds) = (summary.files, summary.seconds);
    format!("{} in {count} {files} ({seconds:.2} s){hint}\n", parts.join(", "))
}

fn paint(text: &str, code: &str, look: Look) -> String {
    if look.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}
