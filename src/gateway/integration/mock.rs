//! The rendered request template of a `MOCK` → the status that it gives itself.

use crate::json::{Document, Kind};

/// The integer `statusCode` of an object. It is read as json-smart reads, which takes `{statusCode: 200}` too (tried on
/// API Gateway by hand); a text or a decimal is no status.
pub(in crate::gateway) fn status(rendered: &str) -> Option<String> {
    let document = Document::parse(rendered).ok()?;
    let status = document.root().get("statusCode").filter(|node| node.kind() == Kind::Number)?;
    let text = crate::value::Value::from_node(status).to_text().into_owned();
    text.bytes().enumerate().all(|(i, b)| b.is_ascii_digit() || i == 0 && b == b'-').then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_that_is_nearly_json_has_a_status() {
        for (rendered, expected) in [
            ("{\"statusCode\": 200}", "200"),
            ("\n{ statusCode: 404 }\n", "404"),
            ("{'statusCode': -1, 'a': 'b',}", "-1"),
        ] {
            assert_eq!(status(rendered).as_deref(), Some(expected), "{rendered}");
        }
        for wrong in [
            "",
            "{}",
            "200",
            "{\"statusCode\": \"200\"}",
            "{\"statusCode\": 200.5}",
            "{\"statusCode\": 200",
        ] {
            assert_eq!(status(wrong), None, "{wrong}");
        }
    }
}
