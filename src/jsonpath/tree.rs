//! The view of a JSON value that a path walks: implemented by every document model of the library.

use std::borrow::Cow;

/// Names what sort of JSON value a [`Tree`] node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number; [`Tree::number`] gives it.
    Number,
    /// A string; [`Tree::text`] gives it.
    Text,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// Holds a number as Java would: `Integer`/`Long`, `Double`, or `BigInteger`/`BigDecimal`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Num<'t> {
    /// Fits a `long`.
    Integer(i64),
    /// A `double`.
    Double(f64),
    /// Anything wider, as its JSON text.
    Exact(Cow<'t, str>),
}

/// Reports what a descent met.
#[derive(Clone, Debug)]
pub(crate) enum Descent<T> {
    /// This many nodes were looked at; they are charged to the budget.
    Passed(usize),
    /// A node that was looked for.
    Found(T),
}

/// Describes a JSON value as a path sees it: cheap to clone, with no knowledge of its parent.
///
/// A visit that returns an error ends the walk, which returns that error.
///
/// An object shows each name once (the last value, in the first position), as json-smart's map does.
pub(crate) trait Tree<'t>: Clone {
    /// Returns the sort of value this is.
    fn kind(&self) -> Kind;

    /// Returns the text of a string, `None` for anything else.
    fn text(&self) -> Option<Cow<'t, str>>;

    /// Returns the value of a number, `None` for anything else.
    fn number(&self) -> Option<Num<'t>>;

    /// Returns the count of elements or members; 0 for a scalar.
    fn len(&self) -> usize;

    /// Returns an object's member.
    fn member(&self, name: &str) -> Option<Self>;

    /// Returns an array's element.
    fn element(&self, index: usize) -> Option<Self>;

    /// Visits an array's elements in order; nothing for any other value.
    fn each_element<E>(&self, visit: impl FnMut(Self) -> Result<(), E>) -> Result<(), E>;

    /// Visits an object's members in order; nothing for any other value.
    fn each_member<E>(
        &self,
        visit: impl FnMut(Cow<'t, str>, Self) -> Result<(), E>,
    ) -> Result<(), E>;

    /// Visits this value and everything below that is an object or an array, each before what it holds.
    ///
    /// Needs no stack frame per level, so that documents may be any depth.
    fn descend<E>(&self, mut visit: impl FnMut(Descent<Self>) -> Result<(), E>) -> Result<(), E> {
        let mut open = vec![self.clone()];
        while let Some(node) = open.pop() {
            let (first, mut passed) = (open.len(), 1);
            let mut keep = |child: Self| {
                passed += 1;
                if matches!(child.kind(), Kind::Array | Kind::Object) {
                    open.push(child);
                }
                Ok(())
            };
            match node.kind() {
                Kind::Object => node.each_member::<E>(|_, child| keep(child))?,
                Kind::Array => node.each_element::<E>(keep)?,
                _ => continue,
            }
            open[first..].reverse();
            visit(Descent::Passed(passed))?;
            visit(Descent::Found(node))?;
        }
        Ok(())
    }

    /// Visits the member called `name` of this value and of every object below.
    ///
    /// The order is that of the objects that hold them, an object before those inside it: `{"x":{"n":1},"n":2}` gives
    /// 2 and then 1. A flat document overrides this with one pass over its nodes, reporting their count as
    /// [`Descent::Passed`] first.
    fn descend_named<E>(
        &self,
        name: &str,
        visit: impl FnMut(Descent<Self>) -> Result<(), E>,
    ) -> Result<(), E> {
        descend_named_by_steps(self, name, visit)
    }
}

/// [`Tree::descend_named`] for any document: from each object and array to what it holds.
pub(crate) fn descend_named_by_steps<'t, T: Tree<'t>, E>(
    tree: &T,
    name: &str,
    mut visit: impl FnMut(Descent<T>) -> Result<(), E>,
) -> Result<(), E> {
    let mut open = vec![tree.clone()];
    while let Some(node) = open.pop() {
        let (first, mut passed, mut found) = (open.len(), 1, None);
        let mut keep = |child: T| {
            passed += 1;
            if matches!(child.kind(), Kind::Array | Kind::Object) {
                open.push(child);
            }
        };
        node.each_member::<E>(|member_name, member| {
            if member_name == name {
                found = Some(member.clone());
            }
            keep(member);
            Ok(())
        })?;
        node.each_element::<E>(|element| {
            keep(element);
            Ok(())
        })?;
        open[first..].reverse();
        visit(Descent::Passed(passed))?;
        found.map_or(Ok(()), |member| visit(Descent::Found(member)))?;
    }
    Ok(())
}
