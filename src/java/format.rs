//! `String.format`: `java.util.Formatter` in the root locale.

mod flags;

use std::borrow::Cow;

use num_bigint::BigInt;

use super::number::double_to_string;
use super::text;

/// An argument, by its Java class.
pub(crate) enum Argument<'a> {
    Null,
    Text(Cow<'a, str>),
    Bool(bool),
    Character(u16),
    Integer(i32),
    Long(i64),
    BigInteger(&'a BigInt),
    Double(f64),
    /// What Java's `toString` gives
    BigDecimal(Cow<'a, str>),
    /// Anything else: what it prints, and its hash
    Other {
        text: Cow<'a, str>,
        hash: i32,
    },
}

/// The exception that Java throws.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FormatError {
    pub(crate) class: &'static str,
    pub(crate) message: String,
}

#[cold]
fn error<T>(class: &'static str, message: impl Into<String>) -> Result<T, FormatError> {
    Err(FormatError { class, message: message.into() })
}

/// `%[index$][flags][width][.precision]conversion`
struct Specifier<'p> {
    /// Without the `%`
    source: &'p str,
    index: Index,
    flags: &'p str,
    width: Option<usize>,
    precision: Option<usize>,
    conversion: char,
}

enum Index {
    Next,
    /// `%<s`
    Last,
    At(usize),
}

impl Specifier<'_> {
    fn has(&self, flag: char) -> bool {
        self.flags.contains(flag)
    }
}

/// Appends a pattern with its arguments, as long as the output stays below `limit` bytes.
pub(crate) fn format(
    pattern: &str,
    arguments: &[Argument<'_>],
    limit: usize,
    out: &mut String,
) -> Result<(), FormatError> {
    let mut rest = pattern;
    let (mut next, mut last) = (0, None);
    while let Some((plain, specifier)) = rest.split_once('%') {
        out.push_str(plain);
        let specifier = parse(specifier)?;
        rest = &rest[plain.len() + 1 + specifier.source.len()..];
        if specifier.width.max(specifier.precision).unwrap_or(0) > limit.saturating_sub(out.len()) {
            return error(
                "java.lang.OutOfMemoryError",
                "the text is larger than the limit of the host",
            );
        }
        match specifier.conversion {
            'n' => out.push('\n'),
            '%' => pad(&specifier, "%", out)?,
            _ => {
                let at = match specifier.index {
                    Index::Next => {
                        next += 1;
                        Some(next - 1)
                    }
                    Index::Last => last,
                    Index::At(at) => at.checked_sub(1),
                };
                let Some(argument) = at.and_then(|at| arguments.get(at)) else {
                    let message = format!("Format specifier '%{}'", specifier.source);
                    return error("java.util.MissingFormatArgumentException", message);
                };
                last = at;
                flags::check_argument(&specifier, argument)?;
                convert(&specifier, argument, out)?;
            }
        }
    }
    out.push_str(rest);
    Ok(())
}

/// Reads the specifier that begins behind a `%`.
fn parse(text: &str) -> Result<Specifier<'_>, FormatError> {
    let unknown = |conversion: &str| {
        error("java.util.UnknownFormatConversionException", format!("Conversion = '{conversion}'"))
    };
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut at = 0;
    let mut index = Index::Next;
    let number = digits(text);
    if number > 0 && text[number..].starts_with('$') && !text.starts_with('0') {
        index = Index::At(text[..number].parse().unwrap_or(usize::MAX));
        at = number + 1;
    }
    let flags_start = at;
    at += text[at..].bytes().take_while(|b| b"-#+ 0,(<".contains(b)).count();
    let flags = &text[flags_start..at];
    if flags.contains('<') {
        index = Index::Last;
    }
    let width_length = digits(&text[at..]);
    let width =
        (width_length > 0).then(|| text[at..at + width_length].parse().unwrap_or(usize::MAX));
    at += width_length;
    let mut precision = None;
    if text[at..].starts_with('.') {
        let length = digits(&text[at + 1..]);
        if length == 0 {
            return unknown(".");
        }
        precision = Some(text[at + 1..at + 1 + length].parse().unwrap_or(usize::MAX));
        at += 1 + length;
    }
    let Some(conversion) = text[at..].chars().next() else { return unknown("%") };
    if !"bBhHsScCdoxXeEfgGn%".contains(conversion) {
        return unknown(&conversion.to_string());
    }
    at += conversion.len_utf8();
    for (i, flag) in flags.char_indices() {
        if flags[i + 1..].contains(flag) {
            return error("java.util.DuplicateFormatFlagsException", format!("Flags = '{flag}'"));
        }
    }
    let specifier = Specifier { source: &text[..at], index, flags, width, precision, conversion };
    flags::check(&specifier)?;
    Ok(specifier)
}

