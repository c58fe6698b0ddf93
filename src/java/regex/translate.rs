//! Java's regex syntax → that of `fancy-regex`, where the two differ.
//!
//! In Java `\d`, `\w` and `\s` are ASCII (`\b` only since Java 19), `.` stops at more line ends than `\n`, `$` stands before
//! a last line end too, and a few escapes are spelled otherwise.

use super::RegexError;

/// What `.` does not match.
const LINE_ENDS: &str = r"\n\r\x{85}\x{2028}\x{2029}";
const HORIZONTAL: &str = r" \t\x{A0}\x{1680}\x{180e}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}";
const VERTICAL: &str = r"\n\x0B\f\r\x{85}\x{2028}\x{2029}";

/// `$` and `\Z`.
const END: &str = r"(?=(?:\r\n|[\n\r\x{85}\x{2028}\x{2029}])?\z)(?!(?<=\r)\n)";
/// `$` and `^` of each line, of which there is none behind a last line end.
const LINE_END: &str = r"(?=[\n\r\x{85}\x{2028}\x{2029}]|\z)(?!(?<=\r)\n)";
const LINE_START: &str = r"(?:\A|(?<=[\n\r\x{85}\x{2028}\x{2029}]))(?!(?<=\r)\n)(?!\z)";

/// What `\b` takes for a part of a word.
const WORD: &str =
    if cfg!(feature = "regex-unicode") { r"[\p{L}\p{Nd}\p{Mn}_]" } else { "[A-Za-z0-9_]" };

struct Translator<'p> {
    pattern: &'p str,
    at: usize,
    out: String,
    in_class: bool,
    /// The flags of each open group, and of what is around them
    flags: Vec<Flags>,
}

#[derive(Clone, Copy, Default)]
struct Flags {
    dot_all: bool,
    multi_line: bool,
    comments: bool,
    /// Letters match either case; all letters with `(?u)`, otherwise those of ASCII
    ignore_case: bool,
    unicode_case: bool,
    /// `(?U)`: `\d`, `\w` and `\s` are Unicode's
    unicode_class: bool,
    /// `(?d)`: no line end but `\n`
    unix_lines: bool,
}

/// Translates a pattern.
pub(super) fn translate(pattern: &str) -> Result<String, RegexError> {
    let out = String::with_capacity(pattern.len() * 2);
    let mut translator =
        Translator { pattern, at: 0, out, in_class: false, flags: vec![Flags::default()] };
    while let Some(c) = translator.next() {
        translator.piece(c)?;
    }
    Ok(translator.out)
}

