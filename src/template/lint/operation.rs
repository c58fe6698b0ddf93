//! `$input.params('n') > 5`: operators that want numbers and get texts.

use super::kind::Kind;
use super::walk::Lint;
use crate::template::ast::{Binary, Expr, ExprKind, Operator};
use crate::{Span, Warning};

const TO_NUMBER: &str =
    "make a number of a text first: `#set($n = 0)#set($n = $n.parseInt($text))`";

pub(super) fn check(binary: &Binary, span: Span, lint: &mut Lint<'_>) {
    let kinds = [&binary.left, &binary.right].map(|side| Kind::of(side, &lint.variables));
    let text = kinds.contains(&Kind::Text);
    match binary.operator {
        Operator::Less | Operator::LessEqual | Operator::Greater | Operator::GreaterEqual
            if text =>
        {
            let message = "only numbers are ordered: a comparison with a text is always false";
            lint.add(Warning::new("text-order", span, message).with_help(TO_NUMBER));
        }
        Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Modulo if text => {
            let message = "a calculation with a text gives nothing, and `#set` keeps the old value";
            lint.add(Warning::new("text-arithmetic", span, message).with_help(TO_NUMBER));
        }
        Operator::Add => {
            let number = kinds.contains(&Kind::Number);
            let written = is_string(&binary.left) || is_string(&binary.right);
            if text && number && !written {
                let message = "`+` of a text and a number joins them: `1 + 1` is `11`";
                lint.add(Warning::hint("text-arithmetic", span, message).with_help(TO_NUMBER));
            }
        }
        _ => {}
    }
}

fn is_string(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Text(_) | ExprKind::Interpolated(_) => true,
        ExprKind::Parentheses(inner) => is_string(inner),
        ExprKind::Binary(binary) => is_string(&binary.left) || is_string(&binary.right),
        _ => false,
    }
}
