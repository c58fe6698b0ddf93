//! The request, the stage and what the host gives → `$context`, as API Gateway fills it.

use serde_json::{Map, Value};

use super::exchange::Exchange;
use super::recorder::Recorder;

/// Members whose values only the host can know. They are there also when they are null (recorded).
const HOST: [&str; 9] = [
    "accountId",
    "apiId",
    "deploymentId",
    "domainName",
    "domainPrefix",
    "extendedRequestId",
    "requestId",
    "requestTime",
    "requestTimeEpoch",
];

const IDENTITY: [&str; 12] = [
    "accessKey",
    "accountId",
    "caller",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId",
    "sourceIp",
    "user",
    "userAgent",
    "userArn",
];

/// A text that the host gave, at a path of names.
pub(super) fn given_text<'g>(
    given: Option<&'g Map<String, Value>>,
    path: &[&str],
) -> Option<&'g str> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(given?.get(*first)?, |value, name| value.get(name))?.as_str()
}

/// The time that the host gave, in milliseconds since 1970.
pub(super) fn given_time(given: Option<&Map<String, Value>>) -> Option<u64> {
    given?.get("requestTimeEpoch")?.as_u64()
}

/// A JSON object that is being written.
struct Members<'g> {
    given: Option<&'g Map<String, Value>>,
    out: String,
}

impl<'g> Members<'g> {
    fn begin(given: Option<&'g Map<String, Value>>, mut out: String) -> Members<'g> {
        out.push('{');
        Members { given, out }
    }

    fn name(&mut self, name: &str) {
        if !self.out.ends_with('{') {
            self.out.push(',');
        }
        push_text(name, &mut self.out);
        self.out.push(':');
    }

    /// A member: what the host says, or what was worked out, or null.
    fn add(&mut self, name: &str, worked_out: Option<&str>) {
        self.name(name);
        match (self.given.and_then(|given| given.get(name)), worked_out) {
            (Some(given), _) => push_value(given, &mut self.out),
            (None, Some(text)) => push_text(text, &mut self.out),
            (None, None) => self.out.push_str("null"),
        }
    }

    /// Whatever the host gave besides.
    fn add_others(&mut self, known: &[&str]) {
        for (name, value) in self.given.into_iter().flatten() {
            if !known.contains(&name.as_str()) {
                self.name(name);
                push_value(value, &mut self.out);
            }
        }
    }

    fn end(mut self) -> String {
        self.out.push('}');
        self.out
    }
}

/// `$context` as JSON.
pub(super) fn to_json<R: Recorder>(exchange: &Exchange<'_, R>) -> String {
    let host = exchange.request.headers.header("Host");
    let domain_name = given_text(exchange.given, &["domainName"]).or(host);
    let domain_prefix = domain_name.and_then(|name| name.split('.').next());
    let mut known =
        vec!["resourceId", "resourcePath", "httpMethod", "path", "protocol", "stage", "identity"];
    known.extend(HOST);
    let mut members = Members::begin(exchange.given, String::with_capacity(1024));
    members.add("path", Some(&path(exchange)));
    for name in HOST {
        members.add(
            name,
            match name {
                "domainName" => domain_name,
                "domainPrefix" => domain_prefix,
                _ => None,
            },
        );
    }
    members.add("resourceId", None);
    members.add("resourcePath", Some(&exchange.method.resource_path.text));
    members.add("httpMethod", Some(&exchange.request.method));
    members.add("protocol", Some("HTTP/1.1"));
    members.add("stage", Some(&exchange.stage.name));
    if let Some(id) = &exchange.endpoint_request_id {
        known.push("awsEndpointRequestId");
        members.add("awsEndpointRequestId", Some(id));
    }
    members.name("identity");
    let mut members = Members { out: identity(exchange, members.out), ..members };
    for (name, set) in [
        ("requestOverride", &exchange.overrides.request),
        ("responseOverride", &exchange.overrides.response),
    ] {
        if !set.is_empty() {
            known.push(name);
            members.name(name);
            push_object(set, &mut members.out);
        }
    }
    members.add_others(&known);
    members.end()
}

fn identity<R: Recorder>(exchange: &Exchange<'_, R>, out: String) -> String {
    let given = exchange.given.and_then(|given| given.get("identity")).and_then(Value::as_object);
    let mut members = Members::begin(given, out);
    let mut known = IDENTITY.to_vec();
    for name in IDENTITY {
        let worked_out = match name {
            "userAgent" => exchange.headers().header("User-Agent"),
            _ => None,
        };
        members.add(name, worked_out);
    }
    if exchange.method.api_key_required {
        known.push("apiKey");
        members.add("apiKey", exchange.headers().header("X-API-Key"));
    }
    members.add_others(&known);
    members.end()
}

/// `$context.path`: the stage is part of it.
fn path<R: Recorder>(exchange: &Exchange<'_, R>) -> String {
    let slash = if exchange.raw_path.starts_with('/') { "" } else { "/" };
    match exchange.stage.name.as_str() {
        "" => format!("{slash}{}", exchange.raw_path),
        stage => format!("/{stage}{slash}{}", exchange.raw_path),
    }
}

/// A text as JSON.
pub(super) fn push_text(text: &str, out: &mut String) {
    let plain = |b: u8| b >= b' ' && b != b'"' && b != b'\\';
    if text.bytes().all(plain) {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&Value::from(text).to_string());
    }
}

fn push_value(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => push_text(text, out),
        Value::Object(members) => push_object(members, out),
        other => out.push_str(&other.to_string()),
    }
}

fn push_object(members: &Map<String, Value>, out: &mut String) {
    // Values are nested as deep as the host's JSON, which serde_json bounds when it reads it.
    out.push('{');
    for (i, (name, value)) in members.iter().enumerate() {
        out.push_str(if i > 0 { "," } else { "" });
        push_text(name, out);
        out.push(':');
        push_value(value, out);
    }
    out.push('}');
}
