//! Bytes of a text → UTF-16 code units, lines and columns, as JavaScript and its editors count.

use transom::Span;

/// A count is kept for every block of so many bytes.
const BLOCK: usize = 64;

/// What is known of a text, so that any place in it is found by looking at one block.
#[derive(Debug)]
pub(crate) struct Places {
    /// Code units before each block; none where the text is ASCII, whose bytes are its code units
    units: Option<Vec<u32>>,
    /// The code unit at which each line begins
    lines: Vec<u32>,
}

/// A place: code units from the start of the text; line and column from 1, columns in code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) offset: u32,
    pub(crate) line: usize,
    pub(crate) column: u32,
}

impl Places {
    pub(crate) fn new(text: &str) -> Places {
        let bytes = text.as_bytes();
        let units = (!text.is_ascii()).then(|| {
            let mut before = 0;
            let blocks = bytes.chunks(BLOCK).map(|block| {
                let here = before;
                before += units_of(block);
                here
            });
            blocks.collect()
        });
        let mut places = Places { units, lines: vec![0] };
        let ends = bytes
            .iter()
            .enumerate()
            .filter(|(i, b)| **b == b'\n' || **b == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
        let starts: Vec<u32> = ends.map(|(i, _)| places.offset(text, i + 1)).collect();
        places.lines.extend(starts);
        places
    }

    /// Code units before a byte.
    pub(crate) fn offset(&self, text: &str, byte: usize) -> u32 {
        let byte = byte.min(text.len());
        let Some(units) = &self.units else { return to_u32(byte) };
        let block = byte / BLOCK;
        let before = units.get(block).or(units.last()).copied().unwrap_or(0);
        let start = if block < units.len() { block } else { units.len().saturating_sub(1) } * BLOCK;
        before + units_of(text.as_bytes().get(start..byte).unwrap_or_default())
    }

    /// A byte as JavaScript says it.
    pub(crate) fn place(&self, text: &str, byte: usize) -> Place {
        let offset = self.offset(text, byte);
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        Place { offset, line, column: offset - start + 1 }
    }

    /// Start and end of a span in code units.
    pub(crate) fn range(&self, text: &str, span: Span) -> [u32; 2] {
        let range = span.range();
        [self.offset(text, range.start), self.offset(text, range.end)]
    }
}

/// A character is one unit, or two if its UTF-8 has four bytes.
fn units_of(bytes: &[u8]) -> u32 {
    let unit = |b: &u8| u32::from(b & 0xC0 != 0x80) + u32::from(*b >= 0xF0);
    bytes.iter().map(unit).sum()
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_a_long_text_is_found() {
        let text = "aé日🦀\n".repeat(50);
        let places = Places::new(&text);
        let mut units = 0;
        for (byte, c) in text.char_indices() {
            assert_eq!(places.offset(&text, byte), units);
            units += c.len_utf16() as u32;
        }
        assert_eq!(places.offset(&text, text.len()), units);
        assert_eq!(places.offset(&text, usize::MAX), units);
    }

    #[test]
    fn lines_end_as_velocity_counts_them() {
        let text = "a\r\n🦀b\rc\n";
        let places = Places::new(text);
        let of = |needle: &str| {
            let place = places.place(text, text.find(needle).unwrap());
            (place.line, place.column)
        };
        assert_eq!((of("a"), of("b"), of("c")), ((1, 1), (2, 3), (3, 1)));
        assert_eq!(places.place(text, text.len()), Place { offset: 9, line: 4, column: 1 });
    }

    #[test]
    fn an_empty_text_has_one_place() {
        assert_eq!(Places::new("").place("", 0), Place { offset: 0, line: 1, column: 1 });
    }
}
