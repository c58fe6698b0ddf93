//! Where a render writes: a plain buffer, or one that also keeps which piece of the template wrote each stretch.

use crate::Span;

/// What a render writes to. The marks cost nothing where nobody keeps them.
pub(crate) trait Output {
    /// The text so far; a render only adds to its end.
    fn text(&mut self) -> &mut String;

    /// What is written from here on was written by this piece of the template.
    fn begin(&mut self, piece: Span);

    /// The piece that began last is complete.
    fn end(&mut self);
}

impl Output for String {
    fn text(&mut self) -> &mut String {
        self
    }

    fn begin(&mut self, _: Span) {}

    fn end(&mut self) {}
}

/// Which piece of a template wrote each stretch of its output.
///
/// ```
/// use transom::{Template, Variables};
///
/// let template = Template::new("a$input.body")?;
/// let (rendered, trace) = template.render_traced(&Variables::new().body("bc"))?;
/// let second = &trace.stretches()[1];
/// assert_eq!(&rendered.output[second.output.clone()], "bc");
/// assert_eq!(&template.source()[second.piece.range()], "$input.body");
/// # Ok::<(), transom::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Trace {
    stretches: Vec<Stretch>,
}

/// A stretch of output and the piece of the template that wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The bytes of the output
    pub output: std::ops::Range<usize>,
    /// Where the piece stands in the template
    pub piece: Span,
}

impl Trace {
    /// The stretches in the order of the output, without gaps and without empty ones.
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }
}

/// A buffer that keeps the marks.
pub(crate) struct Traced {
    text: String,
    stretches: Vec<Stretch>,
    /// The pieces that are being rendered, innermost last
    open: Vec<Span>,
    written: usize,
}

impl Traced {
    pub(crate) fn new() -> Traced {
        Traced { text: String::new(), stretches: Vec::new(), open: Vec::new(), written: 0 }
    }

    pub(crate) fn finish(mut self) -> (String, Trace) {
        self.flush();
        (self.text, Trace { stretches: self.stretches })
    }

    /// What was written since the last mark belongs to the innermost piece.
    fn flush(&mut self) {
        let output = self.written..self.text.len();
        self.written = self.text.len();
        let Some(piece) = self.open.last().copied().filter(|_| !output.is_empty()) else { return };
        match self.stretches.last_mut() {
            Some(last) if last.piece == piece && last.output.end == output.start => {
                last.output.end = output.end;
            }
            _ => self.stretches.push(Stretch { output, piece }),
        }
    }
}

impl Output for Traced {
    fn text(&mut self) -> &mut String {
        &mut self.text
    }

    fn begin(&mut self, piece: Span) {
        self.flush();
        self.open.push(piece);
    }

    fn end(&mut self) {
        self.flush();
        self.open.pop();
    }
}
