//! Names that occur twice in an object: the last value counts, in the first place, as in a `LinkedHashMap`.
//!
//! The parser does not look for them, since most objects are never asked for more than a member or two.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Kind;
use super::string;
use super::tape::{ESCAPED, Word};
use super::view::NodeRef;

/// A member: its name and its value.
type Member<'d> = (NodeRef<'d>, NodeRef<'d>);

/// Up to as many members are compared with each other; more go through a table.
const FEW: usize = 16;

/// The members of an object as a map has them, `None` where that is as they stand.
pub(super) fn resolved(object: NodeRef<'_>) -> Option<Vec<Member<'_>>> {
    if !has(object) {
        return None;
    }
    let mut places: HashMap<Cow<'_, str>, usize> = HashMap::new();
    let mut members: Vec<Member<'_>> = Vec::new();
    for (name, value) in object.raw_members() {
        let place = *places.entry(name.as_str().unwrap_or_default()).or_insert(members.len());
        match members.get_mut(place) {
            Some((_, earlier)) => *earlier = value,
            None => members.push((name, value)),
        }
    }
    Some(members)
}

/// Whether a name occurs twice in one of the objects in this node.
pub(super) fn anywhere(node: NodeRef<'_>) -> bool {
    node.containers().any(|container| container.kind() == Kind::Object && has(container))
}

/// Whether a name occurs twice in this object.
fn has(object: NodeRef<'_>) -> bool {
    match object.children() {
        Some(count) if count <= FEW => has_among_few(object, count),
        _ => has_among_many(object),
    }
}

fn has_among_few(object: NodeRef<'_>, count: usize) -> bool {
    let text = &*object.document().text;
    let mut names = [Word::default(); FEW];
    for (place, (name, _)) in names.iter_mut().zip(object.raw_members()) {
        *place = name.word();
    }
    let names = names.get(..count).unwrap_or_default();
    names
        .iter()
        .enumerate()
        .any(|(i, name)| names[..i].iter().any(|other| same(text, *name, *other)))
}

#[inline(always)]
fn same(text: &str, name: Word, other: Word) -> bool {
    if name.has(ESCAPED) || other.has(ESCAPED) {
        return string::decode(text, name) == string::decode(text, other);
    }
    name.length() == other.length()
        && text.as_bytes().get(name.start()..name.end())
            == text.as_bytes().get(other.start()..other.end())
}

fn has_among_many(object: NodeRef<'_>) -> bool {
    let mut names = std::collections::HashSet::new();
    !object.raw_members().all(|(name, _)| names.insert(name.as_str().unwrap_or_default()))
}
