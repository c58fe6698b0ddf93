//! Names that occur twice in an object: the last value counts, in the first place, as in a `LinkedHashMap`.
//!
//! The parser does not look for them, since most objects are never asked for more than a member or two.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::Kind;
use super::tape::{Document, ESCAPED, Word};
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

/// Whether the name at this word of the tape is the only one of its kind in an object of few members; of an object of many
/// members, whether all of its names are.
pub(super) fn is_only(object: NodeRef<'_>, name: u32) -> bool {
    if has_many_members(object) {
        return !has(object);
    }
    let name = object.at(name);
    object.raw_members().all(|(other, _)| other == name || !is_same(name, other))
}

/// Whether an object has so many members that looking at all of them for each is too much.
pub(super) fn has_many_members(object: NodeRef<'_>) -> bool {
    object.children().is_none_or(|count| count > FEW)
}

/// Of two names: whether they mean the same text.
fn is_same(name: NodeRef<'_>, other: NodeRef<'_>) -> bool {
    let (word, other_word) = (name.word(), other.word());
    if word.has(ESCAPED) || other_word.has(ESCAPED) {
        return name.as_str() == other.as_str();
    }
    let bytes = name.document().text.as_bytes();
    let ending = |word: Word| ending(bytes, word.start(), word.end());
    word.length() == other_word.length()
        && ending(word) == ending(other_word)
        && name.raw() == other.raw()
}

/// Puts what can be seen of the names at once into a small set: in most objects they all differ in that.
fn has_among_few(object: NodeRef<'_>) -> bool {
    let (document, end) = (object.document(), object.next());
    let bytes = document.text.as_bytes();
    let mut seen = [0u64; GLANCES / 64];
    let mut at = object.index() + 2;
    while at < end {
        let word = object.at(at).word();
        let glance = glance(bytes, word.start(), word.end());
        let bit = 1 << (glance % 64);
        let Some(place) = seen.get_mut(glance / 64) else { return compare_few(object) };
        if *place & bit != 0 || word.has(ESCAPED) {
            return compare_few(object);
        }
        *place |= bit;
        at = object.at(at + 1).next();
    }
    false
}

/// Compares all names with each other.
fn compare_few(object: NodeRef<'_>) -> bool {
    let mut names = object.raw_members().map(|(name, _)| name).enumerate();
    names.any(|(place, name)| {
        object.raw_members().take(place).any(|(earlier, _)| is_same(name, earlier))
    })
}

/// The different glances at a name.
const GLANCES: usize = 1024;

/// A number below [`GLANCES`] made of the length and the last eight bytes of a name.
#[inline(always)]
fn glance(bytes: &[u8], start: usize, end: usize) -> usize {
    let mixed =
        (ending(bytes, start, end) ^ (end - start) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> (64 - GLANCES.trailing_zeros())) as usize
}

/// The last eight bytes of a name, or all of a shorter one.
#[inline(always)]
pub(super) fn ending(bytes: &[u8], start: usize, end: usize) -> u64 {
    match bytes.get(..end).and_then(<[u8]>::last_chunk) {
        Some(last) => {
            let unused = 64_usize.saturating_sub((end - start).saturating_mul(8));
            u64::from_le_bytes(*last).checked_shr(unused as u32).unwrap_or(0)
        }
        // At the beginning of a text: the same from fewer bytes.
        None => bytes[start..end].iter().rev().fold(0, |name, byte| name << 8 | u64::from(*byte)),
    }
}

fn has_among_many(object: NodeRef<'_>) -> bool {
    let mut names = HashSet::new();
    !object.raw_members().all(|(name, _)| names.insert(name.as_str().unwrap_or_default()))
}
