//! What is wrong with a template, as JSON text that `core.js` parses.

use serde_json::{Map, Value, json};
use transom::{Error, Note, Severity, Span, Warning};

use crate::utf16::Places;

/// A text that diagnostics point into.
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    pub(crate) places: &'a Places,
}

impl Source<'_> {
    /// An error of the library.
    pub(crate) fn error(&self, error: &Error) -> Value {
        let mut out =
            self.finding("error", error.code(), error.to_string(), error.help(), error.span());
        if let Some((span, message)) = error.related() {
            let mut related = Map::new();
            related.insert("message".to_owned(), message.into());
            self.put_range(&mut related, span);
            out.insert("related".to_owned(), Value::Object(related));
        }
        out.insert("awsWords".to_owned(), error.in_velocity_words(self.text, "template").into());
        Value::Object(out)
    }

    /// A warning of the library.
    pub(crate) fn warning(&self, warning: &Warning) -> Value {
        let severity = match warning.severity() {
            Severity::Hint => "hint",
            Severity::Warning => "warning",
        };
        let message = warning.to_string();
        Value::Object(self.finding(
            severity,
            warning.code(),
            message,
            warning.help(),
            warning.span(),
        ))
    }

    /// Something a render wants to be known.
    pub(crate) fn note(&self, note: &Note) -> Value {
        Value::Object(self.finding("note", "note", note.message.clone(), None, note.span))
    }

    fn finding(
        &self,
        severity: &str,
        code: &str,
        message: String,
        help: Option<&str>,
        span: Span,
    ) -> Map<String, Value> {
        let mut out = Map::new();
        out.insert("severity".to_owned(), severity.into());
        out.insert("code".to_owned(), code.into());
        out.insert("message".to_owned(), message.into());
        if let Some(help) = help {
            out.insert("help".to_owned(), help.into());
        }
        self.put_range(&mut out, span);
        out
    }

    fn put_range(&self, out: &mut Map<String, Value>, span: Span) {
        let range = span.range();
        let start = self.places.place(self.text, range.start);
        let end = self.places.place(self.text, range.end.max(range.start));
        out.insert("start".to_owned(), start.offset.into());
        out.insert("end".to_owned(), end.offset.into());
        out.insert("line".to_owned(), start.line.into());
        out.insert("column".to_owned(), start.column.into());
        out.insert("endLine".to_owned(), end.line.into());
        out.insert("endColumn".to_owned(), end.column.into());
    }
}

/// An error that is about a text other than a template.
pub(crate) fn finding_json(
    text: &str,
    places: &Places,
    range: std::ops::Range<usize>,
    message: &str,
) -> String {
    let source = Source { text, places };
    let span = Span::new(range.start, range.end);
    Value::Object(source.finding("error", "json", message.to_owned(), None, span)).to_string()
}

/// What is thrown for a template that cannot be used.
pub(crate) fn thrown_template(diagnostic: &Value) -> String {
    thrown("template", diagnostic)
}

/// What is thrown for a render that failed.
pub(crate) fn thrown_render(diagnostic: &Value) -> String {
    thrown("render", diagnostic)
}

/// What is thrown for arguments that make no sense.
pub(crate) fn thrown_input(message: impl Into<String>) -> String {
    json!({"kind": "input", "message": message.into(), "diagnostics": []}).to_string()
}

fn thrown(kind: &str, diagnostic: &Value) -> String {
    json!({"kind": kind, "message": diagnostic["message"], "diagnostics": [diagnostic]}).to_string()
}
