//! `terraform show -json` of a plan or a state → its APIs.

mod resource;

use crate::api::Api;
use crate::assemble::{Method, Parts, Resource, flag, flags, renamed, responses};
use crate::inner_document::parse_text;
use crate::node::{Data, Node};
use crate::openapi;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::shape::keyed_by_status;
use resource::{Instance, Plan};

const INTEGRATION: [(&str, &str); 11] = [
    ("type", "type"),
    ("uri", "uri"),
    ("integration_http_method", "httpMethod"),
    ("request_templates", "requestTemplates"),
    ("request_parameters", "requestParameters"),
    ("passthrough_behavior", "passthroughBehavior"),
    ("content_handling", "contentHandling"),
    ("credentials", "credentials"),
    ("connection_type", "connectionType"),
    ("connection_id", "connectionId"),
    ("timeout_milliseconds", "timeoutInMillis"),
];

const RESPONSE: [(&str, &str); 6] = [
    ("status_code", "statusCode"),
    ("selection_pattern", "selectionPattern"),
    ("response_parameters", "responseParameters"),
    ("response_templates", "responseTemplates"),
    ("response_models", "responseModels"),
    ("content_handling", "contentHandling"),
];

/// Reads a plan.
pub(crate) fn read(root: &Node, parameters: &Parameters, problems: &mut Vec<Problem>) -> Vec<Api> {
    let plan = Plan::read(root);
    let mut parts = Parts::default();
    for api in plan.of("rest_api") {
        rest_api(api, parameters, &mut parts, problems);
    }
    for one in plan.of("resource") {
        parts.resources.push(Resource {
            key: one.address.clone(),
            parent: plan.key(one, "parent_id"),
            path_part: one.text("path_part").unwrap_or_default().to_owned(),
            place: one.values.place.clone(),
        });
    }
    for one in plan.of("request_validator") {
        let names = [
            ("validate_request_body", "validateRequestBody"),
            ("validate_request_parameters", "validateRequestParameters"),
        ];
        parts.validators.push((one.address.clone(), flags(&renamed(&one.values, &names))));
    }
    for one in plan.of("model") {
        one.tell_unknown(&["schema"], problems);
        let (Some(name), Some(schema)) = (one.text("name"), one.values.get("schema")) else {
            continue;
        };
        let Some(text) = schema.text() else { continue };
        match parse_text(text, &schema.place) {
            Ok(schema) => parts.setting(&plan.key(one, "rest_api_id"), "models", name, schema),
            Err(problem) => problems.push(problem),
        }
    }
    for one in plan.of("gateway_response") {
        one.tell_unknown(&["response_templates", "response_parameters"], problems);
        let Some(kind) = one.text("response_type") else { continue };
        let response = renamed(&one.values, &RESPONSE);
        parts.setting(&plan.key(one, "rest_api_id"), "gatewayResponses", kind, response);
    }
    for one in plan.of("stage").chain(plan.of("deployment")) {
        let stage = renamed(&one.values, &[("stage_name", "name"), ("variables", "variables")]);
        let api = parts.api(&plan.key(one, "rest_api_id"), &one.values.place);
        if api.stage.members().is_empty() && stage.get("name").is_some() {
            api.stage = stage;
        }
    }
    for one in plan.of("method") {
        parts.methods.push(method(one, &plan, parameters, problems));
    }
    parts.assemble(problems)
}

fn rest_api(
    one: &Instance,
    parameters: &Parameters,
    parts: &mut Parts,
    problems: &mut Vec<Problem>,
) {
    one.tell_unknown(&["body"], problems);
    let api = parts.api(&one.address, &one.values.place);
    if let Some(body) = one.values.get("body") {
        let parsed = body.text().map(|text| parse_text(text, &body.place));
        match parsed {
            Some(Ok(document)) => {
                let read = openapi::read(&document, &one.address, parameters, problems);
                api.settings = read.settings;
                api.routes = read.routes;
            }
            Some(Err(problem)) => problems.push(problem),
            None => {}
        }
    }
    if let Some(name) = one.text("name") {
        api.name = name.to_owned();
    }
    let types = one.values.get("binary_media_types").filter(|types| !types.items().is_empty());
    api.settings.set_if("binaryMediaTypes", types.cloned());
    if let Some(size) = one.values.get("minimum_compression_size") {
        // -1 and the empty text switch it off; it is a text in newer providers.
        if let Some(bytes) = size.as_str().filter(|text| text.parse::<u32>().is_ok()) {
            let number = crate::text::Text::in_place_of(&size.place, bytes);
            api.settings
                .set("minimumCompressionSize", Node::new(Data::Number(number), &size.place));
        }
    }
}

fn method(
    one: &Instance,
    plan: &Plan,
    parameters: &Parameters,
    problems: &mut Vec<Problem>,
) -> Method {
    one.tell_unknown(&["request_models", "request_parameters"], problems);
    let resource = plan.key(one, "resource_id");
    let http_method = one.text("http_method").unwrap_or_default();
    let mut out =
        renamed(&one.values, &[("http_method", "httpMethod"), ("request_models", "requestModels")]);
    out.set_if("apiKeyRequired", one.values.get("api_key_required").map(flag));
    out.set_if("requestParameters", one.values.get("request_parameters").map(flags));
    // What belongs to a method names its resource and itself.
    let mine = |kind: &'static str| {
        let resource = resource.clone();
        plan.of(kind).filter(move |other| {
            plan.key(other, "resource_id") == resource
                && other.text("http_method").is_none_or(|method| method == http_method)
        })
    };
    let list: Vec<Node> =
        mine("method_response").map(|one| renamed(&one.values, &RESPONSE)).collect();
    if !list.is_empty() {
        out.set("methodResponses", keyed_by_status(&one.values.place, list));
    }
    if let Some(from) = mine("integration").next() {
        from.tell_unknown(&["request_templates", "request_parameters"], problems);
        let mut integration = renamed(&from.values, &INTEGRATION);
        if integration.get("uri").is_none()
            && let Some(reference) = from.references("uri").next()
        {
            let region = parameters.get("AWS::Region").unwrap_or_default();
            let uri = match reference.strip_suffix(".invoke_arn") {
                Some(function) => format!(
                    "arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function}.arn/invocations"
                ),
                None => reference.to_owned(),
            };
            integration.set("uri", Node::text_at(&from.values.place, uri));
        }
        let items: Vec<Node> = mine("integration_response")
            .map(|one| {
                one.tell_unknown(&["response_templates", "response_parameters"], problems);
                renamed(&one.values, &RESPONSE)
            })
            .collect();
        if !items.is_empty() {
            let items = Node::new(Data::List(items), &from.values.place);
            integration.set("integrationResponses", responses(&items, &from.values.place));
        }
        out.set("methodIntegration", integration);
    }
    let validator = Some(plan.key(one, "request_validator_id")).filter(|key| !key.is_empty());
    Method { api: plan.key(one, "rest_api_id"), resource, validator, method: out }
}
