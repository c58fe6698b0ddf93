//! The tape: nodes in the order of the text, each pointing to what comes after it and all it holds.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;

use super::view::{Kind, NodeRef};
use super::{JsonError, lenient, strict};

/// One node. An object's children are its names and values in turn; an array's are its elements.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Where it begins in the text; of a string, behind the quote
    pub(super) start: u32,
    /// Where it ends; of a string, before the quote
    pub(super) end: u32,
    /// The index of the node after this one and everything in it
    pub(super) next: u32,
    /// Kind, flags and number of children
    meta: u32,
}

/// Compact JSON of this node differs from its text: it holds blanks, escapes or numbers that Java spells otherwise.
pub(super) const DIRTY: u32 = 1 << 3;
/// The text of this string holds escapes.
pub(super) const ESCAPED: u32 = 1 << 4;
/// A name occurs twice in this object.
pub(super) const DUPLICATES: u32 = 1 << 5;
const KIND: u32 = 0b111;
const COUNT_SHIFT: u32 = 8;
/// As many children as can be noted; more are counted when asked for.
const MANY: u32 = u32::MAX >> COUNT_SHIFT;

impl Node {
    pub(super) fn new(kind: Kind, start: usize, end: usize, next: usize, flags: u32) -> Node {
        // A text is at most 4 GB long (see `Document::parse`), and has no more nodes than bytes.
        Node { start: start as u32, end: end as u32, next: next as u32, meta: kind as u32 | flags }
    }

    pub(super) fn kind(self) -> Kind {
        Kind::from_bits(self.meta & KIND)
    }

    pub(super) fn has(self, flag: u32) -> bool {
        self.meta & flag != 0
    }

    pub(super) fn mark(&mut self, flags: u32) {
        self.meta |= flags;
    }

    pub(super) fn set_count(&mut self, count: u32) {
        self.meta |= count.min(MANY) << COUNT_SHIFT;
    }

    /// The number of elements or members as they stand in the text, `None` when there are too many to note.
    pub(super) fn count(self) -> Option<usize> {
        let count = self.meta >> COUNT_SHIFT;
        (count < MANY).then_some(count as usize)
    }
}

/// Whose JSON it is, which decides what its lists and maps are in Java.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flavor {
    /// A payload: json-smart's objects
    JsonSmart,
    /// The host's data: plain Java objects
    Plain,
    /// The host's data for `$context`, whose inner maps print as nothing in API Gateway
    Context,
}

/// Parsed JSON: of a payload as json-smart reads it, or of data that a host puts in scope.
///
/// It borrows its text; nodes are 16 bytes each, names and texts stay where they are. A document can be shared between
/// threads and used for any number of renders.
///
/// ```
/// use serde_json::json;
/// use transom::{Document, Template, Variables};
///
/// let stage = Document::from_value(&json!({"table": "orders"}));
/// let template = Template::new("$stageVariables.table")?;
/// assert_eq!(template.render(&Variables::new().stage_variables(&stage))?.output, "orders");
/// # Ok::<(), transom::Error>(())
/// ```
#[derive(Debug)]
pub struct Document<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) nodes: Vec<Node>,
    flavor: Flavor,
    index: OnceLock<Index>,
}

impl<'t> Document<'t> {
    /// Reads a text as json-smart does in its permissive mode: besides JSON it takes names and texts without quotes or in
    /// single quotes, commas too many, numbers with leading zeros, anything behind the first value, and a text that is no
    /// JSON at all as one string.
    ///
    /// # Errors
    /// What even json-smart refuses, such as an object that is never closed.
    pub fn parse(text: &'t str) -> Result<Document<'t>, JsonError> {
        Document::read(Cow::Borrowed(text), Flavor::JsonSmart)
    }

    /// Data of the host's: in templates its arrays are `ArrayList`s, its numbers Integer, Long, BigInteger or Double.
    pub fn from_value(value: &serde_json::Value) -> Document<'static> {
        let text = value.to_string();
        // What serde_json writes is strict JSON, and no deeper than the value that it was given.
        Document::read(Cow::Owned(text), Flavor::Plain).unwrap_or_else(|_| Document::null())
    }

