//! `java.lang.String`

use std::borrow::Cow;
use std::rc::Rc;

use super::{
    Called, MethodLimits, MethodName, int, no_arguments, null_pointer, text as text_of, too_large,
};
use crate::java::format::{self, Argument};
use crate::java::number::Number;
use crate::java::regex::Pattern;
use crate::java::text;
use crate::value::{Exception, List, ListKind, Text, Value};

pub(super) fn call<'r>(
    receiver: &Text<'r>,
    method: MethodName,
    arguments: &[Value<'r>],
    limits: &MethodLimits,
) -> Called<'r> {
    match arguments {
        [] => without_arguments(receiver, method),
        [one] => match with_one(receiver, method, one, limits)? {
            Some(value) => Ok(Some(value)),
            None => otherwise(receiver, method, arguments, limits),
        },
        _ => otherwise(receiver, method, arguments, limits),
    }
}

fn without_arguments<'r>(receiver: &Text<'r>, method: MethodName) -> Called<'r> {
    let s = receiver.as_str();
    Ok(Some(match method {
        MethodName::Length => Value::Integer(i32::try_from(text::length(s)).unwrap_or(i32::MAX)),
        MethodName::IsEmpty => Value::Bool(s.is_empty()),
        MethodName::IsBlank => Value::Bool(s.chars().all(text::is_whitespace)),
        MethodName::Trim => Value::Text(receiver.part(text::trim(s))),
        MethodName::Strip => Value::Text(receiver.part(s.trim_matches(text::is_whitespace))),
        MethodName::StripLeading => {
            Value::Text(receiver.part(s.trim_start_matches(text::is_whitespace)))
        }
        MethodName::StripTrailing => {
            Value::Text(receiver.part(s.trim_end_matches(text::is_whitespace)))
        }
        MethodName::ToUpperCase => Value::text(s.to_uppercase()),
        MethodName::ToLowerCase => Value::text(s.to_lowercase()),
        MethodName::ToString | MethodName::Intern => Value::Text(receiver.clone()),
        MethodName::ToCharArray => {
            let units = s.encode_utf16().map(Value::Character).collect();
            Value::List(Rc::new(List::new(ListKind::Array("[C"), units)))
        }
        _ => return Ok(None),
    }))
}

fn with_one<'r>(
    receiver: &Text<'r>,
    method: MethodName,
    one: &Value<'r>,
    limits: &MethodLimits,
) -> Called<'r> {
    let s = receiver.as_str();
    if let Value::Null = one {
        return with_null(method);
    }
    if let Some(other) = text_of(one) {
        return Ok(Some(match method {
            MethodName::Contains => Value::Bool(s.contains(other)),
            MethodName::StartsWith => Value::Bool(s.starts_with(other)),
            MethodName::EndsWith => Value::Bool(s.ends_with(other)),
            MethodName::Equals | MethodName::ContentEquals => Value::Bool(s == other),
            MethodName::EqualsIgnoreCase => Value::Bool(text::equals_ignore_case(s, other)),
            MethodName::IndexOf => Value::Integer(text::index_of(s, other, 0)),
            MethodName::LastIndexOf => Value::Integer(text::last_index_of(s, other, i32::MAX)),
            MethodName::CompareTo => Value::Integer(text::compare_to(s, other)),
            MethodName::CompareToIgnoreCase => {
                Value::Integer(text::compare_to_ignore_case(s, other))
            }
            MethodName::Concat => {
                bounded(s.len() + other.len(), limits)?;
                Value::text([s, other].concat())
            }
            MethodName::Matches => {
                Value::Bool(pattern(other)?.matches(s).map_err(|e| regex_failed(&e.to_string()))?)
            }
            MethodName::Split => split(receiver, other, 0)?,
            MethodName::ValueOf => Value::Text(Text::from(other.to_owned())),
            _ => return Ok(None),
        }));
    }
    let Some(n) = int(one) else { return Ok(None) };
    Ok(Some(match method {
        MethodName::CharAt => match text::char_at(s, n) {
            Some(unit) => Value::Character(unit),
            None => return Err(out_of_range(format!("String index out of range: {n}"))),
        },
        MethodName::CodePointAt => {
            let at = text::substring(s, n, None).map_err(out_of_range)?;
            match at.chars().next() {
                Some(c) => Value::Integer(i32::try_from(u32::from(c)).unwrap_or(0)),
                None => return Err(out_of_range(format!("index {n},length {}", text::length(s)))),
            }
        }
        MethodName::Substring => part(receiver, n, None)?,
        MethodName::IndexOf | MethodName::LastIndexOf => {
            let wanted = u32::try_from(n).ok().and_then(char::from_u32).map(String::from);
            let found = wanted.map_or(-1, |c| match method {
                MethodName::IndexOf => text::index_of(s, &c, 0),
                _ => text::last_index_of(s, &c, i32::MAX),
            });
            Value::Integer(found)
        }
        MethodName::Repeat => {
            let times = usize::try_from(n).map_err(|_| {
                Exception::new(
                    "java.lang.IllegalArgumentException",
                    format!("count is negative: {n}"),
                )
            })?;
            bounded(s.len().saturating_mul(times), limits)?;
            Value::text(s.repeat(times))
        }
        _ => return Ok(None),
    }))
}

