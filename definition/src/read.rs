//! A file → the APIs in it, whichever of the formats it has.

use std::path::Path;
use std::sync::Arc;

use crate::api::Api;
use crate::node::Node;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::source::{Place, Source};
use crate::{cdk, cloudformation, get_method, openapi, terraform, yaml};

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
    Terraform,
    GetMethod,
}

impl Definition {
    /// Reads the definition in a text. `name` is its path, from which the paths in it start. None where the text is no
    /// definition of an API. What `get-method` answers does not say the path of its resource: it is `/`.
    ///
    /// ```
    /// use transom_definition::{Definition, Parameters};
    ///
    /// let text = "
    /// openapi: 3.0.1
    /// paths:
    ///   /pets/{id}:
    ///     get:
    ///       x-amazon-apigateway-integration: {type: http_proxy, uri: https://backend.example}
    /// ";
    /// let files = |_: &std::path::Path| Err(std::io::ErrorKind::NotFound.into());
    /// let definition = Definition::read("api.yaml", text.into(), &Parameters::new(), &files).unwrap().unwrap();
    /// let api = &definition.apis[0];
    /// assert_eq!(api.route("GET", "/pets/7").unwrap().label(), "GET /pets/{id}");
    /// assert!(api.check().is_empty());
    /// ```
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
                // A file that a template includes has its functions.
                let mut root = root;
                if cloudformation::calls_functions(&root) {
                    let folder = Path::new(name).parent().unwrap_or(Path::new("")).to_owned();
                    let mut evaluator =
                        cloudformation::Evaluator::open(&root, parameters, files, folder);
                    let evaluated = evaluator.evaluate(&root);
                    definition.problems.append(&mut evaluator.problems);
                    root = evaluated;
                }
                let api = openapi::read(&root, name, parameters, &mut definition.problems);
                definition.apis.push(api);
            }
            Format::CloudFormation => {
                let problems = &mut definition.problems;
                definition.apis = cloudformation::read(&root, name, parameters, files, problems);
            }
            Format::Terraform => {
                definition.apis = terraform::read(&root, parameters, &mut definition.problems);
            }
            Format::GetMethod => {
                definition.apis.push(get_method::read(&root, name, &mut definition.problems));
            }
        }
        Ok(Some(definition))
    }

    /// Reads the folder `cdk.out`: all stacks in it.
    ///
    /// # Errors
    /// The folder has no manifest, or a file in it cannot be read.
    pub fn read_cdk_out(
        folder: &Path,
        parameters: &Parameters,
        files: Files<'_>,
    ) -> Result<Definition, Problem> {
        let mut all = Definition::default();
        for path in cdk::templates(folder, files)? {
            let name = path.display().to_string();
            let text = files(&path).map_err(|error| {
                let source = Arc::new(Source { name: name.clone(), text: String::new() });
                let place = Place { source, span: transom::Span::default() };
                Problem::error("input", &place, format!("cannot read `{name}`: {error}"))
            })?;
            if let Some(one) = Definition::read(&name, text, parameters, files)? {
                // A stack without an API has nothing to say of the parameters either.
                if !one.apis.is_empty() {
                    all.apis.extend(one.apis);
                    all.problems.extend(one.problems);
                }
            }
        }
        Ok(all)
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
    if has("planned_values") || has("terraform_version") && has("values") {
        return Some(Format::Terraform);
    }
    if has("httpMethod") && has("methodIntegration") {
        return Some(Format::GetMethod);
    }
    None
}
