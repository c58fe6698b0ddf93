//! Things that a render makes and that live as long as it: documents out of `$util.parseJson`, evaluated templates.

use std::cell::OnceCell;

/// How many things the first chunk holds; each further one holds twice as many.
const FIRST: usize = 8;

/// A collection that only grows, so that what it holds can be borrowed while more is added. Allocates with the first.
pub(crate) struct Arena<T> {
    first: OnceCell<Box<Chunk<T>>>,
}

struct Chunk<T> {
    cells: Box<[OnceCell<T>]>,
    next: OnceCell<Box<Chunk<T>>>,
}

impl<T> Chunk<T> {
    fn new(size: usize) -> Box<Chunk<T>> {
        Box::new(Chunk {
            cells: (0..size).map(|_| OnceCell::new()).collect(),
            next: OnceCell::new(),
        })
    }
}

impl<T> Arena<T> {
    pub(crate) fn new() -> Arena<T> {
        Arena { first: OnceCell::new() }
    }

    /// Keeps a thing.
    pub(crate) fn push(&self, thing: T) -> &T {
        let mut chunk = self.first.get_or_init(|| Chunk::new(FIRST));
        loop {
            // The last cell is filled last, so a full chunk is passed by in one look.
            if chunk.cells.last().is_some_and(|last| last.get().is_none())
                && let Some(free) = chunk.cells.iter().find(|cell| cell.get().is_none())
            {
                return free.get_or_init(|| thing);
            }
            chunk = chunk.next.get_or_init(|| Chunk::new(chunk.cells.len() * 2));
        }
    }
}
