//! Loops over what is no list, and `$foreach` where there is no loop.

use super::kind::Kind;
use super::nearest::did_you_mean;
use super::walk::Lint;
use crate::Warning;
use crate::template::ast::{Directive, ExprKind, Reference, StepKind};

const MEMBERS: [&str; 7] = ["hasNext", "index", "count", "first", "last", "parent", "topmost"];

pub(super) fn check(directive: &Directive, lint: &mut Lint<'_>) {
    if let Some(word) = directive.arguments.get(1)
        && let ExprKind::Word(text) = &word.kind
        && text != "in"
    {
        let message = format!("`{text}` is read as `in`: Velocity does not look at the word");
        lint.add(
            Warning::hint("foreach-word", word.span, message)
                .with_help("write `#foreach($item in $list)`"),
        );
    }
    let Some(list) = directive.arguments.get(2) else { return };
    let kind = Kind::of(list, &lint.variables);
    if !matches!(kind, Kind::Text | Kind::Number | Kind::Boolean) {
        return;
    }
    let help = match &list.kind {
        ExprKind::Reference(r) if r.name == "input" && kind == Kind::Text => {
            "`$input.path('$.list')` gives a list, `$text.split(',')` makes one of a text"
        }
        _ if kind == Kind::Number => "to count, write a range: `[1..$n]`",
        _ => "`$text.split(',')` makes a list of a text",
    };
    let message = format!("{} is no list: the loop has no rounds", kind.words());
    lint.add(Warning::new("not-a-list", list.span, message).with_help(help));
}

/// `$foreach.hasnext`, and `$foreach` outside of a loop.
pub(super) fn check_scope(reference: &Reference, lint: &mut Lint<'_>) {
    if reference.name != "foreach" || lint.variables.is_set("foreach") {
        return;
    }
    if lint.loops == 0 && lint.api_gateway() {
        let message = "`$foreach` is empty outside of a `#foreach`";
        lint.add(
            Warning::new("outside-loop", reference.span, message)
                .with_help("in a condition that counts as true: move it into the loop"),
        );
        return;
    }
    let Some(step) = reference.steps.first() else { return };
    if let StepKind::Property(name) = &step.kind
        && !MEMBERS.contains(&name.as_str())
    {
        let help =
            did_you_mean(name, MEMBERS, "it has hasNext, index, count, first, last and parent");
        lint.add(
            Warning::new("unknown-foreach", step.span, format!("`$foreach` has no `{name}`"))
                .with_help(help),
        );
    }
}
