//! What a Lambda function of an `AWS_PROXY` integration returned → a response, if it has the form.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::gateway::message::Fields;
use crate::gateway::message::Response;
use crate::gateway::payload::{BinaryMediaTypes, Kind as PayloadKind};
use crate::java::base64;
use crate::json::{Document, Kind, NodeRef};
use crate::value::Value;

/// Why there is no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::gateway) enum Unusable {
    /// Not of the form: 502
    Malformed,
    /// `body` had to be decoded from Base64 and is none: 500
    NotBase64,
}

const MEMBERS: [&str; 5] =
    ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"];

/// Reads an answer. The body is decoded where the function says that it is in Base64 and the first media type of the
/// client's `Accept` is a binary one (asserted by tests on AWS).
pub(in crate::gateway) fn response(
    answer: &[u8],
    accept: Option<&str>,
    binary_media_types: &BinaryMediaTypes,
) -> Result<Response<'static>, Unusable> {
    let text = std::str::from_utf8(answer).map_err(|_| Unusable::Malformed)?;
    let document = Document::parse(text).ok().filter(Document::is_strict_json);
    let document = document.ok_or(Unusable::Malformed)?;
    let root = document.root();
    let known = |name: &str| MEMBERS.contains(&name);
    if root.kind() != Kind::Object || !root.entries().all(|(name, _)| known(&name)) {
        return Err(Unusable::Malformed);
    }
    let status = status(member(root, "statusCode"))?;
    let headers = headers(member(root, "multiValueHeaders"), member(root, "headers"))?;
    let body = match member(root, "body") {
        None => Cow::Borrowed(""),
        Some(body) => body.as_str().ok_or(Unusable::Malformed)?,
    };
    let is_base64_encoded = match member(root, "isBase64Encoded") {
        None => false,
        Some(flag) => flag.as_bool().ok_or(Unusable::Malformed)?,
    };
    // A client that accepts nothing in particular asks for no type of the list, unless that is `*/*`.
    let accepted = binary_media_types.kind(Some(accept.unwrap_or_default()));
    let decodes = is_base64_encoded && accepted == PayloadKind::Binary;
    let body = if decodes {
        base64::decode_bytes(body.as_bytes()).map_err(|_| Unusable::NotBase64)?
    } else {
        body.into_owned().into_bytes()
    };
    Ok(Response { status, headers, body: Cow::Owned(body) })
}

/// A member that is not null.
fn member<'d>(root: NodeRef<'d>, name: &str) -> Option<NodeRef<'d>> {
    root.get(name).filter(|node| node.kind() != Kind::Null)
}

/// A number, or a text that is one; 200 where there is none.
fn status(node: Option<NodeRef<'_>>) -> Result<u16, Unusable> {
    let Some(node) = node else { return Ok(200) };
    let text = match node.kind() {
        Kind::Number | Kind::String => Value::from_node(node).to_text().into_owned(),
        _ => return Err(Unusable::Malformed),
    };
    let status: Option<u16> = text.strip_suffix(".0").unwrap_or(&text).parse().ok();
    status.filter(|status| (100..=599).contains(status)).ok_or(Unusable::Malformed)
}

/// `multiValueHeaders`, then `headers`: a name in both has the values of both, spelled as in the first (recorded).
fn headers(
    multi_value: Option<NodeRef<'_>>,
    single: Option<NodeRef<'_>>,
) -> Result<Fields<'static>, Unusable> {
    let mut fields = Fields::new();
    for (name, values) in members(multi_value)? {
        if values.kind() != Kind::Array {
            return Err(Unusable::Malformed);
        }
        for value in values.elements() {
            fields.push(name.clone().into_owned(), scalar(value)?);
        }
    }
    // How the names of `multiValueHeaders` are spelled, and the values they have.
    let mut spelling: HashMap<String, String> = HashMap::new();
    let mut known: HashSet<(String, String)> = HashSet::new();
    for (name, value) in fields.iter() {
        let lower = name.to_ascii_lowercase();
        spelling.entry(lower.clone()).or_insert_with(|| name.to_owned());
        known.insert((lower, value.to_owned()));
    }
    for (name, value) in members(single)? {
        if value.kind() == Kind::Null {
            continue;
        }
        let (lower, value) = (name.to_ascii_lowercase(), scalar(value)?);
        let spelled = spelling.get(&lower).cloned().unwrap_or_else(|| name.into_owned());
        // The same value again says nothing new.
        if !known.contains(&(lower, value.clone())) {
            fields.push(spelled, value);
        }
    }
    Ok(fields)
}

type Members<'d> = Vec<(Cow<'d, str>, NodeRef<'d>)>;

fn members(node: Option<NodeRef<'_>>) -> Result<Members<'_>, Unusable> {
    match node {
        None => Ok(Vec::new()),
        Some(node) if node.kind() == Kind::Object => Ok(node.entries().collect()),
        Some(_) => Err(Unusable::Malformed),
    }
}

/// A text, a number, true or false.
fn scalar(node: NodeRef<'_>) -> Result<String, Unusable> {
    match node.kind() {
        Kind::String | Kind::Number | Kind::Bool => {
            Ok(Value::from_node(node).to_text().into_owned())
        }
        Kind::Null | Kind::Array | Kind::Object => Err(Unusable::Malformed),
    }
}
