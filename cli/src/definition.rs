//! Definitions of APIs for the command line: reads them, and turns their problems into findings.

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use transom_definition::{Definition, Parameters, Problem};

use crate::args::DefinitionArguments;
use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::input::{name, read_text};
use crate::stop::Stop;

/// Sources that findings point into, each copied once.
#[derive(Default)]
pub(crate) struct Sources(Vec<(Arc<transom_definition::Source>, Rc<Source>)>);

impl Sources {
    fn of(&mut self, source: &Arc<transom_definition::Source>) -> Rc<Source> {
        if let Some((_, known)) = self.0.iter().find(|(known, _)| Arc::ptr_eq(known, source)) {
            return Rc::clone(known);
        }
        let new = Source { name: source.name.clone(), text: source.text.clone() };
        self.0.push((Arc::clone(source), Rc::new(new)));
        self.of(source)
    }

    /// A problem of a definition as a finding.
    pub(crate) fn diagnostic(&mut self, problem: Problem) -> Diagnostic {
        let severity = match problem.severity {
            None => Severity::Error,
            Some(transom::Severity::Hint) => Severity::Hint,
            Some(transom::Severity::Warning) => Severity::Warning,
        };
        let related = problem
            .related
            .filter(|(place, _)| Arc::ptr_eq(&place.source, &problem.place.source))
            .map(|(place, label)| (place.span, label));
        Diagnostic {
            severity,
            kind: problem.code,
            message: problem.message,
            source: self.of(&problem.place.source),
            span: Some(problem.place.span),
            related,
            help: problem.help,
            aws_words: None,
        }
    }
}

/// Values of parameters: those of the file first, then those that are named one by one.
pub(crate) fn parameters(from: &DefinitionArguments) -> Result<Parameters, Stop> {
    let mut parameters = Parameters::new();
    for path in &from.parameters {
        let source = read_text(path, &mut std::io::empty())?;
        parameters
            .read(&source.name, source.text)
            .map_err(|problem| Sources::default().diagnostic(problem))?;
    }
    for one in &from.parameter {
        parameters.set(one.name.as_str(), one.value.as_str());
    }
    Ok(parameters)
}

/// The definition in a text that was read from a path; none where it is something else.
pub(crate) fn read(
    path: &Path,
    text: String,
    parameters: &Parameters,
) -> Result<Option<Definition>, Problem> {
    Definition::read(&name(path), text, parameters, &|path| std::fs::read_to_string(path))
}

/// The definition in the folder `cdk.out`.
pub(crate) fn read_folder(path: &Path, parameters: &Parameters) -> Result<Definition, Problem> {
    Definition::read_cdk_out(path, parameters, &|path| std::fs::read_to_string(path))
}

/// A text that defines no API.
pub(crate) fn unknown(source: Source) -> Box<Diagnostic> {
    let message = "this is no definition of an API that transom knows".to_owned();
    Diagnostic::input(message, source, Some(transom::Span::default())).with_help(
        "it knows OpenAPI (`openapi`, `swagger`), SAM and CloudFormation (`Resources`), a plan of Terraform as JSON, \
         and the answer of `aws apigateway get-method`",
    )
}
