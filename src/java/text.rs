//! `java.lang.String` on UTF-8: positions and lengths count UTF-16 units, as in Java, at the price of a walk where a text
//! is not all ASCII.
//!
//! A lone surrogate, which Java's strings can hold and UTF-8 cannot, is `?`: what Java's encoder writes for it.

use std::cmp::Ordering;

/// The number of UTF-16 units.
pub(crate) fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() }
}

/// The byte offset of a UTF-16 position up to the length; a position inside a surrogate pair gives the pair's start and
/// `true`.
fn offset(text: &str, position: usize) -> Option<(usize, bool)> {
    if text.is_ascii() {
        return (position <= text.len()).then_some((position, false));
    }
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units == position {
            return Some((at, false));
        }
        units += c.len_utf16();
        if units > position {
            return Some((at, true));
        }
    }
    (units == position).then_some((text.len(), false))
}

/// The UTF-16 position of a byte offset.
fn position(text: &str, offset: usize) -> usize {
    length(&text[..offset])
}

/// `charAt`
pub(crate) fn char_at(text: &str, index: i32) -> Option<u16> {
    let index = usize::try_from(index).ok()?;
    if text.is_ascii() {
        text.as_bytes().get(index).copied().map(u16::from)
    } else {
        text.encode_utf16().nth(index)
    }
}

/// `substring(begin, end)`, and `substring(begin)` with the end at the length.
///
/// # Errors
/// Java's message when the range is not inside the text.
pub(crate) fn substring(
    text: &str,
    begin: i32,
    end: Option<i32>,
) -> Result<std::borrow::Cow<'_, str>, String> {
    let length = || length(text);
    let message = |end: i64| format!("begin {begin}, end {end}, length {}", length());
    let last = match end {
        Some(end) => end,
        None => i32::try_from(length()).unwrap_or(i32::MAX),
    };
    let (Ok(from), Ok(to)) = (usize::try_from(begin), usize::try_from(last)) else {
        return Err(message(last.into()));
    };
    if from > to {
        return Err(message(last.into()));
    }
    let (Some((start, split_start)), Some((stop, split_stop))) =
        (offset(text, from), offset(text, to))
    else {
        return Err(message(last.into()));
    };
    if !split_start && !split_stop {
        return Ok((&text[start..stop]).into());
    }
    let units: Vec<u16> = text.encode_utf16().skip(from).take(to - from).collect();
    Ok(from_units(&units).into())
}

/// A text of UTF-16 units; lone surrogates become `?`.
pub(crate) fn from_units(units: &[u16]) -> String {
    char::decode_utf16(units.iter().copied()).map(|c| c.unwrap_or('?')).collect()
}

/// Appends one UTF-16 unit.
pub(crate) fn push_unit(unit: u16, out: &mut String) {
    out.push(char::from_u32(unit.into()).unwrap_or('?'));
}

/// `indexOf(part, from)`
pub(crate) fn index_of(text: &str, part: &str, from: i32) -> i32 {
    let from = usize::try_from(from).unwrap_or(0);
    let Some((start, _)) = offset(text, from.min(length(text))) else { return -1 };
    found(text, text[start..].find(part).map(|at| start + at))
}

/// `lastIndexOf(part, from)`
pub(crate) fn last_index_of(text: &str, part: &str, from: i32) -> i32 {
    let Ok(from) = usize::try_from(from) else { return -1 };
    let Some((start, _)) = offset(text, from.min(length(text))) else { return -1 };
    // The match may begin at `from` at the latest.
    let mut end = (start + part.len()).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    found(text, text[..end].rfind(part))
}

fn found(text: &str, at: Option<usize>) -> i32 {
    at.map_or(-1, |at| i32::try_from(position(text, at)).unwrap_or(i32::MAX))
}

/// `startsWith(prefix, offset)`
pub(crate) fn starts_with_at(text: &str, prefix: &str, from: i32) -> bool {
    usize::try_from(from)
        .ok()
        .and_then(|from| offset(text, from))
        .is_some_and(|(at, split)| !split && text[at..].starts_with(prefix))
}

