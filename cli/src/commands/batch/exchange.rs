//! The other shape of a line: a whole exchange, one request through one method.

use serde_json::{Map, Value};

use super::answer::Failure;

/// A render has none of these members.
pub(super) fn is_exchange(line: &Map<String, Value>) -> bool {
    line.contains_key("method") || line.contains_key("request")
}

/// The members of the answer beside `id`.
pub(super) fn answer(_line: Map<String, Value>) -> Result<Map<String, Value>, Failure> {
    Err(Failure::plain("unsupported", "an exchange is not supported yet, only renders are"))
}
