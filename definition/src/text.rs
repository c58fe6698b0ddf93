//! A text out of a definition, and the place that each of its bytes came from.

use std::sync::Arc;

use transom::Span;

use crate::source::{Place, Source};

/// A text that knows where its bytes stand in the files, through quotes, indentation, folding and `Fn::Sub`.
#[derive(Clone, Debug)]
pub struct Text {
    content: String,
    segments: Vec<Segment>,
}

/// From `at` on, the text is what stands from `offset` on in the source.
#[derive(Clone, Debug)]
struct Segment {
    at: usize,
    source: Arc<Source>,
    offset: usize,
    /// For a text that stands nowhere, like the value of a parameter: the length of what it was put in the place of
    replaces: Option<usize>,
}

impl Text {
    /// A text that is put in the place of something: of `place` as a whole.
    pub fn in_place_of(place: &Place, content: impl Into<String>) -> Text {
        let range = place.span.range();
        let segment = Segment {
            at: 0,
            source: Arc::clone(&place.source),
            offset: range.start,
            replaces: Some(range.len()),
        };
        Text { content: content.into(), segments: vec![segment] }
    }

    /// A text whose bytes from each `at` on stand from `offset` on in the source.
    pub(crate) fn aligned(
        content: String,
        source: &Arc<Source>,
        offsets: impl IntoIterator<Item = (usize, usize)>,
    ) -> Text {
        let segment =
            |(at, offset)| Segment { at, source: Arc::clone(source), offset, replaces: None };
        Text { content, segments: offsets.into_iter().map(segment).collect() }
    }

    /// The empty text, to which others are added.
    pub(crate) fn empty() -> Text {
        Text { content: String::new(), segments: Vec::new() }
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// Adds another text at the end.
    pub(crate) fn push(&mut self, other: &Text) {
        let at = self.content.len();
        self.content.push_str(&other.content);
        self.segments.extend(other.segments.iter().map(|s| Segment { at: s.at + at, ..s.clone() }));
    }

    /// A part of it. The range ends at borders of characters.
    pub(crate) fn slice(&self, range: std::ops::Range<usize>) -> Text {
        let Some(content) = self.content.get(range.clone()) else { return Text::empty() };
        Text { content: content.to_owned(), segments: self.segments_of(range).collect() }
    }

    /// Where a part of it stands, counted from the start of the part.
    fn segments_of(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = Segment> {
        let first = self.segment(range.start).min(self.segments.len());
        let end = range.end.max(range.start + 1);
        self.segments[first..].iter().take_while(move |segment| segment.at < end).map(
            move |segment| {
                let skipped = range.start.saturating_sub(segment.at);
                let offset = match segment.replaces {
                    Some(_) => segment.offset,
                    None => segment.offset + skipped,
                };
                let at = segment.at.saturating_sub(range.start);
                Segment { at, offset, ..segment.clone() }
            },
        )
    }

    /// The same text, whose source is itself a text in another file: with its places there.
    pub(crate) fn within(self, outer: &Text) -> Text {
        let mut segments = Vec::with_capacity(self.segments.len());
        for (at, segment) in self.segments.iter().enumerate() {
            let end = self.segments.get(at + 1).map_or(self.content.len(), |next| next.at);
            match segment.replaces {
                None => {
                    let length = end.saturating_sub(segment.at);
                    let inner = outer.segments_of(segment.offset..segment.offset + length);
                    segments.extend(inner.map(|one| Segment { at: segment.at + one.at, ..one }));
                }
                Some(length) => {
                    let span = Span::new(segment.offset, segment.offset + length);
                    let Some(place) = outer.place(span) else { continue };
                    let range = place.span.range();
                    let replaces = Some(range.len());
                    let offset = range.start;
                    segments.push(Segment {
                        at: segment.at,
                        source: place.source,
                        offset,
                        replaces,
                    });
                }
            }
        }
        Text { content: self.content, segments }
    }

    /// The segment that a byte belongs to.
    fn segment(&self, at: usize) -> usize {
        self.segments.partition_point(|segment| segment.at <= at).saturating_sub(1)
    }

    /// Where a range of the text stands. None for a text without a place.
    pub fn place(&self, span: Span) -> Option<Place> {
        let range = span.range();
        let first = self.segments.get(self.segment(range.start))?;
        let start = match first.replaces {
            Some(_) => first.offset,
            None => first.offset + range.start.saturating_sub(first.at),
        };
        let mut end = start;
        if range.end > range.start {
            let last = self.segments.get(self.segment(range.end - 1))?;
            if Arc::ptr_eq(&last.source, &first.source) {
                end = match last.replaces {
                    Some(length) => last.offset + length,
                    None => last.offset + (range.end - 1).saturating_sub(last.at) + 1,
                };
            }
        }
        let text = &first.source.text;
        let border = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at));
        let start = border(start).unwrap_or(text.len());
        let end = border(end.max(start)).unwrap_or(text.len());
        Some(Place { source: Arc::clone(&first.source), span: Span::new(start, end) })
    }
}
