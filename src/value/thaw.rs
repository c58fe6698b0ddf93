//! A part of the payload as Java objects that a template can change.

use std::rc::Rc;

use super::{List, ListKind, Map, MapKind, Value};
use crate::json::{Kind, NodeRef};

/// What is being copied: an array or an object that is not yet complete.
enum Open<'r> {
    Array(Vec<Value<'r>>, Box<dyn std::iter::Iterator<Item = NodeRef<'r>> + 'r>),
    Object(Map<'r>, Value<'r>, Box<dyn std::iter::Iterator<Item = (Value<'r>, NodeRef<'r>)> + 'r>),
}

impl<'r> Value<'r> {
    /// The node and everything below it as lists and maps of their own. No recursion: a payload may be nested deeply.
    pub(crate) fn thaw(node: NodeRef<'r>) -> Value<'r> {
        let mut open: Vec<(Open<'r>, NodeRef<'r>)> = Vec::new();
        let mut done = match Value::from_node(node) {
            Value::Node(container) => {
                open.push((Open::new(container), container));
                None
            }
            scalar => Some(scalar),
        };
        loop {
            let Some((top, source)) = open.last_mut() else { return done.unwrap_or(Value::Null) };
            if let Some(value) = done.take() {
                top.add(value);
            }
            match top.next() {
                Some(child) => match Value::from_node(child) {
                    Value::Node(container) => open.push((Open::new(container), container)),
                    scalar => done = Some(scalar),
                },
                None => {
                    let source = *source;
                    done = open.pop().map(|(complete, _)| complete.close(source));
                }
            }
        }
    }
}

impl<'r> Open<'r> {
    fn new(node: NodeRef<'r>) -> Open<'r> {
        match node.kind() {
            Kind::Object => {
                let kind = if node.is_context() { MapKind::Context } else { MapKind::Linked };
                let entries = node.entries().map(|(key, value)| (Value::text(key), value));
                Open::Object(Map::new(kind), Value::Null, Box::new(entries))
            }
            _ => Open::Array(Vec::with_capacity(node.len()), Box::new(node.elements())),
        }
    }

    fn next(&mut self) -> Option<NodeRef<'r>> {
        match self {
            Open::Array(_, rest) => rest.next(),
            Open::Object(_, key, rest) => {
                let (next, value) = rest.next()?;
                *key = next;
                Some(value)
            }
        }
    }

    fn add(&mut self, value: Value<'r>) {
        match self {
            Open::Array(items, _) => items.push(value),
            Open::Object(map, key, _) => {
                map.put(std::mem::replace(key, Value::Null), value);
            }
        }
    }

    fn close(self, source: NodeRef<'r>) -> Value<'r> {
        match self {
            Open::Array(items, _) => {
                let kind =
                    if source.is_json_smart() { ListKind::JsonArray } else { ListKind::ArrayList };
                Value::List(Rc::new(List::new(kind, items)))
            }
            Open::Object(map, ..) => Value::Map(Rc::new(map)),
        }
    }
}
