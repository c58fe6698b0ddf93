//! What the backend answered → the method response: the second half of an exchange.

use std::borrow::Cow;

use super::compression::{PAYLOAD_LIMIT, compress, decompress_request, response_coding};
use super::config::{IntegrationResponse, IntegrationType};
use super::exchange::Exchange;
use super::failure::Failed;
use super::gateway_response::{Failure, GatewayResponse, ResponseType};
use super::integration::proxy_answer::{self, Unusable};
use super::message::{Backend, Fields, Response};
use super::parameters::Scope;
use super::parsed::{Parsed, Text};
use super::payload::response_conversion;
use super::provenance::{Member, Message, Origin, Provenance};
use super::recorder::Recorder;
use super::{execution_log, headers, limits, overrides, selection, templates};

/// Makes the method response: what the client gets.
///
/// | step | failure |
/// |---|---|
/// | whether there is an answer | `INTEGRATION_TIMEOUT`, `INTEGRATION_FAILURE` |
/// | its form, for `AWS_PROXY` | 502 |
/// | which integration response, by status or `errorMessage` | `API_CONFIGURATION_ERROR` |
/// | response parameters | `DEFAULT_5XX` |
/// | `contentHandling`, the template | `API_CONFIGURATION_ERROR` |
/// | overrides, headers that are renamed or dropped, compression | |
///
/// # Errors
/// The gateway response that the client gets instead.
pub fn method_response<'b, R: Recorder>(
    exchange: &mut Exchange<'_, R>,
    backend: Backend<'b>,
) -> Result<Response<'b>, GatewayResponse> {
    make(exchange, backend).map_err(|failed| failed.respond(exchange))
}

fn make<'b, R: Recorder>(
    exchange: &mut Exchange<'_, R>,
    backend: Backend<'b>,
) -> Result<Response<'b>, Failed> {
    let is_mock = exchange.method.integration.integration_type == IntegrationType::Mock;
    let answer = match backend {
        _ if is_mock => Response::default(),
        Backend::Answered(answer) => answer,
        Backend::TimedOut => {
            exchange.recorder.log(|| "Execution failed due to a timeout error".to_owned());
            return Err(Failure::from(ResponseType::IntegrationTimeout).into());
        }
        Backend::Unreachable | Backend::Mock => {
            let reason = "Network error communicating with endpoint";
            exchange.recorder.log(|| {
                "Execution failed due to a network error communicating with endpoint".to_owned()
            });
            return Err(Failure::with_message(ResponseType::IntegrationFailure, reason).into());
        }
    };
    if !is_mock {
        log_answer(exchange, &answer);
    }
    if let Some(reason) = limits::too_large(&answer) {
        return Err(Failed::configuration(exchange, reason));
    }
    note_request_id(exchange, &answer);
    exchange.renew_context();
    let response = match exchange.method.integration.integration_type {
        IntegrationType::AwsProxy => lambda_answer(exchange, &answer)?,
        IntegrationType::HttpProxy => pass_answer(exchange, answer)?,
        _ => transform(exchange, answer)?,
    };
    Ok(finish(exchange, response))
}

/// `$context.awsEndpointRequestId`.
fn note_request_id<R: Recorder>(exchange: &mut Exchange<'_, R>, answer: &Response<'_>) {
    let names = ["x-amzn-RequestId", "x-amz-request-id"];
    let id = names.iter().find_map(|name| answer.headers.header(name));
    exchange.endpoint_request_id = id.map(str::to_owned);
}

/// What a Lambda function of an `AWS_PROXY` integration returned is the response.
fn lambda_answer<R: Recorder>(
    exchange: &Exchange<'_, R>,
    answer: &Response<'_>,
) -> Result<Response<'static>, Failed> {
    if answer.status >= 300 {
        return Err(uninvoked(exchange, answer.status));
    }
    let types = &exchange.method.api.binary_media_types;
    proxy_answer::response(&answer.body, exchange.accept(), types).map_err(
        |unusable| match unusable {
            Unusable::Malformed => Failed::malformed_proxy_answer(exchange),
            Unusable::NotBase64 => {
                Failed::configuration(exchange, "Unable to base64 decode the body.")
            }
        },
    )
}

/// The Lambda service refused: the function was not called at all.
fn uninvoked<R: Recorder>(exchange: &Exchange<'_, R>, status: u16) -> Failed {
    Failed::configuration(exchange, format!("Lambda answered with status {status}"))
}

/// An `HTTP_PROXY` passes what the backend answered.
fn pass_answer<'b, R: Recorder>(
    exchange: &Exchange<'_, R>,
    answer: Response<'b>,
) -> Result<Response<'b>, Failed> {
    let types = &exchange.method.api.binary_media_types;
    let content_type = answer.headers.header("Content-Type");
    let conversion = response_conversion(types, content_type, exchange.accept(), None);
    let coding = answer.headers.header("Content-Encoding");
    let body = templates::pass(conversion, decompressed(answer.body, coding))
        .map_err(|unmade| Failed::untransformed(exchange, &unmade, "response"))?;
    Ok(Response { body, ..answer })
}

