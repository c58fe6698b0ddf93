//! A file → the APIs in it, whichever of the formats it has.

use std::path::Path;
use std::sync::Arc;

use crate::api::Api;
use crate::node::Node;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::source::Source;
use crate::{cloudformation, openapi, yaml};

/// How a definition gets at the files it names: their text by their path.
pub type Files<'f> = &'f dyn Fn(&Path) -> std::io::Result<String>;

/// What a file defines.
#[derive(Debug, Default)]
pub struct Definition {
    /// The APIs
    pub apis: Vec<Api>,
    /// What is wrong but did not keep the rest from being read: errors and warnings
    pub problems: Vec<Problem>,
}

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    OpenApi,
    CloudFormation,
}

impl Definition {
    /// Reads the definition in a text. `name` is its path, from which the paths in it start; `resource_path` is that of a
    /// `get-method` answer, which does not say it.
    ///
    /// None where the text is no definition of an API.
    ///
    /// # Errors
    /// The text is no YAML.
    pub fn read(
        name: &str,
        text: String,
        parameters: &Parameters,
        files: Files<'_>,
    ) -> Result<Option<Definition>, Problem> {
        let source = Arc::new(Source { name: name.to_owned(), text });
        let root = yaml::parse(&source)?;
        let Some(format) = format(&root) else { return Ok(None) };
        let mut definition = Definition::default();
        match format {
            Format::OpenApi => {
                let api = openapi::read(&root, name, parameters, &mut definition.problems);
                definition.apis.push(api);
            }
            Format::CloudFormation => {
                let problems = &mut definition.problems;
                definition.apis = cloudformation::read(&root, name, parameters, files, problems);
            }
        }
        Ok(Some(definition))
    }
}

fn format(root: &Node) -> Option<Format> {
    let has = |name: &str| root.get(name).is_some();
    if has("openapi") || has("swagger") {
        return Some(Format::OpenApi);
    }
    if has("Resources") {
        return Some(Format::CloudFormation);
    }
    None
}
