//! How much a template may use, and how it is compiled.

use super::Dialect;
use crate::jsonpath::JsonPathDialect;
use crate::methods::MethodLimits;

/// How a template is compiled and rendered.
///
/// ```
/// use transom::{Dialect, Options, Template, Variables};
///
/// let options = Options { dialect: Dialect::Velocity, ..Options::default() };
/// let template = Template::compile("$missing", &options)?;
/// assert_eq!(template.render(&Variables::new())?.output, "$missing");
/// # Ok::<(), transom::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Which Velocity the template is written for
    pub dialect: Dialect,
    /// What it may use
    pub limits: Limits,
    /// Whose JSONPath `$input` takes
    pub json_path: JsonPathDialect,
    /// Whether `$input.json` writes `/` as `\/`. json-smart has two ways of writing; which of them API Gateway uses is not
    /// known, and the plain one is the default. Lists that print themselves always have `\/`.
    pub escape_slashes: bool,
}

/// What a template may use, so that no template and no payload can hold a worker.
///
/// `template_bytes` and `foreach_rounds` are API Gateway's own quotas; the others are transom's, far above what a
/// template that API Gateway runs within its 29 seconds needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The size of a template in bytes: 300 KB in API Gateway
    pub template_bytes: usize,
    /// The rounds of one `#foreach`: 1,000 in API Gateway
    pub foreach_rounds: usize,
    /// What happens when a loop has more
    pub foreach_limit: ForeachLimit,
    /// Steps of one render: pieces rendered, loop rounds, steps of references, nodes that a JSONPath looks at
    pub steps: u64,
    /// The bytes of the output, and of any text that a template makes on the way
    pub output_bytes: usize,
    /// How deep macros, `#define`d blocks and `#evaluate`d texts may be rendered inside one another
    pub depth: usize,
}

/// What happens when a `#foreach` has more rounds than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ForeachLimit {
    /// The loop ends, and a note says so: what Velocity 1.7's own limit does
    #[default]
    Truncate,
    /// The render fails
    Fail,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            template_bytes: 300 * 1024,
            foreach_rounds: 1000,
            foreach_limit: ForeachLimit::Truncate,
            steps: 100_000_000,
            output_bytes: 64 * 1024 * 1024,
            depth: 40,
        }
    }
}

impl Limits {
    /// The limits of a dialect: stock Velocity has none on the size of a template or the rounds of a loop.
    pub fn for_dialect(dialect: Dialect) -> Limits {
        match dialect {
            Dialect::ApiGateway => Limits::default(),
            Dialect::Velocity => Limits {
                template_bytes: usize::MAX,
                foreach_rounds: usize::MAX,
                ..Limits::default()
            },
        }
    }

    pub(crate) fn of_methods(&self) -> MethodLimits {
        MethodLimits { text_bytes: self.output_bytes, items: self.output_bytes / 16 }
    }
}
