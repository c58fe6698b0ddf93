//! The way through the tree: each piece is looked at once, by everything that can say something about it.

use std::collections::BTreeSet;

use super::output::Output;
use super::variables::Variables;
use super::{
    assignment, comma, condition, directive, escaping, foreach, input, lost, members, names,
    operation, roots, string,
};
use crate::template::Dialect;
use crate::template::ast::{
    Directive, Expr, ExprKind, If, Node, Operator, Reference, ReferenceKind, StepKind,
};
use crate::{Span, Warning};

/// What a reference is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// It prints.
    Printed,
    /// It is one side of `==` or `!=`, where a missing value is expected.
    Compared,
    /// Anything else
    Value,
}

/// The warnings so far, and what is around the piece at hand.
pub(super) struct Lint<'s> {
    pub(super) source: &'s str,
    pub(super) variables: Variables,
    pub(super) output: Output,
    /// How many loops are around it
    pub(super) loops: usize,
    /// How many strings are around it: what prints there is no output yet
    pub(super) strings: usize,
    /// Names that have been warned of: each once
    pub(super) told: BTreeSet<String>,
    found: Vec<Warning>,
}

impl<'s> Lint<'s> {
    pub(super) fn new(source: &'s str, dialect: Dialect, nodes: &[Node]) -> Lint<'s> {
        Lint {
            source,
            variables: Variables::of(nodes, dialect),
            output: Output::default(),
            loops: 0,
            strings: 0,
            told: BTreeSet::new(),
            found: Vec::new(),
        }
    }

    pub(super) fn api_gateway(&self) -> bool {
        self.variables.api_gateway
    }

    pub(super) fn add(&mut self, warning: Warning) {
        self.found.push(warning);
    }

    /// The source of a piece.
    pub(super) fn text(&self, span: Span) -> &'s str {
        self.source.get(span.range()).unwrap_or_default()
    }

    /// The source behind a piece.
    pub(super) fn behind(&self, span: Span) -> &'s str {
        self.source.get(span.end as usize..).unwrap_or_default()
    }

    /// All warnings, in the order of the text.
    pub(super) fn finish(mut self) -> Vec<Warning> {
        escaping::finish(&mut self);
        self.found.sort_by_key(|warning| warning.span().start);
        self.found
    }

    pub(super) fn nodes(&mut self, nodes: &[Node]) {
        for (i, node) in nodes.iter().enumerate() {
            let before = i.checked_sub(1).and_then(|i| nodes.get(i));
            self.node(node, before);
            comma::check(node, nodes.get(i + 1), self);
        }
    }

    fn node(&mut self, node: &Node, before: Option<&Node>) {
        match node {
            Node::Text(text) => {
                lost::printed_comment(&text.text, before, self);
                directive::split(text, self);
                if self.strings == 0 {
                    self.output.text(&text.text);
                }
            }
            Node::Reference(reference) => {
                lost::unprinted(reference, self);
                escaping::check(reference, self);
                self.reference(reference, Use::Printed);
            }
            Node::Set(set) => {
                assignment::check(set, self);
                self.steps(&set.target);
                if !set.target.steps.is_empty() {
                    roots::check(&set.target, Use::Value, self);
                }
                self.expr(&set.value, Use::Value);
            }
            Node::If(node) => self.branches(node),
            Node::Directive(directive) => {
                lost::printed_comment(&directive.literal, before, self);
                self.directive(directive);
            }
        }
    }

    fn branches(&mut self, node: &If) {
        directive::else_if(node, self);
        let quoted = self.output.quoted;
        for branch in &node.branches {
            condition::check(&branch.condition, self);
            self.expr(&branch.condition, Use::Value);
            self.output.quoted = quoted;
            self.nodes(&branch.body);
        }
        self.output.quoted = quoted;
        self.nodes(&node.otherwise);
    }

    fn directive(&mut self, directive: &Directive) {
        directive::check(directive, self);
        let body = directive.body.as_deref().unwrap_or_default();
        match directive.name.as_str() {
            // Neither is rendered.
            "literal" => {}
            "macro" if self.api_gateway() => {}
            "foreach" => {
                foreach::check(directive, self);
                directive.arguments.iter().skip(1).for_each(|a| self.expr(a, Use::Value));
                self.loops += 1;
                self.nodes(body);
                self.loops -= 1;
            }
            // What these hold may be rendered in a loop.
            "define" | "macro" => {
                self.loops += 1;
                self.nodes(body);
                self.loops -= 1;
            }
            _ => {
                directive.arguments.iter().for_each(|a| self.expr(a, Use::Value));
                self.nodes(body);
            }
        }
    }

    fn reference(&mut self, reference: &Reference, used: Use) {
        if reference.kind == ReferenceKind::Value {
            roots::check(reference, used, self);
            names::check_members(reference, self);
            members::check(reference, self);
            foreach::check_scope(reference, self);
        }
        self.steps(reference);
    }

    fn steps(&mut self, reference: &Reference) {
        for step in &reference.steps {
            match &step.kind {
                StepKind::Property(_) => {}
                StepKind::Index(index) => self.expr(index, Use::Value),
                StepKind::Call(name, arguments) => {
                    let regex = string::takes_regex(name);
                    for (i, argument) in arguments.iter().enumerate() {
                        input::bare_argument(argument, self);
                        if !(regex && i == 0) {
                            string::check(argument, self);
                        }
                        self.inside(argument, Use::Value);
                    }
                }
            }
        }
    }

    fn expr(&mut self, expr: &Expr, used: Use) {
        string::check(expr, self);
        self.inside(expr, used);
    }

    fn inside(&mut self, expr: &Expr, used: Use) {
        match &expr.kind {
            ExprKind::Interpolated(string) => {
                self.strings += 1;
                self.nodes(&string.nodes);
                self.strings -= 1;
            }
            ExprKind::Reference(reference) => self.reference(reference, used),
            ExprKind::List(items) => items.iter().for_each(|item| self.expr(item, Use::Value)),
            ExprKind::Map(pairs) => pairs.iter().for_each(|(key, value)| {
                self.expr(key, Use::Value);
                self.expr(value, Use::Value);
            }),
            ExprKind::Range(from, to) => {
                self.expr(from, Use::Value);
                self.expr(to, Use::Value);
            }
            ExprKind::Not(inner) | ExprKind::Parentheses(inner) => self.expr(inner, used),
            ExprKind::Binary(binary) => {
                operation::check(binary, expr.span, self);
                let equality = matches!(binary.operator, Operator::Equal | Operator::NotEqual);
                let used = if equality { Use::Compared } else { Use::Value };
                self.expr(&binary.left, used);
                self.expr(&binary.right, used);
            }
            _ => {}
        }
    }
}