/// `equalsIgnoreCase`: unit by unit, by upper and then by lower case.
pub(crate) fn equals_ignore_case(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || a.chars().map(fold).eq(b.chars().map(fold))
}

/// Java compares single characters: one upper-case and then one lower-case letter, never a sequence.
fn fold(c: char) -> char {
    let one =
        |mut sequence: Box<dyn Iterator<Item = char>>| match (sequence.next(), sequence.next()) {
            (Some(single), None) => Some(single),
            _ => None,
        };
    let upper = one(Box::new(c.to_uppercase())).unwrap_or(c);
    one(Box::new(upper.to_lowercase())).unwrap_or(upper)
}

/// `compareTo`: the difference of the first units that differ, else of the lengths.
pub(crate) fn compare_to(a: &str, b: &str) -> i32 {
    compare_units(a.encode_utf16(), b.encode_utf16(), length(a), length(b))
}

/// `compareToIgnoreCase`
pub(crate) fn compare_to_ignore_case(a: &str, b: &str) -> i32 {
    let units = |text: &str| {
        text.chars().map(fold).collect::<String>().encode_utf16().collect::<Vec<u16>>()
    };
    compare_units(units(a).into_iter(), units(b).into_iter(), length(a), length(b))
}

fn compare_units(
    a: impl Iterator<Item = u16>,
    b: impl Iterator<Item = u16>,
    a_length: usize,
    b_length: usize,
) -> i32 {
    let different = a.zip(b).find(|(a, b)| a.cmp(b) != Ordering::Equal);
    let lengths = || i64::try_from(a_length).unwrap_or(0) - i64::try_from(b_length).unwrap_or(0);
    different.map_or_else(|| lengths() as i32, |(a, b)| i32::from(a) - i32::from(b))
}

/// `trim`: everything up to U+0020 goes, nothing else.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|c| c <= ' ')
}

/// `Character.isWhitespace`, for `strip` and `isBlank`: Unicode's blanks, but not those that do not break a line.
pub(crate) fn is_whitespace(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\u{1c}'..='\u{1f}')
        || c.is_whitespace() && !matches!(c, '\u{85}' | '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// `String.hashCode()`
pub(crate) fn hash_code(text: &str) -> i32 {
    text.encode_utf16().fold(0i32, |hash, unit| hash.wrapping_mul(31).wrapping_add(i32::from(unit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_utf_16_units() {
        let text = "aé😀b";
        assert_eq!(length(text), 5);
        assert_eq!(substring(text, 1, Some(4)).unwrap(), "é😀");
        assert_eq!(substring(text, 2, Some(3)).unwrap(), "?");
        assert_eq!(substring(text, 4, None).unwrap(), "b");
        assert_eq!(index_of(text, "b", 0), 4);
        assert_eq!(char_at(text, 1), Some(0xE9));
    }

    #[test]
    fn ranges_outside_of_the_text_say_what_java_says() {
        assert_eq!(substring("hello", 9, None), Err("begin 9, end 5, length 5".into()));
        assert_eq!(substring("hello", -1, None), Err("begin -1, end 5, length 5".into()));
        assert_eq!(substring("hello", 3, Some(2)), Err("begin 3, end 2, length 5".into()));
    }

    #[test]
    fn searches_from_a_position() {
        assert_eq!(
            (index_of("abcabc", "c", 3), index_of("abc", "x", 0), index_of("abc", "", 9)),
            (5, -1, 3)
        );
        assert_eq!(
            (
                last_index_of("abcabc", "b", 3),
                last_index_of("abcabc", "abc", 99),
                last_index_of("abc", "", 1)
            ),
            (1, 3, 1)
        );
    }

    #[test]
    fn compares_as_java_does() {
        assert_eq!(
            (compare_to("apple", "banana"), compare_to("ab", "abc"), compare_to("b", "a")),
            (-1, -1, 1)
        );
        assert!(equals_ignore_case("straße", "STRAßE") && !equals_ignore_case("ss", "ß"));
    }
}
