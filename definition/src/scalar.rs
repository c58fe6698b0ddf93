//! A scalar as YAML writes it, and the text it means → which byte of the text stands where.

/// How the scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Single,
    Double,
    /// `|` and `>`
    Block,
}

/// Pairs of a byte of `text` and the byte of `written` that it came from; between two of them both go on together.
/// `written` is without its quotes.
pub(crate) fn align(text: &str, written: &str, style: Style) -> Vec<(usize, usize)> {
    let mut pairs = vec![(0, 0)];
    if text == written {
        return pairs;
    }
    let (mut t, mut w) = (0, 0);
    while let (Some(meant), Some(seen)) = (first(text, t), first(written, w)) {
        let folds = blank(&written[w..]);
        if style == Style::Block && meant.is_ascii_whitespace() && folds > 0 {
            let (meant, seen) = (&text[t..t + blank(&text[t..])], &written[w..w + folds]);
            // The indentation of the next line belongs to YAML, what is beyond it to the text.
            let last_line = |run: &str| run.len() - run.rfind('\n').map_or(0, |at| at + 1);
            let kept = last_line(meant).min(last_line(seen));
            t += meant.len();
            w += seen.len();
            pairs.push((t - kept, w - kept));
            continue;
        }
        if style != Style::Block && written[w..w + folds].contains('\n') {
            let ends = written[w..w + folds].matches('\n').count();
            t += (ends - 1).max(1);
            w += folds;
            pairs.push((t, w));
            continue;
        }
        match (style, seen) {
            (Style::Double, '\\') => {
                let behind = first(written, w + 1);
                if matches!(behind, Some('\n' | '\r')) {
                    w += 1 + blank(&written[w + 1..]);
                } else {
                    w += escape(&written[w..]);
                    t += meant.len_utf8();
                }
                pairs.push((t, w));
            }
            (Style::Single, '\'') => {
                t += 1;
                w += 2;
                pairs.push((t, w));
            }
            _ if meant == seen => {
                t += meant.len_utf8();
                w += seen.len_utf8();
            }
            // Not understood: the rest keeps the last place that is.
            _ => break,
        }
    }
    // Of several places for one byte the last is where it stands: what is before it is layout.
    pairs.reverse();
    pairs.dedup_by_key(|pair| pair.0);
    pairs.reverse();
    pairs
}

fn first(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The length of the white space at the start.
fn blank(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t', '\n', '\r']).len()
}

/// The length of an escape: `\n`, `\x41`, `\u00e9`, `\ud83d\ude00`.
fn escape(written: &str) -> usize {
    let length = match first(written, 1) {
        Some('x') => 4,
        Some('u') => match written.get(2..6).and_then(|hex| u16::from_str_radix(hex, 16).ok()) {
            Some(0xd800..=0xdbff) => 12,
            _ => 6,
        },
        Some('U') => 10,
        Some(c) => 1 + c.len_utf8(),
        None => 1,
    };
    length.min(written.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every letter of the text stands where the pairs say.
    fn check(text: &str, written: &str, style: Style) {
        let pairs = align(text, written, style);
        for (at, letter) in text.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()) {
            let (t, w) = pairs.iter().rev().find(|(t, _)| *t <= at).copied().unwrap_or_default();
            let found = written.get(w + at - t..).and_then(|rest| rest.chars().next());
            assert_eq!(found, Some(letter), "{letter} of {text:?} in {written:?}: {pairs:?}");
        }
    }

    #[test]
    fn every_style_keeps_its_places() {
        check("a\n\n b ${c}\n", "a\n\n     b ${c}\n\n", Style::Block);
        check("f g\nh\n  i\nj", "f\n  g\n\n  h\n    i\n  j\n", Style::Block);
        check("a é z w", "a \\u00e9 \\\n   z\n   w", Style::Double);
        check("a\n \"b\"\tc", "a\\n \\\"b\\\"\\tc", Style::Double);
        check("a\nb c", "a\n\n  b\n  c", Style::Double);
        check("i's t", "i''s\n  t", Style::Single);
        check("p m", "p\r\n  m", Style::Plain);
    }
}
