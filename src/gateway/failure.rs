//! What fails in an exchange → the gateway response and the line of the log that tell it.

use super::exchange::Exchange;
use super::gateway_response::{Failure, GatewayResponse, ResponseType};
use super::recorder::Recorder;
use super::templates::Unmade;

/// A failure, and the `x-amzn-ErrorType` where it is not the one of its type.
pub(super) struct Failed {
    failure: Failure,
    error_type: Option<&'static str>,
    status: Option<u16>,
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Failed {
        Failed { failure, error_type: None, status: None }
    }
}

impl Failed {
    /// `API_CONFIGURATION_ERROR`. The client never learns the reason; the log does.
    pub(super) fn configuration<R: Recorder>(
        exchange: &Exchange<'_, R>,
        reason: impl AsRef<str>,
    ) -> Failed {
        exchange
            .recorder
            .log(|| format!("Execution failed due to configuration error: {}", reason.as_ref()));
        Failure::from(ResponseType::ApiConfigurationError).into()
    }

    /// A body that could not be converted, or whose template failed.
    pub(super) fn untransformed<R: Recorder>(
        exchange: &Exchange<'_, R>,
        unmade: &Unmade,
        message: &str,
    ) -> Failed {
        let reason = match unmade {
            Unmade::NotBase64 => "the body is not Base64".to_owned(),
            Unmade::Binary => "a template cannot be applied to a binary body".to_owned(),
            Unmade::Render(error) => error.to_string(),
            Unmade::AssignedTwice(name) => {
                format!("an override may be assigned once, and $context.{name} is assigned again")
            }
        };
        Failed::configuration(exchange, format!("Unable to transform {message}: {reason}"))
    }

    /// A mapping reads a request's body that begins like JSON and is none.
    pub(super) fn malformed_request_body() -> Failed {
        let failure =
            Failure::with_message(ResponseType::Default4xx, "Invalid JSON in request body");
        Failed { error_type: Some("BadRequestException"), ..failure.into() }
    }

    /// The same with the body of a response.
    pub(super) fn malformed_response_body() -> Failed {
        let failure = Failure::with_message(ResponseType::Default5xx, "Internal server error");
        Failed { error_type: Some("InternalFailureException"), ..failure.into() }
    }

    /// A Lambda function of an `AWS_PROXY` integration answered in another form: 502, which no response type lists.
    pub(super) fn malformed_proxy_answer<R: Recorder>(exchange: &Exchange<'_, R>) -> Failed {
        let failed = Failed::configuration(exchange, "Malformed Lambda proxy response");
        Failed { status: Some(502), ..failed }
    }

    /// The gateway response.
    pub(super) fn respond<R: Recorder>(self, exchange: &Exchange<'_, R>) -> GatewayResponse {
        exchange.respond(&self.failure, self.status, self.error_type)
    }
}
