//! What json-smart takes for JSON besides JSON (its permissive mode), rewritten as JSON.
//!
//! API Gateway reads payloads this way, so a template meets `{a: 1}` and `[1, 2,]` as if they were right, and a payload
//! that is no JSON at all as one string.

use super::strict::{MAX_DEPTH, TOO_DEEP};
use super::write::{Slash, write_string};
use super::{JsonError, number};

/// Where a text without quotes ends.
#[derive(Clone, Copy, PartialEq)]
enum Stop {
    /// At the end of the payload
    End,
    /// In an array
    Array,
    /// Behind a `:`
    Value,
}

impl Stop {
    /// Whether a number is over where this follows. json-smart looks up what ends a value in a table that ends before `~`,
    /// so `~` and all that lies behind it ends a number too: `[1é]` has two elements.
    fn ends_number(self, next: Option<char>) -> bool {
        match next {
            None | Some('~'..) => true,
            Some(next) => match self {
                Stop::End => false,
                Stop::Array => matches!(next, ',' | ']'),
                Stop::Value => matches!(next, ',' | '}'),
            },
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    out: String,
    /// `]` or `}` for each container that is open, and whether it has something in it
    open: Vec<(u8, bool)>,
}

/// Rewrites a text; whatever follows the first value is dropped.
pub(super) fn rewrite(text: &str) -> Result<String, JsonError> {
    let mut reader =
        Reader { text, at: 0, out: String::with_capacity(text.len() + 16), open: Vec::new() };
    reader.value(Stop::End)?;
    while let Some((closing, _)) = reader.open.last().copied() {
        if closing == b']' { reader.in_array()? } else { reader.in_object()? }
    }
    Ok(reader.out)
}

impl<'t> Reader<'t> {
    #[cold]
    fn error<T>(&self, message: &'static str) -> Result<T, JsonError> {
        Err(JsonError { message, offset: self.at })
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\r' | b'\n' | b'\t')) {
            self.at += 1;
        }
    }

    /// One value; of a container, its beginning.
    fn value(&mut self, stop: Stop) -> Result<(), JsonError> {
        self.blanks();
        match self.byte() {
            Some(b':' | b'}' | b']') => self.error("`:`, `}` or `]` where a value should be"),
            Some(b'{') => self.enter(b'{', b'}'),
            Some(b'[') => self.enter(b'[', b']'),
            Some(b'"' | b'\'') => {
                let text = self.quoted()?;
                write_string(&text, &mut self.out, Slash::Plain);
                Ok(())
            }
            Some(b'-' | b'0'..=b'9') => self.number(stop),
            None if stop != Stop::End => self.error("the payload ends too early"),
            _ => {
                // The first character decides what it is: behind a control character it is a text.
                let control = self.byte().is_some_and(|b| b < b' ');
                let word = self.unquoted(stop);
                match word {
                    "null" | "true" | "false" | "NaN" if !control => self.out.push_str(word),
                    word => write_string(word, &mut self.out, Slash::Plain),
                }
                Ok(())
            }
        }
    }

    fn enter(&mut self, opening: u8, closing: u8) -> Result<(), JsonError> {
        if self.open.len() == MAX_DEPTH {
            return self.error(TOO_DEEP);
        }
        self.at += 1;
        self.out.push(char::from(opening));
        self.open.push((closing, false));
        Ok(())
    }

    fn leave(&mut self, closing: u8) {
        self.at += 1;
        self.out.push(char::from(closing));
        self.open.pop();
    }

    /// Writes the comma before all children but the first.
    fn child(&mut self) {
        if let Some((_, some)) = self.open.last_mut()
            && std::mem::replace(some, true)
        {
            self.out.push(',');
        }
    }

    /// Up to the next element, or the end: commas too many do not matter.
    fn in_array(&mut self) -> Result<(), JsonError> {
        self.blanks();
        match self.byte() {
            Some(b']') => self.leave(b']'),
            Some(b',') => self.at += 1,
            Some(b':' | b'}') => return self.error("`:` or `}` in an array"),
            None => return self.error("an array is never closed"),
            Some(_) => {
                self.child();
                self.value(Stop::Array)?;
            }
        }
        Ok(())
    }

    fn in_object(&mut self) -> Result<(), JsonError> {
        self.blanks();
        match self.byte() {
            Some(b'}') => {
                self.leave(b'}');
                return Ok(());
            }
            Some(b',') => {
                self.at += 1;
                return Ok(());
            }
            Some(b':' | b']' | b'[' | b'{') => return self.error("a name is missing"),
            None => return self.error("an object is never closed"),
            Some(_) => {}
        }
        self.separated()?;
        let name = match self.byte() {
            Some(b'"' | b'\'') => self.quoted()?,
            _ => self.name().to_owned(),
        };
        while self.byte().is_some_and(|b| b <= b' ') {
            self.at += 1;
        }
        if self.byte() != Some(b':') {
            return self.error("`:` is missing");
        }
        self.at += 1;
        self.child();
        write_string(&name, &mut self.out, Slash::Plain);
        self.out.push(':');
        self.value(Stop::Value)
    }

    /// Members need a comma between them, unlike elements.
    fn separated(&self) -> Result<(), JsonError> {
        let some = self.open.last().is_some_and(|(_, some)| *some);
        let before = self.text[..self.at].trim_end_matches([' ', '\r', '\n', '\t']);
        if some && !before.ends_with(',') { self.error("`,` is missing") } else { Ok(()) }
    }

    /// A text without quotes: up to what ends it, blanks at its ends cut off.
    fn unquoted(&mut self, stop: Stop) -> &'t str {
        let rest = &self.text[self.at..];
        let length = match stop {
            Stop::End => rest.len(),
            Stop::Array => rest.find([',', ']']).unwrap_or(rest.len()),
            Stop::Value => rest.find([',', '}']).unwrap_or(rest.len()),
        };
        self.at += length;
        trim(&rest[..length])
    }

