//! Two JSON values → whether they are the same, and where they are not.

use serde_json::{Map, Value};

use super::bless::{Edit, New};
use super::yaml::{Kind, Node};

/// Equal as JSON: the order of members is free, and 1 is 1.0.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => {
            x == y || equal_numbers(&x.to_string(), &y.to_string())
        }
        (Value::Array(x), Value::Array(y)) => {
            x.len() == y.len() && x.iter().zip(y).all(|(x, y)| same(x, y))
        }
        (Value::Object(x), Value::Object(y)) => {
            x.len() == y.len() && x.iter().all(|(name, x)| y.get(name).is_some_and(|y| same(x, y)))
        }
        _ => a == b,
    }
}

/// Whole numbers digit by digit, others as doubles.
fn equal_numbers(a: &str, b: &str) -> bool {
    let whole = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if whole(a) && whole(b) {
        return a == b;
    }
    matches!((a.parse::<f64>(), b.parse::<f64>()), (Ok(a), Ok(b)) if a == b)
}

/// The value with its members in the order of another, so that a diff shows what differs and not what moved.
pub(super) fn in_order_of(model: &Value, value: &Value) -> Value {
    match (model, value) {
        (Value::Object(model), Value::Object(members)) => {
            let mut ordered = Map::new();
            for (name, model) in model {
                if let Some(value) = members.get(name) {
                    ordered.insert(name.clone(), in_order_of(model, value));
                }
            }
            for (name, value) in members {
                if !ordered.contains_key(name) {
                    ordered.insert(name.clone(), value.clone());
                }
            }
            Value::Object(ordered)
        }
        (Value::Array(model), Value::Array(items)) => {
            let of = |at: usize, item| {
                model.get(at).map_or_else(|| Value::clone(item), |m| in_order_of(m, item))
            };
            items.iter().enumerate().map(|(at, item)| of(at, item)).collect()
        }
        (Value::Number(_), Value::Number(_)) if same(model, value) => model.clone(),
        _ => value.clone(),
    }
}

/// The smallest changes that make the node say the value: comments beside what stays are kept.
pub(super) fn json_edits(node: &Node, actual: &Value, edits: &mut Vec<Edit>) {
    if same(&node.to_json(), actual) {
        return;
    }
    match (&node.kind, actual) {
        (Kind::Map(entries), Value::Object(members))
            if entries.len() == members.len()
                && entries.iter().all(|entry| members.contains_key(&entry.key)) =>
        {
            for entry in entries {
                json_edits(&entry.value, &actual[&entry.key], edits);
            }
        }
        // An item that is not there, `-`, has no place of its own.
        (Kind::List(items), Value::Array(values))
            if items.len() == values.len()
                && items.iter().all(|item| item.span.start < item.span.end) =>
        {
            for (item, value) in items.iter().zip(values) {
                json_edits(item, value, edits);
            }
        }
        _ => edits.push(Edit::of(node, New::Json(actual.clone()))),
    }
}
