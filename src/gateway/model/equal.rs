//! Equality of values as JSON Schema has it: numbers by value, objects without regard to order.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use serde_json::Value;

use super::number;
use crate::json::{Document, Kind, NodeRef};

/// Values nested deeper than this are equal to none.
const MAX_DEPTH: usize = 200;

/// The values of `enum`.
#[derive(Debug)]
pub(super) struct Enumeration {
    /// Sorted
    strings: Vec<String>,
    others: Vec<Document<'static>>,
    /// All of them as JSON
    pub(super) text: String,
}

impl Enumeration {
    pub(super) fn new(values: &[Value]) -> Enumeration {
        let mut strings: Vec<String> =
            values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect();
        strings.sort_unstable();
        let others = values.iter().filter(|v| !v.is_string()).map(Document::from_value).collect();
        Enumeration { strings, others, text: Value::from(values).to_string() }
    }

    pub(super) fn contains(&self, node: NodeRef<'_>) -> bool {
        match node.as_str() {
            Some(text) => self.strings.binary_search_by(|s| s.as_str().cmp(&text)).is_ok(),
            None => self.others.iter().any(|value| equal(node, value.root())),
        }
    }
}

/// Whether two values are the same.
pub(super) fn equal(a: NodeRef<'_>, b: NodeRef<'_>) -> bool {
    equal_at(a, b, MAX_DEPTH)
}

fn equal_at(a: NodeRef<'_>, b: NodeRef<'_>, depth: usize) -> bool {
    if a.kind() != b.kind() {
        return false;
    }
    match a.kind() {
        Kind::Null => true,
        Kind::Bool => a.as_bool() == b.as_bool(),
        Kind::Number => number::compare(a.number_text(), b.number_text()).is_eq(),
        Kind::String => a.as_str() == b.as_str(),
        Kind::Array | Kind::Object if depth == 0 || a.len() != b.len() => false,
        Kind::Array => a.elements().zip(b.elements()).all(|(a, b)| equal_at(a, b, depth - 1)),
        Kind::Object => {
            a.entries().all(|(name, a)| b.get(&name).is_some_and(|b| equal_at(a, b, depth - 1)))
        }
    }
}

/// Whether no two elements of an array are the same.
pub(super) fn all_differ(array: NodeRef<'_>) -> bool {
    /// From this number on a table is worth its making.
    const MANY: usize = 12;

    if array.len() < MANY {
        let mut elements = array.elements();
        while let Some(a) = elements.next() {
            if elements.clone().any(|b| equal(a, b)) {
                return false;
            }
        }
        return true;
    }
    let state = RandomState::new();
    let mut seen: HashMap<u64, Vec<NodeRef<'_>>> = HashMap::with_capacity(array.len());
    for element in array.elements() {
        let alike = seen.entry(hash(&state, element, MAX_DEPTH)).or_default();
        if alike.iter().any(|other| equal(element, *other)) {
            return false;
        }
        alike.push(element);
    }
    true
}

/// A number that equal values share.
fn hash(state: &RandomState, node: NodeRef<'_>, depth: usize) -> u64 {
    let mut hasher = state.build_hasher();
    (node.kind() as u32).hash(&mut hasher);
    match node.kind() {
        Kind::Null => {}
        Kind::Bool => node.as_bool().hash(&mut hasher),
        Kind::Number => number::hash(node.number_text(), &mut hasher),
        Kind::String => node.as_str().hash(&mut hasher),
        Kind::Array | Kind::Object if depth == 0 => {}
        Kind::Array => {
            for element in node.elements() {
                hasher.write_u64(hash(state, element, depth - 1));
            }
        }
        Kind::Object => {
            let members = node.entries().map(|(name, value)| {
                state.hash_one((name.as_ref(), hash(state, value, depth - 1)))
            });
            hasher.write_u64(members.fold(0, u64::wrapping_add));
        }
    }
    hasher.finish()
}
