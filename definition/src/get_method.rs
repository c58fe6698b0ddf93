//! What `aws apigateway get-method` answers → an API with this one method.

use crate::api::{Api, Route};
use crate::node::{Data, Node};
use crate::problem::Problem;
use crate::shape::finished;

/// Reads an answer. It does not say the path of its resource, what its validator does, nor what its models are.
pub(crate) fn read(root: &Node, name: &str, problems: &mut Vec<Problem>) -> Api {
    let mut api = Api::new(name, &root.place);
    let mut method = root.clone();
    let elsewhere = |what: &Node, message: &str| {
        Problem::warning("elsewhere", &what.place, message)
            .with_help("an export of the whole API has it: `aws apigateway get-export`")
    };
    if let Some(id) = root.get("requestValidatorId") {
        problems
            .push(elsewhere(id, "the request validator is not in this file: nothing is validated"));
    }
    if let (Some(models), Data::Object(members)) = (root.get("requestModels"), &mut method.data) {
        let own = |node: &Node| matches!(node.as_str(), Some("Empty" | "Error"));
        if models.members().iter().any(|member| !own(&member.value)) {
            problems.push(elsewhere(models, "the models are not in this file"));
            members.retain(|member| member.name != "requestModels");
        }
    }
    let http_method = root.get("httpMethod").and_then(Node::as_str).unwrap_or("ANY").to_owned();
    api.routes.push(Route { resource_path: "/".to_owned(), http_method, method: finished(method) });
    api
}
