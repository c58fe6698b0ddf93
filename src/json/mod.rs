//! JSON as json-smart reads it: a flat tape of small nodes that point into the text.
//!
//! ```text
//! tape.rs      the words of the tape, and a document of them
//! strict.rs    JSON → tape, in one fast pass
//! lanes.rs     several bytes at once
//! lenient.rs   what json-smart takes for JSON besides, rewritten as JSON
//! string.rs    escapes
//! number.rs    which Java number a spelling is
//! view.rs      a node: its members, elements, text, number
//! named.rs     the members of one name, however deep
//! duplicates.rs  names that occur twice
//! index.rs     the members of large objects, sorted
//! write.rs     a node as compact JSON, clean stretches copied
//! compact.rs   … without the blanks between its tokens
//! ```

mod compact;
mod duplicates;
mod index;
mod lanes;
mod lenient;
mod named;
mod number;
mod strict;
mod string;
mod tape;
mod view;
mod write;

use std::fmt;

pub(crate) use number::JsonNumber;
pub use tape::Document;
pub(crate) use view::{Elements, Kind, NodeRef};
pub(crate) use write::{Slash, write_json, write_string};

/// A text that json-smart refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// What is wrong, a sentence without its end
    pub message: &'static str,
    /// The byte at which it was noticed
    pub offset: usize,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.message, self.offset)
    }
}

impl std::error::Error for JsonError {}
