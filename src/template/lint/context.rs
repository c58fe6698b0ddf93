//! `$context.reqestId`: members that API Gateway does not have.

use super::nearest::did_you_mean;
use super::walk::Lint;
use crate::Warning;
use crate::template::ast::{Expr, ExprKind, Reference, Step, StepKind};

/// What a template can read: of REST and WebSocket APIs, and of gateway responses.
const MEMBERS: [&str; 29] = [
    "accountId",
    "apiId",
    "authorizer",
    "awsEndpointRequestId",
    "connectedAt",
    "connectionId",
    "deploymentId",
    "domainName",
    "domainPrefix",
    "error",
    "eventType",
    "extendedRequestId",
    "httpMethod",
    "identity",
    "isCanaryRequest",
    "messageId",
    "path",
    "protocol",
    "requestId",
    "requestOverride",
    "requestTime",
    "requestTimeEpoch",
    "resourceId",
    "resourcePath",
    "responseOverride",
    "routeKey",
    "stage",
    "status",
    "wafResponseCode",
];

const IDENTITY: [&str; 17] = [
    "accessKey",
    "accountId",
    "apiKey",
    "apiKeyId",
    "caller",
    "clientCert",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId",
    "sourceIp",
    "user",
    "userAgent",
    "userArn",
    "vpcId",
    "vpceId",
];

const ERROR: [&str; 4] = ["message", "messageString", "responseType", "validationErrorString"];

/// What only the formats of access logs know.
const LOGGED: [&str; 16] = [
    "authenticate",
    "authorize",
    "awsEndpointRequestId2",
    "cipherSuite",
    "customDomain",
    "dataProcessed",
    "endpointType",
    "integration",
    "integrationErrorMessage",
    "integrationLatency",
    "integrationStatus",
    "responseLatency",
    "responseLength",
    "tlsVersion",
    "waf",
    "xrayTraceId",
];

const APPSYNC: [&str; 7] = ["args", "arguments", "info", "prev", "result", "source", "stash"];

pub(super) fn check(reference: &Reference, lint: &mut Lint<'_>) {
    let mut steps = reference.steps.iter();
    let Some((name, step)) = steps.next().and_then(member) else { return };
    if lint.variables.context.contains(name) && !name.ends_with("Override") {
        return;
    }
    let warning = if MEMBERS.contains(&name) || name == "webaclArn" {
        match steps.next().and_then(member) {
            Some((inner, step)) => unknown_inner(name, inner, step),
            None => None,
        }
    } else if APPSYNC.contains(&name) {
        let message = format!("`$context.{name}` is AppSync's");
        let help = "API Gateway has the payload in `$input.path('$')`, and parameters in `$input.params('name')`";
        Some(Warning::new("appsync-only", step.span, message).with_help(help))
    } else if LOGGED.contains(&name) {
        let message = format!("`$context.{name}` is known to access logs only");
        Some(
            Warning::new("unknown-context", step.span, message)
                .with_help("in a template it is empty"),
        )
    } else {
        let help = did_you_mean(name, MEMBERS, "a member that API Gateway does not set is empty");
        let message = format!("`$context` has no `{name}`");
        Some(Warning::new("unknown-context", step.span, message).with_help(help))
    };
    if let Some(warning) = warning {
        lint.add(warning);
    }
}

fn unknown_inner(outer: &str, name: &str, step: &Step) -> Option<Warning> {
    let members: &[&str] = match outer {
        "identity" => &IDENTITY,
        "error" => &ERROR,
        "requestOverride" => &["header", "path", "querystring"],
        "responseOverride" => &["header", "status"],
        _ => return None,
    };
    if members.contains(&name) {
        return None;
    }
    let otherwise = match outer {
        "requestOverride" => "it has `header`, `path` and `querystring`",
        "responseOverride" => {
            "it has `header` and `status`: `$context.responseOverride.header.Location`"
        }
        _ => "a member that API Gateway does not set is empty",
    };
    let help = did_you_mean(name, members.iter().copied(), otherwise);
    let message = format!("`$context.{outer}` has no `{name}`");
    Some(Warning::new("unknown-context", step.span, message).with_help(help))
}

/// `.name` and `['name']`
fn member(step: &Step) -> Option<(&str, &Step)> {
    match &step.kind {
        StepKind::Property(name) => Some((name, step)),
        StepKind::Index(Expr { kind: ExprKind::Text(name), .. }) => Some((name, step)),
        _ => None,
    }
}
