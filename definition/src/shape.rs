//! What formats write differently → one way, that of AWS's own REST resources.

use crate::node::{Data, Node};
use crate::source::Place;

/// Responses by their `statusCode`. Where several have the same one, what chooses them is added to the key.
pub(crate) fn keyed_by_status(place: &Place, responses: Vec<Node>) -> Node {
    let mut out = Node::object_at(place);
    for response in responses {
        let status = response.get("statusCode").and_then(Node::as_str).unwrap_or_default();
        let mut key = status.to_owned();
        if out.get(&key).is_some() {
            let pattern = response.get("selectionPattern").and_then(Node::as_str);
            key = format!("{status} {}", pattern.unwrap_or("default"));
        }
        while out.get(&key).is_some() {
            key.push('_');
        }
        out.set(key, response);
    }
    out
}

/// Integration responses, each status a text.
pub(crate) fn integration_responses(responses: &Node) -> Node {
    let mut out = Node::object_at(&responses.place);
    for member in responses.members() {
        let mut response = member.value.clone();
        let status = response
            .get("statusCode")
            .and_then(|status| Some(Node::text_at(&status.place, status.as_str()?)));
        response.set_if("statusCode", status);
        out.set(member.name.as_str(), response);
    }
    out
}

/// A method as `get-method` answers it: enums in capitals, and whether it needs a key.
pub(crate) fn finished(mut method: Node) -> Node {
    if method.get("apiKeyRequired").is_none() {
        let no = Node::new(Data::Bool(false), &method.place);
        method.set("apiKeyRequired", no);
    }
    if let Some(mut integration) = method.get("methodIntegration").cloned() {
        for name in ["type", "passthroughBehavior"] {
            let Some(word) = integration.get(name) else { continue };
            if let Some(capitals) = word.as_str().map(str::to_ascii_uppercase) {
                integration.set(name, Node::text_at(&word.place, capitals));
            }
        }
        method.set("methodIntegration", integration);
    }
    method
}
