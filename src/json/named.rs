//! A name → its members in a node and everything below.
//!
//! The tape is searched for the name from front to back; the objects around are only found for what that meets.

use super::Kind;
use super::duplicates;
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
    fn places_named(self, name: &str) -> impl Iterator<Item = u32> {
        let words = self.words();
        (self.index()..).zip(words).filter_map(move |(at, word)| {
            (word.may_be_named(name.len()) && self.at(at).is_named(name)).then_some(at)
        })
    }
}
