//! What the backend answered → the IntegrationResponse that is chosen.

use super::config::{Integration, IntegrationResponse, IntegrationType};
use super::parsed::Parsed;
use crate::java::regex::RegexError;
use crate::json::NodeRef;

/// The first response whose pattern matches the whole text, else the one without a pattern.
///
/// Of several that match a `MOCK`'s status, the one that has this status itself comes first.
pub(super) fn select<'m>(
    integration: &'m Integration,
    text: &str,
) -> Result<Option<&'m IntegrationResponse>, RegexError> {
    let mut first = None;
    for response in &integration.responses {
        let Some(pattern) = &response.selection_pattern else { continue };
        if !pattern.matches(text)? {
            continue;
        }
        if integration.integration_type != IntegrationType::Mock
            || text == response.status.to_string()
        {
            return Ok(Some(response));
        }
        first = first.or(Some(response));
    }
    let default = || integration.responses.iter().find(|r| r.selection_pattern.is_none());
    Ok(first.or_else(default))
}

/// What a Lambda function's answer is chosen by: its `errorMessage`, and nothing where it has none.
pub(super) fn error_message(body: &Parsed<'_>) -> String {
    let root = body.document().map(crate::Document::root);
    let message = root.and_then(|root| root.get("errorMessage")).and_then(NodeRef::as_str);
    message.unwrap_or_default().into_owned()
}
