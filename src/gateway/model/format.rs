//! `format`: the formats that json-schema-validator checks of texts, and how.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::pattern::Pattern;

/// A format that is checked. API Gateway checks them (public reports of `email`); others, such as `int32`, `byte` or `date`,
/// are not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Base64,
    DateTime,
    Email,
    Hostname,
    Ipv4,
    Ipv6,
    JsonPointer,
    Mac,
    Regex,
    Uri,
    Uuid,
    /// `md5`, `sha1`, `sha256`, `sha512`: so many hexadecimal digits
    Digest(usize),
}

impl Format {
    pub(super) fn parse(name: &str) -> Option<Format> {
        Some(match name {
            "base64" => Format::Base64,
            "date-time" => Format::DateTime,
            "email" => Format::Email,
            "hostname" => Format::Hostname,
            "ipv4" => Format::Ipv4,
            "ipv6" => Format::Ipv6,
            "json-pointer" => Format::JsonPointer,
            "mac" => Format::Mac,
            "md5" => Format::Digest(32),
            "regex" => Format::Regex,
            "sha1" => Format::Digest(40),
            "sha256" => Format::Digest(64),
            "sha512" => Format::Digest(128),
            "uri" => Format::Uri,
            "uuid" => Format::Uuid,
            _ => return None,
        })
    }

    pub(super) fn holds(self, text: &str) -> bool {
        match self {
            Format::Base64 => base64(text),
            Format::DateTime => date_time(text).is_some(),
            Format::Email => email(text),
            Format::Hostname => hostname(text),
            Format::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Format::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Format::JsonPointer => json_pointer(text),
            Format::Mac => groups(text, ':', &[2; 6]),
            Format::Regex => Pattern::compile(text).is_ok(),
            Format::Uri => uri(text),
            Format::Uuid => groups(text, '-', &[8, 4, 4, 4, 12]),
            Format::Digest(length) => groups(text, '-', &[length]),
        }
    }

    /// The validator's words about a text that has not the format.
    pub(super) fn message(self, text: &str) -> String {
        match self {
            Format::Base64 if !text.len().is_multiple_of(4) => {
                format!("input has illegal length (must be a multiple of 4, found {})", text.len())
            }
            Format::Base64 => "input is not a valid Base64 string: illegal characters".to_owned(),
            Format::DateTime => format!(
                "string \"{text}\" is invalid against requested date format(s) [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.[0-9]{{1,12}}Z]"
            ),
            Format::Email => format!("string \"{text}\" is not a valid email address"),
            Format::Hostname => format!("string \"{text}\" is not a valid hostname"),
            Format::Ipv4 => format!("string \"{text}\" is not a valid IPv4 address"),
            Format::Ipv6 => format!("string \"{text}\" is not a valid IPv6 address"),
            Format::JsonPointer => format!("input string \"{text}\" is not a valid JSON Pointer"),
            Format::Mac => format!("input string \"{text}\" is not a valid MAC address"),
            Format::Regex => {
                format!("string \"{text}\" is not a valid ECMA 262 regular expression")
            }
            Format::Uri => format!("string \"{text}\" is not a valid URI"),
            Format::Uuid => format!("input string \"{text}\" is not a valid UUID"),
            Format::Digest(length) if text.len() != length => {
                format!("input string has bad length ({}, expected {length})", text.len())
            }
            Format::Digest(_) => "input string has illegal characters".to_owned(),
        }
    }
}

/// Groups of hexadecimal digits of given lengths.
fn groups(text: &str, separator: char, lengths: &[usize]) -> bool {
    let is_group = |group: &str, length: usize| {
        group.len() == length && group.bytes().all(|b| b.is_ascii_hexdigit())
    };
    text.split(separator).count() == lengths.len()
        && text.split(separator).zip(lengths).all(|(group, length)| is_group(group, *length))
}

fn base64(text: &str) -> bool {
    let digits = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    let is_digit = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    text.len().is_multiple_of(4) && digits.bytes().all(is_digit)
}

/// `2026-01-31T23:59:59.123Z` or with an offset as `+01:00`.
fn date_time(text: &str) -> Option<()> {
    let (date, time) = (text.get(..10)?, text.get(11..)?);
    let number = |text: &str, most: u32| {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u32>().ok().filter(|n| digits && *n <= most)
    };
    let at = |text: &str, at: usize, wanted: u8| {
        (text.as_bytes().get(at) == Some(&wanted)).then_some(())
    };
    at(date, 4, b'-')?;
    at(date, 7, b'-')?;
    at(text, 10, b'T')?;
    let (year, month) = (number(&date[..4], 9999)?, number(&date[5..7], 12)?);
    let day = number(date.get(8..10)?, 31)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        0 => return None,
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    at(time, 2, b':')?;
    at(time, 5, b':')?;
    number(time.get(..2)?, 23)?;
    number(time.get(3..5)?, 59)?;
    number(time.get(6..8)?, 59)?;
    let mut zone = time.get(8..)?;
    if let Some(fraction) = zone.strip_prefix('.') {
        let length = fraction.find(|c: char| !c.is_ascii_digit())?;
        zone = (1..=12).contains(&length).then(|| &fraction[length..])?;
    }
    if zone != "Z" {
        let offset = zone.strip_prefix(['+', '-']).filter(|offset| offset.len() == 5)?;
        at(offset, 2, b':')?;
        number(offset.get(..2)?, 23)?;
        number(offset.get(3..)?, 59)?;
    }
    (1..=days).contains(&day).then_some(())
}

