//! Two texts → their difference, line by line; blanks are shown where only they differ.

use std::fmt::Write;

use annotate_snippets::normalize_untrusted_str;
use similar::{ChangeTag, TextDiff};

/// Lines around a change.
const AROUND: usize = 3;
/// Lines of a difference after which the rest is only counted.
const LINES: usize = 100;

/// Lines with ` `, `-` (expected) or `+` (what came) in front.
pub(super) fn diff(expected: &str, actual: &str, colour: bool) -> String {
    let same_but_for_blanks = squeezed(expected) == squeezed(actual);
    // A text without line end beside one with it: the end itself is what differs.
    let ends = expected.ends_with('\n') != actual.ends_with('\n');
    let diff = TextDiff::from_lines(expected, actual);
    let mut out = String::new();
    let mut left = LINES;
    let mut hidden = 0;
    for (at, group) in diff.grouped_ops(AROUND).iter().enumerate() {
        if at > 0 {
            out.push_str("    …\n");
        }
        for operation in group {
            let changes: Vec<_> = diff.iter_changes(operation).collect();
            let side = |tag| {
                changes
                    .iter()
                    .filter(move |c| c.tag() == tag)
                    .map(|c| c.value())
                    .collect::<String>()
            };
            let blanks = same_but_for_blanks
                || squeezed(&side(ChangeTag::Delete)) == squeezed(&side(ChangeTag::Insert));
            for change in &changes {
                if left == 0 {
                    hidden += 1;
                    continue;
                }
                left -= 1;
                let (sign, code) = match change.tag() {
                    ChangeTag::Equal => (' ', ""),
                    ChangeTag::Delete => ('-', "\u{1b}[31m"),
                    ChangeTag::Insert => ('+', "\u{1b}[32m"),
                };
                let value = change.value();
                let shown = if sign != ' ' && blanks {
                    visible(value)
                } else {
                    let line = value.strip_suffix('\n').unwrap_or(value);
                    let shown = normalize_untrusted_str(line);
                    let missing = sign != ' ' && ends && !value.ends_with('\n');
                    if missing { format!("{shown}  (no line end)") } else { shown }
                };
                let (code, reset) =
                    if colour && !code.is_empty() { (code, "\u{1b}[0m") } else { ("", "") };
                // Writing into a String cannot fail.
                let _ = writeln!(out, "    {code}{sign} {shown}{reset}");
            }
        }
    }
    if hidden > 0 {
        let _ = writeln!(out, "    … and {hidden} more lines");
    }
    out
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{feff}' | '\u{200b}')).collect()
}

/// `·` for a blank, `→` for a tab, `␍` for a carriage return, `⏎` for a line end, the code of any other white space.
fn visible(line: &str) -> String {
    let mut out = String::new();
    for c in line.chars() {
        match c {
            ' ' => out.push('·'),
            '\t' => out.push('→'),
            '\r' => out.push('␍'),
            '\n' => out.push('⏎'),
            c if c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}') => {
                let _ = write!(out, "<U+{:04X}>", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_shown_only_where_they_are_the_difference() {
        assert_eq!(diff("a b\nc\n", "a  b\nc\n", false), "    - a·b⏎\n    + a··b⏎\n      c\n");
        assert_eq!(diff("a b\n", "a c\n", false), "    - a b\n    + a c\n");
        assert_eq!(diff("a\n", "a", false), "    - a⏎\n    + a\n");
        assert_eq!(diff("a\r\n", "a\n", false), "    - a␍⏎\n    + a⏎\n");
        assert_eq!(
            diff("x\nb\n", "a\nb", false),
            "    - x\n    - b\n    + a\n    + b  (no line end)\n"
        );
    }
}
