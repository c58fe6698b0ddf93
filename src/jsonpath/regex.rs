//! The regular expressions of `=~`: the one place that knows which engine runs them.

use fancy_regex::{Regex, RegexBuilder};

/// Matches whole texts, as `java.util.regex.Matcher.matches` does.
#[derive(Clone, Debug)]
pub(super) struct Pattern(Regex);

impl Pattern {
    /// Compiles what stands between the slashes, with the letters after them.
    pub(super) fn compile(regex: &str, flags: &str) -> Result<Self, String> {
        let has = |flag| flags.contains(flag);
        let whole = format!(r"\A(?:{regex})\z");
        RegexBuilder::new(&whole)
            .case_insensitive(has('i'))
            .multi_line(has('m'))
            .dot_matches_new_line(has('s'))
            .ignore_whitespace(has('x'))
            .backtrack_limit(1_000_000)
            .build()
            .map(Self)
            .map_err(|error| error.to_string())
    }

    /// Tells whether the whole text matches; a search that outgrows its limit counts as none.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.0.is_match(text).unwrap_or(false)
    }
}
