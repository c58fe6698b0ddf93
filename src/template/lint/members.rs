//! `.size` without its parentheses, members of texts, methods that no class of Java's has.

use super::kind::{Kind, host_root};
use super::nearest::did_you_mean;
use super::walk::Lint;
use crate::Warning;
use crate::methods::MethodName;
use crate::template::ast::{Reference, Step, StepKind};

/// Names that are methods of Java's and hardly ever members of somebody's JSON.
const METHODS: [&str; 12] = [
    "keySet",
    "entrySet",
    "isEmpty",
    "toString",
    "toLowerCase",
    "toUpperCase",
    "trim",
    "hashCode",
    "getClass",
    "hasNext",
    "parseInt",
    "containsKey",
];

pub(super) fn check(reference: &Reference, lint: &mut Lint<'_>) {
    // What the host of another Velocity puts in scope may have any method.
    if !lint.api_gateway() || reference.name == "foreach" {
        return;
    }
    let host = host_root(reference, &lint.variables).is_some();
    // Of a variable that nothing sets there is one thing to say.
    if !host && !lint.variables.is_set(&reference.name) {
        return;
    }
    let kinds: Vec<Kind> = Kind::along(reference, &lint.variables).collect();
    for (i, (step, kind)) in reference.steps.iter().zip(kinds).enumerate() {
        if host && i == 0 {
            continue;
        }
        let of_path = i == 1 && host && reference.name == "input";
        match &step.kind {
            StepKind::Property(name) => property(name, step, kind, of_path, lint),
            // Behind a function that does not exist there is nothing to say either.
            StepKind::Call(..) if reference.name == "util" && kind == Kind::Unknown => {}
            StepKind::Call(name, _) => call(name, step, kind, lint),
            StepKind::Index(_) => {}
        }
    }
}

fn property(name: &str, step: &Step, kind: Kind, of_path: bool, lint: &mut Lint<'_>) {
    let counts = name == "size" || name == "length";
    let method = METHODS.contains(&name)
        || counts && (of_path || matches!(kind, Kind::Text | Kind::List))
        || kind == Kind::Text && MethodName::named(name).is_some();
    if method {
        let called = match (name, kind) {
            ("size", Kind::Text) => "length",
            ("length", Kind::List | Kind::Given) => "size",
            _ => name,
        };
        lint.add(
            Warning::new(
                "not-called",
                step.span,
                format!("`.{name}` reads a member of that name, and is empty where there is none"),
            )
            .with_help(format!("to call the method, write `.{called}()`")),
        );
    } else if kind == Kind::Text && !matches!(name, "class" | "bytes" | "empty" | "blank") {
        let help = if of_path {
            "`$input.path('$')` gives the object: `$input.path('$').name`"
        } else {
            "`$util.parseJson(…)` makes an object of a JSON text"
        };
        lint.add(
            Warning::new(
                "member-of-text",
                step.span,
                format!("a text has no members, so `.{name}` is empty"),
            )
            .with_help(help),
        );
    }
}

fn call(name: &str, step: &Step, kind: Kind, lint: &mut Lint<'_>) {
    let of = match kind {
        Kind::Text => "java.lang.String has",
        Kind::List => "java.util.List has",
        Kind::Map => "java.util.Map has",
        _ => "nothing that a template meets has",
    };
    let help = match (name, kind) {
        ("size", Kind::Text) => "the method of texts is `.length()`".to_owned(),
        ("length", Kind::List | Kind::Map) => {
            "the method of lists and maps is `.size()`".to_owned()
        }
        _ if MethodName::named(name).is_some() => return,
        ("push" | "append", _) => "Java's method is `.add(…)`".to_owned(),
        ("includes", _) => "Java's method is `.contains(…)`".to_owned(),
        ("count", _) => "Java's method is `.size()`".to_owned(),
        ("keys", _) => "Java's method is `.keySet()`".to_owned(),
        ("toJson" | "toJSON" | "stringify", _) => {
            "`$input.json('$.member')` writes JSON of the payload".to_owned()
        }
        _ => did_you_mean(name, SUGGESTED, "a method that does not exist prints nothing"),
    };
    lint.add(
        Warning::new("unknown-method", step.span, format!("{of} no method `{name}`"))
            .with_help(help),
    );
}

const SUGGESTED: [&str; 30] = [
    "add",
    "addAll",
    "concat",
    "contains",
    "containsKey",
    "endsWith",
    "entrySet",
    "equals",
    "equalsIgnoreCase",
    "get",
    "indexOf",
    "isEmpty",
    "keySet",
    "lastIndexOf",
    "length",
    "matches",
    "parseInt",
    "put",
    "putAll",
    "remove",
    "replace",
    "replaceAll",
    "size",
    "split",
    "startsWith",
    "substring",
    "toLowerCase",
    "toString",
    "toUpperCase",
    "trim",
];
