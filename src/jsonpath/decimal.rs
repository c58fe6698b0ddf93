//! Decimal numbers of any size, as far as filters need `java.math.BigDecimal`: reading, comparing, printing.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::jsonpath::tree::Num;

/// Holds `digits * 10^-scale`; the digits have no leading zeros and none stand for 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    digits: Box<[u8]>,
    scale: i64,
}

impl Decimal {
    /// Reads what `new BigDecimal(text)` reads; `Infinity` and `NaN` are none.
    fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
            None => (text, 0),
        };
        let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = whole.bytes().chain(fraction.bytes());
        if whole.len() + fraction.len() == 0 || !digits.clone().all(|digit| digit.is_ascii_digit())
        {
            return None;
        }
        let digits: Box<[u8]> = digits.skip_while(|&digit| digit == b'0').collect();
        let negative = mantissa.starts_with('-') && !digits.is_empty();
        Some(Self { negative, digits, scale: fraction.len() as i64 - i64::from(exponent) })
    }

    fn integer(integer: i64) -> Self {
        let size = integer.unsigned_abs();
        let digits = if size == 0 { Box::default() } else { size.to_string().into_bytes().into() };
        Self { negative: integer < 0, digits, scale: 0 }
    }

    /// Compares by value: 1 and 1.0 are equal.
    fn compare(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.compare_size(other),
            (true, true) => other.compare_size(self),
        }
    }

    fn compare_size(&self, other: &Self) -> Ordering {
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => return Ordering::Equal,
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            (false, false) => {}
        }
        let whole = |number: &Self| number.digits.len() as i64 - number.scale;
        let padded = |digits: &[u8], at: usize| digits.get(at).copied().unwrap_or(b'0');
        whole(self).cmp(&whole(other)).then_with(|| {
            (0..self.digits.len().max(other.digits.len()))
                .map(|at| padded(&self.digits, at).cmp(&padded(&other.digits, at)))
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal)
        })
    }

    /// Cuts the fraction off and wraps, as `intValue` does for anything in reach of an `int`.
    fn to_int(&self) -> Option<i32> {
        let whole = self.digits.len() as i64 - self.scale;
        if whole > 10 {
            return None;
        }
        let digit = |at| i64::from(self.digits.get(at).map_or(0, |digit| digit - b'0'));
        let size = (0..whole.max(0) as usize).fold(0, |sum, at| sum * 10 + digit(at));
        i32::try_from(if self.negative { -size } else { size }).ok()
    }

    /// Prints as `BigDecimal.toString` does: plain, or with an exponent when that is shorter.
    fn to_text(&self) -> String {
        let digits = match self.digits.is_empty() {
            true => "0".to_owned(),
            false => self.digits.iter().map(|&digit| char::from(digit)).collect(),
        };
        let sign = if self.negative { "-" } else { "" };
        let adjusted = digits.len() as i64 - 1 - self.scale;
        if self.scale == 0 {
            return format!("{sign}{digits}");
        }
        if self.scale > 0 && adjusted >= -6 {
            let scale = self.scale as usize;
            let padded = format!("{digits:0>width$}", width = scale + 1);
            let (whole, fraction) = padded.split_at(padded.len() - scale);
            return format!("{sign}{whole}.{fraction}");
        }
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        format!("{sign}{first}{point}{rest}E{adjusted:+}")
    }
}

/// Holds a number of a filter, without digits where a machine number does.
#[derive(Clone, Debug)]
pub(super) enum Number {
    Integer(i64),
    Double(f64),
    Wide(Decimal),
}

impl Number {
    pub(super) fn of(number: &Num<'_>) -> Option<Self> {
        match number {
            Num::Integer(integer) => Some(Self::Integer(*integer)),
            Num::Double(double) => double.is_finite().then_some(Self::Double(*double)),
            Num::Exact(text) => Decimal::parse(text).map(Self::Wide),
        }
    }

    /// Reads a number written in a filter or in a text.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text.parse() {
            Ok(integer) => Some(Self::Integer(integer)),
            Err(_) => Decimal::parse(text).map(Self::Wide),
        }
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Integer(left), Self::Integer(right)) => left.cmp(right),
            (Self::Double(left), Self::Double(right)) => {
                left.partial_cmp(right).unwrap_or(Ordering::Equal)
            }
            _ => self.decimal().compare(&other.decimal()),
        }
    }

    /// Prints as Jayway's filter would see it: through `BigDecimal`.
    pub(super) fn to_text(&self) -> String {
        self.decimal().to_text()
    }

    pub(super) fn to_int(&self) -> Option<i32> {
        self.decimal().to_int()
    }

    fn decimal(&self) -> Cow<'_, Decimal> {
        match self {
            Self::Integer(integer) => Cow::Owned(Decimal::integer(*integer)),
            Self::Double(double) => Cow::Owned(
                Decimal::parse(&double_text(*double)).unwrap_or_else(|| Decimal::integer(0)),
            ),
            Self::Wide(decimal) => Cow::Borrowed(decimal),
        }
    }
}

/// Returns a `double` as Java prints it.
pub(super) fn double_text(double: f64) -> String {
    let mut text = String::new();
    crate::java::number::double_to_string(double, &mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(number: &str) -> String {
        Decimal::parse(number).map_or_else(|| "none".to_owned(), |decimal| decimal.to_text())
    }

    #[test]
    fn prints_as_big_decimal() {
        let cases = [
            "5 5",
            "05 5",
            "-0 0",
            "1.50 1.50",
            "1.0E7 1.0E+7",
            "0.0000001 1E-7",
            "0.000001 0.000001",
            "1e3 1E+3",
        ];
        for case in cases {
            let (number, expected) = case.split_once(' ').expect("two words");
            assert_eq!(text(number), expected, "{number}");
        }
        assert_eq!(
            [text(""), text("."), text("-"), text("1-2"), text("NaN"), text("1e")],
            ["none"; 6]
        );
    }

    #[test]
    fn compares_by_value() {
        let compare =
            |left, right| Decimal::parse(left).unwrap().compare(&Decimal::parse(right).unwrap());
        assert_eq!(compare("1", "1.0"), Ordering::Equal);
        assert_eq!(compare("0", "-0.0"), Ordering::Equal);
        assert_eq!(compare("9", "10"), Ordering::Less);
        assert_eq!(compare("-9", "-10"), Ordering::Greater);
        assert_eq!(compare("1e2000000000", "1e1999999999"), Ordering::Greater);
        assert_eq!(compare("12345678901234567890", "12345678901234567891"), Ordering::Less);
    }

    #[test]
    fn cuts_to_an_int() {
        let int = |text| Decimal::parse(text).unwrap().to_int();
        assert_eq!(
            [int("2"), int("2.9"), int("-2.9"), int("0.5"), int("2e1")],
            [2, 2, -2, 0, 20].map(Some)
        );
        assert_eq!([int("3e9"), int("1e400")], [None, None]);
    }

    #[test]
    fn prints_doubles_as_java() {
        let texts = [1.0, 0.001, 0.0001, 1e7, 12345678.9, -0.0, 1.5e300].map(double_text);
        assert_eq!(texts, ["1.0", "0.001", "1.0E-4", "1.0E7", "1.23456789E7", "-0.0", "1.5E300"]);
    }
}
