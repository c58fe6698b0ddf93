//! ECMA 262 regexes, which JSON Schema has in `pattern` and `patternProperties` → those of the crate `fancy-regex`.

/// A regex that may match anywhere in a text.
#[derive(Debug)]
pub(super) struct Pattern {
    /// As it was written
    pub(super) source: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// A regex without any metacharacter
    Literal(String),
    #[cfg(feature = "regex")]
    Regex(Box<fancy_regex::Regex>),
}

impl Pattern {
    /// Compiles a regex.
    ///
    /// # Errors
    /// What is wrong with it, in words that follow it.
    pub(super) fn compile(source: &str) -> Result<Pattern, String> {
        let literal = |c: char| {
            !matches!(
                c,
                '\\' | '^' | '$' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|'
            )
        };
        let kind = match source.chars().all(literal) {
            true => Kind::Literal(source.to_owned()),
            false => regex(source)?,
        };
        Ok(Pattern { source: source.to_owned(), kind })
    }

    /// Whether it matches; a regex that takes too long does not.
    pub(super) fn is_match(&self, text: &str) -> bool {
        match &self.kind {
            Kind::Literal(literal) => text.contains(literal.as_str()),
            #[cfg(feature = "regex")]
            Kind::Regex(regex) => regex.is_match(text).unwrap_or(false),
        }
    }
}

#[cfg(not(feature = "regex"))]
fn regex(_: &str) -> Result<Kind, String> {
    Err("is a regular expression, and this build of transom has none".to_owned())
}

#[cfg(feature = "regex")]
fn regex(source: &str) -> Result<Kind, String> {
    let translated = translate::translate(source)?;
    let regex = fancy_regex::RegexBuilder::new(&translated)
        .backtrack_limit(1_000_000)
        .build()
        .map_err(|error| format!("is no ECMA 262 regex: {error}"))?;
    Ok(Kind::Regex(Box::new(regex)))
}

#[cfg(feature = "regex")]
mod translate {
    use std::iter::Peekable;
    use std::str::Chars;

    const NOT_LINE_END: &str = r"[^\n\r\x{2028}\x{2029}]";
    /// What `\s` matches, without the brackets.
    const BLANKS: &str = r"\t\n\x0B\f\r \x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";
    const BOUNDARY: &str =
        r"(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_])|(?<![A-Za-z0-9_])(?=[A-Za-z0-9_]))";
    const NO_BOUNDARY: &str =
        r"(?:(?<=[A-Za-z0-9_])(?=[A-Za-z0-9_])|(?<![A-Za-z0-9_])(?![A-Za-z0-9_]))";

    /// What an escape stands for.
    enum Escape {
        Character(char),
        /// The inside of a class
        Class(&'static str),
        /// The inside of a class that is negated
        NotClass(&'static str),
        Boundary(bool),
        Group(u32),
    }

    pub(super) fn translate(source: &str) -> Result<String, String> {
        let mut out = String::with_capacity(source.len() * 2);
        let mut rest = source.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '^' => out.push_str(r"\A"),
                '$' => out.push_str(r"\z"),
                '.' => out.push_str(NOT_LINE_END),
                '[' => class(&mut rest, &mut out)?,
                '(' => group(&mut rest, &mut out)?,
                '{' => repetition(&mut rest, &mut out),
                '\\' => match escape(&mut rest, false)? {
                    Escape::Character(c) => literal(c, &mut out),
                    Escape::Class(inside) => out.push_str(&format!("[{inside}]")),
                    Escape::NotClass(inside) => out.push_str(&format!("[^{inside}]")),
                    Escape::Boundary(true) => out.push_str(BOUNDARY),
                    Escape::Boundary(false) => out.push_str(NO_BOUNDARY),
                    Escape::Group(number) => out.push_str(&format!("(?:\\{number})")),
                },
                '*' | '+' | '?' => {
                    out.push(c);
                    match rest.peek() {
                        // `a+?` is lazy; `a++` would be possessive elsewhere, and is nothing here.
                        Some('?') => out.extend(rest.next()),
                        Some('*' | '+') => {
                            return Err("is no ECMA 262 regex: nothing to repeat".to_owned());
                        }
                        _ => {}
                    }
                }
                ')' | '|' => out.push(c),
                c => literal(c, &mut out),
            }
        }
        Ok(out)
    }

