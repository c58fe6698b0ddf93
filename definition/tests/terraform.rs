//! What a plan of Terraform can look like: modules, `for_each`, bodies, and values that are not known yet.

use serde_json::{Value, json};
use transom_definition::{Definition, Parameters};

fn read(plan: &Value) -> Definition {
    let files = |_: &std::path::Path| Err(std::io::ErrorKind::NotFound.into());
    Definition::read("plan.json", plan.to_string(), &Parameters::new(), &files)
        .expect("JSON")
        .expect("a plan")
}

fn labels(definition: &Definition) -> Vec<String> {
    let routes = definition.apis.iter().flat_map(|api| &api.routes);
    routes.map(transom_definition::Route::label).collect()
}

/// A resource as planned, and as configured.
fn resource(prefix: &str, kind: &str, index: &str, values: &Value) -> Value {
    let kind = format!("aws_api_gateway_{kind}");
    json!({"address": format!("{prefix}{kind}.it{index}"), "mode": "managed", "type": kind, "name": "it", "values": values})
}

fn configured(kind: &str, expressions: &Value) -> Value {
    json!({"address": format!("aws_api_gateway_{kind}.it"), "type": format!("aws_api_gateway_{kind}"), "name": "it", "expressions": expressions})
}

fn refers(to: &str) -> Value {
    let whole = to.rsplit_once('.').map(|(whole, _)| whole);
    json!({"references": [to, whole]})
}

#[test]
fn resources_of_a_module_that_are_made_for_each_of_something() {
    let api = "aws_api_gateway_rest_api.it.id";
    let prefix = "module.api[\"a\"].";
    let mut planned = vec![resource(prefix, "rest_api", "", &json!({"name": "api"}))];
    for path in ["cats", "dogs"] {
        let index = format!("[\"{path}\"]");
        let template = json!({"application/json": "{\"statusCode\": 200}"});
        planned.extend([
            resource(prefix, "resource", &index, &json!({"path_part": path})),
            resource(
                prefix,
                "method",
                &index,
                &json!({"http_method": "GET", "authorization": "NONE"}),
            ),
            resource(
                prefix,
                "integration",
                &index,
                &json!({"http_method": "GET", "type": "MOCK", "request_templates": template}),
            ),
        ]);
    }
    let plan = json!({
        "format_version": "1.2", "terraform_version": "1.9.5",
        "planned_values": {"root_module": {"child_modules": [{"address": "module.api[\"a\"]", "resources": planned}]}},
        "configuration": {"root_module": {"module_calls": {"api": {"module": {"resources": [
            configured("rest_api", &json!({})),
            configured("resource", &json!({"rest_api_id": refers(api), "parent_id": refers("aws_api_gateway_rest_api.it.root_resource_id")})),
            configured("method", &json!({"rest_api_id": refers(api), "resource_id": {"references": ["aws_api_gateway_resource.it", "each.key"]}})),
            configured("integration", &json!({"rest_api_id": refers(api), "resource_id": {"references": ["aws_api_gateway_resource.it", "each.key"]}})),
        ]}}}}},
    });
    let definition = read(&plan);
    assert_eq!(labels(&definition), ["GET /cats", "GET /dogs"]);
    assert!(definition.problems.is_empty(), "{:?}", definition.problems);
    assert!(definition.apis[0].check().is_empty(), "{:?}", definition.apis[0].check());
}

#[test]
fn a_state_names_resources_by_their_ids() {
    let values = |values: Value| values;
    let resources = [
        resource(
            "",
            "rest_api",
            "",
            &values(
                json!({"id": "a1", "root_resource_id": "r0", "name": "api", "minimum_compression_size": "-1", "binary_media_types": []}),
            ),
        ),
        resource(
            "",
            "resource",
            "",
            &values(
                json!({"id": "r1", "rest_api_id": "a1", "parent_id": "r0", "path_part": "{id}"}),
            ),
        ),
        resource(
            "",
            "method",
            "",
            &values(json!({"rest_api_id": "a1", "resource_id": "r1", "http_method": "ANY"})),
        ),
        resource(
            "",
            "integration",
            "",
            &values(
                json!({"rest_api_id": "a1", "resource_id": "r1", "http_method": "ANY", "type": "HTTP_PROXY", "uri": "https://backend.example/{id}"}),
            ),
        ),
    ];
    let state = json!({"format_version": "1.0", "terraform_version": "1.9.5", "values": {"root_module": {"resources": resources}}});
    let definition = read(&state);
    assert_eq!(labels(&definition), ["ANY /{id}"]);
    assert!(definition.problems.is_empty() && definition.apis[0].check().is_empty());
}

#[test]
fn a_body_is_read_and_a_function_that_is_not_made_yet_has_its_name() {
    let body = json!({"openapi": "3.0.1", "info": {"title": "t"}, "paths": {"/a": {"get": {
        "x-amazon-apigateway-integration": {"type": "http", "uri": "https://backend.example", "requestTemplates": {"application/json": "\"é\"\n$a-b"}},
    }}}});
    let api = "aws_api_gateway_rest_api.it.id";
    let plan = json!({
        "terraform_version": "1.9.5",
        "planned_values": {"root_module": {"resources": [
            resource("", "rest_api", "", &json!({"name": "api", "body": body.to_string()})),
            resource("", "method", "", &json!({"http_method": "POST"})),
            resource("", "integration", "", &json!({"http_method": "POST", "type": "AWS"})),
        ]}},
        "configuration": {"root_module": {"resources": [
            configured("method", &json!({"rest_api_id": refers(api), "resource_id": refers("aws_api_gateway_rest_api.it.root_resource_id")})),
            configured("integration", &json!({
                "rest_api_id": refers(api), "resource_id": refers("aws_api_gateway_rest_api.it.root_resource_id"),
                "uri": refers("aws_lambda_function.find.invoke_arn"),
                "request_templates": refers("aws_sqs_queue.orders.url"),
            })),
        ]}},
    });
    let definition = read(&plan);
    assert_eq!(labels(&definition), ["GET /a", "POST /"]);
    let codes: Vec<&str> = definition.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["unknown"]);
    let uri = definition.apis[0].routes[1].method.find("methodIntegration.uri").as_str();
    assert!(
        uri.is_some_and(|uri| uri.ends_with("functions/aws_lambda_function.find.arn/invocations")),
        "{uri:?}"
    );
    let found = definition.apis[0].check();
    assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), ["glued-name"]);
    // In the file, inside of a text inside of a text.
    let (text, place) = (plan.to_string(), &found[0].place);
    assert_eq!((place.source.name.as_str(), &text[place.span.range()]), ("plan.json", "$a-b"));
}
