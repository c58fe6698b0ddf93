//! A path item's operations → routes.

use super::Document;
use crate::api::Route;
use crate::node::{Data, Node};
use crate::problem::Problem;
use crate::shape::{finished, integration_responses, keyed_by_status};

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];
const ANY: &str = "x-amazon-apigateway-any-method";
const INTEGRATION: &str = "x-amazon-apigateway-integration";

impl<'d> Document<'d, '_> {
    /// The operations of one path.
    pub(super) fn path(&mut self, path: &str, item: &'d Node, routes: &mut Vec<Route>) {
        let item = self.follow(item);
        for member in item.members() {
            let http_method = match member.name.as_str() {
                ANY => "ANY".to_owned(),
                name if METHODS.contains(&name) => name.to_ascii_uppercase(),
                _ => continue,
            };
            let operation = self.follow(&member.value);
            let Some(integration) = operation.get(INTEGRATION) else {
                let message = format!("{http_method} {path} has no `{INTEGRATION}`");
                let problem = Problem::warning("no-integration", &member.name_place, message)
                    .with_help("API Gateway does not deploy a method without an integration");
                self.problems.push(problem);
                continue;
            };
            let integration = self.follow(integration);
            let method = self.method(path, &http_method, item, operation, integration);
            routes.push(Route { resource_path: path.to_owned(), http_method, method });
        }
    }

    fn method(
        &mut self,
        path: &str,
        http_method: &str,
        item: &'d Node,
        operation: &'d Node,
        integration: &'d Node,
    ) -> Node {
        let place = &operation.place;
        let mut method = Node::object_at(place);
        method.set("httpMethod", Node::text_at(place, http_method));
        method
            .set("apiKeyRequired", Node::new(Data::Bool(self.api_key_required(operation)), place));
        let (parameters, body) = self.parameters(item, operation);
        method.set_if("requestParameters", parameters);
        let name: String = path.chars().filter(char::is_ascii_alphanumeric).collect();
        let name = format!("{http_method}{name}");
        method.set_if("requestModels", self.request_models(operation, body, &name));
        method.set_if("requestValidator", self.validator(operation));
        method.set_if("methodResponses", self.method_responses(operation));
        method.set("methodIntegration", integration_of(integration));
        finished(method)
    }

    /// Whether a scheme of the operation, or of all, is an API key.
    fn api_key_required(&self, operation: &Node) -> bool {
        let root = self.root;
        let schemes =
            root.at(&["components", "securitySchemes"]).or_else(|| root.get("securityDefinitions"));
        let required = operation.get("security").or_else(|| root.get("security"));
        let names = required.map(Node::items).unwrap_or_default().iter().flat_map(Node::members);
        names.filter_map(|member| schemes?.get(&member.name)).any(|scheme| {
            let says = |name: &str, value: &str| {
                scheme
                    .get(name)
                    .and_then(Node::as_str)
                    .is_some_and(|v| v.eq_ignore_ascii_case(value))
            };
            says("type", "apiKey")
                && says("name", "x-api-key")
                && scheme.get("x-amazon-apigateway-authorizer").is_none()
        })
    }

    /// `requestParameters`, and Swagger's `in: body`.
    fn parameters(
        &mut self,
        item: &'d Node,
        operation: &'d Node,
    ) -> (Option<Node>, Option<&'d Node>) {
        let (mut out, mut body) = (None, None);
        for list in [item.get("parameters"), operation.get("parameters")].into_iter().flatten() {
            for parameter in list.items() {
                let parameter = self.follow(parameter);
                if parameter.get("$ref").is_some() {
                    continue;
                }
                let location = match parameter.get("in").and_then(Node::as_str) {
                    Some("query") => "querystring",
                    Some("path") => "path",
                    Some("header") => "header",
                    Some("body") => {
                        body = Some(parameter);
                        continue;
                    }
                    Some("cookie" | "formData") => continue,
                    _ => {
                        let message = "a parameter has `in`: query, path or header";
                        self.problems.push(Problem::error("openapi", &parameter.place, message));
                        continue;
                    }
                };
                let Some(name) = parameter.get("name").and_then(Node::as_str) else {
                    let message = "a parameter has a `name`";
                    self.problems.push(Problem::error("openapi", &parameter.place, message));
                    continue;
                };
                let required = parameter.get("required").is_some_and(Node::is_true);
                let required = Node::new(Data::Bool(required), &parameter.place);
                out.get_or_insert_with(|| Node::object_at(&list.place))
                    .set(format!("method.request.{location}.{name}"), required);
            }
        }
        (out, body)
    }

    fn request_models(
        &mut self,
        operation: &'d Node,
        body: Option<&'d Node>,
        name: &str,
    ) -> Option<Node> {
        if let Some(body) = body {
            let schema = body.get("schema")?;
            let model = self.model_of(schema, name);
            let mut models = Node::object_at(&body.place);
            let consumes = operation.get("consumes").or_else(|| self.root.get("consumes"));
            let types = consumes.map(Node::items).unwrap_or_default().iter();
            let types: Vec<&str> = types.filter_map(Node::as_str).collect();
            let types = if types.is_empty() { vec!["application/json"] } else { types };
            for content_type in types {
                models.set(content_type, model.clone());
            }
            return Some(models);
        }
        let body = operation.get("requestBody")?;
        let content = self.follow(body).get("content")?;
        let mut models = Node::object_at(&content.place);
        for media in content.members() {
            if let Some(schema) = media.value.get("schema") {
                let model = self.model_of(schema, name);
                models.set(media.name.as_str(), model);
            }
        }
        Some(models).filter(|models| !models.members().is_empty())
    }

    /// The validator that the operation, or the API, names.
    fn validator(&mut self, operation: &'d Node) -> Option<Node> {
        const NAME: &str = "x-amazon-apigateway-request-validator";
        let named = operation.get(NAME).or_else(|| self.root.get(NAME))?;
        let name = named.as_str()?;
        let all = self.root.get("x-amazon-apigateway-request-validators");
        match all.and_then(|all| all.get(name)) {
            Some(validator) => Some(validator.clone()),
            None => {
                let message = format!("there is no request validator `{name}`");
                let names = all.map(Node::members).unwrap_or_default().iter();
                let names: Vec<String> = names.map(|m| format!("`{}`", m.name)).collect();
                let help = match names.as_slice() {
                    [] => "define it in `x-amazon-apigateway-request-validators`".to_owned(),
                    names => format!("there are {}", names.join(", ")),
                };
                let problem = Problem::error("openapi", &named.place, message).with_help(help);
                // A validator of the whole API is one mistake, not one for each method.
                if !self.problems.iter().any(|old| old.place == problem.place) {
                    self.problems.push(problem);
                }
                None
            }
        }
    }

    fn method_responses(&mut self, operation: &'d Node) -> Option<Node> {
        let responses = operation.get("responses")?;
        let mut out = Node::object_at(&responses.place);
        for member in responses.members() {
            if member.name.parse::<u16>().is_err() {
                continue;
            }
            let response = self.follow(&member.value);
            let mut method_response = Node::object_at(&response.place);
            method_response
                .set("statusCode", Node::text_at(&member.name_place, member.name.as_str()));
            if let Some(headers) = response.get("headers") {
                let mut parameters = Node::object_at(&headers.place);
                for header in headers.members() {
                    let no = Node::new(Data::Bool(false), &header.name_place);
                    parameters.set(format!("method.response.header.{}", header.name), no);
                }
                method_response.set("responseParameters", parameters);
            }
            out.set(member.name.as_str(), method_response);
        }
        Some(out).filter(|out| !out.members().is_empty())
    }
}

/// The extension → an Integration.
fn integration_of(extension: &Node) -> Node {
    let mut integration = Node::object_at(&extension.place);
    for member in extension.members() {
        match member.name.as_str() {
            "responses" => {
                let responses = member.value.members().iter().map(|response| {
                    let mut value = response.value.clone();
                    if response.name != "default" && value.get("selectionPattern").is_none() {
                        let pattern = Node::text_at(&response.name_place, response.name.as_str());
                        value.set("selectionPattern", pattern);
                    }
                    value
                });
                let responses = keyed_by_status(&member.value.place, responses.collect());
                integration.set("integrationResponses", integration_responses(&responses));
            }
            name => integration.set(name, member.value.clone()),
        }
    }
    integration
}
