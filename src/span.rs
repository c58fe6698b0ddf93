//! Where something stands in a template.

use std::ops::Range;

/// A byte range of a template's source.
///
/// ```
/// let template = "Hi $!name";
/// let span = transom::Span::new(3, 9);
/// assert_eq!(&template[span.range()], "$!name");
/// assert_eq!(span.position(template).column, 4);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// From 1; a line ends at `\n`, `\r\n` or `\r`, as Velocity counts.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Span {
    /// The range from `start` to `end`; a template is far below 4 GB, so beyond that the ends are cut.
    pub fn new(start: usize, end: usize) -> Span {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: cut(start), end: cut(end) }
    }

    /// The bytes, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the start of this one to the end of the other.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start, end: self.end.max(other.end) }
    }

    /// Line and column of the start. Counts from the beginning of the text: only for messages.
    pub fn position(self, source: &str) -> Position {
        let before = source.get(..self.start as usize).unwrap_or(source);
        let bytes = before.as_bytes();
        let mut line = 1;
        let mut line_start = 0;
        for (i, b) in bytes.iter().enumerate() {
            let ends = *b == b'\n' || *b == b'\r' && source.as_bytes().get(i + 1) != Some(&b'\n');
            if ends {
                line += 1;
                line_start = i + 1;
            }
        }
        Position { line, column: before[line_start..].chars().count() + 1 }
    }
}
