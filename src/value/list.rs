//! Lists that a template made or changed: `ArrayList`, json-smart's `JSONArray`, Java arrays and the sets of a map's keys.

use std::cell::{Cell, Ref, RefCell};

use super::Value;

/// What kind of Java object a list is: it decides how it prints and what it can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListKind {
    /// Prints `[a, b]`
    ArrayList,
    /// An array out of a payload: prints JSON
    JsonArray,
    /// `String[]`, `char[]`…: prints its class and a hash; has a list's read methods in Velocity
    Array(&'static str),
    /// `keySet()` and `entrySet()`: prints `[a, b]`, has no index
    Set,
    /// `values()`: prints `[a, b]`, has no index
    Collection,
}

impl ListKind {
    pub(super) fn class_name(self) -> &'static str {
        match self {
            ListKind::ArrayList => "java.util.ArrayList",
            ListKind::JsonArray => "net.minidev.json.JSONArray",
            ListKind::Array(class) => class,
            ListKind::Set => "java.util.LinkedHashMap$LinkedKeySet",
            ListKind::Collection => "java.util.LinkedHashMap$LinkedValues",
        }
    }

    /// Whether `get(i)`, `indexOf` and the like exist: not on sets and other collections.
    pub(crate) fn has_index(self) -> bool {
        !matches!(self, ListKind::Set | ListKind::Collection)
    }
}

/// A list that a template can change.
#[derive(Debug)]
pub(crate) struct List<'r> {
    kind: ListKind,
    items: RefCell<Vec<Value<'r>>>,
    changes: Cell<u32>,
}

impl<'r> List<'r> {
    pub(crate) fn new(kind: ListKind, items: Vec<Value<'r>>) -> List<'r> {
        List { kind, items: RefCell::new(items), changes: Cell::new(0) }
    }

    pub(crate) fn kind(&self) -> ListKind {
        self.kind
    }

    pub(crate) fn len(&self) -> usize {
        self.items.borrow().len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<Value<'r>> {
        self.items.borrow().get(index).cloned()
    }

    /// The items, to read only: nothing that could reach this list again may run while the answer lives.
    pub(crate) fn items(&self) -> Ref<'_, Vec<Value<'r>>> {
        self.items.borrow()
    }

    /// Changes the items; adding or removing makes a running `#foreach` fail as Java's iterators do.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Vec<Value<'r>>) -> T) -> T {
        let mut items = self.items.borrow_mut();
        let before = items.len();
        let answer = change(&mut items);
        if items.len() != before {
            self.changes.set(self.changes.get().wrapping_add(1));
        }
        answer
    }

    /// Java's `modCount`: what an iterator compares to notice a change.
    pub(crate) fn changes(&self) -> u32 {
        self.changes.get()
    }
}
