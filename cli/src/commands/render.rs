//! `transom render`: one template, one request, one text.

use std::fmt::Write;
use std::path::Path;
use std::rc::Rc;

use annotate_snippets::normalize_untrusted_str;
use serde_json::{Map, Value, json};
use transom::{Overrides, Rendered, Template, Trace};

use crate::args::{OutputForm, RenderArguments, RequestArguments};
use crate::commands::trace;
use crate::console::Console;
use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::event;
use crate::formats::json::finding;
use crate::input::{one_stdin, read_bytes, read_json, read_text};
use crate::report::report;
use crate::request::Request;
use crate::run::WRONG_INPUT;
use crate::stop::Stop;

/// Renders, or says why not and writes nothing of the text.
pub(crate) fn run(arguments: &RenderArguments, console: &mut Console<'_>) -> Result<u8, Stop> {
    let result = inputs(arguments, console)
        .and_then(|(source, request)| render(arguments, &source, request, console));
    match result {
        Err(Stop::Input(error)) if arguments.output == OutputForm::Json => {
            fail_as_json(&error, &[], console)
        }
        other => other,
    }
}

fn render(
    arguments: &RenderArguments,
    source: &Rc<Source>,
    request: Request,
    console: &mut Console<'_>,
) -> Result<u8, Stop> {
    let fail = |error| Diagnostic::error(&error, source, arguments.aws_words);
    let template = Template::compile(&source.text, &arguments.engine.options()).map_err(fail)?;
    // Of variables that the host adds the template alone knows nothing.
    let added = arguments.request.vars.is_some();
    let of_variables = |code| matches!(code, "unset-variable" | "glued-name" | "parameter-mapping");
    let warnings: Vec<Diagnostic> = template
        .warnings()
        .iter()
        .filter(|one| !(added && of_variables(one.code())))
        .map(|one| Diagnostic::warning(one, source))
        .collect();
    let text = arguments.output == OutputForm::Text;
    if text && !arguments.quiet {
        let sure: Vec<Diagnostic> =
            warnings.iter().filter(|one| one.severity == Severity::Warning).cloned().collect();
        tell(&sure, console);
    }
    let rendered = request.with_variables(|variables| {
        if arguments.trace {
            template.render_traced(variables).map(|(rendered, trace)| (rendered, Some(trace)))
        } else {
            template.render(variables).map(|rendered| (rendered, None))
        }
    });
    let (rendered, trace) = match rendered.map_err(fail) {
        Ok(rendered) => rendered,
        Err(error) if text => return Err(error.into()),
        Err(error) => return fail_as_json(&error, &warnings, console),
    };
    let notes: Vec<Diagnostic> =
        rendered.notes.iter().map(|one| Diagnostic::note(one, source)).collect();
    if text {
        write_text(&rendered, trace.as_ref(), source, console)?;
        if !arguments.quiet {
            tell(&notes, console);
            tell_overrides(&rendered.overrides, console);
        }
    } else {
        write_json(rendered, trace.as_ref(), source, &warnings, &notes, console)?;
    }
    Ok(0)
}

fn inputs(
    arguments: &RenderArguments,
    console: &mut Console<'_>,
) -> Result<(Rc<Source>, Request), Stop> {
    let from = &arguments.request;
    let named: [(&str, Option<&Path>); 5] = [
        ("TEMPLATE", arguments.template.as_deref()),
        ("--body", from.body.as_deref()),
        ("--event", from.event.as_deref()),
        ("--context", from.context.as_deref()),
        ("--vars", from.vars.as_deref()),
    ];
    one_stdin("render", &named)?;
    let source = match (&arguments.template, &arguments.template_text) {
        (Some(path), _) => read_text(path, console.stdin)?,
        (None, text) => {
            Source { name: "<template-text>".to_owned(), text: text.clone().unwrap_or_default() }
        }
    };
    Ok((Rc::new(source), gather(from, console)?))
}

