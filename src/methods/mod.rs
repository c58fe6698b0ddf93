//! The Java methods of strings, lists, maps and numbers that a template can call: a file for each class.
//!
//! Velocity looks a method up by its name and the classes of the arguments at run time. `Ok(None)` says that there is
//! none: the call is null. A method of 1.7 without parameters is found with any arguments, and then fails.

mod boolean;
mod character;
mod index;
mod iterate;
mod list;
mod map;
mod name;
mod number;
mod property;
mod string;

pub(crate) use index::{index, set_index, size};
pub(crate) use iterate::{Items, items};
pub(crate) use name::MethodName;
pub(crate) use property::{property, set_property};

use crate::java::text::hash_code;
use crate::json::Kind;
use crate::value::{Exception, Text, Value};

/// What a method may make: no template can fill the memory with one call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MethodLimits {
    pub(crate) text_bytes: usize,
    pub(crate) items: usize,
}

/// What a call answers: a value, which may be null; or nothing, because there is no such method.
pub(crate) type Called<'r> = Result<Option<Value<'r>>, Exception>;

/// Calls a method.
pub(crate) fn call<'r>(
    receiver: &Value<'r>,
    method: MethodName,
    arguments: &[Value<'r>],
    limits: &MethodLimits,
) -> Called<'r> {
    let found = match receiver {
        Value::Text(text) => string::call(text, method, arguments, limits)?,
        Value::Node(node) if node.kind() == Kind::Object => {
            map::call_node(*node, method, arguments)?
        }
        Value::Node(_) | Value::List(_) => list::call(receiver, method, arguments, limits)?,
        Value::Map(map) => map::call(map, method, arguments, limits)?,
        Value::Entry(entry) => map::call_entry(entry, method, arguments)?,
        Value::Bool(value) => boolean::call(*value, method, arguments)?,
        Value::Character(unit) => character::call(*unit, method, arguments)?,
        Value::Iterator(iterator) => iterate::call(iterator, method, arguments)?,
        Value::Class(name) => class(name, method, arguments)?,
        _ if receiver.is_number() => number::call(receiver, method, arguments)?,
        _ => None,
    };
    match found {
        Some(value) => Ok(Some(value)),
        None => object(receiver, method, arguments),
    }
}

/// The methods that every Java object has.
fn object<'r>(receiver: &Value<'r>, method: MethodName, arguments: &[Value<'r>]) -> Called<'r> {
    Ok(Some(match (method, arguments) {
        (MethodName::Equals, [other]) => Value::Bool(receiver.java_equals(other)),
        // `Comparable.compareTo(Object)` takes anything, and refuses what is of another class.
        (MethodName::CompareTo, [other]) if is_comparable(receiver) => {
            return Err(if other.is_null() { null_pointer() } else { class_cast(other) });
        }
        (MethodName::ToString, _) => {
            no_arguments(arguments)?;
            let mut text = String::new();
            receiver.print(&mut text)?;
            Value::text(text)
        }
        (MethodName::HashCode, _) => {
            no_arguments(arguments)?;
            Value::Integer(hash(receiver, 0))
        }
        (MethodName::GetClass, _) => {
            no_arguments(arguments)?;
            Value::Class(receiver.class_name())
        }
        _ => return Ok(None),
    }))
}

/// `java.lang.Class`: names only, no reflection.
fn class<'r>(name: &'static str, method: MethodName, arguments: &[Value<'r>]) -> Called<'r> {
    let answer = match method {
        MethodName::GetName => name,
        MethodName::GetSimpleName => name.rsplit(['.', '$']).next().unwrap_or(name),
        _ => return Ok(None),
    };
    no_arguments(arguments)?;
    Ok(Some(Value::Text(Text::Borrowed(answer))))
}

/// Java's hash of a value, for `hashCode()`.
fn hash(value: &Value<'_>, depth: usize) -> i32 {
    const DEPTH: usize = 100;
    match value {
        Value::Null => 0,
        _ if depth > DEPTH => 0,
        Value::Bool(b) => {
            if *b {
                1231
            } else {
                1237
            }
        }
        Value::Text(text) => hash_code(text),
        Value::Character(unit) => i32::from(*unit),
        Value::Entry(entry) => hash(&entry.key, depth + 1) ^ hash(&entry.value, depth + 1),
        Value::Map(map) => map.entries().iter().fold(0, |sum: i32, (k, v)| {
            sum.wrapping_add(hash(&k.0, depth + 1) ^ hash(v, depth + 1))
        }),
        Value::List(list) => list
            .items()
            .iter()
            .fold(1, |sum: i32, item| sum.wrapping_mul(31).wrapping_add(hash(item, depth + 1))),
        Value::Node(node) if node.kind() == Kind::Object => {
            node.entries().fold(0, |sum: i32, (k, v)| {
                sum.wrapping_add(hash_code(&k) ^ hash(&Value::from_node(v), depth + 1))
            })
        }
        Value::Node(node) => node.elements().fold(1, |sum: i32, item| {
            sum.wrapping_mul(31).wrapping_add(hash(&Value::from_node(item), depth + 1))
        }),
        number => number.as_number().map_or(0, |n| n.hash_code()),
    }
}

/// 1.7 finds a method without parameters whatever the arguments, and Java then refuses the call.
fn no_arguments(arguments: &[Value<'_>]) -> Result<(), Exception> {
    if arguments.is_empty() {
        return Ok(());
    }
    Err(wrong_number_of_arguments())
}

#[cold]
pub(crate) fn wrong_number_of_arguments() -> Exception {
    Exception::new("java.lang.IllegalArgumentException", "wrong number of arguments")
}

/// An argument that Java takes for an `int`: an Integer, or a smaller one.
fn int(value: &Value<'_>) -> Option<i32> {
    match value {
        Value::Integer(n) => Some(*n),
        Value::Character(unit) => Some(i32::from(*unit)),
        _ => None,
    }
}

/// An argument that Java takes for a `CharSequence` or a `String`.
fn text<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

#[cold]
fn null_pointer() -> Exception {
    Exception::new("java.lang.NullPointerException", "the argument is null")
}

fn is_comparable(value: &Value<'_>) -> bool {
    matches!(value, Value::Text(_) | Value::Bool(_) | Value::Character(_)) || value.is_number()
}

#[cold]
fn class_cast(value: &Value<'_>) -> Exception {
    Exception::new(
        "java.lang.ClassCastException",
        format!("{} is of another class", value.class_name()),
    )
}

#[cold]
fn too_large() -> Exception {
    Exception::new(
        "java.lang.OutOfMemoryError",
        "the text or list is larger than the limit of the host",
    )
}

/// Java's `List` and array bounds.
#[cold]
fn out_of_bounds(index: i64, length: usize) -> Exception {
    Exception::new(
        "java.lang.IndexOutOfBoundsException",
        format!("Index {index} out of bounds for length {length}"),
    )
}
