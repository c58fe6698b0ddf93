//! A source of a parameter mapping and the messages → its value.

use std::borrow::Cow;

use crate::gateway::config::{Location, Stage};
use crate::gateway::message::Fields;
use crate::gateway::parsed::Parsed;
use crate::host::input::find_in_place;
use crate::json::{Document, NodeRef, Slash};
use crate::jsonpath::AnyPath;
use crate::value::Value;

/// Where a mapped value comes from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// `'text'`
    Static(Box<str>),
    /// `context.identity.sourceIp`
    Context(Box<str>),
    /// `stageVariables.name`
    StageVariable(Box<str>),
    /// `method.request.querystring.q`; with `all`, `multivalue…`
    Parameter { location: Location, name: Box<str>, all: bool },
    /// `method.request.body`, or what a JSONPath finds in it
    Body(Option<Box<BodyPath>>),
}

#[derive(Clone, Debug)]
pub(super) struct BodyPath {
    pub(super) path: AnyPath,
    /// The rest of a path that begins with `errorMessage`: a Lambda function's error is often JSON as a text, and mappings,
    /// unlike templates, look into it
    pub(super) in_error_message: Option<AnyPath>,
}

/// What sources are looked up in.
pub(in crate::gateway) struct Scope<'s, 't> {
    pub(in crate::gateway) headers: &'s Fields<'s>,
    pub(in crate::gateway) path: &'s Fields<'s>,
    pub(in crate::gateway) query: &'s Fields<'s>,
    pub(in crate::gateway) stage: &'s Stage,
    /// `$context`, where any source reads it
    pub(in crate::gateway) context: Option<NodeRef<'s>>,
    pub(in crate::gateway) body: &'s Parsed<'t>,
}

/// The value of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::gateway) enum Resolved<'s> {
    Missing,
    One(Cow<'s, str>),
    Many(Vec<&'s str>),
}

/// A body that begins like JSON and is none: even a mapping of the whole body fails then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::gateway) struct MalformedBody;

/// How many nodes a JSONPath of a mapping may look at.
const STEPS: u64 = 10_000_000;

impl Source {
    /// Whether it reads `context`.
    pub(super) fn reads_context(&self) -> bool {
        matches!(self, Source::Context(_))
    }

    pub(super) fn resolve<'s>(
        &'s self,
        scope: &Scope<'s, '_>,
    ) -> Result<Resolved<'s>, MalformedBody> {
        Ok(match self {
            Source::Static(text) => one(Some(text)),
            Source::StageVariable(name) => one(scope.stage.variable(name)),
            Source::Context(path) => {
                scalar(scope.context.and_then(|context| context_member(context, path)))
            }
            Source::Body(path) => return body(path.as_deref(), scope.body),
            Source::Parameter { location, name, all } => {
                let fields = match location {
                    Location::Header => scope.headers,
                    Location::Path => scope.path,
                    Location::Querystring => scope.query,
                };
                match all {
                    false => one(fields.last(name)),
                    true => {
                        let values: Vec<&str> =
                            fields.iter().filter(|(n, _)| *n == &**name).map(|(_, v)| v).collect();
                        if values.is_empty() { Resolved::Missing } else { Resolved::Many(values) }
                    }
                }
            }
        })
    }
}

impl<'s> Resolved<'s> {
    /// One text: values of a header are joined by commas.
    pub(super) fn joined(self) -> Option<Cow<'s, str>> {
        match self {
            Resolved::Missing => None,
            Resolved::One(text) => Some(text),
            Resolved::Many(values) => match values.as_slice() {
                [value] => Some(Cow::Borrowed(*value)),
                _ => Some(Cow::Owned(values.join(","))),
            },
        }
        // An empty value counts as none: what the emulators do, and nothing is known against it.
        .filter(|text| !text.is_empty())
    }

    /// The values of a query parameter, each on its own.
    pub(super) fn values(self) -> Vec<Cow<'s, str>> {
        match self {
            Resolved::Many(values) => values.into_iter().map(Cow::Borrowed).collect(),
            other => other.joined().into_iter().collect(),
        }
    }
}

fn one(text: Option<&str>) -> Resolved<'_> {
    text.map_or(Resolved::Missing, |text| Resolved::One(Cow::Borrowed(text)))
}

/// A member of `$context`: `identity.sourceIp`, `authorizer.claims.custom:role`. A name may hold dots.
pub(in crate::gateway) fn context_member<'s>(node: NodeRef<'s>, path: &str) -> Option<NodeRef<'s>> {
    let (mut node, mut path) = (node, path);
    loop {
        if let Some(found) = node.get(path) {
            return Some(found);
        }
        let (name, rest) = path.split_once('.')?;
        (node, path) = (node.get(name)?, rest);
    }
}

/// A value that is no object and no list, as a text.
pub(in crate::gateway) fn scalar(node: Option<NodeRef<'_>>) -> Resolved<'_> {
    match node.map(Value::from_node) {
        Some(value @ (Value::Text(_) | Value::Bool(_))) => Resolved::One(owned_text(&value)),
        Some(value) if value.is_number() => Resolved::One(owned_text(&value)),
        _ => Resolved::Missing,
    }
}

fn owned_text<'s>(value: &Value<'_>) -> Cow<'s, str> {
    Cow::Owned(value.to_text().into_owned())
}

/// The body or a part of it. It is read as JSON only where it begins like JSON, also for a mapping of all of it (tried on
/// API Gateway by hand); an empty one is `{}`.
fn body<'s>(path: Option<&BodyPath>, body: &'s Parsed<'_>) -> Result<Resolved<'s>, MalformedBody> {
    let text = match body.text().trim() {
        "" if path.is_some() => return Ok(Resolved::Missing),
        "" => return Ok(one(Some("{}"))),
        text if text.starts_with(['{', '[', '"', '\'']) => text,
        text => return Ok(if path.is_some() { Resolved::Missing } else { one(Some(text)) }),
    };
    let document = body.document().ok_or(MalformedBody)?;
    let Some(path) = path else { return Ok(one(Some(text))) };
    let found = find(&path.path, document.root());
    if found != Resolved::Missing {
        return Ok(found);
    }
    let error_message = document.root().get("errorMessage").and_then(NodeRef::as_str);
    Ok(match (&path.in_error_message, error_message) {
        (Some(rest), Some(inner)) => match Document::parse(&inner) {
            Ok(inner) => find(rest, inner.root()),
            Err(_) => Resolved::Missing,
        },
        _ => Resolved::Missing,
    })
}

fn find<'s>(path: &AnyPath, root: NodeRef<'_>) -> Resolved<'s> {
    let mut steps = STEPS;
    let found = match find_in_place(path, root, &mut steps) {
        Ok(Value::Null) | Err(_) => return Resolved::Missing,
        Ok(found) => found,
    };
    match &found {
        Value::List(_) | Value::Map(_) | Value::Node(_) => {
            let mut json = String::new();
            match found.print_json(&mut json, Slash::Plain) {
                Ok(()) => Resolved::One(Cow::Owned(json)),
                Err(_) => Resolved::Missing,
            }
        }
        scalar => Resolved::One(owned_text(scalar)),
    }
}
