//! `java.net.URLEncoder` and `URLDecoder` in UTF-8.

use std::fmt::Write;

/// Appends a text in the form of HTML forms: blanks as `+`, all but letters, digits and `.-*_` as `%XX`.
pub(crate) fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'*' | b'_' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            _ => {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

/// Appends what a text in that form means; bytes that are no UTF-8 become U+FFFD.
///
/// # Errors
/// Java's message for a `%` without two hexadecimal digits.
pub(crate) fn decode(text: &str, out: &mut String) -> Result<(), String> {
    if !text.contains(['%', '+']) {
        out.push_str(text);
        return Ok(());
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'+' => decoded.push(b' '),
            b'%' => {
                let Some(digits) = text.get(at + 1..at + 3) else {
                    return Err("URLDecoder: Incomplete trailing escape (%) pattern".to_owned());
                };
                // Integer.parseInt takes a plus sign.
                decoded.push(u8::from_str_radix(digits, 16).map_err(|_| {
                    format!("URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: \"{digits}\"")
                })?);
                at += 2;
            }
            other => decoded.push(*other),
        }
        at += 1;
    }
    out.push_str(&super::utf8::decode(&decoded));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let mut out = String::new();
        encode("a b&c=d/é~*", &mut out);
        assert_eq!(out, "a+b%26c%3Dd%2F%C3%A9%7E*");
        let mut back = String::new();
        assert_eq!(decode(&out, &mut back), Ok(()));
        assert_eq!(back, "a b&c=d/é~*");
        assert!(decode("%zz", &mut back).is_err() && decode("%2", &mut back).is_err());
    }
}
