//! Each stage of a template's life: compile once, render for every message.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use serde_json::json;
use transom::{Context, Document, Limits, Options, Params, Template, Variables};

/// A mapping to a DynamoDB item: the most frequent kind in public repositories.
const TYPICAL: &str = r##"#set($b = $input.path('$'))
{
  "TableName": "$stageVariables.table",
  "Item": {
    "pk": {"S": "ORDER#$b.orderId"},
    "sk": {"S": "$context.requestTimeEpoch"},
    "customer": {"M": {"name": {"S": "$b.customer.firstName $b.customer.lastName"}}},
    "items": {"L": [#foreach($i in $b.items){"M": {"sku": {"S": "$i.sku"}, "qty": {"N": "$i.qty"}}}#if($foreach.hasNext),#end#end]},
    #if($b.note != "")"note": {"S": "$util.escapeJavaScript($b.note)"},#end
    "requestId": {"S": "$context.requestId"}
  }
}
"##;

fn order(items: usize) -> String {
    let items: Vec<_> = (0..items)
        .map(|i| json!({"sku": format!("SKU-{i:05}"), "qty": i % 9, "price": 9.99}))
        .collect();
    json!({"orderId": "ord-1001", "customer": {"firstName": "Ada", "lastName": "Lovelace"}, "items": items, "note": "leave at \"door\""}).to_string()
}

fn compile(c: &mut Criterion) {
    let mut group = c.benchmark_group("compile");
    for copies in [1, 16, 256] {
        let source = TYPICAL.repeat(copies);
        group.throughput(Throughput::Bytes(source.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(source.len()), &source, |b, source| {
            b.iter(|| Template::new(black_box(source)).map(|t| t.warnings().len()));
        });
    }
    group.finish();
}

fn render(c: &mut Criterion) {
    let mut group = c.benchmark_group("render");
    let limits = Limits { foreach_rounds: usize::MAX, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let template = Template::compile(TYPICAL, &options).expect("the template is right");
    let context = Context::from_value(
        &json!({"requestTimeEpoch": 1_795_370_400_000_u64, "requestId": "r-1"}),
    );
    let stage = Document::from_value(&json!({"table": "orders"}));
    let params = Params::default();
    for items in [2, 100, 10_000] {
        let body = order(items);
        let variables =
            Variables::new().body(&body).context(&context).stage_variables(&stage).params(&params);
        group.throughput(Throughput::Bytes(body.len() as u64));
        group.bench_function(BenchmarkId::new("typical", items), |b| {
            let mut out = String::new();
            b.iter(|| {
                out.clear();
                template.render_into(black_box(&variables), &mut out).map(|_| out.len())
            });
        });
    }
    for (name, source) in [
        ("json", "$input.json('$')"),
        ("path", "$input.path('$.items[1].sku')"),
        ("body", "$input.body"),
    ] {
        let template = Template::new(source).expect("the template is right");
        let body = order(100);
        group.throughput(Throughput::Bytes(body.len() as u64));
        group.bench_function(BenchmarkId::new(name, 100), |b| {
            let mut out = String::new();
            let variables = Variables::new().body(&body);
            b.iter(|| {
                out.clear();
                template.render_into(black_box(&variables), &mut out).map(|_| out.len())
            });
        });
    }
    group.finish();
}

/// Reading a payload, compact and as people write it.
fn document(c: &mut Criterion) {
    let mut group = c.benchmark_group("document");
    for items in [2, 100, 10_000] {
        let compact = order(items);
        for (name, text) in [("pretty", pretty(&compact)), ("compact", compact)] {
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_function(BenchmarkId::new(name, items), |b| {
                b.iter(|| Document::parse(black_box(&text)).is_ok());
            });
        }
    }
    group.finish();
}

/// Paths and writers, each with the reading of the same payload before it: the group `document` tells what that takes.
fn payload(c: &mut Criterion) {
    let mut group = c.benchmark_group("payload");
    let compact = order(1_000);
    let pretty = pretty(&compact);
    for (name, source, text) in [
        ("definite", "$input.path('$.items[1].sku')", &compact),
        ("wildcard", "$input.path('$.items[*].sku').size()", &compact),
        ("scan", "$input.path('$..sku').size()", &compact),
        ("filter", "$input.path('$.items[?(@.qty > 4)]').size()", &compact),
        ("write compact", "$input.json('$')", &compact),
        ("write pretty", "$input.json('$')", &pretty),
    ] {
        let template = Template::new(source).expect("the template is right");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |b| {
            let mut out = String::new();
            let variables = Variables::new().body(text);
            b.iter(|| {
                out.clear();
                template.render_into(black_box(&variables), &mut out).map(|_| out.len())
            });
        });
    }
    group.finish();
}

fn pretty(compact: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(compact).expect("it was written as JSON");
    serde_json::to_string_pretty(&value).expect("it was read as JSON")
}

criterion_group!(benches, compile, document, payload, render);
criterion_main!(benches);
