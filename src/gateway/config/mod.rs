//! AWS's own JSON shapes → everything that can be compiled before a request comes.
//!
//! ```text
//! api.rs                   what an API's methods share
//! method.rs                a Method: what it validates, and its Integration
//! integration.rs           the Integration: its type, its templates, what it maps
//! integration_response.rs  an IntegrationResponse: when it is chosen, what it maps
//! mapping_templates.rs     content types and their templates
//! stage.rs                 a stage and its variables
//! place.rs                 a value and its place, for errors
//! ```

mod api;
mod integration;
mod integration_response;
mod mapping_templates;
mod method;
mod place;
mod stage;

pub use api::Api;
pub(super) use integration::Integration;
pub use integration::{IntegrationType, PassthroughBehavior};
pub(super) use integration_response::IntegrationResponse;
pub(super) use mapping_templates::{MappingTemplate, MappingTemplates};
pub use method::Method;
pub(super) use method::{Location, RequestParameter};
pub use place::ConfigError;
pub(super) use place::Place;
pub use stage::Stage;

use super::payload::ContentHandling;

/// `contentHandling` of an Integration or an IntegrationResponse.
fn content_handling(parent: &Place<'_, '_>) -> Result<Option<ContentHandling>, ConfigError> {
    let Some(member) = parent.get("contentHandling")? else { return Ok(None) };
    match ContentHandling::parse(member.text()?) {
        Some(handling) => Ok(Some(handling)),
        None => Err(member.error("is CONVERT_TO_BINARY or CONVERT_TO_TEXT")),
    }
}
