//! `method.response.header.…` = source → a header of the method response.

use std::borrow::Cow;

use super::expression::{response_source, response_target};
use super::source::Source;
use super::{MalformedBody, Scope};
use crate::gateway::config::{ConfigError, Place};

/// An entry of an IntegrationResponse's `responseParameters`.
#[derive(Debug)]
pub(in crate::gateway) struct ResponseMapping {
    pub(in crate::gateway) name: Box<str>,
    /// As it was written, for the explanation
    pub(in crate::gateway) text: Box<str>,
    source: Source,
}

impl ResponseMapping {
    pub(in crate::gateway) fn compile(entry: &Place<'_, '_>) -> Result<Self, ConfigError> {
        let name = response_target(entry.name()).map_err(|message| entry.error(message))?;
        let text = entry.text()?;
        let source = response_source(text).map_err(|message| entry.error(message))?;
        Ok(ResponseMapping { name, text: text.into(), source })
    }

    pub(in crate::gateway) fn reads_context(&self) -> bool {
        self.source.reads_context()
    }

    /// The header's value; none where its source is missing.
    pub(in crate::gateway) fn value<'s>(
        &'s self,
        scope: &Scope<'s, '_>,
    ) -> Result<Option<Cow<'s, str>>, MalformedBody> {
        Ok(self.source.resolve(scope)?.joined())
    }
}
