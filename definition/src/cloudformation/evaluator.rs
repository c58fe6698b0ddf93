//! A template's value with intrinsic functions → the value that CloudFormation would deploy.

use std::path::PathBuf;

use transom::Span;

use crate::node::{Data, Member, Node};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::read::Files;
use crate::source::Place;

/// How deep conditions and files may lead to each other.
const DEEPEST: usize = 16;

/// What functions are evaluated with, and what is found wrong meanwhile.
pub(crate) struct Evaluator<'t> {
    pub(crate) root: &'t Node,
    pub(crate) parameters: &'t Parameters,
    pub(crate) files: Files<'t>,
    /// Where the paths in the template start
    pub(crate) folder: PathBuf,
    pub(crate) problems: Vec<Problem>,
    pub(super) depth: usize,
    /// Whether names may be those of the template that includes this file
    pub(super) open: bool,
}

impl<'t> Evaluator<'t> {
    pub(crate) fn new(
        root: &'t Node,
        parameters: &'t Parameters,
        files: Files<'t>,
        folder: PathBuf,
    ) -> Evaluator<'t> {
        let mut evaluator = Evaluator {
            root,
            parameters,
            files,
            folder,
            problems: Vec::new(),
            depth: 0,
            open: false,
        };
        evaluator.check_names();
        evaluator
    }

    /// For a file that a template includes: names that are unknown here stand for themselves.
    pub(crate) fn open(
        root: &'t Node,
        parameters: &'t Parameters,
        files: Files<'t>,
        folder: PathBuf,
    ) -> Evaluator<'t> {
        Evaluator { root, parameters, files, folder, problems: Vec::new(), depth: 0, open: true }
    }

    /// A value for a parameter that the template has not is a slip of the pen.
    fn check_names(&mut self) {
        let declared = self.root.get("Parameters");
        for name in self.parameters.names().filter(|name| !name.contains("::")) {
            if declared.and_then(|all| all.get(name)).is_none() {
                let place = declared.unwrap_or(self.root).place.clone();
                let place = Place {
                    span: Span::new(place.span.range().start, place.span.range().start),
                    ..place
                };
                let known = declared.map(Node::members).unwrap_or_default();
                let message = format!("the template has no parameter `{name}`");
                let problem = Problem::error("cloudformation", &place, message);
                self.problems.push(match nearest(name, known.iter().map(|m| m.name.as_str())) {
                    Some(near) => problem.with_help(format!("did you mean `{near}`?")),
                    None => problem,
                });
            }
        }
    }

    pub(super) fn error(&mut self, place: &Place, message: impl Into<String>) {
        self.push(Problem::error("cloudformation", place, message));
    }

    pub(super) fn push(&mut self, problem: Problem) {
        let told = |old: &Problem| old.place == problem.place && old.message == problem.message;
        if !self.problems.iter().any(told) {
            self.problems.push(problem);
        }
    }

    /// The value. What a function leaves out is null.
    pub(crate) fn evaluate(&mut self, node: &Node) -> Node {
        if let Some((function, argument)) = function(node) {
            if self.depth > DEEPEST * 16 {
                self.error(&node.place, "the functions are nested too deep");
                return Node::new(Data::Null, &node.place);
            }
            self.depth += 1;
            let value = self.call(&function, &argument, &node.place);
            self.depth -= 1;
            return value;
        }
        let data = match &node.data {
            Data::List(items) => {
                let values =
                    items.iter().map(|item| (function(item).is_some(), self.evaluate(item)));
                // A function that has no value leaves nothing behind.
                Data::List(values.filter(|(f, v)| !(*f && v.is_null())).map(|(_, v)| v).collect())
            }
            Data::Object(members) => {
                let mut out: Vec<Member> = Vec::new();
                for member in members {
                    if member.name == "Fn::Transform" {
                        let included = self.evaluate(&single(member));
                        out.extend(included.members().iter().cloned());
                        continue;
                    }
                    let value = self.evaluate(&member.value);
                    if value.is_null() && function(&member.value).is_some() {
                        continue;
                    }
                    let (name, name_place) = (member.name.clone(), member.name_place.clone());
                    out.push(Member { name, name_place, value });
                }
                Data::Object(out)
            }
            other => other.clone(),
        };
        Node { data, place: node.place.clone(), tag: None }
    }

    /// Evaluates what another file says.
    pub(super) fn file(&mut self, location: &str, place: &Place) -> Option<Node> {
        if location.contains("://") {
            let message = format!("`{location}` is not on this computer");
            let problem = Problem::error("cloudformation", place, message)
                .with_help("name a local file, as `aws cloudformation package` takes it");
            self.push(problem);
            return None;
        }
        let path = self.folder.join(location);
        let name = path.display().to_string();
        match (self.files)(&path) {
            Ok(text) => {
                let source = std::sync::Arc::new(crate::source::Source { name, text });
                crate::yaml::parse(&source).map_err(|problem| self.push(problem)).ok()
            }
            Err(error) => {
                let error = error.to_string();
                let reason = error.split(" (os error").next().unwrap_or_default();
                self.error(place, format!("cannot read `{name}`: {reason}"));
                None
            }
        }
    }
}

/// Whether a document calls functions at all.
pub(crate) fn calls_functions(node: &Node) -> bool {
    node.tag.is_some()
        || match &node.data {
            Data::List(items) => items.iter().any(calls_functions),
            Data::Object(members) => members.iter().any(|member| {
                member.name == "Ref"
                    || member.name.starts_with("Fn::")
                    || calls_functions(&member.value)
            }),
            _ => false,
        }
}

/// An object with this one member.
fn single(member: &Member) -> Node {
    Node::new(Data::Object(vec![member.clone()]), &member.value.place)
}

/// The function that a value is a call of, and its argument: `!Sub x` or `{"Fn::Sub": x}`.
pub(super) fn function(node: &Node) -> Option<(String, Node)> {
    if let Some(tag) = &node.tag {
        let name = match &**tag {
            "Ref" | "Condition" => tag.to_string(),
            tag => format!("Fn::{tag}"),
        };
        return Some((name, Node { tag: None, ..node.clone() }));
    }
    match node.members() {
        [only] if only.name == "Ref" || only.name.starts_with("Fn::") => {
            Some((only.name.clone(), only.value.clone()))
        }
        _ => None,
    }
}

/// The known name that a wrong one is most like.
pub(super) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_ascii_lowercase();
    known
        .map(|one| (strsim::damerau_levenshtein(&lower, &one.to_ascii_lowercase()), one))
        .filter(|(distance, _)| *distance <= 1 + name.len() / 5)
        .min()
        .map(|(_, one)| one)
}
