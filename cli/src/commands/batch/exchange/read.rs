//! The members of a line that asks for an exchange, and what may stand in them.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};
use transom::gateway::{Failure as Refusal, Fields, Request, Response, ResponseType};

use crate::commands::batch::answer::Failure;
use crate::request::as_text;

/// What the line asks for.
pub(super) struct Line {
    pub(super) api: Value,
    pub(super) resource_path: String,
    pub(super) method: Value,
    pub(super) stage: Value,
    pub(super) context: Map<String, Value>,
    pub(super) request: OwnedRequest,
    pub(super) answered: Answered,
    pub(super) refusal: Option<Refusal>,
}

/// What the backend did.
pub(crate) enum Answered {
    With(OwnedResponse),
    Echo,
    TimedOut,
    Unreachable,
    Absent,
}

pub(super) struct OwnedRequest {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

pub(crate) struct OwnedResponse {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl OwnedRequest {
    pub(super) fn borrowed(&self) -> Request<'_> {
        Request {
            method: self.method.as_str().into(),
            uri: self.path.as_str().into(),
            path: Fields::new(),
            query: fields(&self.query),
            headers: fields(&self.headers),
            body: self.body.as_slice().into(),
        }
    }
}

impl OwnedResponse {
    pub(crate) fn borrowed(&self) -> Response<'_> {
        Response {
            status: self.status,
            headers: fields(&self.headers),
            body: self.body.as_slice().into(),
        }
    }
}

fn fields(list: &[(String, String)]) -> Fields<'_> {
    list.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

pub(super) fn line(mut line: Map<String, Value>) -> Result<Line, Failure> {
    let mut take = |name: &str| line.remove(name).unwrap_or_default();
    let or_empty = |value: Value| if value.is_null() { json!({}) } else { value };
    Ok(Line {
        api: or_empty(take("api")),
        resource_path: text("resourcePath", take("resourcePath"))?.unwrap_or_else(|| "/".into()),
        method: or_empty(take("method")),
        stage: or_empty(take("stage")),
        context: with_ids(object("context", take("context"))?),
        request: request(take("request"))?,
        answered: answered(take("integrationResponse"))?,
        refusal: refusal(take("refuse"))?,
    })
}

/// Every request has ids; those of a line that gives none are always the same, so that answers can be compared.
fn with_ids(mut context: Map<String, Value>) -> Map<String, Value> {
    let ids = [
        ("requestId", "00000000-0000-4000-8000-000000000000"),
        ("extendedRequestId", "AAAAAAAAAAAAAAA="),
    ];
    for (name, id) in ids {
        context.entry(name).or_insert_with(|| id.into());
    }
    context
}

fn request(value: Value) -> Result<OwnedRequest, Failure> {
    let mut members = object("request", value)?;
    let mut take = |name: &str| members.remove(name).unwrap_or_default();
    Ok(OwnedRequest {
        method: text("request.method", take("method"))?.unwrap_or_else(|| "GET".into()),
        path: text("request.path", take("path"))?.unwrap_or_else(|| "/".into()),
        query: lists("request.query", take("query"))?,
        headers: lists("request.headers", take("headers"))?,
        body: body("request", take("body"), take("bodyBase64"))?,
    })
}

/// `integrationResponse`: what the backend did.
pub(crate) fn answered(value: Value) -> Result<Answered, Failure> {
    if value.is_null() {
        return Ok(Answered::Absent);
    }
    let mut members = object("integrationResponse", value)?;
    let mut take = |name: &str| members.remove(name).unwrap_or_default();
    if take("echo") == Value::Bool(true) {
        return Ok(Answered::Echo);
    }
    match take("failure") {
        Value::Null => {}
        Value::String(failure) if failure == "timeout" => return Ok(Answered::TimedOut),
        Value::String(failure) if failure == "connection" => return Ok(Answered::Unreachable),
        other => {
            let message = format!(
                "`integrationResponse.failure` is \"timeout\" or \"connection\", not {other}"
            );
            return Err(wrong(message));
        }
    }
    let status = match take("status") {
        Value::Null => Some(200),
        Value::Number(n) => n.as_u64().and_then(|n| u16::try_from(n).ok()),
        _ => None,
    };
    let Some(status) = status.filter(|status| (100..=999).contains(status)) else {
        return Err(wrong("`integrationResponse.status` is a number of three digits"));
    };
    Ok(Answered::With(OwnedResponse {
        status,
        headers: lists("integrationResponse.headers", take("headers"))?,
        body: body("integrationResponse", take("body"), take("bodyBase64"))?,
    }))
}

fn refusal(value: Value) -> Result<Option<Refusal>, Failure> {
    if value.is_null() {
        return Ok(None);
    }
    let mut members = object("refuse", value)?;
    let Some(name) =
        text("refuse.responseType", members.remove("responseType").unwrap_or_default())?
    else {
        return Err(wrong("`refuse.responseType` is missing"));
    };
    let Some(response_type) = ResponseType::parse(&name) else {
        return Err(wrong(format!("`refuse.responseType` is no response type: {name}")));
    };
    let message = text("refuse.message", members.remove("message").unwrap_or_default())?;
    Ok(Some(Refusal { message, ..Refusal::from(response_type) }))
}

/// Names and values: a value is a list or one text.
fn lists(name: &str, value: Value) -> Result<Vec<(String, String)>, Failure> {
    let mut list = Vec::new();
    for (member, value) in object(name, value)? {
        let values = match value {
            Value::Array(values) => values,
            Value::Object(_) => {
                return Err(wrong(format!("`{name}.{member}` is a list of texts")));
            }
            value => vec![value],
        };
        for value in values.into_iter().filter_map(as_text) {
            list.push((member.clone(), value));
        }
    }
    Ok(list)
}

fn body(name: &str, text: Value, base64: Value) -> Result<Vec<u8>, Failure> {
    match (text, base64) {
        (Value::Null, Value::Null) => Ok(Vec::new()),
        (Value::String(text), Value::Null) => Ok(text.into_bytes()),
        (Value::Null, Value::String(code)) => BASE64_STANDARD
            .decode(code)
            .map_err(|error| wrong(format!("`{name}.bodyBase64` is not base64: {error}"))),
        (Value::Null, _) => Err(wrong(format!("`{name}.bodyBase64` is a text"))),
        (_, Value::Null) => {
            Err(wrong(format!("`{name}.body` is a text, with the payload's JSON in it")))
        }
        _ => Err(wrong(format!("`{name}` has one body: `body` or `bodyBase64`"))),
    }
}

fn text(name: &str, value: Value) -> Result<Option<String>, Failure> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        _ => Err(wrong(format!("`{name}` is a text"))),
    }
}

fn object(name: &str, value: Value) -> Result<Map<String, Value>, Failure> {
    match value {
        Value::Null => Ok(Map::new()),
        Value::Object(members) => Ok(members),
        _ => Err(wrong(format!("`{name}` is an object"))),
    }
}

fn wrong(message: impl Into<String>) -> Failure {
    Failure::plain("input", message)
}
