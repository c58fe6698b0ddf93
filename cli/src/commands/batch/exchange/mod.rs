//! The other shape of a line: a whole exchange, one request through one method.

mod read;
mod write;

use serde_json::{Map, Value};
use transom::gateway::{
    Backend, Exchange, Recorder, Request, Response, Stage, integration_request, method_response,
};

use super::answer::Failure;
use super::methods::Methods;
use read::Answered;

/// A render has none of these members.
pub(super) fn is_exchange(line: &Map<String, Value>) -> bool {
    line.contains_key("method") || line.contains_key("request")
}

/// The members of the answer beside `id`.
pub(crate) fn answer<R: Recorder>(
    line: Map<String, Value>,
    methods: &Methods,
    recorder: R,
) -> Result<Map<String, Value>, Failure> {
    let line = read::line(line)?;
    let configuration =
        |error: transom::gateway::ConfigError| Failure::plain("configuration", error.to_string());
    let method =
        methods.compile(&line.api, &line.resource_path, &line.method).map_err(configuration)?;
    let stage = Stage::compile(&line.stage).map_err(configuration)?;
    let request = line.request.borrowed();
    let mut exchange =
        Exchange::recorded(&method, &stage, &request, recorder).context(&line.context);

    let mut out = Map::new();
    if let Some(refusal) = &line.refusal {
        write::refused(&mut out, exchange.gateway_response(refusal));
        return Ok(out);
    }
    let sent = match integration_request(&mut exchange) {
        Ok(sent) => sent,
        Err(refused) => {
            write::refused(&mut out, refused);
            return Ok(out);
        }
    };
    if !method.is_mock() {
        write::request(&mut out, &sent);
    }
    let backend = match &line.answered {
        Answered::With(response) => Backend::Answered(response.borrowed()),
        Answered::Echo => Backend::Answered(echo(&sent)),
        Answered::TimedOut => Backend::TimedOut,
        Answered::Unreachable => Backend::Unreachable,
        Answered::Absent if method.is_mock() => Backend::Mock,
        // A backend of which nothing is said has nothing to say.
        Answered::Absent => Backend::Answered(Response { status: 200, ..Response::default() }),
    };
    match method_response(&mut exchange, backend) {
        Ok(response) => write::response(&mut out, &response, None),
        Err(refused) => write::refused(&mut out, refused),
    }
    Ok(out)
}

/// The integration request's own body and content type.
fn echo<'r>(sent: &'r Request<'_>) -> Response<'r> {
    let content_type = sent.headers.header("Content-Type");
    Response {
        status: 200,
        headers: content_type.map(|value| ("Content-Type", value)).into_iter().collect(),
        body: sent.body.as_ref().into(),
    }
}
