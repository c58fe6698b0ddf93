//! APIs, resources, methods, models and validators that refer to each other by name → APIs.

use crate::api::{Api, Route};
use crate::node::{Data, Node};
use crate::problem::Problem;
use crate::shape::{finished, integration_responses, keyed_by_status};
use crate::source::Place;

/// What a file defines one by one. Each has a key that others name; a reference to an API's key means its root.
#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) apis: Vec<(String, Api)>,
    pub(crate) resources: Vec<Resource>,
    pub(crate) methods: Vec<Method>,
    /// Keys, and `validateRequestBody` and `validateRequestParameters`
    pub(crate) validators: Vec<(String, Node)>,
}

/// A part of a path.
pub(crate) struct Resource {
    pub(crate) key: String,
    pub(crate) parent: String,
    pub(crate) path_part: String,
    pub(crate) place: Place,
}

/// A method of a resource, in AWS's shape but for what it refers to.
pub(crate) struct Method {
    pub(crate) api: String,
    pub(crate) resource: String,
    pub(crate) validator: Option<String>,
    pub(crate) method: Node,
}

impl Parts {
    /// The API with a key; one that only its parts are here of gets its key as its name.
    pub(crate) fn api(&mut self, key: &str, place: &Place) -> &mut Api {
        let at = match self.apis.iter().position(|(known, _)| known == key) {
            Some(at) => at,
            None => {
                self.apis.push((key.to_owned(), Api::new(key, place)));
                self.apis.len() - 1
            }
        };
        &mut self.apis[at].1
    }

    /// Adds a member of one of the API's settings: a model or a gateway response.
    pub(crate) fn setting(&mut self, key: &str, of: &str, name: &str, value: Node) {
        let api = self.api(key, &value.place);
        let mut all =
            api.settings.get(of).cloned().unwrap_or_else(|| Node::object_at(&value.place));
        all.set(name, value);
        api.settings.set(of, all);
    }

    /// Puts it all together.
    pub(crate) fn assemble(mut self, problems: &mut Vec<Problem>) -> Vec<Api> {
        for mut method in std::mem::take(&mut self.methods) {
            let place = method.method.place.clone();
            if let Some(validator) = &method.validator {
                match self.validators.iter().find(|(key, _)| key == validator) {
                    Some((_, validator)) => {
                        method.method.set("requestValidator", validator.clone());
                    }
                    None => {
                        let message =
                            format!("the request validator `{validator}` is not in this file");
                        problems.push(Problem::warning("elsewhere", &place, message));
                    }
                }
            }
            let resource_path = self.path(&method.resource, &place, problems);
            let http_method = method.method.get("httpMethod").and_then(Node::as_str);
            let http_method = http_method.unwrap_or("ANY").to_ascii_uppercase();
            let route = Route { resource_path, http_method, method: finished(method.method) };
            self.api(&method.api, &place).routes.push(route);
        }
        self.apis.into_iter().map(|(_, api)| api).collect()
    }

    fn path(&self, key: &str, place: &Place, problems: &mut Vec<Problem>) -> String {
        let mut parts: Vec<&str> = Vec::new();
        let mut here = key;
        let is_api = |key: &str| self.apis.iter().any(|(api, _)| api == key);
        while !is_api(here) {
            let Some(resource) = self.resources.iter().find(|one| one.key == here) else {
                let message =
                    format!("the resource `{here}` is not in this file: its path is taken for /");
                problems.push(Problem::warning("elsewhere", place, message));
                break;
            };
            if parts.len() > self.resources.len() {
                problems.push(Problem::error(
                    "circle",
                    &resource.place,
                    "the resources lead in a circle",
                ));
                break;
            }
            parts.push(&resource.path_part);
            here = &resource.parent;
        }
        parts.reverse();
        format!("/{}", parts.join("/"))
    }
}

/// An object whose members have AWS's names: each name of `names` is followed by the new one.
pub(crate) fn renamed(node: &Node, names: &[(&str, &str)]) -> Node {
    let mut out = Node::object_at(&node.place);
    for member in node.members() {
        if let Some((_, new)) = names.iter().find(|(old, _)| *old == member.name) {
            out.set(*new, member.value.clone());
        }
    }
    out
}

/// `true`, whatever way it is written.
pub(crate) fn flag(node: &Node) -> Node {
    match node.as_str() {
        Some(text) if text.eq_ignore_ascii_case("true") => Node::new(Data::Bool(true), &node.place),
        Some(text) if text.eq_ignore_ascii_case("false") => {
            Node::new(Data::Bool(false), &node.place)
        }
        _ => node.clone(),
    }
}

/// An object all of whose values are true or false.
pub(crate) fn flags(node: &Node) -> Node {
    let mut out = Node::object_at(&node.place);
    for member in node.members() {
        out.set(member.name.as_str(), flag(&member.value));
    }
    out
}

/// A list of integration responses → those of the shape.
pub(crate) fn responses(list: &Node, place: &Place) -> Node {
    integration_responses(&keyed_by_status(place, list.items().to_vec()))
}
