//! What a template assigned to `requestOverride` and `responseOverride` → members of the messages.

use serde_json::{Map, Value};

use super::message::Fields;

/// A list becomes one header, its items joined by commas; null sets nothing.
pub(super) fn headers(overrides: &Map<String, Value>) -> impl Iterator<Item = (&str, String)> {
    members(overrides, "header").filter_map(|(name, value)| Some((name, joined(value)?)))
}

/// Path parameters, as texts.
pub(super) fn path(overrides: &Map<String, Value>) -> impl Iterator<Item = (&str, String)> {
    members(overrides, "path").filter_map(|(name, value)| Some((name, joined(value)?)))
}

/// Sets query parameters; a list gives several values. Answers the names that were set.
pub(super) fn set_query<'s>(
    overrides: &'s Map<String, Value>,
    query: &mut Fields<'_>,
) -> Vec<&'s str> {
    let mut names = Vec::new();
    for (name, value) in members(overrides, "querystring") {
        let values: Vec<String> = match value {
            Value::Array(items) => items.iter().filter_map(joined).collect(),
            value => joined(value).into_iter().collect(),
        };
        if values.is_empty() {
            continue;
        }
        query.remove(name);
        for value in values {
            query.push(name.to_owned(), value);
        }
        names.push(name);
    }
    names
}

/// The status, if what was assigned is one: an integer from 100 to 599.
pub(super) fn status(overrides: &Map<String, Value>) -> Option<u16> {
    let status = overrides.get("status")?.as_u64()?;
    u16::try_from(status).ok().filter(|status| (100..=599).contains(status))
}

fn members<'s>(
    overrides: &'s Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = (&'s str, &'s Value)> {
    let members = overrides.get(name).and_then(Value::as_object);
    members.into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

fn joined(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(joined).collect();
            Some(items.join(","))
        }
        other => Some(other.to_string()),
    }
}
