//! One request on its way through a method: what is known of it at each step.

use std::borrow::Cow;
use std::cell::OnceCell;

use serde_json::{Map, Value};

use super::config::{Method, Stage};
use super::gateway_response::{Failure, GatewayResponse, Variable};
use super::headers;
use super::message::{Fields, Request};
use super::parameters::{Resolved, context_member, decode_querystring, scalar};
use super::provenance::{Member, Message, Origin, Provenance};
use super::recorder::Recorder;
use super::{context, trace_id};
use crate::{Context, Overrides, Params};

/// A request's way through a method: what [`super::integration_request`] and then [`super::method_response`] work on.
///
/// It borrows everything. What the host alone can know is given with [`Exchange::context`]: ids, the time, who called.
///
/// A request that the host itself refuses never gets further than this:
///
/// ```
/// use serde_json::json;
/// use transom::gateway::{Api, Exchange, Failure, Method, Request, ResponseType, Stage};
///
/// let method = Method::compile(&Api::default(), "/", &json!({"methodIntegration": {"type": "MOCK"}}))?;
/// let (stage, request) = (Stage::default(), Request { uri: "/".into(), ..Request::default() });
/// let context = json!({"requestId": "r-1"});
/// let exchange = Exchange::new(&method, &stage, &request).context(context.as_object().unwrap());
///
/// let refused = exchange.gateway_response(&Failure::from(ResponseType::Throttled));
/// assert_eq!((refused.status, refused.body.as_str()), (429, r#"{"message":"Too Many Requests"}"#));
/// assert!(refused.headers.contains(&("x-amzn-RequestId".into(), "r-1".into())));
/// # Ok::<(), transom::gateway::ConfigError>(())
/// ```
#[derive(Debug)]
pub struct Exchange<'a, R = ()> {
    pub(super) method: &'a Method,
    pub(super) stage: &'a Stage,
    pub(super) request: &'a Request<'a>,
    /// What the host fixes of `$context`
    pub(super) given: Option<&'a Map<String, Value>>,
    /// The request's path, without the query string
    pub(super) raw_path: &'a str,
    pub(super) path: Fields<'a>,
    pub(super) query: Fields<'a>,
    /// What the request template left in `$context`
    pub(super) overrides: Overrides,
    /// The sources of the templates that were rendered, the last one first
    pub(super) template_sources: Vec<&'a str>,
    /// The status that a `MOCK` gave itself
    pub(super) mock_status: Option<String>,
    /// The id that the backend gave to its answer
    pub(super) endpoint_request_id: Option<String>,
    pub(super) latency: u64,
    pub(super) recorder: R,
    headers: OnceCell<Fields<'a>>,
    context: OnceCell<Context>,
    params: OnceCell<Params>,
}

impl<'a> Exchange<'a> {
    /// Begins the way of a request.
    pub fn new(method: &'a Method, stage: &'a Stage, request: &'a Request<'a>) -> Exchange<'a> {
        Exchange::recorded(method, stage, request, ())
    }
}

