//! A method request → the integration request: the first half of an exchange.

use std::borrow::Cow;

use super::compression::{PAYLOAD_LIMIT, decompress_request};
use super::config::{IntegrationType, Location};
use super::exchange::Exchange;
use super::failure::Failed;
use super::gateway_response::{Failure, GatewayResponse, ResponseType};
use super::integration::{http, mock, proxy_event};
use super::message::{Fields, Request};
use super::parameters::Scope;
use super::parsed::{Parsed, Text};
use super::payload::request_conversion;
use super::provenance::{Member, Message, Origin, Provenance};
use super::recorder::Recorder;
use super::templates::Made;
use super::{execution_log, headers, limits, overrides, templates, uri, validate};

/// Makes the integration request: what goes to the backend.
///
/// The steps, and what a client gets where one fails:
///
/// | step | failure |
/// |---|---|
/// | size of headers and body | `REQUEST_TOO_LARGE` |
/// | API key, where the method requires one | `INVALID_API_KEY` |
/// | `Content-Encoding` | `UNSUPPORTED_MEDIA_TYPE` |
/// | required parameters, then the body's model | `BAD_REQUEST_PARAMETERS`, `BAD_REQUEST_BODY` |
/// | parameter mappings | `DEFAULT_4XX` |
/// | which template, if any | `UNSUPPORTED_MEDIA_TYPE` |
/// | `contentHandling`, the template | `API_CONFIGURATION_ERROR` |
/// | overrides, illegal headers, default headers | `API_CONFIGURATION_ERROR` |
/// | the URI | `API_CONFIGURATION_ERROR` |
///
/// Authorizers, throttling and routing stand before all this and are the host's; what they refuse,
/// [`Exchange::gateway_response`] answers.
///
/// # Errors
/// The gateway response that the client gets.
pub fn integration_request<'a, R: Recorder>(
    exchange: &mut Exchange<'a, R>,
) -> Result<Request<'a>, GatewayResponse> {
    log_request(exchange);
    make(exchange).map_err(|failed| failed.respond(exchange))
}

fn make<'a, R: Recorder>(exchange: &mut Exchange<'a, R>) -> Result<Request<'a>, Failed> {
    limits::check_request(exchange.request)?;
    check_api_key(exchange)?;
    let body = decompress(exchange)?;
    let text = Text::of(&body);
    let parsed = Parsed::of(&text);
    validate::parameters(exchange)?;
    validate::body(exchange, &parsed)?;

    let mut mapped = map_parameters(exchange, &parsed)?;
    let rendered = make_body(exchange, &body, &parsed)?;
    let rendered = rendered.map(|made| {
        override_parameters(exchange, &made, &mut mapped);
        exchange.overrides = made.overrides;
        made.body
    });
    check_headers(exchange, &mapped)?;
    let body = match rendered {
        Some(rendered) => Cow::Owned(rendered.into_bytes()),
        None => pass_body(exchange, body)?,
    };
    if exchange.method.integration.integration_type == IntegrationType::Mock {
        give_mock_status(exchange, &body)?;
    }
    let request = address(exchange, mapped, body)?;
    log_sent(exchange, &request);
    Ok(request)
}

/// A key that the host has found good stands in `$context.identity.apiKey`; whether one that the client sent is good is
/// the host's to say.
fn check_api_key<R: Recorder>(exchange: &Exchange<'_, R>) -> Result<(), Failure> {
    let given = super::context::given_text(exchange.given, &["identity", "apiKey"]);
    let sent = exchange.headers().header("X-API-Key").filter(|key| !key.is_empty());
    if exchange.method.api_key_required && given.or(sent).is_none() {
        return Err(Failure::from(ResponseType::InvalidApiKey));
    }
    Ok(())
}

fn decompress<'a, R: Recorder>(exchange: &Exchange<'a, R>) -> Result<Cow<'a, [u8]>, Failure> {
    let coding = exchange.headers().header("Content-Encoding");
    decompress_request(&exchange.request.body, coding, PAYLOAD_LIMIT)
}

/// What is mapped or overridden, by location.
struct Mapped<'a> {
    path: Fields<'a>,
    query: Fields<'a>,
    headers: Fields<'a>,
}

