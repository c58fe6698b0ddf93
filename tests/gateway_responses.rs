//! Gateway responses: AWS's table, `tests/gateway/gateway-responses.tsv`, and what a definition changes.

#![allow(clippy::panic, reason = "a broken table fails the test")]

use std::borrow::Cow;

use serde_json::{Value, json};
use transom::gateway::gateway_response::{
    Failure, GatewayResponse, GatewayResponses, ResponseType, Variable,
};

#[test]
fn the_table() {
    let table = include_str!("gateway/gateway-responses.tsv");
    let mut types = ResponseType::ALL.into_iter();
    for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, status, falls_back_to, error_type, body] = columns[..] else {
            panic!("not five columns: {line}")
        };
        let response_type = types.next().expect("no more types than rows");
        assert_eq!(response_type.as_str(), name);
        assert_eq!(ResponseType::parse(name), Some(response_type));
        assert_eq!(response_type.status(), status.parse().ok(), "{name}");
        let default = response_type.falls_back_to().map_or("", ResponseType::as_str);
        assert_eq!(default, falls_back_to, "{name}");
        assert_eq!(response_type.error_type().unwrap_or(""), error_type, "{name}");
        let response = respond(&json!({}), &response_type.into());
        assert_eq!(response.body, body, "{name}");
        if let Some(status) = response_type.status() {
            assert_eq!(response.status, status, "{name}");
        }
    }
    assert_eq!(types.next(), None);
}

fn respond(definitions: &Value, failure: &Failure) -> GatewayResponse {
    let definitions = definitions.as_object().expect("an object");
    let responses = GatewayResponses::compile(definitions).unwrap_or_else(|e| panic!("{e}"));
    responses.respond(failure, Some("application/json"), value)
}

fn value(variable: Variable<'_>) -> Option<Cow<'static, str>> {
    match variable {
        Variable::Context("stage") => Some("prod".into()),
        Variable::StageVariable("color") => Some("blue".into()),
        Variable::Header("Accept") => Some("text/html".into()),
        Variable::Querystring("q") => Some("1".into()),
        _ => None,
    }
}

fn header<'r>(response: &'r GatewayResponse, name: &str) -> Option<&'r str> {
    response.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

