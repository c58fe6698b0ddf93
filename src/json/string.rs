//! Strings of JSON: where they end, and what their escapes mean.

use std::borrow::Cow;

use super::tape::{ESCAPED, Node};

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Finds the end of the string that begins behind its quote at `start`. Answers where the closing quote is, whether there
/// are escapes, and whether all is ASCII below U+007F. `None` when it is never closed or holds a control character.
#[inline]
pub(super) fn scan(bytes: &[u8], start: usize) -> Option<(usize, bool, bool)> {
    let (mut at, mut escaped, mut plain) = (start, false, true);
    loop {
        // Eight bytes at a time: any quote, backslash, control character or byte above 0x7E among them?
        while let Some(chunk) = bytes.get(at..at + 8).and_then(|c| <[u8; 8]>::try_from(c).ok()) {
            let word = u64::from_le_bytes(chunk);
            let equals = |byte: u8| {
                let difference = word ^ (ONES * u64::from(byte));
                difference.wrapping_sub(ONES) & !difference & HIGH
            };
            let control = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
            let special = equals(b'"') | equals(b'\\') | control;
            let above = (word | word.wrapping_add(ONES)) & HIGH;
            if special == 0 {
                plain &= above == 0;
                at += 8;
                continue;
            }
            // The lowest special byte is exact; those above it may be borrows.
            let offset = (special.trailing_zeros() / 8) as usize;
            plain &= above & ((1u64 << (offset * 8)).wrapping_sub(1)) == 0;
            at += offset;
            break;
        }
        match *bytes.get(at)? {
            b'"' => return Some((at, escaped, plain)),
            b'\\' => {
                escaped = true;
                at += 2;
            }
            0..=0x1F => return None,
            byte => {
                plain &= byte < 0x7F;
                at += 1;
            }
        }
    }
}

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

/// What a string node means.
pub(super) fn decode(text: &str, node: Node) -> Cow<'_, str> {
    let raw = &text[node.start as usize..node.end as usize];
    if node.has(ESCAPED) { Cow::Owned(unescape(raw)) } else { Cow::Borrowed(raw) }
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
