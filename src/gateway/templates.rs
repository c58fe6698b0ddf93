//! A message's content type → its mapping template, rendered.

use std::borrow::Cow;

use super::config::{Integration, IntegrationResponse, MappingTemplate, PassthroughBehavior};
use super::exchange::Exchange;
use super::gateway_response::{Failure, ResponseType};
use super::parsed::Parsed;
use super::payload::{Body, Conversion};
use super::provenance::{Member, Message, Origin, Provenance};
use super::recorder::Recorder;
use crate::{Error, Overrides, Trace, Variables};

/// The template for a request; `None` where its body passes as it is.
///
/// # Errors
/// `UNSUPPORTED_MEDIA_TYPE` where `passthroughBehavior` lets no such body pass.
pub(super) fn for_request<'m>(
    integration: &'m Integration,
    content_type: Option<&str>,
) -> Result<Option<&'m MappingTemplate>, Failure> {
    let templates = &integration.request_templates;
    let found = templates
        .find(content_type.unwrap_or("application/json"))
        .or_else(|| templates.find("$default"));
    if let Some(found) = found {
        return Ok(found.template());
    }
    match integration.passthrough_behavior {
        PassthroughBehavior::WhenNoMatch => Ok(None),
        PassthroughBehavior::WhenNoTemplates if templates.is_empty() => Ok(None),
        PassthroughBehavior::WhenNoTemplates | PassthroughBehavior::Never => {
            Err(Failure::from(ResponseType::UnsupportedMediaType))
        }
    }
}

/// The template for a response: that of the client's `Accept`, of `application/json`, or the first; `None` where the body
/// passes as it is.
pub(super) fn for_response<'m>(
    response: &'m IntegrationResponse,
    accept: Option<&str>,
) -> Option<&'m MappingTemplate> {
    let templates = &response.response_templates;
    templates
        .find(accept.unwrap_or("application/json"))
        .or_else(|| templates.find("application/json"))
        .or_else(|| templates.first())?
        .template()
}

/// Why a body could not be made.
pub(super) enum Unmade {
    /// It had to be decoded from Base64, and is none
    NotBase64,
    /// A template met bytes
    Binary,
    /// The template failed
    Render(Error),
    /// The template assigned this override more than once
    AssignedTwice(String),
}

/// What a template made of a body.
pub(super) struct Made {
    pub(super) body: String,
    pub(super) overrides: Overrides,
}

/// Renders a template for a body, which is converted first.
pub(super) fn render<R: Recorder>(
    exchange: &Exchange<'_, R>,
    template: &MappingTemplate,
    conversion: Conversion,
    bytes: &[u8],
    parsed: &Parsed<'_>,
    message: Message,
) -> Result<Made, Unmade> {
    let converted;
    let (text, document) = match conversion {
        // The text that validation and mappings read is the same.
        Conversion::Utf8 => (parsed.text(), parsed.already()),
        // Bytes are bytes also where there are none: that is why an OPTIONS method of an API that calls every type binary
        // needs CONVERT_TO_TEXT (the guide, on CORS).
        _ if !conversion.gives_text() => return Err(Unmade::Binary),
        _ => {
            converted = conversion.apply(bytes).map_err(|_| Unmade::NotBase64)?;
            (converted.as_text().unwrap_or_default(), None)
        }
    };
    let mut variables = Variables::new().body(text).stage_variables(&exchange.stage.document);
    if let Some(document) = document {
        variables = variables.document(document);
    }
    if template.reads_context {
        variables = variables.context(exchange.context_value());
    }
    if template.reads_params {
        variables = variables.params(exchange.params());
    }
    let rendered = if R::TRACES {
        let mut trace = Trace::default();
        let rendered = template.template.trace(&variables, &mut trace);
        exchange.recorder.rendered(&template.template, &trace);
        if rendered.is_ok() {
            exchange.recorder.origin(|| Provenance {
                message,
                member: Member::Body,
                origin: Origin::template(&template.content_type, &template.template, &trace),
            });
        }
        rendered
    } else {
        template.template.render(&variables)
    };
    let rendered = rendered.map_err(Unmade::Render)?;
    if let Some(name) = rendered.overrides.assigned_twice {
        return Err(Unmade::AssignedTwice(name));
    }
    Ok(Made { body: rendered.output, overrides: rendered.overrides })
}

/// Converts a body that no template changes. One that stays as it is is not copied.
///
/// # Errors
/// A body that had to be decoded from Base64 and is none.
pub(super) fn pass<'b>(
    conversion: Conversion,
    body: Cow<'b, [u8]>,
) -> Result<Cow<'b, [u8]>, Unmade> {
    if body.is_empty() {
        return Ok(body);
    }
    match body {
        Cow::Borrowed(bytes) => {
            conversion.apply(bytes).map(Body::into_bytes).map_err(|_| Unmade::NotBase64)
        }
        Cow::Owned(bytes) => {
            let converted = match conversion.apply(&bytes).map_err(|_| Unmade::NotBase64)? {
                Body::Text(Cow::Borrowed(_)) | Body::Binary(Cow::Borrowed(_)) => None,
                Body::Text(Cow::Owned(text)) => Some(text.into_bytes()),
                Body::Binary(Cow::Owned(other)) => Some(other),
            };
            Ok(Cow::Owned(converted.unwrap_or(bytes)))
        }
    }
}

/// What is recorded of a conversion.
pub(super) fn how(conversion: Conversion) -> Option<&'static str> {
    match conversion {
        Conversion::Utf8 | Conversion::Binary => None,
        Conversion::Base64Decode => Some("decoded from Base64"),
        Conversion::Base64Encode => Some("encoded in Base64"),
    }
}
