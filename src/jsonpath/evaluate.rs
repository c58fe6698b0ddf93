//! Walks a document along a path.

use std::fmt;

use crate::jsonpath::answer::{Answer, Found};
use crate::jsonpath::path::{Path, Step};
use crate::jsonpath::tree::{Descent, Kind, Tree};
use crate::jsonpath::{filter, function};

/// Bounds the work of evaluations: every node that is looked at costs one.
///
/// `$..*..*..*` looks at the same nodes over and over; without a bound one line of a template could take minutes.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    limit: u64,
    left: u64,
}

impl Budget {
    /// Allows this many nodes, over all the evaluations that share the budget.
    #[must_use]
    pub(crate) fn new(nodes: u64) -> Self {
        Self { limit: nodes, left: nodes }
    }

    /// Returns how many nodes may still be looked at.
    #[must_use]
    pub(crate) fn left(&self) -> u64 {
        self.left
    }

    /// Returns how many nodes were allowed.
    #[cfg(feature = "rfc9535")]
    pub(super) fn limit(&self) -> u64 {
        self.limit
    }

    /// Takes off as many nodes if there are as many left.
    #[cfg(feature = "rfc9535")]
    pub(super) fn try_spend(&mut self, nodes: u64) -> bool {
        let left = self.left.checked_sub(nodes);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }

    pub(super) fn spend(&mut self, nodes: usize) -> Result<(), Stop> {
        match self.left.checked_sub(nodes as u64) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(Stop::Budget),
        }
    }
}

impl Default for Budget {
    /// Allows ten million nodes: several scans of the largest payload of API Gateway, under a second of work.
    fn default() -> Self {
        Self::new(10_000_000)
    }
}

/// Tells why an evaluation was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EvaluateError {
    /// More nodes were looked at than the budget allows.
    Budget {
        /// The nodes that were allowed.
        limit: u64,
    },
}

impl fmt::Display for EvaluateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Budget { limit } = self;
        write!(f, "the path looks at more than {limit} nodes; use fewer `..`, `*` and filters")
    }
}

impl std::error::Error for EvaluateError {}

/// Tells what ends a walk early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// `PathNotFoundException`: a wildcard over an array and a filter go on after it.
    NotFound,
    /// `InvalidPathException` while evaluating: makes the filter around it false.
    Invalid,
    /// Any other exception of Jayway.
    Failed,
    Budget,
}

impl Path {
    /// Evaluates the path, with Jayway's option `SUPPRESS_EXCEPTIONS`.
    ///
    /// A definite path gives [`Found::Missing`] where Jayway throws, an indefinite one the empty list. Inside a filter
    /// a missing path is undefined, equal to nothing, as without that option.
    ///
    /// # Errors
    ///
    /// [`EvaluateError::Budget`] when more nodes are looked at than the budget has left.
    pub(crate) fn evaluate<'t, T: Tree<'t>>(
        &self,
        root: &T,
        budget: &mut Budget,
    ) -> Result<Found<T>, EvaluateError> {
        let limit = budget.limit;
        let mut scope = Scope { root, required: false, budget };
        match scope.value(self, root.clone()) {
            Ok(answer) => Ok(Found::Value(answer)),
            Err(Stop::Budget) => Err(EvaluateError::Budget { limit }),
            Err(_) if self.is_definite() => Ok(Found::Missing),
            Err(_) => Ok(Found::Value(Answer::List(Vec::new()))),
        }
    }
}

/// Holds what the paths of one evaluation share, those in filters and arguments included.
pub(super) struct Scope<'s, T> {
    pub(super) root: &'s T,
    /// `REQUIRE_PROPERTIES`, which Jayway sets while it tests a path for existence: any absent member ends the walk.
    pub(super) required: bool,
    pub(super) budget: &'s mut Budget,
}

impl<'t, T: Tree<'t>> Scope<'_, T> {
    /// Returns the value of a definite path, or the list of an indefinite one.
    pub(super) fn value(&mut self, path: &Path, start: T) -> Result<Answer<T>, Stop> {
        if path.plain {
            return self.plain(path, start).map(Answer::Node);
        }
        let mut found = self.list(path, start)?;
        match path.is_definite() {
            // Jayway takes the last result; a chain of functions leaves several.
            true => found.pop().ok_or(Stop::NotFound),
            false => Ok(Answer::List(found)),
        }
    }

    /// Follows names and single indexes without a list of results.
    fn plain(&mut self, path: &Path, start: T) -> Result<T, Stop> {
        let mut node = start;
        for step in &path.steps {
            self.budget.spend(1)?;
            let next = match step {
                Step::Name(name) => node.member(name),
                Step::Indexes(indexes) => indexes.first().and_then(|&index| element(&node, index)),
                _ => None,
            };
            node = next.ok_or(Stop::NotFound)?;
        }
        Ok(node)
    }

    pub(super) fn list(&mut self, path: &Path, start: T) -> Result<Vec<Answer<T>>, Stop> {
        let scope = Scope { root: self.root, required: self.required, budget: self.budget };
        let mut walk = Walk { path, scope, places: Vec::new(), found: Vec::new() };
        walk.follow(0, start)?;
        Ok(walk.found)
    }
}

