//! `template`, or `method` and what is around it → what is tested, compiled once.
//!
//! A method of an API's definition becomes a [`Subject::Method`] too: [`Subjects::read`] is where it is told apart.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use transom::gateway::{Api, ConfigError, Method, Stage};
use transom::{Error, Severity, Template};

use super::file::text;
use super::given::unreadable;
use super::yaml::{self, Kind, Node, Wrong};

/// What a case tests.
pub(super) enum Subject {
    Template(TemplateSubject),
    Method(MethodSubject),
}

/// A template in a file.
pub(super) struct TemplateSubject {
    /// The path, as the test file leads to it
    pub(super) name: String,
    pub(super) text: String,
    pub(super) compiled: Result<Template, Error>,
    /// The codes of what `transom check` warns of
    pub(super) warnings: Vec<&'static str>,
}

/// A method in the shape of `aws apigateway get-method`.
pub(super) struct MethodSubject {
    pub(super) resource_path: String,
    pub(super) method: Value,
    pub(super) api: Value,
    pub(super) stage: Value,
    pub(super) templates: Vec<MethodTemplate>,
}

/// A mapping template of a method.
pub(super) struct MethodTemplate {
    /// The file it stands in, or words that name it
    pub(super) name: String,
    pub(super) is_file: bool,
    pub(super) template: Template,
}

/// The templates and methods of all files.
#[derive(Default)]
pub(super) struct Subjects {
    templates: HashMap<PathBuf, Arc<Subject>>,
    /// By the place of the node: the cases of a file share its method
    methods: HashMap<(PathBuf, u32), Arc<Subject>>,
}

impl Subjects {
    /// What a file or a case says it tests.
    pub(super) fn read(&mut self, node: &Node, directory: &Path) -> Result<Arc<Subject>, Wrong> {
        match (node.get("template"), node.get("method")) {
            (Some(_), Some(method)) => {
                Err(Wrong::new(method.span, "a template or a method is tested, not both"))
            }
            (Some(template), None) => self.template(template, directory),
            (None, Some(method)) => self.method(node, method, directory),
            (None, None) => {
                let span = transom::Span { end: node.span.start, ..node.span };
                Err(Wrong::new(span, "nothing says what is tested")
                    .with_help("write `template: FILE` at the top of the file"))
            }
        }
    }

    fn template(&mut self, node: &Node, directory: &Path) -> Result<Arc<Subject>, Wrong> {
        let path = directory.join(text(node, "`template`")?);
        let key = fs::canonicalize(&path).map_err(|error| unreadable(node, &path, &error))?;
        if let Some(known) = self.templates.get(&key) {
            return Ok(Arc::clone(known));
        }
        let source = fs::read_to_string(&path).map_err(|error| unreadable(node, &path, &error))?;
        let compiled = Template::new(&source);
        let warnings = compiled.as_ref().map(|template| {
            let sure = |w: &&transom::Warning| w.severity() == Severity::Warning;
            template.warnings().iter().filter(sure).map(transom::Warning::code).collect()
        });
        let subject = Arc::new(Subject::Template(TemplateSubject {
            name: path.strip_prefix(".").unwrap_or(&path).display().to_string(),
            text: source,
            warnings: warnings.unwrap_or_default(),
            compiled,
        }));
        self.templates.insert(key, Arc::clone(&subject));
        Ok(subject)
    }

    fn method(
        &mut self,
        node: &Node,
        method: &Node,
        directory: &Path,
    ) -> Result<Arc<Subject>, Wrong> {
        // Two files of a directory may share a key: what they have is compared below.
        let key = (directory.to_owned(), method.span.start);
        let part = |name: &str| match node.get(name) {
            Some(node) => loaded(node, directory),
            None => Ok(json!({})),
        };
        let (api, stage, mut method_json) =
            (part("api")?, part("stage")?, loaded(method, directory)?);
        let files = templates_of_files(&mut method_json, method, directory)?;
        let resource_path = match node.get("resourcePath") {
            Some(path) => text(path, "`resourcePath`")?.to_owned(),
            None => "/".to_owned(),
        };
        if let Some(known) = self.methods.get(&key)
            && let Subject::Method(old) = &**known
            && (&old.method, &old.api, &old.stage, &old.resource_path)
                == (&method_json, &api, &stage, &resource_path)
        {
            return Ok(Arc::clone(known));
        }
        let wrong = |error: ConfigError| of_configuration(node, method, &error);
        let compiled_api = Api::compile(&api).map_err(wrong)?;
        Method::compile(&compiled_api, &resource_path, &method_json).map_err(wrong)?;
        Stage::compile(&stage).map_err(wrong)?;
        let subject = Arc::new(Subject::Method(MethodSubject {
            templates: templates(&method_json, &resource_path, &files),
            resource_path,
            method: method_json,
            api,
            stage,
        }));
        self.methods.insert(key, Arc::clone(&subject));
        Ok(subject)
    }
}

