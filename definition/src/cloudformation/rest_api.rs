//! `AWS::ApiGateway::*` → the parts of an API.

use super::Reader;
use crate::assemble::{Method, Resource, flag, flags, renamed, responses};
use crate::inner_document::parse_text;
use crate::node::{Data, Node};
use crate::shape::keyed_by_status;

const INTEGRATION: [(&str, &str); 11] = [
    ("Type", "type"),
    ("Uri", "uri"),
    ("IntegrationHttpMethod", "httpMethod"),
    ("RequestTemplates", "requestTemplates"),
    ("RequestParameters", "requestParameters"),
    ("PassthroughBehavior", "passthroughBehavior"),
    ("ContentHandling", "contentHandling"),
    ("Credentials", "credentials"),
    ("ConnectionType", "connectionType"),
    ("ConnectionId", "connectionId"),
    ("TimeoutInMillis", "timeoutInMillis"),
];

const INTEGRATION_RESPONSE: [(&str, &str); 5] = [
    ("StatusCode", "statusCode"),
    ("SelectionPattern", "selectionPattern"),
    ("ResponseParameters", "responseParameters"),
    ("ResponseTemplates", "responseTemplates"),
    ("ContentHandling", "contentHandling"),
];

const METHOD_RESPONSE: [(&str, &str); 3] = [
    ("StatusCode", "statusCode"),
    ("ResponseParameters", "responseParameters"),
    ("ResponseModels", "responseModels"),
];

const GATEWAY_RESPONSE: [(&str, &str); 3] = [
    ("StatusCode", "statusCode"),
    ("ResponseParameters", "responseParameters"),
    ("ResponseTemplates", "responseTemplates"),
];

/// The key of what a reference means: attributes that stand for the API itself or for its root are the API.
fn key(node: &Node) -> String {
    let text = node.as_str().unwrap_or_default();
    let strip = |end: &str| text.strip_suffix(end);
    strip(".RootResourceId").or_else(|| strip(".RestApiId")).unwrap_or(text).to_owned()
}

fn key_of(properties: &Node, name: &str) -> String {
    properties.get(name).map(key).unwrap_or_default()
}

