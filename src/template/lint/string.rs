//! `"a\nb"`, `"it''s"`: what a string literal does not do.

use super::walk::Lint;
use crate::template::ast::{Expr, ExprKind};
use crate::{Span, Warning};

/// Methods whose first argument is a regex, where `\n` means something.
pub(super) fn takes_regex(method: &str) -> bool {
    matches!(method, "replaceAll" | "replaceFirst" | "split" | "matches")
}

pub(super) fn check(expr: &Expr, lint: &mut Lint<'_>) {
    // In a string inside of a string the quotes are doubled already.
    if lint.strings > 0 || !matches!(expr.kind, ExprKind::Text(_) | ExprKind::Interpolated(_)) {
        return;
    }
    let image = lint.text(expr.span);
    let Some(quote) = image.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return };
    let Some(inner) = image.get(1..image.len().saturating_sub(1)) else { return };
    let start = expr.span.start as usize + 1;
    let place = |at: usize, length: usize| Span::new(start + at, start + at + length);
    escapes(quote, inner, &place, lint);
    doubled(quote, inner, &place, lint);
}

fn escapes(quote: char, inner: &str, place: &impl Fn(usize, usize) -> Span, lint: &mut Lint<'_>) {
    let mut characters = inner.char_indices();
    while let Some((at, c)) = characters.next() {
        if c != '\\' {
            continue;
        }
        let (message, help) = match characters.next() {
            Some((_, letter @ ('n' | 't' | 'r'))) => {
                let message =
                    format!("`\\{letter}` in a string is a backslash and the letter `{letter}`");
                let help = "that is right for a text in JSON; for the character itself, write it into the string as it is";
                lint.add(Warning::hint("backslash-escape", place(at, 2), message).with_help(help));
                return;
            }
            // A string of one backslash is meant.
            None if at > 0 => (
                format!("`\\{quote}` does not escape the quote: the string ends here"),
                "double the quote (`\"\"`), or put the string in single quotes",
            ),
            _ => continue,
        };
        lint.add(Warning::new("backslash-escape", place(at, 2), message).with_help(help));
    }
}

/// A doubled quote is one quote only in a string with the same quotes.
fn doubled(quote: char, inner: &str, place: &impl Fn(usize, usize) -> Span, lint: &mut Lint<'_>) {
    let (pair, other) = if quote == '"' { ("''", "double") } else { ("\"\"", "single") };
    for (at, _) in inner.match_indices(pair) {
        let before = inner[..at].chars().next_back();
        let behind = inner[at + 2..].chars().next();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        // `""` alone is an empty text of JSON.
        let meant = if quote == '"' { word(before) && word(behind) } else { word(behind) };
        if meant {
            let message = format!("`{pair}` stays two quotes in a string in {other} quotes");
            let help = "only the quote that the string itself stands in is doubled";
            lint.add(Warning::new("doubled-quote", place(at, 2), message).with_help(help));
            return;
        }
    }
}
