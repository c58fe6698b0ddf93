//! `transom check` on definitions of APIs: every problem has its place in the file.

mod process;

use process::{file, transom};
use serde_json::Value;

/// `LINE:COLUMN KIND` of every finding, sorted.
fn found(test: &str, name: &str, text: &str) -> Vec<String> {
    found_in(&file(test, name, text), &[])
}

fn found_in(path: &str, arguments: &[&str]) -> Vec<String> {
    let done = transom(&[&["check", path, "--format", "json"], arguments].concat());
    let all: Vec<Value> = serde_json::from_str(&done.stdout).expect("JSON");
    let of = |one: &Value| {
        let kind = one["kind"].as_str().unwrap_or_default();
        format!("{}:{} {kind}", one["line"], one["column"])
    };
    all.iter().map(of).collect()
}

/// A POST with this text behind `application/json: `.
fn with_template(template: &str) -> String {
    format!(
        "openapi: 3.0.1\npaths:\n  /a:\n    post:\n      x-amazon-apigateway-integration:\n        type: http\n        \
         uri: https://backend.example\n        requestTemplates:\n          application/json: {template}\n"
    )
}

#[test]
fn the_example_is_right_in_every_format() {
    let folder = format!("{}/../examples/orders", env!("CARGO_MANIFEST_DIR"));
    let names = [
        "openapi.yaml",
        "export.json",
        "swagger.json",
        "sam.yaml",
        "cloudformation.yaml",
        "cdk.out",
        "plan.json",
        "get-method.json",
    ];
    let paths = names.map(|name| format!("{folder}/{name}"));
    let mut arguments = vec!["check", "--deny-warnings"];
    arguments.extend(paths.iter().map(String::as_str));
    let done = transom(&arguments);
    assert_eq!((done.code, done.stdout.as_str(), done.stderr.as_str()), (Some(0), "", ""));
}

/// `LINE:COLUMN ` of a piece of a text.
fn place(text: &str, piece: &str) -> String {
    let before = &text[..text.find(piece).expect("it is there")];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    format!("{}:{} ", before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[test]
fn a_template_in_every_style_of_yaml_keeps_its_places() {
    for template in [
        "|\n            ok\n\n              $a-b",
        "|-\n            ok $a-b",
        "|2\n            ok\n            $a-b\n\n",
        ">\n            ok\n            $a-b",
        ">-\n            ok\n\n            é $a-b",
        ">\n            ok\n              more\n            é $a-b\n",
        "\"ok $a-b\"",
        "\"\\\"ok\\\" \\u00e9\\t$a-b\"",
        "\"ok\\n\\\n              $a-b\"",
        "\"ok\n\n              $a-b\"",
        "'it''s $a-b'",
        "'it\n\n            $a-b'",
        "!!str '$a-b'",
        "&anchor '$a-b'",
        "($a-b",
    ] {
        let text = with_template(template);
        let found = found("styles", "api.yaml", &text);
        let wanted = place(&text, "$a-b");
        assert!(found.iter().any(|one| one.starts_with(&wanted)), "{text}\n{wanted}: {found:?}");
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(found_in(&file("styles", "crlf.yaml", crlf), &[]), found, "{text}");
    }
}

#[test]
fn json_is_read_as_well() {
    let api = r##"{"swagger": "2.0", "paths": {"/a": {"get": {"x-amazon-apigateway-integration": {
      "type": "http", "uri": "https://backend.example",
      "requestTemplates": {"application/json": "{\"a\u00e9\ud83d\ude00\": \"\/$a-b\"}"}}}}}}"##;
    let wanted = format!("{}glued-name", place(api, "$a-b"));
    assert_eq!(found("json", "api.json", api), [wanted]);
    // … and a template that is named like JSON is one.
    assert_eq!(found("json", "template.json", "{\"a\": $a-b}"), ["1:7 glued-name"]);
}

#[test]
fn what_is_no_template_is_checked_too() {
    let api = "openapi: 3.0.1
x-amazon-apigateway-request-validators:
  body: {validateRequestBody: true}
x-amazon-apigateway-gateway-responses:
  NO_SUCH_TYPE: {statusCode: 400}
components:
  schemas:
    Pet: {type: thing}
paths:
  /a:
    post:
      x-amazon-apigateway-request-validator: bodies
      parameters:
        - $ref: '#/components/parameters/none'
        - {name: x, in: nowhere}
      x-amazon-apigateway-integration:
        type: ftp
        uri: https://backend.example
        passthroughBehavior: sometimes
        requestParameters:
          integration.request.header.X: unquoted
        responses:
          '(': {statusCode: 200}
          default: {statusCode: 42}
  /b:
    get: {}
";
    let mut got = found("configuration", "api.yaml", api);
    got.sort();
    let mut expected = [
        "5:17", "8:17", "12:46", "14:17", "15:11", "17:15", "19:30", "21:41", "23:11", "24:33",
        "26:5",
    ]
    .map(str::to_owned);
    expected.sort();
    let places: Vec<&str> = got.iter().filter_map(|one| one.split(' ').next()).collect();
    assert_eq!(places, expected, "{got:#?}");
}

#[test]
fn a_merge_adds_what_an_object_has_not() {
    let api = "openapi: 3.0.1
x-base: &base {type: ftp, uri: https://backend.example}
paths:
  /a:
    get: {x-amazon-apigateway-integration: {<<: *base, type: http}}
    put: {x-amazon-apigateway-integration: {type: http_proxy, <<: [*base]}}
    post: {x-amazon-apigateway-integration: {<<: *base}}
";
    assert_eq!(found("merge", "api.yaml", api), ["2:22 configuration"]);
}

#[test]
fn what_is_no_definition_is_said() {
    assert_eq!(found("none", "broken.yaml", "a: [1\nb: }"), ["2:2 yaml"]);
    assert_eq!(found("none", "other.yaml", "a: 1\n"), ["1:1 input"]);
    assert_eq!(found("none", "two.yaml", "a: 1\n---\nb: 1\n"), ["2:1 yaml"]);
    assert_eq!(found("none", "empty.yaml", ""), ["1:1 yaml"]);
    assert_eq!(found("none", "twice.yaml", "a: 1\nb: 2\na: 3\n"), ["3:1 yaml"]);
    let bomb: String = (1..12).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
        let again = format!("*a{}, ", n - 1).repeat(10);
        format!("{text}a{n}: &a{n} [{again}]\n")
    });
    let got = found("none", "bomb.yaml", &bomb);
    assert!(got.len() == 1 && got[0].ends_with(" yaml"), "{got:?}");
}
