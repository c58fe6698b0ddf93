//! A member of `gatewayResponses` → status, header sources and templates.

use serde_json::Value;

use super::DefinitionError;
use super::substitution::{OwnedVariable, Template, Variable};

/// A customised response; what it does not define is AWS's own.
#[derive(Clone, Debug, Default)]
pub(super) struct Definition {
    pub(super) status: Option<u16>,
    pub(super) headers: Vec<(String, Source)>,
    /// By content type, in the order of their definition
    templates: Vec<(String, Template)>,
}

/// Where the value of a header comes from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// `'text'`
    Static(String),
    /// `method.request.header.X`
    Variable(OwnedVariable),
}

impl Source {
    pub(super) fn value(
        &self,
        look_up: &impl Fn(Variable<'_>) -> Option<String>,
    ) -> Option<String> {
        match self {
            Source::Static(text) => Some(text.clone()),
            Source::Variable(variable) => look_up(variable.as_ref()),
        }
    }
}

impl Definition {
    pub(super) fn compile(name: &str, value: &Value) -> Result<Definition, DefinitionError> {
        let Some(members) = value.as_object() else {
            return Err(DefinitionError::new(name, "is no object"));
        };
        let mut definition = Definition::default();
        for (member, value) in members {
            let place = format!("{name}.{member}");
            match member.as_str() {
                "statusCode" => definition.status = status(&place, value)?,
                "responseParameters" => definition.headers = headers(&place, value)?,
                "responseTemplates" => definition.templates = templates(&place, value)?,
                // What get-gateway-response answers besides.
                "responseType" | "defaultResponse" => {}
                _ => {
                    return Err(DefinitionError::new(&place, "is no member of a gateway response"));
                }
            }
        }
        Ok(definition)
    }

    /// The template for a media type: its own, that of `application/json`, or the first.
    pub(super) fn template(&self, media_type: &str) -> Option<&Template> {
        let of = |wanted: &str| {
            self.templates.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted))
        };
        of(media_type)
            .or_else(|| of("application/json"))
            .or_else(|| self.templates.first())
            .map(|(_, template)| template)
    }
}

fn status(place: &str, value: &Value) -> Result<Option<u16>, DefinitionError> {
    let status = match value {
        Value::Null => return Ok(None),
        Value::String(text) if text.len() == 3 => text.parse().ok(),
        Value::Number(number) => number.as_u64().and_then(|n| u16::try_from(n).ok()),
        _ => None,
    };
    match status {
        Some(status @ 100..=599) => Ok(Some(status)),
        _ => Err(DefinitionError::new(place, format!("is no status from 100 to 599: {value}"))),
    }
}

fn headers(place: &str, value: &Value) -> Result<Vec<(String, Source)>, DefinitionError> {
    let mut headers = Vec::new();
    for (target, source) in texts(place, value)? {
        let place = format!("{place}.{target}");
        let source = match source.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
            Some(text) => Source::Static(text.to_owned()),
            None => match OwnedVariable::parse(source) {
                Some(variable) => Source::Variable(variable),
                None => {
                    let message = format!(
                        "is neither a text in single quotes nor method.request.…, context.… or stageVariables.…: {source}"
                    );
                    return Err(DefinitionError::new(&place, message));
                }
            },
        };
        match target.strip_prefix("gatewayresponse.") {
            Some(header) if header.strip_prefix("header.").is_some_and(|name| !name.is_empty()) => {
                headers.push((header["header.".len()..].to_owned(), source));
            }
            // AWS takes them, and a response has neither.
            Some(other) if other.starts_with("path.") || other.starts_with("querystring.") => {}
            _ => return Err(DefinitionError::new(&place, "is not gatewayresponse.header.NAME")),
        }
    }
    Ok(headers)
}

fn templates(place: &str, value: &Value) -> Result<Vec<(String, Template)>, DefinitionError> {
    let templates = texts(place, value)?;
    Ok(templates.into_iter().map(|(name, text)| (name.clone(), Template::compile(text))).collect())
}

/// The members of an object of texts; those that are null are not there.
fn texts<'v>(place: &str, value: &'v Value) -> Result<Vec<(&'v String, &'v str)>, DefinitionError> {
    let members = match value {
        Value::Null => return Ok(Vec::new()),
        Value::Object(members) => members,
        _ => return Err(DefinitionError::new(place, "is no object")),
    };
    let mut texts = Vec::with_capacity(members.len());
    for (name, value) in members {
        match value {
            Value::Null => {}
            Value::String(text) => texts.push((name, text.as_str())),
            _ => return Err(DefinitionError::new(&format!("{place}.{name}"), "is no text")),
        }
    }
    Ok(texts)
}
