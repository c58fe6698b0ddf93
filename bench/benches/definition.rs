//! A definition of 2 MB in OpenAPI: read, a route found and compiled.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Map, Value, json};
use transom_definition::{Definition, Parameters};

/// As many resources as it takes, each with a template.
fn document() -> String {
    let template = r##"{"id": "$input.params('id')", "rows": [#foreach($r in $input.path('$.rows'))$r.x#if($foreach.hasNext),#end#end]}"##;
    let method = json!({
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
        "responses": {"200": {"description": "found"}},
        "x-amazon-apigateway-integration": {
            "type": "http", "httpMethod": "GET", "uri": "https://backend.example/{id}",
            "requestParameters": {"integration.request.path.id": "method.request.path.id"},
            "requestTemplates": {"application/json": template.repeat(4)},
            "responses": {"default": {"statusCode": 200}},
        },
    });
    let paths: Map<String, Value> =
        (0..1800).map(|n| (format!("/r{n}/{{id}}"), json!({"get": method}))).collect();
    format!("{:#}", json!({"openapi": "3.0.1", "paths": paths}))
}

fn definitions(c: &mut Criterion) {
    let text = document();
    let files = |_: &std::path::Path| Err(std::io::ErrorKind::NotFound.into());
    let read = || {
        let read = Definition::read("api.json", text.clone(), &Parameters::new(), &files);
        read.expect("JSON").expect("a definition").apis
    };
    c.bench_function(&format!("read {} KB of OpenAPI", text.len() / 1024), |b| {
        b.iter(|| black_box(read()));
    });
    let apis = read();
    c.bench_function("route among 1,800 and compile the method", |b| {
        b.iter(|| {
            let route = apis[0].route("GET", black_box("/r77/1")).expect("a route");
            route.compile(&apis[0].compile().expect("an API")).expect("a method")
        });
    });
}

criterion_group!(benches, definitions);
criterion_main!(benches);
