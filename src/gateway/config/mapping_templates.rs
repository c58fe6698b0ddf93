//! `requestTemplates` and `responseTemplates` → compiled templates by content type.

use super::{ConfigError, Place};
use crate::gateway::payload::media_type;
use crate::{ErrorKind, Options, Template};

/// Templates by content type, in the order of the configuration.
#[derive(Debug, Default)]
pub(in crate::gateway) struct MappingTemplates {
    list: Vec<(Box<str>, Option<MappingTemplate>)>,
}

/// A template, and what it can read at all: what it does not read need not be made for it.
#[derive(Debug)]
pub(in crate::gateway) struct MappingTemplate {
    pub(in crate::gateway) content_type: Box<str>,
    pub(in crate::gateway) template: Template,
    /// Whether it may read `$context`
    pub(in crate::gateway) reads_context: bool,
    /// Whether it may call `$input.params`
    pub(in crate::gateway) reads_params: bool,
}

/// What is found for a content type.
pub(in crate::gateway) enum Found<'t> {
    Template(&'t MappingTemplate),
    /// A key with an empty template: it switches mapping off.
    Empty,
}

impl MappingTemplates {
    /// Reads a member, which may be absent.
    pub(super) fn compile(
        parent: &Place<'_, '_>,
        member: &str,
        options: &Options,
    ) -> Result<MappingTemplates, ConfigError> {
        let mut list = Vec::new();
        if let Some(templates) = parent.get(member)? {
            for template in templates.each()? {
                let source = if template.value.is_null() { "" } else { template.text()? };
                let compiled = match source {
                    "" => None,
                    source => Some(MappingTemplate::compile(&template, source, options)?),
                };
                list.push((template.name().into(), compiled));
            }
        }
        Ok(MappingTemplates { list })
    }

    /// The template of a content type, of which only the media type counts.
    pub(in crate::gateway) fn find(&self, content_type: &str) -> Option<Found<'_>> {
        let wanted = media_type(content_type);
        self.list
            .iter()
            .find(|(key, _)| media_type(key).eq_ignore_ascii_case(wanted))
            .map(|(_, template)| Found::of(template))
    }

    /// The first template there is.
    pub(in crate::gateway) fn first(&self) -> Option<Found<'_>> {
        self.list.first().map(|(_, template)| Found::of(template))
    }

    pub(in crate::gateway) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl<'t> Found<'t> {
    fn of(template: &'t Option<MappingTemplate>) -> Found<'t> {
        template.as_ref().map_or(Found::Empty, Found::Template)
    }

    pub(in crate::gateway) fn template(self) -> Option<&'t MappingTemplate> {
        match self {
            Found::Template(template) => Some(template),
            Found::Empty => None,
        }
    }
}

impl MappingTemplate {
    fn compile(
        place: &Place<'_, '_>,
        source: &str,
        options: &Options,
    ) -> Result<MappingTemplate, ConfigError> {
        let template = Template::compile(source, options).map_err(|error| match error.kind() {
            ErrorKind::TemplateTooLarge { .. } => {
                place.error(format!("is too large: {error}; API Gateway takes 300 KB"))
            }
            _ => {
                let at = error.span().position(source);
                let help = error.help().map(|help| format!("; {help}")).unwrap_or_default();
                place.error(format!(
                    "is no template: {error} at line {}, column {}{help}",
                    at.line, at.column
                ))
            }
        })?;
        // A template can make a text and evaluate it.
        let evaluates = source.contains("evaluate");
        Ok(MappingTemplate {
            content_type: place.name().into(),
            reads_context: evaluates || source.contains("context"),
            reads_params: evaluates || source.contains("params"),
            template,
        })
    }
}
