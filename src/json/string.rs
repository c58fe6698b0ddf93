//! Strings of JSON: whether they are right and clean, and what their escapes mean.

use std::borrow::Cow;

use super::tape::{ESCAPED, Word};

/// Whether json-smart would write these bytes as they are: it escapes U+007F to U+009F and U+2000 to U+20FF.
pub(super) fn is_clean(bytes: &[u8]) -> bool {
    let mut previous = 0;
    for byte in bytes {
        match (previous, byte) {
            (_, 0x7F) | (0xC2, 0x80..=0x9F) | (0xE2, 0x80..=0x83) => return false,
            _ => previous = *byte,
        }
    }
    true
}

/// Whether every escape is one of JSON's.
pub(super) fn escapes_are_right(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        rest = match rest.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => &rest[at + 2..],
            Some(b'u')
                if rest
                    .get(at + 2..at + 6)
                    .is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit)) =>
            {
                &rest[at + 6..]
            }
            _ => return false,
        };
    }
    true
}

/// What a string node means. json-smart drops U+007F from a string with escapes, as it does control characters.
pub(super) fn decode(text: &str, word: Word, json_smart: bool) -> Cow<'_, str> {
    let raw = &text[word.start()..word.end()];
    match word.has(ESCAPED) {
        true if json_smart && raw.contains('\x7F') => {
            Cow::Owned(unescape(&raw.replace('\x7F', "")))
        }
        true => Cow::Owned(unescape(raw)),
        false => Cow::Borrowed(raw),
    }
}

/// Decodes the escapes of a string that was checked. A surrogate without its other half, which Java's strings can hold and
/// UTF-8 cannot, becomes `?`: what Java's encoder writes for it.
fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((clean, escape)) = rest.split_once('\\') {
        out.push_str(clean);
        let mut characters = escape.chars();
        let kind = characters.next().unwrap_or('\\');
        rest = characters.as_str();
        match kind {
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'u' => {
                let first = unit(&mut rest);
                let second = rest.strip_prefix("\\u").filter(|_| (0xD800..0xDC00).contains(&first));
                let low = second.and_then(|mut after| {
                    let low = unit(&mut after);
                    (0xDC00..0xE000).contains(&low).then_some((low, after))
                });
                match low {
                    Some((low, after)) => {
                        rest = after;
                        out.extend(char::decode_utf16([first, low]).map(|c| c.unwrap_or('?')));
                    }
                    None => out.push(char::from_u32(first.into()).unwrap_or('?')),
                }
            }
            other => out.push(other),
        }
    }
    out.push_str(rest);
    out
}

/// Four hexadecimal digits.
fn unit(rest: &mut &str) -> u16 {
    let (digits, after) = rest.split_at_checked(4).unwrap_or((rest, ""));
    *rest = after;
    u16::from_str_radix(digits, 16).unwrap_or(0xFFFD)
}
