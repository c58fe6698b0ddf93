//! `$util`: the six functions of API Gateway.

use crate::java::{base64, escape, url};
use crate::value::{Exception, Text, Value};

/// Calls a function; `None` where API Gateway has none of this name for such arguments, and the call prints nothing.
pub(crate) fn call<'r>(
    name: &str,
    arguments: &[Value<'r>],
    parse: impl FnOnce(&Text<'r>) -> Result<Value<'r>, String>,
) -> Result<Option<Value<'r>>, Exception> {
    let [argument] = arguments else { return Ok(None) };
    if name == "escapeJavaScript" {
        return escape_java_script(argument).map(Some);
    }
    let text = match argument {
        Value::Text(text) => text,
        // A name without `$` is null, which Java passes to any function that takes an object.
        Value::Null
            if matches!(
                name,
                "parseJson" | "urlEncode" | "urlDecode" | "base64Encode" | "base64Decode"
            ) =>
        {
            return Err(Exception::new("java.lang.NullPointerException", "the argument is null"));
        }
        _ => return Ok(None),
    };
    let mut out = String::with_capacity(text.len() + text.len() / 3 + 3);
    match name {
        "urlEncode" => url::encode(text, &mut out),
        "urlDecode" => url::decode(text, &mut out).map_err(illegal_argument)?,
        "base64Encode" => base64::encode(text.as_bytes(), &mut out),
        "base64Decode" => base64::decode(text, &mut out).map_err(illegal_argument)?,
        "parseJson" => {
            return match parse(text) {
                Ok(value) => Ok(Some(value)),
                Err(message) => {
                    Err(Exception::new("com.jayway.jsonpath.InvalidJsonException", message))
                }
            };
        }
        _ => return Ok(None),
    }
    Ok(Some(Value::text(out)))
}

fn escape_java_script<'r>(argument: &Value<'r>) -> Result<Value<'r>, Exception> {
    if argument.is_null() {
        return Ok(Value::Null);
    }
    let mut printed = String::new();
    let text = match argument {
        Value::Text(text) => text.as_str(),
        other => {
            other.print(&mut printed)?;
            printed.as_str()
        }
    };
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    escape::escape_java_script(text, &mut out);
    Ok(Value::text(out))
}

#[cold]
fn illegal_argument(message: impl std::fmt::Display) -> Exception {
    Exception::new("java.lang.IllegalArgumentException", message.to_string())
}
