//! Traces of renders → what of a template was rendered, and what never was.

use super::Template;
use super::program::{Node, Program};
use super::render::Trace;
use crate::Span;

/// What of a template was rendered, over any number of renders: its pieces, and the ways that its `#if`s and `#foreach`s
/// can go.
///
/// What stands in a string, `"$x #if($y)…#end"`, belongs to the directive around it and is not counted by itself.
///
/// ```
/// use transom::{Coverage, Template, Trace, Variables, Way};
///
/// let template = Template::new("#if($input.body == 'a')A#{else}B#end")?;
/// let mut coverage = Coverage::new(&template);
/// let mut trace = Trace::default();
/// template.trace(&Variables::new().body("a"), &mut trace)?;
/// coverage.add(&trace);
/// let never: Vec<&str> =
///     coverage.pieces().iter().filter(|p| p.count == 0).map(|p| &template.source()[p.span.range()]).collect();
/// assert_eq!(never, ["B"]);
/// let ways: Vec<(Way, u64)> = coverage.branches().iter().map(|b| (b.way, b.count)).collect();
/// assert_eq!(ways, [(Way::Holds, 1), (Way::Otherwise, 0)]);
/// # Ok::<(), transom::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pieces: Vec<Piece>,
    branches: Vec<Branch>,
}

/// A text that is more than blanks, a reference, a directive or a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands: of a directive with a block what is before the block, of an `#if` the condition
    pub span: Span,
    /// How often it was rendered
    pub count: u64,
}

/// A way that an `#if` or a `#foreach` can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The condition of the `#if` or `#elseif`, or the `#foreach`
    pub place: Span,
    /// The way
    pub way: Way,
    /// How often it was gone
    pub count: u64,
}

/// Where a render can go from a condition or a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// The condition of an `#if` or `#elseif` is true
    Holds,
    /// No condition of the `#if` is: its `#else`, or behind its `#end` where it has none
    Otherwise,
    /// A `#foreach` has something to go through
    Rounds,
    /// It has nothing
    NoRound,
}

impl Coverage {
    /// A template of which nothing has been rendered yet.
    pub fn new(template: &Template) -> Coverage {
        let mut coverage = Coverage::default();
        let Program { body, macros, .. } = &template.program;
        coverage.list(body);
        for defined in macros.values() {
            coverage.list(&defined.body);
        }
        coverage.pieces.sort_by_key(|piece| (piece.span.start, piece.span.end));
        coverage.pieces.dedup();
        coverage.branches.sort_by_key(|branch| (branch.place.start, branch.place.end, branch.way));
        coverage.branches.dedup();
        coverage
    }

    /// Counts a render of the same template.
    pub fn add(&mut self, trace: &Trace) {
        let visits = trace.visits();
        for piece in &mut self.pieces {
            piece.count += visits.pieces.get(&piece.span).copied().unwrap_or_default();
        }
        for branch in &mut self.branches {
            let key = (branch.place, branch.way);
            branch.count += visits.ways.get(&key).copied().unwrap_or_default();
        }
    }

    /// The pieces in the order of the text.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The ways in the order of the text.
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    fn piece(&mut self, span: Span) {
        self.pieces.push(Piece { span, count: 0 });
    }

    fn ways(&mut self, place: Span, ways: &[Way]) {
        self.branches.extend(ways.iter().map(|way| Branch { place, way: *way, count: 0 }));
    }

    // Blocks are open in one another at most as deep as the parser lets them.
    fn list(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text, _) if text.trim().is_empty() => {}
                Node::Text(_, span)
                | Node::Break(_, span)
                | Node::Stop(span)
                | Node::Evaluate(_, span) => self.piece(*span),
                Node::Emit(emit) => self.piece(emit.reference.span),
                Node::Set(set) => self.piece(set.span),
                Node::Call(call) => {
                    self.piece(call.span);
                    self.list(call.body.as_ref().map_or(&[], |block| &block.body));
                }
                Node::If(node) => {
                    for branch in &node.branches {
                        self.piece(branch.span);
                        self.ways(branch.span, &[Way::Holds]);
                        self.list(&branch.body);
                    }
                    if let Some(last) = node.branches.last() {
                        self.ways(last.span, &[Way::Otherwise]);
                    }
                    self.list(&node.otherwise);
                }
                Node::Foreach(foreach) => {
                    self.piece(foreach.span);
                    self.ways(foreach.span, &[Way::Rounds, Way::NoRound]);
                    self.list(&foreach.body);
                }
                Node::Define(block) => {
                    self.piece(block.span);
                    self.list(&block.body);
                }
                // They end the render.
                Node::Fail(_) | Node::Include(..) => {}
            }
        }
    }
}
