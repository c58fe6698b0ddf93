//! `java.lang.Character`

use super::{Called, MethodName, no_arguments};
use crate::java::text::is_whitespace;
use crate::value::Value;

pub(super) fn call<'r>(unit: u16, method: MethodName, arguments: &[Value<'r>]) -> Called<'r> {
    let argument = match arguments {
        [Value::Character(other)] => char::from_u32(u32::from(*other)),
        [Value::Integer(code)] => u32::try_from(*code).ok().and_then(char::from_u32),
        _ => None,
    };
    Ok(Some(match (method, arguments, argument) {
        (MethodName::CharValue, ..) => {
            no_arguments(arguments)?;
            Value::Character(unit)
        }
        (MethodName::CompareTo, [Value::Character(other)], _) => {
            Value::Integer(i32::from(unit) - i32::from(*other))
        }
        (MethodName::IsDigit, _, Some(c)) => Value::Bool(c.is_numeric() && c.is_ascii_digit()),
        (MethodName::IsLetter, _, Some(c)) => Value::Bool(c.is_alphabetic()),
        (MethodName::IsLetterOrDigit, _, Some(c)) => Value::Bool(c.is_alphanumeric()),
        (MethodName::IsUpperCase, _, Some(c)) => Value::Bool(c.is_uppercase()),
        (MethodName::IsLowerCase, _, Some(c)) => Value::Bool(c.is_lowercase()),
        (MethodName::IsWhitespace, _, Some(c)) => Value::Bool(is_whitespace(c)),
        (MethodName::ToUpperCase, [Value::Character(_)], Some(c)) => changed(c, c.to_uppercase()),
        (MethodName::ToLowerCase, [Value::Character(_)], Some(c)) => changed(c, c.to_lowercase()),
        (MethodName::GetNumericValue, _, Some(c)) => {
            Value::Integer(c.to_digit(36).and_then(|d| i32::try_from(d).ok()).unwrap_or(-1))
        }
        (MethodName::ToString, [Value::Character(_)], Some(c)) => Value::text(c.to_string()),
        (MethodName::ValueOf, [Value::Character(other)], _) => Value::Character(*other),
        _ => return Ok(None),
    }))
}

/// A `char` stays one: where the other case is several characters, Java leaves it alone.
fn changed<'r>(c: char, mut other: impl Iterator<Item = char>) -> Value<'r> {
    let single = match (other.next(), other.next()) {
        (Some(single), None) => single,
        _ => c,
    };
    Value::Character(
        u16::try_from(u32::from(single))
            .unwrap_or(u16::try_from(u32::from(c)).unwrap_or(u16::from(b'?'))),
    )
}
