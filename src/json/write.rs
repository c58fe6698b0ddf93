//! A node as json-smart's compact JSON.

use std::fmt::Write;

use super::number::JsonNumber;
use super::view::{Elements, Kind, NodeRef};
use crate::java::number::double_to_string;

/// How `/` is written in strings: json-smart's `toString` of a list escapes it, its compact style does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slash {
    /// `/`
    Plain,
    /// `\/`
    Escaped,
}

/// A container that is being written.
enum Open<'d> {
    Array(Elements<'d>),
    Object(Box<dyn Iterator<Item = (std::borrow::Cow<'d, str>, NodeRef<'d>)> + 'd>),
}

/// Appends a node. What is compact already is copied as it stands; the rest is walked, without recursion.
pub(crate) fn write_json(node: NodeRef<'_>, out: &mut String, slash: Slash) {
    let mut open: Vec<(Open<'_>, bool)> = Vec::new();
    let mut next = Some(node);
    loop {
        if let Some(node) = next.take() {
            match node.kind() {
                Kind::Array | Kind::Object if !node.is_dirty() => copy(node.raw(), out, slash),
                Kind::Array => {
                    out.push('[');
                    open.push((Open::Array(node.elements()), true));
                }
                Kind::Object => {
                    out.push('{');
                    open.push((Open::Object(Box::new(node.entries())), true));
                }
                _ => write_scalar(node, out, slash),
            }
        }
        let Some((container, first)) = open.last_mut() else { return };
        let comma = !std::mem::replace(first, false);
        match container {
            Open::Array(elements) => next = elements.next(),
            Open::Object(members) => {
                if let Some((name, value)) = members.next() {
                    if comma {
                        out.push(',');
                    }
                    write_string(&name, out, slash);
                    out.push(':');
                    next = Some(value);
                    continue;
                }
            }
        }
        match (&next, &container) {
            (Some(_), _) => {
                if comma {
                    out.push(',');
                }
            }
            (None, Open::Array(_)) => {
                out.push(']');
                open.pop();
            }
            (None, Open::Object(_)) => {
                out.push('}');
                open.pop();
            }
        }
    }
}

fn write_scalar(node: NodeRef<'_>, out: &mut String, slash: Slash) {
    match node.kind() {
        Kind::String if node.is_dirty() => {
            write_string(&node.as_str().unwrap_or_default(), out, slash);
        }
        Kind::String => {
            out.push('"');
            copy(node.raw(), out, slash);
            out.push('"');
        }
        Kind::Number if node.is_dirty() => write_number(node, out),
        _ => out.push_str(node.raw()),
    }
}

/// Compact JSON as it stands; a `/` in it can only be part of a string.
fn copy(raw: &str, out: &mut String, slash: Slash) {
    if slash == Slash::Plain || memchr::memchr(b'/', raw.as_bytes()).is_none() {
        return out.push_str(raw);
    }
    for (i, part) in raw.split('/').enumerate() {
        out.push_str(if i > 0 { "\\/" } else { "" });
        out.push_str(part);
    }
}

fn write_number(node: NodeRef<'_>, out: &mut String) {
    match node.number() {
        Some(JsonNumber::Integer(n)) => {
            let _ = write!(out, "{n}");
        }
        Some(JsonNumber::Long(n)) => {
            let _ = write!(out, "{n}");
        }
        Some(JsonNumber::Double(n)) if n.is_finite() => double_to_string(n, out),
        Some(JsonNumber::Double(_)) | None => out.push_str("null"),
        Some(JsonNumber::BigInteger(digits)) => out.push_str(&digits),
        Some(JsonNumber::BigDecimal(text)) => {
            match crate::java::number::Number::parse_decimal(&text) {
                Some(number) => {
                    let _ = write!(out, "{number}");
                }
                None => out.push_str(&text),
            }
        }
    }
}

/// Appends a text as a JSON string, escaped as json-smart does: quotes, backslashes, control characters, U+007F to U+009F
/// and U+2000 to U+20FF.
pub(crate) fn write_string(text: &str, out: &mut String, slash: Slash) {
    out.push('"');
    let mut clean = 0;
    for (at, c) in text.char_indices() {
        let short = match c {
            '"' | '\\' => c,
            '\u{8}' => 'b',
            '\n' => 'n',
            '\t' => 't',
            '\u{c}' => 'f',
            '\r' => 'r',
            '/' if slash == Slash::Escaped => c,
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2000}'..='\u{20ff}' => '\0',
            _ => continue,
        };
        out.push_str(&text[clean..at]);
        clean = at + c.len_utf8();
        if short == '\0' {
            let _ = write!(out, "\\u{:04X}", u32::from(c));
        } else {
            out.push('\\');
            out.push(short);
        }
    }
    out.push_str(&text[clean..]);
    out.push('"');
}
