//! What a template assigned to `$context.requestOverride` and `$context.responseOverride`.

use serde_json::{Map as Json, Value as JsonValue};

use crate::value::{Entry, MAX_PRINT_DEPTH, Map, Value};

/// The overrides that a render leaves: JSON objects with only those members that are set.
///
/// Values stay what the template made them: numbers stay numbers, lists stay lists. `header`, `path` and `querystring`
/// are objects; `status` is what the template assigned, and whether it is a status at all is the exchange's business.
///
/// ```
/// use transom::{Template, Variables};
///
/// let template = Template::new("#set($context.responseOverride.status = 404)gone")?;
/// let rendered = template.render(&Variables::new())?;
/// assert_eq!(rendered.overrides.response["status"], 404);
/// assert!(rendered.overrides.request.is_empty());
/// # Ok::<(), transom::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// `$context.requestOverride`
    pub request: Json<String, JsonValue>,
    /// `$context.responseOverride`
    pub response: Json<String, JsonValue>,
    /// An override that the template assigned more than once, such as `requestOverride.header.X`: it has its last value
    /// here, and API Gateway answers 500
    pub assigned_twice: Option<String>,
}

impl Overrides {
    /// Whether the template set none.
    pub fn is_empty(&self) -> bool {
        self.request.is_empty() && self.response.is_empty()
    }
}

/// The override that was assigned twice, if one was.
pub(super) fn assigned_twice(name: &str, value: &Value<'_>) -> Option<String> {
    let Value::Map(map) = value else { return None };
    let again = |map: &Map<'_>| map.key_put_again().map(|key| key.to_text().into_owned());
    let nested = || {
        ["header", "path", "querystring"].into_iter().find_map(|kind| match map.get_text(kind) {
            Some(Value::Map(members)) => again(&members).map(|key| format!("{kind}.{key}")),
            _ => None,
        })
    };
    again(map).or_else(nested).map(|key| format!("{name}.{key}"))
}

/// An override as JSON, without the members that are empty objects.
pub(super) fn members(value: &Value<'_>) -> Json<String, JsonValue> {
    match json(value, 0) {
        JsonValue::Object(mut members) => {
            members.retain(|_, member| !matches!(member, JsonValue::Object(o) if o.is_empty()));
            members
        }
        _ => Json::new(),
    }
}

fn json(value: &Value<'_>, depth: usize) -> JsonValue {
    if depth > MAX_PRINT_DEPTH {
        return JsonValue::Null;
    }
    match value {
        Value::Null => JsonValue::Null,
        Value::Bool(b) => (*b).into(),
        Value::Integer(n) => (*n).into(),
        Value::Long(n) => (*n).into(),
        Value::Double(n) => {
            serde_json::Number::from_f64(*n).map_or(JsonValue::Null, JsonValue::Number)
        }
        Value::Number(n) => match n.to_string().parse() {
            Ok(number) => JsonValue::Number(number),
            Err(_) => n.to_string().into(),
        },
        Value::List(list) => list.items().iter().map(|item| json(item, depth + 1)).collect(),
        Value::Loop(scope) => json(&Value::Map(scope.storage().clone()), depth + 1),
        Value::Map(map) => {
            let member = |e: Entry<'_>| (e.key.to_text().into_owned(), json(&e.value, depth + 1));
            JsonValue::Object(map.in_order().into_iter().map(member).collect())
        }
        Value::Node(node) => {
            let mut text = String::new();
            crate::json::write_json(*node, &mut text, crate::json::Slash::Plain);
            serde_json::from_str(&text).unwrap_or(JsonValue::Null)
        }
        other => other.to_text().into_owned().into(),
    }
}
