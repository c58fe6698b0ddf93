//! Names that occur twice in an object: the last value counts, in the first place, as in a `LinkedHashMap`.
//!
//! The parser does not look for them, since most objects are never asked for more than a member or two.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::Kind;
use super::tape::{Document, ESCAPED};
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

/// Whether a name occurs twice in one of the objects of a document.
pub(super) fn anywhere(document: &Document<'_>) -> bool {
    document.root().containers().any(has)
}

/// Whether a name occurs twice in this node itself, an object.
pub(super) fn has(object: NodeRef<'_>) -> bool {
    match object.children() {
        _ if object.kind() != Kind::Object => false,
        Some(0 | 1) => false,
        Some(count) if count <= FEW => has_among_few(object),
        _ => has_among_many(object),
    }
}

/// Compares what can be seen of the names at once with each other: most differ in that.
fn has_among_few(object: NodeRef<'_>) -> bool {
    let (document, end) = (object.document(), object.next());
    let bytes = document.text.as_bytes();
    let mut glances = [0u32; FEW];
    let (mut count, mut at) = (0, object.index() + 2);
    while at < end {
        let word = object.at(at).word();
        let (Some(name), Some(place)) =
            (bytes.get(word.start()..word.end()), glances.get_mut(count))
        else {
            return has_among_many(object);
        };
        if word.has(ESCAPED) {
            return has_among_many(object);
        }
        *place = glance(name);
        if glances[..count].contains(&glance(name)) {
            return has_among_many(object);
        }
        count += 1;
        at = object.at(at + 1).next();
    }
    false
}

/// The length and three of the bytes of a name.
#[inline(always)]
fn glance(name: &[u8]) -> u32 {
    let byte = |at: usize| u32::from(name.get(at).copied().unwrap_or(0));
    let last = name.len().saturating_sub(1);
    (name.len() as u32) << 24 ^ byte(0) << 16 ^ byte(last / 2) << 8 ^ byte(last)
}

fn has_among_many(object: NodeRef<'_>) -> bool {
    let mut names = HashSet::new();
    !object.raw_members().all(|(name, _)| names.insert(name.as_str().unwrap_or_default()))
}
