//! A node in whose objects no name occurs twice → compact JSON: its text without the blanks between tokens.
//!
//! Goes over the tape from front to back. Most tokens are short, and to append each of them to a `String` costs more than
//! its bytes do; so they are gathered in a small buffer first.

use super::Kind;
use super::strict::blanks;
use super::view::NodeRef;
use super::write::{Slash, copy, write_scalar};

/// Appends an array or object.
pub(super) fn write_compact(node: NodeRef<'_>, out: &mut String, slash: Slash) {
    let text = node.document().text.as_ref();
    let mut out = Gathered { text, out, slash, buffer: [0; SIZE], length: 0 };
    let (mut index, end) = (node.index(), node.next());
    let mut at = node.word().start();
    while index < end {
        let token = node.at(index);
        let word = token.word();
        if !word.is_container() {
            let quote = usize::from(word.kind() == Kind::String);
            let (start, behind) = (word.start() - quote, word.end() + quote);
            out.structure(at, start);
            match token.is_dirty() {
                true => out.rewritten(token),
                false => out.run(start, behind),
            }
            (index, at) = (index + 1, behind);
        } else if token.is_dirty() {
            // Its brackets are part of the structure between tokens.
            index += 2;
        } else {
            out.structure(at, word.start());
            at = word.start() + token.raw().len();
            out.run(word.start(), at);
            index = token.next();
        }
    }
    out.structure(at, node.word().start() + node.raw().len());
    out.flush();
}

/// The bytes that are gathered.
const SIZE: usize = 1024;
/// So many are copied at once, whether all are needed or not.
const STEP: usize = 32;

/// Output that is being gathered.
struct Gathered<'g> {
    text: &'g str,
    out: &'g mut String,
    slash: Slash,
    buffer: [u8; SIZE],
    length: usize,
}

impl Gathered<'_> {
    /// What stands between two tokens: brackets, commas, colons and blanks.
    #[inline(always)]
    fn structure(&mut self, mut at: usize, end: usize) {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(at).filter(|_| at < end) {
            if byte <= b' ' {
                // Mostly one behind a colon, or many behind a line end.
                at = if byte == b' ' { at + 1 } else { blanks(bytes, at) };
                continue;
            }
            if self.length == SIZE {
                self.flush();
            }
            self.buffer[self.length] = byte;
            self.length += 1;
            at += 1;
        }
    }

    /// A piece of the text as it stands.
    #[inline(always)]
    fn run(&mut self, start: usize, end: usize) {
        let length = end - start;
        if self.length + STEP > SIZE {
            self.flush();
        }
        let from = self.text.as_bytes().get(start..).and_then(<[u8]>::first_chunk);
        let to = self.buffer.get_mut(self.length..).and_then(<[u8]>::first_chunk_mut);
        match (from, to) {
            (Some(from), Some(to)) if length <= STEP => {
                let to: &mut [u8; STEP] = to;
                *to = *from;
                self.length += length;
            }
            _ => {
                self.flush();
                copy(&self.text[start..end], self.out, self.slash);
            }
        }
    }

    /// A scalar that json-smart spells otherwise.
    #[inline(never)]
    fn rewritten(&mut self, token: NodeRef<'_>) {
        self.flush();
        write_scalar(token, self.out, self.slash);
    }

    #[inline(never)]
    fn flush(&mut self) {
        let gathered = str::from_utf8(&self.buffer[..self.length]);
        copy(gathered.expect("only whole tokens of a text"), self.out, self.slash);
        self.length = 0;
    }
}
