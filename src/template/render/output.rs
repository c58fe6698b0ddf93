//! Where a render writes: a plain buffer, or one that also keeps which piece of the template wrote each stretch, and which
//! ways were gone.

use std::collections::HashMap;

use crate::Span;
use crate::template::coverage::Way;

/// What a render writes to. The marks cost nothing where nobody keeps them.
pub(crate) trait Output {
    /// The text so far; a render only adds to its end.
    fn text(&mut self) -> &mut String;

    /// What is written from here on was written by this piece of the template.
    fn begin(&mut self, piece: Span);

    /// The piece that began last is complete.
    fn end(&mut self);

    /// A piece that writes nothing by itself was rendered: a `#set`, a condition.
    fn ran(&mut self, piece: Span);

    /// The `#if` or `#foreach` at this place went this way.
    fn took(&mut self, place: Span, way: Way);

    /// From here on, until it is told the other way, spans are those of another text: one that `#evaluate` reads.
    fn elsewhere(&mut self, elsewhere: bool);
}

impl Output for String {
    fn text(&mut self) -> &mut String {
        self
    }

    fn begin(&mut self, _: Span) {}

    fn end(&mut self) {}

    fn ran(&mut self, _: Span) {}

    fn took(&mut self, _: Span, _: Way) {}

    fn elsewhere(&mut self, _: bool) {}
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
    visits: Visits,
}

/// How often each piece was rendered, and each way gone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Visits {
    pub(crate) pieces: HashMap<Span, u64>,
    pub(crate) ways: HashMap<(Span, Way), u64>,
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

    pub(crate) fn visits(&self) -> &Visits {
        &self.visits
    }
}

/// A buffer that keeps the marks.
pub(crate) struct Traced {
    text: String,
    stretches: Vec<Stretch>,
    /// The pieces that are being rendered, innermost last
    open: Vec<Span>,
    written: usize,
    visits: Visits,
    /// How many evaluated texts are being rendered
    elsewhere: usize,
}

impl Traced {
    pub(crate) fn new() -> Traced {
        Traced {
            text: String::new(),
            stretches: Vec::new(),
            open: Vec::new(),
            written: 0,
            visits: Visits::default(),
            elsewhere: 0,
        }
    }

    pub(crate) fn finish(mut self) -> (String, Trace) {
        self.flush();
        (self.text, Trace { stretches: self.stretches, visits: self.visits })
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
        self.ran(piece);
    }

    fn end(&mut self) {
        self.flush();
        self.open.pop();
    }

    fn ran(&mut self, piece: Span) {
        if self.elsewhere == 0 {
            *self.visits.pieces.entry(piece).or_default() += 1;
        }
    }

    fn took(&mut self, place: Span, way: Way) {
        if self.elsewhere == 0 {
            *self.visits.ways.entry((place, way)).or_default() += 1;
        }
    }

    fn elsewhere(&mut self, elsewhere: bool) {
        if elsewhere {
            self.elsewhere += 1;
        } else {
            self.elsewhere = self.elsewhere.saturating_sub(1);
        }
    }
}
