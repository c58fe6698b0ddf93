//! One line and its answer.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::value::RawValue;
use serde_json::{Map, Value};
use transom::Error;

use super::templates::Templates;
use super::{Compiled, exchange, line};
use crate::commands::render::overrides_as_json;
use crate::input::json_reason;

/// `{"kind": …, "message": …, "line": …, "column": …}`, the last two where a template has a place to show.
pub(crate) struct Failure {
    pub(crate) kind: &'static str,
    pub(crate) message: String,
    place: Option<(usize, usize)>,
}

impl Failure {
    /// An error without a place in a template.
    pub(super) fn plain(kind: &'static str, message: impl Into<String>) -> Failure {
        Failure { kind, message: message.into(), place: None }
    }

    fn of(error: &Error, template: &str) -> Failure {
        let position = error.span().position(template);
        Failure {
            kind: error.code(),
            message: error.to_string(),
            place: Some((position.line, position.column)),
        }
    }

    fn into_json(self) -> Value {
        let mut out = Map::new();
        out.insert("kind".to_owned(), self.kind.into());
        out.insert("message".to_owned(), self.message.into());
        if let Some((line, column)) = self.place {
            out.insert("line".to_owned(), line.into());
            out.insert("column".to_owned(), column.into());
        }
        Value::Object(out)
    }
}

/// The answer, a line with its end. Every line has one, also after a defect of transom.
pub(super) fn answer(line: &[u8], compiled: &Compiled) -> Vec<u8> {
    let (id, result) = match serde_json::from_slice::<Value>(line) {
        Ok(Value::Object(mut members)) => {
            let id = members.shift_remove("id").unwrap_or_default();
            // Nothing that a panic leaves behind is used again: the cache only ever gains whole templates and methods.
            let caught = catch_unwind(AssertUnwindSafe(|| dispatch(members, compiled)));
            (
                id,
                caught.unwrap_or_else(|_| {
                    Err(Failure::plain("internal", "transom is wrong here: it panicked"))
                }),
            )
        }
        Ok(_) => (Value::Null, Err(Failure::plain("input", "a line is a JSON object"))),
        Err(error) => {
            let message = format!(
                "the line is not JSON: {}, at column {}",
                json_reason(&error),
                error.column()
            );
            (id_of_wrong(line), Err(Failure::plain("input", message)))
        }
    };
    let mut out = Map::new();
    out.insert("id".to_owned(), id);
    match result {
        Ok(members) => out.extend(members),
        Err(failure) => {
            out.insert("error".to_owned(), failure.into_json());
        }
    }
    let mut bytes = Value::Object(out).to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

fn dispatch(
    members: Map<String, Value>,
    compiled: &Compiled,
) -> Result<Map<String, Value>, Failure> {
    if exchange::is_exchange(&members) {
        exchange::answer(members, &compiled.methods, ())
    } else {
        render(members, &compiled.templates)
    }
}

fn render(
    members: Map<String, Value>,
    templates: &Templates,
) -> Result<Map<String, Value>, Failure> {
    let line::Render { template, dialect, request } = line::read(members)?;
    let template = match templates.compile(&template, dialect) {
        Ok(compiled) => compiled,
        Err(error) => return Err(Failure::of(&error, &template)),
    };
    let rendered = request.with_variables(|variables| template.render(variables));
    let rendered = rendered.map_err(|error| Failure::of(&error, template.source()))?;
    let mut out = Map::new();
    out.insert("output".to_owned(), Value::String(rendered.output));
    out.insert("overrides".to_owned(), overrides_as_json(rendered.overrides));
    Ok(out)
}

/// A line may be JSON in form and still not be readable (a lone surrogate, nesting deeper than 128); its id ties the answer to it.
fn id_of_wrong(line: &[u8]) -> Value {
    let members: Option<HashMap<String, &RawValue>> = serde_json::from_slice(line).ok();
    members.and_then(|all| serde_json::from_str(all.get("id")?.get()).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn ask(line: &str) -> Value {
        serde_json::from_slice(&answer(line.as_bytes(), &Compiled::default()))
            .expect("an answer is JSON")
    }

    #[test]
    fn a_line_that_cannot_be_read_keeps_its_id() {
        let answer = ask(r#"{"id": "7", "template": "\ud800"}"#);
        assert_eq!((&answer["id"], &answer["error"]["kind"]), (&json!("7"), &json!("input")));
        let deep = format!(r#"{{"id": "8", "vars": {}1{}}}"#, "[".repeat(500), "]".repeat(500));
        assert_eq!(ask(&deep)["id"], "8");
    }

    #[test]
    fn what_is_no_object_is_answered_all_the_same() {
        assert_eq!(ask("nonsense")["error"]["kind"], "input");
        assert_eq!(
            ask("[1]"),
            json!({"id": null, "error": {"kind": "input", "message": "a line is a JSON object"}})
        );
    }
}
