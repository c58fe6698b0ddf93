//! String literals: `'text'`, and `"text"` that is a template of its own where it holds `$` or `#`.

use pest::iterators::Pair;

use super::Rule;
use super::scanner::Scanner;
use crate::template::ast::{ExprKind, Interpolated, Node, Text};
use crate::{Error, ErrorKind};

/// How deep strings may hold strings; each level doubles the quotes, so nobody gets near.
const MAX_DEPTH: usize = 20;

impl Scanner<'_, '_> {
    pub(super) fn build_string(&mut self, pair: &Pair<'_, Rule>) -> Result<ExprKind, Error> {
        let image = pair.as_str();
        let inner = &image[1..image.len() - 1];
        if image.starts_with('\'') {
            return Ok(ExprKind::Text(inner.replace("''", "'")));
        }
        if !inner.contains(['\\', '"', '$', '#']) {
            return Ok(ExprKind::Text(inner.to_owned()));
        }
        let start = self.at + pair.as_span().start() + 1;
        let (mut text, mut offsets) = self.decode(inner, start)?;
        if !inner.contains(['$', '#']) {
            return Ok(ExprKind::Text(text));
        }
        let drop_last = !text.contains("##");
        if drop_last {
            // Velocity's lexer needs a character behind the last `$`; the rendered text loses it again.
            text.push(' ');
            offsets.push(start + inner.len());
        }
        self.interpolate(&text, &offsets, drop_last)
    }

    fn interpolate(
        &mut self,
        text: &str,
        offsets: &[usize],
        drop_last: bool,
    ) -> Result<ExprKind, Error> {
        if self.context.depth == MAX_DEPTH {
            return Err(self.error(ErrorKind::BracketsTooDeep, self.at, self.at + 1));
        }
        self.context.depth += 1;
        let nodes = Scanner::new(text, self.origin.inside(offsets), self.context).run();
        self.context.depth -= 1;
        Ok(simplify(Interpolated { nodes: nodes?, drop_last }))
    }

    /// `\u0041` and doubled quotes decoded, and for each byte of the result, and its end, where it stands in the source.
    fn decode(&self, inner: &str, start: usize) -> Result<(String, Vec<usize>), Error> {
        let (text, offsets) = self.decode_unicode(inner, start)?;
        let (mut decoded, mut places) =
            (String::with_capacity(text.len()), Vec::with_capacity(offsets.len()));
        let mut skip = false;
        for (i, c) in text.char_indices() {
            if skip {
                skip = false;
                continue;
            }
            decoded.push(c);
            places.extend_from_slice(&offsets[i..i + c.len_utf8()]);
            skip = c == '"' && text[i + 1..].starts_with('"');
        }
        places.push(start + inner.len());
        Ok((decoded, places))
    }

    fn decode_unicode(&self, inner: &str, start: usize) -> Result<(String, Vec<usize>), Error> {
        let mut text = String::with_capacity(inner.len());
        let mut offsets = Vec::with_capacity(inner.len() + 1);
        let mut rest = inner;
        let mut high: Option<u16> = None;
        while !rest.is_empty() {
            let at = start + inner.len() - rest.len();
            let (decoded, length) = match rest.strip_prefix("\\u") {
                Some(digits) => (self.unit(digits, at, &mut high)?, 6),
                None => {
                    let c = rest.chars().next();
                    (c.map(String::from).unwrap_or_default(), c.map_or(1, char::len_utf8))
                }
            };
            offsets.extend((0..decoded.len()).map(|i| at + if length == 6 { 0 } else { i }));
            text.push_str(&decoded);
            rest = &rest[length..];
        }
        Ok((text, offsets))
    }

    /// One `\uXXXX`; the first half of a surrogate pair waits in `high` for the second.
    fn unit(&self, digits: &str, at: usize, high: &mut Option<u16>) -> Result<String, Error> {
        let unit = digits.get(..4).and_then(|d| u16::from_str_radix(d, 16).ok());
        let Some(unit) = unit else {
            let end = digits.char_indices().nth(4).map_or(digits.len(), |(i, _)| i);
            return Err(self.error(ErrorKind::UnicodeEscape, at, at + 2 + end));
        };
        let next_is_low = digits.get(4..6) == Some("\\u")
            && digits
                .get(6..10)
                .and_then(|d| u16::from_str_radix(d, 16).ok())
                .is_some_and(|u| (0xDC00..0xE000).contains(&u));
        if (0xD800..0xDC00).contains(&unit) && next_is_low {
            *high = Some(unit);
            return Ok(String::new());
        }
        let units: Vec<u16> = high.take().into_iter().chain([unit]).collect();
        // A lone surrogate has no place in UTF-8: Java's encoder writes `?`.
        Ok(char::decode_utf16(units).map(|c| c.unwrap_or('?')).collect())
    }
}

/// Takes the added blank away at once where it is sure to be the last thing that prints, and the template where the
/// string turned out to be plain text.
fn simplify(mut string: Interpolated) -> ExprKind {
    let plain = |n: &Node| matches!(n, Node::Text(_) | Node::Reference(_) | Node::Set(_));
    if string.drop_last
        && string.nodes.iter().all(plain)
        && let Some(Node::Text(last)) = string.nodes.last_mut()
        && last.text.ends_with(' ')
    {
        last.text.pop();
        string.drop_last = false;
        if last.text.is_empty() {
            string.nodes.pop();
        }
    }
    match string.nodes.as_slice() {
        [] if !string.drop_last => ExprKind::Text(String::new()),
        [Node::Text(Text { text, .. })] if !string.drop_last => ExprKind::Text(text.clone()),
        _ => ExprKind::Interpolated(string),
    }
}
