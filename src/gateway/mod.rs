//! A request's life around its mapping templates, as API Gateway leads it: a method, a request and what the backend
//! answered go in; what goes to the backend, and what goes to the client, come out.
//!
//! ```text
//!   Request ─▶ validate ─▶ map ─▶ choose ─▶ convert ─▶ render ─▶ override ─▶ address ─▶ Request
//!    method     400        400     415       500        500       500         500      integration
//!    request    parameters         template  payload    template              URI       request
//!               and body                                                                   │
//!                                                                           the host sends it
//!                                                                                          ▼
//!   Response ◀─ rename ◀─ override ◀─ render ◀─ convert ◀─ map ◀─ select ◀────────────── Backend
//!    method      headers                                   500     500                 integration
//!    response                                                                           response
//!
//!   any step ── a number above is its ──▶ GatewayResponse ──▶ Response
//! ```
//!
//! [`integration_request`] is the first line of the picture and [`method_response`] the second, a call for each step; a
//! file has the name of its step. No I/O, no clock: the host sends the request, and gives ids and the time.
//!
//! ```
//! use serde_json::json;
//! use transom::gateway::{
//!     Api, Backend, Exchange, Fields, Method, Request, Response, Stage, integration_request, method_response,
//! };
//!
//! // Once:
//! let api = Api::compile(&json!({"models": {"Pet": {"type": "object", "required": ["name"]}}}))?;
//! let method = Method::compile(&api, "/shops/{shop}/pets", &json!({
//!     "httpMethod": "POST",
//!     "requestModels": {"application/json": "Pet"},
//!     "requestValidator": {"validateRequestBody": true},
//!     "methodIntegration": {
//!         "type": "HTTP",
//!         "httpMethod": "PUT",
//!         "uri": "https://${stageVariables.host}/pets",
//!         "requestParameters": {"integration.request.querystring.shop": "method.request.path.shop"},
//!         "requestTemplates": {"application/json": "{\"pet\": $input.json('$.name')}"},
//!         "integrationResponses": {
//!             "200": {"statusCode": "200"},
//!             "404": {"statusCode": "404", "selectionPattern": "4\\d{2}"},
//!         },
//!     },
//! }))?;
//! let stage = Stage::compile(&json!({"name": "prod", "variables": {"host": "backend.example"}}))?;
//!
//! // For each request:
//! let request = Request {
//!     method: "POST".into(),
//!     uri: "/shops/7/pets".into(),
//!     headers: [("Content-Type", "application/json")].into_iter().collect(),
//!     body: br#"{"name": "Rex"}"#.into(),
//!     ..Request::default()
//! };
//! let mut exchange = Exchange::new(&method, &stage, &request);
//! let sent = integration_request(&mut exchange).unwrap();
//! assert_eq!((&*sent.method, &*sent.uri), ("PUT", "https://backend.example/pets"));
//! assert_eq!(sent.query.last("shop"), Some("7"));
//! assert_eq!(*sent.body, *br#"{"pet": "Rex"}"#);
//!
//! // The host sends it, and this is what comes:
//! let answer = Response { status: 410, headers: Fields::new(), body: b"gone".into() };
//! let response = method_response(&mut exchange, Backend::Answered(answer)).unwrap();
//! assert_eq!((response.status, &*response.body), (404, &b"gone"[..]));
//!
//! // A request that its model does not allow:
//! let request = Request { body: b"{}".into(), ..request };
//! let refused = integration_request(&mut Exchange::new(&method, &stage, &request)).unwrap_err();
//! assert_eq!((refused.status, refused.body.as_str()), (400, r#"{"message": "Invalid request body"}"#));
//! # Ok::<(), transom::gateway::ConfigError>(())
//! ```
//!
//! With the feature `http` a [`Request`] and a [`Response`] are made `From` those of the crate `http`, and those from them
//! by `TryFrom`.

pub mod compression;
mod config;
mod context;
mod exchange;
mod execution_log;
mod failure;
pub mod gateway_response;
mod headers;
#[cfg(feature = "http")]
mod http_types;
mod integration;
mod limits;
mod message;
pub mod model;
mod overrides;
mod parameters;
mod parsed;
pub mod payload;
mod provenance;
mod recorder;
mod request;
mod response;
mod selection;
mod templates;
mod trace_id;
mod uri;
mod validate;

pub use config::{Api, ConfigError, IntegrationType, Method, PassthroughBehavior, Stage};
pub use exchange::Exchange;
pub use execution_log::ExecutionLog;
pub use gateway_response::{Failure, GatewayResponse, ResponseType};
pub use message::{Backend, Fields, Request, Response};
pub use provenance::{Member, Message, Origin, Provenance, Written};
pub use recorder::{Journal, Recorder};
pub use request::integration_request;
pub use response::method_response;

/// A whole exchange: makes the integration request, lets the host send it, and makes the method response. Both messages,
/// where they came to be.
///
/// ```
/// use serde_json::json;
/// use transom::gateway::{Api, Backend, Exchange, Method, Request, Response, Stage, exchange};
///
/// let method = json!({"methodIntegration": {"type": "HTTP_PROXY", "uri": "https://backend.example"}});
/// let method = Method::compile(&Api::default(), "/", &method)?;
/// let (stage, request) = (Stage::default(), Request { uri: "/".into(), ..Request::default() });
/// let mut way = Exchange::new(&method, &stage, &request);
/// let (sent, response) = exchange(&mut way, |_| Backend::TimedOut);
/// assert_eq!(sent.unwrap().uri, "https://backend.example");
/// assert_eq!(response.unwrap_err().status, 504);
/// # Ok::<(), transom::gateway::ConfigError>(())
/// ```
pub fn exchange<'a, 'b, R: Recorder>(
    exchange: &mut Exchange<'a, R>,
    send: impl FnOnce(&Request<'a>) -> Backend<'b>,
) -> (Option<Request<'a>>, Result<Response<'b>, GatewayResponse>) {
    match integration_request(exchange) {
        Ok(request) => {
            let backend = send(&request);
            let response = method_response(exchange, backend);
            (Some(request), response)
        }
        Err(refused) => (None, Err(refused)),
    }
}