fn element<'t, T: Tree<'t>>(node: &T, index: i32) -> Option<T> {
    match usize::try_from(index) {
        Ok(index) => node.element(index),
        Err(_) => node.element(node.len().checked_sub(index.unsigned_abs() as usize)?),
    }
}

struct Walk<'w, T> {
    path: &'w Path,
    scope: Scope<'w, T>,
    /// The place in its array of the element that a deep scan last gave to a step; empty before the first.
    places: Vec<Option<usize>>,
    found: Vec<Answer<T>>,
}

impl<'t, T: Tree<'t>> Walk<'_, T> {
    /// Follows the path from this step on. Recurses only at steps that branch, of which the compiler allows few.
    fn follow(&mut self, step: usize, node: T) -> Result<(), Stop> {
        let (mut at, mut node) = (step, node);
        let path = self.path;
        loop {
            self.scope.budget.spend(1)?;
            let next = match path.steps.get(at) {
                None => {
                    self.found.push(Answer::Node(node));
                    return Ok(());
                }
                Some(Step::Name(name)) => self.named(at, &node, name)?,
                Some(Step::Indexes(indexes)) if indexes.len() == 1 => {
                    self.indexed(at, &node, indexes[0])?
                }
                Some(step) => return self.branch(at, step, node),
            };
            let Some(next) = next else { return Ok(()) };
            (at, node) = (at + 1, next);
        }
    }

    fn branch(&mut self, at: usize, step: &Step, node: T) -> Result<(), Stop> {
        match step {
            Step::Names(names) if self.path.is_last(at) => self.merge(at, &node, names),
            Step::Names(names) => {
                names.iter().try_for_each(|name| match self.named(at, &node, name)? {
                    Some(member) => self.follow(at + 1, member),
                    None => Ok(()),
                })
            }
            Step::Indexes(indexes) => {
                indexes.iter().try_for_each(|&index| match self.indexed(at, &node, index)? {
                    Some(element) => self.follow(at + 1, element),
                    None => Ok(()),
                })
            }
            Step::Slice { from, to } => self.slice(at, &node, *from, *to),
            Step::Wildcard => self.children(at, &node),
            Step::Deep => self.scan(at, &node),
            Step::Filter(filter) => self.filter(at, filter, node),
            Step::Function { function, arguments } => {
                let answer =
                    function::call(&mut self.scope, *function, arguments, &Answer::Node(node))?;
                self.after_call(at + 1, answer)
            }
            Step::Name(_) => Ok(()),
        }
    }

    /// Ends a branch where the value has the wrong type: an error only while the path is definite.
    fn mismatch(&self, at: usize) -> Result<(), Stop> {
        if self.path.is_definite_before(at) { Err(Stop::NotFound) } else { Ok(()) }
    }

    fn named(&self, at: usize, node: &T, name: &str) -> Result<Option<T>, Stop> {
        if node.kind() != Kind::Object {
            return self.mismatch(at).map(|()| None);
        }
        let single = !matches!(self.path.steps[at], Step::Names(_));
        match node.member(name) {
            Some(member) => Ok((!self.path.is_last(at) || self.admits(at)).then_some(member)),
            None if self.scope.required => Err(Stop::NotFound),
            None if single && !self.path.is_last(at) => self.mismatch(at).map(|()| None),
            None => Ok(None),
        }
    }

    /// Tells whether a name that ends the path may give results after a deep scan.
    ///
    /// Since 2.7 Jayway evaluates the step after `..[0]` on every element, and makes up for it at the end: once a
    /// scan has met an array, a last name counts only below the index before it. So `$..[0].id` is right, and
    /// `$..*.id` gives nothing.
    fn admits(&self, at: usize) -> bool {
        let Some(&Some(place)) = self.places.get(at) else { return true };
        let before = at.checked_sub(1).map(|before| &self.path.steps[before]);
        matches!(before, Some(Step::Indexes(indexes)) if indexes.len() == 1 && usize::try_from(indexes[0]) == Ok(place))
    }

    /// Makes the one object of `['a','b']`; absent members are left out.
    fn merge(&mut self, at: usize, node: &T, names: &[Box<str>]) -> Result<(), Stop> {
        if node.kind() != Kind::Object {
            return self.mismatch(at);
        }
        let mut members: Vec<(Box<str>, Answer<T>)> = Vec::new();
        for name in names {
            self.scope.budget.spend(1)?;
            match node.member(name) {
                None if self.scope.required => return Err(Stop::NotFound),
                Some(member) if !members.iter().any(|(known, _)| known == name) => {
                    members.push((name.clone(), Answer::Node(member)));
                }
                _ => {}
            }
        }
        self.found.push(Answer::Object(members));
        Ok(())
    }

    fn indexed(&self, at: usize, node: &T, index: i32) -> Result<Option<T>, Stop> {
        match node.kind() {
            Kind::Array => Ok(element(node, index)),
            _ => self.mismatch(at).map(|()| None),
        }
    }

    fn slice(
        &mut self,
        at: usize,
        node: &T,
        from: Option<i32>,
        to: Option<i32>,
    ) -> Result<(), Stop> {
        if node.kind() != Kind::Array {
            return self.mismatch(at);
        }
        let len = i64::try_from(node.len()).unwrap_or(i64::MAX);
        let from_end =
            |bound: i32| if bound < 0 { len + i64::from(bound) } else { i64::from(bound) };
        match (from, to) {
            (Some(from), None) => self.range(at, node, from_end(from), len),
            (None, to) => self.range(at, node, 0, from_end(to.unwrap_or_default())),
            // With both bounds Jayway counts from one to the other and takes each index as `[n]` would: a negative start
            // wraps around, and a negative end lies before any other start.
            (Some(from), Some(to)) => {
                let (from, to) = (i64::from(from), i64::from(to).min(len));
                self.range(at, node, len + from.min(0), len + to.min(0))?;
                self.range(at, node, from.max(0), to)
            }
        }
    }

    fn range(&mut self, at: usize, node: &T, from: i64, to: i64) -> Result<(), Stop> {
        if from >= to {
            return Ok(());
        }
        let mut place = -1;
        // One pass: an element far back in a flat document is expensive to reach.
        node.each_element(|element| {
            place += 1;
            if (from..to).contains(&place) {
                self.follow(at + 1, element)
            } else {
                self.scope.budget.spend(1)
            }
        })
    }

    fn children(&mut self, at: usize, node: &T) -> Result<(), Stop> {
        match node.kind() {
            Kind::Object => node.each_member(|_, member| self.follow(at + 1, member)),
            _ => node.each_element(|element| match self.follow(at + 1, element) {
                Err(Stop::NotFound) if !self.scope.required => Ok(()),
                outcome => outcome,
            }),
        }
    }

    fn filter(&mut self, at: usize, filter: &filter::Filter, node: T) -> Result<(), Stop> {
        match node.kind() {
            Kind::Object if filter::accepts(&mut self.scope, filter, &node)? => {
                self.follow(at + 1, node)
            }
            Kind::Object => Ok(()),
            Kind::Array => node.each_element(|element| {
                match filter::accepts(&mut self.scope, filter, &element)? {
                    true => self.follow(at + 1, element),
                    false => Ok(()),
                }
            }),
            _ if self.path.is_definite_before(at) => Err(Stop::Invalid),
            _ => Ok(()),
        }
    }

    fn scan(&mut self, at: usize, node: &T) -> Result<(), Stop> {
        let path = self.path;
        match path.steps.get(at + 1) {
            None => Err(Stop::Failed),
            Some(Step::Function { .. }) => Ok(()),
            Some(Step::Name(name)) if !self.scope.required => {
                node.descend_named(name, |met| match met {
                    Descent::Passed(nodes) => self.scope.budget.spend(nodes),
                    Descent::Found(member) => self.follow(at + 2, member),
                })
            }
            Some(_) => node.descend(|met| match met {
                Descent::Passed(nodes) => self.scope.budget.spend(nodes),
                Descent::Found(container) => self.scanned(at + 1, container),
            }),
        }
    }

    /// Applies the step after a `..` to one of the containers below.
    fn scanned(&mut self, at: usize, container: T) -> Result<(), Stop> {
        let is_array = container.kind() == Kind::Array;
        let matches = match &self.path.steps[at] {
            Step::Name(_) => !is_array,
            Step::Names(names) if self.path.is_last(at) && !self.scope.required => {
                !is_array && names.iter().all(|name| container.member(name).is_some())
            }
            Step::Names(_) => !is_array,
            Step::Indexes(_) | Step::Slice { .. } => is_array,
            Step::Filter(filter) => filter::accepts(&mut self.scope, filter, &container)?,
            _ => true,
        };
        if !matches {
            return Ok(());
        }
        if !is_array || self.path.is_last(at) {
            return self.follow(at, container);
        }
        let mut place = 0;
        container.each_element(|element| {
            self.places.resize(self.path.steps.len(), None);
            self.places[at + 1] = Some(place);
            place += 1;
            self.follow(at + 1, element)
        })
    }

    /// Keeps what a function gave and goes on from there; a value that is not in the document has no members.
    fn after_call(&mut self, at: usize, answer: Answer<T>) -> Result<(), Stop> {
        let (mut at, mut answer) = (at, answer);
        loop {
            self.found.push(answer.clone());
            answer = match (self.path.steps.get(at), answer) {
                (None, _) => return Ok(()),
                (Some(Step::Function { function, arguments }), answer) => {
                    function::call(&mut self.scope, *function, arguments, &answer)?
                }
                (Some(_), Answer::Node(node)) => return self.follow(at, node),
                (Some(_), _) => return self.mismatch(at),
            };
            at += 1;
        }
    }
}
