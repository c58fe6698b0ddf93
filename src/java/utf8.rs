//! Bytes → text as `new String(bytes, UTF_8)` decodes them.

use std::borrow::Cow;

/// Decodes UTF-8; what is none becomes U+FFFD, one for each stretch that Java takes for one mistake.
///
/// Java differs from [`String::from_utf8_lossy`] in surrogates alone: `ED A0 80` is one mistake and not three.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let mut rest = match std::str::from_utf8(bytes) {
        Ok(text) => return Cow::Borrowed(text),
        Err(_) => bytes,
    };
    let mut text = String::with_capacity(bytes.len() + 16);
    while let Some(chunk) = rest.utf8_chunks().next() {
        text.push_str(chunk.valid());
        let mistake = &rest[chunk.valid().len()..];
        if mistake.is_empty() {
            break;
        }
        text.push(char::REPLACEMENT_CHARACTER);
        rest = &mistake[surrogate(mistake).unwrap_or(chunk.invalid().len())..];
    }
    Cow::Owned(text)
}

/// The length of an encoded surrogate, whole or cut off, at the beginning of `bytes`.
fn surrogate(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [0xED, 0xA0..=0xBF, 0x80..=0xBF, ..] => Some(3),
        [0xED, 0xA0..=0xBF, ..] => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_mistakes_as_java_does() {
        let decoded = |bytes: &[u8]| decode(bytes).replace('\u{fffd}', "?");
        assert_eq!(decoded(b"plain"), "plain");
        assert_eq!(decoded(b"\xd3\xb5\xbd("), "\u{4f5}?(");
        // Answers of a JDK.
        let cases: [(&[u8], &str); 12] = [
            (b"\xed\xa0\x80A", "?A"),
            (b"\xed\xa0A", "?A"),
            (b"\xed\xa0", "?"),
            (b"\xed\xb0\x80B", "?B"),
            (b"\xe2\x82A", "?A"),
            (b"\xe2\x82", "?"),
            (b"\xf4\x90\x80\x80", "????"),
            (b"\xf0\x9f\x98", "?"),
            (b"\xe0\x80A", "??A"),
            (b"\xf0\x80A", "??A"),
            (b"\xf8\x88\x80\x80", "????"),
            (b"A\xed", "A?"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(decoded(bytes), expected, "{bytes:x?}");
        }
    }
}
