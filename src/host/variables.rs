//! What a host gives to one render.

use super::{Context, Params};
use crate::json::Document;

/// The message that a template is rendered for, all of it borrowed.
///
/// ```
/// use serde_json::json;
/// use transom::{Context, Template, Variables};
///
/// let context = Context::from_value(&json!({"stage": "prod"}));
/// let variables = Variables::new().body(r#"{"name": "Ada"}"#).context(&context);
/// let template = Template::new("$input.path('$.name') in $context.stage")?;
/// assert_eq!(template.render(&variables)?.output, "Ada in prod");
/// # Ok::<(), transom::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Variables<'a> {
    pub(crate) body: Option<&'a str>,
    pub(crate) document: Option<&'a Document<'a>>,
    pub(crate) params: Option<&'a Params>,
    pub(crate) context: Option<&'a Context>,
    pub(crate) stage_variables: Option<&'a Document<'a>>,
    pub(crate) host: Option<&'a Document<'a>>,
}

impl<'a> Variables<'a> {
    /// Nothing in scope but what API Gateway always has.
    pub fn new() -> Self {
        Variables::default()
    }

    /// The payload: what `$input.body`, `$input.json` and `$input.path` read. An absent or empty one reads as `{}`, as
    /// recorded on API Gateway.
    #[must_use]
    pub fn body(mut self, payload: &'a str) -> Self {
        self.body = Some(payload);
        self
    }

    /// The payload that [`Variables::body`] was given, where it has been parsed already: it is not parsed again.
    #[must_use]
    pub fn document(mut self, payload: &'a Document<'a>) -> Self {
        self.document = Some(payload);
        self
    }

    /// What `$input.params` reads.
    #[must_use]
    pub fn params(mut self, params: &'a Params) -> Self {
        self.params = Some(params);
        self
    }

    /// `$context`. Its `requestOverride` and `responseOverride` are what an earlier template left there.
    #[must_use]
    pub fn context(mut self, context: &'a Context) -> Self {
        self.context = Some(context);
        self
    }

    /// `$stageVariables`, an object.
    #[must_use]
    pub fn stage_variables(mut self, document: &'a Document<'a>) -> Self {
        self.stage_variables = Some(document);
        self
    }

    /// Roots of the host's own: each member of this object is a variable. A root of API Gateway's that is named here is
    /// replaced.
    #[must_use]
    pub fn host(mut self, roots: &'a Document<'a>) -> Self {
        self.host = Some(roots);
        self
    }

    /// The payload as templates see it.
    pub(crate) fn payload(&self) -> &'a str {
        match self.body {
            None | Some("") => "{}",
            Some(body) => body,
        }
    }
}
