//! `$a{b}`, `$#if(…)`, `"##1"`: text that does not print, and comments that do.

use super::walk::Lint;
use crate::template::ast::{Lost, Node, Reference, ReferenceKind, StepKind};
use crate::{Span, Warning};

/// What Velocity dropped while it read.
pub(super) fn check(lost: &[Lost], lint: &mut Lint<'_>) {
    for lost in lost {
        match *lost {
            Lost::Sigil(span) => sigil(span, lint),
            Lost::Comment(span) => comment(span, lint),
        }
    }
}

/// `$#if(true)`, `# #set($x = 1)`, `$! 5`
fn sigil(span: Span, lint: &mut Lint<'_>) {
    let text = lint.text(span);
    let help = match text.chars().next() {
        Some('$') => "to print it, `#set($d = '$')` and write `${d}`",
        Some('#') => "to print it, `#set($h = '#')` and write `${h}`",
        _ => "`$!` begins a quiet reference; to print it, `#set($d = '$!')` and write `${d}`",
    };
    let message = format!("`{text}` does not print here");
    lint.add(Warning::new("lost-text", span, message).with_help(help));
}

/// `"USER##$id"`: whoever opens a quote before a comment did not mean one.
fn comment(span: Span, lint: &mut Lint<'_>) {
    let before = lint.source.get(..span.start as usize).unwrap_or_default();
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
    let quotes = line.matches('"').count();
    if quotes % 2 == 1 && lint.text(span).contains('"') {
        let message = "`##` begins a comment: the rest of the line does not print";
        lint.add(
            Warning::new("comment-in-text", span, message)
                .with_help("to print two `#`, write `#set($h = '#')${h}${h}`"),
        );
    }
}

/// `$a{b}`: behind a reference a brace begins another, of which only the first token prints.
pub(super) fn unprinted(reference: &Reference, lint: &mut Lint<'_>) {
    let ReferenceKind::Runt(printed) = &reference.kind else { return };
    let image = lint.text(reference.span);
    if image.len() <= printed.len() || lint.strings > 0 && image.contains("\"\"") {
        return;
    }
    let message = format!("behind a reference, `{image}` prints as `{printed}`");
    lint.add(
        Warning::new("lost-text", reference.span, message)
            .with_help("write the reference before it in braces: `${name}`"),
    );
}

/// `$m.k##`: behind a member there are no comments.
pub(super) fn printed_comment(text: &str, before: Option<&Node>, lint: &mut Lint<'_>) {
    let Some(Node::Reference(reference)) = before else { return };
    let member = matches!(reference.steps.last().map(|s| &s.kind), Some(StepKind::Property(_)));
    let span = Span { start: reference.span.end, end: reference.span.end + 2 };
    if member && text.starts_with("##") && lint.text(span) == "##" {
        lint.add(
            Warning::new("printed-comment", span, "behind a member, `##` is no comment: it prints")
                .with_help("put a blank before the `##`, or the reference in braces: `${a.b}##`"),
        );
    }
}
