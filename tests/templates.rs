//! Runs the cases of `tests/templates/`: a template, what it is given, and what must come out (tests/README.md).

mod support;

use std::fmt::Write;

use serde_json::Value;
use support::Case;
use transom::{Context, Dialect, Document, Limits, Options, Params, Rendered, Template, Variables};

const SECTIONS: [&str; 10] = [
    "template",
    "body",
    "params",
    "context",
    "stageVariables",
    "vars",
    "dialect",
    "output",
    "overrides",
    "error",
];

#[test]
fn every_case_gives_what_it_says() {
    let mut failures = String::new();
    let mut cases = support::cases("templates");
    if std::env::var_os("BLESS").is_some() {
        cases.iter_mut().for_each(bless);
        support::write(&cases);
    }
    for case in &cases {
        if let Err(difference) = run(case) {
            let _ = writeln!(failures, "\n{} === {}\n{difference}", case.file.display(), case.name);
        }
    }
    assert!(failures.is_empty(), "{failures}");
    println!("{} cases", cases.len());
}

/// Takes what comes out for what must come out; the diff is for a person to read.
fn bless(case: &mut Case) {
    let template = case.section("template").unwrap_or_default().to_owned();
    match render(case, &template) {
        Ok(rendered) => {
            case.remove("error");
            case.set("output", rendered.output);
            let overrides = serde_json::json!({"request": rendered.overrides.request, "response": rendered.overrides.response});
            if case.section("overrides").and_then(|o| json(o).ok()) != Some(overrides.clone())
                && !rendered.overrides.is_empty()
            {
                case.set("overrides", overrides.to_string());
            }
        }
        Err(error) => {
            case.remove("output");
            case.set("error", error);
        }
    }
}

fn run(case: &Case) -> Result<(), String> {
    case.only(&SECTIONS)?;
    let template = case.section("template").ok_or("no `--- template`")?;
    match (render(case, template), case.section("output"), case.section("error")) {
        (Ok(rendered), Some(output), None) => {
            same("output", output, &rendered.output)?;
            let overrides = case.section("overrides").map(json).transpose()?;
            let got = serde_json::json!({"request": rendered.overrides.request, "response": rendered.overrides.response});
            match overrides {
                Some(expected) if expected != got => {
                    Err(format!("overrides: expected {expected}\n          got      {got}"))
                }
                None if !rendered.overrides.is_empty() => {
                    Err(format!("overrides that the case does not name: {got}"))
                }
                _ => Ok(()),
            }
        }
        (Err(error), None, Some(expected)) => same("error", expected, &error),
        (Ok(rendered), ..) => {
            Err(format!("expected an error, got the output\n{}", rendered.output))
        }
        (Err(error), ..) => Err(format!("expected an output, got the error\n{error}")),
    }
}

/// Renders a case; an error is `line:column code: sentence`, and what it points at.
fn render(case: &Case, source: &str) -> Result<Rendered, String> {
    let dialect = match case.section("dialect") {
        None | Some("apigateway") => Dialect::ApiGateway,
        Some("velocity") => Dialect::Velocity,
        Some(other) => return Err(format!("unknown dialect {other}")),
    };
    let limits = Limits::for_dialect(dialect);
    let params = params(case)?;
    let document = |name: &str| {
        case.section(name).map(|text| json(text).map(|v| Document::from_value(&v))).transpose()
    };
    let (stage, vars) = (document("stageVariables")?, document("vars")?);
    let context =
        case.section("context").map(json).transpose()?.map(|value| Context::from_value(&value));
    let mut variables = Variables::new().params(&params);
    if let Some(body) = case.section("body") {
        variables = variables.body(body);
    }
    if let Some(context) = &context {
        variables = variables.context(context);
    }
    if let Some(stage) = &stage {
        variables = variables.stage_variables(stage);
    }
    if let Some(vars) = &vars {
        variables = variables.host(vars);
    }
    Template::compile(source, &Options { dialect, limits, ..Options::default() })
        .and_then(|template| template.render(&variables))
        .map_err(|error| {
            let at = error.span().position(source);
            let mut text = format!("{}:{} {}: {error}", at.line, at.column, error.code());
            let _ = write!(text, "\nat `{}`", source.get(error.span().range()).unwrap_or_default());
            if let Some((span, what)) = error.related() {
                let at = span.position(source);
                let _ = write!(text, "\n{}:{} {what}", at.line, at.column);
            }
            if let Some(help) = error.help() {
                let _ = write!(text, "\nhelp: {help}");
            }
            text
        })
}

fn params(case: &Case) -> Result<Params, String> {
    let Some(text) = case.section("params") else { return Ok(Params::default()) };
    let given = json(text)?;
    let list = |place: &str| {
        let members = given[place].as_object().into_iter().flatten();
        members
            .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
            .collect()
    };
    Ok(Params { path: list("path"), querystring: list("querystring"), header: list("header") })
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|e| format!("the case's own JSON: {e}"))
}

fn same(what: &str, expected: &str, got: &str) -> Result<(), String> {
    if expected == got {
        return Ok(());
    }
    let mark = |text: &str| {
        text.replace(' ', "·").replace('\t', "→").replace('\r', "␍").replace('\n', "⏎\n")
    };
    Err(format!("{what}: expected\n{}\n{what}: got\n{}", mark(expected), mark(got)))
}
