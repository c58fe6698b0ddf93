//! `java.util.Base64`: the standard alphabet, padded, no line breaks.

use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use base64::engine::{DecodePaddingMode, Engine};
use base64::{DecodeError, alphabet};

use super::utf8;

/// Java's decoder takes a text without padding, and does not mind bits that are left over.
const DECODER: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Appends bytes in Base64.
pub(crate) fn encode(bytes: &[u8], out: &mut String) {
    STANDARD.encode_string(bytes, out);
}

/// Appends the text that is encoded; bytes that are no UTF-8 become U+FFFD.
///
/// # Errors
/// Java's message for what is no Base64.
pub(crate) fn decode(text: &str, out: &mut String) -> Result<(), String> {
    let bytes = decode_bytes(text.as_bytes())?;
    out.push_str(&utf8::decode(&bytes));
    Ok(())
}

/// The bytes that are encoded.
///
/// # Errors
/// Java's message for what is no Base64.
pub(crate) fn decode_bytes(text: &[u8]) -> Result<Vec<u8>, String> {
    // Padding may be left out, but not half of it.
    if text.ends_with(b"=") && !text.len().is_multiple_of(4) {
        return Err("Input byte array has wrong 4-byte ending unit".to_owned());
    }
    DECODER.decode(text).map_err(|error| match error {
        DecodeError::InvalidByte(_, byte) => format!("Illegal base64 character {byte:x}"),
        DecodeError::InvalidLength(_) => "Last unit does not have enough valid bits".to_owned(),
        _ => "Input byte array has wrong 4-byte ending unit".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_as_java_does() {
        let decoded = |text: &str| {
            let mut out = String::new();
            decode(text, &mut out).map(|()| out)
        };
        assert_eq!(decoded("aMOpbGxv"), Ok("héllo".into()));
        assert_eq!(decoded("YQ"), Ok("a".into()));
        assert_eq!(decoded("/w=="), Ok("\u{fffd}".into()));
        assert!(decoded("ak=").is_err() && decoded("aks==").is_err());
        assert!(decoded("a b=").is_err() && decoded("a").is_err());
    }
}
