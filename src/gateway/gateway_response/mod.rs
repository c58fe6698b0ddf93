//! What went wrong and the API's `gatewayResponses` → the response that API Gateway makes by itself.
//!
//! ```text
//! response_type.rs  the types, with the status, message and body that AWS gives each
//! definition.rs     a customised response, as `gatewayResponses` defines it
//! substitution.rs   `$context.…` in a template that is no VTL
//! ```

mod definition;
mod response_type;
mod substitution;

use std::borrow::Cow;
use std::fmt;

use serde_json::{Map, Value};

use super::payload::media_type;
use definition::Definition;
pub use response_type::ResponseType;
pub use substitution::Variable;

/// The reason for which API Gateway itself answers: a response type and the members of `$context.error`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// `$context.error.responseType`
    pub response_type: ResponseType,
    /// `$context.error.message`; `None` is AWS's own for the type
    pub message: Option<String>,
    /// `$context.error.validationErrorString`
    pub validation_error: Option<String>,
}

impl Failure {
    /// A failure with a message other than the type's own.
    pub fn with_message(response_type: ResponseType, message: impl Into<String>) -> Failure {
        Failure { message: Some(message.into()), ..Failure::from(response_type) }
    }

    fn message(&self) -> Option<&str> {
        self.message.as_deref().or(self.response_type.default_message())
    }

    /// A member of `$context.error`, as it is put into a template.
    fn member(&self, name: &str) -> Option<Cow<'_, str>> {
        match name {
            "message" => self.message().map(Cow::Borrowed),
            "messageString" => Some(Cow::Owned(quoted(self.message()))),
            "responseType" => Some(Cow::Borrowed(self.response_type.as_str())),
            "validationErrorString" => self.validation_error.as_deref().map(Cow::Borrowed),
            _ => None,
        }
    }
}

impl From<ResponseType> for Failure {
    fn from(response_type: ResponseType) -> Failure {
        Failure { response_type, message: None, validation_error: None }
    }
}

/// A message as JSON, quotes included.
fn quoted(message: Option<&str>) -> String {
    message.map_or_else(|| "null".to_owned(), |message| Value::from(message).to_string())
}

/// A response that API Gateway made by itself. The host adds `x-amzn-RequestId` and `x-amz-apigw-id`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayResponse {
    /// Which one
    pub response_type: ResponseType,
    /// 100 to 599
    pub status: u16,
    /// `x-amzn-ErrorType`, `Content-Type` and those of `responseParameters`
    pub headers: Vec<(String, String)>,
    /// JSON, unless the API has a template of its own
    pub body: String,
}

/// An API's `gatewayResponses`: those of the response types that it customises.
///
/// A type that is not customised takes status, headers and templates of `DEFAULT_4XX` or `DEFAULT_5XX`; one that is takes
/// what it does not define from AWS's own (both recorded).
///
/// ```
/// use serde_json::json;
/// use transom::gateway::gateway_response::{Failure, GatewayResponses, ResponseType, Variable};
///
/// let definitions = json!({
///     "DEFAULT_4XX": {"responseParameters": {"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"}},
///     "BAD_REQUEST_BODY": {
///         "statusCode": "422",
///         "responseTemplates": {"application/json": "{\"why\": $context.error.messageString, \"at\": \"$context.stage\"}"},
///     },
/// });
/// let responses = GatewayResponses::compile(definitions.as_object().unwrap())?;
/// let values = |variable: Variable<'_>| (variable == Variable::Context("stage")).then(|| "prod".into());
///
/// let response = responses.respond(&Failure::from(ResponseType::BadRequestBody), None, values);
/// assert_eq!(response.status, 422);
/// assert_eq!(response.body, r#"{"why": "Invalid request body", "at": "prod"}"#);
///
/// let response = responses.respond(&Failure::from(ResponseType::Throttled), None, values);
/// assert_eq!(response.status, 429);
/// assert_eq!(response.body, r#"{"message":"Too Many Requests"}"#);
/// assert!(response.headers.contains(&("Access-Control-Allow-Origin".into(), "*".into())));
/// # Ok::<(), transom::gateway::gateway_response::DefinitionError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct GatewayResponses {
    definitions: Vec<(ResponseType, Definition)>,
}

impl GatewayResponses {
    /// Reads AWS's shape: by response type, `statusCode`, `responseParameters` and `responseTemplates`.
    ///
    /// # Errors
    /// The first member that makes no sense.
    pub fn compile(definitions: &Map<String, Value>) -> Result<GatewayResponses, DefinitionError> {
        let mut compiled = Vec::with_capacity(definitions.len());
        for (name, value) in definitions {
            let Some(response_type) = ResponseType::parse(name) else {
                return Err(DefinitionError::new(name, "is no response type of API Gateway"));
            };
            compiled.push((response_type, Definition::compile(name, value)?));
        }
        Ok(GatewayResponses { definitions: compiled })
    }

    fn definition(&self, response_type: ResponseType) -> Option<&Definition> {
        let of = |wanted| self.definitions.iter().find(|(t, _)| *t == wanted).map(|(_, d)| d);
        // The guide: this type cannot be customised.
        let own = (response_type != ResponseType::RequestTooLarge).then(|| of(response_type));
        own.flatten().or_else(|| of(response_type.falls_back_to()?))
    }

    /// The response to a failure, for a client that sent this `Accept` header.
    ///
    /// `values` looks up what templates and `responseParameters` name; members of `context.error` are not asked for. A
    /// header whose value is not found is left out; in a template nothing stands for it.
    pub fn respond<'v>(
        &self,
        failure: &Failure,
        accept: Option<&str>,
        values: impl Fn(Variable<'_>) -> Option<Cow<'v, str>>,
    ) -> GatewayResponse {
        let response_type = failure.response_type;
        let definition = self.definition(response_type);
        let look_up = |variable: Variable<'_>| match variable {
            Variable::Context(path) => match path.strip_prefix("error.") {
                Some(member) => failure.member(member).map(|value| value.into_owned()),
                None => values(variable).map(Cow::into_owned),
            },
            _ => values(variable).map(Cow::into_owned),
        };
        let status = definition.and_then(|d| d.status).unwrap_or(response_type.run_time_status());
        let mut headers = Vec::with_capacity(4);
        if let Some(error_type) = response_type.error_type() {
            headers.push(("x-amzn-ErrorType".to_owned(), error_type.to_owned()));
        }
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        for (name, source) in definition.map_or(&[][..], |d| &d.headers) {
            let Some(value) = source.value(&look_up) else { continue };
            headers.retain(|(old, _)| !old.eq_ignore_ascii_case(name));
            headers.push((name.clone(), value));
        }
        let media_type = media_type(accept.unwrap_or("application/json"));
        let body = match definition.and_then(|d| d.template(media_type)) {
            Some(template) => template.fill_in(&look_up),
            None => response_type.default_body(failure.message()),
        };
        GatewayResponse { response_type, status, headers, body }
    }
}

/// A definition in `gatewayResponses` that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinitionError {
    /// Its place: `gatewayResponses.BAD_REQUEST_BODY.statusCode`
    pub member: String,
    /// What is wrong, in words that follow the member
    pub message: String,
}

impl DefinitionError {
    fn new(member: &str, message: impl Into<String>) -> DefinitionError {
        DefinitionError { member: format!("gatewayResponses.{member}"), message: message.into() }
    }
}

impl fmt::Display for DefinitionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.member, self.message)
    }
}

impl std::error::Error for DefinitionError {}
