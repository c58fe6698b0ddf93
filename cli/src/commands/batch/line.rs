//! A line that asks for a render: its members, and what may stand in them.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value};
use transom::{Dialect, Params};

use super::answer::Failure;
use crate::request::{Request, as_text};

/// What the line asks for.
pub(super) struct Render {
    pub(super) template: String,
    pub(super) dialect: Dialect,
    pub(super) request: Request,
}

/// Reads the members; those that it does not know may be there.
pub(super) fn read(mut line: Map<String, Value>) -> Result<Render, Failure> {
    let mut take = |name: &str| line.remove(name).unwrap_or_default();
    let template = match take("template") {
        Value::String(text) => text,
        Value::Null => return Err(wrong("`template` is missing")),
        _ => return Err(wrong("`template` is a text")),
    };
    let dialect = match take("dialect") {
        Value::Null => Dialect::ApiGateway,
        Value::String(name) if name == "apigateway" => Dialect::ApiGateway,
        Value::String(name) if name == "velocity" => Dialect::Velocity,
        other => {
            return Err(wrong(format!("`dialect` is \"apigateway\" or \"velocity\", not {other}")));
        }
    };
    let request = Request {
        body: body(take("body"), take("bodyBase64"))?,
        params: params(take("params"))?,
        context: object("context", take("context"))?,
        stage_variables: object("stageVariables", take("stageVariables"))?,
        host: Some(Value::Object(object("vars", take("vars"))?)),
    };
    Ok(Render { template, dialect, request })
}

fn wrong(message: impl Into<String>) -> Failure {
    Failure::plain("input", message)
}

fn body(text: Value, base64: Value) -> Result<Option<String>, Failure> {
    match (text, base64) {
        (Value::Null, Value::Null) => Ok(None),
        (Value::String(text), Value::Null) => Ok(Some(text)),
        (Value::Null, Value::String(code)) => match BASE64_STANDARD.decode(code) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(error) => Err(wrong(format!("`bodyBase64` is not base64: {error}"))),
        },
        (Value::Null, _) => Err(wrong("`bodyBase64` is a text")),
        (_, Value::Null) => Err(wrong("`body` is a text, with the payload's JSON in it")),
        _ => Err(wrong("there is one body: `body` or `bodyBase64`")),
    }
}

fn params(value: Value) -> Result<Params, Failure> {
    let mut all = object("params", value)?;
    let mut list = |name: &str, full: &str| -> Result<Vec<(String, String)>, Failure> {
        let members = object(full, all.remove(name).unwrap_or_default())?;
        Ok(members.into_iter().filter_map(|(name, value)| Some((name, as_text(value)?))).collect())
    };
    Ok(Params {
        path: list("path", "params.path")?,
        querystring: list("querystring", "params.querystring")?,
        header: list("header", "params.header")?,
    })
}

fn object(name: &str, value: Value) -> Result<Map<String, Value>, Failure> {
    match value {
        Value::Null => Ok(Map::new()),
        Value::Object(members) => Ok(members),
        _ => Err(wrong(format!("`{name}` is an object"))),
    }
}
