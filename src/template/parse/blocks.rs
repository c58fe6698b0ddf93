//! `#if`, `#foreach` … and their `#end`, paired on a stack: an error can point at the directive that was never closed.

use super::MAX_BLOCKS;
use crate::template::ast::{Branch, Directive, Expr, If, Node, Text};
use crate::{Error, ErrorKind, Span};

/// The tree so far.
#[derive(Default)]
pub(super) struct Blocks {
    root: Vec<Node>,
    open: Vec<Open>,
    /// The text of the tokens inside `#literal()` and `#@name()`, which print it.
    source: Source,
    sources: usize,
}

/// A block that waits for its `#end`.
struct Open {
    kind: Kind,
    nodes: Vec<Node>,
    span: Span,
    /// Where its text begins in `Blocks::source`
    source: (usize, usize),
}

/// Tokens in the two spellings that Velocity knows.
#[derive(Default)]
struct Source {
    /// With the `$` and `#` that began nothing, as `#literal` prints them
    literal: String,
    /// Without, as an unknown `#@name` prints them
    images: String,
}

enum Kind {
    If { branches: Vec<Branch>, condition: Expr },
    Else { branches: Vec<Branch>, span: Span },
    Directive(Directive),
}

impl Kind {
    fn name(&self) -> &str {
        match self {
            Kind::If { .. } | Kind::Else { .. } => "if",
            Kind::Directive(d) => &d.name,
        }
    }

    /// Whether the block can print its own source.
    fn prints_source(&self) -> bool {
        matches!(self, Kind::Directive(d) if d.name == "literal" || d.name.starts_with('@'))
    }
}

impl Blocks {
    pub(super) fn push(&mut self, node: Node) {
        let nodes = match self.open.last_mut() {
            Some(open) => &mut open.nodes,
            None => &mut self.root,
        };
        if let (Node::Text(next), Some(Node::Text(last))) = (&node, nodes.last_mut()) {
            last.text.push_str(&next.text);
            last.span = last.span.to(next.span);
            return;
        }
        if !matches!(&node, Node::Text(Text { text, .. }) if text.is_empty()) {
            nodes.push(node);
        }
    }

    /// Keeps a token for a block around it that prints its source. `special` is what came before the token and began
    /// nothing.
    pub(super) fn token(&mut self, special: &str, image: &str) {
        if self.sources > 0 {
            self.source.literal.push_str(special);
            self.source.literal.push_str(image);
            self.source.images.push_str(image);
        }
    }

    /// Keeps the end of a block comment, all that Velocity has left of one; `#literal` prints it of a `#**` alone.
    pub(super) fn comment_end(&mut self, formal: bool) {
        if self.sources > 0 {
            self.source.images.push_str("*#");
            if formal {
                self.source.literal.push_str("*#");
            }
        }
    }

    pub(super) fn open_if(&mut self, condition: Expr, span: Span) -> Result<(), Error> {
        self.open(Kind::If { branches: Vec::new(), condition }, span)
    }

    pub(super) fn open_directive(&mut self, directive: Directive) -> Result<(), Error> {
        let span = directive.span;
        self.open(Kind::Directive(directive), span)
    }

    fn open(&mut self, kind: Kind, span: Span) -> Result<(), Error> {
        if self.open.len() == MAX_BLOCKS {
            return Err(Error::new(ErrorKind::BlocksTooDeep, span));
        }
        self.sources += usize::from(kind.prints_source());
        let source = (self.source.literal.len(), self.source.images.len());
        self.open.push(Open { kind, nodes: Vec::new(), span, source });
        Ok(())
    }

    pub(super) fn elseif(&mut self, next: Expr, span: Span) -> Result<(), Error> {
        let Some(open) = self.open.last_mut() else { return Err(unopened("elseif", span, None)) };
        match &mut open.kind {
            Kind::If { branches, condition } => {
                let condition = std::mem::replace(condition, next);
                branches.push(Branch { condition, body: std::mem::take(&mut open.nodes) });
                Ok(())
            }
            _ => Err(unopened("elseif", span, Some(open))),
        }
    }

    pub(super) fn otherwise(&mut self, span: Span) -> Result<(), Error> {
        let Some(mut open) = self.open.pop() else { return Err(unopened("else", span, None)) };
        let Kind::If { mut branches, condition } = open.kind else {
            return Err(unopened("else", span, Some(&open)));
        };
        branches.push(Branch { condition, body: std::mem::take(&mut open.nodes) });
        open.kind = Kind::Else { branches, span };
        self.open.push(open);
        Ok(())
    }

    /// Closes the innermost block.
    pub(super) fn end(&mut self, span: Span, special: &str, image: &str) -> Result<(), Error> {
        let Some(open) = self.open.pop() else { return Err(unopened("end", span, None)) };
        let (mut body_literal, mut body_images) = (String::new(), String::new());
        if open.kind.prints_source() {
            body_literal = self.source.literal[open.source.0..].to_owned();
            body_images = self.source.images[open.source.1..].to_owned();
            self.sources -= 1;
            if self.sources == 0 {
                self.source = Source::default();
            }
        }
        self.token(special, image);
        let node = match open.kind {
            Kind::If { mut branches, condition } => {
                branches.push(Branch { condition, body: open.nodes });
                Node::If(If { branches, otherwise: Vec::new() })
            }
            Kind::Else { branches, .. } => Node::If(If { branches, otherwise: open.nodes }),
            Kind::Directive(mut directive) => {
                if directive.name.starts_with('@') {
                    directive.literal = format!("{}{body_images}{image}", directive.literal);
                }
                directive.body = Some(open.nodes);
                directive.body_literal = body_literal;
                Node::Directive(directive)
            }
        };
        self.push(node);
        Ok(())
    }

    /// The name that the macro whose block is being closed defines.
    pub(super) fn macro_name(&self) -> Option<String> {
        match &self.open.last()?.kind {
            Kind::Directive(d) if d.name == "macro" => match &d.arguments.first()?.kind {
                crate::template::ast::ExprKind::Word(word) => Some(word.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn finish(self) -> Result<Vec<Node>, Error> {
        match self.open.last() {
            None => Ok(self.root),
            Some(open) => {
                let error = Error::new(
                    ErrorKind::Unclosed { directive: open.kind.name().to_owned() },
                    open.span,
                );
                Err(match &open.kind {
                    Kind::Else { span, .. } => {
                        error.with_related(*span, "its `#else` is here, but no `#end` follows")
                    }
                    _ => error,
                })
            }
        }
    }
}

#[cold]
fn unopened(directive: &'static str, span: Span, inside: Option<&Open>) -> Error {
    let error = Error::new(ErrorKind::Unopened { directive }, span);
    match inside {
        None => error,
        Some(Open { kind: Kind::Else { span, .. }, .. }) => {
            error.with_related(*span, "the block has had its `#else` here")
        }
        Some(open) => error.with_related(open.span, "the block around it, which has no such part"),
    }
}
