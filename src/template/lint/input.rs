//! `$input.header('x')`: what `$input` does not have; JSONPaths that are none.

use super::nearest::did_you_mean;
use super::util::not_called;
use super::walk::Lint;
use crate::jsonpath::Path;
use crate::template::ast::{Expr, ExprKind, Reference, ReferenceKind, Step, StepKind};
use crate::{Span, Warning};

const MEMBERS: [&str; 4] = ["body", "json", "path", "params"];
const HAS: &str = "it has body, json('$.x'), path('$.x'), params('name') and params()";

pub(super) fn check(reference: &Reference, lint: &mut Lint<'_>) {
    let Some(step) = reference.steps.first() else { return };
    let warning = match &step.kind {
        StepKind::Property(name) if name == "body" => return,
        StepKind::Property(name) if MEMBERS.contains(&name.as_str()) => {
            not_called("input", name, step.span)
        }
        StepKind::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
            ("path" | "json", [path]) => return json_path(path, lint),
            ("params", [] | [_]) | ("getBody", []) => return,
            ("path" | "json" | "params", _) => {
                let message =
                    format!("`$input.{name}` takes one argument, not {}", arguments.len());
                Warning::new("wrong-arguments", step.span, message).with_help(if name == "params" {
                    "with more arguments the template fails"
                } else {
                    "with another number of arguments the call is empty"
                })
            }
            ("body", _) => Warning::new("unknown-input", step.span, "`$input.body` is no function")
                .with_help("write `$input.body` without the parentheses"),
            _ => unknown(name, step),
        },
        StepKind::Property(name) => unknown(name, step),
        StepKind::Index(_) => return,
    };
    lint.add(warning);
}

fn unknown(name: &str, step: &Step) -> Warning {
    let help = match name {
        "header" | "headers" | "querystring" | "queryStringParameters" | "pathParameters" => {
            "`$input.params('name')` looks into path, query string and headers".to_owned()
        }
        _ => did_you_mean(name, MEMBERS, HAS),
    };
    Warning::new("unknown-input", step.span, format!("`$input` has no `{name}`")).with_help(help)
}

fn json_path(path: &Expr, lint: &mut Lint<'_>) {
    let ExprKind::Text(text) = &path.kind else { return };
    let Err(error) = Path::compile(text) else { return };
    let image = lint.text(path.span);
    // With doubled quotes or escapes in it the text has other places than its source.
    let span = match image.get(1..image.len().saturating_sub(1)) {
        Some(inner) if inner == text => {
            let start = path.span.start as usize + 1 + error.offset;
            let length =
                text[error.offset.min(text.len())..].chars().next().map_or(1, char::len_utf8);
            Span::new(start, start + length)
        }
        _ => path.span,
    };
    let message = format!("not a JSONPath, so every render fails: {}", error.message);
    lint.add(Warning::new("invalid-jsonpath", span, message));
}

/// `$m.get(key)`: a name without `$` is null.
pub(super) fn bare_argument(argument: &Expr, lint: &mut Lint<'_>) {
    if let ExprKind::Reference(Reference { kind: ReferenceKind::Runt(_), name, .. }) =
        &argument.kind
        && name != "null"
    {
        let message = format!("`{name}` is neither in quotes nor has a `$`, so it is null");
        lint.add(
            Warning::new("bare-argument", argument.span, message)
                .with_help(format!("write `'{name}'` or `${name}`")),
        );
    }
}