fn convert(
    specifier: &Specifier<'_>,
    argument: &Argument<'_>,
    out: &mut String,
) -> Result<(), FormatError> {
    let text = match (specifier.conversion.to_ascii_lowercase(), argument) {
        ('b', Argument::Bool(b)) => b.to_string(),
        ('b', Argument::Null) => "false".to_owned(),
        ('b', _) => "true".to_owned(),
        ('c' | 'd' | 'o' | 'x' | 'e' | 'f' | 'g' | 'h' | 's', Argument::Null) => "null".to_owned(),
        ('s', _) => shown(argument),
        ('h', _) => format!("{:x}", hash(argument)),
        ('c', Argument::Character(unit)) => text::from_units(&[*unit]),
        ('c', Argument::Integer(code)) => {
            match u32::try_from(*code).ok().and_then(char::from_u32) {
                Some(c) => c.to_string(),
                None => {
                    return error(
                        "java.util.IllegalFormatCodePointException",
                        format!("Code point = 0x{code:x}"),
                    );
                }
            }
        }
        ('d', Argument::Integer(_) | Argument::Long(_) | Argument::BigInteger(_)) => {
            return sign_and_pad(specifier, &integer(argument).to_string(), out);
        }
        ('x' | 'o', Argument::Integer(_) | Argument::Long(_) | Argument::BigInteger(_)) => {
            let digits = radix(argument, specifier.conversion == 'o');
            let prefix = match (specifier.has('#'), specifier.conversion) {
                (true, 'o') => "0",
                (true, _) => "0x",
                _ => "",
            };
            // Only a BigInteger has a sign here.
            if !matches!(argument, Argument::BigInteger(_)) {
                return pad_number(specifier, prefix, &digits, "", out);
            }
            let unsigned = digits.strip_prefix('-');
            let (sign, behind) = signs(specifier, unsigned.is_some());
            let digits = unsigned.unwrap_or(&digits);
            return pad_number(specifier, &format!("{sign}{prefix}"), digits, behind, out);
        }
        ('e' | 'f' | 'g', Argument::Double(value)) => {
            if !value.is_finite() {
                let mut name = String::new();
                double_to_string(value.abs(), &mut name);
                let (sign, behind) = match value.is_nan() {
                    true => ("", ""),
                    false => signs(specifier, *value < 0.0),
                };
                return pad(specifier, &format!("{sign}{name}{behind}"), out);
            }
            let mut decimal = String::new();
            double_to_string(*value, &mut decimal);
            return floating(specifier, &decimal, out);
        }
        ('e' | 'f' | 'g', Argument::BigDecimal(decimal)) => {
            return floating(specifier, decimal, out);
        }
        (conversion, argument) => {
            let message = format!("{conversion} != {}", class(argument));
            return error("java.util.IllegalFormatConversionException", message);
        }
    };
    let text = match specifier.precision {
        Some(most) => text.chars().take(most).collect(),
        None => text,
    };
    pad(specifier, &text, out)
}

