//! The messages of an exchange as JSON.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value};
use transom::gateway::{Fields, GatewayResponse, Request, Response};

/// `integrationRequest`
pub(crate) fn request(out: &mut Map<String, Value>, request: &Request<'_>) {
    let mut members = Map::new();
    members.insert("method".to_owned(), request.method.as_ref().into());
    members.insert("uri".to_owned(), request.uri.as_ref().into());
    let path = request.path.iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    members.insert("path".to_owned(), Value::Object(path));
    members.insert("query".to_owned(), lists(&request.query));
    members.insert("headers".to_owned(), lists(&request.headers));
    body(&mut members, &request.body);
    out.insert("integrationRequest".to_owned(), Value::Object(members));
}

/// `response` and `gatewayResponse`
pub(crate) fn response(
    out: &mut Map<String, Value>,
    response: &Response<'_>,
    response_type: Option<&str>,
) {
    let mut members = Map::new();
    members.insert("status".to_owned(), response.status.into());
    members.insert("headers".to_owned(), lists(&response.headers));
    body(&mut members, &response.body);
    out.insert("response".to_owned(), Value::Object(members));
    out.insert("gatewayResponse".to_owned(), response_type.into());
}

/// A response that API Gateway made by itself.
pub(crate) fn refused(out: &mut Map<String, Value>, refused: GatewayResponse) {
    let response_type = refused.response_type.as_str();
    response(out, &refused.into(), Some(response_type));
}

fn lists(fields: &Fields<'_>) -> Value {
    let list = fields.grouped().into_iter();
    Value::Object(list.map(|(name, values)| (name.to_owned(), values.into())).collect())
}

fn body(members: &mut Map<String, Value>, body: &[u8]) {
    match std::str::from_utf8(body) {
        Ok(text) => members.insert("body".to_owned(), text.into()),
        Err(_) => members.insert("bodyBase64".to_owned(), BASE64_STANDARD.encode(body).into()),
    };
}
