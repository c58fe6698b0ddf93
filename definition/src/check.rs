//! An API → everything that is wrong with it: templates, mappings, models, patterns, validators, each with its place.

use transom::{Error, Template, Warning, gateway};

use crate::api::{Api, Route, configuration, without};
use crate::node::Node;
use crate::problem::Problem;
use crate::text::Text;

/// Errors after which a method is not looked at any further.
const MOST_ERRORS: usize = 50;

impl Api {
    /// What is wrong.
    pub fn check(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut settings = self.settings.clone();
        let compiled =
            all_errors(&mut settings, &mut found, |node| gateway::Api::compile(&node.to_json()));
        let api = compiled.unwrap_or_default();
        if let Err(problem) = self.compile_stage() {
            found.push(problem);
        }
        for route in &self.routes {
            let templates = route.check_templates();
            let mut method = route.method.clone();
            let mut others = Vec::new();
            all_errors(&mut method, &mut others, |node| {
                gateway::Method::compile(&api, &route.resource_path, &node.to_json())
            });
            // Of a template's errors the template itself told more.
            others.retain(|other| !templates.iter().any(|t| t.is_error() && inside(t, other)));
            // A model that is wrong is one error, not one more for each method that names it.
            others.retain(|other| {
                !(other.message.contains("names the model") && self.names_model(other))
            });
            found.extend(templates);
            found.extend(others);
        }
        found
    }

    fn names_model(&self, problem: &Problem) -> bool {
        let models = self.settings.get("models").map(Node::members).unwrap_or_default();
        models.iter().any(|model| problem.message.contains(&format!("the model {},", model.name)))
    }
}

impl Route {
    /// Errors and warnings of the templates.
    pub(crate) fn check_templates(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        let Some(integration) = self.method.get("methodIntegration") else { return found };
        let templates = |node: &Node, name: &str, found: &mut Vec<Problem>| {
            for member in node.get(name).map(Node::members).unwrap_or_default() {
                check_template(&member.value, found);
            }
        };
        templates(integration, "requestTemplates", &mut found);
        let responses = integration.get("integrationResponses").map(Node::members);
        for response in responses.unwrap_or_default() {
            templates(&response.value, "responseTemplates", &mut found);
        }
        found
    }
}

fn inside(template: &Problem, other: &Problem) -> bool {
    let (t, o) = (template.place.span, other.place.span);
    other.message.contains("template") && o.start <= t.start && t.end <= o.end
}

/// Compiles again and again, each time without the member that was wrong.
fn all_errors<T>(
    node: &mut Node,
    found: &mut Vec<Problem>,
    compile: impl Fn(&Node) -> Result<T, gateway::ConfigError>,
) -> Option<T> {
    for _ in 0..MOST_ERRORS {
        match compile(node) {
            Ok(compiled) => return Some(compiled),
            Err(error) => {
                found.push(configuration(&error, node));
                if !without(node, error.place()) {
                    return None;
                }
            }
        }
    }
    None
}

fn check_template(node: &Node, found: &mut Vec<Problem>) {
    let Some(text) = node.text() else { return };
    match Template::new(text.as_str()) {
        Ok(template) => {
            found.extend(template.warnings().iter().map(|warning| warned(warning, text, node)));
        }
        Err(error) => found.push(failed(&error, text, node)),
    }
}

fn failed(error: &Error, text: &Text, node: &Node) -> Problem {
    let place = text.place(error.span()).unwrap_or_else(|| node.place.clone());
    let related = error.related().and_then(|(span, label)| Some((text.place(span)?, label)));
    Problem {
        related,
        help: error.help().map(str::to_owned),
        ..Problem::error(error.code(), &place, error.to_string())
    }
}

fn warned(warning: &Warning, text: &Text, node: &Node) -> Problem {
    let place = text.place(warning.span()).unwrap_or_else(|| node.place.clone());
    Problem {
        severity: Some(warning.severity()),
        help: warning.help().map(str::to_owned),
        ..Problem::error(warning.code(), &place, warning.to_string())
    }
}
