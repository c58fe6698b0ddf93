//! `transom invoke` on `examples/orders`, end to end.

mod process;

use process::{Done, file, transom};
use serde_json::{Value, json};

fn orders(name: &str) -> String {
    format!("{}/../examples/orders/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn invoke(arguments: &[&str]) -> Done {
    transom(&[&["invoke", &orders("openapi.yaml")], arguments].concat())
}

#[test]
fn an_order_goes_into_the_queue_and_its_id_to_the_client() {
    let order = format!("@{}", orders("order.json"));
    let sent =
        invoke(&["POST", "/orders", "-d", &order, "--integration-request", "--stage", "prod"]);
    assert_eq!((sent.code, sent.stderr.as_str()), (Some(0), ""));
    let (head, body) = sent.stdout.split_once("\n\n").expect("an empty line");
    assert!(head.starts_with("POST arn:aws:apigateway:us-east-1:sqs:path/123456789012/orders\n"));
    assert!(head.contains("\nContent-Type: application/x-www-form-urlencoded\n"), "{head}");
    assert!(body.starts_with("Action=SendMessage&MessageBody=%7B%22customer%22%3A%22ada%22"));
    assert!(body.ends_with("StringValue=prod"), "{body}");

    let backend = orders("backend/queued.json");
    let done = invoke(&["POST", "/orders", "-d", &order, "--backend", &backend, "-i"]);
    assert_eq!(done.code, Some(0));
    assert!(done.stdout.starts_with("HTTP/1.1 202 Accepted\n"), "{}", done.stdout);
    assert!(done.stdout.ends_with("\n\n{\"id\": \"m-1\"}\n"), "{}", done.stdout);
}

#[test]
fn stage_variables_and_items_reach_the_templates() {
    let sent =
        invoke(&["get", "/orders?customer=O'Hara", "--integration-request", "-s", "table=t"]);
    let body = sent.stdout.split_once("\n\n").expect("an empty line").1;
    let body: Value = serde_json::from_str(body).expect("JSON");
    assert_eq!(body["TableName"], "t");
    assert_eq!(body["ExpressionAttributeValues"][":c"]["S"], "O'Hara");
    let items = orders("backend/items.json");
    let done = invoke(&["GET", "/orders?customer=ada", "--backend", &items, "-o", "json"]);
    let done: Value = serde_json::from_str(&done.stdout).expect("JSON");
    assert_eq!(done["gatewayResponse"], Value::Null);
    let body: Value =
        serde_json::from_str(done["response"]["body"].as_str().expect("a body")).expect("JSON");
    assert_eq!(body, json!({"orders": [{"id": "A-1", "total": 12.5}, {"id": "A-2", "total": 3}]}));
}

#[test]
fn what_api_gateway_answers_by_itself_is_a_response_too() {
    let done = invoke(&["POST", "/orders", "-d", "{}", "--backend", "echo", "-i"]);
    assert_eq!(done.code, Some(0));
    assert!(done.stdout.starts_with("HTTP/1.1 422 "), "{}", done.stdout);
    assert!(done.stdout.contains("required properties ([\"customer\",\"lines\"])"));
    let done = invoke(&["GET", "/orders", "--backend", "echo", "--fail"]);
    assert_eq!(done.code, Some(1));
    assert_eq!(done.stdout, r#"{"message": "Missing required request parameters: [customer]"}"#);
    let done = invoke(&["DELETE", "/orders", "-i"]);
    assert!(done.stdout.starts_with("HTTP/1.1 403 Forbidden\n"), "{}", done.stdout);
    assert!(done.stderr.contains("\n  POST /orders\n"), "{}", done.stderr);
}

#[test]
fn a_mock_needs_no_backend_and_others_do() {
    let done = invoke(&["OPTIONS", "/orders", "-i"]);
    assert!(done.stdout.starts_with("HTTP/1.1 204 No Content\n"), "{}", done.stdout);
    assert!(done.stdout.contains("\nAccess-Control-Allow-Methods: GET,POST,OPTIONS\n"));
    let done = invoke(&["GET", "/orders?customer=a"]);
    assert_eq!(done.code, Some(2));
    assert!(done.stderr.contains("GET /orders has a backend"), "{}", done.stderr);
}

#[test]
fn errors_of_a_function_become_a_status_and_the_explanation_tells_why() {
    let backend = orders("backend/not-found.json");
    let done = invoke(&["GET", "/orders/7", "--backend", &backend, "--explain"]);
    assert!(done.stdout.contains("goes to GET /orders/{id} ("), "{}", done.stdout);
    assert!(done.stdout.contains("Method response: 404 Not Found\n"), "{}", done.stdout);
    assert!(done.stdout.contains("  header Cache-Control <- override, line 1 of the template\n"));
    let done = invoke(&["GET", "/orders/7", "--backend", &backend, "--log"]);
    assert!(done.stdout.contains(" : Method completed with status: 404"), "{}", done.stdout);
    let timeout = file("invoke", "timeout.json", r#"{"failure": "timeout"}"#);
    let done = invoke(&["GET", "/orders/7", "--backend", &timeout, "-i"]);
    assert!(done.stdout.starts_with("HTTP/1.1 504 "), "{}", done.stdout);
}

#[test]
fn a_pdf_passes_as_it_is() {
    let pdf = file("invoke", "a.pdf", b"%PDF\xff\x00");
    let data = format!("@{pdf}");
    let type_ = "Content-Type: application/pdf";
    let sent = invoke(&[
        "PUT",
        "/orders/7/invoice",
        "-H",
        type_,
        "-d",
        &data,
        "--integration-request",
        "-o",
        "json",
    ]);
    let sent: Value = serde_json::from_str(&sent.stdout).expect("JSON");
    let sent = &sent["integrationRequest"];
    assert_eq!(sent["uri"], "arn:aws:apigateway:us-east-1:s3:path/invoices/7");
    assert_eq!(sent["bodyBase64"], "JVBERv8A");
}

/// Which resource a request goes to.
#[test]
fn routing() {
    let mock = |text: &str| {
        json!({"x-amazon-apigateway-integration": {
            "type": "mock",
            "requestTemplates": {"application/json": "{\"statusCode\": 200}"},
            "responses": {"default": {"statusCode": 200, "responseTemplates": {"application/json": text}}},
        }})
    };
    let any = "x-amazon-apigateway-any-method";
    let api = json!({"openapi": "3.0.1", "paths": {
        "/{proxy+}": {"options": mock("proxy options"), "get": mock("proxy get")},
        "/pets/{id}": {"get": mock("id")},
        "/pets/mine": {"get": mock("mine"), any: mock("any mine")},
        "/pets": {any: mock("any pets")},
    }});
    let api = file("routing", "api.json", api.to_string());
    for (method, path, body) in [
        ("GET", "/pets/mine", "mine"),
        ("GET", "/pets/mine/", "mine"),
        ("GET", "//pets/mine", "mine"),
        ("POST", "/pets/mine", "any mine"),
        ("GET", "/pets/7?a=/b", "id"),
        ("GET", "/pets", "any pets"),
        ("OPTIONS", "/pets", "any pets"),
        ("OPTIONS", "/pets/7", "proxy options"),
        ("GET", "/pets/7/toys", "proxy get"),
        ("POST", "/pets/7", r#"{"message":"Missing Authentication Token"}"#),
        ("GET", "/", r#"{"message":"Missing Authentication Token"}"#),
    ] {
        assert_eq!(transom(&["invoke", &api, method, path]).stdout, body, "{method} {path}");
    }
}

/// The example in every format answers the same.
#[test]
fn every_format_is_invoked_alike() {
    let answers = |name: &str| -> Vec<String> {
        let (definition, order) = (orders(name), format!("@{}", orders("order.json")));
        let backend = orders("backend/not-found.json");
        let run = |arguments: &[&str]| {
            let done = transom(
                &[
                    &["invoke", &definition],
                    arguments,
                    &["--stage", "prod", "-s", "table=t", "-o", "json"],
                ]
                .concat(),
            );
            assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""), "{name} {arguments:?}");
            // The trace has the time in it.
            let mut answer: Value = serde_json::from_str(&done.stdout).expect("JSON");
            for message in ["integrationRequest", "response"] {
                if let Some(headers) =
                    answer.get_mut(message).and_then(|m| m["headers"].as_object_mut())
                {
                    headers.remove("X-Amzn-Trace-Id");
                }
            }
            answer.to_string()
        };
        vec![
            run(&["POST", "/orders", "-d", &order, "--integration-request"]),
            run(&["POST", "/orders", "-d", "{}", "--backend", "echo"]),
            run(&["GET", "/orders?customer=x", "--integration-request"]),
            run(&["OPTIONS", "/orders"]),
            run(&["GET", "/orders/7", "--backend", &backend]),
        ]
    };
    let expected = answers("openapi.yaml");
    for name in
        ["export.json", "swagger.json", "sam.yaml", "cloudformation.yaml", "cdk.out", "plan.json"]
    {
        assert_eq!(answers(name), expected, "{name}");
    }
}

#[test]
fn the_answer_of_get_method_is_told_its_path() {
    let method = orders("get-method.json");
    let done = transom(&[
        "invoke",
        &method,
        "GET",
        "/orders/7",
        "--resource-path",
        "/orders/{id}",
        "--integration-request",
    ]);
    assert!(
        done.stdout.ends_with("{\"id\": \"7\", \"stage\": \"test-invoke-stage\"}"),
        "{}",
        done.stdout
    );
}

#[test]
fn of_several_apis_one_is_named() {
    let api = |name: &str| {
        json!({"Type": "AWS::Serverless::Api", "Properties": {"StageName": "s", "Name": name, "DefinitionBody": {
        "openapi": "3.0.1", "paths": {"/": {"get": {"x-amazon-apigateway-integration": {"type": "mock",
            "requestTemplates": {"application/json": "{\"statusCode\": 200}"},
            "responses": {"default": {"statusCode": 200, "responseTemplates": {"application/json": name}}}}}}}}}})
    };
    let template = json!({"Resources": {"A": api("one"), "B": api("two")}}).to_string();
    let path = file("several", "template.json", template);
    let done = transom(&["invoke", &path, "GET", "/"]);
    assert_eq!(done.code, Some(2));
    assert!(
        done.stderr.contains("there are several APIs: say --api with one of `one`, `two`"),
        "{}",
        done.stderr
    );
    assert_eq!(transom(&["invoke", &path, "GET", "/", "--api", "two"]).stdout, "two");
    assert_eq!(transom(&["invoke", &path, "GET", "/", "--api", "three"]).code, Some(2));
}

#[test]
fn wrong_input_is_said_with_its_place() {
    let broken = file("invoke", "broken.yaml", "openapi: 3.0.1\npaths: [\n");
    let done = transom(&["invoke", &broken, "GET", "/"]);
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.contains("broken.yaml:"), "{}", done.stderr);
    let none = transom(&["invoke", "none.yaml", "GET", "/"]);
    assert_eq!(none.code, Some(1));
    let backend = file("invoke", "backend.json", r#"{"status": "200"}"#);
    let done = invoke(&["GET", "/orders/7", "--backend", &backend]);
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.contains("`status` is a number of three digits"), "{}", done.stderr);
    assert_eq!(invoke(&["GET", "/orders", "-H", "no colon"]).code, Some(2));
}

#[test]
fn why_a_template_failed_is_told_beside_the_response() {
    let template = "$util.parseJson($input.body).x.substring(9)";
    let api = json!({"openapi": "3.0.1", "paths": {"/": {"post": {"x-amazon-apigateway-integration": {
        "type": "http", "uri": "https://backend.example", "requestTemplates": {"application/json": template}}}}}});
    let api = file("fails", "api.json", api.to_string());
    let done = transom(&["invoke", &api, "POST", "/", "-d", r#"{"x": "a"}"#, "--backend", "echo"]);
    assert_eq!(
        (done.code, done.stdout.as_str()),
        (Some(0), r#"{"message": "Internal server error"}"#)
    );
    assert!(
        done.stderr.starts_with("note: Execution failed due to configuration error: "),
        "{}",
        done.stderr
    );
}
