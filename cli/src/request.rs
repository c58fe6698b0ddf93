//! What a template sees of a request, gathered from an event, from options or from a line of a batch.

use serde_json::{Map, Value};
use transom::{Context, Document, Params, Variables};

use crate::args::{Param, Place};

/// The owner of what [`Variables`] borrows.
#[derive(Default)]
pub(crate) struct Request {
    pub(crate) body: Option<String>,
    pub(crate) params: Params,
    pub(crate) context: Map<String, Value>,
    pub(crate) stage_variables: Map<String, Value>,
    /// Roots of the host's own
    pub(crate) host: Option<Value>,
}

impl Request {
    /// Calls `render` with the variables of this request.
    pub(crate) fn with_variables<T>(self, render: impl FnOnce(&Variables<'_>) -> T) -> T {
        let context = Context::from_value(&Value::Object(self.context));
        let stage_variables = Document::from_value(&Value::Object(self.stage_variables));
        let host = self.host.as_ref().map(Document::from_value);
        let mut variables = Variables::new()
            .params(&self.params)
            .context(&context)
            .stage_variables(&stage_variables);
        if let Some(body) = &self.body {
            variables = variables.body(body);
        }
        if let Some(host) = &host {
            variables = variables.host(host);
        }
        render(&variables)
    }

    /// Sets a parameter; one of the same name goes, and header names differ only by more than case.
    pub(crate) fn set_param(&mut self, param: &Param) {
        let list = match param.place {
            Place::Path => &mut self.params.path,
            Place::Querystring => &mut self.params.querystring,
            Place::Header => &mut self.params.header,
        };
        let same = |name: &str| match param.place {
            Place::Header => name.eq_ignore_ascii_case(&param.name),
            _ => name == param.name,
        };
        let new = (param.name.clone(), param.value.clone());
        match list.iter_mut().find(|(name, _)| same(name)) {
            Some(old) => *old = new,
            None => list.push(new),
        }
    }
}

/// A parameter's value as the text that it is in a request; null is no value.
pub(crate) fn as_text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}
