//! Replacements in Java's syntax: `$1`, `${name}`, and `\` before what is meant literally.

use super::{Match, RegexError};

/// A replacement; what is wrong with it shows only when there is a match.
pub(super) struct Replacement<'r> {
    text: &'r str,
    plain: bool,
}

impl<'r> Replacement<'r> {
    pub(super) fn new(text: &'r str) -> Replacement<'r> {
        Replacement { text, plain: !text.contains(['$', '\\']) }
    }

    /// Appends what stands for a match.
    pub(super) fn append(
        &self,
        found: &Match<'_, '_>,
        text: &str,
        out: &mut String,
    ) -> Result<(), RegexError> {
        if self.plain {
            out.push_str(self.text);
            return Ok(());
        }
        let mut rest = self.text;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '\\' => {
                    let Some(escaped) = rest.chars().next() else {
                        return error("character to be escaped is missing");
                    };
                    out.push(escaped);
                    rest = &rest[escaped.len_utf8()..];
                }
                '$' => rest = group(found, rest, text, out)?,
                c => out.push(c),
            }
        }
        Ok(())
    }
}

/// `$` was read: appends the group behind it, and answers what is left.
fn group<'r>(
    found: &Match<'_, '_>,
    rest: &'r str,
    text: &str,
    out: &mut String,
) -> Result<&'r str, RegexError> {
    if let Some(name) = rest.strip_prefix('{') {
        let Some((name, after)) = name.split_once('}') else {
            return error("named capturing group is missing trailing '}'");
        };
        let Some(number) = found.named(name) else {
            return error(&format!("No group with name {{{name}}}"));
        };
        out.push_str(found.group(number, text).unwrap_or(""));
        return Ok(after);
    }
    let mut digits = rest.char_indices().take_while(|(_, c)| c.is_ascii_digit());
    let Some((_, first)) = digits.next() else {
        return error(if rest.is_empty() {
            "Illegal group reference: group index is missing"
        } else {
            "Illegal group reference"
        });
    };
    let mut number = first.to_digit(10).unwrap_or(0) as usize;
    if found.group(number, text).is_err() {
        return error(&format!("No group {number}"));
    }
    let mut length = 1;
    // More digits belong to the number as long as there is such a group.
    for (at, digit) in digits {
        let longer =
            number.saturating_mul(10).saturating_add(digit.to_digit(10).unwrap_or(0) as usize);
        if found.group(longer, text).is_err() {
            break;
        }
        (number, length) = (longer, at + 1);
    }
    out.push_str(found.group(number, text).unwrap_or(""));
    Ok(&rest[length..])
}

#[cold]
fn error<T>(message: &str) -> Result<T, RegexError> {
    Err(RegexError(message.to_owned()))
}
