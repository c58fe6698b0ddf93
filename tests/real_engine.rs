//! Runs the answers of the real engines, `tests/real_engine/*.jsonl`: Velocity 1.7, Jayway JsonPath over json-smart, the
//! JDK and commons-lang. One JSON object a line: `input` (a render), `expected`, `note`.

use std::fmt::Write;

use serde_json::Value;
use transom::{Context, Dialect, Document, Limits, Options, Params, Template, Variables};

/// Cases that transom answers differently, with the reason; one that starts to agree must be taken off the list.
const LEFT: &[(&str, &str)] = &include!("real_engine/left.in");

#[test]
fn velocity() {
    run("velocity");
}

/// What random templates found, before it was repaired.
#[test]
fn found() {
    run("found");
}

#[test]
fn jsonpath() {
    run("jsonpath");
}

#[test]
fn documents() {
    run("documents");
}

#[test]
fn java() {
    run("java");
}

/// Each rule of Java's texts, numbers and regexes, on its own and at its edges.
#[test]
fn rules() {
    run("rules");
}

fn run(suite: &str) {
    let file = format!("{}/tests/real_engine/{suite}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&file).expect("the case file is beside this test");
    let (mut failures, mut count) = (String::new(), 0);
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is a JSON object");
        let id = case["id"].as_str().unwrap_or_default();
        let left = LEFT.iter().find(|(name, _)| *name == id);
        match (differs(suite, &case), left) {
            (Some(difference), None) => {
                let _ = writeln!(failures, "{id}: {}\n  {difference}", case["input"]["template"]);
            }
            (None, Some((_, reason))) => {
                let _ = writeln!(failures, "{id} agrees now; take it off the list ({reason})");
            }
            _ => {}
        }
        count += 1;
    }
    assert!(failures.is_empty(), "{failures}");
    println!("{count} cases");
}

/// How transom's answer differs from the real engine's.
fn differs(suite: &str, case: &Value) -> Option<String> {
    let answer = render(suite, &case["input"]);
    match (&case["expected"]["output"], answer) {
        (Value::String(expected), Ok(output)) if *expected == output => None,
        (Value::String(expected), other) => {
            Some(format!("expected {expected:?}\n  got      {other:?}"))
        }
        (_, Err(_)) => None,
        (_, Ok(output)) => Some(format!("expected an error, got {output:?}")),
    }
}

fn render(suite: &str, input: &Value) -> Result<String, String> {
    let dialect =
        if input["dialect"] == "velocity" { Dialect::Velocity } else { Dialect::ApiGateway };
    // The recordings of JSONPath were written in json-smart's other style, which escapes `/`; `$input.json` has a switch.
    let escape_slashes = suite == "jsonpath";
    let limits = Limits::for_dialect(dialect);
    let options = Options { dialect, limits, escape_slashes, ..Options::default() };
    let params = Params::default();
    let document = |name: &str| {
        Document::from_value(input.get(name).unwrap_or(&Value::Object(Default::default())))
    };
    let (vars, stage) = (document("vars"), document("stageVariables"));
    let context = Context::from_value(&input["context"]);
    let variables = Variables::new()
        .body(input["body"].as_str().unwrap_or_default())
        .params(&params)
        .host(&vars)
        .context(&context)
        .stage_variables(&stage);
    let template = Template::compile(input["template"].as_str().unwrap_or_default(), &options)
        .map_err(|e| e.to_string())?;
    template.render(&variables).map(|r| r.output).map_err(|e| e.to_string())
}