/// As `javax.mail.internet.InternetAddress` in its strict mode: a host of one word will do.
fn email(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    let quoted = local.len() > 1 && local.starts_with('"') && local.ends_with('"');
    let is_word = |c: char| c > ' ' && c != '\u{7f}' && !"()<>,;:\\\"[]@".contains(c);
    let local = quoted
        || !local.is_empty()
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(is_word);
    let literal = host.starts_with('[') && host.ends_with(']');
    let is_host = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
    let host = literal
        || !host.is_empty()
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains("..")
            && host.chars().all(is_host);
    local && host
}

/// As Guava's `InternetDomainName`: a host of one word will do.
fn hostname(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let is_label = |label: &str| {
        (1..=63).contains(&label.chars().count())
            && label.chars().all(is_inner)
            && !label.starts_with(['-', '_'])
            && !label.ends_with(['-', '_'])
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    name.len() <= 253
        && name.split('.').count() <= 127
        && name.split('.').all(is_label)
        && !last.starts_with(|c: char| c.is_ascii_digit())
}

fn json_pointer(text: &str) -> bool {
    let escapes = text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    (text.is_empty() || text.starts_with('/')) && escapes
}

/// As `java.net.URI`, which takes relative ones too.
fn uri(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_legal = |(at, c): (usize, char)| match c {
        '%' => bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
        '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
        c => !c.is_whitespace() && !c.is_control(),
    };
    let scheme = match text.find([':', '/', '?', '#']) {
        Some(at) if bytes[at] == b':' => {
            let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
            text.starts_with(|c: char| c.is_ascii_alphabetic())
                && text[..at].chars().all(is_part)
                && !text[at + 1..].is_empty()
                && !text[at + 1..].starts_with('#')
        }
        _ => true,
    };
    scheme && text.matches('#').count() <= 1 && text.char_indices().all(is_legal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let cases = [
            (
                "date-time",
                "2026-02-28T23:59:59Z 2024-02-29T00:00:00.123+01:00 2026-01-01T00:00:00.123456789012-23:59",
                "2026-02-29T00:00:00Z 2026-01-01 2026-01-01T24:00:00Z 2026-01-01T00:00:00 2026-01-01T00:00:00.Z 2026-01-01T00:00:60Z 2026-13-01T00:00:00Z 2026-01-01T00:00:00+0100 é",
            ),
            (
                "email",
                "me@example.com me@host a.b+c@d.e \"a@b\"@c",
                "me @b a@ a..b@c a@b..c a@@b a@b_c",
            ),
            ("hostname", "example.com a localhost. xn--a a_b.c", "-a a- a..b 1.2 a@b ."),
            ("ipv4", "1.2.3.4", "1.2.3 01.2.3.4 1.2.3.256"),
            ("ipv6", "::1 2001:db8::1 ::ffff:1.2.3.4", "1.2.3.4 ::g"),
            (
                "uri",
                "http://a.b/c?d#e a/b mailto:x@y urn:a",
                "http: a|b a%2 http://a#b#c 1a:b ht_tp://x",
            ),
            (
                "uuid",
                "123e4567-e89b-12d3-a456-426614174000",
                "123e4567e89b12d3a456426614174000 123e4567-e89b-12d3-a456-42661417400g",
            ),
            ("base64", "aGk= YWJj aGk+ YQ==", "aGk a=Gk ===="),
            ("mac", "00:11:22:aa:BB:cc", "00:11:22:aa:BB 00-11-22-aa-BB-cc"),
            (
                "md5",
                "d41d8cd98f00b204e9800998ecf8427e",
                "d41d8cd98f00b204e9800998ecf8427 g41d8cd98f00b204e9800998ecf8427e",
            ),
            ("json-pointer", "/a/b~0~1", "a /a~2"),
        ];
        for (name, right, wrong) in cases {
            let format = Format::parse(name).expect("a format");
            right.split(' ').for_each(|text| assert!(format.holds(text), "{name} {text}"));
            wrong.split(' ').for_each(|text| assert!(!format.holds(text), "{name} {text}"));
        }
        assert_eq!(Format::parse("int32"), None);
    }
}
