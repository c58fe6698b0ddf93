//! Values that break the JSON or the form that they stand in.

use super::kind::host_root;
use super::variables::is_root_path;
use super::walk::Lint;
use crate::Warning;
use crate::template::ast::{Expr, ExprKind, Reference, ReferenceKind, Step, StepKind};

/// A reference that prints.
pub(super) fn check(reference: &Reference, lint: &mut Lint<'_>) {
    if !lint.api_gateway() || lint.strings > 0 || reference.kind != ReferenceKind::Value {
        return;
    }
    if is_whole_object(reference, lint) {
        let message = "an object prints as Java writes it: `{name=value}`";
        // A payload that is no JSON prints as it is; where JSON is being written, that was hardly meant.
        let warning = if lint.output.is_json() {
            Warning::new("java-object", reference.span, message)
        } else {
            Warning::hint("java-object", reference.span, message)
        };
        lint.add(warning.with_help("`$input.json('$')` writes JSON"));
        return;
    }
    let (root, quoted) =
        (host_root(reference, &lint.variables), lint.output.is_json() && lint.output.quoted);
    match root {
        Some("input") if lint.output.is_form() => form(reference, lint),
        Some("input") if quoted => input(reference, lint),
        Some("util") if quoted => apostrophe(reference, lint),
        Some("context") if quoted && is_message_string(reference) => {
            let message = "`$context.error.messageString` brings its own quotes";
            lint.add(
                Warning::new("json-in-quotes", reference.span, message)
                    .with_help("take the quotes around it away"),
            );
        }
        _ => {}
    }
}

/// `$input.path('$')`, a variable that holds it, `$input.params()`
fn is_whole_object(reference: &Reference, lint: &Lint<'_>) -> bool {
    let params = || {
        let called = matches!(reference.steps.as_slice(), [Step { kind: StepKind::Call(name, arguments), .. }]
            if name == "params" && arguments.is_empty());
        called && host_root(reference, &lint.variables) == Some("input")
    };
    is_root_path(reference)
        || reference.steps.is_empty() && lint.variables.is_payload(&reference.name)
        || params()
}

/// `$context.error.messageString`
fn is_message_string(reference: &Reference) -> bool {
    let is = |step: &Step, name: &str| matches!(&step.kind, StepKind::Property(n) if n == name);
    matches!(reference.steps.as_slice(), [a, b] if is(a, "error") && is(b, "messageString"))
}

/// `Action=SendMessage&MessageBody=$input.body`
fn form(reference: &Reference, lint: &mut Lint<'_>) {
    let [step] = reference.steps.as_slice() else { return };
    let value = match &step.kind {
        StepKind::Property(name) => name == "body",
        StepKind::Call(name, _) => matches!(name.as_str(), "path" | "json" | "params"),
        StepKind::Index(_) => false,
    };
    if value {
        let image = lint.text(reference.span);
        let message = "a `&`, `+` or `%` in this value breaks the form around it";
        lint.add(
            Warning::new("unencoded-form", reference.span, message)
                .with_help(format!("write `$util.urlEncode({image})`")),
        );
    }
}

/// `"$input.json('$.x')"`, `"$input.params('x')"`
fn input(reference: &Reference, lint: &mut Lint<'_>) {
    let [step] = reference.steps.as_slice() else { return };
    match &step.kind {
        StepKind::Call(name, arguments) if name == "json" => {
            let whole = matches!(arguments.as_slice(), [Expr { kind: ExprKind::Text(path), .. }] if path == "$");
            let message = "`$input.json` brings its own quotes, and JSON in quotes is none";
            let warning = if whole {
                Warning::new("json-in-quotes", reference.span, message)
            } else {
                Warning::hint("json-in-quotes", reference.span, message)
            };
            lint.add(
                warning.with_help("take the quotes around it away, or print `$input.path(…)`"),
            );
        }
        StepKind::Call(name, arguments) if name == "params" && arguments.len() == 1 => {
            unescaped(reference, lint);
        }
        StepKind::Property(name) if name == "body" => unescaped(reference, lint),
        _ => {}
    }
}

/// Nearly every template has some: they are counted, and told of once.
fn unescaped(reference: &Reference, lint: &mut Lint<'_>) {
    let (first, count) = lint.output.unescaped.unwrap_or((reference.span, 0));
    lint.output.unescaped = Some((first, count + 1));
}

pub(super) fn finish(lint: &mut Lint<'_>) {
    let Some((span, count)) = lint.output.unescaped else { return };
    let image = lint.text(span);
    let others = match count {
        1 => String::new(),
        2 => " (and so does another value)".to_owned(),
        n => format!(" (and so do {} other values)", n - 1),
    };
    let message = format!("a `\"` in `{image}` ends the text that it stands in{others}");
    lint.add(
        Warning::hint("unescaped-in-json", span, message).with_help(format!(
            "write `$util.escapeJavaScript({image}).replaceAll(\"\\\\'\",\"'\")`"
        )),
    );
}

/// `escapeJavaScript` escapes one character too many for JSON.
fn apostrophe(reference: &Reference, lint: &mut Lint<'_>) {
    let [step, steps @ ..] = reference.steps.as_slice() else { return };
    if !matches!(&step.kind, StepKind::Call(name, arguments) if name == "escapeJavaScript" && arguments.len() == 1)
    {
        return;
    }
    let replaces = |pattern: &str, methods: &[&str]| {
        steps.iter().any(|step| match &step.kind {
            StepKind::Call(name, arguments) => {
                methods.contains(&name.as_str())
                    && matches!(arguments.first(), Some(Expr { kind: ExprKind::Text(text), .. }) if text == pattern)
            }
            _ => false,
        })
    };
    let help = "append `.replaceAll(\"\\\\'\",\"'\")`";
    let warning = if replaces("\\'", &["replaceAll", "replaceFirst"]) {
        Warning::new(
            "json-apostrophe",
            step.span,
            "`\\'` as a regex is an apostrophe alone: the backslash stays",
        )
        .with_help("write two backslashes: `.replaceAll(\"\\\\'\",\"'\")`")
    } else if !steps.is_empty() {
        return;
    } else {
        Warning::hint(
            "json-apostrophe",
            step.span,
            "`escapeJavaScript` writes `'` as `\\'`, which is no JSON",
        )
        .with_help(help)
    };
    lint.add(warning);
}
