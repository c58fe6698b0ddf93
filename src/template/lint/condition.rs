//! `#if('b')`, `#if($input.path('$.x'))`: conditions that are always false, or true where a value is missing.

use super::kind::Kind;
use super::walk::Lint;
use crate::Warning;
use crate::template::ast::{Expr, ExprKind, Operator, Reference, ReferenceKind};

pub(super) fn check(condition: &Expr, lint: &mut Lint<'_>) {
    let literal = match &condition.kind {
        ExprKind::Parentheses(inner) | ExprKind::Not(inner) => return check(inner, lint),
        ExprKind::Reference(reference) => return truth(reference, condition, lint),
        ExprKind::Binary(binary) => match binary.operator {
            Operator::And | Operator::Or => {
                check(&binary.left, lint);
                check(&binary.right, lint);
                return;
            }
            Operator::Add
            | Operator::Subtract
            | Operator::Multiply
            | Operator::Divide
            | Operator::Modulo => "a calculation",
            _ => return,
        },
        ExprKind::Text(_) | ExprKind::Interpolated(_) => "a string",
        ExprKind::Integer(_) | ExprKind::Float(_) => "a number",
        ExprKind::List(_) | ExprKind::Range(..) => "a list",
        ExprKind::Map(_) => "a map",
        ExprKind::Boolean(_) | ExprKind::Word(_) => return,
    };
    let message = format!("{literal} as a condition is always false");
    lint.add(
        Warning::new("always-false", condition.span, message)
            .with_help("compare it with something: `#if($x == 'a' || $x == 'b')`"),
    );
}

/// In API Gateway only `false` is false: not 0, not the empty text, and a missing value is the empty text.
fn truth(reference: &Reference, condition: &Expr, lint: &mut Lint<'_>) {
    if !lint.api_gateway() || reference.kind != ReferenceKind::Value || reference.name == "foreach"
    {
        return;
    }
    let (span, name) = (condition.span, lint.text(condition.span));
    match Kind::of_reference(reference, &lint.variables) {
        kind @ (Kind::Text | Kind::Number | Kind::List | Kind::Map) => {
            let help = match kind {
                Kind::Number => format!("compare it: `#if({name} > 0)`"),
                Kind::Text => format!("compare it: `#if({name} != '')`"),
                _ => format!("ask for its size: `#if({name}.size() > 0)`"),
            };
            let even = match kind {
                Kind::Number => "0",
                Kind::Text => "the empty one",
                _ => "an empty one",
            };
            let message = format!("{} is always true, even {even}", kind.words());
            lint.add(Warning::new("always-true", span, message).with_help(help));
        }
        Kind::Given => {
            let message =
                "this is true where the value is missing, empty or 0: only `false` is false";
            lint.add(
                Warning::hint("missing-is-true", span, message)
                    .with_help(format!("compare it: `#if({name} != '')`, or `== true`")),
            );
        }
        Kind::Boolean | Kind::Unknown => {}
    }
}
