//! `java.util.List`, Java's arrays, and the sets of a map's keys.

use std::rc::Rc;

use super::{
    Called, MethodLimits, MethodName, no_arguments, null_pointer, out_of_bounds, too_large,
};
use crate::value::{Exception, Iterator, List, ListKind, Text, Value};

/// A list as it is stored: in the payload, or in a list of the template's.
pub(super) enum Stored<'v, 'r> {
    Node(crate::json::NodeRef<'r>),
    List(&'v Rc<List<'r>>),
}

impl<'v, 'r> Stored<'v, 'r> {
    pub(super) fn of(value: &'v Value<'r>) -> Option<Stored<'v, 'r>> {
        match value {
            Value::Node(node) if node.kind() == crate::json::Kind::Array => {
                Some(Stored::Node(*node))
            }
            Value::List(list) => Some(Stored::List(list)),
            _ => None,
        }
    }

    pub(super) fn kind(&self) -> ListKind {
        match self {
            Stored::Node(node) if node.is_json_smart() => ListKind::JsonArray,
            Stored::Node(_) => ListKind::ArrayList,
            Stored::List(list) => list.kind(),
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Stored::Node(node) => node.len(),
            Stored::List(list) => list.len(),
        }
    }

    pub(super) fn get(&self, index: usize) -> Option<Value<'r>> {
        match self {
            Stored::Node(node) => node.element(index).map(Value::from_node),
            Stored::List(list) => list.get(index),
        }
    }

    pub(super) fn items(&self) -> Vec<Value<'r>> {
        match self {
            Stored::Node(node) => node.elements().map(Value::from_node).collect(),
            Stored::List(list) => list.items().clone(),
        }
    }

    fn position(&self, wanted: &Value<'r>, last: bool) -> i32 {
        let items = self.items();
        let found = if last {
            items.iter().rposition(|item| item.java_equals(wanted))
        } else {
            items.iter().position(|item| item.java_equals(wanted))
        };
        found.and_then(|i| i32::try_from(i).ok()).unwrap_or(-1)
    }

    /// The list to change; what lies in the payload is not changed in place.
    fn changeable(&self) -> Result<&'v Rc<List<'r>>, Exception> {
        match self {
            Stored::Node(_) => Err(Exception::frozen()),
            // The keys of an object that is read in place.
            Stored::List(list) if !list.kind().has_index() && list.viewed().is_none() => {
                Err(Exception::frozen())
            }
            Stored::List(list) => Ok(list),
        }
    }
}

pub(super) fn call<'r>(
    receiver: &Value<'r>,
    method: MethodName,
    arguments: &[Value<'r>],
    limits: &MethodLimits,
) -> Called<'r> {
    let Some(list) = Stored::of(receiver) else { return Ok(None) };
    let found = read(&list, method, arguments)?;
    let changes_size = matches!(
        method,
        MethodName::Add
            | MethodName::AddAll
            | MethodName::Remove
            | MethodName::RemoveAll
            | MethodName::RetainAll
            | MethodName::Clear
    );
    match list.kind() {
        _ if found.is_some() => return Ok(found),
        // Velocity lends an array the methods of a list; those that would change its size fail.
        ListKind::Array(_) if changes_size => {
            return Err(Exception::new("java.lang.UnsupportedOperationException", "null"));
        }
        ListKind::Array(_) if method != MethodName::Set => return Ok(None),
        _ => {}
    }
    match change(&list, method, arguments, limits)? {
        Some(value) => Ok(Some(value)),
        None => match method {
            MethodName::Clear
            | MethodName::Iterator
            | MethodName::ToArray
            | MethodName::Size
            | MethodName::IsEmpty => no_arguments(arguments).map(|()| None),
            _ => Ok(None),
        },
    }
}

fn read<'r>(list: &Stored<'_, 'r>, method: MethodName, arguments: &[Value<'r>]) -> Called<'r> {
    let indexed = list.kind().has_index();
    Ok(Some(match (method, arguments) {
        (MethodName::Size, []) => Value::Integer(i32::try_from(list.len()).unwrap_or(i32::MAX)),
        (MethodName::IsEmpty, []) => Value::Bool(list.len() == 0),
        (MethodName::Get, [Value::Integer(index)]) if indexed => {
            let found = usize::try_from(*index).ok().and_then(|i| list.get(i));
            found.ok_or_else(|| out_of_bounds(i64::from(*index), list.len()))?
        }
        (MethodName::Contains, [wanted]) => Value::Bool(list.position(wanted, false) >= 0),
        (MethodName::IndexOf, [wanted]) if indexed => Value::Integer(list.position(wanted, false)),
        (MethodName::LastIndexOf, [wanted]) if indexed => {
            Value::Integer(list.position(wanted, true))
        }
        (MethodName::SubList, [Value::Integer(from), Value::Integer(to)]) if indexed => {
            sub_list(list, *from, *to)?
        }
        (MethodName::ContainsAll, [other]) => match collection(other) {
            Some(wanted) => Value::Bool(wanted.iter().all(|w| list.position(w, false) >= 0)),
            None if other.is_null() => return Err(null_pointer()),
            None => return Ok(None),
        },
        (MethodName::Iterator, []) => {
            Value::Iterator(Rc::new(Iterator { items: list.items(), next: Default::default() }))
        }
        (MethodName::ToArray, []) => {
            Value::List(Rc::new(List::new(ListKind::Array("[Ljava.lang.Object;"), list.items())))
        }
        _ => return Ok(None),
    }))
}

