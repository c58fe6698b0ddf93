//! Texts and JSON values written inside a path.

use pest::iterators::Pair;

use crate::jsonpath::decimal::Number;
use crate::jsonpath::parse::Rule;
use crate::jsonpath::path::{Literal, PathError};

/// Reads a quoted text's pair.
pub(super) fn quoted(pair: Pair<'_, Rule>) -> Result<Box<str>, PathError> {
    let Some(content) = pair.into_inner().next() else { return Ok(Box::default()) };
    unescape(content.as_str(), content.as_span().start())
}

/// Resolves backslashes as Jayway does: those it does not know vanish.
fn unescape(text: &str, offset: usize) -> Result<Box<str>, PathError> {
    if !text.contains('\\') {
        return Ok(text.into());
    }
    // UTF-16, because a pair of `\u` escapes makes one character.
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut chars = text.char_indices();
    while let Some((_, char)) = chars.next() {
        let resolved = match char {
            '\\' => match chars.next() {
                Some((at, 'u')) => {
                    units.push(unicode(text, at + 1).ok_or_else(|| bad_unicode(offset + at))?);
                    chars.nth(3);
                    continue;
                }
                Some((_, 'n')) => '\n',
                Some((_, 't')) => '\t',
                Some((_, 'r')) => '\r',
                Some((_, 'b')) => '\u{8}',
                Some((_, 'f')) => '\u{c}',
                Some((_, other)) => other,
                None => '\\',
            },
            other => other,
        };
        units.extend_from_slice(resolved.encode_utf16(&mut [0; 2]));
    }
    Ok(String::from_utf16_lossy(&units).into())
}

fn unicode(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + 4)?;
    let valid = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    valid.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

fn bad_unicode(offset: usize) -> PathError {
    PathError::new(offset, r"`\u` needs four hexadecimal digits after it, as in `\u00e9`")
}

/// Reads a JSON value; the brackets are counted before, so that the recursion is bounded.
pub(super) fn literal(pair: Pair<'_, Rule>) -> Result<Literal, PathError> {
    Ok(match pair.as_rule() {
        Rule::list => Literal::List(pair.into_inner().map(literal).collect::<Result<_, _>>()?),
        Rule::object => {
            let mut members = Vec::new();
            for member in pair.into_inner() {
                put(&mut members, member)?;
            }
            Literal::Object(members)
        }
        Rule::single | Rule::double => Literal::Text(quoted(pair)?),
        _ => bare(pair.as_str().trim()),
    })
}

fn put(members: &mut Vec<(Box<str>, Literal)>, member: Pair<'_, Rule>) -> Result<(), PathError> {
    let mut parts = member.into_inner();
    let (Some(name), Some(value)) = (parts.next(), parts.next()) else { return Ok(()) };
    let name = match name.as_rule() {
        Rule::bare => name.as_str().trim().into(),
        _ => quoted(name)?,
    };
    let value = literal(value)?;
    match members.iter_mut().find(|(known, _)| *known == name) {
        Some((_, old)) => *old = value,
        None => members.push((name, value)),
    }
    Ok(())
}

/// Reads a value without quotes; json-smart takes what is nothing else for a text.
fn bare(text: &str) -> Literal {
    match text {
        "null" => return Literal::Null,
        "true" => return Literal::Bool(true),
        "false" => return Literal::Bool(false),
        _ => {}
    }
    let numeric = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    match Number::parse(text).filter(|_| numeric) {
        None => Literal::Text(text.into()),
        Some(Number::Integer(integer)) => Literal::Integer(integer),
        Some(_) if text.contains(['.', 'e', 'E']) && text.len() <= 18 => {
            text.parse().map_or_else(|_| Literal::Text(text.into()), Literal::Double)
        }
        Some(_) => Literal::Exact(text.into()),
    }
}
