//! `.name`: Velocity tries the method `getName()`, a map's `get("name")`, and at last `isName()`.

use crate::json::Kind;
use crate::value::{Exception, ListKind, Map, Value};

/// The value of a property; `None` where there is none.
pub(crate) fn property<'r>(
    receiver: &Value<'r>,
    name: &str,
) -> Result<Option<Value<'r>>, Exception> {
    if matches!(name, "class" | "Class") && !receiver.is_null() {
        return Ok(Some(Value::Class(receiver.class_name())));
    }
    Ok(match receiver {
        Value::Node(node) if node.kind() == Kind::Object => node.get(name).map(Value::from_node),
        Value::Map(map) => map.get_text(name),
        Value::Entry(entry) => match name {
            "key" | "Key" => Some(entry.key.clone()),
            "value" | "Value" => Some(entry.value.clone()),
            _ => None,
        },
        Value::Text(text) => match name {
            "empty" | "Empty" => Some(Value::Bool(text.is_empty())),
            "blank" | "Blank" => {
                Some(Value::Bool(text.chars().all(crate::java::text::is_whitespace)))
            }
            _ => None,
        },
        // An array has a list's methods in Velocity, but no properties.
        Value::List(list) if matches!(list.kind(), ListKind::Array(_)) => None,
        Value::Node(_) | Value::List(_) if matches!(name, "empty" | "Empty") => {
            super::size(receiver).map(|s| Value::Bool(s == 0))
        }
        Value::Class(class) => match name {
            "name" | "Name" | "typeName" | "canonicalName" => Some(Value::text(*class)),
            "simpleName" | "SimpleName" => {
                Some(Value::text(class.rsplit(['.', '$']).next().unwrap_or(class)))
            }
            _ => None,
        },
        Value::Double(n) => match name {
            "naN" | "NaN" => Some(Value::Bool(n.is_nan())),
            "infinite" | "Infinite" => Some(Value::Bool(n.is_infinite())),
            _ => None,
        },
        _ => None,
    })
}

/// `#set($x.name = value)`: a map takes it, anything else ignores it.
pub(crate) fn set_property<'r>(
    receiver: &Value<'r>,
    name: &str,
    value: Value<'r>,
) -> Result<(), Exception> {
    match receiver {
        Value::Map(map) => put(map, Value::text(name.to_owned()), value),
        Value::Node(node) if node.kind() == Kind::Object => return Err(Exception::frozen()),
        _ => {}
    }
    Ok(())
}

pub(super) fn put<'r>(map: &Map<'r>, key: Value<'r>, value: Value<'r>) {
    map.put(key, value);
}
