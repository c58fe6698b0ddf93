//! A node as json-smart's compact JSON.

use std::fmt::Write;

use super::compact::write_compact;
use super::duplicates;
use super::number::JsonNumber;
use super::view::{Kind, NodeRef};
use crate::java::number::double_to_string;

/// How `/` is written in strings: json-smart's `toString` of a list escapes it, its compact style does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slash {
    /// `/`
    Plain,
    /// `\/`
    Escaped,
}

/// Appends a node. What is compact already is copied as it stands.
pub(crate) fn write_json(node: NodeRef<'_>, out: &mut String, slash: Slash) {
    if !node.word().is_container() {
        return write_scalar(node, out, slash);
    }
    out.reserve(node.raw().len());
    if node.document().has_duplicates() {
        write_resolved(node, out, slash);
    } else if node.is_dirty() {
        write_compact(node, out, slash);
    } else {
        copy(node.raw(), out, slash);
    }
}

/// A container that is being written.
struct Open {
    /// The word behind it
    end: u32,
    object: bool,
    /// The members that are left of an object in which a name occurs twice, the next one last
    members: Option<Vec<(u32, u32)>>,
}

/// An array or object in which a name may occur twice: node by node, without recursion.
fn write_resolved(node: NodeRef<'_>, out: &mut String, slash: Slash) {
    let at = |index: u32| node.at(index);
    let mut open: Vec<Open> = Vec::new();
    let mut index = node.index();
    let mut first;
    loop {
        let value = at(index);
        let word = value.word();
        if !word.is_container() {
            write_scalar(value, out, slash);
            (index, first) = (index + 1, false);
        } else {
            let object = word.kind() == Kind::Object;
            out.push(if object { '{' } else { '[' });
            let members = if object { duplicates::resolved(value) } else { None };
            let members = members.map(|m| {
                m.iter().rev().map(|(name, value)| (name.index(), value.index())).collect()
            });
            open.push(Open { end: value.next(), object, members });
            (index, first) = (index + 2, true);
        }
        // On to the next value, out of the containers that end here.
        loop {
            let Some(top) = open.last_mut() else { return };
            let name = match &mut top.members {
                Some(members) => members.pop().map(|(name, value)| {
                    index = value;
                    name
                }),
                None => (index < top.end).then(|| {
                    index += u32::from(top.object);
                    index.saturating_sub(1)
                }),
            };
            let Some(name) = name else {
                out.push(if top.object { '}' } else { ']' });
                (index, first) = (top.end, false);
                open.pop();
                continue;
            };
            if !first {
                out.push(',');
            }
            if top.object {
                write_scalar(at(name), out, slash);
                out.push(':');
            }
            break;
        }
    }
}

/// A scalar, or a member's name.
#[inline]
pub(super) fn write_scalar(node: NodeRef<'_>, out: &mut String, slash: Slash) {
    match node.kind() {
        Kind::String if node.is_dirty() => {
            write_string(&node.as_str().unwrap_or_default(), out, slash);
        }
        Kind::String => copy(node.raw_with_quotes(), out, slash),
        Kind::Number if node.is_dirty() => write_number(node, out),
        _ => out.push_str(node.raw()),
    }
}

/// Compact JSON as it stands; a `/` in it can only be part of a string.
pub(super) fn copy(raw: &str, out: &mut String, slash: Slash) {
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
        Some(JsonNumber::Double(n)) if !n.is_infinite() => double_to_string(n, out),
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
