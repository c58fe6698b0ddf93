//! Java's `equals` and Velocity's `==`, which are not the same.

use std::rc::Rc;

use super::{List, Map, Value};
use crate::java::number::velocity_equals;
use crate::json::{Kind, NodeRef};

/// How deep two structures are compared; beyond it they count as different.
const MAX_DEPTH: usize = 400;

impl<'r> Value<'r> {
    /// `a.equals(b)`: strict about classes, so the Integer 1 does not equal the Long 1 or the text `1`.
    pub(crate) fn java_equals(&self, other: &Value<'r>) -> bool {
        equals(self, other, 0)
    }

    /// Velocity's `==`: numbers by value, things of one class by `equals`, everything else by what it prints.
    pub(crate) fn velocity_equals(&self, other: &Value<'r>) -> bool {
        match (self, other) {
            (Value::Text(a), Value::Text(b)) => a == b,
            (Value::Integer(a), Value::Integer(b)) => a == b,
            (Value::Null, _) | (_, Value::Null) => self.is_null() && other.is_null(),
            _ => match (self.as_number(), other.as_number()) {
                (Some(a), Some(b)) => velocity_equals(&a, &b),
                _ if same_class(self, other) => self.java_equals(other),
                _ => self.to_text() == other.to_text(),
            },
        }
    }
}

/// Velocity asks whether one class is assignable to the other; `JSONArray` is an `ArrayList`, a `LinkedHashMap` a `HashMap`.
fn same_class(a: &Value<'_>, b: &Value<'_>) -> bool {
    is_array_list(a) && is_array_list(b)
        || is_hash_map(a) && is_hash_map(b)
        || a.class_name() == b.class_name()
}

fn is_array_list(value: &Value<'_>) -> bool {
    matches!(value.class_name(), "java.util.ArrayList" | "net.minidev.json.JSONArray")
}

fn is_hash_map(value: &Value<'_>) -> bool {
    matches!(value.class_name(), "java.util.LinkedHashMap" | "java.util.HashMap")
}

fn equals<'r>(a: &Value<'r>, b: &Value<'r>, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    match (a, b) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Integer(a), Value::Integer(b)) => a == b,
        (Value::Long(a), Value::Long(b)) => a == b,
        // Double.equals compares bits: NaN equals itself and 0.0 is not -0.0.
        (Value::Double(a), Value::Double(b)) => {
            a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan()
        }
        (Value::Number(a), Value::Number(b)) => a == b,
        (Value::Character(a), Value::Character(b)) => a == b,
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::Class(a), Value::Class(b)) => a == b,
        (Value::Entry(a), Value::Entry(b)) => {
            equals(&a.key, &b.key, depth + 1) && equals(&a.value, &b.value, depth + 1)
        }
        (Value::Node(a), Value::Node(b)) if a == b => true,
        (Value::List(a), Value::List(b)) if Rc::ptr_eq(a, b) => true,
        (Value::Map(a), Value::Map(b)) if Rc::ptr_eq(a, b) => true,
        _ => match (Shape::of(a), Shape::of(b)) {
            (Some(Shape::Array(_)), _) | (_, Some(Shape::Array(_))) => false,
            (Some(Shape::List(a)), Some(Shape::List(b))) => {
                a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| equals(a, b, depth + 1))
            }
            (Some(Shape::Map(a)), Some(Shape::Map(b))) => maps_equal(&a, &b, depth),
            _ => false,
        },
    }
}

/// A list or a map, whichever way it is stored.
enum Shape<'r> {
    List(Vec<Value<'r>>),
    Map(Vec<(Value<'r>, Value<'r>)>),
    /// A Java array: equal to itself alone
    Array(()),
}

impl<'r> Shape<'r> {
    fn of(value: &Value<'r>) -> Option<Shape<'r>> {
        match value {
            Value::Node(node) => Some(Shape::of_node(*node)),
            Value::List(list) => Some(Shape::of_list(list)),
            Value::Map(map) => Some(Shape::of_map(map)),
            _ => None,
        }
    }

    fn of_node(node: NodeRef<'r>) -> Shape<'r> {
        if node.kind() == Kind::Array {
            return Shape::List(node.elements().map(Value::from_node).collect());
        }
        Shape::Map(node.entries().map(|(k, v)| (Value::text(k), Value::from_node(v))).collect())
    }

    fn of_list(list: &List<'r>) -> Shape<'r> {
        match list.kind() {
            super::ListKind::Array(_) => Shape::Array(()),
            _ => Shape::List(list.items().clone()),
        }
    }

    fn of_map(map: &Map<'r>) -> Shape<'r> {
        Shape::Map(map.entries().iter().map(|(k, v)| (k.0.clone(), v.clone())).collect())
    }
}

fn maps_equal<'r>(
    a: &[(Value<'r>, Value<'r>)],
    b: &[(Value<'r>, Value<'r>)],
    depth: usize,
) -> bool {
    let other = Map::linked(b.iter().cloned());
    a.len() == other.len()
        && a.iter().all(|(key, value)| {
            other.get(key).is_some_and(|found| equals(value, &found, depth + 1))
        })
}
