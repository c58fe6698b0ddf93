//! What API Gateway does to headers: which it hides, refuses, drops and renames.
//!
//! Recorded for each integration type, where the guide's table is imprecise; the guide's table elsewhere.

use std::borrow::Cow;

use super::config::IntegrationType;
use super::message::Fields;

/// Headers of a client that nobody gets to see: neither templates and mappings nor a backend.
const HIDDEN: [&str; 12] = [
    "Connection",
    "Content-Length",
    "Content-MD5",
    "Expect",
    "Max-Forwards",
    "Proxy-Authenticate",
    "Server",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "WWW-Authenticate",
];

/// Headers that a client's spelling is not kept of.
const CANONICAL: [&str; 2] = ["Authorization", "User-Agent"];

/// The last two are not recorded.
const ILLEGAL: [&str; 4] =
    ["Content-Length", "Transfer-Encoding", "X-Amzn-Trace-Id", "X-Amzn-Apigateway-Api-Id"];
const ILLEGAL_FOR_AWS: [&str; 5] =
    ["Authorization", "Connection", "Expect", "Proxy-Authenticate", "TE"];

const NEVER_SENT: [&str; 3] = ["Expect", "Proxy-Authenticate", "TE"];

/// Renamed in every response.
const RENAMED: [&str; 14] = [
    "Authorization",
    "Connection",
    "Content-Length",
    "Content-MD5",
    "Date",
    "Expect",
    "Host",
    "Max-Forwards",
    "Proxy-Authenticate",
    "Server",
    "Trailer",
    "Upgrade",
    "User-Agent",
    "WWW-Authenticate",
];

fn is_one_of(name: &str, list: &[&str]) -> bool {
    list.iter().any(|header| header.eq_ignore_ascii_case(name))
}

/// The client's headers as the method sees them.
pub(super) fn of_client<'a>(headers: &'a Fields<'a>) -> Fields<'a> {
    headers
        .borrowed()
        .filter(|(name, _)| !is_one_of(name, &HIDDEN))
        .map(|(name, value)| {
            let canonical = CANONICAL.iter().find(|header| header.eq_ignore_ascii_case(&name));
            (canonical.map_or(name, |canonical| Cow::Borrowed(*canonical)), value)
        })
        .collect()
}

/// Whether a mapping or an override may not set this header: 500 for the client.
pub(super) fn is_illegal(name: &str, integration_type: IntegrationType) -> bool {
    match integration_type {
        IntegrationType::Mock | IntegrationType::Http | IntegrationType::HttpProxy => {
            is_one_of(name, &ILLEGAL)
        }
        IntegrationType::Aws | IntegrationType::AwsProxy => {
            is_one_of(name, &ILLEGAL) || is_one_of(name, &ILLEGAL_FOR_AWS)
        }
    }
}

/// Whether a header is a client's signature, which is for API Gateway alone: no backend gets it (the guide).
pub(super) fn is_signature(name: &str, value: &str, by_iam: bool) -> bool {
    name.eq_ignore_ascii_case("Authorization") && (by_iam || value.starts_with("AWS4-HMAC-SHA256"))
}

/// Whether a header of the client passes to an `HTTP_PROXY` backend.
pub(super) fn passes_to_backend(name: &str) -> bool {
    !is_one_of(name, &["Host", "Content-Encoding", "Via"])
}

/// Whether a mapped or overridden header is silently left out.
pub(super) fn is_never_sent(name: &str, integration_type: IntegrationType) -> bool {
    is_one_of(name, &NEVER_SENT)
        || match integration_type {
            IntegrationType::Http | IntegrationType::HttpProxy => name.eq_ignore_ascii_case("Via"),
            IntegrationType::Aws => name.eq_ignore_ascii_case("Referer"),
            IntegrationType::Mock | IntegrationType::AwsProxy => false,
        }
}

/// The name under which the client gets a header, if it gets it at all.
pub(super) fn in_response<'n>(
    name: Cow<'n, str>,
    integration_type: IntegrationType,
) -> Option<Cow<'n, str>> {
    if name.eq_ignore_ascii_case("Transfer-Encoding") {
        return None;
    }
    let mut renamed = is_one_of(&name, &RENAMED);
    if integration_type == IntegrationType::HttpProxy {
        if is_one_of(&name, &["Content-Encoding", "Via"]) {
            return None;
        }
        renamed |= name.eq_ignore_ascii_case("x-amzn-RequestId");
    }
    Some(if renamed { Cow::Owned(format!("x-amzn-Remapped-{name}")) } else { name })
}
