//! The variables of a template: which it sets anywhere, and to what kinds of values.

use std::collections::{BTreeMap, BTreeSet};

use super::kind::Kind;
use crate::template::Dialect;
use crate::template::ast::{
    Directive, Expr, ExprKind, Node, Reference, ReferenceKind, Set, StepKind,
};

/// What is known of the variables before the template is gone through.
pub(super) struct Variables {
    pub(super) api_gateway: bool,
    kinds: BTreeMap<String, Kind>,
    /// Those whose every value is the payload as a whole: `$input.path('$')`
    payloads: BTreeMap<String, bool>,
    /// The macros, and the members of `$context`, that the template itself makes
    pub(super) macros: BTreeSet<String>,
    pub(super) context: BTreeSet<String>,
}

impl Variables {
    pub(super) fn of(nodes: &[Node], dialect: Dialect) -> Variables {
        let mut variables = Variables {
            api_gateway: dialect == Dialect::ApiGateway,
            kinds: BTreeMap::new(),
            payloads: BTreeMap::new(),
            macros: BTreeSet::new(),
            context: BTreeSet::new(),
        };
        variables.nodes(nodes);
        variables
    }

    /// Whether anything in the template sets it.
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.kinds.contains_key(name)
    }

    pub(super) fn kind(&self, name: &str) -> Kind {
        self.kinds.get(name).copied().unwrap_or(Kind::Unknown)
    }

    pub(super) fn is_payload(&self, name: &str) -> bool {
        self.payloads.get(name).copied().unwrap_or(false)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }

    fn add(&mut self, name: &str, kind: Kind) {
        let kind = self.kinds.get(name).map_or(kind, |before| before.or(kind));
        self.kinds.insert(name.to_owned(), kind);
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(_) => {}
                Node::Reference(reference) => self.reference(reference),
                Node::Set(set) => self.set(set),
                Node::If(node) => {
                    for branch in &node.branches {
                        self.expr(&branch.condition);
                        self.nodes(&branch.body);
                    }
                    self.nodes(&node.otherwise);
                }
                Node::Directive(directive) => self.directive(directive),
            }
        }
    }

    fn set(&mut self, set: &Set) {
        self.expr(&set.value);
        let target = &set.target;
        match target.steps.first().map(|step| &step.kind) {
            None => {
                let whole = is_whole_payload(&set.value);
                let before = self.payloads.get(&target.set_name).copied().unwrap_or(true);
                self.payloads.insert(target.set_name.clone(), before && whole);
                let kind = Kind::of(&set.value, self);
                self.add(&target.set_name, kind);
            }
            Some(StepKind::Property(member)) if target.name == "context" => {
                self.context.insert(member.clone());
            }
            Some(_) => self.reference(target),
        }
    }

    fn directive(&mut self, directive: &Directive) {
        let name = |argument: &Expr| match &argument.kind {
            ExprKind::Reference(reference) => Some(reference.name.clone()),
            _ => None,
        };
        match directive.name.as_str() {
            "foreach" => {
                let item = directive.arguments.get(2).map_or(Kind::Unknown, |l| self.item(l));
                if let Some(name) = directive.arguments.first().and_then(name) {
                    self.add(&name, item);
                }
            }
            "define" => {
                if let Some(name) = directive.arguments.first().and_then(name) {
                    self.add(&name, Kind::Unknown);
                }
            }
            "macro" => {
                if let Some(Expr { kind: ExprKind::Word(word), .. }) = directive.arguments.first() {
                    self.macros.insert(word.clone());
                }
                for parameter in directive.arguments.iter().filter_map(name) {
                    self.add(&parameter, Kind::Unknown);
                }
            }
            _ => {}
        }
        directive.arguments.iter().for_each(|argument| self.expr(argument));
        self.nodes(directive.body.as_deref().unwrap_or_default());
    }

    /// The kind of what a loop over this gives.
    fn item(&self, list: &Expr) -> Kind {
        match &list.kind {
            ExprKind::Range(..) => Kind::Number,
            ExprKind::Reference(reference) => match reference.steps.last().map(|s| &s.kind) {
                Some(StepKind::Call(name, _)) if name == "keySet" || name == "split" => Kind::Text,
                _ if Kind::of_reference(reference, self) == Kind::Given => Kind::Given,
                _ => Kind::Unknown,
            },
            _ => Kind::Unknown,
        }
    }

    // Strings may hold directives that set variables.

    fn reference(&mut self, reference: &Reference) {
        for step in &reference.steps {
            match &step.kind {
                StepKind::Property(_) => {}
                StepKind::Index(index) => self.expr(index),
                StepKind::Call(name, arguments) => {
                    if let ("context", "put", Some(ExprKind::Text(member))) =
                        (reference.name.as_str(), name.as_str(), arguments.first().map(|a| &a.kind))
                    {
                        self.context.insert(member.clone());
                    }
                    arguments.iter().for_each(|argument| self.expr(argument));
                }
            }
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Interpolated(string) => self.nodes(&string.nodes),
            ExprKind::Reference(reference) => self.reference(reference),
            ExprKind::List(items) => items.iter().for_each(|item| self.expr(item)),
            ExprKind::Map(pairs) => pairs.iter().for_each(|(key, value)| {
                self.expr(key);
                self.expr(value);
            }),
            ExprKind::Not(inner) | ExprKind::Parentheses(inner) => self.expr(inner),
            ExprKind::Binary(binary) => {
                self.expr(&binary.left);
                self.expr(&binary.right);
            }
            _ => {}
        }
    }
}

/// `$input.path('$')`
fn is_whole_payload(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Reference(reference) if is_root_path(reference))
}

/// `$input.path('$')`, and nothing behind it.
pub(super) fn is_root_path(reference: &Reference) -> bool {
    let [step] = reference.steps.as_slice() else { return false };
    reference.kind == ReferenceKind::Value
        && reference.name == "input"
        && matches!(&step.kind, StepKind::Call(name, arguments) if name == "path"
            && matches!(arguments.as_slice(), [Expr { kind: ExprKind::Text(path), .. }] if path == "$"))
}