fn shown(argument: &Argument<'_>) -> String {
    match argument {
        Argument::Null => "null".to_owned(),
        Argument::Text(text) | Argument::BigDecimal(text) | Argument::Other { text, .. } => {
            text.to_string()
        }
        Argument::Bool(b) => b.to_string(),
        Argument::Character(unit) => text::from_units(&[*unit]),
        Argument::Double(value) => {
            let mut out = String::new();
            double_to_string(*value, &mut out);
            out
        }
        Argument::Integer(_) | Argument::Long(_) | Argument::BigInteger(_) => {
            integer(argument).to_string()
        }
    }
}

fn hash(argument: &Argument<'_>) -> i32 {
    match argument {
        Argument::Integer(n) => *n,
        Argument::Bool(b) => {
            if *b {
                1231
            } else {
                1237
            }
        }
        Argument::Character(unit) => i32::from(*unit),
        Argument::Other { hash, .. } => *hash,
        Argument::Long(n) => super::number::Number::Long(*n).hash_code(),
        Argument::Double(n) => super::number::Number::Double(*n).hash_code(),
        Argument::BigInteger(n) => super::number::hash_of_big(n),
        Argument::BigDecimal(text) => {
            super::number::Number::parse_decimal(text).map_or(0, |n| n.hash_code())
        }
        other => text::hash_code(&shown(other)),
    }
}

fn class(argument: &Argument<'_>) -> &'static str {
    match argument {
        Argument::Null => "null",
        Argument::Text(_) => "java.lang.String",
        Argument::Bool(_) => "java.lang.Boolean",
        Argument::Character(_) => "java.lang.Character",
        Argument::Integer(_) => "java.lang.Integer",
        Argument::Long(_) => "java.lang.Long",
        Argument::BigInteger(_) => "java.math.BigInteger",
        Argument::Double(_) => "java.lang.Double",
        Argument::BigDecimal(_) => "java.math.BigDecimal",
        Argument::Other { .. } => "java.lang.Object",
    }
}

fn integer(argument: &Argument<'_>) -> BigInt {
    match argument {
        Argument::Integer(n) => BigInt::from(*n),
        Argument::Long(n) => BigInt::from(*n),
        Argument::BigInteger(n) => (*n).clone(),
        _ => BigInt::ZERO,
    }
}

/// Hexadecimal or octal: of Integer and Long the bits, of BigInteger the number with its sign.
fn radix(argument: &Argument<'_>, octal: bool) -> String {
    match (argument, octal) {
        (Argument::Integer(n), false) => format!("{n:x}"),
        (Argument::Integer(n), true) => format!("{n:o}"),
        (Argument::Long(n), false) => format!("{n:x}"),
        (Argument::Long(n), true) => format!("{n:o}"),
        (other, _) => integer(other).to_str_radix(if octal { 8 } else { 16 }),
    }
}

/// `%e`, `%f`, `%g` of the decimal text of a number: Java rounds that text, half up.
fn floating(specifier: &Specifier<'_>, decimal: &str, out: &mut String) -> Result<(), FormatError> {
    let precision = specifier.precision.unwrap_or(6);
    let (negative, digits, point) = decimal_digits(decimal);
    let sign = if negative { "-" } else { "" };
    let text = match specifier.conversion.to_ascii_lowercase() {
        'f' => fixed(&digits, point, precision),
        'e' => scientific(&digits, point, precision),
        _ => {
            let significant = precision.max(1);
            let (rounded, point) =
                round(&digits, point, i64::try_from(significant).unwrap_or(i64::MAX));
            // Between 0.0001 and 10^precision the plain form is used.
            let exponent = point - 1;
            if digits.bytes().all(|b| b == b'0') {
                fixed("0", 1, significant - 1)
            } else if (-4..i64::try_from(significant).unwrap_or(i64::MAX)).contains(&exponent) {
                let places =
                    usize::try_from(i64::try_from(significant).unwrap_or(0) - exponent - 1)
                        .unwrap_or(0);
                fixed(&rounded, point, places)
            } else {
                scientific(&rounded, point, significant - 1)
            }
        }
    };
    let text = match (specifier.has('#') && precision == 0, text.split_once('e')) {
        (true, Some((mantissa, exponent))) => format!("{mantissa}.e{exponent}"),
        (true, None) => format!("{text}."),
        (false, _) => text,
    };
    sign_and_pad(specifier, &format!("{sign}{text}"), out)
}

/// The sign, the digits, and where among them the point stands.
fn decimal_digits(decimal: &str) -> (bool, String, i64) {
    let (negative, unsigned) = match decimal.strip_prefix('-') {
        Some(unsigned) => (true, unsigned),
        None => (false, decimal),
    };
    let (mantissa, exponent) = unsigned.split_once('E').unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let zeros = all.len() - all.trim_start_matches('0').len();
    let digits = all[zeros..].to_owned();
    let point = i64::try_from(whole.len()).unwrap_or(0) - i64::try_from(zeros).unwrap_or(0)
        + exponent.strip_prefix('+').unwrap_or(exponent).parse::<i64>().unwrap_or(0);
    if digits.is_empty() { (negative, "0".to_owned(), 1) } else { (negative, digits, point) }
}

/// Keeps so many digits, half up; answers them and where the point is then.
fn round(digits: &str, point: i64, keep: i64) -> (String, i64) {
    let Ok(keep) = usize::try_from(keep) else { return ("0".to_owned(), 1) };
    if keep >= digits.len() {
        return (digits.to_owned(), point);
    }
    let up = digits.as_bytes()[keep] >= b'5';
    let mut kept: Vec<u8> = digits.as_bytes()[..keep].to_vec();
    if !up {
        return if kept.is_empty() {
            ("0".to_owned(), 1)
        } else {
            (digits[..keep].to_owned(), point)
        };
    }
    for digit in kept.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return (String::from_utf8_lossy(&kept).into_owned(), point);
        }
        *digit = b'0';
    }
    kept.insert(0, b'1');
    (String::from_utf8_lossy(&kept).into_owned(), point + 1)
}

