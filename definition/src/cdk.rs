//! The folder `cdk.out` → the templates that the CDK put into it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::node::Node;
use crate::problem::Problem;
use crate::read::Files;
use crate::source::{Place, Source};
use crate::yaml;

/// How deep assemblies may be in each other: stages of pipelines.
const DEEPEST: usize = 8;

/// The templates of the stacks, those of stages included.
pub(crate) fn templates(folder: &Path, files: Files<'_>) -> Result<Vec<PathBuf>, Problem> {
    let mut found = Vec::new();
    assembly(folder, files, DEEPEST, &mut found)?;
    Ok(found)
}

fn assembly(
    folder: &Path,
    files: Files<'_>,
    depth: usize,
    found: &mut Vec<PathBuf>,
) -> Result<(), Problem> {
    let path = folder.join("manifest.json");
    let name = path.display().to_string();
    let text = files(&path).map_err(|error| {
        let source = Arc::new(Source { name: name.clone(), text: String::new() });
        let place = Place { source, span: transom::Span::default() };
        let error = error.to_string();
        let reason = error.split(" (os error").next().unwrap_or_default();
        Problem::error("input", &place, format!("cannot read `{name}`: {reason}"))
            .with_help("a folder is the cdk.out of `cdk synth`; of other folders name the files")
    })?;
    let manifest = yaml::parse(&Arc::new(Source { name, text }))?;
    for artifact in manifest.get("artifacts").map(Node::members).unwrap_or_default() {
        let property = |name: &str| artifact.value.at(&["properties", name]).and_then(Node::as_str);
        match artifact.value.get("type").and_then(Node::as_str) {
            Some("aws:cloudformation:stack") => {
                found.extend(property("templateFile").map(|file| folder.join(file)));
            }
            Some("cdk:cloud-assembly") if depth > 0 => {
                if let Some(inner) = property("directoryName") {
                    assembly(&folder.join(inner), files, depth - 1, found)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}
