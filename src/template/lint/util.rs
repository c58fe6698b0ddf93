//! `$util.toJson`: functions that API Gateway does not have, and AppSync's.

use super::nearest::did_you_mean;
use super::walk::Lint;
use crate::Warning;
use crate::template::ast::{Reference, StepKind};

const FUNCTIONS: [&str; 6] =
    ["escapeJavaScript", "parseJson", "urlEncode", "urlDecode", "base64Encode", "base64Decode"];

/// Of AppSync's resolver mapping template reference.
const APPSYNC: [&str; 44] = [
    "appendError",
    "authRules",
    "authType",
    "autoId",
    "autoKsuid",
    "autoUlid",
    "defaultIfNull",
    "defaultIfNullOrBlank",
    "defaultIfNullOrEmpty",
    "dynamodb",
    "error",
    "escapeJavaScript",
    "extensions",
    "http",
    "invalidateCache",
    "isBoolean",
    "isList",
    "isMap",
    "isNull",
    "isNullOrBlank",
    "isNullOrEmpty",
    "isNumber",
    "isString",
    "list",
    "log",
    "map",
    "matches",
    "math",
    "parseJson",
    "qr",
    "quiet",
    "rds",
    "str",
    "time",
    "toJson",
    "toJsonString",
    "toXml",
    "transform",
    "typeOf",
    "unauthorized",
    "urlDecode",
    "urlEncode",
    "validate",
    "xml",
];

const HAS: &str =
    "it has escapeJavaScript, parseJson, urlEncode, urlDecode, base64Encode and base64Decode";

pub(super) fn check(reference: &Reference, lint: &mut Lint<'_>) {
    let Some(step) = reference.steps.first() else { return };
    let (name, arguments) = match &step.kind {
        StepKind::Property(name) => (name.as_str(), None),
        StepKind::Call(name, arguments) => (name.as_str(), Some(arguments.len())),
        StepKind::Index(_) => return,
    };
    let warning = match arguments {
        _ if !FUNCTIONS.contains(&name) && APPSYNC.contains(&name) => {
            Warning::new("appsync-only", step.span, format!("`$util.{name}` is AppSync's"))
                .with_help(instead(name))
        }
        _ if !FUNCTIONS.contains(&name) => {
            let help = did_you_mean(name, FUNCTIONS, HAS);
            Warning::new("unknown-util", step.span, format!("`$util` has no `{name}`"))
                .with_help(help)
        }
        None => not_called("util", name, step.span),
        Some(1) => return,
        Some(count) => {
            let message = format!("`$util.{name}` takes one argument, not {count}");
            Warning::new("wrong-arguments", step.span, message)
                .with_help("with another number of arguments the call is empty")
        }
    };
    lint.add(warning);
}

/// A function of API Gateway's without its parentheses.
pub(super) fn not_called(root: &str, name: &str, span: crate::Span) -> Warning {
    Warning::new(
        "not-called",
        span,
        format!("`${root}.{name}` is a function, and empty without its `(…)`"),
    )
    .with_help(format!("write `${root}.{name}(…)`"))
}

/// What does the same in API Gateway.
fn instead(name: &str) -> &'static str {
    match name {
        "toJson" | "toJsonString" => "`$input.json('$.member')` writes JSON of the payload",
        "qr" | "quiet" => "`#set($ignored = …)` does something without printing its result",
        "error" | "appendError" | "unauthorized" | "validate" => {
            "`#set($context.responseOverride.status = 400)` makes an answer an error"
        }
        "defaultIfNull"
        | "defaultIfNullOrBlank"
        | "defaultIfNullOrEmpty"
        | "isNull"
        | "isNullOrBlank"
        | "isNullOrEmpty" => "a missing value equals the empty text: `#if($x == '')…#else…#end`",
        "autoId" | "autoUlid" | "autoKsuid" => "`$context.requestId` is another for each request",
        "time" => "`$context.requestTimeEpoch` is the time of the request",
        _ => {
            "API Gateway has escapeJavaScript, parseJson, urlEncode, urlDecode, base64Encode and base64Decode"
        }
    }
}