impl Translator<'_> {
    fn rest(&self) -> &str {
        &self.pattern[self.at..]
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest().chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn flags(&self) -> Flags {
        self.flags.last().copied().unwrap_or_default()
    }

    #[cold]
    fn error<T>(&self, message: &str) -> Result<T, RegexError> {
        Err(RegexError(format!(
            "{message} near index {} in `{}`",
            self.at.saturating_sub(1),
            self.pattern
        )))
    }

    fn piece(&mut self, c: char) -> Result<(), RegexError> {
        let flags = self.flags();
        match c {
            '\\' => return self.escape(false),
            '[' => return self.class(),
            '(' => return self.group(),
            ')' => {
                if self.flags.len() > 1 {
                    self.flags.pop();
                }
                self.out.push(')');
            }
            '.' if flags.dot_all => self.out.push_str(r"(?s:.)"),
            '.' if flags.unix_lines => self.out.push_str(r"[^\n]"),
            '.' => self.out.push_str(&format!("[^{LINE_ENDS}]")),
            '$' => self.out.push_str(match (flags.multi_line, flags.unix_lines) {
                (false, false) => END,
                (false, true) => r"(?=\n?\z)",
                (true, false) => LINE_END,
                (true, true) => r"(?=\n|\z)",
            }),
            '^' if flags.multi_line && flags.unix_lines => {
                self.out.push_str(r"(?:\A|(?<=\n))(?!\z)");
            }
            '^' if flags.multi_line => self.out.push_str(LINE_START),
            '^' => self.out.push_str(r"\A"),
            '{' => return self.repetition(),
            '#' if flags.comments => {
                let comment = self.rest().find('\n').unwrap_or(self.rest().len());
                self.at += comment;
            }
            c if flags.comments && c.is_ascii_whitespace() => {}
            '*' | '+' | '?' | '|' => self.out.push(c),
            c => self.literal(c),
        }
        Ok(())
    }

    /// A character that means itself, in either case where case is ignored.
    fn literal(&mut self, c: char) {
        let flags = self.flags();
        if flags.ignore_case && c.is_alphabetic() && (c.is_ascii() || flags.unicode_case) {
            let (lower, upper) = (c.to_lowercase(), c.to_uppercase());
            let cases: String =
                lower.chain(upper).chain([c]).chain(same_in_unicode(c, flags).chars()).collect();
            if self.in_class {
                self.out.push_str(&cases);
            } else {
                self.out.push_str(&format!("[{cases}]"));
            }
            return;
        }
        if c.is_ascii_punctuation() || c == ' ' {
            self.out.push('\\');
        }
        if c == ' ' {
            self.out.pop();
            self.out.push_str(r"\x20");
        } else {
            self.out.push(c);
        }
    }

    fn group(&mut self) -> Result<(), RegexError> {
        let mut flags = self.flags();
        if !self.rest().starts_with('?') {
            self.flags.push(flags);
            self.out.push('(');
            return Ok(());
        }
        for plain in ["?:", "?=", "?!", "?>", "?<=", "?<!"] {
            if self.rest().starts_with(plain) {
                self.at += plain.len();
                self.flags.push(flags);
                self.out.push('(');
                self.out.push_str(plain);
                return Ok(());
            }
        }
        if let Some(name) = self.rest().strip_prefix("?<") {
            let Some((name, _)) = name.split_once('>') else {
                return self.error("named capturing group is missing trailing '>'");
            };
            let name = name.to_owned();
            self.out.push_str(&format!("(?P<{name}>"));
            self.at += name.len() + 3;
            self.flags.push(flags);
            return Ok(());
        }
        self.at += 1;
        self.inline_flags(&mut flags)
    }

    /// `(?i)` and `(?i:…)`
    fn inline_flags(&mut self, flags: &mut Flags) -> Result<(), RegexError> {
        let mut on = true;
        loop {
            match self.next() {
                Some('-') => on = false,
                Some('i') => flags.ignore_case = on,
                Some('u') => flags.unicode_case = on,
                Some('U') => (flags.unicode_case, flags.unicode_class) = (on, on),
                Some('s') => flags.dot_all = on,
                Some('m') => flags.multi_line = on,
                Some('x') => flags.comments = on,
                Some('d') => flags.unix_lines = on,
                Some(')') => {
                    if let Some(outer) = self.flags.last_mut() {
                        *outer = *flags;
                    }
                    return Ok(());
                }
                Some(':') => {
                    self.flags.push(*flags);
                    self.out.push_str("(?:");
                    return Ok(());
                }
                _ => return self.error("Unknown inline modifier"),
            }
        }
    }

    /// `{2}`, `{2,}`, `{2,5}`; anything else is an error in Java.
    fn repetition(&mut self) -> Result<(), RegexError> {
        let Some((inside, _)) = self.rest().split_once('}') else {
            return self.error("Illegal repetition");
        };
        let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if least.is_empty() || !digits(least) || !digits(most) || self.out.is_empty() {
            return self.error("Illegal repetition");
        }
        let inside = inside.to_owned();
        self.at += inside.len() + 1;
        self.out.push_str(&format!("{{{inside}}}"));
        Ok(())
    }

    fn escape(&mut self, in_class: bool) -> Result<(), RegexError> {
        let Some(c) = self.next() else {
            return self.error("Unexpected internal error: `\\` at the end");
        };
        let unicode = cfg!(feature = "regex-unicode") && self.flags().unicode_class;
        let set = |negated: bool, inside: &str| {
            if in_class && !negated {
                inside.to_owned()
            } else {
                format!("[{}{inside}]", if negated { "^" } else { "" })
            }
        };
        let text = match c {
            'd' | 'D' if unicode => set(c == 'D', r"\p{Nd}"),
            'w' | 'W' if unicode => {
                set(c == 'W', r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\x{200c}\x{200d}")
            }
            's' | 'S' if unicode => set(c == 'S', r"\p{White_Space}"),
            'd' | 'D' => set(c == 'D', "0-9"),
            'w' | 'W' => set(c == 'W', "A-Za-z0-9_"),
            's' | 'S' => set(c == 'S', r" \t\n\x0B\f\r"),
            'h' | 'H' => set(c == 'H', HORIZONTAL),
            'v' | 'V' => set(c == 'V', VERTICAL),
            'R' => r"(?:\r\n|[\n\x0B\f\r\x{85}\x{2028}\x{2029}])".to_owned(),
            'b' if !in_class => format!("(?:(?<!{WORD})(?={WORD})|(?<={WORD})(?!{WORD}))"),
            'B' if !in_class => format!("(?:(?<!{WORD})(?!{WORD})|(?<={WORD})(?={WORD}))"),
            'A' if !in_class => r"\A".to_owned(),
            'z' if !in_class => r"\z".to_owned(),
            'Z' if !in_class => END.to_owned(),
            'G' if !in_class => r"\G".to_owned(),
            't' | 'n' | 'r' | 'f' => format!("\\{c}"),
            'a' => r"\x07".to_owned(),
            'e' => r"\x1B".to_owned(),
            'c' => match self.next() {
                Some(control) => hex((u32::from(control) ^ 64) & 0x7F),
                None => return self.error("Illegal control escape sequence"),
            },
            '0' => self.octal()?,
            'x' => self.hexadecimal(2)?,
            'u' => self.hexadecimal(4)?,
            'p' | 'P' => self.property(c == 'P', in_class)?,
            'Q' => {
                let (quoted, length) = match self.rest().split_once("\\E") {
                    Some((quoted, _)) => (quoted.to_owned(), quoted.len() + 2),
                    None => (self.rest().to_owned(), self.rest().len()),
                };
                self.at += length;
                quoted.chars().for_each(|c| self.literal(c));
                return Ok(());
            }
            'E' => String::new(),
            'k' if !in_class => match self.rest().strip_prefix('<').and_then(|r| r.split_once('>'))
            {
                Some((name, _)) => {
                    let name = name.to_owned();
                    self.at += name.len() + 2;
                    format!(r"\k<{name}>")
                }
                None => return self.error("\\k is not followed by '<' for named capturing group"),
            },
            '1'..='9' if !in_class => format!(r"(?:\{c})"),
            c if c.is_ascii_alphabetic() => {
                return self.error("Illegal/unsupported escape sequence");
            }
            c => {
                self.literal(c);
                return Ok(());
            }
        };
        self.out.push_str(&text);
        Ok(())
    }

    fn octal(&mut self) -> Result<String, RegexError> {
        let digits: String =
            self.rest().chars().take_while(|c| ('0'..='7').contains(c)).take(3).collect();
        let digits = if digits.len() == 3 && digits.as_str() > "377" {
            digits[..2].to_owned()
        } else {
            digits
        };
        if digits.is_empty() {
            return self.error("Illegal octal escape sequence");
        }
        self.at += digits.len();
        Ok(hex(u32::from_str_radix(&digits, 8).unwrap_or(0)))
    }

    fn hexadecimal(&mut self, length: usize) -> Result<String, RegexError> {
        let braced =
            self.rest().strip_prefix('{').filter(|_| length == 2).and_then(|r| r.split_once('}'));
        let (digits, used) = match braced {
            Some((digits, _)) => (digits.to_owned(), digits.len() + 2),
            None => (self.rest().get(..length).unwrap_or_default().to_owned(), length),
        };
        match u32::from_str_radix(&digits, 16) {
            Ok(code) if !digits.is_empty() => {
                self.at += used;
                Ok(hex(code))
            }
            _ => self.error("Illegal hexadecimal escape sequence"),
        }
    }

    /// `\p{Alpha}`, `\pL`
    fn property(&mut self, negated: bool, in_class: bool) -> Result<String, RegexError> {
        let name = match self.rest().strip_prefix('{') {
            Some(inside) => match inside.split_once('}') {
                Some((name, _)) => name.to_owned(),
                None => return self.error("Unclosed character family"),
            },
            None => self.peek().map(String::from).unwrap_or_default(),
        };
        self.at += name.len() + if self.rest().starts_with('{') { 2 } else { 0 };
        let members = match name.as_str() {
            "javaLowerCase" if cfg!(feature = "regex-unicode") => r"\p{Lowercase}",
            "javaUpperCase" if cfg!(feature = "regex-unicode") => r"\p{Uppercase}",
            "Lower" | "javaLowerCase" => "a-z",
            "Upper" | "javaUpperCase" => "A-Z",
            "ASCII" => r"\x00-\x7F",
            "Alpha" => "A-Za-z",
            "Digit" => "0-9",
            "Alnum" => "A-Za-z0-9",
            "Punct" => r"!-/:-@\[-`{-~",
            "Graph" => "!-~",
            "Print" => r"\x20-~",
            "Blank" => r" \t",
            "Cntrl" => r"\x00-\x1F\x7F",
            "XDigit" => "0-9A-Fa-f",
            "Space" | "javaWhitespace" => r" \t\n\x0B\f\r",
            _ => {
                let name = name.strip_prefix("Is").or(name.strip_prefix("In")).unwrap_or(&name);
                let name = name.strip_prefix("java").unwrap_or(name);
                return Ok(format!(r"\{}{{{name}}}", if negated { 'P' } else { 'p' }));
            }
        };
        Ok(match (negated, in_class) {
            (false, true) => members.to_owned(),
            (negated, _) => format!("[{}{members}]", if negated { "^" } else { "" }),
        })
    }

    /// `[…]`: unions and intersections are spelled alike, but `#`, `-` and `~` twice mean something else.
    fn class(&mut self) -> Result<(), RegexError> {
        self.in_class = true;
        let result = self.class_members();
        self.in_class = false;
        result
    }

    fn class_members(&mut self) -> Result<(), RegexError> {
        let mut depth = 1;
        self.out.push('[');
        if self.peek() == Some('^') {
            self.at += 1;
            self.out.push('^');
        }
        // A `]` right at the beginning means itself.
        if self.peek() == Some(']') {
            self.at += 1;
            self.out.push_str(r"\]");
        }
        while let Some(c) = self.next() {
            match c {
                '\\' => self.escape(true)?,
                '[' => {
                    depth += 1;
                    self.out.push('[');
                    if self.peek() == Some('^') {
                        self.at += 1;
                        self.out.push('^');
                    }
                }
                ']' => {
                    depth -= 1;
                    self.out.push(']');
                    if depth == 0 {
                        return Ok(());
                    }
                }
                '&' if self.rest().starts_with('&') => {
                    self.at += 1;
                    self.out.push_str("&&");
                }
                '-' => self.out.push('-'),
                c if self.flags().ignore_case && self.rest().starts_with('-') => self.range(c),
                c => self.literal(c),
            }
        }
        self.error("Unclosed character class")
    }
}

impl Translator<'_> {
    /// `a-z` where case is ignored: the range, and what the ASCII letters in it are in the other case.
    fn range(&mut self, from: char) {
        let mut ahead = self.rest()[1..].chars();
        let to = match ahead.next() {
            Some(to) if !matches!(to, ']' | '[' | '\\' | '&') => to,
            _ => return self.literal(from),
        };
        self.at += 1 + to.len_utf8();
        for (first, last, shift) in [('a', 'z', -32i32), ('A', 'Z', 32)] {
            let (low, high) = (from.max(first), to.min(last));
            if low <= high {
                let other = |c: char| {
                    u32::from(c).checked_add_signed(shift).and_then(char::from_u32).unwrap_or(c)
                };
                self.out.push_str(&format!("{}-{}", other(low), other(high)));
            }
        }
        self.out.push_str(&format!("{}-{}", hex(from.into()), hex(to.into())));
    }
}

/// Characters with a case of their own that Java maps to a letter's.
fn same_in_unicode(c: char, flags: Flags) -> &'static str {
    match c.to_ascii_lowercase() {
        _ if !flags.unicode_case => "",
        'i' => "\u{130}\u{131}",
        'k' => "\u{212a}",
        's' => "\u{17f}",
        'å' | 'Å' => "\u{212b}",
        'ω' | 'Ω' => "\u{2126}",
        _ => "",
    }
}

fn hex(code: u32) -> String {
    format!(r"\x{{{code:x}}}")
}
