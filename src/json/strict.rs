//! JSON → tape, in one pass without recursion.

use super::JsonError;
use super::number;
use super::string::{self, is_clean};
use super::tape::{DIRTY, DUPLICATES, ESCAPED, LARGE, Node};
use super::view::Kind;

/// How deep arrays and objects may be nested. json-smart ends in Java's stack somewhere below.
const MAX_DEPTH: usize = 10_000;

pub(super) const TOO_DEEP: &str = "JSON is nested more than 10000 deep";

/// A container that is being read.
struct Open {
    node: u32,
    count: u32,
    /// One bit for each name so far, by a rough hash: a bit that is set already makes the names be compared
    names: u64,
    object: bool,
    dirty: bool,
}

struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    nodes: Vec<Node>,
    open: Vec<Open>,
    /// The container whose children are being read
    top: Open,
}

/// Parses strict JSON with nothing but blanks behind it.
pub(super) fn parse(text: &str) -> Result<Vec<Node>, JsonError> {
    let top = Open { node: 0, count: 0, names: 0, object: false, dirty: false };
    // Payloads have a node for every eight bytes or so.
    let nodes = Vec::with_capacity(text.len() / 7 + 4);
    let mut parser = Parser { text, bytes: text.as_bytes(), at: 0, nodes, open: Vec::new(), top };
    parser.blanks();
    parser.document()?;
    parser.blanks();
    if parser.at != text.len() {
        return Err(parser.error("something behind the end of JSON"));
    }
    Ok(parser.nodes)
}