/// `Content-Encoding` does not reach the client of a proxy (recorded), so the body cannot stay compressed either. What
/// nobody can decompress passes.
fn decompressed<'b>(body: Cow<'b, [u8]>, coding: Option<&str>) -> Cow<'b, [u8]> {
    if coding.is_none() {
        return body;
    }
    match decompress_request(&body, coding, PAYLOAD_LIMIT) {
        Ok(Cow::Owned(decompressed)) => Cow::Owned(decompressed),
        Ok(Cow::Borrowed(_)) | Err(_) => body,
    }
}

/// Chooses the integration response, and makes of the answer what it says.
fn transform<'b, R: Recorder>(
    exchange: &mut Exchange<'_, R>,
    answer: Response<'b>,
) -> Result<Response<'b>, Failed> {
    let Response { status, headers: answered, body } = answer;
    let text = Text::of(&body);
    let parsed = Parsed::of(&text);
    let chosen = choose(exchange, status, &parsed)?;
    let mut fields = map_parameters(exchange, chosen, &answered, &parsed)?;

    let types = &exchange.method.api.binary_media_types;
    let (content_type, handling) = (answered.header("Content-Type"), chosen.content_handling);
    let conversion = response_conversion(types, content_type, exchange.accept(), handling);
    let template = templates::for_response(chosen, exchange.accept());
    let rendered = match template {
        Some(template) => {
            let message = Message::MethodResponse;
            let made = templates::render(exchange, template, conversion, &body, &parsed, message)
                .map_err(|unmade| Failed::untransformed(exchange, &unmade, "response"))?;
            exchange.template_sources.insert(0, template.template.source());
            if !made.overrides.response.is_empty() {
                exchange.overrides.response = made.overrides.response;
            }
            Some(made.body)
        }
        None => None,
    };
    let body = match rendered {
        Some(rendered) => Cow::Owned(rendered.into_bytes()),
        None => {
            exchange.recorder.origin(|| Provenance {
                message: Message::MethodResponse,
                member: Member::Body,
                origin: templates::how(conversion)
                    .map_or(Origin::Backend, |how| Origin::Conversion { how }),
            });
            templates::pass(conversion, body)
                .map_err(|unmade| Failed::untransformed(exchange, &unmade, "response"))?
        }
    };
    let status = override_response(exchange, chosen.status, &mut fields);
    Ok(Response { status, headers: fields, body })
}

fn choose<'a, R: Recorder>(
    exchange: &Exchange<'a, R>,
    status: u16,
    body: &Parsed<'_>,
) -> Result<&'a IntegrationResponse, Failed> {
    let method = exchange.method;
    let integration = &method.integration;
    let text = match integration.integration_type {
        // Without a template there is no status, and only the default response can be meant.
        IntegrationType::Mock => exchange.mock_status.clone().unwrap_or_default(),
        IntegrationType::Aws if integration.is_lambda => {
            if status >= 300 {
                return Err(uninvoked(exchange, status));
            }
            selection::error_message(body)
        }
        _ => status.to_string(),
    };
    let chosen = selection::select(integration, &text)
        .map_err(|error| Failed::configuration(exchange, error.to_string()))?;
    let Some(chosen) = chosen else {
        let reason = "No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ";
        return Err(Failed::configuration(exchange, format!("{reason}{status}")));
    };
    if !method.method_responses.is_empty() && !method.method_responses.contains(&chosen.status) {
        let reason =
            format!("Output mapping refers to an invalid method response: {}", chosen.status);
        return Err(Failed::configuration(exchange, reason));
    }
    Ok(chosen)
}

/// `responseParameters` of the chosen integration response. No other header of the backend reaches the client.
fn map_parameters<R: Recorder>(
    exchange: &Exchange<'_, R>,
    chosen: &IntegrationResponse,
    answered: &Fields<'_>,
    body: &Parsed<'_>,
) -> Result<Fields<'static>, Failed> {
    let mut fields = Fields::new();
    let needs_context = chosen.response_parameters.iter().any(|m| m.reads_context());
    let scope = Scope {
        headers: answered,
        path: &exchange.path,
        query: &exchange.query,
        stage: exchange.stage,
        context: needs_context.then(|| exchange.context_value().root()),
        body,
    };
    for mapping in &chosen.response_parameters {
        let value = mapping.value(&scope).map_err(|_| Failed::malformed_response_body())?;
        let Some(value) = value else { continue };
        fields.push(mapping.name.to_string(), value.into_owned());
        exchange.recorder.origin(|| Provenance {
            message: Message::MethodResponse,
            member: Member::Header(mapping.name.to_string()),
            origin: Origin::Mapping { source: mapping.text.to_string() },
        });
    }
    Ok(fields)
}

