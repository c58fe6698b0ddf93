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
    pub(super) fn is_about_the_same(&self, other: &Provenance) -> bool {
        self.message == other.message
            && match (&self.member, &other.member) {
                (Member::Header(a), Member::Header(b)) => a.eq_ignore_ascii_case(b),
                (a, b) => a == b,
            }
    }
}

impl Origin {
    /// A rendered template, with the lines that wrote the body. Stretches of one line that touch are one.
    pub(super) fn template(content_type: &str, template: &Template, trace: &Trace) -> Origin {
        let mut lines: Vec<Written> = Vec::new();
        for stretch in trace.stretches() {
            let line = stretch.piece.position(template.source()).line;
            match lines.last_mut() {
                Some(last) if last.line == line => last.bytes.end = stretch.output.end,
                _ => lines.push(Written { bytes: stretch.output.clone(), line }),
            }
        }
        Origin::Template { content_type: content_type.to_owned(), lines }
    }

    /// An override: the last line that names both the object and the member is the one that assigns it.
    pub(super) fn of_override(source: &str, object: &str, name: &str) -> Origin {
        let line = source
            .lines()
            .enumerate()
            .filter(|(_, line)| line.contains(object) && line.contains(name))
            .last()
            .map(|(at, _)| at + 1);
        Origin::Override { line }
    }
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
            Origin::Override { line: None } => f.write_str("overridden by the template"),
            Origin::Template { content_type, .. } => write!(f, "the template of {content_type}"),
            Origin::Conversion { how } => f.write_str(how),
        }
    }
}