/// Null fits any parameter that is an object; what Java does with it is a matter of the method.
fn with_null<'r>(method: MethodName) -> Called<'r> {
    Ok(Some(match method {
        MethodName::Equals | MethodName::EqualsIgnoreCase => Value::Bool(false),
        MethodName::Contains
        | MethodName::StartsWith
        | MethodName::EndsWith
        | MethodName::CompareTo
        | MethodName::CompareToIgnoreCase
        | MethodName::Concat
        | MethodName::Matches
        | MethodName::Split
        | MethodName::IndexOf
        | MethodName::LastIndexOf
        | MethodName::ContentEquals => return Err(null_pointer()),
        _ => return Ok(None),
    }))
}

fn otherwise<'r>(
    receiver: &Text<'r>,
    method: MethodName,
    arguments: &[Value<'r>],
    limits: &MethodLimits,
) -> Called<'r> {
    let s = receiver.as_str();
    Ok(Some(match (method, arguments) {
        (MethodName::Substring | MethodName::SubSequence, [from, to]) => match (int(from), int(to))
        {
            (Some(from), Some(to)) => part(receiver, from, Some(to))?,
            _ => return Ok(None),
        },
        (MethodName::Replace, [Value::Character(from), Value::Character(to)]) => {
            Value::text(s.replace(&text::from_units(&[*from]), &text::from_units(&[*to])))
        }
        (MethodName::Replace, [from, to]) => match (text_of(from), text_of(to)) {
            (Some(from), Some(to)) => {
                bounded_replacement(s, to, limits)?;
                Value::text(s.replace(from, to))
            }
            _ => return null_or_none(&[from, to]),
        },
        (MethodName::ReplaceAll | MethodName::ReplaceFirst, [regex, replacement]) => {
            match (text_of(regex), text_of(replacement)) {
                (Some(regex), Some(replacement)) => {
                    bounded_replacement(s, replacement, limits)?;
                    replace(s, regex, replacement, method == MethodName::ReplaceAll)?
                }
                // Java looks at the replacement only when there is something to replace.
                (Some(regex), None)
                    if replacement.is_null()
                        && method == MethodName::ReplaceAll
                        && !pattern(regex)?
                            .occurs_in(s)
                            .map_err(|e| regex_failed(&e.to_string()))? =>
                {
                    Value::Text(receiver.clone())
                }
                _ => return null_or_none(&[regex, replacement]),
            }
        }
        (
            MethodName::Split
            | MethodName::IndexOf
            | MethodName::LastIndexOf
            | MethodName::StartsWith,
            [Value::Null, Value::Integer(_)],
        ) => return Err(null_pointer()),
        (MethodName::Split, [regex, limit]) => match (text_of(regex), int(limit)) {
            (Some(regex), Some(limit)) => split(receiver, regex, limit)?,
            _ => return Ok(None),
        },
        (MethodName::IndexOf | MethodName::LastIndexOf, [wanted, from]) => {
            let wanted = match wanted {
                Value::Text(t) => t.to_string(),
                other => {
                    match int(other).and_then(|n| u32::try_from(n).ok()).and_then(char::from_u32) {
                        Some(c) => c.to_string(),
                        None => return Ok(None),
                    }
                }
            };
            match (int(from), method) {
                (Some(from), MethodName::IndexOf) => {
                    Value::Integer(text::index_of(s, &wanted, from))
                }
                (Some(from), _) => Value::Integer(text::last_index_of(s, &wanted, from)),
                (None, _) => return Ok(None),
            }
        }
        (MethodName::StartsWith, [prefix, from]) => match (text_of(prefix), int(from)) {
            (Some(prefix), Some(from)) => Value::Bool(text::starts_with_at(s, prefix, from)),
            _ => return Ok(None),
        },
        (MethodName::RegionMatches, [at, other, other_at, length]) => {
            match (int(at), text_of(other), int(other_at), int(length)) {
                (Some(at), Some(other), Some(other_at), Some(length)) => {
                    let piece = |t: &str, from: i32| {
                        text::substring(t, from, from.checked_add(length)).ok().map(Cow::into_owned)
                    };
                    Value::Bool(piece(s, at).is_some_and(|p| Some(p) == piece(other, other_at)))
                }
                _ => return Ok(None),
            }
        }
        // A null in front is Java's `Locale` where a pattern follows.
        (MethodName::Format, [Value::Null, Value::Text(pattern), arguments @ ..]) => {
            format_with(pattern, &variable(arguments), limits)?
        }
        (MethodName::Format | MethodName::Join, [Value::Null, ..]) => return Err(null_pointer()),
        (MethodName::Format, [pattern, arguments @ ..]) => match text_of(pattern) {
            Some(pattern) => format_with(pattern, &variable(arguments), limits)?,
            None => return Ok(None),
        },
        (MethodName::Join, [separator, parts @ ..]) => match (text_of(separator), parts) {
            (Some(separator), [list @ (Value::List(_) | Value::Node(_))]) => {
                match super::list::Stored::of(list) {
                    Some(list) => join(separator, &list.items(), limits)?,
                    None => return Ok(None),
                }
            }
            (Some(separator), parts)
                if parts.len() != 1
                    && parts.iter().all(|p| p.is_null() || text_of(p).is_some())
                    || parts.iter().all(|p| text_of(p).is_some()) =>
            {
                join(separator, parts, limits)?
            }
            _ => return Ok(None),
        },
        (MethodName::ValueOf, [value]) => {
            let mut out = String::new();
            value.print(&mut out)?;
            Value::text(out)
        }
        (
            MethodName::Length
            | MethodName::IsEmpty
            | MethodName::IsBlank
            | MethodName::Trim
            | MethodName::Strip
            | MethodName::StripLeading
            | MethodName::StripTrailing
            | MethodName::ToUpperCase
            | MethodName::ToLowerCase
            | MethodName::Intern
            | MethodName::ToCharArray,
            _,
        ) => return no_arguments(arguments).map(|()| None),
        _ => return Ok(None),
    }))
}

