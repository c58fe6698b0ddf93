//! `java.util.regex` as far as `String` shows it: `matches`, `replaceAll`, `replaceFirst`, `split`.
//!
//! ```text
//! translate.rs  Java's syntax → that of the crate `fancy-regex`
//! replace.rs    `$1` and `\$` in replacements
//! ```
//!
//! A pattern without any metacharacter, which is what templates mostly have, never meets a regex engine.

mod replace;
#[cfg(feature = "regex")]
mod translate;

use std::fmt;

use replace::Replacement;

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(crate) struct Pattern(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Literal(String),
    #[cfg(feature = "regex")]
    Regex(Box<Regexes>),
}

#[cfg(feature = "regex")]
#[derive(Debug, Clone)]
struct Regexes {
    find: fancy_regex::Regex,
    whole: fancy_regex::Regex,
}

/// What is wrong with a pattern, or with its use: Java's message as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RegexError(pub(crate) String);

impl fmt::Display for RegexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One match: where, and its groups.
struct Match<'p, 't> {
    start: usize,
    end: usize,
    groups: Groups<'p, 't>,
}

enum Groups<'p, 't> {
    None(std::marker::PhantomData<(&'p (), &'t ())>),
    #[cfg(feature = "regex")]
    Some(&'p fancy_regex::Regex, fancy_regex::Captures<'t, str>),
}

impl Match<'_, '_> {
    /// The text of a group; `Err` where the pattern has no such group.
    fn group<'t>(&self, number: usize, text: &'t str) -> Result<&'t str, ()> {
        match (number, &self.groups) {
            (0, _) => Ok(&text[self.start..self.end]),
            (_, Groups::None(_)) => Err(()),
            #[cfg(feature = "regex")]
            (_, Groups::Some(regex, captures)) if number < regex.captures_len() => {
                Ok(captures.get(number).map_or("", |m| &text[m.start()..m.end()]))
            }
            #[cfg(feature = "regex")]
            _ => Err(()),
        }
    }

    /// The number of a named group.
    fn named(&self, name: &str) -> Option<usize> {
        match &self.groups {
            Groups::None(_) => None,
            #[cfg(feature = "regex")]
            Groups::Some(regex, _) => regex.capture_names().position(|n| n == Some(name)),
        }
    }
}

impl Pattern {
    /// Compiles a pattern in Java's syntax.
    pub(crate) fn compile(pattern: &str) -> Result<Pattern, RegexError> {
        if let Some(literal) = literal(pattern) {
            return Ok(Pattern(Kind::Literal(literal)));
        }
        Pattern::compile_regex(pattern)
    }

    #[cfg(feature = "regex")]
    fn compile_regex(pattern: &str) -> Result<Pattern, RegexError> {
        let translated = translate::translate(pattern)?;
        let build = |text: &str| {
            fancy_regex::RegexBuilder::new(text)
                .backtrack_limit(1_000_000)
                .build()
                .map_err(|e| RegexError(format!("{e} near `{pattern}`")))
        };
        let (find, whole) = (build(&translated)?, build(&format!(r"\A(?:{translated})\z"))?);
        Ok(Pattern(Kind::Regex(Box::new(Regexes { find, whole }))))
    }

    #[cfg(not(feature = "regex"))]
    fn compile_regex(pattern: &str) -> Result<Pattern, RegexError> {
        Err(RegexError(format!(
            "`{pattern}` is a regular expression, and this build of transom has none"
        )))
    }

    /// Whether the whole text matches.
    pub(crate) fn matches(&self, text: &str) -> Result<bool, RegexError> {
        match &self.0 {
            Kind::Literal(literal) => Ok(text == literal),
            #[cfg(feature = "regex")]
            Kind::Regex(regexes) => {
                regexes.whole.is_match(text).map_err(|e| RegexError(e.to_string()))
            }
        }
    }

    /// The first match at or behind a place.
    fn find_at<'p, 't>(
        &'p self,
        text: &'t str,
        from: usize,
    ) -> Result<Option<Match<'p, 't>>, RegexError> {
        match &self.0 {
            Kind::Literal(literal) => Ok(text[from..].find(literal.as_str()).map(|at| Match {
                start: from + at,
                end: from + at + literal.len(),
                groups: Groups::None(std::marker::PhantomData),
            })),
            #[cfg(feature = "regex")]
            Kind::Regex(regexes) => {
                let found = regexes
                    .find
                    .captures_from_pos(text, from)
                    .map_err(|e| RegexError(e.to_string()))?;
                Ok(found.and_then(|captures| {
                    let whole = captures.get(0)?;
                    let (start, end) = (whole.start(), whole.end());
                    Some(Match { start, end, groups: Groups::Some(&regexes.find, captures) })
                }))
            }
        }
    }