    fn literal(c: char, out: &mut String) {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }

    /// A `{` was read: `{2}`, `{2,}` and `{2,3}` repeat, anything else is a brace.
    fn repetition(rest: &mut Peekable<Chars<'_>>, out: &mut String) {
        let inside: String = rest.clone().take_while(|c| *c != '}').collect();
        let closed = rest.clone().nth(inside.chars().count()) == Some('}');
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        let (least, most) = inside.split_once(',').unwrap_or((&inside, ""));
        if !closed || least.is_empty() || !digits(least) || !digits(most) {
            out.push_str(r"\{");
            return;
        }
        out.push_str(&format!("{{{inside}}}"));
        rest.by_ref().take(inside.len() + 1).for_each(drop);
        if rest.peek() == Some(&'?') {
            out.extend(rest.next());
        }
    }

    /// A `(` was read.
    fn group(rest: &mut Peekable<Chars<'_>>, out: &mut String) -> Result<(), String> {
        out.push('(');
        if rest.peek() != Some(&'?') {
            return Ok(());
        }
        rest.next();
        match rest.next() {
            Some(c @ (':' | '=' | '!')) => {
                out.push('?');
                out.push(c);
                Ok(())
            }
            _ => Err("is no ECMA 262 regex: only (?:, (?= and (?! can begin a group so".to_owned()),
        }
    }

    /// A `[` was read.
    fn class(rest: &mut Peekable<Chars<'_>>, out: &mut String) -> Result<(), String> {
        let unclosed = || "is no ECMA 262 regex: [ is never closed".to_owned();
        let negated = rest.next_if_eq(&'^').is_some();
        if rest.next_if_eq(&']').is_some() {
            // `[]` matches nothing, `[^]` everything.
            out.push_str(if negated { r"(?s:.)" } else { r"(?!)" });
            return Ok(());
        }
        out.push_str(if negated { "[^" } else { "[" });
        loop {
            let first = match rest.next().ok_or_else(unclosed)? {
                ']' => break,
                '\\' => escape(rest, true)?,
                c => Escape::Character(c),
            };
            let mut ahead = rest.clone();
            let is_range = ahead.next() == Some('-') && !matches!(ahead.next(), Some(']') | None);
            let Escape::Character(first) = first else {
                member(&first, out);
                continue;
            };
            if !is_range {
                literal(first, out);
                continue;
            }
            rest.next();
            let last = match rest.next().ok_or_else(unclosed)? {
                '\\' => escape(rest, true)?,
                c => Escape::Character(c),
            };
            match last {
                Escape::Character(last) if first <= last => {
                    literal(first, out);
                    out.push('-');
                    literal(last, out);
                }
                Escape::Character(_) => {
                    return Err("is no ECMA 262 regex: a range is out of order".to_owned());
                }
                // `[a-\d]`: three members
                class => {
                    literal(first, out);
                    literal('-', out);
                    member(&class, out);
                }
            }
        }
        out.push(']');
        Ok(())
    }

    fn member(escape: &Escape, out: &mut String) {
        match escape {
            Escape::Character(c) => literal(*c, out),
            Escape::Class(inside) => out.push_str(inside),
            Escape::NotClass(inside) => out.push_str(&format!("[^{inside}]")),
            // There are none in a class.
            Escape::Boundary(_) | Escape::Group(_) => {}
        }
    }

