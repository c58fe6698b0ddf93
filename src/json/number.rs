//! Numbers of JSON: their spelling, and the Java class that json-smart gives them.

use std::borrow::Cow;

/// A number as Java would hold it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum JsonNumber<'d> {
    Integer(i32),
    Long(i64),
    /// The digits, with a sign
    BigInteger(Cow<'d, str>),
    Double(f64),
    /// The text: more than 18 characters, which json-smart does not trust a double with
    BigDecimal(Cow<'d, str>),
}

/// The longest text of a decimal number that becomes a double.
const LONGEST_DOUBLE: usize = 18;

/// Reads the number at the beginning of `bytes`: its length, and whether Java would print it just so.
#[inline]
pub(super) fn scan(bytes: &[u8]) -> Option<(usize, bool)> {
    let digits = |from: usize| {
        from + bytes
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let start = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(start);
    let zero = bytes.get(start) == Some(&b'0');
    if whole == start || zero && whole > start + 1 {
        return None;
    }
    if !matches!(bytes.get(whole), Some(b'.' | b'e' | b'E')) {
        // `-0` is the Integer 0.
        return Some((whole, !(zero && start == 1)));
    }
    let mut end = whole;
    let mut plain = false;
    if bytes.get(end) == Some(&b'.') {
        end = digits(whole + 1);
        if end == whole + 1 {
            return None;
        }
        plain = prints_as_spelled(&bytes[start..whole], &bytes[whole + 1..end]);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        end = digits(sign);
        if end == sign {
            return None;
        }
        plain = false;
    }
    Some((end, plain))
}

/// Whether Java's `Double.toString` gives back a decimal number as it was spelled: few enough digits, none too many at the
/// end, and neither small nor large enough for an exponent.
fn prints_as_spelled(whole: &[u8], fraction: &[u8]) -> bool {
    let trailing = fraction.last() == Some(&b'0') && fraction.len() > 1;
    let small = whole == b"0" && fraction.iter().take(3).all(|b| *b == b'0');
    !trailing && !small && whole.len() <= 7 && whole.len() + fraction.len() <= 15
}

/// The number that a spelling is.
pub(super) fn read(text: &str, json_smart: bool) -> JsonNumber<'_> {
    if !text.contains(['.', 'e', 'E']) {
        if let Ok(n) = text.parse() {
            return JsonNumber::Integer(n);
        }
        if let Ok(n) = text.parse() {
            return JsonNumber::Long(n);
        }
        return JsonNumber::BigInteger(Cow::Borrowed(text));
    }
    if json_smart && text.len() > LONGEST_DOUBLE {
        return JsonNumber::BigDecimal(Cow::Borrowed(text));
    }
    JsonNumber::Double(text.parse().unwrap_or(f64::NAN))
}
