//! A name → its members in a node and everything below.
//!
//! The tape is searched for the name from front to back; the objects around are only found for what that meets.

use super::Kind;
use super::duplicates;
use super::tape::{ESCAPED, Word};
use super::view::NodeRef;

/// An array or object around the place of the search.
struct Around<'d> {
    node: NodeRef<'d>,
    /// The word behind it
    end: u32,
    /// A child, or the name of one, at or before the place of the search
    child: u32,
    /// Whether no name of it has to be looked for a second time
    checked: bool,
}

impl<'d> Around<'d> {
    fn new(node: NodeRef<'d>) -> Around<'d> {
        Around { node, end: node.next(), child: node.index() + 2, checked: false }
    }

    /// Moves on to the child that is or holds the word at `place`.
    fn move_to(&mut self, place: u32) {
        let name = u32::from(self.node.kind() == Kind::Object);
        loop {
            let behind = self.node.at(self.child + name).next();
            if behind > place {
                return;
            }
            self.child = behind;
        }
    }

    /// Whether the child is what the object has of this name.
    fn counts(&mut self) -> bool {
        if self.checked || self.node.kind() != Kind::Object {
            return true;
        }
        self.checked = duplicates::has_many_members(self.node);
        duplicates::is_only(self.node, self.child)
    }
}

impl<'d> NodeRef<'d> {
    /// The members of this name of this object and of all below it, in the order of the objects that hold them. `None`
    /// where one of them or an object around one of them has its name twice: what an earlier duplicate holds is on the
    /// tape and not in the document.
    pub(crate) fn members_named(self, name: &str) -> Option<impl Iterator<Item = NodeRef<'d>>> {
        let mut around = vec![Around::new(self)];
        // By holder and name.
        let mut found: Vec<(u32, u32)> = Vec::new();
        for place in self.places_named(name) {
            // The place is in this node, so that it is never popped.
            while around.pop_if(|inner| inner.end <= place).is_some() {}
            while let Some(inner) = around.last_mut() {
                inner.move_to(place);
                if inner.child == place {
                    found.push((inner.node.index(), place));
                    break;
                }
                if !inner.counts() {
                    return None;
                }
                let name = u32::from(inner.node.kind() == Kind::Object);
                let child = inner.node.at(inner.child + name);
                around.push(Around::new(child));
            }
        }
        if !found.is_sorted() {
            found.sort_unstable();
        }
        let twice = found.windows(2).any(|pair| matches!(pair, [(a, _), (b, _)] if a == b));
        (!twice).then(|| found.into_iter().map(move |(_, name)| self.at(name + 1)))
    }

    /// The words of this node that are this name.
    fn places_named(self, name: &str) -> Vec<u32> {
        let bytes = self.document().text.as_bytes();
        // Up to eight bytes tell a name from all others of its length.
        let short = name.len() <= 8;
        let ending = duplicates::ending(name.as_bytes(), 0, name.len());
        let is_named = |at: u32, word: Word| match short && !word.has(ESCAPED) {
            true => duplicates::ending(bytes, word.start(), word.end()) == ending,
            false => self.at(at).is_named(name),
        };
        let mut places = Vec::new();
        let mut look_at = |first: usize, words: &[Word]| {
            for (at, word) in (self.index() + first as u32..).zip(words) {
                if word.may_be_named(name.len()) && is_named(at, *word) {
                    places.push(at);
                }
            }
        };
        // Several words in one step, without a branch for each: most are something else.
        let (steps, rest) = self.words().as_chunks::<8>();
        for (step, words) in steps.iter().enumerate() {
            if words.iter().fold(false, |any, word| any | word.may_be_named(name.len())) {
                look_at(step * 8, words);
            }
        }
        look_at(steps.len() * 8, rest);
        places
    }
}
