//! commons-lang's `StringEscapeUtils.escapeJavaScript`.

use std::fmt::Write;

/// Appends a text with `'`, `"`, `\` and `/` behind a backslash, control characters as `\n` or `\u0001`, and everything
/// above U+007F as `\uXXXX`. The `\'` is not JSON: API Gateway's guide tells users to replace it again.
pub(crate) fn escape_java_script(text: &str, out: &mut String) {
    let mut clean = 0;
    for (at, c) in text.char_indices() {
        let short = match c {
            '\'' | '"' | '\\' | '/' => c,
            '\u{8}' => 'b',
            '\n' => 'n',
            '\t' => 't',
            '\u{c}' => 'f',
            '\r' => 'r',
            ' '..='\u{7f}' => continue,
            _ => '\0',
        };
        out.push_str(&text[clean..at]);
        clean = at + c.len_utf8();
        if short == '\0' {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "\\u{unit:04X}");
            }
        } else {
            out.push('\\');
            out.push(short);
        }
    }
    out.push_str(&text[clean..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_as_commons_lang_does() {
        let mut out = String::new();
        escape_java_script("it's \"a\" \\ / \n\u{1}\u{7f}é😀", &mut out);
        assert_eq!(out, "it\\'s \\\"a\\\" \\\\ \\/ \\n\\u0001\u{7f}\\u00E9\\uD83D\\uDE00");
    }
}
