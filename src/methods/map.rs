//! `java.util.Map` and `Map.Entry`

use std::rc::Rc;

use super::list::nothing;
use super::{Called, MethodLimits, MethodName, no_arguments, null_pointer, too_large};
use crate::java::hash_map::hash_order;
use crate::json::{Kind, NodeRef};
use crate::value::{Entry, Exception, List, ListKind, Map, Part, Value};

/// An object of the payload, in place.
pub(super) fn call_node<'r>(
    node: NodeRef<'r>,
    method: MethodName,
    arguments: &[Value<'r>],
) -> Called<'r> {
    let get = |key: &Value<'r>| match key {
        Value::Text(name) => node.get(name).map(Value::from_node),
        _ => None,
    };
    Ok(Some(match (method, arguments) {
        (MethodName::Get, [key]) => get(key).unwrap_or(Value::Null),
        (MethodName::GetOrDefault, [key, other]) => get(key).unwrap_or_else(|| other.clone()),
        (MethodName::ContainsKey, [key]) => Value::Bool(get(key).is_some()),
        (MethodName::ContainsValue, [wanted]) => Value::Bool(
            node.entries().any(|(_, value)| Value::from_node(value).java_equals(wanted)),
        ),
        (MethodName::Size, []) => Value::Integer(i32::try_from(node.len()).unwrap_or(i32::MAX)),
        (MethodName::IsEmpty, []) => Value::Bool(node.len() == 0),
        (MethodName::KeySet, []) => set(entries(node).into_iter().map(|e| e.key)),
        (MethodName::Values, []) => collection(entries(node).into_iter().map(|e| e.value)),
        (MethodName::EntrySet, []) => {
            set(entries(node).into_iter().map(|e| Value::Entry(Rc::new(e))))
        }
        (MethodName::Put | MethodName::PutIfAbsent, [_, _])
        | (MethodName::PutAll | MethodName::Remove, [_])
        | (MethodName::Clear, []) => return Err(Exception::frozen()),
        _ => return checked(method, arguments),
    }))
}

/// The members of an object in the order in which Java walks them: a `HashMap`'s inside `$context`.
pub(super) fn entries(node: NodeRef<'_>) -> Vec<Entry<'_>> {
    let mut entries: Vec<Option<Entry<'_>>> = node
        .entries()
        .map(|(k, v)| Some(Entry { key: Value::text(k), value: Value::from_node(v) }))
        .collect();
    if !node.is_context() {
        return entries.into_iter().flatten().collect();
    }
    let order = {
        let names: Vec<_> = entries.iter().flatten().map(|e| e.key.to_text()).collect();
        hash_order(&names.iter().map(|n| &**n).collect::<Vec<_>>())
    };
    order.into_iter().filter_map(|i| entries[i].take()).collect()
}

/// A map of the template's.
pub(super) fn call<'r>(
    map: &Rc<Map<'r>>,
    method: MethodName,
    arguments: &[Value<'r>],
    limits: &MethodLimits,
) -> Called<'r> {
    let room =
        |more: usize| if map.len() + more > limits.items { Err(too_large()) } else { Ok(()) };
    Ok(Some(match (method, arguments) {
        (MethodName::Get, [key]) => map.get(key).unwrap_or(Value::Null),
        (MethodName::GetOrDefault, [key, other]) => map.get(key).unwrap_or_else(|| other.clone()),
        (MethodName::ContainsKey, [key]) => Value::Bool(map.contains_key(key)),
        (MethodName::ContainsValue, [wanted]) => {
            Value::Bool(map.entries().values().any(|value| value.java_equals(wanted)))
        }
        (MethodName::Size, []) => Value::Integer(i32::try_from(map.len()).unwrap_or(i32::MAX)),
        (MethodName::IsEmpty, []) => Value::Bool(map.len() == 0),
        (MethodName::KeySet, []) => view(map, Part::Keys),
        (MethodName::Values, []) => view(map, Part::Values),
        (MethodName::EntrySet, []) => view(map, Part::Entries),
        (MethodName::Put, [key, value]) => {
            room(1)?;
            map.put(key.clone(), value.clone()).unwrap_or(Value::Null)
        }
        (MethodName::PutIfAbsent, [key, value]) => {
            room(1)?;
            match map.get(key).filter(|old| !old.is_null()) {
                Some(old) => old,
                None => {
                    map.put(key.clone(), value.clone());
                    Value::Null
                }
            }
        }
        (MethodName::PutAll, [other]) => {
            let more = match other {
                Value::Map(other) => other.in_order(),
                Value::Node(node) if node.kind() == Kind::Object => entries(*node),
                Value::Null => return Err(null_pointer()),
                _ => return Ok(None),
            };
            room(more.len())?;
            for entry in more {
                map.put(entry.key, entry.value);
            }
            nothing()
        }
        (MethodName::Remove, [key]) => map.remove(key).unwrap_or(Value::Null),
        (MethodName::Clear, []) => {
            map.clear();
            nothing()
        }
        _ => return checked(method, arguments),
    }))
}

fn checked<'r>(method: MethodName, arguments: &[Value<'r>]) -> Called<'r> {
    match method {
        MethodName::Size
        | MethodName::IsEmpty
        | MethodName::KeySet
        | MethodName::Values
        | MethodName::EntrySet
        | MethodName::Clear => no_arguments(arguments).map(|()| None),
        _ => Ok(None),
    }
}

fn view<'r>(map: &Rc<Map<'r>>, part: Part) -> Value<'r> {
    Value::List(Rc::new(List::view(map.clone(), part)))
}

fn set<'r>(items: impl Iterator<Item = Value<'r>>) -> Value<'r> {
    Value::List(Rc::new(List::new(ListKind::Set, items.collect())))
}

fn collection<'r>(items: impl Iterator<Item = Value<'r>>) -> Value<'r> {
    Value::List(Rc::new(List::new(ListKind::Collection, items.collect())))
}

pub(super) fn call_entry<'r>(
    entry: &Entry<'r>,
    method: MethodName,
    arguments: &[Value<'r>],
) -> Called<'r> {
    let answer = match method {
        MethodName::GetKey => &entry.key,
        MethodName::GetValue => &entry.value,
        _ => return Ok(None),
    };
    no_arguments(arguments)?;
    Ok(Some(answer.clone()))
}
