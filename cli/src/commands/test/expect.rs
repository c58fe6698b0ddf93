//! `expect` and what came out → what differs.

use serde_json::Value;

use super::bless::{Edit, New};
use super::file::{entries, mapping, text};
use super::same::{in_order_of, json_edits, same};
use super::subject::Subject;
use super::yaml::{Entry, Kind, Node, Wrong};

use transom::Span;

/// The keys of `expect` for a template.
pub(super) const OF_TEMPLATE: &[&str] =
    &["output", "json", "matches", "overrides", "warnings", "error"];
/// Those for a method.
pub(super) const OF_METHOD: &[&str] = &["integrationRequest", "response", "gatewayResponse"];
/// The keys of an expected error.
pub(super) const ERROR: &[&str] = &["code", "message", "line", "column"];
/// The keys of an expected integration request.
pub(super) const REQUEST: &[&str] =
    &["method", "uri", "path", "query", "headers", "body", "bodyBase64", "json", "matches"];
/// The keys of an expected response.
pub(super) const RESPONSE: &[&str] =
    &["status", "headers", "body", "bodyBase64", "json", "matches"];

/// One thing that is not as expected.
#[derive(Debug)]
pub(super) struct Problem {
    /// The path into `expect`: `response.headers.Location`
    pub(super) what: String,
    /// The expectation
    pub(super) span: Span,
    pub(super) detail: Detail,
    /// What `--bless` would write
    pub(super) edits: Vec<Edit>,
}

/// How it differs.
#[derive(Debug)]
pub(super) enum Detail {
    /// Two texts, to be held against each other
    Texts { expected: String, actual: String },
    /// A sentence
    Message(String),
}

