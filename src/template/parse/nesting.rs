//! A look ahead at brackets: the grammar recurses on them, so their depth is bounded before it runs.

use super::MAX_BRACKETS;

/// The offset of the bracket that is one too many, if there is one in the construct that begins with `text`: a name
/// with its `(…)` and `[…]`. Stops where the construct ends, so that all calls together are linear.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut hashes = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'(' | b'[' | b'{' => {
                depth += 1;
                if depth > MAX_BRACKETS {
                    return Some(at);
                }
            }
            b')' | b']' | b'}' => {
                if depth == 0 {
                    return None;
                }
                depth -= 1;
                if depth == 0 {
                    at += next_step(bytes.get(at + 1..).unwrap_or_default())?;
                }
            }
            // The next directive is another construct.
            b'#' if depth == 0 && hashes == 1 => return None,
            b'#' if depth == 0 => hashes += 1,
            quote @ (b'"' | b'\'') if depth > 0 => {
                at += memchr::memchr(*quote, bytes.get(at + 1..).unwrap_or_default())? + 1;
            }
            b if depth == 0 && !(b.is_ascii_alphanumeric() || b"_-.#@ \t\r\n".contains(b)) => {
                return None;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// How many sigils are passed over before the next step of a reference, `.name` or `[`; `None` where there is none.
fn next_step(behind: &[u8]) -> Option<usize> {
    let sigils = behind.iter().take_while(|b| b"$#!\\".contains(b)).count();
    matches!(behind.get(sigils), Some(b'.' | b'[')).then_some(sigils)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_counted_outside_of_strings() {
        let deep = format!("a.b({}", "[".repeat(MAX_BRACKETS));
        assert_eq!(too_deep(&deep), Some(deep.len() - 1));
        assert_eq!(too_deep(&format!("a.b('{deep}')")), None);
        assert_eq!(too_deep(&format!("a) {deep}")), None);
        assert_eq!(too_deep(&format!("set($a = 1) {deep}")), None);
        assert!(too_deep(&format!("a.b(1)$.c{}", &deep[3..])).is_some());
        assert_eq!(too_deep(&format!("if(a)b#{deep}")), None);
        assert!(too_deep(&format!("a(b)[0].c{deep}")).is_some());
    }
}
