//! A node of a document, as the rest of the library sees it.

use std::borrow::Cow;

use super::duplicates;
use super::index::LARGE;
use super::number::{self, JsonNumber};
use super::string;
use super::tape::{DIRTY, Document, ESCAPED, Flavor, LONGEST, Word};

/// The kinds of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub(crate) enum Kind {
    Null = 0,
    Bool = 1,
    Number = 2,
    String = 3,
    Array = 4,
    Object = 5,
}

impl Kind {
    #[inline(always)]
    pub(super) fn from_bits(bits: u64) -> Kind {
        match bits {
            0 => Kind::Null,
            1 => Kind::Bool,
            2 => Kind::Number,
            4 => Kind::Array,
            5 => Kind::Object,
            // 3, and 6 for a name
            _ => Kind::String,
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

    pub(super) fn document(self) -> &'d Document<'d> {
        self.document
    }

    #[inline]
    pub(super) fn word(self) -> Word {
        self.document.tape[self.index as usize]
    }

    /// The word behind this node and everything in it.
    #[inline]
    pub(super) fn next(self) -> u32 {
        match self.word().is_container() {
            true => self.document.tape[self.index as usize + 1].span_next(),
            false => self.index + 1,
        }
    }

    pub(super) fn at(self, index: u32) -> NodeRef<'d> {
        NodeRef { document: self.document, index }
    }

    pub(crate) fn kind(self) -> Kind {
        self.word().kind()
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
    #[inline]
    pub(super) fn raw(self) -> &'d str {
        let word = self.word();
        let end = match word.is_container() {
            true => self.document.tape[self.index as usize + 1].span_end(),
            false => word.end(),
        };
        &self.document.text[word.start()..end]
    }

    /// The text of a string as it stands, with its quotes.
    #[inline]
    pub(super) fn raw_with_quotes(self) -> &'d str {
        let word = self.word();
        self.document.text.get(word.start().saturating_sub(1)..word.end() + 1).unwrap_or_default()
    }

    pub(super) fn is_dirty(self) -> bool {
        self.word().has(DIRTY)
    }

    pub(crate) fn as_bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.raw() == "true")
    }

    pub(crate) fn as_str(self) -> Option<Cow<'d, str>> {
        let word = self.word();
        (word.kind() == Kind::String)
            .then(|| string::decode(&self.document.text, word, self.is_json_smart()))
    }

    pub(crate) fn number(self) -> Option<JsonNumber<'d>> {
        (self.kind() == Kind::Number).then(|| number::read(self.raw(), self.is_json_smart()))
    }

    /// A number as it is spelled; of anything else nothing.
    pub(crate) fn number_text(self) -> &'d str {
        if self.kind() == Kind::Number { self.raw() } else { "" }
    }

    /// The number of elements or members as they stand in the text, `None` when there are too many to note.
    pub(super) fn children(self) -> Option<usize> {
        let word = self.word();
        (word.is_container() && word.length() < LONGEST).then(|| word.length())
    }

    /// The number of elements, or of members of different names.
    pub(crate) fn len(self) -> usize {
        match self.kind() {
            Kind::Object => match duplicates::resolved(self) {
                Some(members) => members.len(),
                None => self.children().unwrap_or_else(|| self.raw_members().count()),
            },
            Kind::Array => self.children().unwrap_or_else(|| self.elements().count()),
            _ => 0,
        }
    }

    /// The value of a member; of a name that occurs twice, the last one.
    pub(crate) fn get(self, name: &str) -> Option<NodeRef<'d>> {
        if self.kind() != Kind::Object {
            return None;
        }
        if self.children().is_none_or(|count| count >= LARGE)
            && let Some(index) = self.document.index()
        {
            return index.find(self.document, self.index, name).map(|value| self.at(value));
        }
        let end = self.next();
        let (mut at, mut found) = (self.index + 2, None);
        while at < end {
            let value = self.at(at + 1);
            if self.at(at).is_named(name) {
                found = Some(value);
            }
            at = value.next();
        }
        found
    }

    /// Of a member's name: whether it is this one.
    #[inline]
    pub(super) fn is_named(self, name: &str) -> bool {
        let word = self.word();
        if !word.may_be_named(name.len()) {
            return false;
        }
        if word.has(ESCAPED) {
            return string::decode(&self.document.text, word, self.is_json_smart()) == name;
        }
        self.document.text.as_bytes().get(word.start()..word.end()) == Some(name.as_bytes())
    }

    /// An element. Walks over those before it: iterate with [`NodeRef::elements`].
    pub(crate) fn element(self, index: usize) -> Option<NodeRef<'d>> {
        self.elements().nth(index)
    }

    /// The elements of an array in order.
    pub(crate) fn elements(self) -> Elements<'d> {
        let end = if self.kind() == Kind::Array { self.next() } else { 0 };
        Elements { document: self.document, at: self.index + 2, end }
    }

    /// The members as they stand in the text, names that occur twice included.
    pub(super) fn raw_members(self) -> impl Iterator<Item = (NodeRef<'d>, NodeRef<'d>)> {
        let end = if self.kind() == Kind::Object { self.next() } else { 0 };
        let mut at = self.index + 2;
        std::iter::from_fn(move || {
            let (name, value) = (self.at(at), self.at(at + 1));
            (at < end).then(|| {
                at = value.next();
                (name, value)
            })
        })
    }

    /// The members in the order of a `LinkedHashMap`: a name that occurs twice has its first place and its last value.
    pub(crate) fn entries(self) -> impl Iterator<Item = (Cow<'d, str>, NodeRef<'d>)> {
        let (resolved, raw) = match duplicates::resolved(self) {
            Some(members) => (Some(members), None),
            None => (None, Some(self.raw_members())),
        };
        let members = resolved.into_iter().flatten().chain(raw.into_iter().flatten());
        members.map(|(name, value)| (name.as_str().unwrap_or_default(), value))
    }

    /// The number of words in this node, itself included: a measure of the work to look at all of it.
    pub(crate) fn size(self) -> usize {
        (self.next() - self.index) as usize
    }

    /// The words of this node and everything in it.
    pub(super) fn words(self) -> &'d [Word] {
        self.document.tape.get(self.index as usize..self.next() as usize).unwrap_or_default()
    }

    /// The arrays and objects in this node, itself included, in the order of the text.
    pub(super) fn containers(self) -> impl Iterator<Item = NodeRef<'d>> {
        let (mut at, end) = (self.index, self.next());
        std::iter::from_fn(move || {
            while at < end {
                let node = self.at(at);
                at += 1;
                if node.word().is_container() {
                    at += 1;
                    return Some(node);
                }
            }
            None
        })
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
        self.at = element.next();
        Some(element)
    }
}