/// `$context.responseOverride`, also where the request template assigned it (recorded).
fn override_response<R: Recorder>(
    exchange: &Exchange<'_, R>,
    status: u16,
    fields: &mut Fields<'_>,
) -> u16 {
    let set = &exchange.overrides.response;
    let sources = &exchange.template_sources;
    for (name, value) in overrides::headers(set) {
        fields.set_header(name.to_owned(), value);
        exchange.recorder.origin(|| Provenance {
            message: Message::MethodResponse,
            member: Member::Header(name.to_owned()),
            origin: Origin::of_override(sources, &["responseOverride", "header", name]),
        });
    }
    let overridden = overrides::status(set);
    exchange.recorder.origin(|| Provenance {
        message: Message::MethodResponse,
        member: Member::Status,
        origin: match overridden {
            Some(_) => Origin::of_override(sources, &["responseOverride", "status"]),
            None => Origin::Configuration {
                place: format!("methodIntegration.integrationResponses.{status}.statusCode"),
            },
        },
    });
    overridden.unwrap_or(status)
}

/// What every response goes through: headers that are renamed, defaults, compression, ids.
fn finish<'b, R: Recorder>(exchange: &Exchange<'_, R>, response: Response<'b>) -> Response<'b> {
    let integration_type = exchange.method.integration.integration_type;
    let Response { status, headers: made, mut body } = response;
    if exchange.method.integration.is_proxy() {
        record_proxied(exchange, &made);
    }
    let mut fields = Fields::new();
    for (name, value) in made.into_fields() {
        let from = R::TRACES.then(|| name.to_string());
        let Some(name) = headers::in_response(name, integration_type) else { continue };
        if let Some(from) = from.filter(|from| *from != name) {
            exchange.recorder.origin(|| Provenance {
                message: Message::MethodResponse,
                member: Member::Header(name.to_string()),
                origin: Origin::Renamed { from },
            });
        }
        fields.push(name, value);
    }
    let add = |fields: &mut Fields<'b>, name: &'static str, value: String, why| {
        exchange.recorder.origin(|| Provenance {
            message: Message::MethodResponse,
            member: Member::Header(name.to_owned()),
            origin: Origin::Default { why },
        });
        fields.push(name, value);
    };
    let has_trace = matches!(
        integration_type,
        IntegrationType::Http | IntegrationType::Aws | IntegrationType::AwsProxy
    );
    if let Some(trace_id) = exchange.headers().header("X-Amzn-Trace-Id").filter(|_| has_trace) {
        fields.remove_header("X-Amzn-Trace-Id");
        add(&mut fields, "X-Amzn-Trace-Id", trace_id.to_owned(), "the request's trace");
    }
    if fields.header("Content-Type").is_none() {
        add(&mut fields, "Content-Type", "application/json".to_owned(), "its default");
    }
    log_response(exchange, status, &fields, &body);
    let coding = response_coding(
        exchange.method.api.minimum_compression_size,
        exchange.headers().header("Accept-Encoding"),
        fields.header("Content-Encoding"),
        body.len(),
    );
    if let Some(coding) = coding {
        body = Cow::Owned(compress(coding, &body));
        add(&mut fields, "Content-Encoding", coding.as_str().to_owned(), "minimumCompressionSize");
    }
    for (name, id) in exchange.ids() {
        add(&mut fields, name, id.to_owned(), "the request's id");
    }
    Response { status, headers: fields, body }
}

/// All of a proxy's response is the backend's.
fn record_proxied<R: Recorder>(exchange: &Exchange<'_, R>, fields: &Fields<'_>) {
    let members = fields.iter().map(|(name, _)| Member::Header(name.to_owned()));
    if R::TRACES {
        for member in members.chain([Member::Status, Member::Body]) {
            exchange.recorder.origin(|| Provenance {
                message: Message::MethodResponse,
                member,
                origin: Origin::Backend,
            });
        }
    }
}

fn log_answer<R: Recorder>(exchange: &Exchange<'_, R>, answer: &Response<'_>) {
    let recorder = &exchange.recorder;
    recorder.log(|| {
        let (status, latency) = (answer.status, exchange.latency);
        format!("Received response. Status: {status}, Integration latency: {latency} ms")
    });
    recorder
        .log(|| format!("Endpoint response headers: {}", execution_log::fields(&answer.headers)));
    recorder.log(|| {
        let body = execution_log::body(&answer.body);
        format!("Endpoint response body before transformations: {body}")
    });
}

fn log_response<R: Recorder>(
    exchange: &Exchange<'_, R>,
    status: u16,
    fields: &Fields<'_>,
    body: &[u8],
) {
    let recorder = &exchange.recorder;
    recorder.log(|| {
        let body = execution_log::body(body);
        format!("Method response body after transformations: {body}")
    });
    recorder.log(|| format!("Method response headers: {}", execution_log::fields(fields)));
    recorder.log(|| "Successfully completed execution".to_owned());
    recorder.log(|| format!("Method completed with status: {status}"));
}
