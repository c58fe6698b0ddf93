//! What kind of text a template writes, and whether the place at hand stands in quotes.

/// The output so far, as far as its literal text tells.
#[derive(Debug, Default)]
pub(super) struct Output {
    format: Option<Format>,
    /// Inside `"…"`
    pub(super) quoted: bool,
    /// Values that stand in JSON quotes as they are: the first, and how many
    pub(super) unescaped: Option<(crate::Span, usize)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    Form,
    Other,
}

impl Output {
    pub(super) fn is_json(&self) -> bool {
        self.format == Some(Format::Json)
    }

    /// `Action=SendMessage&…`
    pub(super) fn is_form(&self) -> bool {
        self.format == Some(Format::Form)
    }

    /// A stretch of literal text.
    pub(super) fn text(&mut self, text: &str) {
        if self.format.is_none() && !text.trim_start().is_empty() {
            let start = text.trim_start();
            self.format = Some(match start.as_bytes().first() {
                Some(b'{' | b'[' | b'"') => Format::Json,
                _ if start.starts_with("Action=") => Format::Form,
                _ => Format::Other,
            });
        }
        let mut escaped = false;
        for c in text.bytes() {
            match c {
                // No JSON text goes over a line end: a quote that is never closed does no harm beyond its line.
                b'\n' | b'\r' => self.quoted = false,
                b'"' if !escaped => self.quoted = !self.quoted,
                _ => {}
            }
            escaped = c == b'\\' && !escaped;
        }
    }
}
