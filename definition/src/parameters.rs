//! The values of a template's parameters, and of pseudo-parameters such as `AWS::Region`.

use crate::node::Node;
use crate::problem::Problem;
use crate::source::Source;
use crate::yaml;
use std::sync::Arc;

/// Values by name. Those of pseudo-parameters are AWS's documentation's until they are set.
#[derive(Clone, Debug)]
pub struct Parameters {
    given: Vec<(String, String)>,
}

/// Pseudo-parameters and what they are unless somebody says.
const PSEUDO: [(&str, &str); 7] = [
    ("AWS::Region", "us-east-1"),
    ("AWS::AccountId", "123456789012"),
    ("AWS::Partition", "aws"),
    ("AWS::URLSuffix", "amazonaws.com"),
    ("AWS::StackName", "transom"),
    ("AWS::StackId", "arn:aws:cloudformation:us-east-1:123456789012:stack/transom/1"),
    ("AWS::NotificationARNs", ""),
];

impl Default for Parameters {
    fn default() -> Parameters {
        Parameters::new()
    }
}

impl Parameters {
    /// No values but the pseudo-parameters' own.
    pub fn new() -> Parameters {
        Parameters { given: Vec::new() }
    }

    /// Sets a value, in the place of an earlier one.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let name = name.into();
        self.given.retain(|(old, _)| *old != name);
        self.given.push((name, value.into()));
    }

    /// Reads a file: a flat object in JSON or YAML, or CloudFormation's list of `ParameterKey` and `ParameterValue`.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn read(&mut self, name: &str, text: String) -> Result<(), Problem> {
        let source = Arc::new(Source { name: name.to_owned(), text });
        let root = yaml::parse(&source)?;
        for item in root.items() {
            match (item.get("ParameterKey").and_then(Node::as_str), item.get("ParameterValue")) {
                (Some(key), Some(value)) => self.set(key, scalar(value)?),
                _ => return Err(wrong(item)),
            }
        }
        for member in root.members() {
            self.set(member.name.as_str(), scalar(&member.value)?);
        }
        match root.items().is_empty() && root.members().is_empty() && !root.is_null() {
            true if !matches!(root.kind(), "a list" | "an object") => Err(wrong(&root)),
            _ => Ok(()),
        }
    }

    /// A value: one that was given, or a pseudo-parameter's own.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let given = self.given.iter().find(|(given, _)| given == name);
        given
            .map(|(_, value)| value.as_str())
            .or_else(|| PSEUDO.iter().find(|(pseudo, _)| *pseudo == name).map(|(_, value)| *value))
    }

    /// The names that were given.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.given.iter().map(|(name, _)| name.as_str())
    }
}

fn scalar(node: &Node) -> Result<String, Problem> {
    if !node.items().is_empty() {
        let items: Option<Vec<&str>> = node.items().iter().map(Node::as_str).collect();
        return items.map(|items| items.join(",")).ok_or_else(|| wrong(node));
    }
    node.as_str().map(str::to_owned).ok_or_else(|| wrong(node))
}

fn wrong(node: &Node) -> Problem {
    let help =
        r#"write {"Name": "value"} or [{"ParameterKey": "Name", "ParameterValue": "value"}]"#;
    Problem::error("input", &node.place, "this is no value of a parameter").with_help(help)
}
