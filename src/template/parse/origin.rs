//! Where the text of a string stands in the template: doubled quotes and `\u0041` shift what follows them.

use std::rc::Rc;

use crate::Span;

/// Maps offsets of the text that is being parsed to offsets of the template.
#[derive(Clone)]
pub(super) enum Origin {
    /// The text stands in the template as it is, from this offset on.
    Direct(usize),
    /// Offset by offset.
    Table(Rc<[u32]>),
}

impl Origin {
    pub(super) fn start() -> Origin {
        Origin::Direct(0)
    }

    pub(super) fn offset(&self, at: usize) -> usize {
        match self {
            Origin::Direct(base) => base + at,
            Origin::Table(table) => match table.get(at).or(table.last()) {
                Some(offset) => *offset as usize,
                None => 0,
            },
        }
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.offset(start), self.offset(end))
    }

    /// The origin of a text inside this one: `offsets` says for each of its bytes, and its end, where it stands here.
    pub(super) fn inside(&self, offsets: &[usize]) -> Origin {
        match (self, offsets.first()) {
            (Origin::Direct(base), Some(first))
                if offsets.iter().enumerate().all(|(i, o)| *o == first + i) =>
            {
                Origin::Direct(base + first)
            }
            _ => {
                Origin::Table(offsets.iter().map(|o| Span::new(self.offset(*o), 0).start).collect())
            }
        }
    }
}
