//! Runs the cases of `tests/templates/`: a template, what it is given, and what must come out (tests/README.md).

mod support;

use std::fmt::Write;

use serde_json::Value;
use support::Case;
use transom::{
    Context, Dialect, Document, ForeachLimit, Limits, Options, Params, Rendered, Severity,
    Template, Variables,
};

const SECTIONS: [&str; 12] = [
    "template",
    "body",
    "params",
    "context",
    "stageVariables",
    "vars",
    "dialect",
    "limits",
    "output",
    "overrides",
    "error",
    "warnings",
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
    if tells_warnings(case) {
        case.set("warnings", warnings(case, &template));
    }
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
    if tells_warnings(case) {
        let expected = case.section("warnings").ok_or("no `--- warnings`")?;
        same("warnings", expected, &warnings(case, template))?;
    }
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

/// Everything under `warnings/` does, and whatever other case has the section.
fn tells_warnings(case: &Case) -> bool {
    case.section("warnings").is_some()
        || case.file.parent().is_some_and(|f| f.ends_with("warnings"))
}

/// A warning is `line:column code: sentence`, what it points at, and the help.
fn warnings(case: &Case, source: &str) -> String {
    let Ok(template) = options(case)
        .and_then(|options| Template::compile(source, &options).map_err(|error| error.to_string()))
    else {
        return String::new();
    };
    let mut texts = Vec::new();
    for warning in template.warnings() {
        let at = warning.span().position(source);
        let hint = if warning.severity() == Severity::Hint { " (hint)" } else { "" };
        let mut text = format!("{}:{} {}{hint}: {warning}", at.line, at.column, warning.code());
        let _ = write!(text, "\nat `{}`", source.get(warning.span().range()).unwrap_or_default());
        if let Some(help) = warning.help() {
            let _ = write!(text, "\nhelp: {help}");
        }
        texts.push(text);
    }
    texts.join("\n")
}

fn options(case: &Case) -> Result<Options, String> {
    let dialect = match case.section("dialect") {
        None | Some("apigateway") => Dialect::ApiGateway,
        Some("velocity") => Dialect::Velocity,
        Some(other) => return Err(format!("unknown dialect {other}")),
    };
    let mut limits = Limits::for_dialect(dialect);
    let given = case.section("limits").map(json).transpose()?.unwrap_or_default();
    for (name, value) in given.as_object().into_iter().flatten() {
        let number = value.as_u64().ok_or("a limit is a number")?;
        let size = usize::try_from(number).map_err(|e| e.to_string())?;
        match name.as_str() {
            "template_bytes" => limits.template_bytes = size,
            "foreach_rounds" => {
                limits.foreach_rounds = size;
                limits.foreach_limit = ForeachLimit::Fail;
            }
            "steps" => limits.steps = number,
            "output_bytes" => limits.output_bytes = size,
            "depth" => limits.depth = size,
            other => return Err(format!("unknown limit {other}")),
        }
    }
    Ok(Options { dialect, limits, ..Options::default() })
}

/// Renders a case; an error is `line:column code: sentence`, and what it points at.
fn render(case: &Case, source: &str) -> Result<Rendered, String> {
    let options = options(case)?;
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
    Template::compile(source, &options).and_then(|template| template.render(&variables)).map_err(
        |error| {
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
        },
    )
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
