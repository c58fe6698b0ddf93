//! How a template is compiled, out of `{"dialect", "escapeSlashes", "limits": {…}}`.

use serde_json::{Map, Value};
use transom::{Dialect, ForeachLimit, Limits, Options};

/// Reads the options; an empty text is all defaults.
pub(crate) fn read(text: &str) -> Result<Options, String> {
    let mut options = Options::default();
    if text.is_empty() {
        return Ok(options);
    }
    let members = object("options", parse("options", text)?)?;
    if let Some(name) = members.get("dialect") {
        options.dialect = match name.as_str() {
            Some("apigateway") => Dialect::ApiGateway,
            Some("velocity") => Dialect::Velocity,
            _ => return Err(format!("`dialect` is \"apigateway\" or \"velocity\", not {name}")),
        };
    }
    options.limits = Limits::for_dialect(options.dialect);
    for (name, value) in members {
        match name.as_str() {
            "dialect" => {}
            "escapeSlashes" => {
                options.escape_slashes = value.as_bool().ok_or("`escapeSlashes` is a boolean")?;
            }
            "limits" => limits(object("limits", value)?, &mut options.limits)?,
            _ => return Err(format!("there is no option `{name}`")),
        }
    }
    Ok(options)
}

fn limits(members: Map<String, Value>, limits: &mut Limits) -> Result<(), String> {
    for (name, value) in members {
        let number = || count(&name, &value);
        match name.as_str() {
            "templateBytes" => limits.template_bytes = size(number()?),
            "foreachRounds" => limits.foreach_rounds = size(number()?),
            "foreachLimit" => {
                limits.foreach_limit = match value.as_str() {
                    Some("truncate") => ForeachLimit::Truncate,
                    Some("fail") => ForeachLimit::Fail,
                    _ => return Err("`foreachLimit` is \"truncate\" or \"fail\"".to_owned()),
                };
            }
            "steps" => limits.steps = number()?,
            "outputBytes" => limits.output_bytes = size(number()?),
            // More than the stack of the module holds would end the module.
            "depth" => limits.depth = size(number()?).min(Limits::default().depth),
            _ => return Err(format!("there is no limit `{name}`")),
        }
    }
    Ok(())
}

/// A limit: null, which is how JSON writes `Infinity`, is none.
fn count(name: &str, value: &Value) -> Result<u64, String> {
    match value {
        Value::Null => Ok(u64::MAX),
        _ => value.as_u64().ok_or_else(|| format!("`{name}` is a whole number, or Infinity")),
    }
}

fn size(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// JSON that a caller passes, or the reason why it is none.
pub(crate) fn parse(what: &str, text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("the {what} are not JSON: {error}"))
}

/// An object, empty where there is none.
pub(crate) fn object(name: &str, value: Value) -> Result<Map<String, Value>, String> {
    match value {
        Value::Null => Ok(Map::new()),
        Value::Object(members) => Ok(members),
        _ => Err(format!("`{name}` is an object")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_those_of_the_dialect_unless_said() {
        assert_eq!(read("").unwrap(), Options::default());
        let velocity = read(r#"{"dialect": "velocity"}"#).unwrap();
        assert_eq!(velocity.limits.foreach_rounds, usize::MAX);
        let said = read(r#"{"limits": {"foreachRounds": 5, "steps": null}}"#).unwrap();
        assert_eq!((said.limits.foreach_rounds, said.limits.steps), (5, u64::MAX));
    }

    #[test]
    fn what_is_misspelt_is_said() {
        assert_eq!(read(r#"{"dialekt": 1}"#).unwrap_err(), "there is no option `dialekt`");
        assert_eq!(read(r#"{"limits": {"step": 1}}"#).unwrap_err(), "there is no limit `step`");
        assert!(read("{").unwrap_err().starts_with("the options are not JSON"));
    }
}