impl Parser<'_> {
    #[cold]
    fn error(&self, message: &'static str) -> JsonError {
        JsonError { message, offset: self.at }
    }

    #[inline]
    fn byte(&self) -> u8 {
        // 0 is no byte that strict JSON may have anywhere.
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    /// Skips blanks; answers whether there were any.
    #[inline]
    fn blanks(&mut self) -> bool {
        if self.byte() > b' ' {
            return false;
        }
        self.more_blanks()
    }

    fn more_blanks(&mut self) -> bool {
        let start = self.at;
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.at > start
    }

    fn document(&mut self) -> Result<(), JsonError> {
        'value: loop {
            match self.byte() {
                b'{' => {
                    self.enter(Kind::Object)?;
                    if self.byte() == b'}' {
                        if self.leave() {
                            return Ok(());
                        }
                    } else {
                        self.name()?;
                        continue 'value;
                    }
                }
                b'[' => {
                    self.enter(Kind::Array)?;
                    if self.byte() != b']' {
                        continue 'value;
                    }
                    if self.leave() {
                        return Ok(());
                    }
                }
                b'"' => self.string()?,
                b'-' | b'0'..=b'9' => self.number()?,
                b't' => self.word("true", Kind::Bool)?,
                b'f' => self.word("false", Kind::Bool)?,
                b'n' => self.word("null", Kind::Null)?,
                _ => return Err(self.error("a value is missing")),
            }
            // A value is complete: on to the next, or out of the containers that end here.
            loop {
                if self.top_is_root() {
                    return Ok(());
                }
                self.top.count += 1;
                if self.blanks() {
                    self.top.dirty = true;
                }
                match (self.byte(), self.top.object) {
                    (b',', object) => {
                        self.at += 1;
                        if self.blanks() {
                            self.top.dirty = true;
                        }
                        if object {
                            self.name()?;
                        }
                        continue 'value;
                    }
                    (b'}', true) | (b']', false) => {
                        if self.leave() {
                            return Ok(());
                        }
                    }
                    _ => return Err(self.error("`,` or the end of an array or object is missing")),
                }
            }
        }
    }

    #[inline]
    fn top_is_root(&self) -> bool {
        self.open.is_empty()
    }

    fn enter(&mut self, kind: Kind) -> Result<(), JsonError> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.error(TOO_DEEP));
        }
        let node = self.nodes.len() as u32;
        self.nodes.push(Node::new(kind, self.at, self.at, 0, 0));
        let inner = Open { node, count: 0, names: 0, object: kind == Kind::Object, dirty: false };
        self.open.push(std::mem::replace(&mut self.top, inner));
        self.at += 1;
        if self.blanks() {
            self.top.dirty = true;
        }
        Ok(())
    }

    /// Closes the container; answers whether it was the whole document.
    fn leave(&mut self) -> bool {
        self.at += 1;
        let next = self.nodes.len() as u32;
        if self.top.object
            && self.top.count as usize >= LARGE
            && !self.nodes[self.top.node as usize].has(DUPLICATES)
        {
            self.check_large(self.top.node);
        }
        let node = &mut self.nodes[self.top.node as usize];
        node.end = self.at as u32;
        node.next = next;
        node.set_count(self.top.count);
        let dirty = self.top.dirty || node.has(DUPLICATES);
        if dirty {
            node.mark(DIRTY);
        }
        match self.open.pop() {
            Some(outer) => {
                self.top = outer;
                self.top.dirty |= dirty;
                self.open.is_empty()
            }
            None => true,
        }
    }

    /// A member's name and the colon behind it.
    fn name(&mut self) -> Result<(), JsonError> {
        if self.byte() != b'"' {
            return Err(self.error("a name in quotes is missing"));
        }
        let node = self.nodes.len();
        self.string()?;
        if (self.top.count as usize) < LARGE {
            self.note_name(node);
        }
        if self.blanks() {
            self.top.dirty = true;
        }
        if self.byte() != b':' {
            return Err(self.error("`:` is missing"));
        }
        self.at += 1;
        if self.blanks() {
            self.top.dirty = true;
        }
        Ok(())
    }

    /// Marks the object when it has this name already.
    #[inline]
    fn note_name(&mut self, node: usize) {
        let name = self.nodes[node];
        let bytes = &self.bytes[name.start as usize..name.end as usize];
        let (first, last) =
            (bytes.first().copied().unwrap_or(0), bytes.last().copied().unwrap_or(0));
        let middle = bytes.get(bytes.len() / 2).copied().unwrap_or(0);
        let rough = usize::from(first) * 7
            + usize::from(last) * 31
            + usize::from(middle) * 13
            + bytes.len();
        // A name with escapes may equal one without, so it always counts as seen.
        let bit = 1u64 << (rough % 64);
        let seen = self.top.names & bit != 0 || name.has(ESCAPED);
        self.top.names |= if name.has(ESCAPED) { u64::MAX } else { bit };
        if seen && self.occurs_before(node) {
            self.nodes[self.top.node as usize].mark(DUPLICATES);
        }
    }

    #[cold]
    fn occurs_before(&self, node: usize) -> bool {
        let text = |index: usize| string::decode(self.text, self.nodes[index]);
        let name = text(node);
        let mut at = self.top.node as usize + 1;
        while at < node {
            if text(at) == name {
                return true;
            }
            at = self.nodes[at + 1].next as usize;
        }
        false
    }

    /// Looks for duplicates in an object with many names.
    #[cold]
    fn check_large(&mut self, object: u32) {
        let mut names = std::collections::HashSet::new();
        let mut at = object as usize + 1;
        while at < self.nodes.len() {
            if !names.insert(string::decode(self.text, self.nodes[at])) {
                self.nodes[object as usize].mark(DUPLICATES);
                return;
            }
            at = self.nodes[at + 1].next as usize;
        }
    }

    fn string(&mut self) -> Result<(), JsonError> {
        let start = self.at + 1;
        let (end, escaped, plain) = string::scan(self.bytes, start)
            .ok_or_else(|| self.error("a string is never closed"))?;
        let mut flags = 0;
        if escaped {
            if !string::escapes_are_right(&self.bytes[start..end]) {
                return Err(self.error("an escape is wrong"));
            }
            flags = ESCAPED | DIRTY;
        } else if !plain && !is_clean(&self.bytes[start..end]) {
            flags = DIRTY;
        }
        if flags & DIRTY != 0 {
            self.top.dirty = true;
        }
        let next = self.nodes.len() + 1;
        self.nodes.push(Node::new(Kind::String, start, end, next, flags));
        self.at = end + 1;
        Ok(())
    }

    fn number(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        let (length, canonical) =
            number::scan(&self.bytes[start..]).ok_or_else(|| self.error("a number is wrong"))?;
        let flags = if canonical { 0 } else { DIRTY };
        if !canonical {
            self.top.dirty = true;
        }
        let next = self.nodes.len() + 1;
        self.at += length;
        self.nodes.push(Node::new(Kind::Number, start, self.at, next, flags));
        Ok(())
    }

    fn word(&mut self, word: &str, kind: Kind) -> Result<(), JsonError> {
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return Err(self.error("a value is missing"));
        }
        let start = self.at;
        self.at += word.len();
        let next = self.nodes.len() + 1;
        self.nodes.push(Node::new(kind, start, self.at, next, 0));
        Ok(())
    }
}