    fn name(&mut self) -> &'t str {
        let rest = &self.text[self.at..];
        let length = rest.find(':').unwrap_or(rest.len());
        self.at += length;
        trim(&rest[..length])
    }

    /// Something that begins like a number: a number when what ends a value follows it, otherwise a text.
    fn number(&mut self, stop: Stop) -> Result<(), JsonError> {
        let rest = &self.text[self.at..];
        let spelled = number_length(rest).map(|length| &rest[..length]);
        let behind = |number: &str| rest[number.len()..].trim_start_matches(|c| c <= ' ');
        match spelled {
            Some(number) if stop.ends_number(behind(number).chars().next()) => {
                self.out.push_str(&match respell(number) {
                    Some(number) if !number::is_out_of_range(&number) => number,
                    _ => return self.error("a number is wrong"),
                });
                self.at = self.text.len() - behind(number).len();
            }
            _ => write_string(self.unquoted(stop), &mut self.out, Slash::Plain),
        }
        Ok(())
    }

    /// A text in quotes of either kind; its escapes are more than JSON's.
    fn quoted(&mut self) -> Result<String, JsonError> {
        let quote = self.byte().map_or('"', char::from);
        let mut out = String::new();
        let mut characters = self.text[self.at + 1..].char_indices();
        let mut units: Vec<u16> = Vec::new();
        // Only a string with escapes is read character by character, without its control characters.
        let whole = self.text[self.at + 1..].split(quote).next().unwrap_or_default();
        let drops_controls = whole.contains('\\');
        while let Some((offset, c)) = characters.next() {
            if c != '\\' {
                flush(&mut units, &mut out);
            }
            if c == quote {
                self.at += 1 + offset + 1;
                return Ok(out);
            }
            match c {
                '\\' => match characters.next().map(|(_, c)| c) {
                    Some(letter @ ('u' | 'x')) => {
                        let digits = if letter == 'u' { 4 } else { 2 };
                        let code: String =
                            characters.by_ref().take(digits).map(|(_, c)| c).collect();
                        match u16::from_str_radix(&code, 16) {
                            Ok(unit) if code.len() == digits => units.push(unit),
                            _ => return self.error("an escape is wrong"),
                        }
                    }
                    Some(other) => {
                        flush(&mut units, &mut out);
                        match other {
                            't' => out.push('\t'),
                            'n' => out.push('\n'),
                            'r' => out.push('\r'),
                            'f' => out.push('\u{c}'),
                            'b' => out.push('\u{8}'),
                            '\\' | '/' | '\'' | '"' => out.push(other),
                            // An escape that nobody knows is dropped.
                            _ => {}
                        }
                    }
                    None => break,
                },
                '\0'..='\x1F' | '\x7F' if drops_controls => {}
                c => out.push(c),
            }
        }
        self.error("a string is never closed")
    }
}

fn flush(units: &mut Vec<u16>, out: &mut String) {
    out.extend(char::decode_utf16(units.drain(..)).map(|c| c.unwrap_or('?')));
}

/// Java's `trim`, of everything up to U+0020.
fn trim(text: &str) -> &str {
    text.trim_matches(|c| c <= ' ')
}

/// How much of a text is spelled like a number: digits, a point, an exponent, each of which may be without digits. `None`
/// where an exponent does not even begin.
fn number_length(text: &str) -> Option<usize> {
    let digits = |from: usize| from + text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(usize::from(text.starts_with('-')));
    if text[end..].starts_with('.') {
        end = digits(end + 1);
    }
    if text[end..].starts_with(['e', 'E']) {
        let begins =
            text[end + 1..].starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '-');
        end = if begins { digits(end + 2) } else { return None };
    }
    Some(end)
}

/// A number as JSON spells it: leading zeros gone, a point with digits on both sides. `None` for what Java refuses.
fn respell(word: &str) -> Option<String> {
    let (sign, unsigned) = match word.strip_prefix('-') {
        // Java's own loop for integers makes 0 of no digits.
        Some("") => return Some("0".to_owned()),
        Some(unsigned) => ("-", unsigned),
        None => ("", word),
    };
    let (mantissa, exponent) =
        unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) =
        mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let no_digits = whole.is_empty() && fraction.is_none_or(str::is_empty);
    if no_digits || exponent.is_some_and(|e| e.ends_with(['+', '-'])) {
        return None;
    }
    // By its length as it stands Java makes a BigDecimal of it; that must not change.
    let long = word.len() > number::LONGEST_DOUBLE && (fraction.is_some() || exponent.is_some());
    let mut out = sign.to_owned();
    let whole = whole.trim_start_matches('0');
    out.push_str(if whole.is_empty() { "0" } else { whole });
    match fraction {
        Some("") if !long => out.push_str(".0"),
        Some("") | None => {}
        Some(fraction) => {
            out.push('.');
            out.push_str(fraction);
        }
    }
    if long || exponent.is_some() {
        let exponent = exponent.unwrap_or("0");
        let digits = exponent.trim_start_matches(['+', '-']);
        out.push('e');
        out.push_str(&exponent[..exponent.len() - digits.len()]);
        let length = out.len() + digits.len();
        let missing = if long { (number::LONGEST_DOUBLE + 1).saturating_sub(length) } else { 0 };
        out.extend(std::iter::repeat_n('0', missing));
        out.push_str(digits);
    }
    Some(out)
}