/// Checks that an expectation makes sense, before anything runs.
pub(super) fn check(expect: &Node, subject: &Subject) -> Result<(), Wrong> {
    let known = match subject {
        Subject::Template(_) => OF_TEMPLATE,
        Subject::Method(_) => OF_METHOD,
    };
    let of = match subject {
        Subject::Template(_) => "`expect` for a template",
        Subject::Method(_) => "`expect` for a method",
    };
    for entry in entries(expect, of, known)? {
        let value = &entry.value;
        match entry.key.as_str() {
            "output" => {
                text(value, "`output`").map_err(|wrong| {
                    wrong.with_help("put it in quotes, or write `json:` to compare JSON")
                })?;
            }
            "matches" => pattern(value)?,
            "error" if !matches!(value.kind, Kind::Text(_)) => {
                entries(value, "`error`", ERROR)?;
            }
            "warnings" => list_of_texts(value)?,
            "integrationRequest" if !value.is_null() => message(value, &entry.key, REQUEST)?,
            "response" => message(value, &entry.key, RESPONSE)?,
            "gatewayResponse" if !value.is_null() => {
                text(value, "`gatewayResponse`")?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn message(node: &Node, key: &str, known: &[&str]) -> Result<(), Wrong> {
    for entry in entries(node, &format!("`{key}`"), known)? {
        match entry.key.as_str() {
            "matches" => pattern(&entry.value)?,
            "headers" | "query" | "path" => {
                mapping(&entry.value, &format!("`{}`", entry.key))?;
            }
            "body" | "bodyBase64" if !entry.value.is_null() => {
                text(&entry.value, &format!("`{}`", entry.key)).map_err(|wrong| {
                    wrong.with_help("put it in quotes, or write `json:` to compare JSON")
                })?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn list_of_texts(node: &Node) -> Result<(), Wrong> {
    let Kind::List(items) = &node.kind else {
        return Err(Wrong::new(node.span, "`warnings` is a list of codes, `[]` for none"));
    };
    items.iter().try_for_each(|item| text(item, "a warning").map(drop))
}

fn pattern(node: &Node) -> Result<(), Wrong> {
    fancy_regex::Regex::new(text(node, "`matches`")?)
        .map(drop)
        .map_err(|error| Wrong::new(node.span, format!("this is no regular expression: {error}")))
}

/// What differs between an expectation and an answer in the shape of `transom batch`.
pub(super) fn compare(expect: &Node, answer: &Value) -> Vec<Problem> {
    let mut found = Found { list: Vec::new() };
    let Kind::Map(members) = &expect.kind else { return found.list };
    let expects_error = members.iter().any(|entry| entry.key == "error");
    if let (Some(error), false) = (answer.get("error"), expects_error) {
        found.say("error", expect.span, error_in_words(error));
        return found.list;
    }
    for entry in members {
        let (value, key) = (&entry.value, entry.key.as_str());
        match key {
            "output" | "json" | "matches" => found.body(key, entry, answer["output"].as_str()),
            "overrides" => found.json(key, value, &answer["overrides"]),
            "warnings" => found.json(key, value, &answer["warnings"]),
            "error" => found.error(value, answer.get("error")),
            "integrationRequest" | "response" => found.message(key, value, answer.get(key)),
            "gatewayResponse" => found.scalar(key, value, &answer["gatewayResponse"]),
            _ => {}
        }
    }
    found.list
}

/// An error as one line: the code, the message and the place.
pub(super) fn error_in_words(error: &Value) -> String {
    let part = |name: &str| error[name].as_str().unwrap_or_default();
    let place = match (error["file"].as_str(), &error["line"], &error["column"]) {
        (Some(file), Value::Number(line), Value::Number(column)) => {
            format!(" at {file}:{line}:{column}")
        }
        _ => String::new(),
    };
    format!("it fails with {}: {}{place}", part("code"), part("message"))
}

struct Found {
    list: Vec<Problem>,
}

impl Found {
    fn say(&mut self, what: &str, span: Span, message: impl Into<String>) {
        let detail = Detail::Message(message.into());
        self.list.push(Problem { what: what.to_owned(), span, detail, edits: Vec::new() });
    }

    fn texts(
        &mut self,
        what: &str,
        node: &Node,
        expected: String,
        actual: String,
        edits: Vec<Edit>,
    ) {
        let detail = Detail::Texts { expected, actual };
        self.list.push(Problem { what: what.to_owned(), span: node.span, detail, edits });
    }

    /// A text, exact, as JSON, or by a pattern.
    fn body(&mut self, what: &str, entry: &Entry, actual: Option<&str>) {
        let (node, actual) = (&entry.value, actual.unwrap_or_default());
        match (entry.key.as_str(), &node.kind) {
            ("json", _) => match serde_json::from_str::<Value>(actual) {
                Ok(value) => self.json(what, node, &value),
                Err(error) => {
                    self.say(what, node.span, format!("it is not JSON: {error}\n{actual}"));
                }
            },
            ("matches", Kind::Text(pattern)) => {
                let matched = fancy_regex::Regex::new(pattern).map(|regex| regex.is_match(actual));
                match matched {
                    Ok(Ok(true)) => {}
                    Ok(Ok(false)) => {
                        self.say(what, node.span, format!("`{pattern}` does not match\n{actual}"));
                    }
                    Ok(Err(error)) | Err(error) => self.say(what, node.span, error.to_string()),
                }
            }
            (_, kind) => {
                let expected = match kind {
                    Kind::Text(text) => text.as_str(),
                    _ => "",
                };
                if expected != actual {
                    let edit = Edit::of(node, New::Text(actual.to_owned()));
                    self.texts(what, node, expected.to_owned(), actual.to_owned(), vec![edit]);
                }
            }
        }
    }

    fn json(&mut self, what: &str, node: &Node, actual: &Value) {
        let expected = node.to_json();
        if same(&expected, actual) {
            return;
        }
        let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap_or_default();
        let mut edits = Vec::new();
        json_edits(node, actual, &mut edits);
        self.texts(what, node, pretty(&expected), pretty(&in_order_of(&expected, actual)), edits);
    }

    /// One value of a message; null and absent are the same, and a text equals a list that joins to it with commas.
    fn scalar(&mut self, what: &str, node: &Node, actual: &Value) {
        let expected = node.to_json();
        let (wanted, got) = (plain(&expected), plain(actual));
        if wanted == got {
            return;
        }
        let absent = || "(absent)".to_owned();
        let new = match (&expected, actual) {
            (_, Value::Number(_)) => New::Json(actual.clone()),
            _ => got.clone().map_or(New::Json(Value::Null), New::Text),
        };
        let edit = Edit::of(node, new);
        self.texts(
            what,
            node,
            wanted.unwrap_or_else(absent),
            got.unwrap_or_else(absent),
            vec![edit],
        );
    }

    fn error(&mut self, node: &Node, actual: Option<&Value>) {
        let Some(actual) = actual else {
            self.say("error", node.span, "it does not fail");
            return;
        };
        let Kind::Map(members) = &node.kind else {
            self.scalar("error", node, &actual["code"]);
            return;
        };
        for entry in members {
            self.scalar(&format!("error.{}", entry.key), &entry.value, &actual[&entry.key]);
        }
    }

    fn message(&mut self, key: &str, node: &Node, actual: Option<&Value>) {
        let actual = match (actual, &node.kind) {
            (None, Kind::Null) => return,
            (None, _) => {
                self.say(key, node.span, "nothing was sent to the backend");
                return;
            }
            (Some(_), Kind::Null) => {
                self.say(key, node.span, "a request was sent to the backend");
                return;
            }
            (Some(actual), _) => actual,
        };
        let Kind::Map(members) = &node.kind else { return };
        for entry in members {
            let what = format!("{key}.{}", entry.key);
            let value = &entry.value;
            match entry.key.as_str() {
                "body" | "json" | "matches" => match actual["bodyBase64"].as_str() {
                    Some(_) => {
                        self.say(&what, value.span, "the body is no text: expect `bodyBase64`");
                    }
                    None => self.body(&what, entry, actual["body"].as_str()),
                },
                "headers" | "query" | "path" => {
                    let Kind::Map(fields) = &value.kind else { continue };
                    for field in fields {
                        let any_case = entry.key == "headers";
                        let got = member(&actual[&entry.key], &field.key, any_case);
                        self.scalar(&format!("{what}.{}", field.key), &field.value, got);
                    }
                }
                name => self.scalar(&what, value, &actual[name]),
            }
        }
    }
}

fn member<'v>(object: &'v Value, name: &str, any_case: bool) -> &'v Value {
    let found = object.as_object().and_then(|members| {
        members.iter().find(|(n, _)| *n == name || any_case && n.eq_ignore_ascii_case(name))
    });
    found.map_or(&Value::Null, |(_, value)| value)
}

/// A value of a message as text.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => Some(items.iter().filter_map(plain).collect::<Vec<_>>().join(",")),
        other => Some(other.to_string()),
    }
}
