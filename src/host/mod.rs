//! What API Gateway puts in scope: `$input`, `$context`, `$util`, `$stageVariables`, and the overrides that come out.

pub(crate) mod context;
pub(crate) mod input;
mod overrides;
mod params;
mod tree;
pub(crate) mod util;
mod variables;

pub use context::Context;
pub use overrides::Overrides;
pub use params::Params;
pub use variables::Variables;

/// A root whose members are not those of a Java object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    /// `$input`
    Input,
    /// `$util`
    Util,
    /// `$context`
    Context,
}

impl Root {
    pub(crate) fn class_name(self) -> &'static str {
        match self {
            Root::Input => "$input",
            Root::Util => "$util",
            Root::Context => "$context",
        }
    }
}
