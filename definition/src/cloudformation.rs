//! A template of CloudFormation or SAM → its APIs.

mod condition;
mod evaluator;
mod function;
mod rest_api;
mod sam;
mod substitute;

use std::path::Path;

use crate::api::Api;
use crate::assemble::Parts;
use crate::inner_document::parse_text;
use crate::node::{Data, Member, Node};
use crate::openapi;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::read::Files;
pub(crate) use evaluator::{Evaluator, calls_functions};

/// Reads a template. Only what an API is made of is evaluated: what is missing for the rest does not matter.
pub(crate) fn read(
    root: &Node,
    name: &str,
    parameters: &Parameters,
    files: Files<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Api> {
    let folder = Path::new(name).parent().unwrap_or(Path::new("")).to_owned();
    let mut reader = Reader {
        evaluator: Evaluator::new(root, parameters, files, folder),
        parts: Parts::default(),
    };
    let resources = root.get("Resources").map(Node::members).unwrap_or_default();
    // The APIs come first: the others name them.
    for is_api in [true, false] {
        for member in resources {
            let kind = member.value.get("Type").and_then(Node::as_str).unwrap_or_default();
            let Some((read, names)) = Reader::of(kind, is_api) else {
                reader.tell_unread(kind, is_api, member);
                continue;
            };
            if let Some(condition) = member.value.get("Condition")
                && !reader.evaluator.named_condition(condition)
            {
                continue;
            }
            let nothing = Node::object_at(&member.value.place);
            let properties = member.value.get("Properties").unwrap_or(&nothing);
            let properties = reader.with_globals(kind, properties);
            // What else there is is nobody's business here, and may name what has no value.
            let mut known = Node::object_at(&properties.place);
            for property in properties.members().iter().filter(|one| names.contains(&&*one.name)) {
                known.set(property.name.as_str(), property.value.clone());
            }
            let properties = match kind {
                "AWS::Serverless::Function" => known,
                _ => reader.evaluator.evaluate(&known),
            };
            read(&mut reader, &member.name, &properties);
        }
    }
    let Reader { evaluator, parts } = reader;
    problems.extend(evaluator.problems);
    parts.assemble(problems)
}

const REST_API: [&str; 5] =
    ["Name", "Body", "BodyS3Location", "BinaryMediaTypes", "MinimumCompressionSize"];
const SAM_API: [&str; 10] = [
    "Name",
    "StageName",
    "Variables",
    "DefinitionBody",
    "DefinitionUri",
    "BinaryMediaTypes",
    "MinimumCompressionSize",
    "Models",
    "GatewayResponses",
    "Cors",
];
const RESOURCE: [&str; 3] = ["RestApiId", "ParentId", "PathPart"];
const METHOD: [&str; 9] = [
    "RestApiId",
    "ResourceId",
    "HttpMethod",
    "ApiKeyRequired",
    "RequestParameters",
    "RequestModels",
    "RequestValidatorId",
    "Integration",
    "MethodResponses",
];
const MODEL: [&str; 3] = ["RestApiId", "Name", "Schema"];
const VALIDATOR: [&str; 2] = ["ValidateRequestBody", "ValidateRequestParameters"];
const GATEWAY_RESPONSE: [&str; 5] =
    ["RestApiId", "ResponseType", "StatusCode", "ResponseParameters", "ResponseTemplates"];
const STAGE: [&str; 4] = ["RestApiId", "StageName", "Variables", "StageDescription"];

struct Reader<'t> {
    evaluator: Evaluator<'t>,
    parts: Parts,
}

type Read<'t> = fn(&mut Reader<'t>, &str, &Node);

impl<'t> Reader<'t> {
    /// What reads a kind of resources, and the properties that it reads.
    fn of(kind: &str, is_api: bool) -> Option<(Read<'t>, &'static [&'static str])> {
        let (of_api, read, names): (bool, Read<'t>, &[&str]) = match kind {
            "AWS::ApiGateway::RestApi" => (true, Reader::rest_api, &REST_API),
            "AWS::Serverless::Api" => (true, Reader::sam_api, &SAM_API),
            "AWS::ApiGateway::Resource" => (false, Reader::resource, &RESOURCE),
            "AWS::ApiGateway::Method" => (false, Reader::method, &METHOD),
            "AWS::ApiGateway::Model" => (false, Reader::model, &MODEL),
            "AWS::ApiGateway::RequestValidator" => (false, Reader::validator, &VALIDATOR),
            "AWS::ApiGateway::GatewayResponse" => {
                (false, Reader::gateway_response, &GATEWAY_RESPONSE)
            }
            "AWS::ApiGateway::Stage" => (false, Reader::stage, &STAGE),
            "AWS::ApiGateway::Deployment" => (false, Reader::deployment, &STAGE),
            "AWS::Serverless::Function" => (false, Reader::sam_function, &["Events"]),
            _ => return None,
        };
        (of_api == is_api).then_some((read, names))
    }

    /// HTTP and WebSocket APIs have other rules.
    fn tell_unread(&mut self, kind: &str, is_api: bool, resource: &Member) {
        if is_api && matches!(kind, "AWS::Serverless::HttpApi" | "AWS::ApiGatewayV2::Api") {
            let message = format!("`{}` is no REST API: transom does not read it", resource.name);
            self.evaluator.push(Problem::warning("not-read", &resource.name_place, message));
        }
    }

    /// Adds what an OpenAPI document in a property or a file defines.
    fn body(&mut self, key: &str, document: &Node) {
        let mut problems = Vec::new();
        let parsed;
        let document = match &document.data {
            Data::Text(text) => match parse_text(text, &document.place) {
                Ok(node) => {
                    parsed = node;
                    &parsed
                }
                Err(problem) => return self.evaluator.push(problem),
            },
            _ => document,
        };
        let read = openapi::read(document, key, self.evaluator.parameters, &mut problems);
        for problem in problems {
            self.evaluator.push(problem);
        }
        let api = self.parts.api(key, &document.place);
        if api.name == key && document.at(&["info", "title"]).is_some() {
            api.name = read.name;
        }
        for member in read.settings.members() {
            api.settings.set(member.name.as_str(), member.value.clone());
        }
        api.routes.extend(read.routes);
    }
}
