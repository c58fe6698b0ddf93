//! The quotas of API Gateway that a message can exceed.

use super::compression::PAYLOAD_LIMIT;
use super::gateway_response::{Failure, ResponseType};
use super::message::{Request, Response};

/// Names and values of all headers, with what stands between them.
const HEADERS: usize = 10_240;

/// A URL with its query string, of a regional API.
const URL: usize = 10_240;

/// # Errors
/// `REQUEST_TOO_LARGE`.
pub(super) fn check_request(request: &Request<'_>) -> Result<(), Failure> {
    if request.body.len() > PAYLOAD_LIMIT {
        return Err(Failure::from(ResponseType::RequestTooLarge));
    }
    if request.uri.len() + request.query.wire_length() > URL {
        let message = format!("Request URL is longer than {URL} characters");
        return Err(Failure::with_message(ResponseType::RequestTooLarge, message));
    }
    if request.headers.wire_length() > HEADERS {
        let message = format!("Request headers are larger than {HEADERS} bytes");
        return Err(Failure::with_message(ResponseType::RequestTooLarge, message));
    }
    Ok(())
}

/// Why a backend's answer is too large, in the words of AWS's log.
pub(super) fn too_large(response: &Response<'_>) -> Option<String> {
    let length = response.body.len();
    (length > PAYLOAD_LIMIT).then(|| {
        format!("Integration response of reported length {length} is larger than allowed maximum of {PAYLOAD_LIMIT} bytes.")
    })
}
