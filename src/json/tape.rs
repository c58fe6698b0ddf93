//! The tape: words in the order of the text, one for each scalar and name, two for each array and object.

use std::borrow::Cow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::index::Index;
use super::view::NodeRef;
use super::{JsonError, Kind, duplicates, lenient, strict};

/// One word of the tape. From the lowest bit: where it begins in the text (32 bits), its length or number of children
/// (27), two flags, the kind (3).
///
/// A scalar begins and ends where its text does, a string without its quotes. An array or object has a second word, a
/// [`Span`]. An object's children are its names and values in turn; an array's are its elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Word(u64);

/// The longest string or number, and as many children as can be noted.
pub(super) const LONGEST: usize = (1 << 27) - 1;
const LENGTH_SHIFT: u32 = 32;
const KIND_SHIFT: u32 = 61;
/// The kind of a string that is a member's name.
const NAME: u64 = 6;
/// Compact JSON of this node differs from its text: it holds blanks, escapes or numbers that Java spells otherwise.
pub(super) const DIRTY: u64 = 1 << 59;
/// The text of this string holds escapes.
pub(super) const ESCAPED: u64 = 1 << 60;

impl Word {
    /// A scalar. A text is at most 4 GB long (see `Document::read`); the parser takes care of `LONGEST`.
    #[inline(always)]
    pub(super) fn scalar(kind: Kind, start: usize, end: usize, flags: u64) -> Word {
        Word::of(kind as u64, start, end - start, flags)
    }

    /// A member's name.
    #[inline(always)]
    pub(super) fn name(start: usize, end: usize, flags: u64) -> Word {
        Word::of(NAME, start, end - start, flags)
    }

    /// The first word of an array or object.
    #[inline(always)]
    pub(super) fn container(kind: Kind, start: usize, children: u32, dirty: bool) -> Word {
        let flags = if dirty { DIRTY } else { 0 };
        Word::of(kind as u64, start, (children as usize).min(LONGEST), flags)
    }

    #[inline(always)]
    fn of(kind: u64, start: usize, length: usize, flags: u64) -> Word {
        Word(kind << KIND_SHIFT | flags | (length as u64) << LENGTH_SHIFT | start as u64)
    }

    /// The second word of an array or object.
    #[inline(always)]
    pub(super) fn span(end: usize, next: usize) -> Word {
        Word((next as u64) << 32 | end as u64)
    }

    #[inline(always)]
    pub(super) fn start(self) -> usize {
        (self.0 & u64::from(u32::MAX)) as usize
    }

    /// The bytes of a scalar, the children of a container.
    #[inline(always)]
    pub(super) fn length(self) -> usize {
        (self.0 >> LENGTH_SHIFT) as usize & LONGEST
    }

    /// Where a scalar ends.
    #[inline(always)]
    pub(super) fn end(self) -> usize {
        self.start() + self.length()
    }

    /// Of a second word: where the container ends in the text.
    #[inline(always)]
    pub(super) fn span_end(self) -> usize {
        self.start()
    }

    /// Of a second word: the word behind all that the container holds.
    #[inline(always)]
    pub(super) fn span_next(self) -> u32 {
        (self.0 >> 32) as u32
    }

    #[inline(always)]
    pub(super) fn kind(self) -> Kind {
        Kind::from_bits(self.0 >> KIND_SHIFT)
    }

    #[inline(always)]
    pub(super) fn is_container(self) -> bool {
        (Kind::Array as u64..=Kind::Object as u64).contains(&(self.0 >> KIND_SHIFT))
    }

    #[inline(always)]
    pub(super) fn has(self, flag: u64) -> bool {
        self.0 & flag != 0
    }

    /// Whether it is a name of this length without escapes, or any name with escapes.
    #[inline(always)]
    pub(super) fn may_be_named(self, length: usize) -> bool {
        const LOOK_AT: u64 = !(u32::MAX as u64 | DIRTY);
        let wanted = NAME << KIND_SHIFT | (length as u64) << LENGTH_SHIFT;
        (self.0 & LOOK_AT == wanted) | self.is_escaped_name()
    }

    #[inline(always)]
    fn is_escaped_name(self) -> bool {
        self.0 & (7 << KIND_SHIFT | ESCAPED) == NAME << KIND_SHIFT | ESCAPED
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
/// It borrows its text; a scalar or name is 8 bytes, an array or object 16, names and texts stay where they are. A
/// document can be shared between threads and used for any number of renders.
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
    pub(super) tape: Vec<Word>,
    flavor: Flavor,
    /// How often a large object was looked into
    scans: AtomicU32,
    index: OnceLock<Index>,
    /// Whether a name occurs twice in an object
    duplicates: OnceLock<bool>,
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
        let tape = vec![Word::scalar(Kind::Null, 0, 4, 0)];
        Document::new(Cow::Borrowed("null"), tape, Flavor::Plain)
    }

    fn new(text: Cow<'_, str>, tape: Vec<Word>, flavor: Flavor) -> Document<'_> {
        let (index, duplicates) = (OnceLock::new(), OnceLock::new());
        Document { text, tape, flavor, scans: AtomicU32::new(0), index, duplicates }
    }

    fn read(text: Cow<'_, str>, flavor: Flavor) -> Result<Document<'_>, JsonError> {
        if u32::try_from(text.len()).is_err() {
            return Err(JsonError { message: "more than 4 GB of JSON", offset: u32::MAX as usize });
        }
        let (text, tape) = match strict::parse(&text) {
            Ok(tape) => (text, tape),
            Err(strict::Failure::Refused(error)) => return Err(error),
            Err(strict::Failure::NotJson { .. }) => {
                let rewritten = lenient::rewrite(&text)?;
                let tape = strict::parse(&rewritten).map_err(JsonError::from)?;
                (Cow::Owned(rewritten), tape)
            }
        };
        Ok(Document::new(text, tape, flavor))
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

    /// Whether a name occurs twice in any of the objects; found out when it is first asked for.
    pub(super) fn has_duplicates(&self) -> bool {
        *self.duplicates.get_or_init(|| duplicates::anywhere(self))
    }

    /// The table of large objects, made when they have been looked into often enough for it to pay.
    pub(super) fn index(&self) -> Option<&Index> {
        const OFTEN: u32 = 4;
        if self.scans.load(Ordering::Relaxed) < OFTEN {
            self.scans.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        Some(self.index.get_or_init(|| Index::new(self)))
    }
}

impl Clone for Document<'_> {
    fn clone(&self) -> Self {
        Document::new(self.text.clone(), self.tape.clone(), self.flavor)
    }
}
