//! `integration.request.…` = source → a member of the integration request.

use std::borrow::Cow;

use super::expression::{request_source, request_target};
use super::source::Source;
use super::{MalformedBody, Scope};
use crate::gateway::config::{ConfigError, Location, Place};

/// An entry of an Integration's `requestParameters`.
#[derive(Debug)]
pub(in crate::gateway) struct RequestMapping {
    pub(in crate::gateway) location: Location,
    pub(in crate::gateway) name: Box<str>,
    /// As it was written, for the explanation
    pub(in crate::gateway) text: Box<str>,
    source: Source,
}

impl RequestMapping {
    pub(in crate::gateway) fn compile(entry: &Place<'_, '_>) -> Result<Self, ConfigError> {
        let target = request_target(entry.name()).map_err(|message| entry.error(message))?;
        let text = entry.text()?;
        let source = request_source(text).map_err(|message| entry.error(message))?;
        Ok(RequestMapping {
            location: target.location,
            name: target.name,
            text: text.into(),
            source,
        })
    }

    pub(in crate::gateway) fn reads_context(&self) -> bool {
        self.source.reads_context()
    }

    /// The values of the mapping: none where its source is missing. Only a query string can have several.
    pub(in crate::gateway) fn values<'s>(
        &'s self,
        scope: &Scope<'s, '_>,
    ) -> Result<Vec<Cow<'s, str>>, MalformedBody> {
        let resolved = self.source.resolve(scope)?;
        Ok(match self.location {
            Location::Querystring => resolved.values(),
            Location::Header | Location::Path => resolved.joined().into_iter().collect(),
        })
    }
}
