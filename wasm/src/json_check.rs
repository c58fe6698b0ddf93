//! Whether a text is JSON, and where it stops being it.

use serde::de::IgnoredAny;
use serde_json::error::Category;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::diagnostic::finding_json;
use crate::utf16::Places;

/// A finding, JSON text, if the text is no JSON.
#[wasm_bindgen]
pub fn check_json(text: &str) -> Option<String> {
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    let words = error.to_string();
    let message = words.rfind(" at line ").map_or(words.as_str(), |end| &words[..end]);
    // serde_json counts columns in bytes and puts the end behind the last character.
    let line: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut start = match error.classify() {
        Category::Eof => text.trim_end().len(),
        _ => line + error.column().saturating_sub(1),
    };
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let length = text[start..].chars().next().map_or(0, char::len_utf8);
    Some(finding_json(text, &Places::new(text), start..start + length, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Option<(u64, u64)> {
        let found: serde_json::Value = serde_json::from_str(&check_json(text)?).unwrap();
        Some((found["start"].as_u64().unwrap(), found["line"].as_u64().unwrap()))
    }

    #[test]
    fn the_place_is_the_character_that_cannot_stand_there() {
        assert_eq!(place("{\"a\": 1}"), None);
        assert_eq!(place("{\"é\": }"), Some((6, 1)));
        assert_eq!(place("{\n\"a\": 1,\n}"), Some((10, 3)));
        assert_eq!(place("[1,\n"), Some((3, 1)));
        assert_eq!(place("\"\u{1f980}"), Some((3, 1)));
        assert_eq!(place(""), Some((0, 1)));
        assert_eq!(place("{} x"), Some((3, 1)));
    }

    #[test]
    fn nesting_has_no_end() {
        assert_eq!(place(&format!("{}{}", "[".repeat(20_000), "]".repeat(20_000))), None);
    }
}
