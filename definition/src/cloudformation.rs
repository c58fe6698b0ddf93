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
use crate::node::{Data, Node};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::read::Files;
use crate::source::{Place, Source};
use crate::text::Text;
use crate::{openapi, yaml};
use evaluator::Evaluator;
use std::sync::Arc;

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
            let Some(read) = Reader::of(kind, is_api) else { continue };
            if let Some(condition) = member.value.get("Condition")
                && !reader.evaluator.named_condition(condition)
            {
                continue;
            }
            let nothing = Node::object_at(&member.value.place);
            let properties = member.value.get("Properties").unwrap_or(&nothing);
            let properties = reader.with_globals(kind, properties);
            // A function's code and environment are nobody's business here.
            let properties = match kind {
                "AWS::Serverless::Function" => properties.clone(),
                _ => reader.evaluator.evaluate(&properties),
            };
            read(&mut reader, &member.name, &properties);
        }
    }
    let Reader { evaluator, parts } = reader;
    problems.extend(evaluator.problems);
    parts.assemble(problems)
}

struct Reader<'t> {
    evaluator: Evaluator<'t>,
    parts: Parts,
}

type Read<'t> = fn(&mut Reader<'t>, &str, &Node);

impl<'t> Reader<'t> {
    fn of(kind: &str, is_api: bool) -> Option<Read<'t>> {
        let (of_api, read): (bool, Read<'t>) = match kind {
            "AWS::ApiGateway::RestApi" => (true, Reader::rest_api),
            "AWS::Serverless::Api" => (true, Reader::sam_api),
            "AWS::ApiGateway::Resource" => (false, Reader::resource),
            "AWS::ApiGateway::Method" => (false, Reader::method),
            "AWS::ApiGateway::Model" => (false, Reader::model),
            "AWS::ApiGateway::RequestValidator" => (false, Reader::validator),
            "AWS::ApiGateway::GatewayResponse" => (false, Reader::gateway_response),
            "AWS::ApiGateway::Stage" => (false, Reader::stage),
            "AWS::ApiGateway::Deployment" => (false, Reader::deployment),
            "AWS::Serverless::Function" => (false, Reader::sam_function),
            _ => return None,
        };
        (of_api == is_api).then_some(read)
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

/// The document in a text, whose places are in the text's own lines.
pub(crate) fn parse_text(text: &Text, place: &Place) -> Result<Node, Problem> {
    let name = format!("{} (the text at {})", place.source.name, place.label());
    yaml::parse(&Arc::new(Source { name, text: text.as_str().to_owned() }))
}
