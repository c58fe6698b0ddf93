//! A method request → goes on, or is refused: its required parameters, then its body.

use super::config::{Location, Method};
use super::exchange::Exchange;
use super::gateway_response::{Failure, ResponseType};
use super::model::{Model, validation_error_string};
use super::parsed::Parsed;
use super::payload::media_type;
use super::recorder::Recorder;

/// Required parameters: each has to be there and not blank. A validator that is off checks none.
///
/// # Errors
/// `BAD_REQUEST_PARAMETERS`, with the names of all that are missing.
pub(super) fn parameters<R: Recorder>(exchange: &Exchange<'_, R>) -> Result<(), Failure> {
    let missing: Vec<&str> = exchange
        .method
        .required
        .iter()
        .filter(|parameter| {
            let fields = match parameter.location {
                Location::Header => exchange.headers(),
                Location::Path => &exchange.path,
                Location::Querystring => &exchange.query,
            };
            fields.all(&parameter.name).all(|value| value.trim().is_empty())
        })
        .map(|parameter| &*parameter.name)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let message = format!("Missing required request parameters: [{}]", missing.join(", "));
    exchange.recorder.log(|| message.clone());
    Err(Failure::with_message(ResponseType::BadRequestParameters, message))
}

/// The body against the model of its content type; an empty one counts as `{}`. Without a model for the content type
/// nothing is checked.
///
/// # Errors
/// `BAD_REQUEST_BODY`, with what is wrong in `$context.error.validationErrorString`.
pub(super) fn body<R: Recorder>(
    exchange: &Exchange<'_, R>,
    body: &Parsed<'_>,
) -> Result<(), Failure> {
    if !exchange.method.validates_body {
        return Ok(());
    }
    let content_type = media_type(exchange.content_type().unwrap_or("application/json"));
    let Some(model) = model(exchange.method, content_type) else { return Ok(()) };
    let violations = match body.document() {
        Some(document) => model.validate(document),
        None => model.validate_text(body.text()),
    };
    if violations.is_empty() {
        exchange
            .recorder
            .log(|| format!("Request validation succeeded for content type {content_type}"));
        return Ok(());
    }
    let wrong = validation_error_string(&violations);
    exchange.recorder.log(|| {
        format!("Request body does not match model schema for content type {content_type}: {wrong}")
    });
    Err(Failure { validation_error: Some(wrong), ..Failure::from(ResponseType::BadRequestBody) })
}

/// The model of a content type; that of `$default` takes the others.
fn model<'m>(method: &'m Method, content_type: &str) -> Option<&'m Model> {
    let named = |wanted: &str| {
        let mut models = method.request_models.iter();
        models.find(|entry| media_type(&entry.content_type).eq_ignore_ascii_case(wanted))
    };
    let entry = named(content_type).or_else(|| named("$default"))?;
    method.api.models.get(&entry.model)
}
