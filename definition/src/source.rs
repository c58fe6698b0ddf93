//! A file's text, and places in it that a message can point at.

use std::fmt;
use std::sync::Arc;

use transom::Span;

/// A text with its name: a path as it was given, or a word like `--parameter`.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// What messages call it
    pub name: String,
    /// All of it
    pub text: String,
}

/// A range of a source.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// Where
    pub source: Arc<Source>,
    /// The bytes
    pub span: Span,
}

impl Place {
    /// `FILE:LINE:COLUMN`, as people count.
    pub fn label(&self) -> String {
        let at = self.span.position(&self.source.text);
        format!("{}:{}:{}", self.source.name, at.line, at.column)
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label())
    }
}