/// A mapping in the test file, or the name of a file of JSON or YAML.
fn loaded(node: &Node, directory: &Path) -> Result<Value, Wrong> {
    match &node.kind {
        Kind::Map(_) => Ok(node.to_json()),
        Kind::Text(name) => {
            let path = directory.join(name);
            let text =
                fs::read_to_string(&path).map_err(|error| unreadable(node, &path, &error))?;
            match yaml::parse(&text) {
                Ok(root) => Ok(root.to_json()),
                Err(wrong) => {
                    let at = wrong.span.position(&text);
                    let message =
                        format!("{}:{}:{}: {}", path.display(), at.line, at.column, wrong.message);
                    Err(Wrong::new(node.span, message))
                }
            }
        }
        _ => Err(Wrong::new(node.span, "this is a mapping, or the name of a file with one")),
    }
}

/// An error of the configuration, at its place in the test file where the configuration stands there.
fn of_configuration(file: &Node, method: &Node, error: &ConfigError) -> Wrong {
    let place = error.place();
    let (root, rest) = place.split_once('.').unwrap_or((place, ""));
    let start = match root {
        "method" => Some(method),
        other => file.get(other),
    };
    let span = start.map_or(method.span, |start| descend(start, rest).span);
    Wrong::new(span, error.to_string())
}

/// The deepest node on the way that a dotted place names; names may have dots themselves.
fn descend<'n>(node: &'n Node, place: &str) -> &'n Node {
    let Kind::Map(entries) = &node.kind else { return node };
    let next = entries.iter().filter_map(|entry| {
        let rest = place.strip_prefix(entry.key.as_str())?;
        match rest.strip_prefix('.') {
            Some(rest) => Some((entry, rest)),
            None if rest.is_empty() => Some((entry, rest)),
            None => None,
        }
    });
    match next.max_by_key(|(entry, _)| entry.key.len()) {
        Some((entry, rest)) => descend(&entry.value, rest),
        None => node,
    }
}

/// Calls `visit` for every mapping template of a method, with words that name it.
fn each_template<E>(
    method: &mut Value,
    mut visit: impl FnMut(&str, &mut Value) -> Result<(), E>,
) -> Result<(), E> {
    let integration = &mut method["methodIntegration"];
    let mut of = |words: &str, templates: Option<&mut Value>| {
        let members = templates.and_then(Value::as_object_mut).into_iter().flatten();
        let mut members = members;
        members.try_for_each(|(content_type, template)| {
            visit(&format!("{words} {content_type}"), template)
        })
    };
    of("request", integration.get_mut("requestTemplates"))?;
    let responses = integration.get_mut("integrationResponses").and_then(Value::as_object_mut);
    for (name, response) in responses.into_iter().flatten() {
        of(&format!("response {name}"), response.get_mut("responseTemplates"))?;
    }
    Ok(())
}

/// Puts the text of the file in the place of `{file: NAME}`; the files by the words that name the template.
fn templates_of_files(
    method: &mut Value,
    node: &Node,
    directory: &Path,
) -> Result<HashMap<String, String>, Wrong> {
    let mut files = HashMap::new();
    if !method["methodIntegration"].is_object() {
        return Ok(files);
    }
    each_template(method, |words, template| {
        if let Some(name) = template.get("file").and_then(Value::as_str) {
            let path = directory.join(name);
            let text =
                fs::read_to_string(&path).map_err(|error| unreadable(node, &path, &error))?;
            files.insert(words.to_owned(), path.display().to_string());
            *template = text.into();
        }
        Ok(())
    })?;
    Ok(files)
}

fn templates(
    method: &Value,
    resource_path: &str,
    files: &HashMap<String, String>,
) -> Vec<MethodTemplate> {
    let mut list = Vec::new();
    let verb = method["httpMethod"].as_str().unwrap_or("ANY");
    let _ = each_template(&mut method.clone(), |words, template| {
        let compiled = template.as_str().filter(|text| !text.is_empty()).map(Template::new);
        if let Some(Ok(template)) = compiled {
            let file = files.get(words);
            let name = file.cloned().unwrap_or_else(|| format!("{verb} {resource_path} {words}"));
            list.push(MethodTemplate { name, is_file: file.is_some(), template });
        }
        Ok::<(), ()>(())
    });
    list
}
