//! What a render borrows: the program, the message, and what the render makes that must outlive its steps.

use std::cell::OnceCell;

use super::arena::Arena;
use crate::host::Variables;
use crate::json::{Document, NodeRef, Slash};
use crate::jsonpath::JsonPathDialect;
use crate::template::program::Program;
use crate::template::{Dialect, Limits, Options};
use crate::value::{Text, Value};

/// One render's surroundings.
pub(crate) struct Session<'r> {
    pub(crate) program: &'r Program,
    pub(crate) dialect: Dialect,
    pub(crate) json_path: JsonPathDialect,
    pub(crate) limits: Limits,
    /// How `$input.json` writes `/`
    pub(crate) slash: Slash,
    pub(crate) variables: &'r Variables<'r>,
    /// Whether what came in is copied to lists and maps of Java's, because the template changes it
    pub(crate) thawed: bool,
    body: OnceCell<Result<Document<'r>, String>>,
    pub(super) documents: Arena<Document<'r>>,
    pub(super) texts: Arena<String>,
    pub(super) programs: Arena<(Program, String)>,
}

impl<'r> Session<'r> {
    pub(crate) fn new(
        program: &'r Program,
        options: &Options,
        variables: &'r Variables<'r>,
        thawed: bool,
    ) -> Session<'r> {
        Session {
            program,
            dialect: options.dialect,
            json_path: options.json_path,
            limits: options.limits.clone(),
            slash: if options.escape_slashes { Slash::Escaped } else { Slash::Plain },
            variables,
            thawed,
            body: OnceCell::new(),
            documents: Arena::new(),
            texts: Arena::new(),
            programs: Arena::new(),
        }
    }

    /// The payload as a document: read when it is first asked for, an empty one as `{}`.
    pub(crate) fn body(&'r self) -> Result<NodeRef<'r>, &'r str> {
        if let Some(document) = self.variables.document {
            return Ok(document.root());
        }
        let document = self
            .body
            .get_or_init(|| Document::parse(self.variables.payload()).map_err(|e| e.to_string()));
        match document {
            Ok(document) => Ok(document.root()),
            Err(message) => Err(message),
        }
    }

    /// A text of the template's own as a document.
    pub(super) fn parse(&'r self, text: &Text<'r>) -> Result<Value<'r>, String> {
        let text: &'r str = match text {
            Text::Borrowed(text) => text,
            Text::Shared(text) => self.texts.push(text.to_string()),
        };
        let document = self.documents.push(Document::parse(text).map_err(|e| e.to_string())?);
        Ok(self.in_place_or_thawed(document.root()))
    }

    pub(super) fn in_place_or_thawed(&self, node: NodeRef<'r>) -> Value<'r> {
        if self.thawed { Value::thaw(node) } else { Value::from_node(node) }
    }

    pub(super) fn stage_variables(&self) -> Value<'r> {
        match self.variables.stage_variables {
            Some(document) => self.in_place_or_thawed(document.root()),
            None => Value::empty_map(),
        }
    }

    pub(super) fn host_roots(&self) -> Option<NodeRef<'r>> {
        self.variables.host.map(Document::root)
    }
}
