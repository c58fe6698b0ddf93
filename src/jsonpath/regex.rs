//! The regular expressions of `=~`: Java's, matched against whole texts.

use crate::java::regex;

/// Matches whole texts, as `java.util.regex.Matcher.matches` does.
#[derive(Clone, Debug)]
pub(super) struct Pattern(regex::Pattern);

impl Pattern {
    /// Compiles what stands between the slashes, with the letters after them.
    pub(super) fn compile(regex: &str, flags: &str) -> Result<Self, String> {
        let pattern =
            if flags.is_empty() { regex.to_owned() } else { format!("(?{flags}){regex}") };
        regex::Pattern::compile(&pattern).map(Self).map_err(|error| error.to_string())
    }

    /// Tells whether the whole text matches; a search that outgrows its limit counts as none.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.0.matches(text).unwrap_or(false)
    }
}
