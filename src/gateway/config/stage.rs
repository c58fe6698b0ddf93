//! A stage's JSON → its name and variables.

use serde_json::{Map, Value};

use super::{ConfigError, Place};
use crate::json::Document;

/// A stage: its name, and the variables that templates, mappings and URIs read.
///
/// ```
/// use serde_json::json;
/// use transom::gateway::Stage;
///
/// let stage = Stage::compile(&json!({"name": "prod", "variables": {"table": "orders"}}))?;
/// # Ok::<(), transom::gateway::ConfigError>(())
/// ```
#[derive(Debug)]
pub struct Stage {
    pub(in crate::gateway) name: String,
    pub(in crate::gateway) variables: Vec<(String, String)>,
    pub(in crate::gateway) document: Document<'static>,
}

impl Stage {
    /// Compiles a stage: `name`, and `variables` by name, which are texts. Both may be absent.
    ///
    /// # Errors
    /// The first member that makes no sense.
    pub fn compile(stage: &Value) -> Result<Stage, ConfigError> {
        let stage = Place::root("stage", stage);
        let name = stage.text_of("name")?.unwrap_or_default().to_owned();
        let mut variables = Vec::new();
        if let Some(members) = stage.get("variables")? {
            for variable in members.each()? {
                let value = match variable.value {
                    Value::Null => continue,
                    Value::String(text) => text.clone(),
                    Value::Number(_) | Value::Bool(_) => variable.value.to_string(),
                    _ => return Err(variable.error("is a text")),
                };
                variables.push((variable.name().to_owned(), value));
            }
        }
        Ok(Stage { document: document(&variables), name, variables })
    }

    /// A variable's value.
    pub(in crate::gateway) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

impl Default for Stage {
    /// A stage without a name and variables.
    fn default() -> Stage {
        Stage { name: String::new(), variables: Vec::new(), document: document(&[]) }
    }
}

fn document(variables: &[(String, String)]) -> Document<'static> {
    let members: Map<String, Value> =
        variables.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
    Document::from_value(&Value::Object(members))
}
