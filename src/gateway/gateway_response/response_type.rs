//! The response types, and what AWS gives each: status, `x-amzn-ErrorType`, message, body.

/// A gateway response type.
///
/// AWS's page is
/// [Gateway response types](https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html).
///
/// ```
/// use transom::gateway::gateway_response::ResponseType;
///
/// let response_type = ResponseType::parse("QUOTA_EXCEEDED").unwrap();
/// assert_eq!((response_type.as_str(), response_type.status()), ("QUOTA_EXCEEDED", Some(429)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "AWS's page describes them; the names are AWS's")]
pub enum ResponseType {
    AccessDenied,
    ApiConfigurationError,
    AuthorizerConfigurationError,
    AuthorizerFailure,
    BadRequestBody,
    BadRequestParameters,
    Default4xx,
    Default5xx,
    ExpiredToken,
    IntegrationFailure,
    IntegrationTimeout,
    InvalidApiKey,
    InvalidSignature,
    MissingAuthenticationToken,
    QuotaExceeded,
    RequestTooLarge,
    ResourceNotFound,
    Throttled,
    Unauthorized,
    UnsupportedMediaType,
    WafFiltered,
}

use ResponseType::*;

/// What AWS has for a type.
struct Row {
    name: &'static str,
    status: Option<u16>,
    error_type: Option<&'static str>,
    message: Option<&'static str>,
    body: Shape,
}

/// How the default body is spelled.
enum Shape {
    /// `{"message":"…"}`: by the front door, before a method is executed
    Tight,
    /// `{"message": "…"}`: by the execution of a method
    Spaced,
    /// `{"Message":"…"}`
    Capital,
}

impl ResponseType {
    /// All types, in the order of their names.
    pub const ALL: [ResponseType; 21] = [
        AccessDenied,
        ApiConfigurationError,
        AuthorizerConfigurationError,
        AuthorizerFailure,
        BadRequestBody,
        BadRequestParameters,
        Default4xx,
        Default5xx,
        ExpiredToken,
        IntegrationFailure,
        IntegrationTimeout,
        InvalidApiKey,
        InvalidSignature,
        MissingAuthenticationToken,
        QuotaExceeded,
        RequestTooLarge,
        ResourceNotFound,
        Throttled,
        Unauthorized,
        UnsupportedMediaType,
        WafFiltered,
    ];

    #[rustfmt::skip]
    fn row(self) -> Row {
        use Shape::{Capital, Spaced, Tight};

        let row = |name, status, error_type, message, body| Row {
            name, status: Some(status), error_type: Some(error_type), message, body,
        };
        // What has no type of its own, such as a body that a mapping cannot read, comes from an execution.
        let default = |name| Row { name, status: None, error_type: None, message: None, body: Spaced };
        // Statuses are recorded. Messages and spaces are recorded or were seen by others, but for those marked with `?`.
        match self {
            AccessDenied                 => row("ACCESS_DENIED", 403, "AccessDeniedException", Some("User is not authorized to access this resource"), Capital),
            ApiConfigurationError        => row("API_CONFIGURATION_ERROR", 500, "InternalServerErrorException", Some("Internal server error"), Spaced),
            AuthorizerConfigurationError => row("AUTHORIZER_CONFIGURATION_ERROR", 500, "AuthorizerConfigurationException", None, Tight),
            AuthorizerFailure            => row("AUTHORIZER_FAILURE", 500, "AuthorizerFailureException", None, Tight),
            BadRequestBody               => row("BAD_REQUEST_BODY", 400, "BadRequestException", Some("Invalid request body"), Spaced),
            BadRequestParameters         => row("BAD_REQUEST_PARAMETERS", 400, "BadRequestException", Some("Missing required request parameters: []"), Spaced),
            Default4xx                   => default("DEFAULT_4XX"),
            Default5xx                   => default("DEFAULT_5XX"),
            ExpiredToken                 => row("EXPIRED_TOKEN", 403, "ExpiredTokenException", Some("The security token included in the request is expired") /* ? */, Tight),
            IntegrationFailure           => row("INTEGRATION_FAILURE", 504, "InternalServerErrorException", Some("Internal server error"), Spaced),
            IntegrationTimeout           => row("INTEGRATION_TIMEOUT", 504, "InternalServerErrorException", Some("Endpoint request timed out"), Spaced),
            InvalidApiKey                => row("INVALID_API_KEY", 403, "ForbiddenException", Some("Forbidden"), Tight),
            InvalidSignature             => row("INVALID_SIGNATURE", 403, "InvalidSignatureException", Some("The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.") /* ? */, Tight),
            MissingAuthenticationToken   => row("MISSING_AUTHENTICATION_TOKEN", 403, "MissingAuthenticationTokenException", Some("Missing Authentication Token"), Tight),
            QuotaExceeded                => row("QUOTA_EXCEEDED", 429, "LimitExceededException", Some("Limit Exceeded"), Tight),
            RequestTooLarge              => row("REQUEST_TOO_LARGE", 413, "RequestTooLargeException", Some("HTTP content length exceeded 10485760 bytes"), Tight /* ? */),
            ResourceNotFound             => row("RESOURCE_NOT_FOUND", 404, "ResourceNotFoundException", Some("Not Found") /* ? */, Tight),
            Throttled                    => row("THROTTLED", 429, "TooManyRequestsException", Some("Too Many Requests"), Tight),
            Unauthorized                 => row("UNAUTHORIZED", 401, "UnauthorizedException", Some("Unauthorized"), Tight),
            UnsupportedMediaType         => row("UNSUPPORTED_MEDIA_TYPE", 415, "BadRequestException", Some("Unsupported Media Type"), Spaced /* ? */),
            WafFiltered                  => row("WAF_FILTERED", 403, "WafFilteredException", Some("Forbidden"), Tight),
        }
    }

    /// AWS's name: `BAD_REQUEST_BODY`.
    pub fn as_str(self) -> &'static str {
        self.row().name
    }

    /// Reads AWS's name.
    pub fn parse(name: &str) -> Option<ResponseType> {
        ResponseType::ALL.into_iter().find(|response_type| response_type.as_str() == name)
    }

    /// The status that AWS lists for it; `DEFAULT_4XX` and `DEFAULT_5XX` have none.
    pub fn status(self) -> Option<u16> {
        self.row().status
    }

    /// The status of a response of this type: the listed one, or the class's first where there is none.
    pub(super) fn run_time_status(self) -> u16 {
        self.status().unwrap_or(if self == Default4xx { 400 } else { 500 })
    }

    /// The header `x-amzn-ErrorType`.
    pub fn error_type(self) -> Option<&'static str> {
        self.row().error_type
    }

    /// `$context.error.message` where nothing more special is known; of the authorizer's two types it is null.
    pub fn default_message(self) -> Option<&'static str> {
        self.row().message
    }

    /// The type whose definition is taken where this one has none.
    pub fn falls_back_to(self) -> Option<ResponseType> {
        match self.status()? {
            500.. => Some(Default5xx),
            _ => Some(Default4xx),
        }
    }

    /// The body where no template is defined. AWS's template is `{"message":$context.error.messageString}` for all, but
    /// what comes is spelled differently.
    pub fn default_body(self, message: Option<&str>) -> String {
        let message = super::quoted(message);
        match self.row().body {
            Shape::Tight => format!("{{\"message\":{message}}}"),
            Shape::Spaced => format!("{{\"message\": {message}}}"),
            Shape::Capital => format!("{{\"Message\":{message}}}"),
        }
    }
}