fn null_or_none<'r>(arguments: &[&Value<'r>]) -> Called<'r> {
    let fits = arguments.iter().all(|a| matches!(a, Value::Null | Value::Text(_)));
    if fits { Err(null_pointer()) } else { Ok(None) }
}

fn part<'r>(receiver: &Text<'r>, from: i32, to: Option<i32>) -> Result<Value<'r>, Exception> {
    match text::substring(receiver, from, to).map_err(out_of_range)? {
        Cow::Borrowed(part) => Ok(Value::Text(receiver.part(part))),
        Cow::Owned(part) => Ok(Value::text(part)),
    }
}

#[cold]
fn out_of_range(message: String) -> Exception {
    Exception::new("java.lang.StringIndexOutOfBoundsException", message)
}

fn pattern(regex: &str) -> Result<Pattern, Exception> {
    Pattern::compile(regex)
        .map_err(|e| Exception::new("java.util.regex.PatternSyntaxException", e.to_string()))
}

#[cold]
fn regex_failed(message: &str) -> Exception {
    Exception::new("java.lang.IllegalArgumentException", message)
}

fn replace<'r>(s: &str, regex: &str, replacement: &str, all: bool) -> Result<Value<'r>, Exception> {
    let pattern = pattern(regex)?;
    let mut out = String::with_capacity(s.len() + replacement.len());
    let replaced = match all {
        true => pattern.replace_all(s, replacement, &mut out),
        false => pattern.replace_first(s, replacement, &mut out),
    };
    replaced.map_err(|e| regex_failed(&e.to_string()))?;
    Ok(Value::text(out))
}

