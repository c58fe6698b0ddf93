//! A raw query string → names and values, decoded.

use std::borrow::Cow;

use crate::gateway::message::Fields;
use crate::java::url;

/// Adds the parameters of a query string: `+` is a blank, `%2B` is a plus. What is no escape stays as it is.
pub(in crate::gateway) fn decode<'a>(raw: &'a str, fields: &mut Fields<'a>) {
    for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        fields.push(decoded(name), decoded(value));
    }
}

fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    match url::decode(text, &mut out) {
        Ok(()) => Cow::Owned(out),
        Err(_) => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_decoded() {
        let mut fields = Fields::new();
        decode("a=1%202&b=x+y&&a=%2B&flag&bad=%zz", &mut fields);
        let all: Vec<_> = fields.iter().collect();
        assert_eq!(all, [("a", "1 2"), ("b", "x y"), ("a", "+"), ("flag", ""), ("bad", "%zz")]);
    }
}