#[test]
fn what_is_not_defined_is_the_types_own() {
    let definitions = json!({
        "DEFAULT_4XX": {"statusCode": "499", "responseTemplates": {"application/json": "default"}},
        "THROTTLED": {"responseParameters": {"gatewayresponse.header.Retry-After": "'1'"}},
    });
    let response = respond(&definitions, &ResponseType::Throttled.into());
    assert_eq!(
        (response.status, response.body.as_str()),
        (429, r#"{"message":"Too Many Requests"}"#)
    );
    assert_eq!(header(&response, "Retry-After"), Some("1"));

    let response = respond(&definitions, &ResponseType::QuotaExceeded.into());
    assert_eq!((response.status, response.body.as_str()), (499, "default"));

    let response = respond(&definitions, &ResponseType::ApiConfigurationError.into());
    assert_eq!(response.status, 500);
}

#[test]
fn a_request_that_is_too_large_has_no_response_of_its_own() {
    let definitions = json!({"REQUEST_TOO_LARGE": {"statusCode": "499"}});
    let response = respond(&definitions, &ResponseType::RequestTooLarge.into());
    assert_eq!(response.status, 413);
    assert!(response.body.contains("10485760"));

    let definitions =
        json!({"DEFAULT_4XX": {"statusCode": "498"}, "REQUEST_TOO_LARGE": {"statusCode": "499"}});
    let response = respond(&definitions, &ResponseType::RequestTooLarge.into());
    assert_eq!(response.status, 498);
}

#[test]
fn sources_of_headers() {
    let definitions = json!({"UNAUTHORIZED": {"responseParameters": {
        "gatewayresponse.header.content-type": "'text/plain'",
        "gatewayresponse.header.a": "method.request.header.Accept",
        "gatewayresponse.header.b": "method.request.querystring.q",
        "gatewayresponse.header.c": "context.stage",
        "gatewayresponse.header.d": "stageVariables.color",
        "gatewayresponse.header.e": "context.error.message",
        "gatewayresponse.header.none": "method.request.header.None",
        "gatewayresponse.path.p": "'ignored'",
    }}});
    let response = respond(&definitions, &ResponseType::Unauthorized.into());
    let headers: Vec<String> =
        response.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let mut expected = vec![
        "x-amzn-ErrorType: UnauthorizedException",
        "content-type: text/plain",
        "a: text/html",
        "b: 1",
        "c: prod",
        "d: blue",
        "e: Unauthorized",
    ];
    let mut headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    headers.sort_unstable();
    expected.sort_unstable();
    assert_eq!(headers, expected);
}

#[test]
fn templates_are_substitution_and_no_vtl() {
    let template = r##"#if($context.stage == "prod")$context.error.messageString/$context.error.message/$context.error.responseType/$context.error.validationErrorString/$context.none#end"##;
    let definitions =
        json!({"BAD_REQUEST_BODY": {"responseTemplates": {"application/json": template}}});
    let mut failure = Failure::with_message(ResponseType::BadRequestBody, "say \"no\"");
    failure.validation_error = Some("[why]".to_owned());
    let response = respond(&definitions, &failure);
    assert_eq!(
        response.body,
        r#"#if(prod == "prod")"say \"no\""/say "no"/BAD_REQUEST_BODY/[why]/#end"#
    );
}

#[test]
fn the_template_is_chosen_by_accept() {
    let definitions = json!({"DEFAULT_4XX": {"responseTemplates": {"text/html": "html", "application/json": "json"}}});
    let responses = GatewayResponses::compile(definitions.as_object().expect("an object"))
        .expect("it is right");
    let body = |accept| responses.respond(&ResponseType::Throttled.into(), accept, value).body;
    assert_eq!(body(Some("text/html,*/*")), "html");
    assert_eq!(body(Some("image/png")), "json");
    assert_eq!(body(None), "json");
}

#[test]
fn a_wrong_definition_is_named() {
    let error = |definitions: Value| {
        let definitions = definitions.as_object().expect("an object").clone();
        GatewayResponses::compile(&definitions).map(|_| ()).unwrap_err().to_string()
    };
    assert_eq!(
        error(json!({"TEAPOT": {}})),
        "gatewayResponses.TEAPOT is no response type of API Gateway"
    );
    assert_eq!(error(json!({"THROTTLED": 1})), "gatewayResponses.THROTTLED is no object");
    assert_eq!(
        error(json!({"THROTTLED": {"statusCode": "9"}})),
        r#"gatewayResponses.THROTTLED.statusCode is no status from 100 to 599: "9""#
    );
    assert_eq!(
        error(json!({"THROTTLED": {"responseParameters": {"gatewayresponse.header.a": "b"}}})),
        "gatewayResponses.THROTTLED.responseParameters.gatewayresponse.header.a is neither a text in single quotes nor \
         method.request.…, context.… or stageVariables.…: b"
    );
    assert_eq!(
        error(json!({"THROTTLED": {"responseTemplates": {"application/json": {}}}})),
        "gatewayResponses.THROTTLED.responseTemplates.application/json is no text"
    );
    assert_eq!(
        error(json!({"THROTTLED": {"status": 1}})),
        "gatewayResponses.THROTTLED.status is no member of a gateway response"
    );
}

#[test]
fn any_template_gives_a_body() {
    const PIECES: [&str; 14] = [
        "$",
        "{",
        "}",
        "context",
        ".",
        "error",
        "message",
        "messageString",
        "-",
        "é",
        "stageVariables",
        "method.request.header.",
        "$context.stage",
        "${context.error.message}",
    ];
    let mut seed = 0x5eed_u64;
    for _ in 0..5_000 {
        let mut template = String::new();
        for _ in 0..8 {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            template.push_str(PIECES[(seed % PIECES.len() as u64) as usize]);
        }
        let definitions =
            json!({"THROTTLED": {"responseTemplates": {"application/json": template}}});
        let response = respond(&definitions, &ResponseType::Throttled.into());
        if !template.contains('$') {
            assert_eq!(response.body, template);
        }
    }
}
