//! A Lambda proxy event of API Gateway, read backwards: from what a function gets to the request that a template sees.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value};

use crate::diagnostic::Diagnostic;
use crate::input::Json;
use crate::request::{Request, as_text};

/// Takes body, parameters, stage variables and `requestContext` (as `$context`) out of the event.
///
/// Absent members and null are nothing, as API Gateway writes them. Of several values the last counts.
pub(crate) fn read(mut event: Json) -> Result<Request, Box<Diagnostic>> {
    let Value::Object(members) = &mut event.value else {
        return Err(event
            .wrong(&[], "an event is a JSON object")
            .with_help("`sam local generate-event apigateway aws-proxy` prints one"));
    };
    let mut members = std::mem::take(members);
    let mut take = |name: &str| members.remove(name).unwrap_or_default();
    let (body, is_base64) = (take("body"), take("isBase64Encoded"));
    let (resource, method) = (take("resource"), take("httpMethod"));

    let found = (|| {
        let mut request = Request { body: payload(body, &is_base64)?, ..Request::default() };
        request.params.path = texts("pathParameters", take("pathParameters"))?;
        request.params.querystring =
            parameters(&mut take, "multiValueQueryStringParameters", "queryStringParameters")?;
        request.params.header = parameters(&mut take, "multiValueHeaders", "headers")?;
        request.stage_variables = object("stageVariables", take("stageVariables"))?;
        request.context = object("requestContext", take("requestContext"))?;
        Ok(request)
    })();
    let mut request = found.map_err(|Wrong { member, message }| event.wrong(&[member], message))?;

    // The same facts under their names in $context; a hand-written event seldom has them twice.
    for (name, value) in [("resourcePath", resource), ("httpMethod", method)] {
        if !value.is_null() && !request.context.contains_key(name) {
            request.context.insert(name.to_owned(), value);
        }
    }
    Ok(request)
}

struct Wrong {
    member: &'static str,
    message: &'static str,
}

fn payload(body: Value, is_base64: &Value) -> Result<Option<String>, Wrong> {
    let text = match body {
        Value::Null => return Ok(None),
        Value::String(text) => text,
        _ => {
            return Err(Wrong {
                member: "body",
                message: "is a text, with the payload's JSON in it",
            });
        }
    };
    match is_base64 {
        Value::Null | Value::Bool(false) => Ok(Some(text)),
        Value::Bool(true) => match BASE64_STANDARD.decode(text) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(_) => Err(Wrong {
                member: "body",
                message: "is not base64, but `isBase64Encoded` is true",
            }),
        },
        _ => Err(Wrong { member: "isBase64Encoded", message: "is true or false" }),
    }
}

fn object(member: &'static str, value: Value) -> Result<Map<String, Value>, Wrong> {
    match value {
        Value::Null => Ok(Map::new()),
        Value::Object(map) => Ok(map),
        _ => Err(Wrong { member, message: "is an object or null" }),
    }
}

fn texts(member: &'static str, value: Value) -> Result<Vec<(String, String)>, Wrong> {
    Ok(object(member, value)?
        .into_iter()
        .filter_map(|(name, value)| Some((name, as_text(value)?)))
        .collect())
}

/// The single values win, and have every name in events that API Gateway made; the lists add names that only they have.
fn parameters(
    take: &mut impl FnMut(&str) -> Value,
    many: &'static str,
    one: &'static str,
) -> Result<Vec<(String, String)>, Wrong> {
    let mut out = texts(one, take(one))?;
    for (name, values) in object(many, take(many))? {
        let Value::Array(mut values) = values else {
            return Err(Wrong { member: many, message: "has a list of values for each name" });
        };
        if !out.iter().any(|(known, _)| *known == name) {
            out.extend(values.pop().and_then(as_text).map(|value| (name, value)));
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use serde_json::json;

    fn event(value: Value) -> Json {
        Json { source: Source { name: "event.json".to_owned(), text: value.to_string() }, value }
    }

    #[test]
    fn an_event_becomes_a_request() {
        let request = read(event(json!({
            "resource": "/pets/{id}", "httpMethod": "POST", "body": "w6k=", "isBase64Encoded": true,
            "pathParameters": {"id": "1"}, "queryStringParameters": null,
            "multiValueQueryStringParameters": {"a": ["1", "2"]},
            "headers": {"Accept": "*/*"}, "multiValueHeaders": {"Accept": ["x", "y"], "Via": ["z"]},
            "stageVariables": {"t": "pets"}, "requestContext": {"stage": "dev", "httpMethod": "PUT"},
        })))
        .unwrap_or_default();
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(request.body.as_deref(), Some("é"));
        assert_eq!(request.params.path, [pair("id", "1")]);
        assert_eq!(request.params.querystring, [pair("a", "2")]);
        assert_eq!(request.params.header, [pair("Accept", "*/*"), pair("Via", "z")]);
        assert_eq!(request.stage_variables["t"], "pets");
        assert_eq!(
            Value::Object(request.context),
            json!({"stage": "dev", "httpMethod": "PUT", "resourcePath": "/pets/{id}"})
        );
    }

    #[test]
    fn a_wrong_member_has_its_place() {
        let error = read(event(json!({"body": null, "headers": 7}))).err().expect("an error");
        assert_eq!(error.message, "`headers` is an object or null");
        assert_eq!(error.region().map(|region| region.column), Some(24));
    }
}