fn fixed(digits: &str, point: i64, places: usize) -> String {
    let keep = point.saturating_add(i64::try_from(places).unwrap_or(i64::MAX));
    let (digits, point) = round(digits, point, keep);
    let mut whole = String::new();
    let mut fraction = String::new();
    if point <= 0 {
        whole.push('0');
        fraction.extend(std::iter::repeat_n('0', usize::try_from(-point).unwrap_or(0).min(places)));
        fraction.push_str(&digits);
    } else {
        let split = usize::try_from(point).unwrap_or(0);
        for i in 0..split {
            whole.push(digits.as_bytes().get(i).copied().map_or('0', char::from));
        }
        fraction.push_str(digits.get(split..).unwrap_or(""));
    }
    fraction.extend(std::iter::repeat_n('0', places.saturating_sub(fraction.len())));
    fraction.truncate(places);
    if places == 0 { whole } else { format!("{whole}.{fraction}") }
}

fn scientific(digits: &str, point: i64, places: usize) -> String {
    let (rounded, after) = round(digits, point, i64::try_from(places).unwrap_or(i64::MAX - 1) + 1);
    let exponent = if rounded.bytes().all(|b| b == b'0') { 0 } else { after - 1 };
    let mut fraction = rounded.get(1..).unwrap_or("").to_owned();
    fraction.extend(std::iter::repeat_n('0', places.saturating_sub(fraction.len())));
    fraction.truncate(places);
    let dot = if places == 0 { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}{dot}{fraction}e{sign}{:02}", &rounded[..1], exponent.abs())
}

/// Grouping, sign and padding of a decimal number.
fn sign_and_pad(
    specifier: &Specifier<'_>,
    number: &str,
    out: &mut String,
) -> Result<(), FormatError> {
    let (negative, unsigned) = match number.strip_prefix('-') {
        Some(unsigned) => (true, unsigned),
        None => (false, number),
    };
    let grouped = if specifier.has(',') { group(unsigned) } else { unsigned.to_owned() };
    let (before, behind) = signs(specifier, negative);
    pad_number(specifier, before, &grouped, behind, out)
}

