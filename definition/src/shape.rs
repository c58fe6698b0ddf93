//! Lists of responses → objects by status, as AWS's own REST resources have them.

use crate::node::Node;
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
