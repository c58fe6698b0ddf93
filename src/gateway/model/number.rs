//! Numbers of JSON as exact decimals, read from their text: no size is too large, and 0.1 is a tenth.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use num_bigint::BigUint;

/// A number of JSON: the digits without zeros at either end, and the power of ten of the digit before the first.
struct Decimal<'t> {
    negative: bool,
    /// Digits, maybe with a point among them
    digits: &'t str,
    /// Of 0.ddd × 10^magnitude; without meaning for zero
    magnitude: i64,
}

/// Larger exponents are all the same: no computer holds the digits.
const LARGEST_EXPONENT: i64 = 1 << 40;

impl<'t> Decimal<'t> {
    fn read(text: &'t str) -> Decimal<'t> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        // JSON's grammar holds, so it can only be too long.
        let exponent = exponent.parse::<i64>().unwrap_or(match exponent.starts_with('-') {
            true => -LARGEST_EXPONENT,
            false => LARGEST_EXPONENT,
        });
        let exponent = exponent.clamp(-LARGEST_EXPONENT, LARGEST_EXPONENT);
        let whole = mantissa.find('.').unwrap_or(mantissa.len()) as i64;
        let digits = mantissa.trim_start_matches(['0', '.']);
        let skipped = (mantissa.len() - digits.len()) as i64;
        // The point does not count as a place when it was skipped.
        let magnitude = exponent + whole - if skipped > whole { skipped - 1 } else { skipped };
        let digits = match digits.contains('.') || skipped > whole {
            true => digits.trim_end_matches(['0', '.']),
            false => digits.trim_end_matches('0'),
        };
        Decimal { negative: negative && !digits.is_empty(), digits, magnitude }
    }

    fn digits(&self) -> impl Iterator<Item = u8> {
        self.digits.bytes().filter(|b| *b != b'.').map(|b| b - b'0')
    }

    fn count(&self) -> i64 {
        self.digits.len() as i64 - i64::from(self.digits.contains('.'))
    }

    fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// The power of ten of the last digit.
    fn scale(&self) -> i64 {
        self.magnitude - self.count()
    }

    fn compare_size(&self, other: &Decimal<'_>) -> Ordering {
        match (self.is_zero(), other.is_zero()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            // Without zeros at the end, the longer of two that begin alike is the larger.
            (false, false) => {
                self.magnitude.cmp(&other.magnitude).then_with(|| self.digits().cmp(other.digits()))
            }
        }
    }
}

/// An integer of few digits, which needs no more than a machine word.
fn small(text: &str) -> Option<i64> {
    if text.len() > 18 || text.contains(['.', 'e', 'E']) {
        return None;
    }
    text.parse().ok()
}

/// Compares two numbers of JSON by value: 1 and 1.0 are equal.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    if let (Some(a), Some(b)) = (small(a), small(b)) {
        return a.cmp(&b);
    }
    let (a, b) = (Decimal::read(a), Decimal::read(b));
    match (a.negative, b.negative) {
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
        (false, false) => a.compare_size(&b),
        (true, true) => b.compare_size(&a),
    }
}

/// Feeds a number to a hasher, equal ones alike.
pub(super) fn hash(text: &str, hasher: &mut impl Hasher) {
    let decimal = Decimal::read(text);
    decimal.negative.hash(hasher);
    if !decimal.is_zero() {
        decimal.magnitude.hash(hasher);
    }
    decimal.digits().for_each(|digit| hasher.write_u8(digit));
}

/// The number of `minimum`, `maximum` or `multipleOf`.
#[derive(Debug)]
pub(super) struct Limit {
    pub(super) text: String,
    /// Whether the number itself is beyond the limit
    pub(super) exclusive: bool,
    /// Of `multipleOf`: the digits as an integer, and the power of ten of the last
    divisor: (BigUint, i64),
}

impl Limit {
    pub(super) fn new(text: String, exclusive: bool) -> Limit {
        let decimal = Decimal::read(&text);
        let digits: String = decimal.digits().map(|digit| char::from(b'0' + digit)).collect();
        let divisor = (digits.parse().unwrap_or_default(), decimal.scale());
        Limit { text, exclusive, divisor }
    }

