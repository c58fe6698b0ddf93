//! The first thing of a reference: API Gateway's variables, and those that nothing sets.

use super::kind::host_root;
use super::nearest::nearest;
use super::walk::{Lint, Use};
use super::{context, input, names, util};
use crate::Warning;
use crate::template::ast::{Reference, ReferenceKind, StepKind};

/// Names that stand for "nothing" on purpose, and those that Velocity sets itself.
const NEVER_SET: [&str; 11] = [
    "null",
    "nil",
    "none",
    "undefined",
    "nothing",
    "empty",
    "foreach",
    "velocityCount",
    "velocityHasNext",
    "macro",
    "define",
];

pub(super) fn check(reference: &Reference, used: Use, lint: &mut Lint<'_>) {
    if !lint.api_gateway() || reference.kind != ReferenceKind::Value {
        return;
    }
    match host_root(reference, &lint.variables) {
        Some("context") => context::check(reference, lint),
        Some("util") => util::check(reference, lint),
        Some("input") => input::check(reference, lint),
        Some(_) => {}
        None => unset(reference, used, lint),
    }
}

fn unset(reference: &Reference, used: Use, lint: &mut Lint<'_>) {
    let name = reference.name.as_str();
    let missing_is_meant = used == Use::Compared && reference.steps.is_empty();
    if lint.variables.is_set(name) || NEVER_SET.contains(&name) || missing_is_meant {
        return;
    }
    if !lint.told.insert(name.to_owned()) {
        return;
    }
    let span = reference.span;
    let warning = match name {
        "ctx" => Warning::new("appsync-only", span, "`$ctx` is a variable of AppSync")
            .with_help("API Gateway has `$context`, `$input` and `$stageVariables`"),
        "utils" => Warning::new("appsync-only", span, "`$utils` is a variable of AppSync")
            .with_help("API Gateway calls it `$util`"),
        _ if is_parameter_mapping(reference) => Warning::new(
            "parameter-mapping",
            span,
            format!("`${name}` belongs to parameter mappings; in a template it is empty"),
        )
        .with_help("write `$input.params('name')` for a parameter, `$input.path('$.name')` for a member of the body"),
        _ => match names::glued_variable(reference, used, lint) {
            Some(warning) => warning,
            None => {
                let message = format!("nothing sets `${name}`, so it is empty");
                let warning = Warning::new("unset-variable", span, message);
                let hosts = ["input", "util", "context", "stageVariables"];
                match nearest(name, hosts.into_iter().chain(lint.variables.names())) {
                    Some(meant) => warning.with_help(format!("did you mean `${meant}`?")),
                    None => warning,
                }
            }
        },
    };
    lint.add(warning);
}

/// `$method.request.path.id`, `$integration.response.body`, `$request.header.name`
fn is_parameter_mapping(reference: &Reference) -> bool {
    let Some(StepKind::Property(member)) = reference.steps.first().map(|s| &s.kind) else {
        return false;
    };
    match reference.name.as_str() {
        "method" => member == "request" || member == "response",
        "integration" => member == "request" || member == "response",
        "request" | "response" => {
            ["header", "headers", "path", "querystring", "body"].contains(&member.as_str())
        }
        _ => false,
    }
}