    /// Data of the host's for `$context`.
    pub(crate) fn of_context(value: &serde_json::Value) -> Document<'static> {
        Document { flavor: Flavor::Context, ..Document::from_value(value) }
    }

    /// Data for `$context` that is JSON text already.
    pub(crate) fn of_context_text(text: String) -> Document<'static> {
        Document::read(Cow::Owned(text), Flavor::Context).unwrap_or_else(|_| Document::null())
    }

    fn null() -> Document<'static> {
        let nodes = vec![Node::new(Kind::Null, 0, 4, 1, 0)];
        Document {
            text: Cow::Borrowed("null"),
            nodes,
            flavor: Flavor::Plain,
            index: OnceLock::new(),
        }
    }

    fn read(text: Cow<'_, str>, flavor: Flavor) -> Result<Document<'_>, JsonError> {
        if u32::try_from(text.len()).is_err() {
            return Err(JsonError { message: "more than 4 GB of JSON", offset: u32::MAX as usize });
        }
        let (text, nodes) = match strict::parse(&text) {
            Ok(nodes) => (text, nodes),
            Err(error) if error.message == strict::TOO_DEEP => return Err(error),
            Err(_) => {
                let rewritten = lenient::rewrite(&text)?;
                let nodes = strict::parse(&rewritten)?;
                (Cow::Owned(rewritten), nodes)
            }
        };
        Ok(Document { text, nodes, flavor, index: OnceLock::new() })
    }

    /// Whether the text was JSON, and nothing that json-smart takes besides.
    pub(crate) fn is_strict_json(&self) -> bool {
        self.flavor != Flavor::JsonSmart || matches!(self.text, Cow::Borrowed(_))
    }

    /// The value of the whole text.
    pub(crate) fn root(&self) -> NodeRef<'_> {
        NodeRef::new(self, 0)
    }

    pub(super) fn flavor(&self) -> Flavor {
        self.flavor
    }

    /// Where the value of a name is in a large object: the last one where it occurs twice.
    pub(super) fn look_up(&self, object: u32, name: &str) -> Option<u32> {
        self.index.get_or_init(|| Index::new(self)).find(self, object, name)
    }
}

impl Clone for Document<'_> {
    fn clone(&self) -> Self {
        Document {
            text: self.text.clone(),
            nodes: self.nodes.clone(),
            flavor: self.flavor,
            index: OnceLock::new(),
        }
    }
}

/// From this number of members on, an object is looked into by a table.
pub(super) const LARGE: usize = 48;

/// The members of all large objects, made when the first of them is looked into.
#[derive(Debug)]
struct Index {
    hasher: RandomState,
    /// By object and name, the value's node; names whose hashes agree are chained
    members: HashMap<u64, Vec<(u32, u32)>>,
}

impl Index {
    fn new(document: &Document<'_>) -> Index {
        let mut index = Index { hasher: RandomState::new(), members: HashMap::new() };
        for (object, node) in document.nodes.iter().enumerate() {
            if node.kind() == Kind::Object && node.count().is_none_or(|count| count >= LARGE) {
                let object = object as u32;
                for (name, value) in NodeRef::new(document, object).raw_members() {
                    let hash = index.hash(object, &name.as_str().unwrap_or_default());
                    index.members.entry(hash).or_default().push((object, value.index()));
                }
            }
        }
        index
    }

    fn hash(&self, object: u32, name: &str) -> u64 {
        self.hasher.hash_one((object, name))
    }

    fn find(&self, document: &Document<'_>, object: u32, name: &str) -> Option<u32> {
        let candidates = self.members.get(&self.hash(object, name))?;
        let is_it =
            |value: u32| NodeRef::new(document, value - 1).as_str().is_some_and(|n| n == name);
        candidates
            .iter()
            .rev()
            .find(|(of, value)| *of == object && is_it(*value))
            .map(|(_, value)| *value)
    }
}
