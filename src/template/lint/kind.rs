//! What kind of value an expression has, as far as the template alone can tell.

use super::variables::Variables;
use crate::template::ast::{Expr, ExprKind, Operator, Reference, ReferenceKind, Step, StepKind};

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Boolean,
    Number,
    Text,
    List,
    Map,
    /// Out of a payload, a map or the host: anything, and perhaps missing
    Given,
    Unknown,
}

impl Kind {
    /// The kind of a value that is of one of two kinds.
    pub(super) fn or(self, other: Kind) -> Kind {
        if self == other { self } else { Kind::Unknown }
    }

    /// In words, for a message: `a text`.
    pub(super) fn words(self) -> &'static str {
        match self {
            Kind::Boolean => "a boolean",
            Kind::Number => "a number",
            Kind::Text => "a text",
            Kind::List => "a list",
            Kind::Map => "a map",
            Kind::Given | Kind::Unknown => "this",
        }
    }

    pub(super) fn of(expr: &Expr, variables: &Variables) -> Kind {
        match &expr.kind {
            ExprKind::Integer(_) | ExprKind::Float(_) => Kind::Number,
            ExprKind::Boolean(_) | ExprKind::Not(_) => Kind::Boolean,
            ExprKind::Text(_) | ExprKind::Interpolated(_) => Kind::Text,
            ExprKind::List(_) | ExprKind::Range(..) => Kind::List,
            ExprKind::Map(_) => Kind::Map,
            ExprKind::Reference(reference) => Kind::of_reference(reference, variables),
            ExprKind::Parentheses(inner) => Kind::of(inner, variables),
            ExprKind::Word(_) => Kind::Unknown,
            ExprKind::Binary(binary) => match binary.operator {
                Operator::Add => {
                    let left = Kind::of(&binary.left, variables);
                    let right = Kind::of(&binary.right, variables);
                    if left == Kind::Text || right == Kind::Text {
                        Kind::Text
                    } else {
                        left.or(right)
                    }
                }
                Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Modulo => {
                    Kind::Number
                }
                _ => Kind::Boolean,
            },
        }
    }

    pub(super) fn of_reference(reference: &Reference, variables: &Variables) -> Kind {
        Kind::along(reference, variables).last().unwrap_or(Kind::Unknown)
    }

    /// The kind of the variable, then the kind behind each step.
    pub(super) fn along<'r>(
        reference: &'r Reference,
        variables: &'r Variables,
    ) -> impl Iterator<Item = Kind> + 'r {
        let host = host_root(reference, variables);
        let mut kind = match reference.kind {
            ReferenceKind::Value if host.is_none() => variables.kind(&reference.name),
            _ => Kind::Unknown,
        };
        let behind = reference.steps.iter().enumerate().map(move |(i, step)| {
            kind = match host {
                Some(root) if i == 0 => host_member(root, step),
                _ => behind(kind, step),
            };
            kind
        });
        std::iter::once(kind).chain(behind)
    }
}

/// The name of the variable, if it is one of API Gateway's own.
pub(super) fn host_root<'r>(reference: &'r Reference, variables: &Variables) -> Option<&'r str> {
    let name = reference.name.as_str();
    let host = matches!(name, "input" | "util" | "context" | "stageVariables");
    (host
        && variables.api_gateway
        && reference.kind == ReferenceKind::Value
        && !variables.is_set(name))
    .then_some(name)
}

/// The kind of the first step off one of API Gateway's variables.
fn host_member(root: &str, step: &Step) -> Kind {
    match (root, &step.kind) {
        ("input", StepKind::Property(name)) if name == "body" => Kind::Text,
        ("input", StepKind::Call(name, arguments)) => match name.as_str() {
            "path" => Kind::Given,
            "json" => Kind::Text,
            "params" if arguments.is_empty() => Kind::Map,
            "params" => Kind::Text,
            _ => Kind::Unknown,
        },
        ("util", StepKind::Call(name, _)) => match name.as_str() {
            "parseJson" => Kind::Given,
            "escapeJavaScript" | "urlEncode" | "urlDecode" | "base64Encode" | "base64Decode" => {
                Kind::Text
            }
            _ => Kind::Unknown,
        },
        ("context" | "stageVariables", StepKind::Property(_) | StepKind::Index(_)) => Kind::Given,
        _ => Kind::Unknown,
    }
}

fn behind(kind: Kind, step: &Step) -> Kind {
    match &step.kind {
        StepKind::Property(_) | StepKind::Index(_) => match kind {
            Kind::Given | Kind::Map => Kind::Given,
            _ => Kind::Unknown,
        },
        StepKind::Call(name, _) => match name.as_str() {
            "contains" | "containsKey" | "containsValue" | "isEmpty" | "isBlank" | "equals"
            | "equalsIgnoreCase" | "matches" | "startsWith" | "endsWith" => Kind::Boolean,
            "size" | "length" | "indexOf" | "lastIndexOf" | "compareTo" | "hashCode"
            | "parseInt" | "parseLong" | "parseDouble" | "intValue" | "longValue"
            | "doubleValue" => Kind::Number,
            "toString" | "trim" | "toLowerCase" | "toUpperCase" | "replaceAll" | "replaceFirst"
            | "substring" | "concat" | "getName" => Kind::Text,
            "split" | "subList" | "keySet" | "values" | "entrySet" | "toArray" => Kind::List,
            "get" | "getOrDefault" if matches!(kind, Kind::Given | Kind::Map) => Kind::Given,
            _ => Kind::Unknown,
        },
    }
}
