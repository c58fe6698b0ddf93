//! `[i]`: Java's `get(i)`, with negative integers counted from the end.

use super::list::Stored;
use super::out_of_bounds;
use crate::json::Kind;
use crate::value::{Exception, ListKind, Value};

/// `size()` of a list, an array or a map.
pub(crate) fn size(value: &Value<'_>) -> Option<usize> {
    match value {
        Value::Node(node) => Some(node.len()),
        Value::List(list) => Some(list.len()),
        Value::Map(map) => Some(map.len()),
        _ => None,
    }
}

/// A negative Integer has the size added, on maps too; where there is no size, Velocity gives up.
fn counted<'r>(receiver: &Value<'r>, index: &Value<'r>) -> Result<Value<'r>, Exception> {
    match index {
        Value::Integer(n) if *n < 0 => match size(receiver) {
            Some(size) => {
                Ok(Value::Integer(n.wrapping_add(i32::try_from(size).unwrap_or(i32::MAX))))
            }
            None => Err(Exception::new(
                "org.apache.velocity.exception.VelocityException",
                format!("a negative index into a {}, which has no size", receiver.class_name()),
            )),
        },
        other => Ok(other.clone()),
    }
}

/// The value at an index; `None` where the object has no `get` of such an argument.
pub(crate) fn index<'r>(
    receiver: &Value<'r>,
    index: &Value<'r>,
) -> Result<Option<Value<'r>>, Exception> {
    // The two by far most frequent: a position in a list and a name in a map.
    match (receiver, index) {
        (Value::Node(node), Value::Text(name)) if node.kind() == Kind::Object => {
            return Ok(node.get(name).map(Value::from_node));
        }
        (Value::Map(map), Value::Text(name)) => return Ok(map.get_text(name)),
        _ => {}
    }
    let index = counted(receiver, index)?;
    if let Some(list) = Stored::of(receiver) {
        let Value::Integer(at) = index else { return Ok(None) };
        if !list.kind().has_index() {
            return Ok(None);
        }
        let found = usize::try_from(at).ok().and_then(|i| list.get(i));
        return found.map(Some).ok_or_else(|| out_of_bounds(i64::from(at), list.len()));
    }
    match receiver {
        Value::Map(map) => Ok(map.get(&index)),
        _ => Ok(None),
    }
}

/// `#set($x[i] = value)`
pub(crate) fn set_index<'r>(
    receiver: &Value<'r>,
    index: &Value<'r>,
    value: Value<'r>,
) -> Result<(), Exception> {
    let index = counted(receiver, index)?;
    match receiver {
        Value::Map(map) => super::property::put(map, index, value),
        Value::Node(node) if node.kind() == Kind::Object => return Err(Exception::frozen()),
        Value::Node(_) | Value::List(_) => {
            let (Some(list), Value::Integer(at)) = (Stored::of(receiver), &index) else {
                return Ok(());
            };
            if !list.kind().has_index() || matches!(list.kind(), ListKind::Array(_)) {
                return Ok(());
            }
            let place = usize::try_from(*at).ok().filter(|at| *at < list.len());
            let place = place.ok_or_else(|| out_of_bounds(i64::from(*at), list.len()))?;
            match list {
                Stored::Node(_) => return Err(Exception::frozen()),
                Stored::List(list) => list.change(|items| items[place] = value),
            }
        }
        _ => {}
    }
    Ok(())
}
