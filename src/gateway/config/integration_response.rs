//! An IntegrationResponse's JSON → when it is chosen, and what it makes of the backend's answer.

use serde_json::Value;

use super::{ConfigError, MappingTemplates, Place, content_handling};
use crate::Options;
use crate::gateway::parameters::ResponseMapping;
use crate::gateway::payload::ContentHandling;
use crate::java::regex::Pattern;

#[derive(Debug)]
pub(in crate::gateway) struct IntegrationResponse {
    pub(in crate::gateway) status: u16,
    /// None for the default response
    pub(in crate::gateway) selection_pattern: Option<Pattern>,
    pub(in crate::gateway) response_parameters: Vec<ResponseMapping>,
    pub(in crate::gateway) response_templates: MappingTemplates,
    pub(in crate::gateway) content_handling: Option<ContentHandling>,
}

impl IntegrationResponse {
    pub(super) fn compile(
        response: &Place<'_, '_>,
        options: &Options,
    ) -> Result<IntegrationResponse, ConfigError> {
        let status = match response.get("statusCode")? {
            Some(status) => status.status()?,
            None => Place::root(response.name(), &Value::from(response.name()))
                .status()
                .map_err(|_| response.error("has no statusCode"))?,
        };
        let selection_pattern = match response.get("selectionPattern")? {
            Some(member) => match member.text()? {
                "" => None,
                pattern => Some(Pattern::compile(pattern).map_err(|error| {
                    member.error(format!("is no regular expression of Java's: {error}"))
                })?),
            },
            None => None,
        };
        let mut response_parameters = Vec::new();
        if let Some(members) = response.get("responseParameters")? {
            for member in members.each()? {
                if !member.value.is_null() {
                    response_parameters.push(ResponseMapping::compile(&member)?);
                }
            }
        }
        Ok(IntegrationResponse {
            status,
            selection_pattern,
            response_parameters,
            response_templates: MappingTemplates::compile(response, "responseTemplates", options)?,
            content_handling: content_handling(response)?,
        })
    }
}
