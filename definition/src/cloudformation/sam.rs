//! `AWS::Serverless::*` → the parts of an API.

use super::Reader;
use crate::api::Route;
use crate::assemble::renamed;
use crate::node::{Data, Node};
use crate::problem::Problem;
use crate::shape::finished;

/// The API of functions that name none.
const IMPLICIT: &str = "ServerlessRestApi";

impl Reader<'_> {
    /// The properties, and those of `Globals` that they do not have.
    pub(super) fn with_globals(&self, kind: &str, properties: &Node) -> Node {
        let of = match kind {
            "AWS::Serverless::Api" => "Api",
            "AWS::Serverless::Function" => "Function",
            _ => return properties.clone(),
        };
        let mut all = properties.clone();
        for global in
            self.evaluator.root.at(&["Globals", of]).map(Node::members).unwrap_or_default()
        {
            match (all.get(&global.name).cloned(), &global.value.data) {
                (None, _) => all.set(global.name.as_str(), global.value.clone()),
                (Some(mut own), Data::Object(members)) => {
                    for member in members
                        .iter()
                        .filter(|member| own.get(&member.name).is_none())
                        .cloned()
                        .collect::<Vec<_>>()
                    {
                        own.set(member.name, member.value);
                    }
                    all.set(global.name.as_str(), own);
                }
                _ => {}
            }
        }
        all
    }

    pub(super) fn sam_api(&mut self, key: &str, properties: &Node) {
        let api = self.parts.api(key, &properties.place);
        api.stage = renamed(properties, &[("StageName", "name"), ("Variables", "variables")]);
        if let Some(name) = properties.get("Name").and_then(Node::as_str) {
            api.name = name.to_owned();
        }
        if let Some(body) = properties.get("DefinitionBody") {
            self.body(key, body);
        } else if let Some(uri) = properties.get("DefinitionUri") {
            match uri.as_str() {
                Some(path) => {
                    if let Some(document) = self.evaluator.file(path, &uri.place) {
                        self.body(key, &document);
                    }
                }
                None => self.evaluator.error(
                    &uri.place,
                    "only a local file can be read: `DefinitionUri` is its path",
                ),
            }
        }
        self.shared_settings(key, properties);
        for model in properties.get("Models").map(Node::members).unwrap_or_default() {
            self.parts.setting(key, "models", &model.name, model.value.clone());
        }
        for response in properties.get("GatewayResponses").map(Node::members).unwrap_or_default() {
            let value = gateway_response(&response.value);
            self.parts.setting(key, "gatewayResponses", &response.name, value);
        }
        if let Some(cors) = properties.get("Cors") {
            let message = "transom does not make the OPTIONS methods that SAM makes of `Cors`";
            let help = "write them into the OpenAPI document to have them here";
            self.evaluator.push(Problem::warning("sam", &cors.place, message).with_help(help));
        }
    }

    /// Events of the type `Api`: each is a method that hands the request to the function.
    pub(super) fn sam_function(&mut self, key: &str, properties: &Node) {
        for event in properties.get("Events").map(Node::members).unwrap_or_default() {
            if event.value.get("Type").and_then(Node::as_str) != Some("Api") {
                continue;
            }
            let nothing = Node::object_at(&event.value.place);
            for unread in ["RequestModel", "RequestParameters"] {
                if let Some(node) = event.value.at(&["Properties", unread]) {
                    let message = format!("transom does not read `{unread}` of a function's event");
                    let help =
                        "write the method into the OpenAPI document to have it validated here";
                    let problem = Problem::warning("sam", &node.place, message).with_help(help);
                    self.evaluator.push(problem);
                }
            }
            let names = [("Path", "Path"), ("Method", "Method"), ("RestApiId", "RestApiId")];
            let known = renamed(event.value.get("Properties").unwrap_or(&nothing), &names);
            let event = self.evaluator.evaluate(&known);
            let text = |name: &str| event.get(name).and_then(Node::as_str);
            let (Some(path), Some(method)) = (text("Path"), text("Method")) else {
                self.evaluator.error(&event.place, "an event of an API has `Path` and `Method`");
                continue;
            };
            let api_key = text("RestApiId").unwrap_or(IMPLICIT).to_owned();
            let http_method = match method.to_ascii_uppercase() {
                any if any == "ANY" || any == "X-AMAZON-APIGATEWAY-ANY-METHOD" => "ANY".to_owned(),
                method => method,
            };
            let parameters = self.evaluator.parameters;
            let value = |name: &str| parameters.get(name).unwrap_or_default();
            let uri = format!(
                "arn:{}:apigateway:{}:lambda:path/2015-03-31/functions/{key}.Arn/invocations",
                value("AWS::Partition"),
                value("AWS::Region")
            );
            let mut integration = Node::object_at(&event.place);
            for (name, value) in
                [("type", "aws_proxy"), ("httpMethod", "POST"), ("uri", uri.as_str())]
            {
                integration.set(name, Node::text_at(&event.place, value));
            }
            let mut method = Node::object_at(&event.place);
            method.set("httpMethod", Node::text_at(&event.place, http_method.as_str()));
            method.set("methodIntegration", integration);
            let method = finished(method);
            let route = Route { resource_path: path.to_owned(), http_method, method };
            let api = self.parts.api(&api_key, &event.place);
            // A method that the document has is the document's.
            let known = |old: &Route| {
                old.resource_path == route.resource_path && old.http_method == route.http_method
            };
            if !api.routes.iter().any(known) {
                api.routes.push(route);
            }
        }
    }
}

/// SAM writes the parameters in groups: `Headers: {X: "'v'"}`.
fn gateway_response(from: &Node) -> Node {
    let mut response =
        renamed(from, &[("StatusCode", "statusCode"), ("ResponseTemplates", "responseTemplates")]);
    if let Some(groups) = from.get("ResponseParameters") {
        let mut parameters = Node::object_at(&groups.place);
        for (group, prefix) in
            [("Headers", "header"), ("Paths", "path"), ("QueryStrings", "querystring")]
        {
            for member in groups.get(group).map(Node::members).unwrap_or_default() {
                let name = format!("gatewayresponse.{prefix}.{}", member.name);
                parameters.set(name, member.value.clone());
            }
        }
        response.set("responseParameters", parameters);
    }
    response
}
