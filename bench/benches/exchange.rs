//! A validated, mapped request of 1 KB on its way through a method, and its parts alone: parse, validate, render.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Value, json};
use transom::gateway::model::Models;
use transom::gateway::{
    Api, Backend, Exchange, Method, Request, Response, Stage, integration_request, method_response,
};
use transom::{Context, Document, Params, Template, Variables};

const TEMPLATE: &str = r##"#set($b = $input.path('$'))
{
  "TableName": "$stageVariables.table",
  "Item": {
    "pk": {"S": "ORDER#$b.orderId"},
    "shop": {"S": "$input.params('shop')"},
    "sk": {"S": "$context.requestTimeEpoch"},
    "customer": {"M": {"name": {"S": "$b.customer.firstName $b.customer.lastName"}}},
    "items": {"L": [#foreach($i in $b.items){"M": {"sku": {"S": "$i.sku"}, "qty": {"N": "$i.qty"}}}#if($foreach.hasNext),#end#end]},
    #if($b.note != "")"note": {"S": "$util.escapeJavaScript($b.note)"},#end
    "requestId": {"S": "$context.requestId"}
  }
}
"##;

fn body() -> String {
    let item = |i: u32| json!({"sku": format!("SKU-{i:05}"), "qty": i % 9 + 1, "price": 9.99});
    let items: Vec<Value> = (0..20).map(item).collect();
    let customer = json!({"firstName": "Ada", "lastName": "Lovelace"});
    json!({"orderId": "ord-1001", "customer": customer, "items": items, "note": "at \"door\""})
        .to_string()
}

fn models() -> Value {
    json!({
        "Item": {"type": "object", "required": ["sku", "qty"], "properties": {
            "sku": {"type": "string", "pattern": "^SKU-[0-9]+$"},
            "qty": {"type": "integer", "minimum": 1},
            "price": {"type": "number"},
        }},
        "Order": {"type": "object", "required": ["orderId", "items"], "properties": {
            "orderId": {"type": "string", "minLength": 1},
            "items": {"type": "array", "minItems": 1, "items": {"$ref": "https://apigateway.amazonaws.com/restapis/x/models/Item"}},
        }},
    })
}

fn method() -> Method {
    let api = Api::compile(&json!({"models": models()})).expect("the api is right");
    let method = json!({
        "httpMethod": "POST",
        "requestParameters": {"method.request.header.X-Tenant": true, "method.request.path.shop": true},
        "requestModels": {"application/json": "Order"},
        "requestValidator": {"validateRequestBody": true, "validateRequestParameters": true},
        "methodIntegration": {
            "type": "AWS",
            "httpMethod": "POST",
            "uri": "arn:aws:apigateway:us-east-1:dynamodb:action/PutItem",
            "requestParameters": {
                "integration.request.header.X-Tenant": "method.request.header.X-Tenant",
                "integration.request.header.X-Source": "'api'",
            },
            "requestTemplates": {"application/json": TEMPLATE},
            "integrationResponses": {"200": {"statusCode": "200", "responseTemplates": {"application/json": "{\"ok\": true}"}}},
        },
    });
    Method::compile(&api, "/shops/{shop}/orders", &method).expect("the method is right")
}

fn parts(c: &mut Criterion) {
    let body = body();
    let mut group = c.benchmark_group("exchange");
    group.bench_function("parse", |b| b.iter(|| Document::parse(black_box(&body))));

    let models = models();
    let models = models.as_object().and_then(|models| Models::compile(models).ok());
    let models = models.expect("the models are right");
    let model = models.get("Order").expect("it is there");
    let document = Document::parse(&body).expect("it is JSON");
    group.bench_function("validate", |b| b.iter(|| model.validate(black_box(&document)).len()));

    let template = Template::new(TEMPLATE).expect("the template is right");
    let given = json!({"requestId": "r-1", "requestTimeEpoch": 1_795_370_400_000_u64});
    let context = Context::from_value(&given);
    let variables = Document::from_value(&json!({"table": "orders"}));
    let params = Params { path: vec![("shop".into(), "7".into())], ..Params::default() };
    let all = Variables::new()
        .body(&body)
        .document(&document)
        .context(&context)
        .stage_variables(&variables)
        .params(&params);
    group.bench_function("render", |b| b.iter(|| template.render(black_box(&all))));
    group.finish();
}

fn whole(c: &mut Criterion) {
    let (body, method) = (body(), method());
    let stage = json!({"name": "prod", "variables": {"table": "orders"}});
    let stage = Stage::compile(&stage).expect("the stage is right");
    let given = json!({
        "requestId": "11111111-2222-3333-4444-555555555555",
        "requestTimeEpoch": 1_795_370_400_000_u64,
        "apiId": "abcdefghij",
        "identity": {"sourceIp": "192.0.2.1"},
    });
    let given = given.as_object().expect("an object");
    let headers = [
        ("Content-Type", "application/json"),
        ("Accept", "application/json"),
        ("Host", "abcdefghij.execute-api.us-east-1.amazonaws.com"),
        ("User-Agent", "bench"),
        ("X-Tenant", "t-1"),
    ];
    let request = Request {
        method: "POST".into(),
        uri: "/shops/7/orders?dry=1".into(),
        headers: headers.into_iter().collect(),
        body: body.as_bytes().into(),
        ..Request::default()
    };
    let mut group = c.benchmark_group("exchange");
    group.bench_function("request", |b| {
        b.iter(|| {
            let mut exchange = Exchange::new(&method, &stage, black_box(&request)).context(given);
            integration_request(&mut exchange).map(|sent| sent.body.len())
        });
    });
    group.bench_function("request and response", |b| {
        b.iter(|| {
            let mut exchange = Exchange::new(&method, &stage, black_box(&request)).context(given);
            let sent = integration_request(&mut exchange).map(|sent| sent.body.len());
            let answer = Response { status: 200, body: b"{}".into(), ..Response::default() };
            let response = method_response(&mut exchange, Backend::Answered(answer));
            (sent, response.map(|response| response.body.len()))
        });
    });
    group.finish();
}

criterion_group!(benches, parts, whole);
criterion_main!(benches);
