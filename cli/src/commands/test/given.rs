//! `given` → what a case gives to its template or its method.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};
use transom::Params;

use super::file::{entries, mapping, text};
use super::subject::Subject;
use super::yaml::{Entry, Kind, Node, Wrong};

/// The keys of `given`.
pub(super) const GIVEN: &[&str] = &[
    "body",
    "bodyFile",
    "bodyBase64",
    "params",
    "context",
    "stageVariables",
    "request",
    "backend",
    "refuse",
];
/// Those that only a method has a use for.
const OF_METHODS: &[&str] = &["request", "backend", "refuse"];
/// The keys of `params`.
pub(super) const PARAMS: &[&str] = &["path", "querystring", "header"];
/// The keys of `request`.
pub(super) const REQUEST: &[&str] = &["method", "path", "query", "headers"];
/// The keys of `backend`.
pub(super) const BACKEND: &[&str] =
    &["status", "headers", "body", "bodyFile", "bodyBase64", "failure"];
/// The keys of `refuse`.
pub(super) const REFUSE: &[&str] = &["responseType", "message"];
/// The keys of a body, of which there is one.
const BODY: &[&str] = &["body", "bodyFile", "bodyBase64"];

/// What a case gives.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    pub(super) body: Option<Vec<u8>>,
    pub(super) params: Params,
    pub(super) context: Map<String, Value>,
    pub(super) stage_variables: Map<String, Value>,
    /// Method, path, query and headers of a request, in the shape of `transom batch`
    pub(super) request: Map<String, Value>,
    /// `integrationResponse` in the shape of `transom batch`
    pub(super) backend: Option<Value>,
    /// `refuse` in the shape of `transom batch`
    pub(super) refuse: Option<Value>,
}

/// Reads what the file gives to all cases and what the case gives: the case wins, mapping by mapping.
pub(super) fn read(
    file: Option<&Node>,
    case: Option<&Node>,
    subject: &Subject,
    directory: &Path,
) -> Result<Given, Wrong> {
    let mut given = Given::default();
    let is_template = matches!(subject, Subject::Template(_));
    for node in [file, case].into_iter().flatten() {
        let members = entries(node, "`given`", GIVEN)?;
        if let Some(entry) =
            members.iter().find(|e| is_template && OF_METHODS.contains(&e.key.as_str()))
        {
            let message = format!("`{}` is for a method, this tests a template", entry.key);
            return Err(Wrong::new(entry.key_span, message)
                .with_help("a template gets `body` and `params`"));
        }
        if let Some(body) = body(members, directory)? {
            given.body = Some(body);
        }
        for entry in members {
            let value = &entry.value;
            match entry.key.as_str() {
                "params" => params(&mut given.params, value)?,
                "context" => extend(&mut given.context, value, "`context`")?,
                "stageVariables" => {
                    for (name, value) in texts(value, "`stageVariables`")? {
                        given.stage_variables.insert(name, Value::String(value));
                    }
                }
                "request" => {
                    for entry in entries(value, "`request`", REQUEST)? {
                        given.request.insert(entry.key.clone(), entry.value.to_json());
                    }
                }
                "backend" => given.backend = Some(backend(value, directory)?),
                "refuse" => {
                    entries(value, "`refuse`", REFUSE)?;
                    given.refuse = Some(value.to_json());
                }
                _ => {}
            }
        }
    }
    Ok(given)
}

/// The bytes of the one body that these members have.
fn body(members: &[Entry], directory: &Path) -> Result<Option<Vec<u8>>, Wrong> {
    let mut bodies =
        members.iter().filter(|e| BODY.contains(&e.key.as_str()) && !e.value.is_null());
    let Some(entry) = bodies.next() else { return Ok(None) };
    if let Some(second) = bodies.next() {
        return Err(Wrong::new(second.key_span, "there is one body: this is a second"));
    }
    let value = &entry.value;
    Ok(Some(match entry.key.as_str() {
        "bodyFile" => {
            let path = directory.join(text(value, "`bodyFile`")?);
            fs::read(&path).map_err(|error| unreadable(value, &path, &error))?
        }
        "bodyBase64" => {
            let code = text(value, "`bodyBase64`")?;
            let code: String = code.split_whitespace().collect();
            BASE64_STANDARD
                .decode(code)
                .map_err(|error| Wrong::new(value.span, format!("this is not Base64: {error}")))?
        }
        _ => match &value.kind {
            Kind::Text(text) => text.clone().into_bytes(),
            // Whatever is no text is written as the JSON that it is.
            _ => value.to_json().to_string().into_bytes(),
        },
    }))
}

