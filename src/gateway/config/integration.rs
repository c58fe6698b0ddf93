//! An Integration's JSON → its type, its templates and mappings, and its responses.

use super::{ConfigError, IntegrationResponse, MappingTemplates, Place, content_handling};
use crate::Options;
use crate::gateway::parameters::RequestMapping;
use crate::gateway::payload::ContentHandling;
use crate::gateway::uri::UriTemplate;

/// How a method is integrated with its backend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegrationType {
    /// `MOCK`: there is no backend
    Mock,
    /// `HTTP`: an HTTP endpoint, with mapping templates
    Http,
    /// `HTTP_PROXY`: an HTTP endpoint that gets what the client sent
    HttpProxy,
    /// `AWS`: a Lambda function or another AWS service, with mapping templates
    Aws,
    /// `AWS_PROXY`: a Lambda function that gets the request as an event
    AwsProxy,
}

/// What happens to a body for whose content type there is no template.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PassthroughBehavior {
    /// `WHEN_NO_MATCH`: it passes
    #[default]
    WhenNoMatch,
    /// `WHEN_NO_TEMPLATES`: it passes where there is no template at all
    WhenNoTemplates,
    /// `NEVER`: it never passes
    Never,
}

#[derive(Debug)]
pub(in crate::gateway) struct Integration {
    pub(in crate::gateway) integration_type: IntegrationType,
    /// The method that is sent; `None` is the client's
    pub(in crate::gateway) http_method: Option<Box<str>>,
    pub(in crate::gateway) uri: UriTemplate,
    /// Whether `uri` names a Lambda function
    pub(in crate::gateway) is_lambda: bool,
    pub(in crate::gateway) request_parameters: Vec<RequestMapping>,
    pub(in crate::gateway) request_templates: MappingTemplates,
    pub(in crate::gateway) passthrough_behavior: PassthroughBehavior,
    pub(in crate::gateway) content_handling: Option<ContentHandling>,
    pub(in crate::gateway) responses: Vec<IntegrationResponse>,
}

impl Integration {
    pub(super) fn compile(
        integration: &Place<'_, '_>,
        options: &Options,
    ) -> Result<Integration, ConfigError> {
        let integration_type = match integration.get("type")? {
            Some(member) => integration_type(&member)?,
            None => return Err(integration.error("has no type")),
        };
        let http_method = match integration.get("httpMethod")? {
            Some(member) => http_method(&member)?,
            None => None,
        };
        let uri = integration.text_of("uri")?;
        if uri.is_none() && integration_type != IntegrationType::Mock {
            return Err(integration.error("has no uri"));
        }
        let uri = uri.unwrap_or_default();
        let mut responses = Vec::new();
        if let Some(members) = integration.get("integrationResponses")? {
            for member in members.each()? {
                responses.push(IntegrationResponse::compile(&member, options)?);
            }
        }
        let mut request_parameters = Vec::new();
        if let Some(members) = integration.get("requestParameters")? {
            for member in members.each()? {
                if !member.value.is_null() {
                    request_parameters.push(RequestMapping::compile(&member)?);
                }
            }
        }
        Ok(Integration {
            integration_type,
            http_method,
            is_lambda: uri.contains(":lambda:path/"),
            uri: UriTemplate::compile(uri),
            request_parameters,
            request_templates: MappingTemplates::compile(integration, "requestTemplates", options)?,
            passthrough_behavior: passthrough_behavior(integration)?,
            content_handling: content_handling(integration)?,
            responses,
        })
    }

    /// Whether the body passes without templates and overrides.
    pub(in crate::gateway) fn is_proxy(&self) -> bool {
        matches!(self.integration_type, IntegrationType::HttpProxy | IntegrationType::AwsProxy)
    }
}

fn integration_type(member: &Place<'_, '_>) -> Result<IntegrationType, ConfigError> {
    // OpenAPI spells it in lower case.
    Ok(match member.text()?.to_ascii_uppercase().as_str() {
        "MOCK" => IntegrationType::Mock,
        "HTTP" => IntegrationType::Http,
        "HTTP_PROXY" => IntegrationType::HttpProxy,
        "AWS" => IntegrationType::Aws,
        "AWS_PROXY" => IntegrationType::AwsProxy,
        _ => return Err(member.error("is MOCK, HTTP, HTTP_PROXY, AWS or AWS_PROXY")),
    })
}

/// `None` for the client's own method.
fn http_method(member: &Place<'_, '_>) -> Result<Option<Box<str>>, ConfigError> {
    match member.text()? {
        "" | "ANY" => Ok(None),
        method if method.bytes().all(|b| b.is_ascii_alphabetic()) => Ok(Some(method.into())),
        _ => Err(member.error("is a method such as GET, or ANY")),
    }
}

fn passthrough_behavior(integration: &Place<'_, '_>) -> Result<PassthroughBehavior, ConfigError> {
    let Some(member) = integration.get("passthroughBehavior")? else {
        return Ok(PassthroughBehavior::default());
    };
    Ok(match member.text()?.to_ascii_uppercase().as_str() {
        "WHEN_NO_MATCH" => PassthroughBehavior::WhenNoMatch,
        "WHEN_NO_TEMPLATES" => PassthroughBehavior::WhenNoTemplates,
        "NEVER" => PassthroughBehavior::Never,
        _ => return Err(member.error("is WHEN_NO_MATCH, WHEN_NO_TEMPLATES or NEVER")),
    })
}