fn split<'r>(receiver: &Text<'r>, regex: &str, limit: i32) -> Result<Value<'r>, Exception> {
    let parts = pattern(regex)?.split(receiver, limit).map_err(|e| regex_failed(&e.to_string()))?;
    let mut parts: Vec<_> =
        parts.into_iter().map(|part| Value::Text(receiver.part(part))).collect();
    if regex.is_empty() && limit <= 0 && !receiver.is_ascii() {
        parts = parts.into_iter().flat_map(units).collect();
    }
    Ok(Value::List(Rc::new(List::new(ListKind::Array("[Ljava.lang.String;"), parts))))
}

/// A character that is two UTF-16 units falls apart into two halves, neither of which can be written.
fn units(part: Value<'_>) -> Vec<Value<'_>> {
    match &part {
        Value::Text(text) if text.chars().next().is_some_and(|c| c.len_utf16() == 2) => {
            vec![Value::Text(Text::Borrowed("?")), Value::Text(Text::Borrowed("?"))]
        }
        _ => vec![part],
    }
}

/// The arguments of a method with a variable number of them: an array holds them all, a list is one of them.
fn variable<'r>(arguments: &[Value<'r>]) -> Vec<Value<'r>> {
    match arguments {
        [Value::List(list)] if matches!(list.kind(), ListKind::Array(_)) => list.items().clone(),
        given => given.to_vec(),
    }
}

fn join<'r>(
    separator: &str,
    parts: &[Value<'r>],
    limits: &MethodLimits,
) -> Result<Value<'r>, Exception> {
    let mut out = String::new();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            out.push_str(separator);
        }
        match part {
            Value::Text(text) => out.push_str(text),
            Value::Null => out.push_str("null"),
            other => {
                let message = format!(
                    "class {} cannot be cast to class java.lang.CharSequence",
                    other.class_name()
                );
                return Err(Exception::new("java.lang.ClassCastException", message));
            }
        }
        bounded(out.len(), limits)?;
    }
    Ok(Value::text(out))
}

fn format_with<'r>(
    pattern: &str,
    values: &[Value<'r>],
    limits: &MethodLimits,
) -> Result<Value<'r>, Exception> {
    let numbers: Vec<Option<Number>> = values.iter().map(Value::as_number).collect();
    let arguments: Vec<Argument<'_>> =
        values.iter().zip(&numbers).map(|(v, n)| argument(v, n.as_ref())).collect();
    let mut out = String::new();
    format::format(pattern, &arguments, limits.text_bytes, &mut out)
        .map_err(|e| Exception::new(e.class, e.message))?;
    Ok(Value::text(out))
}

fn argument<'v>(value: &'v Value<'_>, number: Option<&'v Number>) -> Argument<'v> {
    match (value, number) {
        (Value::Null, _) => Argument::Null,
        (Value::Text(text), _) => Argument::Text(Cow::Borrowed(text.as_str())),
        (Value::Bool(b), _) => Argument::Bool(*b),
        (Value::Character(unit), _) => Argument::Character(*unit),
        (_, Some(Number::Integer(n))) => Argument::Integer(*n),
        (_, Some(Number::Long(n))) => Argument::Long(*n),
        (_, Some(Number::Double(n))) => Argument::Double(*n),
        (_, Some(Number::Float(n))) => Argument::Double(f64::from(*n)),
        (_, Some(Number::BigInteger(n))) => Argument::BigInteger(n),
        (_, Some(n @ Number::BigDecimal(_))) => Argument::BigDecimal(Cow::Owned(n.to_string())),
        (other, None) => Argument::Other {
            text: Cow::Owned(other.to_text().into_owned()),
            hash: super::hash(other, 0),
        },
    }
}

fn bounded(bytes: usize, limits: &MethodLimits) -> Result<(), Exception> {
    if bytes > limits.text_bytes { Err(too_large()) } else { Ok(()) }
}

/// A replacement may stand at every character, and once more at the end.
fn bounded_replacement(s: &str, replacement: &str, limits: &MethodLimits) -> Result<(), Exception> {
    let most = (s.len() + 1).saturating_mul(replacement.len()).saturating_add(s.len());
    // Large texts are rarely replaced character by character; they are refused only where it would be ruinous.
    bounded(most / 64, limits)
}
