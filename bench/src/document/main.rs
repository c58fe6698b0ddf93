//! The document against serde_json, sonic-rs and jsonpath-rust, as a table of ratios: `document [ROUNDS]`.
//!
//! All ways to do one thing run in turns within one process, and the fastest round of each counts, in the processor's
//! time, so that the ratios hold on a busy machine. The targets stand beside them.

mod payload;
mod timing;

use jsonpath_rust::JsonPath;
use serde_json::Value;
use sonic_rs::{JsonValueTrait, LazyValue, PointerTree};
use timing::Way;
use transom::{Document, Limits, Options, Template, Variables};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let rounds = std::env::args().nth(1).and_then(|r| r.parse().ok()).unwrap_or(15);
    let compact = payload::orders(10_000_000);
    let pretty = payload::pretty(&compact);
    let small = payload::orders(100_000);
    let tiny = payload::orders(1_000);
    let scan = payload::orders(1_000_000);
    for (name, text) in [
        ("10 MB compact", &compact),
        ("10 MB pretty", &pretty),
        ("100 KB", &small),
        ("1 KB", &tiny),
    ] {
        parse(name, text, rounds);
    }
    for (name, text) in [("10 MB compact", &compact), ("10 MB pretty", &pretty)] {
        fields(name, text, rounds);
        whole(name, text, rounds);
    }
    emails("1 MB", &scan, rounds);
}

/// Reading a payload.
fn parse(name: &str, text: &str, rounds: usize) {
    table(
        &format!("parse {name} (target: 8x serde_json, 1x sonic-rs)"),
        text.len(),
        rounds,
        &mut [
            ("transom", Box::new(|| Document::parse(text).map_or(0, |_| text.len()))),
            (
                "serde_json",
                Box::new(|| {
                    serde_json::from_str::<Value>(text).map_or(0, |v| usize::from(v.is_object()))
                }),
            ),
            (
                "sonic-rs DOM",
                Box::new(|| {
                    sonic_rs::from_str::<sonic_rs::Value>(text)
                        .map_or(0, |v| usize::from(v.is_object()))
                }),
            ),
        ],
    );
}

/// Three fields: one in front, one in the middle, one at the end.
fn fields(name: &str, text: &str, rounds: usize) {
    let template = compile(
        "$input.path('$.batch.id') $input.path('$.orders[20].customer.email') $input.path('$.page.next.token')",
    );
    let variables = Variables::new().body(text);
    let paths: [&[sonic_rs::PointerNode]; 3] = [
        &sonic_rs::pointer!["batch", "id"],
        &sonic_rs::pointer!["orders", 20, "customer", "email"],
        &sonic_rs::pointer!["page", "next", "token"],
    ];
    let mut tree = PointerTree::new();
    paths.iter().for_each(|path| tree.add_path(path.iter()));
    let length = |value: &LazyValue<'_>| value.as_str().map_or(0, str::len);
    let mut out = String::new();
    table(
        &format!("three fields of {name} (target: 1.3x the time of sonic-rs)"),
        text.len(),
        rounds,
        &mut [
            (
                "transom",
                Box::new(|| {
                    out.clear();
                    template.render_into(&variables, &mut out).map_or(0, |_| out.len())
                }),
            ),
            (
                "serde_json",
                Box::new(|| {
                    let value: Value = serde_json::from_str(text).unwrap_or_default();
                    [
                        &value["batch"]["id"],
                        &value["orders"][20]["customer"]["email"],
                        &value["page"]["next"]["token"],
                    ]
                    .iter()
                    .map(|v| v.as_str().map_or(0, str::len))
                    .sum()
                }),
            ),
            (
                "sonic-rs get",
                Box::new(|| {
                    paths
                        .iter()
                        .filter_map(|path| sonic_rs::get(text, path.iter()).ok())
                        .map(|v| length(&v))
                        .sum()
                }),
            ),
            (
                "sonic-rs get_many",
                Box::new(|| {
                    sonic_rs::get_many(text, &tree)
                        .map_or(0, |found| found.iter().flatten().map(length).sum())
                }),
            ),
        ],
    );
}

/// Everything, written again.
fn whole(name: &str, text: &str, rounds: usize) {
    let template = compile("$input.json('$')");
    let variables = Variables::new().body(text);
    let mut out = String::new();
    table(
        &format!("$input.json('$') of {name} (target: 8x serde_json)"),
        text.len(),
        rounds,
        &mut [
            (
                "transom",
                Box::new(|| {
                    out.clear();
                    template.render_into(&variables, &mut out).map_or(0, |_| out.len())
                }),
            ),
            (
                "serde_json",
                Box::new(|| serde_json::from_str::<Value>(text).map_or(0, |v| v.to_string().len())),
            ),
            (
                "sonic-rs",
                Box::new(|| {
                    sonic_rs::from_str::<sonic_rs::Value>(text)
                        .map_or(0, |v| sonic_rs::to_string(&v).map_or(0, |s| s.len()))
                }),
            ),
        ],
    );
}

/// A deep scan of what is read already. transom's template reads the payload first, so that time is taken off.
fn emails(name: &str, text: &str, rounds: usize) {
    let template = compile("$input.path('$..email').size()");
    let without = compile("$input.path('$.orders').size()");
    let variables = Variables::new().body(text);
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let (mut out, mut out_without) = (String::new(), String::new());
    let mut ways: [Way<'_>; 3] = [
        (
            "transom, with reading",
            Box::new(|| {
                out.clear();
                template.render_into(&variables, &mut out).map_or(0, |_| out.len())
            }),
        ),
        (
            "transom, reading only",
            Box::new(|| {
                out_without.clear();
                without.render_into(&variables, &mut out_without).map_or(0, |_| out_without.len())
            }),
        ),
        (
            "jsonpath-rust, read already",
            Box::new(|| value.query("$..email").map_or(0, |v| v.len())),
        ),
    ];
    table(
        &format!("$..email of {name} (target: 100x jsonpath-rust)"),
        text.len(),
        rounds,
        &mut ways,
    );
    let times = timing::fastest(&mut ways, rounds);
    show(&format!(
        "  the scan alone: {:.0} us, {:.0} x",
        (times[0] - times[1]) / 1e3,
        times[2] / (times[0] - times[1])
    ));
}

fn compile(source: &str) -> Template {
    let limits = Limits { output_bytes: usize::MAX, ..Limits::default() };
    Template::compile(source, &Options { limits, ..Options::default() })
        .expect("the template is right")
}

/// Prints a line for each way: its time, its speed, and how many times the first way's time it takes.
fn table(title: &str, bytes: usize, rounds: usize, ways: &mut [Way<'_>]) {
    show(title);
    let times = timing::fastest(ways, rounds);
    for ((name, _), time) in ways.iter().zip(&times) {
        show(&format!(
            "  {name:<28} {:>12.1} us {:>8.2} GB/s {:>8.2} x",
            time / 1e3,
            bytes as f64 / time,
            time / times[0]
        ));
    }
}

#[expect(clippy::print_stdout, reason = "the answer of this program")]
fn show(line: &str) {
    println!("{line}");
}