/// `requestParameters` of the Integration.
fn map_parameters<'a, R: Recorder>(
    exchange: &Exchange<'a, R>,
    body: &Parsed<'_>,
) -> Result<Mapped<'a>, Failed> {
    let integration = &exchange.method.integration;
    let mut mapped = Mapped { path: Fields::new(), query: Fields::new(), headers: Fields::new() };
    let needs_context = integration.request_parameters.iter().any(|m| m.reads_context());
    let scope = Scope {
        headers: exchange.headers(),
        path: &exchange.path,
        query: &exchange.query,
        stage: exchange.stage,
        context: needs_context.then(|| exchange.context_value().root()),
        body,
    };
    for mapping in &integration.request_parameters {
        let values = mapping.values(&scope).map_err(|_| Failed::malformed_request_body())?;
        for value in values {
            let value = value.into_owned();
            let (fields, member): (_, fn(String) -> Member) = match mapping.location {
                Location::Header => (&mut mapped.headers, Member::Header),
                Location::Querystring => (&mut mapped.query, Member::Query),
                Location::Path => (&mut mapped.path, Member::Path),
            };
            fields.push(&*mapping.name, value);
            if integration.integration_type == IntegrationType::AwsProxy {
                continue;
            }
            exchange.recorder.origin(|| Provenance {
                message: Message::IntegrationRequest,
                member: member(mapping.name.to_string()),
                origin: Origin::Mapping { source: mapping.text.to_string() },
            });
        }
    }
    Ok(mapped)
}

/// The body that a template makes; none where the body passes.
fn make_body<'a, R: Recorder>(
    exchange: &mut Exchange<'a, R>,
    body: &[u8],
    parsed: &Parsed<'_>,
) -> Result<Option<Made>, Failed> {
    let integration = &exchange.method.integration;
    if integration.is_proxy() {
        return Ok(None);
    }
    let Some(template) = templates::for_request(integration, exchange.content_type())? else {
        return Ok(None);
    };
    let types = &exchange.method.api.binary_media_types;
    let handling = integration.content_handling;
    let conversion = request_conversion(types, exchange.content_type(), handling);
    let message = Message::IntegrationRequest;
    let made = templates::render(exchange, template, conversion, body, parsed, message)
        .map_err(|unmade| Failed::untransformed(exchange, &unmade, "request"))?;
    exchange.template_sources.insert(0, template.template.source());
    Ok(Some(made))
}

/// `$context.requestOverride`: it wins over mappings.
fn override_parameters<R: Recorder>(
    exchange: &Exchange<'_, R>,
    made: &Made,
    mapped: &mut Mapped<'_>,
) {
    let set = &made.overrides.request;
    let record = |member: Member, kind: &str, name: &str| {
        exchange.recorder.origin(|| Provenance {
            message: Message::IntegrationRequest,
            member,
            origin: Origin::of_override(
                &exchange.template_sources,
                &["requestOverride", kind, name],
            ),
        });
    };
    for (name, value) in overrides::headers(set) {
        mapped.headers.set_header(name.to_owned(), value);
        record(Member::Header(name.to_owned()), "header", name);
    }
    for (name, value) in overrides::path(set) {
        mapped.path.remove(name);
        mapped.path.push(name.to_owned(), value);
        record(Member::Path(name.to_owned()), "path", name);
    }
    for name in overrides::set_query(set, &mut mapped.query) {
        record(Member::Query(name.to_owned()), "querystring", name);
    }
}

/// Headers that may not be set. `AWS_PROXY` sends none of them, and refuses them all the same (recorded).
fn check_headers<R: Recorder>(
    exchange: &Exchange<'_, R>,
    mapped: &Mapped<'_>,
) -> Result<(), Failed> {
    let integration_type = exchange.method.integration.integration_type;
    match mapped.headers.iter().find(|(name, _)| headers::is_illegal(name, integration_type)) {
        Some((name, _)) => Err(Failed::configuration(
            exchange,
            format!("the integration may not set the header {name}"),
        )),
        None => Ok(()),
    }
}

fn pass_body<'a, R: Recorder>(
    exchange: &Exchange<'a, R>,
    body: Cow<'a, [u8]>,
) -> Result<Cow<'a, [u8]>, Failed> {
    let integration = &exchange.method.integration;
    if integration.integration_type == IntegrationType::AwsProxy {
        // Only POST invokes a Lambda function (recorded).
        if integration.http_method.as_deref().is_some_and(|method| method != "POST") {
            return Err(Failed::configuration(exchange, "a Lambda function is invoked by POST"));
        }
        exchange.recorder.origin(|| Provenance {
            message: Message::IntegrationRequest,
            member: Member::Body,
            origin: Origin::Default { why: "the event for the function" },
        });
        return Ok(Cow::Owned(proxy_event::event(exchange, &body).into_bytes()));
    }
    let types = &exchange.method.api.binary_media_types;
    let handling = integration.content_handling;
    let conversion = request_conversion(types, exchange.content_type(), handling);
    exchange.recorder.origin(|| Provenance {
        message: Message::IntegrationRequest,
        member: Member::Body,
        origin: templates::how(conversion).map_or(Origin::Client, |how| Origin::Conversion { how }),
    });
    templates::pass(conversion, body)
        .map_err(|unmade| Failed::untransformed(exchange, &unmade, "request"))
}