impl<'a, R: Recorder> Exchange<'a, R> {
    /// Begins the way of a request that is recorded, by a [`super::Journal`] for example.
    pub fn recorded(
        method: &'a Method,
        stage: &'a Stage,
        request: &'a Request<'a>,
        recorder: R,
    ) -> Exchange<'a, R> {
        let (raw_path, raw_query) = match request.uri.split_once('?') {
            Some((path, query)) => (path, query),
            None => (&*request.uri, ""),
        };
        let mut query = Fields::new();
        decode_querystring(raw_query, &mut query);
        for (name, value) in request.query.borrowed() {
            query.push(name, value);
        }
        Exchange {
            method,
            stage,
            request,
            given: None,
            raw_path,
            path: method.resource_path.parameters(raw_path),
            query,
            overrides: Overrides::default(),
            template_sources: Vec::new(),
            mock_status: None,
            endpoint_request_id: None,
            latency: 0,
            recorder,
            headers: OnceCell::new(),
            context: OnceCell::new(),
            params: OnceCell::new(),
        }
    }

    /// Fixes members of `$context`: `requestId`, `requestTimeEpoch`, `identity`, `authorizer`, … They win over what is
    /// worked out from the request. Ids and the time are the host's to give: without them they are null.
    #[must_use]
    pub fn context(mut self, members: &'a Map<String, Value>) -> Self {
        self.given = Some(members);
        self
    }

    /// How long the backend took, in milliseconds: only the execution log tells it.
    pub fn set_latency(&mut self, milliseconds: u64) {
        self.latency = milliseconds;
    }

    /// The recorder, with what it heard.
    pub fn into_recorder(self) -> R {
        self.recorder
    }

    /// The client's headers as the method sees them, and those that API Gateway's front door adds.
    pub(super) fn headers(&self) -> &Fields<'a> {
        self.headers.get_or_init(|| {
            let mut fields = headers::of_client(&self.request.headers);
            let trace_id = trace_id::of_request(&fields, self.given);
            fields.set_header("X-Amzn-Trace-Id", trace_id);
            if let Some(address) = context::given_text(self.given, &["identity", "sourceIp"]) {
                let forwarded = match fields.header("X-Forwarded-For") {
                    Some(before) => Cow::Owned(format!("{before}, {address}")),
                    None => Cow::Borrowed(address),
                };
                fields.set_header("X-Forwarded-For", forwarded);
            }
            fields.set_header("X-Forwarded-Port", "443");
            fields.set_header("X-Forwarded-Proto", "https");
            fields
        })
    }

    /// `$context`, made when it is first asked for.
    pub(super) fn context_value(&self) -> &Context {
        self.context.get_or_init(|| Context::from_json_text(context::to_json(self)))
    }

    /// From here on `$context` has what the request template and the backend left.
    pub(super) fn renew_context(&mut self) {
        if !self.overrides.is_empty() || self.endpoint_request_id.is_some() {
            self.context = OnceCell::new();
        }
    }

    /// What `$input.params` reads: of several values the last.
    pub(super) fn params(&self) -> &Params {
        self.params.get_or_init(|| Params {
            path: self.path.last_of_each(),
            querystring: self.query.last_of_each(),
            header: self.headers().last_of_each(),
        })
    }

    /// The client's `Content-Type`.
    pub(super) fn content_type(&self) -> Option<&str> {
        self.headers().header("Content-Type")
    }

    /// The client's `Accept`.
    pub(super) fn accept(&self) -> Option<&str> {
        self.headers().header("Accept")
    }

    /// The response that API Gateway makes by itself: also for a request that the host refuses, because of its rate, its
    /// key or its authorizer.
    pub fn gateway_response(&self, failure: &Failure) -> GatewayResponse {
        self.respond(failure, None, None)
    }

    /// A gateway response whose status, unless the API customises it, or error type is not that of its type.
    pub(super) fn respond(
        &self,
        failure: &Failure,
        status: Option<u16>,
        error_type: Option<&str>,
    ) -> GatewayResponse {
        let gateway_responses = &self.method.api.gateway_responses;
        let values = |variable: Variable<'_>| self.variable(variable);
        let mut response = gateway_responses.respond(failure, self.accept(), values);
        if let Some(status) =
            status.filter(|_| Some(response.status) == failure.response_type.status())
        {
            response.status = status;
        }
        if let Some(error_type) = error_type {
            response.headers.insert(0, ("x-amzn-ErrorType".to_owned(), error_type.to_owned()));
        }
        self.recorder.log(|| format!("Method completed with status: {}", response.status));
        for (name, value) in self.ids() {
            response.headers.push((name.to_owned(), value.to_owned()));
        }
        if R::TRACES {
            let headers = response.headers.iter().map(|(name, _)| Member::Header(name.clone()));
            for member in headers.chain([Member::Status, Member::Body]) {
                let response_type = response.response_type.as_str();
                self.recorder.origin(|| Provenance {
                    message: Message::MethodResponse,
                    member,
                    origin: Origin::GatewayResponse { response_type },
                });
            }
        }
        response
    }

    /// A value for a gateway response.
    fn variable(&self, variable: Variable<'_>) -> Option<Cow<'_, str>> {
        let joined = |fields: &Fields<'_>, name: &str| {
            let values: Vec<&str> = fields.all(name).collect();
            (!values.is_empty()).then(|| Cow::Owned(values.join(",")))
        };
        match variable {
            Variable::Context(path) => {
                let node = context_member(self.context_value().root(), path);
                match scalar(node) {
                    Resolved::One(text) => Some(text),
                    _ => None,
                }
            }
            Variable::StageVariable(name) => self.stage.variable(name).map(Cow::Borrowed),
            Variable::Header(name) => self.headers().last(name).map(Cow::Borrowed),
            Variable::Path(name) => self.path.last(name).map(Cow::Borrowed),
            Variable::Querystring(name) => self.query.last(name).map(Cow::Borrowed),
            Variable::MultivalueHeader(name) => joined(self.headers(), name),
            Variable::MultivalueQuerystring(name) => joined(&self.query, name),
        }
    }

    /// The headers that every response has, where the host gave the ids.
    pub(super) fn ids(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        let given = self.given;
        [("x-amzn-RequestId", "requestId"), ("x-amz-apigw-id", "extendedRequestId")]
            .into_iter()
            .filter_map(move |(header, id)| Some((header, context::given_text(given, &[id])?)))
    }
}