    /// A backslash was read.
    fn escape(rest: &mut Peekable<Chars<'_>>, in_class: bool) -> Result<Escape, String> {
        let Some(c) = rest.next() else {
            return Err("is no ECMA 262 regex: \\ at its end".to_owned());
        };
        Ok(match c {
            'd' => Escape::Class("0-9"),
            'D' => Escape::NotClass("0-9"),
            'w' => Escape::Class("A-Za-z0-9_"),
            'W' => Escape::NotClass("A-Za-z0-9_"),
            's' => Escape::Class(BLANKS),
            'S' => Escape::NotClass(BLANKS),
            'b' if in_class => Escape::Character('\u{8}'),
            'b' => Escape::Boundary(true),
            'B' if !in_class => Escape::Boundary(false),
            't' => Escape::Character('\t'),
            'n' => Escape::Character('\n'),
            'v' => Escape::Character('\u{b}'),
            'f' => Escape::Character('\u{c}'),
            'r' => Escape::Character('\r'),
            '0' => Escape::Character('\0'),
            'c' => match rest.next_if(char::is_ascii_alphabetic) {
                Some(letter) => Escape::Character(char::from(letter as u8 % 32)),
                None => Escape::Character('c'),
            },
            'x' => Escape::Character(hexadecimal(rest, 2).and_then(char::from_u32).unwrap_or('x')),
            'u' => Escape::Character(unit(rest).unwrap_or('u')),
            '1'..='9' if !in_class => {
                let mut number = c as u32 - '0' as u32;
                while let Some(digit) = rest.next_if(char::is_ascii_digit) {
                    number = number.saturating_mul(10).saturating_add(digit as u32 - '0' as u32);
                }
                Escape::Group(number)
            }
            c => Escape::Character(c),
        })
    }

    /// `\u0041`, or the two halves of a character beyond U+FFFF.
    fn unit(rest: &mut Peekable<Chars<'_>>) -> Option<char> {
        let first = hexadecimal(rest, 4)?;
        if !(0xD800..0xDC00).contains(&first) {
            return Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let mut ahead = rest.clone();
        if (ahead.next(), ahead.next()) == (Some('\\'), Some('u'))
            && let Some(second @ 0xDC00..0xE000) = hexadecimal(&mut ahead, 4)
        {
            *rest = ahead;
            return char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
        }
        Some(char::REPLACEMENT_CHARACTER)
    }

    fn hexadecimal(rest: &mut Peekable<Chars<'_>>, length: usize) -> Option<u32> {
        let mut ahead = rest.clone();
        let mut number = 0;
        for _ in 0..length {
            number = number * 16 + ahead.next()?.to_digit(16)?;
        }
        *rest = ahead;
        Some(number)
    }
}

#[cfg(all(test, feature = "regex"))]
mod tests {
    use super::*;

    fn is_match(pattern: &str, text: &str) -> bool {
        Pattern::compile(pattern).expect(pattern).is_match(text)
    }

    #[test]
    fn matches_as_ecma_262() {
        let cases = [
            ("b", "abc"),
            ("^[a-z]+$", "abc"),
            (r"^\d{3}-\d{4}$", "555-1234"),
            (r"^\w+@\w+\.com$", "me@example.com"),
            (r"^\s$", "\u{a0}"),
            (r"^\u00e9$", "é"),
            (r"^\ud83d\ude00$", "😀"),
            (r"^a{,2}$", "a{,2}"),
            (r"^[^]$", "\n"),
            (r"^(a)\1$", "aa"),
            (r"^[\w-]+$", "a-b"),
            (r"^[a\-z]$", "-"),
            (r"\bfoo\b", "a foo."),
            (r"^\/x\-$", "/x-"),
            (r"^[&&~~-]+$", "&~-"),
            (r"^(?=a)(?!ab)", "ac"),
            (r"^[\]\[]$", "["),
            (r"^a{2,3}?$", "aaa"),
            (r"\p", "p"),
        ];
        for (pattern, text) in cases {
            assert!(is_match(pattern, text), "{pattern} {text}");
        }
        let cases = [
            (r"^\d$", "٣"),
            (r"^a$", "a\n"),
            (r"^\w$", "é"),
            ("^.$", "\u{2028}"),
            ("[]", ""),
            (r"^\bé", "é"),
            ("a|b", "c"),
        ];
        for (pattern, text) in cases {
            assert!(!is_match(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn refuses_what_ecma_262_has_not() {
        for pattern in ["(?i)a", "a++", "[b-a]", "[a", "(a", "\\", "*a", "(?<=a)b", r"\2(a)"] {
            assert!(Pattern::compile(pattern).is_err(), "{pattern}");
        }
    }
}