    /// All matches in order: behind an empty one the search goes on a character further.
    fn each_match<'p, 't>(
        &'p self,
        text: &'t str,
        mut visit: impl FnMut(Match<'p, 't>) -> Result<bool, RegexError>,
    ) -> Result<(), RegexError> {
        let mut from = 0;
        while let Some(found) = self.find_at(text, from)? {
            let (start, end) = (found.start, found.end);
            if !visit(found)? {
                return Ok(());
            }
            from = end;
            if start == end {
                match text[end..].chars().next() {
                    Some(c) => from = end + c.len_utf8(),
                    None => return Ok(()),
                }
            }
        }
        Ok(())
    }

    /// Appends the text with every match replaced.
    pub(crate) fn replace_all(
        &self,
        text: &str,
        replacement: &str,
        out: &mut String,
    ) -> Result<(), RegexError> {
        self.replace(text, replacement, true, out)
    }

    /// Appends the text with the first match replaced.
    pub(crate) fn replace_first(
        &self,
        text: &str,
        replacement: &str,
        out: &mut String,
    ) -> Result<(), RegexError> {
        self.replace(text, replacement, false, out)
    }

    fn replace(
        &self,
        text: &str,
        replacement: &str,
        all: bool,
        out: &mut String,
    ) -> Result<(), RegexError> {
        let mut kept = 0;
        let replacement = Replacement::new(replacement);
        self.each_match(text, |found| {
            out.push_str(&text[kept..found.start]);
            kept = found.end;
            replacement.append(&found, text, out)?;
            Ok(all)
        })?;
        out.push_str(&text[kept..]);
        Ok(())
    }

    /// Whether the pattern matches anywhere.
    pub(crate) fn occurs_in(&self, text: &str) -> Result<bool, RegexError> {
        let mut occurs = false;
        self.each_match(text, |_| {
            occurs = true;
            Ok(false)
        })?;
        Ok(occurs)
    }

    /// `String.split`: without a limit, empty pieces at the end are dropped.
    pub(crate) fn split<'t>(&self, text: &'t str, limit: i32) -> Result<Vec<&'t str>, RegexError> {
        let mut pieces = Vec::new();
        let mut kept = 0;
        let most = usize::try_from(limit).ok().filter(|limit| *limit > 0);
        self.each_match(text, |found| {
            if most.is_some_and(|most| pieces.len() + 1 == most) {
                return Ok(false);
            }
            // A match of nothing at the beginning makes no piece.
            if found.end > 0 {
                pieces.push(&text[kept..found.start]);
                kept = found.end;
            }
            Ok(true)
        })?;
        if pieces.is_empty() && kept == 0 {
            return Ok(vec![text]);
        }
        pieces.push(&text[kept..]);
        if limit == 0 {
            while pieces.last().is_some_and(|piece| piece.is_empty()) {
                pieces.pop();
            }
        }
        Ok(pieces)
    }
}

/// The text that a pattern without metacharacters stands for: `a\.b` is `a.b`.
fn literal(pattern: &str) -> Option<String> {
    let mut literal = String::with_capacity(pattern.len());
    let mut characters = pattern.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next()? {
                // Behind a backslash letters and digits mean something, everything else itself.
                escaped if escaped.is_ascii_alphanumeric() => return None,
                escaped => literal.push(escaped),
            },
            '.' | '[' | '(' | ')' | '{' | '*' | '+' | '?' | '^' | '$' | '|' => return None,
            c => literal.push(c),
        }
    }
    // An empty pattern matches everywhere, which is the engine's business.
    (!literal.is_empty()).then_some(literal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replace_all(text: &str, pattern: &str, replacement: &str) -> String {
        let mut out = String::new();
        match Pattern::compile(pattern).and_then(|p| p.replace_all(text, replacement, &mut out)) {
            Ok(()) => out,
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn literals_need_no_engine() {
        assert_eq!(replace_all("it\\'s", "\\\\'", "'"), "it's");
        assert_eq!(replace_all("a.b.c", "\\.", "$0$0"), "a..b..c");
        assert_eq!(Pattern::compile("=").unwrap().split("a=b==", 0), Ok(vec!["a", "b"]));
        assert_eq!(Pattern::compile("=").unwrap().split("a=b==", -1), Ok(vec!["a", "b", "", ""]));
        assert_eq!(Pattern::compile(",").unwrap().split("", 0), Ok(vec![""]));
        assert_eq!(Pattern::compile(",").unwrap().split("a,b,c", 2), Ok(vec!["a", "b,c"]));
    }

    #[cfg(feature = "regex")]
    #[test]
    fn expressions() {
        assert_eq!(replace_all("aaa", "a*", "x"), "xx");
        assert_eq!(replace_all("hello", "(h)(e)", "$2$1$12"), "ehh2llo");
        assert_eq!(replace_all("a-b", "(?<x>\\w)-", "${x}+"), "a+b");
        assert_eq!(replace_all("ab", "", "-"), "-a-b-");
        assert_eq!(Pattern::compile("").unwrap().split("abc", 0), Ok(vec!["a", "b", "c"]));
        assert_eq!(Pattern::compile(".").unwrap().split("a.b", 0), Ok(vec![]));
        assert!(replace_all("a", "a", "$1").starts_with("error"));
        assert_eq!(replace_all("b", "a", "$1"), "b");
    }
}
