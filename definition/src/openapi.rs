//! OpenAPI 3 or Swagger 2 with API Gateway's extensions → an API.

mod operation;
mod schema;
mod variables;

use crate::api::Api;
use crate::node::{Data, Node};
use crate::parameters::Parameters;
use crate::problem::Problem;

/// An OpenAPI document, and what is found wrong in it.
struct Document<'d, 'p> {
    root: &'d Node,
    problems: &'p mut Vec<Problem>,
    models: Node,
}

/// Reads a document whose intrinsic functions are evaluated. `${AWS::Region}` and its like have values when it is imported.
pub(crate) fn read(
    root: &Node,
    name: &str,
    parameters: &Parameters,
    problems: &mut Vec<Problem>,
) -> Api {
    let replaced;
    let root = if variables::mentions(root) {
        replaced = variables::replaced(root, parameters);
        &replaced
    } else {
        root
    };
    let title = root.at(&["info", "title"]).and_then(Node::as_str).unwrap_or(name);
    let mut api = Api::new(title, &root.place);
    let mut document = Document { root, problems, models: Node::object_at(&root.place) };
    document.models();
    for path in root.get("paths").map(Node::members).unwrap_or_default() {
        if path.name.starts_with('/') {
            document.path(&path.name, &path.value, &mut api.routes);
        } else if !path.name.starts_with("x-") {
            let message = format!("a path begins with `/`, not `{}`", path.name);
            document.problems.push(Problem::error("openapi", &path.name_place, message));
        }
    }
    if root.get("paths").is_none() {
        document.problems.push(Problem::error("openapi", &root.place, "there are no `paths`"));
    }
    let models = document.models;
    settings(root, &mut api);
    if !models.members().is_empty() {
        api.settings.set("models", models);
    }
    api
}

fn settings(root: &Node, api: &mut Api) {
    let extension = |name: &str| root.get(&format!("x-amazon-apigateway-{name}")).cloned();
    api.settings.set_if("gatewayResponses", extension("gateway-responses"));
    api.settings.set_if("binaryMediaTypes", extension("binary-media-types"));
    api.settings.set_if("minimumCompressionSize", extension("minimum-compression-size"));
}

impl<'d> Document<'d, '_> {
    /// What a `$ref` in this document refers to, or the node itself.
    fn follow(&mut self, node: &'d Node) -> &'d Node {
        let mut here = node;
        for _ in 0..32 {
            let Some(reference) = here.get("$ref") else { return here };
            let pointer = reference.as_str().and_then(|text| text.strip_prefix('#'));
            let found = pointer.and_then(|pointer| self.pointer(pointer));
            let Some(found) = found else {
                let message = format!(
                    "`$ref` leads nowhere in this file: {}",
                    reference.as_str().unwrap_or_else(|| reference.kind())
                );
                self.problems.push(Problem::error("openapi", &reference.place, message));
                return here;
            };
            here = found;
        }
        self.problems.push(Problem::error("openapi", &node.place, "`$ref` leads in a circle"));
        node
    }

    fn pointer(&self, pointer: &str) -> Option<&'d Node> {
        pointer.split('/').skip(1).try_fold(self.root, |node, part| {
            let name = part.replace("~1", "/").replace("~0", "~");
            match &node.data {
                Data::List(items) => items.get(name.parse::<usize>().ok()?),
                _ => node.get(&name),
            }
        })
    }
}
