//! `#foreach($i in $list)$i,#end]`: the comma before a closing bracket.

use super::walk::Lint;
use crate::template::ast::{ExprKind, Node, Text};
use crate::{Span, Warning};

pub(super) fn check(node: &Node, next: Option<&Node>, lint: &mut Lint<'_>) {
    let Some(Node::Text(behind)) = next else { return };
    if lint.strings > 0
        || !lint.output.is_json()
        || !behind.text.trim_start().starts_with(['}', ']'])
    {
        return;
    }
    let (when, commas): (_, Vec<Option<&Text>>) = match node {
        Node::Directive(directive) if directive.name == "foreach" => (
            "the last round leaves its comma before the bracket",
            vec![last_text(directive.body.as_deref().unwrap_or_default())],
        ),
        Node::If(node) => (
            "this comma stands before the bracket",
            node.branches
                .iter()
                .filter(|branch| {
                    !matches!(&branch.condition.kind, ExprKind::Reference(r) if r.name == "foreach")
                })
                .map(|branch| last_text(&branch.body))
                .chain([last_text(&node.otherwise)])
                .collect(),
        ),
        _ => return,
    };
    for text in commas.into_iter().flatten() {
        let Some(at) = text.text.trim_end().len().checked_sub(1) else { continue };
        if text.text.as_bytes().get(at) != Some(&b',') || lint.text(text.span) != text.text {
            continue;
        }
        let start = text.span.start as usize + at;
        let help = match node {
            Node::If(_) => {
                "put the comma before the value, into the `#if`: `#if(…), \"name\": …#end`"
            }
            _ => "write `#if($foreach.hasNext),#end`",
        };
        lint.add(Warning::new("trailing-comma", Span::new(start, start + 1), when).with_help(help));
    }
}

/// The text that a block ends in, if nothing else but blanks follows it.
fn last_text(nodes: &[Node]) -> Option<&Text> {
    match nodes.iter().rev().find(|n| !matches!(n, Node::Text(t) if t.text.trim().is_empty()))? {
        Node::Text(text) => Some(text),
        _ => None,
    }
}
