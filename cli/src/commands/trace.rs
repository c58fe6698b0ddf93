//! `transom render --trace`: which piece of the template wrote which stretch of the output, side by side.

use std::fmt::Write;
use std::ops::Range;

use serde_json::{Map, Value};
use transom::{Span, Trace};
use unicode_width::UnicodeWidthChar;

use crate::console::Look;
use crate::diagnostic::Source;
use crate::formats::json::place;

/// Columns where no terminal says how many there are.
const WIDTH: usize = 80;
/// `123:456 `
const PLACE: usize = 8;

/// The stretches in the order of the output; the only place that knows the trace's shape.
fn pieces(trace: &Trace) -> impl Iterator<Item = (Span, Range<usize>)> {
    trace.stretches().iter().map(|stretch| (stretch.piece, stretch.output.clone()))
}

/// Two columns. The left is cut to one line, the right has every character of the output.
pub(crate) fn view(trace: &Trace, output: &str, source: &Source, look: Look) -> String {
    let room = look.width.unwrap_or(WIDTH).max(40) - PLACE - " | ".len();
    let left = room * 2 / 5;
    let mut out = format!("{:PLACE$}{:left$} | output\n", "", "template");
    for (span, stretch) in pieces(trace) {
        let region = source.region(span);
        let code = cut(&visible(source.text.get(span.range()).unwrap_or_default()), left);
        let at = format!("{}:{}", region.line, region.column);
        for (i, line) in
            wrap(output.get(stretch).unwrap_or_default(), room - left).iter().enumerate()
        {
            let (at, code) = if i == 0 { (at.as_str(), code.as_str()) } else { ("", "") };
            let padding = " ".repeat(left.saturating_sub(columns(code)));
            // Writing into a String cannot fail.
            let _ = writeln!(out, "{at:<PLACE$}{code}{padding} | {line}");
        }
    }
    out
}

/// `[{"line", "column", "endLine", "endColumn", "output"}…]`
pub(crate) fn pieces_as_json(trace: &Trace, output: &str, source: &Source) -> Value {
    pieces(trace)
        .map(|(span, stretch)| {
            let mut piece = Map::new();
            place(&mut piece, source.region(span));
            piece.insert("output".to_owned(), output.get(stretch).unwrap_or_default().into());
            Value::Object(piece)
        })
        .collect()
}

/// Lines of at most `width` columns; a line of the text ends in a visible mark.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    let mut fresh = false;
    for c in text.chars() {
        let shown = visible_char(c);
        let wide = shown.width().unwrap_or(0);
        if fresh || used + wide > width {
            lines.push(String::new());
            used = 0;
        }
        used += wide;
        if let Some(line) = lines.last_mut() {
            line.push(shown);
        }
        fresh = c == '\n';
    }
    lines
}

fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

/// Control characters would move the cursor: `⏎` for a line end, `→` for a tab, Unicode's pictures for the others.
fn visible_char(c: char) -> char {
    match c {
        '\n' => '⏎',
        '\t' => '→',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('?'),
        '\u{7f}'..='\u{9f}' => '␡',
        _ => c,
    }
}

fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used + 1 > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}
