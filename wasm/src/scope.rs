//! What a template sees besides the payload, out of the members of a line of `transom batch`.

use serde_json::{Map, Value};
use transom::{Context, Document, Params, Variables};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::diagnostic::thrown_input;
use crate::options::{object, parse};

/// Parameters, `$context`, stage variables and roots of the host's own, read once.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Scope {
    params: Params,
    context: Context,
    stage_variables: Document<'static>,
    host: Option<Document<'static>>,
    /// The payload, where the text had one
    body: Option<String>,
}

#[wasm_bindgen]
impl Scope {
    /// Reads `{"params", "context", "stageVariables", "vars", "body"}`; an empty text has none of them, and other members
    /// may be there.
    ///
    /// # Errors
    /// A text that is no JSON, or a member of the wrong kind.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Result<Scope, String> {
        read(text).map_err(thrown_input)
    }
}

impl Scope {
    /// The variables with a payload: the one that is given, else the text's own.
    pub(crate) fn variables<'a>(&'a self, body: Option<&'a str>) -> Variables<'a> {
        let mut variables = Variables::new()
            .params(&self.params)
            .context(&self.context)
            .stage_variables(&self.stage_variables);
        if let Some(body) = body.or(self.body.as_deref()) {
            variables = variables.body(body);
        }
        if let Some(host) = &self.host {
            variables = variables.host(host);
        }
        variables
    }
}

fn read(text: &str) -> Result<Scope, String> {
    let given = if text.is_empty() { Value::Null } else { parse("variables", text)? };
    let mut members = match given {
        Value::Null => Map::new(),
        Value::Object(members) => members,
        _ => return Err("the variables are an object".to_owned()),
    };
    let mut take = |name: &str| members.remove(name).unwrap_or_default();
    let body = match take("body") {
        Value::Null => None,
        Value::String(text) => Some(text),
        _ => return Err("`body` is a text, with the payload's JSON in it".to_owned()),
    };
    let host = object("vars", take("vars"))?;
    Ok(Scope {
        params: params(take("params"))?,
        context: Context::from_value(&Value::Object(object("context", take("context"))?)),
        stage_variables: Document::from_value(&Value::Object(object(
            "stageVariables",
            take("stageVariables"),
        )?)),
        host: (!host.is_empty()).then(|| Document::from_value(&Value::Object(host))),
        body,
    })
}

fn params(value: Value) -> Result<Params, String> {
    let mut all = object("params", value)?;
    let mut list = |name: &str| -> Result<Vec<(String, String)>, String> {
        let members = object(&format!("params.{name}"), all.remove(name).unwrap_or_default())?;
        Ok(members.into_iter().filter_map(|(name, value)| Some((name, as_text(value)?))).collect())
    };
    Ok(Params { path: list("path")?, querystring: list("querystring")?, header: list("header")? })
}

/// A parameter's value as the text that it is in a request; null is no value.
fn as_text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(template: &str, variables: &str, body: Option<&str>) -> String {
        let scope = read(variables).unwrap();
        let template = transom::Template::new(template).unwrap();
        template.render(&scope.variables(body)).unwrap().output
    }

    #[test]
    fn members_become_variables() {
        let text = r#"{"body": "{\"n\": 1}", "params": {"path": {"id": 7, "no": null}},
            "context": {"stage": "prod"}, "stageVariables": {"t": "x"}, "vars": {"mine": [1]}, "else": 0}"#;
        let template =
            "$input.path('$.n') $input.params('id') $context.stage $stageVariables.t $mine";
        assert_eq!(render(template, text, None), "1 7 prod x [1]");
        assert_eq!(render("$input.body", text, Some("other")), "other");
    }

    #[test]
    fn what_has_the_wrong_kind_is_named() {
        let wrong = |text: &str| read(text).unwrap_err();
        assert_eq!(wrong("[]"), "the variables are an object");
        assert_eq!(wrong(r#"{"params": {"path": []}}"#), "`params.path` is an object");
        assert_eq!(wrong(r#"{"body": {}}"#), "`body` is a text, with the payload's JSON in it");
    }
}