    /// Whether a number is this one times an integer, exactly.
    pub(super) fn divides(&self, number: &str) -> bool {
        if let (Some(number), Some(divisor @ 1..)) = (small(number), small(&self.text)) {
            return number % divisor == 0;
        }
        let number = Decimal::read(number);
        if number.is_zero() {
            return true;
        }
        let (divisor, scale) = &self.divisor;
        // m · 10^a is a multiple of n · 10^b when m · 10^(a-b) is one of n. The last digit of m is no zero, so that
        // for a < b it cannot be one.
        let Ok(power) = u64::try_from(number.scale() - scale) else { return false };
        match u64::try_from(divisor) {
            Ok(divisor) => {
                let digits = number.digits().fold(0, |rest, digit| {
                    ((u128::from(rest) * 10 + u128::from(digit)) % u128::from(divisor)) as u64
                });
                multiply(digits, power_of_ten(power, divisor), divisor) == 0
            }
            Err(_) => {
                let power = BigUint::from(10u8).modpow(&BigUint::from(power), divisor);
                (remainder(number.digits(), divisor) * power) % divisor == BigUint::ZERO
            }
        }
    }
}

/// A product modulo a number.
fn multiply(a: u64, b: u64, modulus: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(modulus)) as u64
}

/// A power of ten modulo a number.
fn power_of_ten(mut exponent: u64, modulus: u64) -> u64 {
    let (mut power, mut square) = (1 % modulus, 10 % modulus);
    while exponent > 0 {
        if exponent % 2 == 1 {
            power = multiply(power, square, modulus);
        }
        square = multiply(square, square, modulus);
        exponent /= 2;
    }
    power
}

/// Divides a number of any length, so many digits at a time as go into a machine word.
fn remainder(digits: impl Iterator<Item = u8>, divisor: &BigUint) -> BigUint {
    let mut remainder = BigUint::ZERO;
    let (mut chunk, mut factor) = (0u64, 1u64);
    for digit in digits {
        chunk = chunk * 10 + u64::from(digit);
        factor *= 10;
        if factor == 10u64.pow(18) {
            remainder = (remainder * factor + chunk) % divisor;
            (chunk, factor) = (0, 1);
        }
    }
    (remainder * factor + chunk) % divisor
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_by_value() {
        let equal = [
            "1 1.0",
            "0 -0.0",
            "100 1e2",
            "0.00120 1.2E-3",
            "120.0 12e1",
            "10.50 1.05e1",
            "0 0e99999999999",
        ];
        for pair in equal {
            let (a, b) = pair.split_once(' ').expect("two");
            assert_eq!(compare(a, b), Ordering::Equal, "{pair}");
        }
        let less = [
            "1 2",
            "-2 -1",
            "-1 0",
            "9 10",
            "0.9 1",
            "0.09 0.1",
            "1.5 1.50001",
            "12345678901234567890 12345678901234567891",
            "1e400 1e401",
            "-1e401 -1e400",
            "1e-400 1e-399",
            "0 1e-400",
            "99 1e2",
            "0.99999999999999999999 1",
            "1 1e99999999999999999999999",
            "1e-99999999999999999999999 1",
        ];
        for pair in less {
            let (a, b) = pair.split_once(' ').expect("two");
            assert_eq!(compare(a, b), Ordering::Less, "{pair}");
            assert_eq!(compare(b, a), Ordering::Greater, "{pair}");
        }
    }

    #[test]
    fn divides_exactly() {
        let divides =
            |divisor: &str, number: &str| Limit::new(divisor.into(), false).divides(number);
        for (divisor, number) in [
            ("0.1", "0.3"),
            ("0.1", "4.2"),
            ("0.01", "4.35"),
            ("3", "9e0"),
            ("2.5", "10"),
            ("7", "0"),
            ("7", "-21"),
            ("1e-7", "1e300"),
            ("3", "333333333333333333333333333333"),
            ("12345678901234567890123", "24691357802469135780246"),
            ("1e2", "1e999999999"),
            ("1e3", "5000"),
        ] {
            assert!(divides(divisor, number), "{divisor} {number}");
        }
        for (divisor, number) in [
            ("0.1", "0.35"),
            ("2", "3"),
            ("2.5", "9"),
            ("3", "1e300"),
            ("1e3", "500"),
            ("3", "0.3"),
            ("2", "1e-999999999"),
        ] {
            assert!(!divides(divisor, number), "{divisor} {number}");
        }
    }
}
