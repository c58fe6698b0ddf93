//! The members of all large objects of a document, sorted, so that looking into one need not walk over all of them.

use super::Kind;
use super::tape::Document;
use super::view::NodeRef;

/// From this number of members on, an object is looked into by the index.
pub(super) const LARGE: usize = 48;

/// By object, name and place: a hash first, because most comparisons end there.
#[derive(Debug)]
pub(super) struct Index(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    hash: u32,
    object: u32,
    value: u32,
}

impl Index {
    pub(super) fn new(document: &Document<'_>) -> Index {
        let mut entries = Vec::new();
        for object in NodeRef::new(document, 0).containers() {
            if object.kind() == Kind::Object && object.children().is_none_or(|n| n >= LARGE) {
                entries.extend(object.raw_members().map(|(name, value)| Entry {
                    hash: hash(&name.as_str().unwrap_or_default()),
                    object: object.index(),
                    value: value.index(),
                }));
            }
        }
        // Names whose hashes agree are sorted too, so that a payload made for it cannot slow a look-up down.
        entries.sort_unstable_by(|a, b| {
            (a.object, a.hash)
                .cmp(&(b.object, b.hash))
                .then_with(|| name(document, a.value).cmp(&name(document, b.value)))
                .then(a.value.cmp(&b.value))
        });
        Index(entries)
    }

    /// The value of a name in a large object: the last one where it occurs twice.
    pub(super) fn find(&self, document: &Document<'_>, object: u32, wanted: &str) -> Option<u32> {
        let key = (object, hash(wanted));
        let behind = self.0.partition_point(|entry| {
            (entry.object, entry.hash)
                .cmp(&key)
                .then_with(|| name(document, entry.value).as_deref().cmp(&Some(wanted)))
                .is_le()
        });
        let entry = self.0.get(behind.checked_sub(1)?)?;
        let found = (entry.object, entry.hash) == key
            && name(document, entry.value).is_some_and(|name| name == wanted);
        found.then_some(entry.value)
    }
}

/// The name stands before its value.
fn name<'d>(document: &'d Document<'_>, value: u32) -> Option<std::borrow::Cow<'d, str>> {
    NodeRef::new(document, value.checked_sub(1)?).as_str()
}

/// FNV-1a.
fn hash(name: &str) -> u32 {
    name.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
