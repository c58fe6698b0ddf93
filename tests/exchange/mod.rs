//! A case file's sections → a method, a request and a backend; the messages that come out → text.

use serde_json::{Map, Value, json};
use transom::gateway::{
    Api, Backend, ConfigError, Exchange, Fields, Journal, Method, Request, Response, Stage,
    integration_request, method_response,
};

use crate::support::Case;

/// What a case's exchange came to.
pub(crate) struct Came {
    /// The integration request, as text
    pub sent: Option<String>,
    /// The method response, as text
    pub response: String,
    /// What the journal heard
    pub journal: Journal,
    /// Headers, query parameters and path parameters of both messages
    pub members: Vec<String>,
}

/// `POST /pets?a=b`, then headers, an empty line, and the body.
pub(crate) struct Text<'t> {
    pub first: &'t str,
    pub headers: Vec<(&'t str, &'t str)>,
    pub body: Option<&'t str>,
}

pub(crate) fn text(section: &str) -> Text<'_> {
    let (head, body) = match section.split_once("\n\n") {
        Some((head, body)) => (head, Some(body)),
        None => (section, None),
    };
    let mut lines = head.lines();
    let first = lines.next().unwrap_or_default();
    let headers = lines.map(|line| line.split_once(": ").unwrap_or((line, ""))).collect();
    Text { first, headers, body }
}

/// Compiles the method of a case, its templates put in where they belong.
pub(crate) fn method(case: &Case) -> Result<Method, ConfigError> {
    let json = |name: &str| case.section(name).map_or(json!({}), parse);
    let mut method = json("method");
    let integration = &mut method["methodIntegration"];
    if let Some(template) = case.section("request template") {
        integration["requestTemplates"] = json!({"application/json": template});
    }
    if let Some(template) = case.section("response template") {
        for response in integration["integrationResponses"].as_object_mut().into_iter().flatten() {
            response.1["responseTemplates"] = json!({"application/json": template});
        }
    }
    let api = Api::compile(&json("api"))?;
    Method::compile(&api, case.section("resource").unwrap_or("/"), &method)
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("the case's own JSON: {e}\n{text}"))
}

/// Runs the exchange of a case.
pub(crate) fn run(case: &Case) -> Result<Came, ConfigError> {
    let method = method(case)?;
    let stage = Stage::compile(&case.section("stage").map_or(json!({}), parse))?;
    let context: Map<String, Value> = match case.section("context").map(parse) {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let asked = text(case.section("request").unwrap_or("GET /"));
    let (verb, uri) = asked.first.split_once(' ').unwrap_or((asked.first, "/"));
    let request = Request {
        method: verb.into(),
        uri: uri.into(),
        headers: asked.headers.iter().copied().collect(),
        body: asked.body.unwrap_or_default().as_bytes().into(),
        ..Request::default()
    };
    let answered = case.section("backend").map(text);
    let backend = match &answered {
        None => Backend::Mock,
        Some(answer) if answer.first == "timeout" => Backend::TimedOut,
        Some(answer) if answer.first == "unreachable" => Backend::Unreachable,
        Some(answer) => Backend::Answered(Response {
            status: answer.first.parse().unwrap_or_default(),
            headers: answer.headers.iter().copied().collect(),
            body: answer.body.unwrap_or_default().as_bytes().into(),
        }),
    };
    let mut exchange =
        Exchange::recorded(&method, &stage, &request, Journal::default()).context(&context);
    let mut members = Vec::new();
    let mut sent = None;
    let response = match integration_request(&mut exchange) {
        Ok(request) => {
            sent = Some(print_request(&request));
            let of = |kind: &str, fields: &Fields<'_>| -> Vec<String> {
                fields.iter().map(|(name, _)| format!("request {kind} {name}")).collect()
            };
            members.extend(of("header", &request.headers));
            members.extend(of("query", &request.query));
            members.extend(of("path", &request.path));
            method_response(&mut exchange, backend)
        }
        Err(refused) => Err(refused),
    };
    let response = match response {
        Ok(response) => {
            let names = response.headers.iter().map(|(name, _)| format!("response header {name}"));
            members.extend(names);
            print_response(&response, "")
        }
        Err(refused) => {
            let response_type = refused.response_type.as_str();
            print_response(&refused.into(), &format!(" {response_type}"))
        }
    };
    Ok(Came { sent, response, journal: exchange.into_recorder(), members })
}

fn print_request(request: &Request<'_>) -> String {
    let mut out = format!("{} {}\n", request.method, request.uri);
    for (kind, fields) in [("path", &request.path), ("query", &request.query)] {
        for (name, value) in fields.iter() {
            out.push_str(&format!("{kind} {name}: {value}\n"));
        }
    }
    print_headers(&request.headers, &mut out);
    out.push('\n');
    out.push_str(&print_body(&request.body));
    out
}

fn print_response(response: &Response<'_>, response_type: &str) -> String {
    let mut out = format!("{}{response_type}\n", response.status);
    print_headers(&response.headers, &mut out);
    out.push('\n');
    out.push_str(&print_body(&response.body));
    out
}

fn print_headers(fields: &Fields<'_>, out: &mut String) {
    for (name, value) in fields.iter() {
        out.push_str(&format!("{name}: {value}\n"));
    }
}

fn print_body(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| format!("{bytes:?}"))
}

/// Holds a message against what a case says of it: its first line, the headers that are named, those that `- ` says are
/// not there, and the body where there is one.
pub(crate) fn differs(expected: &str, got: &str) -> Option<String> {
    let (want, have) = (text(expected), text(got));
    let mut wrong = String::new();
    if want.first != have.first {
        wrong.push_str(&format!("first line: {} instead of {}\n", have.first, want.first));
    }
    for (name, value) in &want.headers {
        match name.strip_prefix("- ") {
            Some(absent) if have.headers.iter().any(|(n, _)| n.eq_ignore_ascii_case(absent)) => {
                wrong.push_str(&format!("{absent} is there\n"));
            }
            Some(_) => {}
            None if !have.headers.contains(&(*name, *value)) => {
                wrong.push_str(&format!("no {name}: {value}\n"));
            }
            None => {}
        }
    }
    if want.body.is_some_and(|body| body != have.body.unwrap_or_default()) {
        wrong.push_str("another body\n");
    }
    (!wrong.is_empty()).then(|| format!("{wrong}--- got\n{got}"))
}
