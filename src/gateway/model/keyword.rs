//! The value of a keyword → a keyword, or what is wrong with it.

use serde_json::{Map, Value};

use super::number::Limit;
use super::schema::Types;

/// What is wrong with a value, in words that follow its place.
pub(super) type Problem = String;

pub(super) fn object(value: &Value) -> Result<&Map<String, Value>, Problem> {
    value.as_object().ok_or_else(|| format!("has to be an object, not {}", kind(value)))
}

pub(super) fn array(value: &Value) -> Result<&[Value], Problem> {
    let array = value.as_array().map(Vec::as_slice);
    array.ok_or_else(|| format!("has to be an array, not {}", kind(value)))
}

/// An array that holds something.
pub(super) fn filled(value: &Value) -> Result<&[Value], Problem> {
    match array(value)? {
        [] => Err("has to hold at least one element".to_owned()),
        filled => Ok(filled),
    }
}

pub(super) fn boolean(value: &Value) -> Result<bool, Problem> {
    value.as_bool().ok_or_else(|| format!("has to be a boolean in draft 4, not {}", kind(value)))
}

pub(super) fn text(value: &Value) -> Result<&str, Problem> {
    value.as_str().ok_or_else(|| format!("has to be a text, not {}", kind(value)))
}

/// A count of something.
pub(super) fn count(value: &Value) -> Result<usize, Problem> {
    // A float that is whole is one too: `1.0`. More than a machine can count is no limit.
    let count = value.as_u64().map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    let whole = |n: f64| (n >= 0.0 && n.fract() == 0.0).then_some(n as usize);
    count
        .or_else(|| value.as_f64().and_then(whole))
        .ok_or_else(|| format!("has to be an integer from 0, not {value}"))
}

/// The number of `minimum` and its like.
pub(super) fn limit(value: &Value, exclusive: bool) -> Result<Limit, Problem> {
    match value {
        Value::Number(number) => Ok(Limit::new(number.to_string(), exclusive)),
        _ => Err(format!("has to be a number, not {}", kind(value))),
    }
}

pub(super) fn divisor(value: &Value) -> Result<Limit, Problem> {
    match value.as_f64() {
        Some(number) if number > 0.0 => limit(value, false),
        _ => Err(format!("has to be a number greater than 0, not {value}")),
    }
}

/// Different texts, sorted.
pub(super) fn names(value: &Value) -> Result<Vec<Box<str>>, Problem> {
    let mut names = Vec::new();
    for name in array(value)? {
        names.push(text(name).map_err(|_| format!("has to hold texts, and holds {name}"))?.into());
    }
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(twice) => Err(format!("holds {:?} twice", twice[0])),
        None => Ok(names),
    }
}

pub(super) fn types(value: &Value) -> Result<Types, Problem> {
    let of = |types: Types, value: &Value| {
        value.as_str().and_then(|name| types.with(name)).ok_or_else(|| {
            format!(
                "has to be one of array, boolean, integer, null, number, object or string, not {value}"
            )
        })
    };
    match value {
        Value::Array(_) => filled(value)?.iter().try_fold(Types::NONE, of),
        _ => of(Types::NONE, value),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
