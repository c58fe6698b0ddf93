//! The headers that an integration request has besides those that are mapped.

use std::borrow::Cow;

use crate::gateway::config::IntegrationType;
use crate::gateway::context::given_text;
use crate::gateway::exchange::Exchange;
use crate::gateway::headers;
use crate::gateway::message::Fields;
use crate::gateway::provenance::{Member, Message, Origin, Provenance};
use crate::gateway::recorder::Recorder;

/// The headers before mappings: of a proxy the client's own, of any other integration none.
pub(in crate::gateway) fn client_headers<'a, R: Recorder>(
    exchange: &Exchange<'a, R>,
) -> Fields<'a> {
    let mut fields = Fields::new();
    if exchange.method.integration.integration_type == IntegrationType::HttpProxy {
        for (name, value) in exchange.headers().clone().into_fields() {
            let by_iam = exchange.method.authorized_by_iam;
            if headers::passes_to_backend(&name) && !headers::is_signature(&name, &value, by_iam) {
                exchange.recorder.origin(|| Provenance {
                    message: Message::IntegrationRequest,
                    member: Member::Header(name.to_string()),
                    origin: Origin::Client,
                });
                fields.push(name, value);
            }
        }
    }
    fields
}

/// Adds what API Gateway sends by itself, where nothing is mapped to it.
pub(in crate::gateway) fn add_defaults<R: Recorder>(
    exchange: &Exchange<'_, R>,
    has_body: bool,
    fields: &mut Fields<'_>,
) {
    let api_id = given_text(exchange.given, &["apiId"]);
    let mut add = |name: &'static str, value: Cow<'_, str>, why| {
        if fields.header(name).is_none() {
            fields.push(name, value.into_owned());
            exchange.recorder.origin(|| Provenance {
                message: Message::IntegrationRequest,
                member: Member::Header(name.to_owned()),
                origin: Origin::Default { why },
            });
        }
    };
    if exchange.method.integration.integration_type != IntegrationType::HttpProxy {
        if let Some(content_type) = content_type(exchange, has_body) {
            add("Content-Type", content_type.into(), "the body's type");
        }
        add("Accept", "application/json".into(), "its default");
        let user_agent = format!("AmazonAPIGateway_{}", api_id.unwrap_or_default());
        add("User-Agent", user_agent.into(), "its own name");
    }
    if let Some(api_id) = api_id {
        add("X-Amzn-Apigateway-Api-Id", api_id.into(), "the API's id");
    }
    if let Some(trace_id) = exchange.headers().header("X-Amzn-Trace-Id") {
        add("X-Amzn-Trace-Id", trace_id.into(), "the request's trace");
    }
}

/// The client's content type goes with its body; requests of these methods have none (recorded).
fn content_type<'e, R: Recorder>(exchange: &'e Exchange<'_, R>, has_body: bool) -> Option<&'e str> {
    if matches!(&*exchange.request.method, "GET" | "HEAD" | "OPTIONS") {
        return None;
    }
    exchange.content_type().or(has_body.then_some("application/json"))
}
