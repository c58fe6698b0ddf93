//! `java.lang.Boolean`

use super::{Called, MethodName, no_arguments, text};
use crate::value::Value;

pub(super) fn call<'r>(value: bool, method: MethodName, arguments: &[Value<'r>]) -> Called<'r> {
    Ok(Some(match (method, arguments) {
        (MethodName::BooleanValue, _) => {
            no_arguments(arguments)?;
            Value::Bool(value)
        }
        (MethodName::CompareTo, [Value::Bool(other)]) => {
            Value::Integer(i32::from(value) - i32::from(*other))
        }
        (MethodName::Compare, [Value::Bool(a), Value::Bool(b)]) => {
            Value::Integer(i32::from(*a) - i32::from(*b))
        }
        (MethodName::ParseBoolean | MethodName::ValueOf, [argument]) => {
            match (text(argument), argument) {
                (Some(text), _) => Value::Bool(text.eq_ignore_ascii_case("true")),
                (None, Value::Null) => Value::Bool(false),
                (None, Value::Bool(b)) if method == MethodName::ValueOf => Value::Bool(*b),
                _ => return Ok(None),
            }
        }
        (MethodName::ToString, [Value::Bool(b)]) => Value::text(if *b { "true" } else { "false" }),
        _ => return Ok(None),
    }))
}