/// The event first, then what the other options say.
fn gather(from: &RequestArguments, console: &mut Console<'_>) -> Result<Request, Stop> {
    let mut request = match &from.event {
        Some(path) => event::read(read_json(path, console.stdin)?)?,
        None => Request::default(),
    };
    if let Some(path) = &from.body {
        let bytes = read_bytes(path, console.stdin)?;
        request.body = Some(String::from_utf8_lossy(&bytes).into_owned());
    } else if let Some(text) = &from.body_text {
        request.body = Some(text.clone());
    }
    for param in &from.params {
        request.set_param(param);
    }
    if let Some(path) = &from.context {
        request.context.extend(object(path, "$context", console)?);
    }
    for variable in &from.stage_variables {
        request
            .stage_variables
            .insert(variable.name.clone(), Value::String(variable.value.clone()));
    }
    if let Some(path) = &from.vars {
        request.host = Some(Value::Object(object(path, "--vars", console)?));
    }
    Ok(request)
}

fn object(path: &Path, what: &str, console: &mut Console<'_>) -> Result<Map<String, Value>, Stop> {
    let mut document = read_json(path, console.stdin)?;
    match &mut document.value {
        Value::Object(members) => Ok(std::mem::take(members)),
        _ => Err(document.wrong(&[], &format!("{what} takes a JSON object")).into()),
    }
}

fn write_text(
    rendered: &Rendered,
    trace: Option<&Trace>,
    source: &Source,
    console: &mut Console<'_>,
) -> Result<(), Stop> {
    if let Some(trace) = trace {
        let view = trace::view(trace, &rendered.output, source, console.stdout_look);
        console.stdout.write_all(view.as_bytes())?;
    } else {
        console.stdout.write_all(rendered.output.as_bytes())?;
        // In a pipe or a file every byte counts; on a terminal the prompt wants its own line.
        if console.stdout_look.terminal
            && !rendered.output.is_empty()
            && !rendered.output.ends_with('\n')
        {
            console.stdout.write_all(b"\n")?;
        }
    }
    console.stdout.flush()?;
    Ok(())
}

fn write_json(
    rendered: Rendered,
    trace: Option<&Trace>,
    source: &Source,
    warnings: &[Diagnostic],
    notes: &[Diagnostic],
    console: &mut Console<'_>,
) -> Result<(), Stop> {
    let pieces = trace.map(|trace| trace::pieces_as_json(trace, &rendered.output, source));
    let mut out = Map::new();
    out.insert("output".to_owned(), Value::String(rendered.output));
    out.insert("overrides".to_owned(), overrides_as_json(rendered.overrides));
    out.insert("warnings".to_owned(), warnings.iter().map(finding).collect());
    out.insert("notes".to_owned(), notes.iter().map(finding).collect());
    if let Some(pieces) = pieces {
        out.insert("trace".to_owned(), pieces);
    }
    writeln!(console.stdout, "{}", Value::Object(out))?;
    Ok(())
}

/// `{"request": {…}, "response": {…}}`, members only where the template set something.
pub(crate) fn overrides_as_json(overrides: Overrides) -> Value {
    let sides = [("request", overrides.request), ("response", overrides.response)];
    let set = sides.into_iter().filter(|(_, members)| !members.is_empty());
    Value::Object(set.map(|(side, members)| (side.to_owned(), Value::Object(members))).collect())
}

fn fail_as_json(
    error: &Diagnostic,
    warnings: &[Diagnostic],
    console: &mut Console<'_>,
) -> Result<u8, Stop> {
    let warnings: Vec<Value> = warnings.iter().map(finding).collect();
    writeln!(console.stdout, "{}", json!({"error": finding(error), "warnings": warnings}))?;
    console.stdout.flush()?;
    Ok(WRONG_INPUT)
}

fn tell(found: &[Diagnostic], console: &mut Console<'_>) {
    for one in found {
        let _ = console.stderr.write_all(report(one, console.stderr_look).as_bytes());
    }
}

fn tell_overrides(overrides: &Overrides, console: &mut Console<'_>) {
    if overrides.is_empty() {
        return;
    }
    let mut text = String::from("note: the template sets\n");
    for (side, members) in [("request", &overrides.request), ("response", &overrides.response)] {
        for (name, value) in members {
            match value {
                Value::Object(all) => {
                    for (inner, value) in all {
                        let _ = writeln!(text, "  {side} {name} {inner} = {value}");
                    }
                }
                _ => {
                    let _ = writeln!(text, "  {side} {name} = {value}");
                }
            }
        }
    }
    let _ = console.stderr.write_all(normalize_untrusted_str(&text).as_bytes());
}