impl Reader<'_> {
    pub(super) fn rest_api(&mut self, key: &str, properties: &Node) {
        let api = self.parts.api(key, &properties.place);
        if let Some(name) = properties.get("Name").and_then(Node::as_str) {
            api.name = name.to_owned();
        }
        if let Some(body) = properties.get("Body") {
            self.body(key, body);
        } else if let Some(location) = properties.get("BodyS3Location") {
            self.asset(key, location);
        }
        self.shared_settings(key, properties);
    }

    /// What the CDK puts into a bucket is beside the template until it does.
    fn asset(&mut self, key: &str, location: &Node) {
        let Some(object) = location.get("Key").and_then(Node::as_str) else {
            return self.evaluator.error(&location.place, "`BodyS3Location` has no `Key`");
        };
        let path = format!("asset.{object}");
        if let Some(document) = self.evaluator.file(&path, &location.place) {
            self.body(key, &document);
        }
    }

    /// `BinaryMediaTypes`, in which SAM and CloudFormation may write `/` as `~1`, and `MinimumCompressionSize`.
    pub(super) fn shared_settings(&mut self, key: &str, properties: &Node) {
        let api = self.parts.api(key, &properties.place);
        if let Some(types) = properties.get("BinaryMediaTypes") {
            let one = |node: &Node| match node.as_str() {
                Some(text) => Node::text_at(&node.place, text.replace("~1", "/")),
                None => node.clone(),
            };
            let types =
                Node::new(Data::List(types.items().iter().map(one).collect()), &types.place);
            api.settings.set("binaryMediaTypes", types);
        }
        api.settings
            .set_if("minimumCompressionSize", properties.get("MinimumCompressionSize").cloned());
    }

    pub(super) fn resource(&mut self, key: &str, properties: &Node) {
        let path_part = properties.get("PathPart").and_then(Node::as_str).unwrap_or_default();
        self.parts.resources.push(Resource {
            key: key.to_owned(),
            parent: key_of(properties, "ParentId"),
            path_part: path_part.to_owned(),
            place: properties.place.clone(),
        });
    }

    pub(super) fn method(&mut self, _: &str, properties: &Node) {
        let mut method = renamed(
            properties,
            &[("HttpMethod", "httpMethod"), ("RequestModels", "requestModels")],
        );
        method.set_if("apiKeyRequired", properties.get("ApiKeyRequired").map(flag));
        method.set_if("requestParameters", properties.get("RequestParameters").map(flags));
        if let Some(list) = properties.get("MethodResponses") {
            let list_of = list.items().iter().map(|one| renamed(one, &METHOD_RESPONSE)).collect();
            method.set("methodResponses", keyed_by_status(&list.place, list_of));
        }
        if let Some(from) = properties.get("Integration") {
            let mut integration = renamed(from, &INTEGRATION);
            if let Some(list) = from.get("IntegrationResponses") {
                let items = list.items().iter().map(|one| renamed(one, &INTEGRATION_RESPONSE));
                let items = Node::new(Data::List(items.collect()), &list.place);
                integration.set("integrationResponses", responses(&items, &list.place));
            }
            method.set("methodIntegration", integration);
        }
        self.parts.methods.push(Method {
            api: key_of(properties, "RestApiId"),
            resource: key_of(properties, "ResourceId"),
            validator: properties.get("RequestValidatorId").map(key),
            method,
        });
    }

    pub(super) fn model(&mut self, key: &str, properties: &Node) {
        let Some(schema) = properties.get("Schema") else {
            return self.evaluator.error(&properties.place, "the model has no `Schema`");
        };
        let schema = match &schema.data {
            Data::Text(text) => match parse_text(text, &schema.place) {
                Ok(schema) => schema,
                Err(problem) => return self.evaluator.push(problem),
            },
            _ => schema.clone(),
        };
        let name = properties.get("Name").and_then(Node::as_str).unwrap_or(key);
        self.parts.setting(&key_of(properties, "RestApiId"), "models", name, schema);
    }

    pub(super) fn validator(&mut self, key: &str, properties: &Node) {
        let names = [
            ("ValidateRequestBody", "validateRequestBody"),
            ("ValidateRequestParameters", "validateRequestParameters"),
        ];
        self.parts.validators.push((key.to_owned(), flags(&renamed(properties, &names))));
    }

    pub(super) fn gateway_response(&mut self, _: &str, properties: &Node) {
        let Some(kind) = properties.get("ResponseType").and_then(Node::as_str) else {
            return self
                .evaluator
                .error(&properties.place, "the gateway response has no `ResponseType`");
        };
        let response = renamed(properties, &GATEWAY_RESPONSE);
        self.parts.setting(&key_of(properties, "RestApiId"), "gatewayResponses", kind, response);
    }

    pub(super) fn stage(&mut self, _: &str, properties: &Node) {
        let stage = renamed(properties, &[("StageName", "name"), ("Variables", "variables")]);
        let api = self.parts.api(&key_of(properties, "RestApiId"), &properties.place);
        // Of several stages the first is the one that is meant unless it is said.
        if api.stage.members().is_empty() {
            api.stage = stage;
        }
    }

    /// A deployment can make a stage, too.
    pub(super) fn deployment(&mut self, _: &str, properties: &Node) {
        let Some(name) = properties.get("StageName").cloned() else { return };
        let mut stage = Node::object_at(&properties.place);
        stage.set("name", name);
        stage.set_if("variables", properties.at(&["StageDescription", "Variables"]).cloned());
        let api = self.parts.api(&key_of(properties, "RestApiId"), &properties.place);
        if api.stage.members().is_empty() {
            api.stage = stage;
        }
    }
}