/// A file that a test file names and that cannot be read.
pub(super) fn unreadable(node: &Node, path: &Path, error: &std::io::Error) -> Wrong {
    let reason = error.to_string();
    let reason = reason.split(" (os error").next().unwrap_or_default();
    Wrong::new(node.span, format!("cannot read `{}`: {reason}", path.display()))
        .with_help("a path starts from the test file's directory")
}

fn params(params: &mut Params, node: &Node) -> Result<(), Wrong> {
    for entry in entries(node, "`params`", PARAMS)? {
        let (list, is_header) = match entry.key.as_str() {
            "path" => (&mut params.path, false),
            "querystring" => (&mut params.querystring, false),
            _ => (&mut params.header, true),
        };
        for (name, value) in texts(&entry.value, &format!("`params.{}`", entry.key))? {
            list.retain(|(old, _)| *old != name && !(is_header && old.eq_ignore_ascii_case(&name)));
            list.push((name, value));
        }
    }
    Ok(())
}

/// Names and texts; a number or a truth is taken as it is written.
fn texts(node: &Node, what: &str) -> Result<Vec<(String, String)>, Wrong> {
    let mut list = Vec::new();
    for entry in mapping(node, what)? {
        let value = match &entry.value.kind {
            Kind::Null => continue,
            Kind::Text(text) => text.clone(),
            Kind::Number(_) | Kind::Bool(_) => entry.value.to_json().to_string(),
            Kind::List(_) | Kind::Map(_) => {
                let message = format!("`{}` is a text, not {}", entry.key, entry.value.what());
                return Err(Wrong::new(entry.value.span, message));
            }
        };
        list.push((entry.key.clone(), value));
    }
    Ok(list)
}

fn extend(into: &mut Map<String, Value>, node: &Node, what: &str) -> Result<(), Wrong> {
    for entry in mapping(node, what)? {
        match (into.get_mut(&entry.key), entry.value.to_json()) {
            // One level of `$context` further down there are `identity` and `authorizer`.
            (Some(Value::Object(old)), Value::Object(new)) => old.extend(new),
            (_, value) => {
                into.insert(entry.key.clone(), value);
            }
        }
    }
    Ok(())
}

/// `echo`, an answer or a failure → the shape of `transom batch`.
fn backend(node: &Node, directory: &Path) -> Result<Value, Wrong> {
    if matches!(&node.kind, Kind::Text(text) if text == "echo") {
        return Ok(json!({"echo": true}));
    }
    if !matches!(node.kind, Kind::Map(_)) {
        return Err(Wrong::new(node.span, "`backend` is a mapping or `echo`"));
    }
    let members = entries(node, "`backend`", BACKEND)?;
    let mut out = Map::new();
    for entry in members {
        match entry.key.as_str() {
            "failure" => {
                let failure = text(&entry.value, "`failure`")?;
                if !matches!(failure, "timeout" | "connection") {
                    let message = "`failure` is `timeout` or `connection`";
                    return Err(Wrong::new(entry.value.span, message));
                }
                out.insert("failure".into(), failure.into());
            }
            "status" => {
                let status = entry.value.to_json();
                if !status.as_u64().is_some_and(|status| (100..=999).contains(&status)) {
                    let message = "`status` is a number of three digits";
                    return Err(Wrong::new(entry.value.span, message));
                }
                out.insert("status".into(), status);
            }
            "headers" => {
                mapping(&entry.value, "`headers`")?;
                out.insert("headers".into(), entry.value.to_json());
            }
            _ => {}
        }
    }
    if let Some(body) = body(members, directory)? {
        insert_body(&mut out, &body);
    }
    Ok(Value::Object(out))
}

/// `body`, or `bodyBase64` for what is no text.
pub(super) fn insert_body(out: &mut Map<String, Value>, body: &[u8]) {
    match std::str::from_utf8(body) {
        Ok(text) => out.insert("body".into(), text.into()),
        Err(_) => out.insert("bodyBase64".into(), BASE64_STANDARD.encode(body).into()),
    };
}
