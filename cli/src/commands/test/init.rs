//! `transom init`: a template → a first test file beside it, with what the template makes of a first payload.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use transom::Template;

use super::bless::block;
use super::discover::ENDING;
use crate::args::InitArguments;
use crate::console::Console;
use crate::diagnostic::{Diagnostic, Source};
use crate::input::{read_bytes, read_text};
use crate::request::Request;
use crate::stop::Stop;

/// Writes the file, and says where.
pub(crate) fn run(arguments: &InitArguments, console: &mut Console<'_>) -> Result<u8, Stop> {
    let source = read_text(&arguments.template, console.stdin)?;
    let test_file = match &arguments.output {
        Some(path) => path.clone(),
        None => beside(&arguments.template),
    };
    let refuse = |message: String| {
        let source = Source { name: test_file.display().to_string(), text: String::new() };
        Diagnostic::input(message, source, None)
    };
    if test_file.exists() && !arguments.force {
        let message = format!("`{}` is there already", test_file.display());
        return Err(refuse(message).with_help("`--force` writes over it").into());
    }
    let body = match &arguments.body {
        Some(path) => Some((path, read_bytes(path, console.stdin)?)),
        None => None,
    };
    let text = first_test(&source.text, &arguments.template, &test_file, body);
    fs::write(&test_file, text)
        .map_err(|error| refuse(format!("cannot write `{}`: {error}", test_file.display())))?;
    writeln!(console.stdout, "wrote {}", test_file.display())?;
    Ok(0)
}

fn beside(template: &Path) -> PathBuf {
    let stem = template.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    template.with_file_name(format!("{}{ENDING}", stem.unwrap_or_default()))
}

/// A path as the test file has to name it.
fn seen_from(test_file: &Path, path: &Path) -> String {
    let directory = test_file.parent().unwrap_or(Path::new(""));
    match path.strip_prefix(directory) {
        Ok(below) => below.display().to_string(),
        Err(_) => std::path::absolute(path).unwrap_or(path.to_owned()).display().to_string(),
    }
}

fn first_test(
    template: &str,
    template_path: &Path,
    test_file: &Path,
    body: Option<(&PathBuf, Vec<u8>)>,
) -> String {
    let reads = Reads::of(template);
    let mut given = Map::new();
    let mut request = Request::default();
    match body {
        Some((path, bytes)) => {
            given.insert("bodyFile".into(), seen_from(test_file, path).into());
            request.body = Some(String::from_utf8_lossy(&bytes).into_owned());
        }
        None if reads.body.is_null() => {}
        None => {
            request.body = Some(reads.body.to_string());
            given.insert("body".into(), reads.body);
        }
    }
    if !reads.params.is_empty() {
        let header = |name: &str| name.starts_with(|c: char| c.is_ascii_uppercase());
        let mut places = Map::new();
        for name in reads.params {
            let place = if header(&name) { "header" } else { "querystring" };
            let list = if header(&name) {
                &mut request.params.header
            } else {
                &mut request.params.querystring
            };
            list.push((name.clone(), name.clone()));
            let fields = places.entry(place).or_insert_with(|| json!({}));
            fields[name.as_str()] = name.as_str().into();
        }
        given.insert("params".into(), Value::Object(places));
    }
    if !reads.context.is_empty() {
        request.context = reads.context.clone();
        given.insert("context".into(), Value::Object(reads.context));
    }
    if !reads.stage_variables.is_empty() {
        request.stage_variables = reads.stage_variables.clone();
        given.insert("stageVariables".into(), Value::Object(reads.stage_variables));
    }
    let mut case = Map::new();
    case.insert("name".into(), "a first case".into());
    if !given.is_empty() {
        case.insert("given".into(), Value::Object(given));
    }
    let rendered = Template::new(template)
        .and_then(|compiled| request.with_variables(|variables| compiled.render(variables)));
    let expect = match rendered {
        Ok(rendered) => json!({"output": rendered.output}),
        Err(error) => json!({"error": error.code()}),
    };
    case.insert("expect".into(), expect);
    let mut out = String::from(
        "# `transom test` runs this; `transom test --help` tells all that may stand here.\n",
    );
    // Writing into a String cannot fail.
    let head = block(&json!({"template": seen_from(test_file, template_path)}), 0);
    let _ =
        writeln!(out, "{head}\ncases:\n{}", block(&json!([case]), 2).replacen("-\n   ", "-", 1));
    out
}

/// What a template reads, as far as its text shows.
#[derive(Default)]
struct Reads {
    body: Value,
    params: Vec<String>,
    context: Map<String, Value>,
    stage_variables: Map<String, Value>,
}

impl Reads {
    fn of(template: &str) -> Reads {
        let mut reads = Reads::default();
        if template.contains("$input.") || template.contains("${input.") {
            reads.body = json!({});
        }
        for call in ["input.path(", "input.json("] {
            for (at, _) in template.match_indices(call) {
                let path = quoted(template.get(at + call.len()..).unwrap_or_default());
                let names: Option<Vec<&str>> = path
                    .and_then(|path| path.strip_prefix("$."))
                    .map(|path| path.split('.').collect());
                if let Some(names) = names.filter(|names| names.iter().all(|name| is_name(name))) {
                    put(&mut reads.body, &names);
                }
            }
        }
        for (at, call) in template.match_indices("input.params(") {
            let name = quoted(template.get(at + call.len()..).unwrap_or_default());
            if let Some(name) = name.filter(|name| !reads.params.iter().any(|known| known == name))
            {
                reads.params.push(name.to_owned());
            }
        }
        for (at, root) in template.match_indices("stageVariables.") {
            let name = word(template.get(at + root.len()..).unwrap_or_default());
            if !name.is_empty() {
                reads.stage_variables.insert(name.to_owned(), name.into());
            }
        }
        let mut context = Value::Null;
        for (at, root) in template.match_indices("context.") {
            let rest = template.get(at + root.len()..).unwrap_or_default();
            let dotted: &str = rest
                .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')))
                .next()
                .unwrap_or_default();
            let names: Vec<&str> =
                dotted.trim_end_matches('.').split('.').filter(|name| is_name(name)).collect();
            let is_override =
                matches!(names.first(), Some(&("requestOverride" | "responseOverride")));
            if !names.is_empty() && !is_override {
                put(&mut context, &names);
            }
        }
        if let Value::Object(members) = context {
            reads.context = members;
        }
        reads
    }
}

/// `'text'` or `"text"` at the start.
fn quoted(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    text.get(1..)?.split(quote).next()
}

fn word(text: &str) -> &str {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default()
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// Makes a member, whose value is its name; one that is an object already stays.
fn put(value: &mut Value, names: &[&str]) {
    let Some((first, rest)) = names.split_first() else { return };
    if !value.is_object() {
        *value = json!({});
    }
    let member = &mut value[*first];
    if !rest.is_empty() {
        put(member, rest);
    } else if member.is_null() {
        *member = (*first).into();
    }
}
