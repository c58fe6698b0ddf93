//! `X-Amzn-Trace-Id`: the client's, or one that follows from the request's id and time.

use std::borrow::Cow;
use std::fmt::Write;

use serde_json::{Map, Value};

use super::context::{given_text, given_time};
use super::message::Fields;

/// A client's own trace goes on; API Gateway adds itself as its parent where there is none (asserted by a test on AWS).
/// Without one a trace begins: AWS makes its id of the time and random digits, and here those of the request's id stand
/// for them.
pub(super) fn of_request<'a>(
    headers: &Fields<'a>,
    given: Option<&Map<String, Value>>,
) -> Cow<'a, str> {
    let request_id = given_text(given, &["requestId"]).unwrap_or_default();
    let mut digits =
        request_id.chars().filter(char::is_ascii_hexdigit).chain(std::iter::repeat('0'));
    match headers.header("X-Amzn-Trace-Id") {
        Some(trace) if trace.contains("Parent=") => Cow::Owned(trace.to_owned()),
        Some(trace) => {
            let mut trace = format!("{trace};Parent=");
            trace.extend(digits.by_ref().take(16));
            Cow::Owned(trace)
        }
        None => {
            let mut trace = String::with_capacity(40);
            // Writing to a `String` cannot fail.
            let _ = write!(trace, "Root=1-{:08x}-", given_time(given).unwrap_or_default() / 1000);
            trace.extend(digits.by_ref().take(24));
            Cow::Owned(trace)
        }
    }
}
