//! A Method's JSON → what it asks of a request, and its Integration.

use serde_json::Value;

use super::api::Shared;
use super::{Api, ConfigError, Integration, IntegrationType, Place};
use crate::gateway::parameters::{self, ResourcePath};
use std::sync::Arc;

/// A method of an API, compiled once and used for any number of requests, from any number of threads.
///
/// ```
/// use serde_json::json;
/// use transom::gateway::{Api, Method};
///
/// let method = json!({
///     "httpMethod": "GET",
///     "requestParameters": {"method.request.querystring.q": true},
///     "requestValidator": {"validateRequestParameters": true},
///     "methodIntegration": {"type": "HTTP_PROXY", "httpMethod": "GET", "uri": "https://example.com"},
/// });
/// let method = Method::compile(&Api::default(), "/search", &method)?;
/// # Ok::<(), transom::gateway::ConfigError>(())
/// ```
#[derive(Debug)]
pub struct Method {
    pub(in crate::gateway) api: Arc<Shared>,
    pub(in crate::gateway) resource_path: ResourcePath,
    pub(in crate::gateway) api_key_required: bool,
    /// Whether IAM authorizes the client
    pub(in crate::gateway) authorized_by_iam: bool,
    /// Whether bodies are held against `request_models`
    pub(in crate::gateway) validates_body: bool,
    /// Required parameters, where they are validated, in the order of AWS's message
    pub(in crate::gateway) required: Vec<RequestParameter>,
    /// Content types and the models of their bodies
    pub(in crate::gateway) request_models: Vec<RequestModel>,
    /// Statuses of the MethodResponses; none where the configuration does not name any
    pub(in crate::gateway) method_responses: Vec<u16>,
    pub(in crate::gateway) integration: Integration,
}

/// An entry of `requestModels`.
#[derive(Debug)]
pub(in crate::gateway) struct RequestModel {
    pub(in crate::gateway) content_type: Box<str>,
    pub(in crate::gateway) model: Box<str>,
}

/// A declared parameter of the method request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::gateway) struct RequestParameter {
    pub(in crate::gateway) location: Location,
    pub(in crate::gateway) name: Box<str>,
}

/// Where a parameter stands. In the order in which AWS lists missing ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::gateway) enum Location {
    Header,
    Path,
    Querystring,
}

impl Method {
    /// Compiles a method in the shape of `aws apigateway get-method`, with all its templates, mappings, models and
    /// patterns. `resource_path` is the path of its resource: `/pets/{petId}`.
    ///
    /// # Errors
    /// The first member that makes no sense, with its place.
    pub fn compile(api: &Api, resource_path: &str, method: &Value) -> Result<Method, ConfigError> {
        let resource_path = ResourcePath::compile(resource_path)
            .map_err(|message| ConfigError::new("resourcePath", message))?;
        let method = Place::root("method", method);
        let (mut validates_body, mut validates_parameters) = (false, false);
        if let Some(validator) = method.get("requestValidator")? {
            validates_body = validator.flag_of("validateRequestBody")?;
            validates_parameters = validator.flag_of("validateRequestParameters")?;
        }
        let required = required(&method)?;
        let integration = match method.get("methodIntegration")? {
            Some(integration) => Integration::compile(&integration, &api.template_options)?,
            None => return Err(method.error("has no methodIntegration")),
        };
        Ok(Method {
            resource_path,
            api_key_required: method.flag_of("apiKeyRequired")?,
            authorized_by_iam: method.text_of("authorizationType")? == Some("AWS_IAM"),
            validates_body,
            required: if validates_parameters { required } else { Vec::new() },
            request_models: request_models(&method, &api.shared)?,
            method_responses: method_responses(&method)?,
            integration,
            api: Arc::clone(&api.shared),
        })
    }

    /// Whether there is no backend to send anything to.
    pub fn is_mock(&self) -> bool {
        self.integration.integration_type == IntegrationType::Mock
    }

    /// How the method is integrated with its backend.
    pub fn integration_type(&self) -> IntegrationType {
        self.integration.integration_type
    }
}

/// `requestParameters` that are required.
fn required(method: &Place<'_, '_>) -> Result<Vec<RequestParameter>, ConfigError> {
    let mut required = Vec::new();
    let Some(parameters) = method.get("requestParameters")? else { return Ok(required) };
    for parameter in parameters.each()? {
        let declared =
            parameters::declared(parameter.name()).map_err(|message| parameter.error(message))?;
        if !parameter.value.is_null() && parameter.flag()? {
            required.push(declared);
        }
    }
    Ok(parameters::in_order_of_message(&required))
}

fn request_models(method: &Place<'_, '_>, api: &Shared) -> Result<Vec<RequestModel>, ConfigError> {
    let mut models = Vec::new();
    let Some(members) = method.get("requestModels")? else { return Ok(models) };
    for member in members.each()? {
        if member.value.is_null() {
            continue;
        }
        let model = member.text()?;
        if api.models.get(model).is_none() {
            return Err(
                member.error(format!("names the model {model}, which `api.models` has not"))
            );
        }
        models.push(RequestModel { content_type: member.name().into(), model: model.into() });
    }
    Ok(models)
}

fn method_responses(method: &Place<'_, '_>) -> Result<Vec<u16>, ConfigError> {
    let mut statuses = Vec::new();
    let Some(members) = method.get("methodResponses")? else { return Ok(statuses) };
    for member in members.each()? {
        statuses.push(match member.get("statusCode")? {
            Some(status) => status.status()?,
            None => Place::root(member.name(), &Value::from(member.name()))
                .status()
                .map_err(|_| member.error("is named by a status from 100 to 599"))?,
        });
        if let Some(headers) = member.get("responseParameters")? {
            for header in headers.each()? {
                parameters::response_target(header.name())
                    .map_err(|message| header.error(message))?;
                if !header.value.is_null() {
                    header.flag()?;
                }
            }
        }
    }
    Ok(statuses)
}
