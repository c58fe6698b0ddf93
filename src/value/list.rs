//! Lists that a template made or changed: `ArrayList`, json-smart's `JSONArray`, Java arrays and the sets of a map's keys.

use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

use super::{Map, Value};

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
    /// The map that `keySet()`, `values()` and `entrySet()` look at
    view: Option<Box<View<'r>>>,
}

/// A part of a map, which shows what the map is now: the items are made again when it has changed.
#[derive(Debug)]
struct View<'r> {
    map: Rc<Map<'r>>,
    part: Part,
    seen: Cell<u32>,
}

impl<'r> View<'r> {
    /// Removes from the map what is no longer among the items of the view, which keep their order.
    fn remove_lost(&self, before: &[Value<'r>], after: &[Value<'r>]) {
        let mut left = after.iter().peekable();
        for (entry, item) in self.map.in_order().iter().zip(before) {
            if left.next_if(|value| value.java_equals(item)).is_none() {
                self.map.remove(&entry.key);
            }
        }
        self.seen.set(self.map.version());
    }
}

/// What a view shows of each entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// `keySet()`
    Keys,
    /// `values()`
    Values,
    /// `entrySet()`
    Entries,
}

impl Part {
    fn of<'r>(self, map: &Map<'r>) -> Vec<Value<'r>> {
        let part = |entry: super::Entry<'r>| match self {
            Part::Keys => entry.key,
            Part::Values => entry.value,
            Part::Entries => Value::Entry(Rc::new(entry)),
        };
        map.in_order().into_iter().map(part).collect()
    }
}

impl<'r> List<'r> {
    pub(crate) fn new(kind: ListKind, items: Vec<Value<'r>>) -> List<'r> {
        List { kind, items: RefCell::new(items), changes: Cell::new(0), view: None }
    }

    /// A view of a map.
    pub(crate) fn view(map: Rc<Map<'r>>, part: Part) -> List<'r> {
        let kind = if part == Part::Values { ListKind::Collection } else { ListKind::Set };
        let (items, seen) = (part.of(&map), Cell::new(map.version()));
        let view = Some(Box::new(View { map, part, seen }));
        let mut list = List::new(kind, items);
        list.view = view;
        list
    }

    fn refresh(&self) {
        let Some(view) = &self.view else { return };
        let version = view.map.version();
        if view.seen.replace(version) != version {
            self.items.replace(view.part.of(&view.map));
        }
    }

    /// Everything in it, of a view the map too, as it ceases to be.
    pub(super) fn take(&mut self) -> Vec<Value<'r>> {
        let mut contents = std::mem::take(self.items.get_mut());
        contents.extend(self.view.take().map(|view| Value::Map(view.map)));
        contents
    }

    pub(crate) fn kind(&self) -> ListKind {
        self.kind
    }

    pub(crate) fn len(&self) -> usize {
        self.refresh();
        self.items.borrow().len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<Value<'r>> {
        self.refresh();
        self.items.borrow().get(index).cloned()
    }

    /// The items, to read only: nothing that could reach this list again may run while the answer lives.
    pub(crate) fn items(&self) -> Ref<'_, Vec<Value<'r>>> {
        self.refresh();
        self.items.borrow()
    }

    /// Changes the items; adding or removing makes a running `#foreach` fail as Java's iterators do.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Vec<Value<'r>>) -> T) -> T {
        self.refresh();
        let mut items = self.items.borrow_mut();
        let before = items.len();
        let kept = self.view.as_ref().map(|_| items.clone());
        let answer = change(&mut items);
        if items.len() != before {
            self.changes.set(self.changes.get().wrapping_add(1));
            if let (Some(view), Some(before)) = (&self.view, kept) {
                view.remove_lost(&before, &items);
            }
        }
        answer
    }

    /// The map that this is a view of.
    pub(crate) fn viewed(&self) -> Option<&Rc<Map<'r>>> {
        self.view.as_ref().map(|view| &view.map)
    }

    /// Java's `modCount`: what an iterator compares to notice a change.
    pub(crate) fn changes(&self) -> u32 {
        self.view.as_ref().map_or(self.changes.get(), |view| view.map.changes())
    }
}
