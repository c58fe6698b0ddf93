//! Runs the cases of `tests/gateway/exchanges/`: a method, a request, what the backend answers, and what both get
//! (tests/gateway/README.md).

#![allow(clippy::panic, reason = "a broken case fails the test")]

mod exchange;
#[allow(dead_code, reason = "each test reads what it needs of a case")]
mod support;

use std::borrow::Cow;
use std::fmt::Write;

use serde_json::json;
use support::Case;
use transom::gateway::{
    Api, Backend, Exchange, Member, Message, Method, Provenance, Request, Response, ResponseType,
    Stage, integration_request, method_response,
};

const SECTIONS: [&str; 14] = [
    "resource",
    "api",
    "method",
    "request template",
    "response template",
    "stage",
    "context",
    "request",
    "backend",
    "sent",
    "response",
    "log",
    "origins",
    "error",
];

#[test]
fn every_exchange_goes_as_its_case_says() {
    let mut failures = String::new();
    let cases = support::cases("gateway/exchanges");
    for case in &cases {
        if let Err(difference) = run(case) {
            let _ = writeln!(failures, "\n{} === {}\n{difference}", case.file.display(), case.name);
        }
    }
    assert!(failures.is_empty(), "{failures}");
    println!("{} cases", cases.len());
}

fn run(case: &Case) -> Result<(), String> {
    case.only(&SECTIONS)?;
    let came = match (exchange::run(case), case.section("error")) {
        (Ok(came), None) => came,
        (Err(error), Some(expected)) if error.to_string() == expected => return Ok(()),
        (Err(error), _) => return Err(format!("the configuration: {error}")),
        (Ok(_), Some(_)) => return Err("the configuration was taken".to_owned()),
    };
    let mut wrong = String::new();
    match (case.section("sent"), &came.sent) {
        (Some("nothing"), None) | (None, _) => {}
        (Some(expected), Some(sent)) => {
            wrong.push_str(&exchange::differs(expected, sent).unwrap_or_default());
        }
        (Some(_), None) => wrong.push_str("nothing was sent\n"),
    }
    if let Some(expected) = case.section("response") {
        wrong.push_str(&exchange::differs(expected, &came.response).unwrap_or_default());
    }
    if let Some(expected) = case.section("log") {
        let log = came.journal.log().lines().join("\n");
        if log != expected {
            let _ = writeln!(wrong, "log:\n{log}");
        }
    }
    let origins: Vec<String> = came.journal.origins().iter().map(print_origin).collect();
    for expected in case.section("origins").into_iter().flat_map(str::lines) {
        if !origins.iter().any(|origin| origin == expected) {
            let _ = writeln!(wrong, "no origin {expected}\n{}", origins.join("\n"));
        }
    }
    // Whatever a message has came from somewhere.
    for member in &came.members {
        if !origins.iter().any(|origin| origin.starts_with(&format!("{member}: "))) {
            let _ = writeln!(wrong, "nothing is said of where {member} came from");
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

fn print_origin(provenance: &Provenance) -> String {
    let message = match provenance.message {
        Message::IntegrationRequest => "request",
        Message::MethodResponse => "response",
    };
    let member = match &provenance.member {
        Member::Method => "method".to_owned(),
        Member::Uri => "uri".to_owned(),
        Member::Status => "status".to_owned(),
        Member::Body => "body".to_owned(),
        Member::Path(name) => format!("path {name}"),
        Member::Query(name) => format!("query {name}"),
        Member::Header(name) => format!("header {name}"),
    };
    format!("{message} {member}: {}", provenance.origin)
}

#[test]
fn a_method_is_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Method>();
}

#[test]
fn a_body_that_passes_is_not_copied() {
    let method = json!({"methodIntegration": {"type": "HTTP", "uri": "https://backend.example", "integrationResponses": {"200": {"statusCode": "200"}}}});
    let method = Method::compile(&Api::default(), "/", &method).expect("the method is right");
    let stage = Stage::default();
    let request = Request {
        uri: "/".into(),
        body: "{\"name\": \"Zoë\"}".as_bytes().into(),
        ..Request::default()
    };
    let mut exchange = Exchange::new(&method, &stage, &request);
    let sent = integration_request(&mut exchange).expect("it is sent");
    assert!(matches!(sent.body, Cow::Borrowed(body) if std::ptr::eq(body, &*request.body)));
    let answer = Response { status: 200, body: "für".as_bytes().into(), ..Response::default() };
    let response = method_response(&mut exchange, Backend::Answered(answer)).expect("a response");
    assert!(matches!(response.body, Cow::Borrowed(_)));
}

#[test]
fn quotas_are_those_of_api_gateway() {
    let method =
        json!({"methodIntegration": {"type": "HTTP_PROXY", "uri": "https://backend.example"}});
    let method = Method::compile(&Api::default(), "/", &method).expect("the method is right");
    let stage = Stage::default();
    let refused = |request: Request<'_>| {
        integration_request(&mut Exchange::new(&method, &stage, &request))
            .err()
            .map(|refused| (refused.response_type, refused.status))
    };
    let usual = || Request { uri: "/".into(), ..Request::default() };
    let too_large = Some((ResponseType::RequestTooLarge, 413));
    let megabytes = |n: usize, more: usize| vec![b' '; n * 1024 * 1024 + more].into();
    assert_eq!(refused(Request { body: megabytes(10, 0), ..usual() }), None);
    assert_eq!(refused(Request { body: megabytes(10, 1), ..usual() }), too_large);
    let headers = |n: usize| [("a", "b".repeat(n))].into_iter().collect();
    assert_eq!(refused(Request { headers: headers(10_235), ..usual() }), None);
    assert_eq!(refused(Request { headers: headers(10_236), ..usual() }), too_large);
    assert_eq!(refused(Request { uri: "/".repeat(10_241).into(), ..usual() }), too_large);

    let request = usual();
    let mut exchange = Exchange::new(&method, &stage, &request);
    integration_request(&mut exchange).expect("it is sent");
    let answer = Response { status: 200, body: megabytes(10, 1), ..Response::default() };
    let refused = method_response(&mut exchange, Backend::Answered(answer)).unwrap_err();
    assert_eq!(refused.response_type, ResponseType::ApiConfigurationError);
}

#[test]
fn a_template_of_more_than_300_kb_is_refused_before_any_request() {
    let template = "x".repeat(300 * 1024 + 1);
    let method = json!({"methodIntegration": {"type": "MOCK", "requestTemplates": {"application/json": template}}});
    let error = Method::compile(&Api::default(), "/", &method).unwrap_err();
    assert_eq!(error.place(), "method.methodIntegration.requestTemplates.application/json");
}
