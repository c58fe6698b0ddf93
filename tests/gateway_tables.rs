//! Runs AWS's tables of choices and headers, `tests/gateway/*.tsv`.

#![allow(clippy::panic, reason = "a broken table fails the test")]

use serde_json::{Map, Value, json};
use transom::gateway::{
    Api, Backend, Exchange, Fields, GatewayResponse, Method, Request, Response, ResponseType,
    Stage, exchange,
};

/// The rows of a table, without its head.
fn rows<const N: usize>(table: &str) -> Vec<[&str; N]> {
    let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    let rows: Vec<_> = lines
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            columns.try_into().unwrap_or_else(|_| panic!("not {N} columns: {line}"))
        })
        .collect();
    assert!(!rows.is_empty());
    rows
}

struct Came {
    sent: Option<Request<'static>>,
    response: Result<Response<'static>, GatewayResponse>,
}

fn owned(fields: &Fields<'_>) -> Fields<'static> {
    fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// One request through one integration.
fn run(integration: &Value, headers: &[(&str, &str)], answered: &[(&str, &str)]) -> Came {
    let method = json!({"methodIntegration": integration});
    let method = Method::compile(&Api::default(), "/", &method).expect("the method is right");
    let stage = Stage::default();
    let request = Request {
        method: "POST".into(),
        uri: "/".into(),
        headers: headers.iter().copied().collect(),
        body: b"payload".into(),
        ..Request::default()
    };
    let mut way = Exchange::new(&method, &stage, &request);
    let (sent, response) = exchange(&mut way, |_| {
        Backend::Answered(Response {
            status: 200,
            headers: owned(&answered.iter().copied().collect()),
            body: b"{}".to_vec().into(),
        })
    });
    let sent = sent.map(|sent| Request {
        headers: owned(&sent.headers),
        body: sent.body.into_owned().into(),
        ..Request::default()
    });
    Came { sent, response }
}

fn templates(keys: &str) -> Map<String, Value> {
    let keys = keys.split(',').filter(|key| *key != "-");
    keys.map(|key| match key.strip_prefix('=') {
        Some(key) => (key.to_owned(), "".into()),
        None => (key.to_owned(), format!("by {key}").into()),
    })
    .collect()
}

#[test]
fn request_templates() {
    for row in rows::<4>(include_str!("gateway/template-choice.tsv")) {
        let [keys, content_type, behavior, outcome] = row;
        let mut integration = json!({
            "type": "HTTP",
            "uri": "https://backend.example",
            "requestTemplates": templates(keys),
        });
        if behavior != "-" {
            integration["passthroughBehavior"] = behavior.into();
        }
        let header = [("Content-Type", content_type)];
        let headers = if content_type == "-" { &header[..0] } else { &header[..] };
        let came = run(&integration, headers, &[]);
        let body = came.sent.map(|sent| String::from_utf8_lossy(&sent.body).into_owned());
        match outcome {
            "pass" => assert_eq!(body.as_deref(), Some("payload"), "{row:?}"),
            "415" => {
                assert_eq!(body, None, "{row:?}");
                let refused = came.response.unwrap_err();
                assert_eq!(refused.response_type, ResponseType::UnsupportedMediaType, "{row:?}");
            }
            _ => assert!(body.is_some_and(|body| body.starts_with("by ")), "{row:?}"),
        }
    }
}

#[test]
fn response_templates() {
    for row in rows::<3>(include_str!("gateway/response-template-choice.tsv")) {
        let [keys, accept, chosen] = row;
        let integration = json!({
            "type": "HTTP",
            "uri": "https://backend.example",
            "integrationResponses": {"200": {"statusCode": "200", "responseTemplates": templates(keys)}},
        });
        let header = [("Accept", accept)];
        let headers = if accept == "-" { &header[..0] } else { &header[..] };
        let response = run(&integration, headers, &[]).response.expect("a response");
        let expected = if chosen == "pass" { "{}".to_owned() } else { format!("by {chosen}") };
        assert_eq!(String::from_utf8_lossy(&response.body), expected, "{row:?}");
    }
}

#[test]
fn statuses_of_a_mock() {
    for row in rows::<2>(include_str!("gateway/mock-status.tsv")) {
        let [rendered, status] = row;
        let integration = json!({
            "type": "MOCK",
            "requestTemplates": {"application/json": rendered},
            "integrationResponses": {"299": {"statusCode": "299", "selectionPattern": status}},
        });
        let came = run(&integration, &[], &[]);
        let got = came.response.map_or_else(|refused| refused.status, |response| response.status);
        assert_eq!(got, if status == "500" { 500 } else { 299 }, "{row:?}");
    }
}

/// `+`, `-`, `r` or `!`
fn fate(name: &str, fields: Option<&Fields<'_>>) -> &'static str {
    let Some(fields) = fields else { return "!" };
    match (fields.header(name), fields.header(&format!("x-amzn-Remapped-{name}"))) {
        (Some("set"), _) => "+",
        (None, Some("set")) => "r",
        _ => "-",
    }
}

#[test]
fn headers() {
    const LAMBDA: &str =
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations";
    for row in rows::<7>(include_str!("gateway/headers.tsv")) {
        let [name, proxy, event, http, aws, response, answered] = row;
        let integration = |kind: &str| json!({"type": kind, "uri": "https://backend.example"});

        // Any coding but these is refused before headers are looked at.
        let set = if name == "Content-Encoding" { "identity" } else { "set" };
        let came = run(&integration("HTTP_PROXY"), &[(name, set)], &[]);
        let sent = came.sent.expect("it is sent");
        let passes = sent.headers.header(name) == Some(set);
        assert_eq!(if passes { "+" } else { "-" }, proxy, "client HTTP_PROXY: {row:?}");

        let came = run(&json!({"type": "AWS_PROXY", "uri": LAMBDA}), &[(name, set)], &[]);
        let sent = came.sent.expect("it is sent");
        let body: Value = serde_json::from_slice(&sent.body).expect("an event is JSON");
        let passes = body["headers"][name] == set;
        assert_eq!(if passes { "+" } else { "-" }, event, "client AWS_PROXY: {row:?}");

        for (kind, expected) in [("HTTP", http), ("AWS", aws)] {
            let mut integration = integration(kind);
            let mapping = format!("integration.request.header.{name}");
            integration["requestParameters"] = json!({mapping: "'set'"});
            let came = run(&integration, &[], &[]);
            let sent = came.sent.as_ref().map(|sent| &sent.headers);
            assert_eq!(fate(name, sent), expected, "mapped {kind}: {row:?}");
        }

        let mut http = integration("HTTP");
        let mapping = format!("method.response.header.{name}");
        http["integrationResponses"] =
            json!({"200": {"statusCode": "200", "responseParameters": {mapping: "'set'"}}});
        let came = run(&http, &[], &[]).response.expect("a response");
        assert_eq!(fate(name, Some(&came.headers)), response, "response: {row:?}");

        let came = run(&integration("HTTP_PROXY"), &[], &[(name, "set")]).response;
        let came = came.expect("a response");
        assert_eq!(fate(name, Some(&came.headers)), answered, "answered HTTP_PROXY: {row:?}");
    }
}
