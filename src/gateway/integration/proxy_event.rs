//! A method request → the event that a Lambda function gets from an `AWS_PROXY` integration, to the last member.

use crate::gateway::context::push_text;
use crate::gateway::exchange::Exchange;
use crate::gateway::headers;
use crate::gateway::message::Fields;
use crate::gateway::payload::{Conversion, request_conversion};
use crate::gateway::recorder::Recorder;
use crate::host::context::in_hash_order;
use crate::java::{base64, utf8};
use crate::json::{Kind, NodeRef, Slash, write_json};

/// The event: compact JSON in AWS's order of members.
pub(in crate::gateway) fn event<R: Recorder>(exchange: &Exchange<'_, R>, body: &[u8]) -> String {
    let mut out = String::with_capacity(2048 + body.len());
    out.push_str("{\"resource\":");
    push_text(&exchange.method.resource_path.text, &mut out);
    // Slashes at the beginning are one here, but not in `requestContext.path` (recorded).
    out.push_str(",\"path\":");
    push_text(&format!("/{}", exchange.raw_path.trim_start_matches('/')), &mut out);
    out.push_str(",\"httpMethod\":");
    push_text(&exchange.request.method, &mut out);
    let by_iam = exchange.method.authorized_by_iam;
    let fields = exchange.headers().borrowed();
    let fields: Fields<'_> =
        fields.filter(|(name, value)| !headers::is_signature(name, value, by_iam)).collect();
    out.push_str(",\"headers\":");
    push_last_values(&fields, &mut out);
    out.push_str(",\"multiValueHeaders\":");
    push_all_values(&fields, &mut out);
    out.push_str(",\"queryStringParameters\":");
    push_last_values(&exchange.query, &mut out);
    out.push_str(",\"multiValueQueryStringParameters\":");
    push_all_values(&exchange.query, &mut out);
    out.push_str(",\"pathParameters\":");
    push_last_values(&exchange.path, &mut out);
    out.push_str(",\"stageVariables\":");
    let variables = &exchange.stage.variables;
    push_last_values(&variables.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect(), &mut out);
    out.push_str(",\"requestContext\":");
    push_context(exchange.context_value().root(), 0, &mut out);
    out.push_str(",\"body\":");
    let is_base64_encoded = push_body(exchange, body, &mut out);
    out.push_str(if is_base64_encoded {
        ",\"isBase64Encoded\":true}"
    } else {
        ",\"isBase64Encoded\":false}"
    });
    out
}

/// The last value of each name; null where there is no name.
fn push_last_values(fields: &Fields<'_>, out: &mut String) {
    push_groups(fields, out, |values, out| push_text(values.last().unwrap_or(&""), out));
}

fn push_all_values(fields: &Fields<'_>, out: &mut String) {
    push_groups(fields, out, |values, out| {
        out.push('[');
        for (i, value) in values.iter().enumerate() {
            out.push_str(if i > 0 { "," } else { "" });
            push_text(value, out);
        }
        out.push(']');
    });
}

fn push_groups(fields: &Fields<'_>, out: &mut String, push: impl Fn(&[&str], &mut String)) {
    if fields.is_empty() {
        return out.push_str("null");
    }
    out.push('{');
    for (i, (name, values)) in fields.grouped().iter().enumerate() {
        out.push_str(if i > 0 { "," } else { "" });
        push_text(name, out);
        out.push(':');
        push(values, out);
    }
    out.push('}');
}

/// What a host may nest in `$context`; deeper objects are written in the order in which they came.
const DEPTH: usize = 50;

/// `requestContext`: `$context` as Java's `HashMap` walks it, without the overrides.
fn push_context(node: NodeRef<'_>, depth: usize, out: &mut String) {
    if node.kind() != Kind::Object || depth > DEPTH {
        return write_json(node, out, Slash::Plain);
    }
    out.push('{');
    let mut first = true;
    for (name, value) in in_hash_order(node) {
        if depth == 0 && matches!(&*name, "requestOverride" | "responseOverride") {
            continue;
        }
        out.push_str(if first { "" } else { "," });
        first = false;
        push_text(&name, out);
        out.push(':');
        push_context(value, depth + 1, out);
    }
    out.push('}');
}

/// Appends the body; answers whether it is in Base64.
fn push_body<R: Recorder>(exchange: &Exchange<'_, R>, body: &[u8], out: &mut String) -> bool {
    if body.is_empty() {
        out.push_str("null");
        return false;
    }
    let types = &exchange.method.api.binary_media_types;
    let binary = request_conversion(types, exchange.content_type(), None) == Conversion::Binary;
    if binary {
        out.push('"');
        base64::encode(body, out);
        out.push('"');
    } else {
        push_text(&utf8::decode(body), out);
    }
    binary
}
