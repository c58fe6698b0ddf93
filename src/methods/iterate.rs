//! What `#foreach` walks over, and `java.util.Iterator`.

use std::rc::Rc;

use super::map::entries;
use super::{Called, MethodName, no_arguments};
use crate::json::{Elements, Kind};
use crate::value::{Exception, Iterator, List, Map, Value};

/// The items of a collection, one after the other: in place in the payload, and watched for changes in a list or map of
/// the template's.
pub(crate) enum Items<'r> {
    /// An array of the payload
    Elements(std::iter::Peekable<Elements<'r>>),
    /// The values of an object of the payload
    Members(std::vec::IntoIter<Value<'r>>),
    /// A list, the next position, and its changes at the beginning
    List(Rc<List<'r>>, usize, u32),
    /// The values of a map or a view of one, what is left of them, and its changes at the beginning
    Map(Rc<Map<'r>>, std::vec::IntoIter<Value<'r>>, u32),
    /// An iterator of the template's
    Iterator(Rc<Iterator<'r>>),
}

/// What `#foreach` makes of a value: `None` for what cannot be walked over, such as texts and numbers.
pub(crate) fn items<'r>(value: &Value<'r>) -> Option<Items<'r>> {
    Some(match value {
        Value::Node(node) if node.kind() == Kind::Array => {
            Items::Elements(node.elements().peekable())
        }
        Value::Node(node) if node.is_context() => Items::Members(
            entries(*node).into_iter().map(|e| e.value).collect::<Vec<_>>().into_iter(),
        ),
        Value::Node(node) => Items::Members(
            node.entries().map(|(_, v)| Value::from_node(v)).collect::<Vec<_>>().into_iter(),
        ),
        Value::List(list) => match list.viewed() {
            Some(map) => Items::Map(map.clone(), list.items().clone().into_iter(), map.changes()),
            None => Items::List(list.clone(), 0, list.changes()),
        },
        Value::Map(map) => {
            let values: Vec<_> = map.in_order().into_iter().map(|e| e.value).collect();
            Items::Map(map.clone(), values.into_iter(), map.changes())
        }
        Value::Iterator(iterator) => Items::Iterator(iterator.clone()),
        _ => return None,
    })
}

impl<'r> Items<'r> {
    /// Java's `hasNext()`: of a list, whether the position is not the size, so that a change can end a loop silently.
    pub(crate) fn has_next(&mut self) -> bool {
        match self {
            Items::Elements(elements) => elements.peek().is_some(),
            Items::Members(members) => members.len() > 0,
            Items::List(list, next, _) => *next != list.len(),
            Items::Map(_, left, _) => left.len() > 0,
            Items::Iterator(iterator) => iterator.next.get() < iterator.items.len(),
        }
    }

    /// The next item.
    ///
    /// # Errors
    /// `ConcurrentModificationException` when items were added or removed since the beginning.
    pub(crate) fn next(&mut self) -> Result<Option<Value<'r>>, Exception> {
        match self {
            Items::Elements(elements) => Ok(elements.next().map(Value::from_node)),
            Items::Members(members) => Ok(members.next()),
            Items::List(list, ..) if list.changes() != self.changes() => Err(changed()),
            Items::Map(map, ..) if map.changes() != self.changes() => Err(changed()),
            Items::List(list, next, _) => {
                *next += 1;
                Ok(list.get(*next - 1))
            }
            Items::Map(_, left, _) => Ok(left.next()),
            Items::Iterator(iterator) => Ok(advance(iterator)),
        }
    }

    fn changes(&self) -> u32 {
        match self {
            Items::List(_, _, changes) | Items::Map(_, _, changes) => *changes,
            _ => 0,
        }
    }
}

#[cold]
fn changed() -> Exception {
    Exception::new(
        "java.util.ConcurrentModificationException",
        "the collection was changed in its own loop",
    )
}

fn advance<'r>(iterator: &Iterator<'r>) -> Option<Value<'r>> {
    let next = iterator.next.get();
    let item = iterator.items.get(next).cloned();
    iterator.next.set((next + 1).min(iterator.items.len()));
    item
}

pub(super) fn call<'r>(
    iterator: &Iterator<'r>,
    method: MethodName,
    arguments: &[Value<'r>],
) -> Called<'r> {
    if !matches!(method, MethodName::HasNext | MethodName::Next) {
        return Ok(None);
    }
    no_arguments(arguments)?;
    if method == MethodName::HasNext {
        return Ok(Some(Value::Bool(iterator.next.get() < iterator.items.len())));
    }
    match advance(iterator) {
        Some(item) => Ok(Some(item)),
        None => Err(Exception::new("java.util.NoSuchElementException", "there is no next element")),
    }
}