/// What stands before and behind a number.
fn signs(specifier: &Specifier<'_>, negative: bool) -> (&'static str, &'static str) {
    match (negative, specifier.has('('), specifier.has('+'), specifier.has(' ')) {
        (true, true, ..) => ("(", ")"),
        (true, ..) => ("-", ""),
        (false, _, true, _) => ("+", ""),
        (false, _, _, true) => (" ", ""),
        _ => ("", ""),
    }
}

fn group(number: &str) -> String {
    let whole = number.find(['.', 'e']).unwrap_or(number.len());
    let mut out = String::new();
    for (i, c) in number[..whole].char_indices() {
        if i > 0 && (whole - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out + &number[whole..]
}

/// With the flag `0` the zeros stand between the sign and the digits.
fn pad_number(
    specifier: &Specifier<'_>,
    before: &str,
    digits: &str,
    behind: &str,
    out: &mut String,
) -> Result<(), FormatError> {
    let mut text = String::from(before);
    if specifier.has('0') {
        let missing =
            specifier.width.unwrap_or(0).saturating_sub(before.len() + digits.len() + behind.len());
        text.extend(std::iter::repeat_n('0', missing));
    }
    text.push_str(digits);
    text.push_str(behind);
    pad(specifier, &text, out)
}

fn pad(specifier: &Specifier<'_>, text: &str, out: &mut String) -> Result<(), FormatError> {
    let text = if specifier.conversion.is_ascii_uppercase() {
        Cow::Owned(text.to_uppercase())
    } else {
        Cow::Borrowed(text)
    };
    let missing = specifier.width.unwrap_or(0).saturating_sub(text::length(&text));
    let blanks = std::iter::repeat_n(' ', missing);
    if specifier.has('-') {
        out.push_str(&text);
        out.extend(blanks);
    } else {
        out.extend(blanks);
        out.push_str(&text);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_as_java_does() {
        let cases: &[(&str, Argument<'_>, &str)] = &[
            ("%05.1f|", Argument::Double(3.1), "003.1|"),
            ("%.2f", Argument::Double(1.005), "1.01"),
            ("%.0f", Argument::Double(2.5), "3"),
            ("%,d", Argument::Integer(-1234567), "-1,234,567"),
            ("%(d %1$05d", Argument::Integer(-5), "(5) -0005"),
            ("%x", Argument::Integer(-1), "ffffffff"),
            ("%-5s|%1$S", Argument::Text("ab".into()), "ab   |AB"),
            ("%e", Argument::Double(12345.678), "1.234568e+04"),
            ("%g", Argument::Double(0.0001), "0.000100000"),
            ("%%%n%b", Argument::Null, "%\nfalse"),
        ];
        for (pattern, argument, expected) in cases {
            let mut out = String::new();
            assert_eq!(
                format(pattern, std::slice::from_ref(argument), 1000, &mut out),
                Ok(()),
                "{pattern}"
            );
            assert_eq!(out, *expected, "{pattern}");
        }
    }

    #[test]
    fn refuses_what_java_refuses() {
        let class = |pattern: &str, arguments: &[Argument<'_>]| {
            format(pattern, arguments, 1000, &mut String::new()).map_err(|e| e.class)
        };
        assert_eq!(
            class("%d", &[Argument::Double(1.0)]),
            Err("java.util.IllegalFormatConversionException")
        );
        assert_eq!(class("%s", &[]), Err("java.util.MissingFormatArgumentException"));
        assert_eq!(class("%q", &[]), Err("java.util.UnknownFormatConversionException"));
        assert_eq!(class("%9999999d", &[Argument::Integer(1)]), Err("java.lang.OutOfMemoryError"));
    }
}
