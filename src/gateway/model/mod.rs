//! An API's models (JSON Schema draft 4) and a body → what of the body its model does not allow.
//!
//! ```text
//! compile.rs  models → schemas; finds what `$ref` refers to
//! keyword.rs  one keyword's value → a keyword, or what is wrong with it
//! schema.rs   what a validation walks over
//! check.rs    whether a body is right: the fast way, which allocates nothing
//! report.rs   what is wrong, in the words of the validator that API Gateway uses
//! equal.rs    equality of values, by value: 1 is 1.0
//! number.rs   numbers as exact decimals, read from their text
//! pattern.rs  ECMA 262 regexes → those of the crate `fancy-regex`
//! format.rs   `format`
//! ```
//!
//! The rules are those of the Java library json-schema-validator, by whose messages API Gateway can be told: keywords in the
//! order of their names, members in the order of theirs, and nothing below a value once anything was wrong above or before
//! it.
//!
//! # Why not the crate `jsonschema`
//!
//! A module of WebAssembly with nothing but that crate weighs 841 KB compressed; this validator adds 54 KB to what transom
//! weighs without it (gzip, `opt-level = "s"`, both measured at version 0.61). It has no message of API Gateway's, makes a
//! `serde_json::Value` of a body that is parsed already, and takes numbers for doubles. `bench/tests/models.rs` holds the two
//! against each other.

mod check;
mod compile;
mod equal;
mod format;
mod keyword;
mod number;
mod pattern;
mod report;
mod schema;

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::java::hash_map::hash_order;
use crate::json::Document;
use schema::{Id, Schemas};

/// All models of an API, compiled.
///
/// Models refer to each other, and to themselves, by
/// `{"$ref": "https://apigateway.amazonaws.com/restapis/API_ID/models/Name"}`; host and id do not matter. `Empty` and `Error`
/// are there in every API.
///
/// ```
/// use serde_json::json;
/// use transom::Document;
/// use transom::gateway::model::{Models, validation_error_string};
///
/// let models = json!({
///     "Pet": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}},
///     "Pets": {"type": "array", "items": {"$ref": "https://apigateway.amazonaws.com/restapis/API_ID/models/Pet"}},
/// });
/// let models = Models::compile(models.as_object().unwrap())?;
/// let pets = models.get("Pets").unwrap();
///
/// assert!(pets.validate(&Document::parse(r#"[{"id": 1}]"#).unwrap()).is_empty());
///
/// let violations = pets.validate(&Document::parse(r#"[{"id": 1}, {}]"#).unwrap());
/// assert_eq!((violations[0].keyword, violations[0].instance_path.as_str()), ("required", "/1"));
/// assert_eq!(violations[0].schema_path, "Pet#/required");
/// assert_eq!(validation_error_string(&violations), r#"[object has missing required properties (["id"])]"#);
/// # Ok::<(), transom::gateway::model::ModelError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Models {
    models: IndexMap<String, Model>,
}

impl Models {
    /// Compiles models, given by name.
    ///
    /// Keywords that draft 4 does not know are ignored.
    ///
    /// # Errors
    /// The first keyword whose value is wrong, `$ref` that leads nowhere, pattern that is no ECMA 262 regex, or schema that
    /// applies itself to the same value.
    pub fn compile(models: &Map<String, Value>) -> Result<Models, ModelError> {
        let built_in = compile::built_in();
        let all: Vec<(&str, &Value)> = models
            .iter()
            .chain(built_in.iter().filter(|(name, _)| !models.contains_key(*name)))
            .map(|(name, schema)| (name.as_str(), schema))
            .collect();
        let (schemas, roots) = compile::compile(&all)?;
        let schemas = Arc::new(schemas);
        let model = |root| Model { root, schemas: Arc::clone(&schemas) };
        let names = all.iter().map(|(name, _)| (*name).to_owned());
        Ok(Models { models: names.zip(roots.into_iter().map(model)).collect() })
    }

    /// The model of a name.
    pub fn get(&self, name: &str) -> Option<&Model> {
        self.models.get(name)
    }

    /// The names, the API's own first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.models.keys().map(String::as_str)
    }
}

/// A compiled model.
#[derive(Clone, Debug)]
pub struct Model {
    root: Id,
    schemas: Arc<Schemas>,
}

impl Model {
    /// What of a body the model does not allow, nothing where the body is right. At most 100 violations are told.
    ///
    /// The body has to be JSON: what [`Document::parse`] takes besides is a violation. An empty body is `{}` for API
    /// Gateway, which is for the caller to say.
    pub fn validate(&self, body: &Document<'_>) -> Vec<Violation> {
        if !body.is_strict_json() {
            return vec![Violation::no_json()];
        }
        match check::is_valid(&self.schemas, self.root, body.root()) {
            true => Vec::new(),
            false => report::violations(&self.schemas, self.root, body.root()),
        }
    }

    /// Validates a body as it was sent: an empty one is `{}`, and one that is no JSON is a violation (both recorded).
    pub fn validate_text(&self, body: &str) -> Vec<Violation> {
        let body = if body.is_empty() { "{}" } else { body };
        match Document::parse(body) {
            Ok(document) => self.validate(&document),
            Err(_) => vec![Violation::no_json()],
        }
    }
}

/// A keyword that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The keyword; empty where the body could not be looked at: it is no JSON, or nested too deeply
    pub keyword: &'static str,
    /// JSON Pointer to the value in the body: `/pets/0/id`, empty for the whole
    pub instance_path: String,
    /// The model, and a JSON Pointer to the keyword in it: `Pet#/properties/id/type`
    pub schema_path: String,
    /// What is wrong, in the words of `$context.error.validationErrorString`
    pub message: String,
    /// Whether API Gateway gets to see it: it stops above the values in which this was found
    pub reported: bool,
}

impl Violation {
    fn no_json() -> Violation {
        Violation::unreadable("Unknown error parsing request body")
    }

    fn unreadable(message: &str) -> Violation {
        Violation {
            keyword: "",
            instance_path: String::new(),
            schema_path: String::new(),
            message: message.to_owned(),
            reported: true,
        }
    }
}

/// `$context.error.validationErrorString`: the messages that API Gateway sees, each once, in the order of a `HashSet`.
///
/// The words are the Java library's and sure; the order fits the one public example that has two messages.
pub fn validation_error_string(violations: &[Violation]) -> String {
    let mut messages: Vec<&str> = Vec::new();
    for violation in violations.iter().filter(|violation| violation.reported) {
        if !messages.contains(&violation.message.as_str()) {
            messages.push(&violation.message);
        }
    }
    let ordered: Vec<&str> = hash_order(&messages).into_iter().map(|at| messages[at]).collect();
    format!("[{}]", ordered.join(", "))
}

/// A model that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelError {
    /// The name of the model
    pub model: String,
    /// JSON Pointer to what is wrong in it
    pub pointer: String,
    /// What is wrong with it, in words that follow the place
    pub message: String,
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "models.{}#{} {}", self.model, self.pointer, self.message)
    }
}

impl std::error::Error for ModelError {}
