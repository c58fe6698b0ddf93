//! Numbers of JSON: their spelling, and the Java class that json-smart gives them.

use std::borrow::Cow;

use super::lanes::Lanes;

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

/// json-smart's one word more than JSON has.
pub(super) const NOT_A_NUMBER: &str = "NaN";

/// The longest text of a decimal number that becomes a double.
pub(super) const LONGEST_DOUBLE: usize = 18;

/// Reads the number at `at`: where it ends, and whether Java would print it just so.
#[inline(always)]
pub(super) fn scan(bytes: &[u8], at: usize) -> Option<(usize, bool)> {
    let negative = bytes.get(at) == Some(&b'-');
    let start = at + usize::from(negative);
    if let Some(lanes) = Lanes::load(bytes, start)
        && let Some(&first) = bytes.get(start)
    {
        // Most numbers have few digits: an integer that does not begin with a zero, or money.
        let others = lanes.no_digits();
        let length = others.first();
        let whole = start + length;
        let next = bytes.get(whole).copied().unwrap_or(0);
        if !others.is_empty() && (length == 1 && !negative || length > 0 && first != b'0') {
            if !matches!(next, b'.' | b'e' | b'E') {
                return Some((whole, true));
            }
            let others = others.rest();
            let end = start + others.first();
            let fraction = end.wrapping_sub(whole + 1);
            if next == b'.' && !others.is_empty() && fraction > 0 && length <= 7 {
                let last = bytes.get(end - 1).copied().unwrap_or(0);
                let behind = bytes.get(end).copied().unwrap_or(0);
                let small = first == b'0' && bytes.get(whole + 1) == Some(&b'0');
                if !matches!(behind, b'e' | b'E') && last != b'0' && !small {
                    return Some((end, true));
                }
            }
        }
    }
    scan_any(bytes, at)
}

#[inline(never)]
fn scan_any(bytes: &[u8], at: usize) -> Option<(usize, bool)> {
    let negative = bytes.get(at) == Some(&b'-');
    let start = at + usize::from(negative);
    let whole = digits(bytes, start);
    let zero = bytes.get(start) == Some(&b'0');
    if whole == start || zero && whole > start + 1 {
        return None;
    }
    match bytes.get(whole) {
        Some(b'.' | b'e' | b'E') => scan_decimal(bytes, start, whole).filter(|(end, _)| {
            let text = bytes.get(at..*end).and_then(|text| str::from_utf8(text).ok());
            !text.is_some_and(is_out_of_range)
        }),
        // `-0` is the Integer 0.
        _ => Some((whole, !(zero && negative))),
    }
}

/// The rest of a number with digits from `start` to `whole` and a point or an exponent behind them.
#[inline]
fn scan_decimal(bytes: &[u8], start: usize, whole: usize) -> Option<(usize, bool)> {
    let mut end = whole;
    let mut plain = false;
    if bytes.get(end) == Some(&b'.') {
        end = digits(bytes, whole + 1);
        if end == whole + 1 {
            return None;
        }
        plain = prints_as_spelled(&bytes[start..whole], &bytes[whole + 1..end]);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        end = digits(bytes, sign);
        if end == sign {
            return None;
        }
        plain = false;
    }
    Some((end, plain))
}

/// Where the digits from `at` on end.
#[inline(always)]
fn digits(bytes: &[u8], mut at: usize) -> usize {
    if let Some(lanes) = Lanes::load(bytes, at) {
        let others = lanes.no_digits();
        if !others.is_empty() {
            return at + others.first();
        }
        at += Lanes::COUNT;
    }
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

/// Whether Java's `Double.toString` gives back a decimal number as it was spelled: few enough digits, none too many at the
/// end, and neither small nor large enough for an exponent.
fn prints_as_spelled(whole: &[u8], fraction: &[u8]) -> bool {
    let trailing = fraction.last() == Some(&b'0') && fraction.len() > 1;
    let small = whole == b"0" && fraction.iter().take(3).all(|b| *b == b'0');
    !trailing && !small && whole.len() <= 7 && whole.len() + fraction.len() <= 15
}

/// Whether it would be a `BigDecimal` with an exponent that Java refuses.
pub(super) fn is_out_of_range(text: &str) -> bool {
    let exponent = text.split_once(['e', 'E']).map(|(_, exponent)| exponent);
    text.len() > LONGEST_DOUBLE && exponent.is_some_and(|e| e.parse::<i32>().is_err())
}

/// The number that a spelling is.
pub(super) fn read(text: &str, json_smart: bool) -> JsonNumber<'_> {
    if text == NOT_A_NUMBER {
        return JsonNumber::Double(f64::NAN);
    }
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
