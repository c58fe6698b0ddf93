//! A JSON value and its place in the configuration → members of the right kind, or an error that names the place.

use std::fmt;

use serde_json::{Map, Value};

/// A configuration that makes no sense: where, and what is wrong there.
///
/// ```
/// use serde_json::json;
/// use transom::gateway::{Api, Method};
///
/// let method = json!({"methodIntegration": {"type": "MOCK", "integrationResponses": {
///     "200": {"statusCode": "200", "selectionPattern": "2\\d{2"},
/// }}});
/// let error = Method::compile(&Api::default(), "/", &method).unwrap_err();
/// assert_eq!(error.place(), "method.methodIntegration.integrationResponses.200.selectionPattern");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    place: String,
    message: String,
}

impl ConfigError {
    pub(in crate::gateway) fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        ConfigError { place: place.into(), message: message.into() }
    }

    /// The member, from `api`, `method` or `stage` on: `method.methodIntegration.uri`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong, in words that can follow the place.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.place, self.message)
    }
}

impl std::error::Error for ConfigError {}

/// A value with its place. What is null is absent, as everywhere in AWS's shapes.
#[derive(Clone, Copy)]
pub(in crate::gateway) struct Place<'p, 'v> {
    parent: Option<&'p Place<'p, 'v>>,
    name: &'p str,
    pub(in crate::gateway) value: &'v Value,
}

impl<'p, 'v> Place<'p, 'v> {
    pub(in crate::gateway) fn root(name: &'p str, value: &'v Value) -> Place<'p, 'v> {
        Place { parent: None, name, value }
    }

    pub(in crate::gateway) fn name(&self) -> &'p str {
        self.name
    }

    pub(in crate::gateway) fn path(&self) -> String {
        match self.parent {
            Some(parent) => format!("{}.{}", parent.path(), self.name),
            None => self.name.to_owned(),
        }
    }

    pub(in crate::gateway) fn error(&self, message: impl Into<String>) -> ConfigError {
        ConfigError::new(self.path(), message)
    }

    fn members(&self) -> Result<&'v Map<String, Value>, ConfigError> {
        self.value
            .as_object()
            .ok_or_else(|| self.error(format!("is an object, not {}", kind(self.value))))
    }

    /// The value, which has to be an object.
    pub(in crate::gateway) fn object(&self) -> Result<&'v Map<String, Value>, ConfigError> {
        self.members()
    }

    /// A member that is there and not null.
    pub(in crate::gateway) fn get<'s>(
        &'s self,
        name: &'s str,
    ) -> Result<Option<Place<'s, 'v>>, ConfigError> {
        let value = self.members()?.get(name).filter(|value| !value.is_null());
        Ok(value.map(|value| Place { parent: Some(self), name, value }))
    }

    /// All members, those that are null included.
    pub(in crate::gateway) fn each<'s>(&'s self) -> Result<Vec<Place<'s, 'v>>, ConfigError>
    where
        'v: 's,
    {
        let members = self.members()?.iter();
        Ok(members.map(|(name, value)| Place { parent: Some(self), name, value }).collect())
    }

    pub(in crate::gateway) fn text(&self) -> Result<&'v str, ConfigError> {
        self.value
            .as_str()
            .ok_or_else(|| self.error(format!("is a text, not {}", kind(self.value))))
    }

    pub(in crate::gateway) fn text_of(&self, name: &str) -> Result<Option<&'v str>, ConfigError> {
        self.get(name)?.map(|member| member.text()).transpose()
    }

    pub(in crate::gateway) fn flag_of(&self, name: &str) -> Result<bool, ConfigError> {
        let Some(member) = self.get(name)? else { return Ok(false) };
        member.flag()
    }

    pub(in crate::gateway) fn flag(&self) -> Result<bool, ConfigError> {
        self.value
            .as_bool()
            .ok_or_else(|| self.error(format!("is true or false, not {}", kind(self.value))))
    }

    /// A status from 100 to 599, written as a text or a number.
    pub(in crate::gateway) fn status(&self) -> Result<u16, ConfigError> {
        let status = match self.value {
            Value::String(text) if text.len() == 3 => text.parse().ok(),
            Value::Number(number) => number.as_u64().and_then(|n| u16::try_from(n).ok()),
            _ => None,
        };
        status
            .filter(|status| (100..=599).contains(status))
            .ok_or_else(|| self.error("is a status from 100 to 599"))
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
