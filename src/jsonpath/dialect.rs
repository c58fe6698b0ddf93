//! Whose JSONPath a template is written in, and a path of either.

use super::{Budget, EvaluateError, Found, Path, Tree};

/// Whose JSONPath `$input.path(…)` and `$input.json(…)` take.
///
/// API Gateway's is Jayway's, which is older than the standard and differs from it without an error in many places;
/// `docs/jsonpath.md` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum JsonPathDialect {
    /// Jayway JsonPath's, as API Gateway reads it
    #[default]
    Jayway,
    /// RFC 9535's, by the crate jsonpath-rust: where a host is not API Gateway. A path of names and indexes gives a value,
    /// any other one a list.
    #[cfg(feature = "rfc9535")]
    #[cfg_attr(docsrs, doc(cfg(feature = "rfc9535")))]
    Rfc9535,
}

/// A path that was compiled.
#[derive(Clone, Debug)]
pub(crate) enum AnyPath {
    Jayway(Path),
    #[cfg(feature = "rfc9535")]
    Rfc9535(Box<super::rfc9535::Query>),
}

impl AnyPath {
    /// Compiles a text; the error is a sentence.
    pub(crate) fn compile(text: &str, dialect: JsonPathDialect) -> Result<AnyPath, String> {
        match dialect {
            JsonPathDialect::Jayway => {
                Path::compile(text).map(AnyPath::Jayway).map_err(|e| e.to_string())
            }
            #[cfg(feature = "rfc9535")]
            JsonPathDialect::Rfc9535 => {
                super::rfc9535::Query::compile(text).map(Box::new).map(AnyPath::Rfc9535)
            }
        }
    }

    /// As [`Path::evaluate`].
    pub(crate) fn evaluate<'t, T: Tree<'t>>(
        &self,
        root: &T,
        budget: &mut Budget,
    ) -> Result<Found<T>, EvaluateError> {
        match self {
            AnyPath::Jayway(path) => path.evaluate(root, budget),
            #[cfg(feature = "rfc9535")]
            AnyPath::Rfc9535(query) => query.evaluate(root, budget),
        }
    }
}
