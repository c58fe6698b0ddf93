//! Where a member of a message came from.

use std::fmt;

use crate::Template;
use crate::template::Trace;

/// One member of a message, and what made it what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// Which message
    pub message: Message,
    /// Which member
    pub member: Member,
    /// Where it came from
    pub origin: Origin,
}

/// The two messages that an exchange makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// What the backend gets
    IntegrationRequest,
    /// What the client gets
    MethodResponse,
}

/// A member of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Member {
    /// The HTTP method
    Method,
    /// The URI
    Uri,
    /// A path parameter
    Path(String),
    /// A query parameter
    Query(String),
    /// A header
    Header(String),
    /// The status
    Status,
    /// The payload
    Body,
}

/// What made a member.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// As the client sent it
    Client,
    /// As the backend answered it
    Backend,
    /// From the method's configuration
    Configuration {
        /// The member of the configuration: `methodIntegration.uri`
        place: String,
    },
    /// API Gateway's own
    Default {
        /// Why it is there
        why: &'static str,
    },
    /// A parameter mapping
    Mapping {
        /// The source as it is configured: `method.request.path.id`
        source: String,
    },
    /// A template's assignment in `$context.requestOverride` or `responseOverride`
    Override {
        /// The line of the template that assigns it; none where the template computes the name
        line: Option<usize>,
    },
    /// Under another name in the message that came in
    Renamed {
        /// The other name
        from: String,
    },
    /// A gateway response
    GatewayResponse {
        /// Its type
        response_type: &'static str,
    },
    /// A mapping template
    Template {
        /// Its key, a content type
        content_type: String,
        /// Which line of it wrote which bytes of the body
        lines: Vec<Written>,
    },
    /// A conversion of the payload, by `binaryMediaTypes` and `contentHandling`
    Conversion {
        /// What was done
        how: &'static str,
    },
}

/// A stretch of a body, and the line of the template that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Bytes of the body
    pub bytes: std::ops::Range<usize>,
    /// The line, from 1
    pub line: usize,
}

impl Provenance {
    /// Whether what the other one tells of is gone now: a header, a path parameter, a body, a status is one thing, while
    /// the values of a query parameter can come from several places.
    pub(super) fn takes_the_place_of(&self, other: &Provenance) -> bool {
        self.message == other.message
            && match (&self.member, &other.member) {
                (Member::Header(a), Member::Header(b)) => a.eq_ignore_ascii_case(b),
                (Member::Query(a), Member::Query(b)) => {
                    a == b && matches!(self.origin, Origin::Override { .. })
                }
                (a, b) => a == b,
            }
    }
}

impl Origin {
    /// A rendered template, with the lines that wrote the body. Stretches of one line that touch are one.
    pub(super) fn template(content_type: &str, template: &Template, trace: &Trace) -> Origin {
        let ends: Vec<usize> = template.source().match_indices('\n').map(|(at, _)| at).collect();
        let mut lines: Vec<Written> = Vec::new();
        for stretch in trace.stretches() {
            let start = stretch.piece.range().start;
            let line = ends.partition_point(|end| *end < start) + 1;
            match lines.last_mut() {
                Some(last) if last.line == line => last.bytes.end = stretch.output.end,
                _ => lines.push(Written { bytes: stretch.output.clone(), line }),
            }
        }
        Origin::Template { content_type: content_type.to_owned(), lines }
    }

    /// An override of a member of `requestOverride.header` or the like: the last line that names them all is the one that
    /// assigns it, in the template that was rendered last or else in the one before.
    pub(super) fn of_override(sources: &[&str], words: &[&str]) -> Origin {
        let line = sources.iter().find_map(|source| {
            let assigns = |line: &str| words.iter().all(|word| has_word(line, word));
            let lines = source.lines().enumerate().filter(|(_, line)| assigns(line));
            lines.last().map(|(at, _)| at + 1)
        });
        Origin::Override { line }
    }
}

fn has_word(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(is_part) && !line[at + word.len()..].starts_with(is_part)
    })
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Client => f.write_str("the client"),
            Origin::Backend => f.write_str("the backend"),
            Origin::Configuration { place } => f.write_str(place),
            Origin::Default { why } => write!(f, "API Gateway: {why}"),
            Origin::Mapping { source } => write!(f, "mapped from {source}"),
            Origin::Override { line: Some(line) } => {
                write!(f, "overridden in line {line} of the template")
            }
            Origin::Renamed { from } => write!(f, "renamed from {from}"),
            Origin::GatewayResponse { response_type } => {
                write!(f, "the gateway response {response_type}")
            }
            Origin::Override { line: None } => f.write_str("overridden by the template"),
            Origin::Template { content_type, .. } => write!(f, "the template of {content_type}"),
            Origin::Conversion { how } => f.write_str(how),
        }
    }
}
