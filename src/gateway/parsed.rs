//! A body → its text and its JSON, each made once and only when somebody asks.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::java::utf8;
use crate::json::Document;

/// A body as text: what is no UTF-8 is replaced.
pub(super) struct Text<'b> {
    bytes: &'b [u8],
    text: OnceCell<Cow<'b, str>>,
}

impl<'b> Text<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Text<'b> {
        Text { bytes, text: OnceCell::new() }
    }

    fn get(&self) -> &str {
        self.text.get_or_init(|| utf8::decode(self.bytes))
    }
}

/// A text as JSON, an empty one as `{}`. Validation, mappings and the template share it.
pub(super) struct Parsed<'t> {
    text: &'t Text<'t>,
    document: OnceCell<Option<Document<'t>>>,
}

impl<'t> Parsed<'t> {
    pub(super) fn of(text: &'t Text<'t>) -> Parsed<'t> {
        Parsed { text, document: OnceCell::new() }
    }

    pub(super) fn text(&self) -> &'t str {
        self.text.get()
    }

    /// None where the text is nothing that json-smart can read.
    pub(super) fn document(&self) -> Option<&Document<'t>> {
        let parse = || {
            let text = self.text();
            Document::parse(if text.is_empty() { "{}" } else { text }).ok()
        };
        self.document.get_or_init(parse).as_ref()
    }

    /// The document, if anybody has asked for it yet.
    pub(super) fn already(&self) -> Option<&Document<'t>> {
        self.document.get()?.as_ref()
    }
}