/// A template has to give a status; a body that passed may.
fn give_mock_status<R: Recorder>(
    exchange: &mut Exchange<'_, R>,
    body: &[u8],
) -> Result<(), Failed> {
    exchange.mock_status = std::str::from_utf8(body).ok().and_then(mock::status);
    if exchange.mock_status.is_none() && !exchange.template_sources.is_empty() {
        return Err(Failed::configuration(
            exchange,
            "Unable to parse statusCode. It should be an integer that is defined in the request template.",
        ));
    }
    Ok(())
}

/// Method, URI, query string and all headers.
fn address<'a, R: Recorder>(
    exchange: &Exchange<'a, R>,
    mapped: Mapped<'a>,
    body: Cow<'a, [u8]>,
) -> Result<Request<'a>, Failed> {
    let integration = &exchange.method.integration;
    let integration_type = integration.integration_type;
    let uri = integration.uri.fill_in(exchange.stage, &mapped.path);
    let is_http = matches!(integration_type, IntegrationType::Http | IntegrationType::HttpProxy);
    if is_http && !uri::is_endpoint(&uri) {
        return Err(Failed::configuration(exchange, "Invalid endpoint address"));
    }
    let mut query = Fields::new();
    let mut fields = http::client_headers(exchange);
    match integration_type {
        IntegrationType::HttpProxy => {
            query = exchange.query.clone();
            for (name, _) in query.iter() {
                exchange.recorder.origin(|| Provenance {
                    message: Message::IntegrationRequest,
                    member: Member::Query(name.to_owned()),
                    origin: Origin::Client,
                });
            }
            for (name, value) in mapped.query.into_fields() {
                query.push(name, value);
            }
        }
        IntegrationType::AwsProxy => {}
        _ => query = mapped.query,
    }
    if integration_type != IntegrationType::AwsProxy {
        for (name, value) in mapped.headers.into_fields() {
            if !headers::is_never_sent(&name, integration_type) {
                fields.set_header(name, value);
            }
        }
    }
    if integration_type != IntegrationType::Mock {
        http::add_defaults(exchange, !body.is_empty(), &mut fields);
    }
    let method = match &integration.http_method {
        Some(method) => Cow::Borrowed(&**method),
        None => Cow::Borrowed(&*exchange.request.method),
    };
    let configured =
        |place: &str| Origin::Configuration { place: format!("methodIntegration.{place}") };
    exchange.recorder.origin(|| Provenance {
        message: Message::IntegrationRequest,
        member: Member::Method,
        origin: match &integration.http_method {
            Some(_) => configured("httpMethod"),
            None => Origin::Client,
        },
    });
    exchange.recorder.origin(|| Provenance {
        message: Message::IntegrationRequest,
        member: Member::Uri,
        origin: configured("uri"),
    });
    Ok(Request { method, uri, path: mapped.path, query, headers: fields, body })
}

fn log_request<R: Recorder>(exchange: &Exchange<'_, R>) {
    let recorder = &exchange.recorder;
    recorder.log(|| {
        let id = super::context::given_text(exchange.given, &["requestId"]).unwrap_or_default();
        format!("Starting execution for request: {id}")
    });
    recorder.log(|| {
        let (method, path) = (&exchange.request.method, exchange.raw_path);
        format!("HTTP Method: {method}, Resource Path: {path}")
    });
    let fields = execution_log::fields;
    recorder.log(|| format!("Method request path: {}", fields(&exchange.path)));
    recorder.log(|| format!("Method request query string: {}", fields(&exchange.query)));
    recorder.log(|| format!("Method request headers: {}", fields(&exchange.request.headers)));
    recorder.log(|| {
        let body = execution_log::body(&exchange.request.body);
        format!("Method request body before transformations: {body}")
    });
}

fn log_sent<R: Recorder>(exchange: &Exchange<'_, R>, request: &Request<'_>) {
    if exchange.method.integration.integration_type == IntegrationType::Mock {
        return;
    }
    let recorder = &exchange.recorder;
    let endpoint = || uri::endpoint(&request.uri, &request.query);
    recorder.log(|| format!("Endpoint request URI: {}", endpoint()));
    recorder
        .log(|| format!("Endpoint request headers: {}", execution_log::fields(&request.headers)));
    recorder.log(|| {
        let body = execution_log::body(&request.body);
        format!("Endpoint request body after transformations: {body}")
    });
    recorder.log(|| format!("Sending request to {}", endpoint()));
}