/// A copy, not Java's view: what is changed in it does not show in the list.
fn sub_list<'r>(list: &Stored<'_, 'r>, from: i32, to: i32) -> Result<Value<'r>, Exception> {
    let length = list.len();
    let (Ok(start), Ok(end)) = (usize::try_from(from), usize::try_from(to)) else {
        return Err(Exception::new(
            "java.lang.IndexOutOfBoundsException",
            format!("fromIndex = {from}"),
        ));
    };
    if end > length {
        return Err(Exception::new(
            "java.lang.IndexOutOfBoundsException",
            format!("toIndex = {to}"),
        ));
    }
    match list.items().get(start..end) {
        Some(part) => Ok(Value::List(Rc::new(List::new(ListKind::ArrayList, part.to_vec())))),
        None => Err(Exception::new(
            "java.lang.IllegalArgumentException",
            format!("fromIndex({from}) > toIndex({to})"),
        )),
    }
}

fn change<'r>(
    list: &Stored<'_, 'r>,
    method: MethodName,
    arguments: &[Value<'r>],
    limits: &MethodLimits,
) -> Called<'r> {
    let indexed = list.kind().has_index();
    let length = list.len();
    let room = |more: usize| if length + more > limits.items { Err(too_large()) } else { Ok(()) };
    Ok(Some(match (method, arguments) {
        (MethodName::Add | MethodName::AddAll, [_]) if !indexed => {
            return Err(Exception::new("java.lang.UnsupportedOperationException", "null"));
        }
        (MethodName::Add, [item]) if indexed => {
            room(1)?;
            list.changeable()?.change(|items| items.push(item.clone()));
            Value::Bool(true)
        }
        (MethodName::Add, [Value::Integer(at), item]) if indexed => {
            room(1)?;
            let at = position(*at, length + 1)?;
            list.changeable()?.change(|items| items.insert(at, item.clone()));
            nothing()
        }
        (MethodName::AddAll, [other]) if indexed => match collection(other) {
            Some(more) => {
                room(more.len())?;
                let changed = !more.is_empty();
                list.changeable()?.change(|items| items.extend(more));
                Value::Bool(changed)
            }
            None if other.is_null() => return Err(null_pointer()),
            None => return Ok(None),
        },
        (MethodName::AddAll, [Value::Integer(at), other]) if indexed => match collection(other) {
            Some(more) => {
                room(more.len())?;
                let at = position(*at, length + 1)?;
                let changed = !more.is_empty();
                list.changeable()?.change(|items| items.splice(at..at, more).count());
                Value::Bool(changed)
            }
            None => return Ok(None),
        },
        (MethodName::Set, [Value::Integer(at), item]) if indexed => {
            let at = position(*at, length)?;
            list.changeable()?.change(|items| std::mem::replace(&mut items[at], item.clone()))
        }
        // Java prefers the index where the argument is an Integer.
        (MethodName::Remove, [Value::Integer(at)]) if indexed => {
            let at = position(*at, length)?;
            list.changeable()?.change(|items| items.remove(at))
        }
        (MethodName::Remove, [item]) => match usize::try_from(list.position(item, false)) {
            Ok(at) => {
                list.changeable()?.change(|items| items.remove(at));
                Value::Bool(true)
            }
            Err(_) => Value::Bool(false),
        },
        (MethodName::RemoveAll | MethodName::RetainAll, [other]) => match collection(other) {
            Some(given) => {
                let keep = method == MethodName::RetainAll;
                let kept = |item: &Value<'r>| given.iter().any(|g| g.java_equals(item)) == keep;
                list.changeable()?.change(|items| items.retain(kept));
                Value::Bool(list.len() != length)
            }
            None if other.is_null() => return Err(null_pointer()),
            None => return Ok(None),
        },
        (MethodName::Clear, []) => {
            list.changeable()?.change(Vec::clear);
            nothing()
        }
        _ => return Ok(None),
    }))
}

/// A method without a result leaves the empty text.
pub(super) fn nothing<'r>() -> Value<'r> {
    Value::Text(Text::EMPTY)
}

fn position(at: i32, below: usize) -> Result<usize, Exception> {
    usize::try_from(at)
        .ok()
        .filter(|at| *at < below)
        .ok_or_else(|| out_of_bounds(i64::from(at), below))
}

/// What a `java.util.Collection` holds.
fn collection<'r>(value: &Value<'r>) -> Option<Vec<Value<'r>>> {
    let list = Stored::of(value)?;
    (!matches!(list.kind(), ListKind::Array(_))).then(|| list.items())
}
