//! `--explain`: both messages, and where each of their members came from.

use serde_json::{Map, Value, json};
use transom::gateway::{
    Fields, GatewayResponse, Member, Message, Origin, Provenance, Request, Response,
};
use transom_definition::{Node, Route};

use super::print::status_line;
use crate::args::OutputForm;
use crate::commands::batch::exchange::write;
use crate::console::Console;
use crate::stop::Stop;

/// What there is to tell of an exchange.
pub(super) struct Told<'t> {
    pub(super) route: &'t Route,
    pub(super) request: &'t Request<'t>,
    pub(super) sent: Option<&'t Request<'t>>,
    pub(super) response: Result<Response<'t>, GatewayResponse>,
    pub(super) origins: Vec<Provenance>,
}

impl Told<'_> {
    /// Prints it, and says the status.
    pub(super) fn print(self, form: OutputForm, console: &mut Console<'_>) -> Result<u16, Stop> {
        let Told { route, request, sent, response, origins } = self;
        let (response, response_type) = match response {
            Ok(response) => (response, None),
            Err(refused) => {
                let response_type = refused.response_type.as_str();
                (Response::from(refused), Some(response_type))
            }
        };
        if form == OutputForm::Json {
            let mut out = Map::new();
            out.insert("route".to_owned(), route.label().into());
            if let Some(sent) = sent {
                write::request(&mut out, sent);
            }
            write::response(&mut out, &response, response_type);
            let origins = origins.iter().map(|one| {
                json!({
                    "message": message(one.message),
                    "member": member(&one.member),
                    "origin": origin(&one.origin, route),
                })
            });
            out.insert("origins".to_owned(), origins.collect());
            writeln!(console.stdout, "{}", Value::Object(out))?;
            return Ok(response.status);
        }
        let mut lines = vec![format!("Method request: {} {}", request.method, request.uri)];
        lines.push(format!("  goes to {} ({})", route.label(), route.method.place.label()));
        headers(&request.headers, &mut lines);
        body(&request.body, &mut lines);
        let from = |of: Message, lines: &mut Vec<String>| {
            for one in origins.iter().filter(|one| one.message == of) {
                lines.push(format!("  {} <- {}", member(&one.member), origin(&one.origin, route)));
            }
        };
        if let Some(sent) = sent {
            lines.push(String::new());
            lines.push(format!("Integration request: {} {}", sent.method, sent.uri));
            for (name, value) in sent.path.iter() {
                lines.push(format!("  path {name} = {value}"));
            }
            for (name, value) in sent.query.iter() {
                lines.push(format!("  query {name} = {value}"));
            }
            headers(&sent.headers, &mut lines);
            body(&sent.body, &mut lines);
            from(Message::IntegrationRequest, &mut lines);
        }
        lines.push(String::new());
        let own = response_type.map(|t| format!(", a gateway response: {t}")).unwrap_or_default();
        lines.push(format!("Method response: {}{own}", status_line(response.status)));
        headers(&response.headers, &mut lines);
        body(&response.body, &mut lines);
        from(Message::MethodResponse, &mut lines);
        writeln!(console.stdout, "{}", lines.join("\n"))?;
        Ok(response.status)
    }
}

fn headers(fields: &Fields<'_>, lines: &mut Vec<String>) {
    lines.extend(fields.iter().map(|(name, value)| format!("  {name}: {value}")));
}

fn body(body: &[u8], lines: &mut Vec<String>) {
    if body.is_empty() {
        return;
    }
    match std::str::from_utf8(body) {
        Ok(text) => lines.extend(text.lines().map(|line| format!("  | {line}"))),
        Err(_) => lines.push(format!("  | {} bytes that are no text", body.len())),
    }
}

fn message(message: Message) -> &'static str {
    match message {
        Message::IntegrationRequest => "integrationRequest",
        Message::MethodResponse => "methodResponse",
    }
}

fn member(member: &Member) -> String {
    match member {
        Member::Method => "method".to_owned(),
        Member::Uri => "uri".to_owned(),
        Member::Path(name) => format!("path {name}"),
        Member::Query(name) => format!("query {name}"),
        Member::Header(name) => format!("header {name}"),
        Member::Status => "status".to_owned(),
        Member::Body => "body".to_owned(),
    }
}

fn origin(origin: &Origin, route: &Route) -> String {
    match origin {
        Origin::Client => "the client".to_owned(),
        Origin::Backend => "the backend".to_owned(),
        Origin::Configuration { place } => {
            format!("{place} ({})", route.method.find(place).place.label())
        }
        Origin::Default { why } => format!("API Gateway: {why}"),
        Origin::Mapping { source } => format!("mapping of {source}{}", mapped(source, route)),
        Origin::Override { line: Some(line) } => format!("override, line {line} of the template"),
        Origin::Override { line: None } => "override of the template".to_owned(),
        Origin::Renamed { from } => format!("renamed from {from}"),
        Origin::GatewayResponse { response_type } => format!("gateway response {response_type}"),
        Origin::Template { content_type, lines } => {
            let lines = match lines.as_slice() {
                [] => String::new(),
                [first, .., last] if first.line != last.line => {
                    format!(", lines {} to {}", first.line, last.line)
                }
                [first, ..] => format!(", line {}", first.line),
            };
            format!("template for {content_type}{lines}")
        }
        Origin::Conversion { how } => format!("conversion: {how}"),
    }
}

/// Where a mapping from this source stands.
fn mapped(source: &str, route: &Route) -> String {
    let integration = route.method.get("methodIntegration");
    let responses = integration.and_then(|one| one.get("integrationResponses"));
    let responses = responses.map(Node::members).unwrap_or_default().iter();
    let of_request = integration.and_then(|one| one.get("requestParameters"));
    let all = of_request
        .into_iter()
        .chain(responses.filter_map(|response| response.value.get("responseParameters")));
    let mut values = all.flat_map(Node::members).map(|member| &member.value);
    let found = values.find(|value| value.as_str() == Some(source));
    found.map(|value| format!(" ({})", value.place.label())).unwrap_or_default()
}
