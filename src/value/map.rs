//! Maps that a template made or changed, in the order in which Java would walk them.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::hash::{Hash, Hasher};

use indexmap::{Equivalent, IndexMap};

use super::Value;
use crate::java::hash_map::hash_order;

/// What kind of Java map it is: it decides the order of its keys and how it prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MapKind {
    /// `LinkedHashMap`: insertion order
    Linked,
    /// `HashMap`: the order of Java's buckets
    Hash,
    /// A map inside `$context`: API Gateway prints it as nothing (recorded), in bucket order
    Context,
}

impl MapKind {
    pub(super) fn class_name(self) -> &'static str {
        match self {
            MapKind::Linked => "java.util.LinkedHashMap",
            MapKind::Hash | MapKind::Context => "java.util.HashMap",
        }
    }
}

/// A key: equal to another as Java's `equals` says, so the Integer 1 is not the text `1`.
#[derive(Clone, Debug)]
pub(crate) struct Key<'r>(pub(crate) Value<'r>);

impl Hash for Key<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Value::Text(t) => t.as_str().hash(state),
            Value::Integer(n) => n.hash(state),
            Value::Long(n) => n.hash(state),
            Value::Bool(b) => b.hash(state),
            Value::Character(c) => c.hash(state),
            // Rare keys share a bucket of their class; `equals` tells them apart.
            other => other.class_name().hash(state),
        }
    }
}

impl PartialEq for Key<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.java_equals(&other.0)
    }
}

impl Eq for Key<'_> {}

/// A text as a key, without making a [`Value`] of it.
#[derive(Hash)]
struct TextKey<'k>(&'k str);

impl<'r> Equivalent<Key<'r>> for TextKey<'_> {
    fn equivalent(&self, key: &Key<'r>) -> bool {
        matches!(&key.0, Value::Text(t) if t.as_str() == self.0)
    }
}

/// A map that a template can change.
#[derive(Debug)]
pub(crate) struct Map<'r> {
    kind: MapKind,
    entries: RefCell<IndexMap<Key<'r>, Value<'r>>>,
    changes: Cell<u32>,
    version: Cell<u32>,
}

/// `java.util.Map.Entry`: prints `k=v`.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'r> {
    pub(crate) key: Value<'r>,
    pub(crate) value: Value<'r>,
}

impl<'r> Map<'r> {
    pub(crate) fn new(kind: MapKind) -> Map<'r> {
        Map { kind, entries: RefCell::default(), changes: Cell::new(0), version: Cell::new(0) }
    }

    /// A `LinkedHashMap` with these entries; a later one replaces an earlier one of the same key, in its place.
    pub(crate) fn linked(entries: impl IntoIterator<Item = (Value<'r>, Value<'r>)>) -> Map<'r> {
        let map = Map::new(MapKind::Linked);
        map.entries.borrow_mut().extend(entries.into_iter().map(|(k, v)| (Key(k), v)));
        map
    }

    /// Everything in it, as it ceases to be.
    pub(super) fn take(&mut self) -> impl Iterator<Item = Value<'r>> {
        std::mem::take(self.entries.get_mut()).into_iter().flat_map(|(key, value)| [key.0, value])
    }

    pub(crate) fn kind(&self) -> MapKind {
        self.kind
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.borrow().len()
    }

    pub(crate) fn get(&self, key: &Value<'r>) -> Option<Value<'r>> {
        match key {
            Value::Text(t) => self.get_text(t),
            _ => self.entries.borrow().get(&Key(key.clone())).cloned(),
        }
    }

    pub(crate) fn get_text(&self, key: &str) -> Option<Value<'r>> {
        self.entries.borrow().get(&TextKey(key)).cloned()
    }

    pub(crate) fn contains_key(&self, key: &Value<'r>) -> bool {
        self.entries.borrow().contains_key(&Key(key.clone()))
    }

    /// Java's `put`: answers the value that was there.
    pub(crate) fn put(&self, key: Value<'r>, value: Value<'r>) -> Option<Value<'r>> {
        let old = self.entries.borrow_mut().insert(Key(key), value);
        self.version.set(self.version.get().wrapping_add(1));
        if old.is_none() {
            self.changed();
        }
        old
    }

    pub(crate) fn remove(&self, key: &Value<'r>) -> Option<Value<'r>> {
        let old = self.entries.borrow_mut().shift_remove(&Key(key.clone()));
        if old.is_some() {
            self.changed();
        }
        old
    }

    pub(crate) fn clear(&self) {
        self.entries.borrow_mut().clear();
        self.changed();
    }

    fn changed(&self) {
        self.changes.set(self.changes.get().wrapping_add(1));
        self.version.set(self.version.get().wrapping_add(1));
    }

    /// Java's `modCount`: what an iterator compares to notice a change.
    pub(crate) fn changes(&self) -> u32 {
        self.changes.get()
    }

    /// Counts every change, that of a value too.
    pub(crate) fn version(&self) -> u32 {
        self.version.get()
    }

    /// The entries in insertion order, to read only.
    pub(crate) fn entries(&self) -> Ref<'_, IndexMap<Key<'r>, Value<'r>>> {
        self.entries.borrow()
    }

    /// A copy of the entries in the order in which Java walks them.
    pub(crate) fn in_order(&self) -> Vec<Entry<'r>> {
        let entries = self.entries.borrow();
        let entry = |(k, v): (&Key<'r>, &Value<'r>)| Entry { key: k.0.clone(), value: v.clone() };
        if self.kind == MapKind::Linked {
            return entries.iter().map(entry).collect();
        }
        let names: Vec<Cow<'_, str>> = entries.keys().map(|k| k.0.to_text()).collect();
        let names: Vec<&str> = names.iter().map(|n| &**n).collect();
        hash_order(&names).into_iter().filter_map(|i| entries.get_index(i).map(entry)).collect()
    }
}
