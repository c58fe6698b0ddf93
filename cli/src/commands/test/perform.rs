//! A case → what its template or method answers, in the shape of `transom batch`.

use std::cell::RefCell;
use std::collections::HashMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};
use transom::gateway::{Provenance, Recorder};
use transom::{Template, Trace};

use super::file::Case;
use super::given::{Given, insert_body};
use super::subject::{MethodSubject, Subject, TemplateSubject};
use crate::commands::batch::exchange;
use crate::commands::batch::methods::Methods;
use crate::commands::render::overrides_as_json;
use crate::request::Request;

/// What may stand in a path as it is.
const IN_PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'@').remove(b':');

/// What a case left.
pub(super) struct Answer {
    pub(super) value: Value,
    /// Why an exchange failed, in the words of the execution log
    pub(super) reasons: Vec<String>,
    /// The traces of its renders, and the text of the template of each, where they are wanted
    pub(super) traces: Vec<(String, Trace)>,
}

/// Runs a case.
pub(super) fn perform(case: &Case, methods: &Methods, traced: bool) -> Answer {
    match &*case.subject {
        Subject::Template(template) => render(template, &case.given, traced),
        Subject::Method(method) => lead(method, &case.given, methods, traced),
    }
}

fn render(subject: &TemplateSubject, given: &Given, traced: bool) -> Answer {
    let failed = |error: &transom::Error| {
        let at = error.span().position(&subject.text);
        json!({"code": error.code(), "message": error.to_string(),
            "file": subject.name, "line": at.line, "column": at.column})
    };
    let mut out = Map::new();
    out.insert("warnings".into(), subject.warnings.clone().into());
    let mut traces = Vec::new();
    let rendered = match &subject.compiled {
        Ok(template) => {
            let request = Request {
                body: given.body.as_ref().map(|body| String::from_utf8_lossy(body).into_owned()),
                params: given.params.clone(),
                context: given.context.clone(),
                stage_variables: given.stage_variables.clone(),
                host: None,
            };
            request
                .with_variables(|variables| {
                    if !traced {
                        return template.render(variables);
                    }
                    let mut trace = Trace::default();
                    let rendered = template.trace(variables, &mut trace);
                    traces.push((subject.text.clone(), trace));
                    rendered
                })
                .map_err(|error| failed(&error))
        }
        Err(error) => Err(failed(error)),
    };
    match rendered {
        Ok(rendered) => {
            out.insert("output".into(), rendered.output.into());
            out.insert("overrides".into(), overrides_as_json(rendered.overrides));
        }
        Err(error) => {
            out.insert("error".into(), error);
        }
    }
    Answer { value: Value::Object(out), reasons: Vec::new(), traces }
}

fn lead(subject: &MethodSubject, given: &Given, methods: &Methods, traced: bool) -> Answer {
    let heard = Heard::default();
    let line = line(subject, given);
    let answer = if traced {
        exchange::answer(line, methods, Listener::<true>(&heard))
    } else {
        exchange::answer(line, methods, Listener::<false>(&heard))
    };
    let value = match answer {
        Ok(members) => Value::Object(members),
        Err(failure) => json!({"error": {"code": failure.kind, "message": failure.message}}),
    };
    Answer {
        value,
        reasons: heard.reasons.into_inner(),
        traces: heard.traces.into_inner().into_iter().collect(),
    }
}

/// A line as `transom batch` takes it.
fn line(subject: &MethodSubject, given: &Given) -> Map<String, Value> {
    let mut request = given.request.clone();
    request.entry("path").or_insert_with(|| path(subject, given).into());
    request.entry("method").or_insert_with(|| match subject.method["httpMethod"].as_str() {
        None | Some("ANY") => "GET".into(),
        Some(method) => method.into(),
    });
    for (member, list) in [("query", &given.params.querystring), ("headers", &given.params.header)]
    {
        if let Value::Object(fields) = request.entry(member).or_insert_with(|| json!({})) {
            for (name, value) in list {
                fields.entry(name.clone()).or_insert_with(|| value.as_str().into());
            }
        }
    }
    if let Some(body) = &given.body {
        insert_body(&mut request, body);
    }
    let mut stage = subject.stage.clone();
    if !given.stage_variables.is_empty()
        && let Value::Object(stage) = &mut stage
        && let Value::Object(variables) = stage.entry("variables").or_insert_with(|| json!({}))
    {
        variables.extend(given.stage_variables.clone());
    }
    let mut line = Map::new();
    line.insert("api".into(), subject.api.clone());
    line.insert("resourcePath".into(), subject.resource_path.as_str().into());
    line.insert("method".into(), subject.method.clone());
    line.insert("stage".into(), stage);
    line.insert("context".into(), Value::Object(given.context.clone()));
    line.insert("request".into(), Value::Object(request));
    if let Some(backend) = &given.backend {
        line.insert("integrationResponse".into(), backend.clone());
    }
    if let Some(refuse) = &given.refuse {
        line.insert("refuse".into(), refuse.clone());
    }
    line
}

/// The resource's path with the parameters in it.
fn path(subject: &MethodSubject, given: &Given) -> String {
    let mut path = subject.resource_path.clone();
    for (name, value) in &given.params.path {
        path =
            path.replace(&format!("{{{name}}}"), &utf8_percent_encode(value, IN_PATH).to_string());
        // `{proxy+}` takes several segments.
        path = path.replace(&format!("{{{name}+}}"), value);
    }
    path
}

#[derive(Default)]
struct Heard {
    reasons: RefCell<Vec<String>>,
    traces: RefCell<HashMap<String, Trace>>,
}

/// Keeps why an exchange failed, and with `TRACED` the traces of its templates.
struct Listener<'h, const TRACED: bool>(&'h Heard);

impl<const TRACED: bool> Recorder for Listener<'_, TRACED> {
    const TRACES: bool = TRACED;

    fn log(&self, line: impl FnOnce() -> String) {
        let line = line();
        if line.starts_with("Execution failed") {
            self.0.reasons.borrow_mut().push(line);
        }
    }

    fn origin(&self, _: impl FnOnce() -> Provenance) {}

    fn rendered(&self, template: &Template, trace: &Trace) {
        self.0.traces.borrow_mut().insert(template.source().to_owned(), trace.clone());
    }
}
