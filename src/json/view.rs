//! A node of a document, as the rest of the library sees it.

use std::borrow::Cow;

use super::number::{self, JsonNumber};
use super::string;
use super::tape::{DIRTY, DUPLICATES, Document, ESCAPED, Flavor, LARGE, Node};

/// The kinds of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Kind {
    Null = 0,
    Bool = 1,
    Number = 2,
    String = 3,
    Array = 4,
    Object = 5,
}

impl Kind {
    pub(super) fn from_bits(bits: u32) -> Kind {
        match bits {
            1 => Kind::Bool,
            2 => Kind::Number,
            3 => Kind::String,
            4 => Kind::Array,
            5 => Kind::Object,
            _ => Kind::Null,
        }
    }
}

/// A value of a document, in place. `'d` is the borrow of the document.
#[derive(Clone, Copy)]
pub(crate) struct NodeRef<'d> {
    document: &'d Document<'d>,
    index: u32,
}

impl PartialEq for NodeRef<'_> {
    /// Whether it is the same node.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.index == other.index
    }
}

impl std::fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at {}", self.kind(), self.index)
    }
}

impl<'d> NodeRef<'d> {
    pub(super) fn new(document: &'d Document<'d>, index: u32) -> NodeRef<'d> {
        NodeRef { document, index }
    }

    pub(super) fn index(self) -> u32 {
        self.index
    }

    fn node(self) -> Node {
        self.document.nodes[self.index as usize]
    }

    fn at(self, index: u32) -> NodeRef<'d> {
        NodeRef { document: self.document, index }
    }

    pub(crate) fn kind(self) -> Kind {
        self.node().kind()
    }

    /// Whether it came out of a payload, so that arrays are json-smart's.
    pub(crate) fn is_json_smart(self) -> bool {
        self.document.flavor() == Flavor::JsonSmart
    }

    /// Whether it is part of `$context`.
    pub(crate) fn is_context(self) -> bool {
        self.document.flavor() == Flavor::Context
    }

    /// The text of the node as it stands, a string's without quotes.
    pub(super) fn raw(self) -> &'d str {
        let node = self.node();
        &self.document.text[node.start as usize..node.end as usize]
    }

    pub(super) fn has(self, flag: u32) -> bool {
        self.node().has(flag)
    }

    pub(super) fn is_dirty(self) -> bool {
        self.has(DIRTY)
    }

    pub(crate) fn as_bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.raw() == "true")
    }

    pub(crate) fn as_str(self) -> Option<Cow<'d, str>> {
        let node = self.node();
        (node.kind() == Kind::String).then(|| string::decode(&self.document.text, node))
    }

    pub(crate) fn number(self) -> Option<JsonNumber<'d>> {
        (self.kind() == Kind::Number).then(|| number::read(self.raw(), self.is_json_smart()))
    }

    /// A number as it is spelled; of anything else nothing.
    pub(crate) fn number_text(self) -> &'d str {
        if self.kind() == Kind::Number { self.raw() } else { "" }
    }

    /// The number of elements, or of members of different names.
    pub(crate) fn len(self) -> usize {
        let node = self.node();
        match node.kind() {
            Kind::Object if node.has(DUPLICATES) => self.entries().count(),
            Kind::Object => node.count().unwrap_or_else(|| self.raw_members().count()),
            Kind::Array => node.count().unwrap_or_else(|| self.elements().count()),
            _ => 0,
        }
    }

    /// The value of a member; of a name that occurs twice, the last one.
    pub(crate) fn get(self, name: &str) -> Option<NodeRef<'d>> {
        let node = self.node();
        if node.kind() != Kind::Object {
            return None;
        }
        if node.count().is_none_or(|count| count >= LARGE) {
            return self.document.look_up(self.index, name).map(|index| self.at(index));
        }
        let nodes = &self.document.nodes;
        let (mut at, mut found) = (self.index + 1, None);
        while at < node.next {
            let key = nodes[at as usize];
            let value = at + 1;
            let raw = &self.document.text.as_bytes()[key.start as usize..key.end as usize];
            let same = if key.has(ESCAPED) {
                string::decode(&self.document.text, key) == name
            } else {
                raw == name.as_bytes()
            };
            if same {
                found = Some(self.at(value));
                if !node.has(DUPLICATES) {
                    break;
                }
            }
            at = nodes[value as usize].next;
        }
        found
    }

    /// An element. Walks over those before it: iterate with [`NodeRef::elements`].
    pub(crate) fn element(self, index: usize) -> Option<NodeRef<'d>> {
        self.elements().nth(index)
    }

    /// The elements of an array in order.
    pub(crate) fn elements(self) -> Elements<'d> {
        let node = self.node();
        let end = if node.kind() == Kind::Array { node.next } else { 0 };
        Elements { document: self.document, at: self.index + 1, end }
    }

    /// The members as they stand in the text, names that occur twice included.
    pub(super) fn raw_members(self) -> impl Iterator<Item = (NodeRef<'d>, NodeRef<'d>)> {
        let node = self.node();
        let end = if node.kind() == Kind::Object { node.next } else { 0 };
        let mut at = self.index + 1;
        std::iter::from_fn(move || {
            let (name, value) = (self.at(at), self.at(at + 1));
            (at < end).then(|| {
                at = value.node().next;
                (name, value)
            })
        })
    }

    /// The members in the order of a `LinkedHashMap`: a name that occurs twice has its first place and its last value.
    pub(crate) fn entries(self) -> impl Iterator<Item = (Cow<'d, str>, NodeRef<'d>)> {
        let mut seen = self.has(DUPLICATES).then(std::collections::HashSet::new);
        self.raw_members().filter_map(move |(name, value)| {
            let name = name.as_str().unwrap_or_default();
            match &mut seen {
                None => Some((name, value)),
                Some(seen) => {
                    let first = seen.insert(name.clone());
                    first.then(|| {
                        let last = self.get(&name).unwrap_or(value);
                        (name, last)
                    })
                }
            }
        })
    }

    /// The number of nodes in this one, itself included.
    pub(crate) fn size(self) -> usize {
        (self.node().next - self.index) as usize
    }

    /// The members of this name of this object and of all below it, in one pass over the nodes, in the order of the
    /// objects that hold them.
    pub(crate) fn members_named(self, name: &str) -> impl Iterator<Item = NodeRef<'d>> {
        let nodes = &self.document.nodes;
        (self.index..self.node().next)
            .filter(move |at| nodes[*at as usize].kind() == Kind::Object)
            .filter_map(move |at| self.at(at).get(name))
    }
}

/// The elements of an array, a step each.
#[derive(Clone)]
pub(crate) struct Elements<'d> {
    document: &'d Document<'d>,
    at: u32,
    end: u32,
}

impl<'d> Iterator for Elements<'d> {
    type Item = NodeRef<'d>;

    #[inline]
    fn next(&mut self) -> Option<NodeRef<'d>> {
        if self.at >= self.end {
            return None;
        }
        let element = NodeRef { document: self.document, index: self.at };
        self.at = self.document.nodes[self.at as usize].next;
        Some(element)
    }
}
