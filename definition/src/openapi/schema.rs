//! `components.schemas` or `definitions` → models, which refer to each other as models do.

use super::Document;
use crate::node::{Data, Member, Node};

/// Where a model stands as others refer to it; the host and the id do not matter.
const MODELS: &str = "https://apigateway.amazonaws.com/restapis/api/models/";

impl Document<'_, '_> {
    /// All schemas that have a name.
    pub(super) fn models(&mut self) {
        let root = self.root;
        let schemas = root.at(&["components", "schemas"]).or_else(|| root.get("definitions"));
        for schema in schemas.map(Node::members).unwrap_or_default() {
            self.models.set(schema.name.as_str(), model(&schema.value));
        }
    }

    /// The name of a schema's model; a schema without a name becomes a model with that of its place.
    pub(super) fn model_of(&mut self, schema: &Node, otherwise: &str) -> Node {
        let reference = schema.get("$ref").and_then(Node::as_str).and_then(name);
        if let Some(name) = reference {
            return Node::text_at(&schema.place, name);
        }
        let mut unique = otherwise.to_owned();
        while self.models.get(&unique).is_some() {
            unique.push('_');
        }
        self.models.set(unique.as_str(), model(schema));
        Node::text_at(&schema.place, unique)
    }
}

/// `Pet` of `#/components/schemas/Pet`, `#/definitions/Pet` or the address of a model.
fn name(reference: &str) -> Option<&str> {
    let prefixes = ["#/components/schemas/", "#/definitions/"];
    let local = prefixes.iter().find_map(|prefix| reference.strip_prefix(prefix));
    local.or_else(|| reference.rsplit_once("/models/").map(|(_, name)| name))
}

fn model(schema: &Node) -> Node {
    let data = match &schema.data {
        Data::Object(members) => {
            let members = members.iter().map(|member| {
                let value = match (member.name.as_str(), member.value.as_str().and_then(name)) {
                    ("$ref", Some(name)) => {
                        let (name, inner) = name.split_once('/').unwrap_or((name, ""));
                        let pointer = if inner.is_empty() { "" } else { "#/" };
                        Node::text_at(
                            &member.value.place,
                            format!("{MODELS}{name}{pointer}{inner}"),
                        )
                    }
                    _ => model(&member.value),
                };
                Member { value, ..member.clone() }
            });
            Data::Object(members.collect())
        }
        Data::List(items) => Data::List(items.iter().map(model).collect()),
        other => other.clone(),
    };
    Node { data, place: schema.place.clone(), tag: None }
}
